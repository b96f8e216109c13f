//! What the screens look like, at every size, and how little a step redraws.

use super::{Look, draw};
use crate::app::tests::Player;
use crate::app::tests::catalogue::Catalogue;
use crate::app::{App, Effect, Msg, Picture, Ticket};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::buffer::Buffer;

fn screen(app: &App, cols: u16, rows: u16, look: &Look) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(cols, rows)).expect("a terminal in memory");
    terminal.draw(|frame| draw(frame, app, look)).expect("a frame in memory");
    terminal.backend().buffer().clone()
}

fn text(player: &Player) -> String {
    let (cols, rows) = player.app.size();
    let buffer = screen(&player.app, cols, rows, &Look::default());
    let line = |y| {
        let mut text = String::new();
        let mut x = 0;
        while x < cols {
            text.push_str(buffer[(x, y)].symbol());
            x += crate::ui::widgets::cells_of(buffer[(x, y)].symbol()).max(1);
        }
        text.trim_end().to_owned()
    };
    (0..rows).map(line).collect::<Vec<_>>().join("\n")
}

fn ada(cols: u16, rows: u16) -> Player {
    let mut catalogue = Catalogue::signed_in(29_332);
    catalogue.favorites.extend([2, 5]);
    Player::with(catalogue, cols, rows)
}

#[test]
fn movies_at_three_sizes() {
    insta::assert_snapshot!("movies_80x24", text(ada(80, 24).press("j")));
    insta::assert_snapshot!("movies_45x20", text(ada(45, 20).press("j")));
    insta::assert_snapshot!("movies_160x50", text(ada(160, 50).press("j F space l")));
}

#[test]
fn details_at_three_sizes() {
    insta::assert_snapshot!("detail_80x24", text(ada(80, 24).press("j l j j l")));
    insta::assert_snapshot!("detail_45x20", text(ada(45, 20).press("j l G")));
    insta::assert_snapshot!("page_160x50", text(ada(160, 50).press("j enter")));
}

#[test]
fn the_review_queue_at_three_sizes() {
    let queue = |cols, rows| {
        let mut catalogue = Catalogue::signed_in(29_332);
        catalogue.queue.extend([3, 7, 9]);
        let mut player = Player::with(catalogue, cols, rows);
        player.press(": r e v i e w enter");
        player
    };
    insta::assert_snapshot!("review_80x24", text(queue(80, 24).press("l")));
    insta::assert_snapshot!("review_45x20", text(queue(45, 20).press("j")));
    insta::assert_snapshot!("review_detail_45x20", text(queue(45, 20).press("j tab")));
    insta::assert_snapshot!("review_200x60", text(queue(200, 60).press("space A")));
    insta::assert_snapshot!("review_empty_80x24", text(ada(80, 24).press(": r e v i e w enter")));
}

#[test]
fn a_waiting_film_is_found_at_three_sizes() {
    for (cols, rows) in [(80, 24), (45, 20), (160, 50)] {
        let mut catalogue = Catalogue::signed_in(300);
        catalogue.queue.extend([3, 7, 9]);
        let mut player = Player::with(catalogue, cols, rows);
        player.press(": r e v i e w enter m ctrl-u 2 1");
        insta::assert_snapshot!(format!("review_match_{cols}x{rows}"), text(&player));
    }
}

#[test]
fn views_stand_above_the_filters_at_three_sizes() {
    for (cols, rows) in [(80, 24), (45, 20), (160, 50)] {
        let mut player = ada(cols, rows);
        player.press(": v i e w space s a v e space o l d space o n e s enter F");
        insta::assert_snapshot!(format!("views_{cols}x{rows}"), text(&player));
    }
}

#[test]
fn people_favorites_and_names() {
    insta::assert_snapshot!("people_80x24", text(ada(80, 24).press("2 j")));
    insta::assert_snapshot!("favorites_80x24", text(ada(80, 24).press("3 space")));
    insta::assert_snapshot!("genres_80x24", text(ada(80, 24).press(": g e n r e s enter")));
    insta::assert_snapshot!("people_160x50", text(ada(160, 50).press("2 l")));
}

#[test]
fn empty_lists_say_what_to_press() {
    insta::assert_snapshot!("guest_favorites_80x24", text(Player::new(80, 24).press("3")));
    insta::assert_snapshot!("no_match_80x24", text(Player::new(80, 24).press("= x x x enter")));
    insta::assert_snapshot!("nothing_45x20", text(&Player::with(Catalogue::new(0), 45, 20)));
}

#[test]
fn filters_lie_over_a_list_that_is_not_wide() {
    insta::assert_snapshot!("filters_80x24", text(ada(80, 24).press("F j")));
}

#[test]
fn a_poster_stands_beside_the_facts() {
    let mut catalogue = Catalogue::new(30);
    catalogue.posters = true;
    let mut player = Player::with(catalogue, 80, 24);
    let Some(Effect::Picture(ticket, _, cols, rows)) = player.others.pop() else { panic!("no picture asked for") };
    let shade = |at: u16| ([at.to_le_bytes()[0]; 3], [0; 3]);
    let picture = Picture { cols, rows, cells: (0..cols * rows).map(shade).collect() };
    player.send(Msg::Picture(Ticket(ticket.0 + 1000), None));
    player.send(Msg::Picture(ticket, Some(picture)));
    insta::assert_snapshot!("poster_80x24", text(&player));
    player.press("l G");
    insta::assert_snapshot!("poster_scrolled_80x24", text(&player));
}

