//! Walking from screen to screen.

use super::Player;
use super::catalogue::Catalogue;
use crate::app::layout::Pane;
use crate::app::panes::ListPane;
use crate::app::screen::Tab;
use crate::app::{Effect, Msg, Overlay};
use crate::catalog::{List, Query};
use crate::domain::{Entity, Key, MovieId, PersonId};

fn tab(player: &Player) -> Tab {
    player.app.screen().tab()
}

#[test]
fn tabs_keep_their_selection() {
    let mut player = Player::new(80, 24);
    player.press("j j j 2 j 1");
    assert_eq!(tab(&player), Tab::Movies);
    assert_eq!(player.selected(), player.catalogue.title(4));
    player.press("2");
    assert!(player.selected().ends_with(" 2"), "{}", player.selected());
    player.press("3");
    assert_eq!(tab(&player), Tab::Favorites);
}

#[test]
fn from_a_film_to_its_director_to_another_film_and_back() {
    let mut player = Player::new(80, 24);
    player.press("j enter");
    assert_eq!(tab(&player), Tab::Record(Key::Movie(MovieId(2))));
    player.press("j j j enter");
    assert_eq!(tab(&player), Tab::Record(Key::Person(PersonId(1))));
    player.press("j enter");
    assert!(matches!(tab(&player), Tab::Record(Key::Movie(_))));
    player.press("esc");
    assert_eq!(tab(&player), Tab::Record(Key::Person(PersonId(1))));
    player.press("[ [");
    assert_eq!(tab(&player), Tab::Movies);
    assert_eq!(player.selected(), player.catalogue.title(2));
    player.press("] ]");
    assert_eq!(tab(&player), Tab::Record(Key::Person(PersonId(1))));
}

#[test]
fn escape_never_quits_and_q_does_at_the_end() {
    let mut player = Player::new(80, 24);
    player.press("enter esc esc esc esc");
    assert_eq!(tab(&player), Tab::Movies);
    assert!(player.others.is_empty());
    assert_eq!(player.opened.len(), 1, "the finder hears of it");
    player.press("enter z q q");
    assert_eq!(tab(&player), Tab::Movies);
    assert!(player.others.is_empty());
    player.press("q");
    assert_eq!(player.others, [Effect::Quit]);
}

#[test]
fn q_closes_what_hides_the_list_first() {
    let mut player = Player::new(80, 24);
    player.press("F q");
    assert_eq!(player.app.screen().focus(), Pane::List);
    assert!(player.others.is_empty());
    let mut narrow = Player::new(45, 20);
    narrow.press("l q");
    assert_eq!(narrow.app.screen().focus(), Pane::List);
    narrow.press("q");
    assert_eq!(narrow.others, [Effect::Quit]);
}

#[test]
fn a_genre_in_a_detail_opens_the_films_of_it() {
    let mut player = Player::new(80, 24);
    player.press("l j j l");
    let link = player.app.screen().detail().link().map(|link| link.name.clone());
    assert_eq!(link.as_deref(), Some("Mystery"));
    player.press("enter");
    let Some(List::Movies { filter, .. }) = player.app.screen().list().map(|list| list.list().clone()) else {
        panic!("no list of movies")
    };
    assert_eq!(filter.genres.len(), 1);
    player.press("esc");
    assert_eq!(player.app.screen().focus(), Pane::Detail);
}

#[test]
fn a_country_offers_films_and_people() {
    let mut player = Player::new(80, 24);
    player.press("l j");
    assert_eq!(player.app.screen().detail().link().map(|link| link.name.as_str()), Some("Portugal"));
    player.press("enter");
    assert!(matches!(player.app.overlays(), [Overlay::Menu(_)]));
    player.press("p");
    assert_eq!(tab(&player), Tab::People);
    assert!(player.app.overlays().is_empty());
}

#[test]
fn a_narrow_screen_is_walked_pane_by_pane() {
    let mut player = Player::new(45, 20);
    assert_eq!(player.app.screen().focus(), Pane::List);
    player.press("h");
    assert_eq!(player.app.screen().focus(), Pane::Filter);
    player.press("l l");
    assert_eq!(player.app.screen().focus(), Pane::Detail);
    assert_eq!(player.app.screen().detail().key(), Some(Key::Movie(MovieId(1))));
    player.press("esc j l");
    assert_eq!(player.app.screen().detail().key(), Some(Key::Movie(MovieId(2))));
}

#[test]
fn filters_narrow_the_list_and_escape_clears_them() {
    let mut player = Player::new(160, 50);
    player.press("F space");
    assert_eq!(player.app.screen().list().and_then(ListPane::total), Some(200));
    player.press("j enter");
    assert_eq!(player.app.screen().list().and_then(ListPane::total), Some(400));
    let facets = player.asked.iter().filter(|query| matches!(query, Query::Facets(_))).count();
    assert_eq!(facets, 3);
    player.press("esc esc");
    assert_eq!(player.app.screen().list().and_then(ListPane::total), Some(1000));
}

#[test]
fn words_narrow_the_list_in_place() {
    let mut player = Player::new(80, 24);
    player.press("= h a r b o r enter");
    assert!(player.app.overlays().is_empty());
    let total = player.app.screen().list().and_then(ListPane::total);
    assert!(total < Some(1000) && total > Some(0), "{total:?}");
    player.press("esc");
    assert_eq!(player.app.screen().list().and_then(ListPane::total), Some(1000));
}

#[test]
fn the_sort_menu_sorts_and_the_same_again_reverses() {
    let mut player = Player::new(80, 24);
    player.press("j j s t");
    assert_eq!(player.app.screen().list().map(|list| list.visible().1), Some(0));
    let sorted = |player: &Player| player.app.screen().list().map(|list| crate::app::sorting::sorted_by(list.list()));
    use crate::app::sorting::Column;
    assert_eq!(sorted(&player), Some((Column::Name, true)));
    player.press("s t");
    assert_eq!(sorted(&player), Some((Column::Name, false)));
    player.press("s s");
    assert_eq!(sorted(&player), Some((Column::Name, true)));
}

#[test]
fn lists_behind_commands_lead_on() {
    let mut player = Player::new(80, 24);
    player.press(": g e n r e s enter");
    assert_eq!(tab(&player), Tab::Names(Entity::Genre));
    player.press("j enter");
    assert_eq!(tab(&player), Tab::Movies);
    assert_eq!(player.app.screen().list().and_then(ListPane::total), Some(200));
    player.press("esc");
    assert_eq!(tab(&player), Tab::Names(Entity::Genre));
}

#[test]
fn hits_are_walked_with_n() {
    let mut player = Player::new(80, 24);
    player.press("n");
    assert!(player.notice().contains("nothing found yet"), "{}", player.notice());
    player.press("/ r i v e r enter");
    let first = tab(&player);
    assert!(matches!(first, Tab::Record(Key::Movie(_))), "{first:?}");
    player.press("n");
    assert_ne!(tab(&player), first);
    player.press("N");
    assert_eq!(tab(&player), first);
    player.press("N");
    assert_eq!(player.notice(), "no more hits that way");
    player.press("esc");
    assert_eq!(tab(&player), Tab::Movies);
}

#[test]
fn a_record_that_is_gone_says_so() {
    let mut player = Player::with(Catalogue::signed_in(30), 80, 24);
    player.catalogue.gone.insert(1);
    player.press("enter");
    assert!(player.app.screen().detail().fault().is_some());
    player.send(Msg::Changed).press("esc");
    assert_eq!(player.selected(), player.catalogue.title(2));
}
