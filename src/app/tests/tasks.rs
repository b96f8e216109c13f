//! Imports and exports: one at a time, told of, stopped, asked about at the end.

use super::Player;
use super::catalogue::Catalogue;
use crate::app::screen::Tab;
use crate::app::tasks::State;
use crate::app::{Effect, Msg, Overlay, Ticket};
use crate::catalog::report::{Phase, Progress, Report, Tally};
use crate::catalog::task::{Format, Sight, Takes, Task};
use crate::catalog::{Fault, Query};
use crate::domain::Entity;

const LISTS: Format = Format::new("lists", Takes::Several("PATH"), "Lists of films").merging();
const LINES: Format = Format::new("lines", Takes::One("FILE"), "Lines").choosing();

pub(crate) fn player(cols: u16, rows: u16) -> Player {
    let mut player = Player::with(Catalogue::signed_in(100), cols, rows);
    player.app.imports = vec![LISTS];
    player.app.exports = vec![LINES];
    player
}

/// Has the newest look find a file there, of the first format.
fn found(player: &mut Player, path: &str) {
    let look = player.others.iter().rev().find_map(|effect| match effect {
        Effect::Look(ticket, _) => Some(*ticket),
        _ => None,
    });
    let sight = Sight { path: path.into(), there: true, guess: Some("lists"), ..Sight::default() };
    player.send(Msg::Looked(look.expect("a look"), Ok(sight)));
}

pub(crate) fn import<'a>(player: &'a mut Player, path: &str) -> &'a mut Player {
    player.press(&format!(": i m p o r t space {} enter", path.split("").collect::<Vec<_>>().join(" ")));
    found(player, path);
    player.press("enter")
}

fn begun(player: &Player) -> Vec<(Ticket, String)> {
    let begun = player.others.iter().filter_map(|effect| match effect {
        Effect::Begin(ticket, task) => Some((*ticket, task.title())),
        _ => None,
    });
    begun.collect()
}

fn states(player: &Player) -> Vec<&State> {
    player.app.tasks().all().iter().map(|entry| &entry.state).collect()
}

pub(crate) fn report(dry_run: bool) -> Box<Report> {
    let movies = Tally { new: 812, changed: 3, unchanged: 0 };
    Box::new(Report { read: 815, movies, dry_run, ..Report::default() })
}

#[test]
fn a_second_import_waits_for_the_first() {
    let mut player = player(80, 24);
    import(&mut player, "/a");
    import(&mut player, "/b");
    let first = begun(&player);
    assert_eq!(first.len(), 1);
    assert_eq!(player.notice(), "import lists b waits its turn · see :tasks");
    player.asked.clear();
    player.send(Msg::Finished(first[0].0, Ok(report(false))));
    assert_eq!(
        begun(&player).iter().map(|(_, title)| title.as_str()).collect::<Vec<_>>(),
        ["import lists a", "import lists b"]
    );
    assert!(player.asked.contains(&Query::Summary) && player.asked.iter().any(|query| matches!(query, Query::Page(_))));
    assert_eq!(player.notice(), "import lists a: 812 films new, 3 changed · :tasks tells more");
}

#[test]
fn browsing_goes_on_and_late_words_change_nothing() {
    let mut player = player(80, 24);
    import(&mut player, "/a").press("j j");
    assert_eq!(player.selected(), player.catalogue.title(3));
    let (ticket, _) = begun(&player)[0];
    let at = Progress { phase: Phase::Reading, done: 1, total: 2 };
    player.send(Msg::Progressed(ticket, at));
    assert_eq!(states(&player), [&State::Running(Some(at))]);
    player.send(Msg::Finished(ticket, Err(Fault::Refused("/a: is damaged".to_owned()))));
    assert!(player.app.notice().is_some_and(|notice| notice.fault));
    player.send(Msg::Progressed(ticket, at));
    assert_eq!(states(&player), [&State::Failed("/a: is damaged".to_owned())]);
}

#[test]
fn what_cannot_be_undone_is_said_before_it_is_there() {
    let mut player = player(80, 24);
    import(&mut player, "/a");
    let (ticket, _) = begun(&player)[0];
    player.send(Msg::Progressed(ticket, Progress { phase: Phase::WritingForGood, done: 0, total: 9 }));
    assert_eq!(player.notice(), "this import is too large to be undone as one step");
    player.press(": t a s k s enter");
    let [Overlay::Tasks(tasks)] = player.app.overlays() else { panic!("the tasks") };
    assert!(tasks.lines().last().is_some_and(|line| line.contains("too large")) && tasks.stops());
}

#[test]
fn x_asks_and_stops() {
    let mut player = player(80, 24);
    import(&mut player, "/a");
    import(&mut player, "/b");
    player.press(": t a s k s enter x y");
    assert_eq!(states(&player), [&State::Running(None), &State::Stopped], "the one that waits is gone at once");
    player.press("j x n x y");
    assert_eq!(states(&player), [&State::Stopping, &State::Stopped]);
    let (ticket, _) = begun(&player)[0];
    assert!(player.others.contains(&Effect::Stop(ticket)));
    player.send(Msg::Finished(ticket, Err(Fault::Cancelled)));
    assert_eq!(states(&player), [&State::Stopped, &State::Stopped]);
}

