//! Marks, favorites, deletion, undo: what is asked of the catalogue.

use super::Player;
use super::catalogue::Catalogue;
use crate::app::{Effect, Msg, Overlay, Press, Ticket};
use crate::catalog::{Command, Fault, Query, Start};
use crate::domain::{Key, MovieId};

fn commands(player: &Player) -> Vec<&Command> {
    let commands = player.others.iter().filter_map(|effect| match effect {
        Effect::Do(_, command) => Some(command),
        _ => None,
    });
    commands.collect()
}

fn ada() -> Player {
    Player::with(Catalogue::signed_in(100), 80, 24)
}

#[test]
fn f_makes_a_favorite_and_takes_it_back() {
    let mut player = ada();
    player.press("j f");
    assert_eq!(commands(&player), [&Command::Favorite { movies: vec![MovieId(2)], on: true }]);
    assert!(player.app.screen().is_favorite(MovieId(2)));
    player.press("f");
    assert_eq!(commands(&player)[1], &Command::Favorite { movies: vec![MovieId(2)], on: false });
    assert!(!player.notice().is_empty());
}

#[test]
fn marked_films_become_favorites_together() {
    let mut player = ada();
    player.press("space space j v j j f");
    let movies = [1, 2, 4, 5, 6].map(MovieId).to_vec();
    assert_eq!(commands(&player), [&Command::Favorite { movies, on: true }]);
    player.press("esc");
    assert!(player.app.screen().list().is_some_and(|list| list.marks().is_empty()));
}

#[test]
fn a_range_shrinks_when_one_goes_back() {
    let mut player = ada();
    player.press("j j v j j j k k");
    let marks: Vec<Key> =
        player.app.screen().list().map(|list| list.marks().iter().copied().collect()).unwrap_or_default();
    assert_eq!(marks, [3, 4].map(|id| Key::Movie(MovieId(id))));
}

#[test]
fn a_range_that_cannot_reach_so_far_says_so() {
    let mut player = Player::with(Catalogue::signed_in(1000), 80, 24);
    player.press("v G");
    assert!(player.notice().starts_with("the range ended"), "{}", player.notice());
    player.press("g g v j");
    assert!(player.notice().is_empty());
}

#[test]
fn a_guest_is_asked_to_sign_in() {
    let mut player = Player::new(80, 24);
    player.press("f");
    assert!(matches!(player.app.overlays(), [Overlay::SignIn(_)]));
    assert!(commands(&player).is_empty());
}

#[test]
fn before_the_first_account_anyone_edits() {
    let mut player = Player::new(80, 24);
    player.press("e");
    assert!(matches!(player.app.overlays(), [Overlay::Form(_)]));
    let mut catalogue = Catalogue::new(10);
    catalogue.accounts = 1;
    let mut guest = Player::with(catalogue, 80, 24);
    guest.press("e");
    assert!(matches!(guest.app.overlays(), [Overlay::SignIn(_)]));
}

#[test]
fn deleting_asks_and_then_goes_on_beside_the_gap() {
    let mut player = ada();
    player.press("j j d");
    assert!(matches!(player.app.overlays(), [Overlay::Confirm(_)]));
    player.press("y");
    assert_eq!(commands(&player), [&Command::Remove(vec![Key::Movie(MovieId(3))])]);
    assert_eq!(player.selected(), player.catalogue.title(4));
}

#[test]
fn deleting_the_record_of_a_page_leaves_the_page() {
    let mut player = ada();
    player.press("j enter d y");
    assert_eq!(player.app.screen().tab(), crate::app::screen::Tab::Movies);
    assert_eq!(player.selected(), player.catalogue.title(3));
}

#[test]
fn undo_and_redo_say_what_they_did() {
    let mut player = ada();
    player.press("u");
    assert_eq!(player.notice(), "nothing to undo");
    player.press("ctrl-r");
    assert!(player.notice().contains("edit of Casablanca"));
}

#[test]
fn y_copies_what_is_in_hand() {
    let mut player = ada();
    let title = player.selected();
    player.press("y");
    assert_eq!(player.others, [Effect::Copy(title)]);
}

#[test]
fn a_change_asks_once_for_everything_on_the_screen() {
    let mut player = ada();
    player.asked.clear();
    player.press("f");
    let kinds = player.asked.iter().map(|query| match query {
        Query::Page(page) => {
            assert!(matches!(page.start, Start::Around(..)));
            "page"
        }
        Query::Detail(_) => "detail",
        Query::Facets(_) => "facets",
        Query::Summary => "summary",
        _ => "other",
    });
    let mut kinds: Vec<&str> = kinds.collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["detail", "facets", "page", "summary"]);
}

#[test]
fn signing_out_hides_the_favorites() {
    let mut player = ada();
    player.press("f 3");
    assert_eq!(player.selected(), player.catalogue.title(1));
    player.catalogue.who = None;
    player.press(": s i g n o u t enter");
    assert!(player.app.who().is_none());
    assert_eq!(player.selected(), "");
}

/// Presses a key whose command does not come back yet.
fn held(player: &mut Player, key: &str) -> Ticket {
    let effects = player.app.update(Msg::Press(Press::parse(key).expect("a key")));
    let run = effects.iter().find_map(|effect| match effect {
        Effect::Do(ticket, _) => Some(*ticket),
        _ => None,
    });
    run.expect("a command")
}

const WAITING: &str = "waiting for another cinedex to finish writing …";

#[test]
fn while_a_removal_waits_for_a_writer_one_browses_on() {
    let mut player = ada();
    let first = player.selected();
    player.press("d");
    let ticket = held(&mut player, "y");
    player.send(Msg::Waiting(ticket, "another cinedex".to_owned())).press("j");
    assert!(player.app.overlays().is_empty() && player.selected() != first);
    assert_eq!(player.notice(), WAITING);
    player.press("q");
    assert_eq!(player.notice(), "leaving once that is written · again leaves without it");
    let done = player.catalogue.run(&Command::Remove(vec![Key::Movie(MovieId(1))]));
    player.send(Msg::Done(ticket, done));
    assert_eq!(player.notice(), "a film deleted · u undoes");
}

#[test]
fn a_form_that_waits_steps_aside_and_is_there_again_where_saving_fails() {
    let mut player = ada();
    player.press("a T i d e");
    let ticket = held(&mut player, "ctrl-s");
    player.press("x").send(Msg::Waiting(ticket, "another cinedex".to_owned())).press("/");
    assert!(matches!(player.app.overlays(), [Overlay::Finder(_)]));
    player.send(Msg::Done(ticket, Err(Fault::Refused("the disk is full".to_owned()))));
    assert!(matches!(player.app.overlays(), [Overlay::Form(_), Overlay::Finder(_)]), "under what is being typed");
    player.press("esc");
    let [Overlay::Form(form)] = player.app.overlays() else { panic!("the form") };
    assert_eq!((form.says(), form.inputs()[0].value().text()), (Some("the disk is full"), "Tide"));
}
