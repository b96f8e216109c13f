//! Walking the review queue by keys.

use super::Player;
use super::catalogue::Catalogue;
use crate::app::screen::Tab;
use crate::app::{Action, Effect, Msg, Ticket};
use crate::catalog::report::{Phase, Progress, Report};
use crate::catalog::task::Task;
use crate::catalog::{Command, Fault, Find, Query, Reviewed, Rows, Verdict};
use crate::domain::{Entity, Key, MovieId, ReviewId, Source, Why};

fn queue(cols: u16, rows: u16) -> Player {
    let mut catalogue = Catalogue::signed_in(1000);
    catalogue.queue.extend([3, 7, 9]);
    let mut player = Player::with(catalogue, cols, rows);
    player.press(": r e v i e w enter");
    player
}

/// The decisions made, in order.
fn decided(player: &Player) -> Vec<(Rows, Verdict)> {
    let review = player.others.iter().filter_map(|effect| match effect {
        Effect::Do(_, Command::Review { rows, verdict }) => Some((rows.clone(), *verdict)),
        _ => None,
    });
    review.collect()
}

fn these(rows: &[u32]) -> Rows {
    Rows::These(rows.iter().copied().map(ReviewId).collect())
}

#[test]
fn one_after_the_other() {
    let mut player = queue(80, 24);
    assert_eq!(player.app.screen().tab(), Tab::Reviews);
    player.press("enter");
    assert_eq!(decided(&player), [(these(&[3]), Verdict::Accept(Some(MovieId(3))))]);
    assert!(player.notice().ends_with("is what was there · u undoes"), "{}", player.notice());
    player.press("l a");
    assert_eq!(decided(&player)[1], (these(&[7]), Verdict::Accept(Some(MovieId(12)))), "the next candidate");
    player.press("x");
    assert_eq!(decided(&player)[2], (these(&[9]), Verdict::Skip));
    assert!(player.app.screen().list().unwrap().is_empty());
    player.press("a n x A");
    assert_eq!(decided(&player).len(), 3, "nothing waits any more");
}

#[test]
fn candidates_go_around_and_open() {
    let mut player = queue(120, 30);
    for (key, movie) in [("l", 8), ("l", 3), ("h", 8), ("c", 3), ("c", 8)] {
        player.press(key);
        assert_eq!(player.app.screen().detail().candidate(), Some(MovieId(movie)), "{key}");
    }
    player.press("j k");
    assert_eq!(player.app.screen().detail().candidate(), Some(MovieId(3)), "the best again");
    player.press("l o");
    assert_eq!(player.app.screen().tab(), Tab::Record(Key::Movie(MovieId(8))));
    player.press("esc");
    assert_eq!(player.app.screen().tab(), Tab::Reviews);
    player.press("tab enter");
    assert_eq!(player.app.screen().tab(), Tab::Record(Key::Movie(MovieId(3))), "a link of the detail");
}

#[test]
fn the_marked_ones_together() {
    let mut player = queue(80, 24);
    player.press("space space n");
    assert_eq!(decided(&player), [(these(&[3, 7]), Verdict::New)]);
    assert!(player.app.screen().list().unwrap().marks().is_empty());
    let mut player = queue(80, 24);
    player.press("v j a");
    assert_eq!(decided(&player), [(these(&[3, 7]), Verdict::Accept(None))], "each its best");
}

#[test]
fn all_of_a_kind_after_a_question() {
    let mut player = queue(80, 24);
    player.press("A");
    assert_eq!((decided(&player).len(), player.app.overlays().len()), (0, 1));
    player.press("esc");
    assert!(decided(&player).is_empty());
    player.press("A n");
    let alike = Rows::Alike { why: Some(Why::Year), source: Some(Source::Wikipedia) };
    assert_eq!(decided(&player), [(alike, Verdict::New)]);
}

/// The only task begun, and its ticket.
fn task(player: &Player) -> (Ticket, Task) {
    let begun: Vec<_> = player.others.iter().filter(|effect| matches!(effect, Effect::Begin(..))).collect();
    match begun[..] {
        [Effect::Begin(ticket, task)] => (*ticket, task.clone()),
        _ => panic!("{begun:?}"),
    }
}