#[test]
fn quitting_asks_while_a_task_is_open() {
    let mut player = player(80, 24);
    import(&mut player, "/a").press("q n");
    assert!(player.app.overlays().is_empty() && !player.others.contains(&Effect::Quit));
    player.press(": q u i t enter y");
    assert!(player.others.contains(&Effect::Quit));
}

#[test]
fn a_trial_shows_its_report_and_offers_to_do_it() {
    let mut player = player(80, 24);
    player.press(": i m p o r t space / a enter");
    found(&mut player, "/a");
    player.press("j space enter");
    let (ticket, title) = begun(&player)[0].clone();
    assert_eq!(title, "try lists a");
    player.send(Msg::Finished(ticket, Ok(report(true))));
    assert!(matches!(player.app.overlays(), [Overlay::Tasks(_)]));
    player.press("enter");
    assert_eq!(begun(&player)[1].1, "import lists a");
}

#[test]
fn doubts_lead_to_the_review() {
    let mut player = player(80, 24);
    player.catalogue.queue.insert(3);
    import(&mut player, "/a");
    let (ticket, _) = begun(&player)[0];
    player.send(Msg::Finished(ticket, Ok(Box::new(Report { doubtful: 2, ..*report(false) }))));
    assert_eq!(player.notice(), "import lists a: 812 films new, 3 changed, 2 doubtful · :review asks what they are");
    player.press(": t a s k s enter enter");
    assert_eq!(player.app.screen().tab(), Tab::Reviews);
}

#[test]
fn an_export_takes_the_marked_films() {
    let mut player = player(80, 24);
    player.press("space space : e x p o r t space / o u t enter");
    found(&mut player, "/out");
    player.press("enter y");
    let exported = player.others.iter().find_map(|effect| match effect {
        Effect::Begin(_, Task::Export(export)) => Some(export.clone()),
        _ => None,
    });
    let export = exported.expect("an export");
    assert_eq!((export.movies.len(), export.overwrite), (2, true));
}

#[test]
fn a_guest_signs_in_before_an_import() {
    let mut catalogue = Catalogue::new(10);
    catalogue.accounts = 1;
    let mut player = Player::with(catalogue, 80, 24);
    player.press(": i m p o r t enter");
    assert!(matches!(player.app.overlays(), [Overlay::SignIn(_)]));
}

#[test]
fn an_edit_meanwhile_waits_for_the_import() {
    let mut player = player(80, 24);
    import(&mut player, "/a");
    let (ticket, _) = begun(&player)[0];
    player.send(Msg::Progressed(ticket, Progress { phase: Phase::Writing, done: 0, total: 9 }));
    player.send(Msg::Waiting(Ticket(999), "another cinedex".to_owned()));
    assert_eq!(player.notice(), "waiting for an import to finish writing …");
}

#[test]
fn whose_favorites_they_are_is_asked_before() {
    let mut catalogue = Catalogue::new(100);
    catalogue.accounts = 0;
    let mut player = Player::with(catalogue, 80, 24);
    player.app.imports = vec![LISTS.personal()];
    import(&mut player, "/a");
    assert!(begun(&player).is_empty() && matches!(player.app.overlays(), [Overlay::Menu(_)]));
    player.press("s");
    assert!(matches!(player.app.overlays(), [Overlay::SignIn(_)]), "{:?}", player.app.overlays());
    player.press("esc");
    import(&mut player, "/a").press("w");
    assert_eq!(begun(&player).len(), 1);
}

#[test]
fn the_command_line_knows_earlier_sessions_and_is_kept_for_later_ones() {
    let mut player = Player::new(80, 24);
    player.app.past = vec!["people".to_owned()];
    player.press(": up enter : g e n r e s enter : x x enter esc");
    assert_eq!(player.app.screen().tab(), Tab::Names(Entity::Genre));
    let kept = player.others.iter().filter_map(|effect| match effect {
        Effect::Remember(line) => Some(line.as_str()),
        _ => None,
    });
    assert_eq!(kept.collect::<Vec<_>>(), ["people", "genres"], "what was refused is not");
}

#[test]
fn the_command_line_knows_its_past_and_offers_formats_and_views() {
    let mut player = player(80, 24);
    let line = |player: &Player| match player.app.overlays() {
        [Overlay::Prompt(prompt)] => prompt.field().text(),
        others => panic!("{others:?}"),
    };
    player.press(": g e n r e s enter : p e o p l e enter : g e n r e s enter : up");
    assert_eq!(line(&player), "genres");
    player.press("up up");
    assert_eq!(line(&player), "people", "each once, and no further than the first");
    player.press("down down down");
    assert!(line(&player) != "people");
    player.press("esc : s o up");
    assert_eq!(line(&player), "so", "what is typed stays");
    player.press("esc : i m p o r t tab tab");
    found(&mut player, ".");
    assert_eq!(line(&player), "import lists ");
    player.press("esc 1 : v i e w space s a v e space o l d enter : v i e w space o tab");
    assert_eq!(line(&player), "view old");
}