#[test]
fn plain_signs_are_ascii_and_without_colour_nothing_is_coloured() {
    let mut catalogue = Catalogue::signed_in(60);
    catalogue.hostile = "A title that takes all the room there is, and ".to_owned();
    let player = Player::with(catalogue, 62, 30);
    let look = Look { color: false, ascii: true };
    let buffer = screen(&player.app, 62, 30, &look);
    assert!(buffer.content().iter().any(|cell| cell.symbol() == "~"));
    for cell in buffer.content() {
        assert!(cell.symbol().is_ascii() || "千と尋の神隠し".contains(cell.symbol()), "{}", cell.symbol());
        assert_eq!((cell.fg, cell.bg), (ratatui::style::Color::Reset, ratatui::style::Color::Reset));
    }
}

/// Where the terminal's own cursor stands, if it is shown.
fn cursor(player: &Player) -> Option<(u16, u16)> {
    let (cols, rows) = player.app.size();
    let mut terminal = Terminal::new(TestBackend::new(cols, rows)).expect("a terminal in memory");
    let frame = terminal.draw(|frame| draw(frame, &player.app, &Look::default())).expect("a frame in memory");
    assert!(frame.buffer.content().iter().all(|cell| !cell.modifier.contains(crate::app::field::CURSOR)));
    terminal.backend().cursor_visible().then(|| terminal.backend_mut().get_cursor_position().expect("a place").into())
}

#[test]
fn the_cursor_stands_where_text_is_typed_and_nowhere_else() {
    let mut player = ada(80, 24);
    assert_eq!(cursor(&player), None);
    player.press(": s o r");
    assert_eq!(cursor(&player), Some((5, 23)));
    player.press("left");
    assert_eq!(cursor(&player), Some((4, 23)));
    player.press("esc");
    assert_eq!(cursor(&player), None);
    player.press("/").send(Msg::Paste("東京x".into()));
    let (x, y) = cursor(&player).expect("a cursor");
    player.press("left");
    assert_eq!(cursor(&player), Some((x - 1, y)), "before the letter");
    player.press("left");
    assert_eq!(cursor(&player), Some((x - 3, y)), "a wide letter");
}

#[test]
fn long_notices_are_told_in_full() {
    let mut player = ada(45, 20);
    player.press(": v i e w space w e s t e r n s space o f space l o n g space a g o enter");
    let shown = text(&player);
    assert!(shown.replace('\n', "").contains("keeps this list as one"), "{shown}");
}

#[test]
fn a_step_redraws_two_rows_and_the_detail() {
    let mut player = ada(80, 24);
    let before = screen(&player.app, 80, 24, &Look::default());
    player.press("j");
    let after = screen(&player.app, 80, 24, &Look::default());
    let list = player.app.screen().layout().list.map_or(0, ratatui::layout::Rect::right);
    let mut rows: Vec<u16> =
        before.diff(&after).iter().filter(|(x, y, _)| *x < list && *y < 23).map(|(_, y, _)| *y).collect();
    rows.dedup();
    assert_eq!(rows, [3, 4]);
}

const HOSTILE: [&str; 6] =
    ["", "e\u{301}\u{302}\u{303} ", "千と千尋の神隠し ", "👩‍👩‍👧‍👦🇩🇪 ", "\u{1b}[31m\u{7} \u{202e}", "\u{200d}\u{fe0f}ﷺ "];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn drawing_never_panics_at_any_size(
        cols in 1u16..=300,
        rows in 1u16..=100,
        later in (1u16..=300, 1u16..=100),
        hostile in 0usize..HOSTILE.len(),
        keys in proptest::collection::vec(
            prop::sample::select(vec!["j", "G", "g g", "l", "h", "tab", "enter", "esc", "z", "F", "2", "3", "1", "s", "?", ":", "/", "=", "space", "v", "ctrl-d", "[", "e", "a", "x"]),
            0..12,
        ),
        ascii: bool,
        color: bool,
    ) {
        let mut catalogue = Catalogue::signed_in(60);
        catalogue.hostile = HOSTILE[hostile].to_owned();
        let mut player = Player::with(catalogue, cols, rows);
        let look = Look { color, ascii };
        for key in keys {
            player.press(key);
            screen(&player.app, cols, rows, &look);
        }
        // The terminal may be another size already when the frame is drawn.
        screen(&player.app, later.0, later.1, &look);
        player.send(Msg::Resized(later.0, later.1));
        screen(&player.app, later.0, later.1, &look);
    }
}

#[test]
fn tasks_at_three_sizes() {
    use crate::app::tests::tasks::{import, player, report};
    use crate::catalog::report::{Phase, Progress};
    for (cols, rows) in [(45, 20), (80, 24), (200, 60)] {
        let mut player = player(cols, rows);
        import(&mut player, "/lists/movies-1940s.json").press("j");
        let ticket = player.app.tasks().all()[0].ticket;
        player.send(Msg::Progressed(ticket, Progress { phase: Phase::Matching, done: 42, total: 100 }));
        insta::assert_snapshot!(format!("task_{cols}x{rows}"), text(&player));
        import(&mut player, "/b").press(": t a s k s enter");
        player.send(Msg::Finished(ticket, Ok(report(false))));
        insta::assert_snapshot!(format!("tasks_{cols}x{rows}"), text(player.press("j")));
        insta::assert_snapshot!(format!("leaving_{cols}x{rows}"), text(player.press("esc q")));
    }
}

#[test]
fn a_query_says_how_many_there_are() {
    let mut player = ada(80, 24);
    let shown = text(player.press("= g l a s s"));
    let last = shown.lines().last().unwrap_or_default();
    assert!(last.starts_with("  tab completes, enter keeps") && last.ends_with(" of 5,578"), "{last}");
    assert!(text(player.press("space y e a r :")).lines().last().is_some_and(|last| last.contains('^')));
}