#[test]
fn many_are_decided_on_beside_everything_else() {
    let mut catalogue = Catalogue::signed_in(1000);
    catalogue.queue.extend(1..=300);
    let mut player = Player::with(catalogue, 80, 24);
    player.press(": r e v i e w enter A a");
    let (ticket, asked) = task(&player);
    let rows = Rows::Alike { why: Some(Why::Year), source: Some(Source::Wikipedia) };
    assert_eq!(asked, Task::Review { rows, verdict: Verdict::Accept(None), films: 300 });
    assert!(decided(&player).is_empty());
    assert_eq!(player.notice(), "review of 300 films begins · see :tasks");
    player.send(Msg::Progressed(ticket, Progress { phase: Phase::Writing, done: 1, total: 2 }));
    player.send(Msg::Waiting(Ticket(999), "another cinedex".to_owned()));
    assert_eq!(player.notice(), "waiting for the review to finish writing …");
    let reviewed = Reviewed { verdict: Verdict::Accept(None), rows: 298, left: 2, title: "Fog".to_owned() };
    let report = Report { reviewed: Some(reviewed), ..Report::default() };
    player.asked.clear();
    player.send(Msg::Finished(ticket, Ok(Box::new(report))));
    let says = "298 films are what was there · 2 have no candidate left and wait on · u undoes";
    assert_eq!(player.notice(), says);
    assert!(player.asked.iter().any(|query| matches!(query, Query::Page(_))), "the queue is another now");
}

#[test]
fn many_marked_ones_too_and_their_marks_go_when_they_are_done() {
    let mut catalogue = Catalogue::signed_in(1000);
    catalogue.queue.extend(1..=300);
    let mut player = Player::with(catalogue, 80, 24);
    player.press(": r e v i e w enter v ctrl-f ctrl-f ctrl-f ctrl-f ctrl-f ctrl-f v x");
    let (ticket, asked) = task(&player);
    let marked = player.app.screen().list().unwrap().marks().len();
    assert!(marked > 100, "{marked}");
    assert!(matches!(asked, Task::Review { verdict: Verdict::Skip, films, .. } if films == marked as u64), "{asked:?}");
    player.send(Msg::Finished(ticket, Err(Fault::Cancelled)));
    assert_eq!(player.app.screen().list().unwrap().marks().len(), marked, "nothing was done");
    player.press("x");
    let again = player.others.iter().rev().find_map(|effect| match effect {
        Effect::Begin(ticket, _) => Some(*ticket),
        _ => None,
    });
    player.send(Msg::Finished(again.expect("a task"), Ok(Box::default())));
    assert!(player.app.screen().list().unwrap().marks().is_empty());
}

#[test]
fn its_keys_mean_what_they_always_do_elsewhere() {
    let mut player = queue(80, 24);
    assert!(player.app.available().contains(&Action::Accept));
    player.press("esc n x");
    assert_eq!(player.app.screen().tab(), Tab::Movies);
    assert!(decided(&player).is_empty() && !player.app.available().contains(&Action::Accept));
    player.press(": r e v i e w enter e");
    assert!(player.app.overlays().is_empty(), "no form for what waits");
    player.press("= s");
    assert!(player.app.overlays().is_empty(), "neither words nor columns");
    player.press("q");
}

#[test]
fn guests_sign_in_first() {
    let mut catalogue = Catalogue::new(10);
    catalogue.accounts = 1;
    catalogue.queue.insert(3);
    let mut player = Player::with(catalogue, 80, 24);
    player.press(": r e v i e w enter a");
    assert_eq!((decided(&player).len(), player.app.overlays().len()), (0, 1));
}

#[test]
fn a_number_takes_its_candidate() {
    let mut player = queue(80, 24);
    player.press("2");
    assert_eq!(player.app.screen().detail().candidate(), Some(MovieId(8)));
    player.press("1");
    assert_eq!(player.app.screen().detail().candidate(), Some(MovieId(3)));
    player.press("7");
    assert_eq!(player.app.screen().detail().candidate(), Some(MovieId(3)));
    assert!(player.notice().contains("not so many"), "{}", player.notice());
    player.press("x x x 2");
    assert_eq!(player.app.screen().tab(), Tab::People, "where nothing waits it is a tab");
}

#[test]
fn any_film_can_be_found_that_it_is() {
    let mut player = queue(80, 24);
    player.press("m");
    let asked = player.asked.iter().rev().find_map(|query| match query {
        Query::Find(find) => Some(find.clone()),
        _ => None,
    });
    let title = player.catalogue.title(3);
    assert_eq!(asked, Some(Find { text: title, only: Some(Entity::Movie), limit: 60 }));
    player.press("ctrl-u 2 1 tab enter");
    assert_eq!(decided(&player), [(these(&[3]), Verdict::Accept(Some(MovieId(21))))]);
    player.press("m esc");
    assert_eq!((decided(&player).len(), player.app.overlays().len()), (1, 0));
    player.press("space space m ctrl-u 2 1 enter");
    assert_eq!(decided(&player)[1].0, these(&[7, 9]), "the marked ones together");
}
