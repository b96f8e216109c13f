//! Lists hold a window of rows, and nothing jumps.

use super::Player;
use crate::app::{Effect, Msg};
use crate::catalog::{Query, Start};

fn pages(player: &Player) -> Vec<&Start> {
    let pages = player.asked.iter().filter_map(|query| match query {
        Query::Page(page) => Some(&page.start),
        _ => None,
    });
    pages.collect()
}

#[test]
fn the_first_page_is_all_that_is_asked_for_at_first() {
    let player = Player::new(80, 24);
    assert_eq!(pages(&player), [&Start::First]);
    assert_eq!(player.selected(), "The Night Glass 1");
}

#[test]
fn stepping_far_walks_the_whole_list_in_windows() {
    let mut player = Player::new(80, 24);
    player.press(&"j ".repeat(999));
    assert_eq!(player.selected(), player.catalogue.title(1000));
    let starts = pages(&player);
    assert!(starts.len() < 40 && starts[1..].iter().all(|start| matches!(start, Start::After(_))));
    player.press(&"k ".repeat(999));
    assert_eq!(player.selected(), player.catalogue.title(1));
    player.press("j");
    assert_eq!(player.selected(), player.catalogue.title(2));
}

#[test]
fn pages_and_ends_are_reached() {
    let mut player = Player::new(80, 24);
    player.press("G");
    assert_eq!(player.selected(), player.catalogue.title(1000));
    player.press("k k");
    assert_eq!(player.selected(), player.catalogue.title(998));
    player.press("g g");
    assert_eq!(player.selected(), player.catalogue.title(1));
    player.press(&"ctrl-f ".repeat(100));
    assert_eq!(player.selected(), player.catalogue.title(1000));
    player.press(&"ctrl-u ".repeat(300));
    assert_eq!(player.selected(), player.catalogue.title(1));
}

#[test]
fn steps_beyond_the_window_are_taken_when_its_rows_are_here() {
    let mut player = Player::new(80, 24);
    let mut late = Vec::new();
    for _ in 0..10 {
        let press = crate::app::Press::ctrl('f');
        for effect in player.app.update(Msg::Press(press)) {
            if let Effect::Ask(ticket, query) = effect {
                late.push((ticket, query));
            }
        }
    }
    assert!(!late.is_empty());
    for (ticket, query) in late {
        let answer = player.catalogue.answer(&query);
        player.send(Msg::Answered(ticket, answer));
    }
    let mut prompt = Player::new(80, 24);
    prompt.press(&"ctrl-f ".repeat(10));
    assert_eq!(player.selected(), prompt.selected());
}

#[test]
fn the_view_stands_still_when_another_session_commits() {
    let mut player = Player::new(80, 24);
    player.press(&"j ".repeat(300));
    let list = |player: &Player| {
        let (rows, selected) = player.app.screen().list().map(crate::app::panes::ListPane::visible).unwrap_or_default();
        (rows.iter().map(|row| row.key).collect::<Vec<_>>(), selected)
    };
    let before = list(&player);
    player.asked.clear();
    player.send(Msg::Changed);
    assert_eq!(list(&player), before);
    assert!(matches!(pages(&player)[0], Start::Around(..)));
    assert!(player.asked.iter().any(|query| matches!(query, Query::Detail(_))));
    assert!(player.asked.contains(&Query::Summary));
}

#[test]
fn late_answers_are_dropped() {
    let mut player = Player::new(80, 24);
    let first = player.app.update(Msg::Press(crate::app::Press::parse("G").expect("a key")));
    let second = player.app.update(Msg::Press(crate::app::Press::parse("end").expect("a key")));
    for effect in second.into_iter().chain(first) {
        if let Effect::Ask(ticket, query) = effect {
            let answer = player.catalogue.answer(&query);
            player.send(Msg::Answered(ticket, answer));
            assert_eq!(player.selected(), player.catalogue.title(1000));
        }
    }
}
