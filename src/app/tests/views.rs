//! Saved views: kept, shown above the filters, opened, asked of guests.

use super::Player;
use super::catalogue::Catalogue;
use crate::app::{Effect, Overlay};
use crate::catalog::{Command, List};
use crate::domain::{Entity, View};

fn player() -> Player {
    Player::with(Catalogue::signed_in(100), 120, 30)
}

fn saved(player: &Player) -> Option<View> {
    player.others.iter().rev().find_map(|effect| match effect {
        Effect::Do(_, Command::SaveView(view)) => Some(view.clone()),
        _ => None,
    })
}

fn words(player: &Player) -> String {
    match player.app.screen().list().map(|list| list.list().clone()) {
        Some(List::Movies { filter, .. }) => filter.words,
        _ => panic!("films"),
    }
}

#[test]
fn what_is_chosen_and_typed_becomes_one_query() {
    let mut player = player();
    player.press("= g l a s s space o r space r i v e r enter h space j space");
    player.press(": v i e w space s a v e space m i n e enter");
    let view = saved(&player).expect("a view");
    assert_eq!((view.name.as_str(), view.entity, view.reverse), ("mine", Entity::Movie, true));
    assert_eq!(view.query, "(glass or river) (genre:\"Genre 1\" or genre:\"Genre 2\")");
    assert!(crate::catalog::language::parse(&view.query).is_ok());
    assert_eq!(view.sort, "popularity");
}

#[test]
fn a_view_opens_from_the_pane_and_by_name() {
    let mut player = player();
    player.press("= g l a s s enter : v i e w space s a v e space p a n e s enter esc");
    assert_eq!(words(&player), "");
    player.press("h g g enter");
    assert_eq!(words(&player), "glass");
    assert!(player.app.screen().opened);
    player.press("esc esc : v i e w space P A N E S enter");
    assert_eq!(words(&player), "glass");
    player.press(": v i e w space n o enter");
    assert!(player.notice().starts_with("there is no view called no"), "{}", player.notice());
    player.press(": v i e w s enter 1");
    assert_eq!(words(&player), "glass");
    player.press(": v i e w space r e m o v e space p a n e s enter : v i e w enter");
    assert!(player.app.overlays().is_empty() && player.notice().starts_with("no views yet"));
}

#[test]
fn a_guest_signs_in_first() {
    let mut guest = Player::new(80, 24);
    guest.press(": v i e w space s a v e space m i n e enter");
    assert!(matches!(guest.app.overlays(), [Overlay::SignIn(_)]));
    assert!(saved(&guest).is_none());
}
