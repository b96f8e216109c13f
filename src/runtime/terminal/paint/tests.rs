use super::*;
use ratatui::Terminal;
use ratatui::style::Style;
use ratatui::text::Line;

fn terminal(cols: u16, rows: u16) -> Terminal<Painter> {
    Terminal::new(Painter::new(Size::new(cols, rows), false)).unwrap()
}

fn frame(terminal: &mut Terminal<Painter>, lines: &[&str], cursor: Option<(u16, u16)>) -> String {
    terminal
        .draw(|frame| {
            for (y, line) in (0..).zip(lines) {
                frame.buffer_mut().set_line(0, y, &Line::raw(*line), 80);
            }
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })
        .unwrap();
    String::from_utf8(terminal.backend_mut().take().unwrap_or_default()).unwrap()
}

#[test]
fn a_frame_that_changes_nothing_writes_nothing() {
    let mut terminal = terminal(20, 3);
    assert_eq!(frame(&mut terminal, &["one", "two"], None), "\x1b[1Hone\x1b[2Htwo");
    assert_eq!(frame(&mut terminal, &["one", "two"], None), "");
    assert_eq!(frame(&mut terminal, &["one", "two"], Some((3, 0))), "\x1b[?25h\x1b[1;4H");
    assert_eq!(frame(&mut terminal, &["one", "two"], Some((3, 0))), "");
    assert_eq!(frame(&mut terminal, &["ore", "two"], None), "\x1b[1;2Hr\x1b[?25l");
}

#[test]
fn the_pen_is_changed_by_what_differs() {
    let mut painter = Painter::new(Size::new(9, 1), false);
    let cell = |style: Style| {
        let mut cell = Cell::new("x");
        cell.set_style(style);
        cell
    };
    let cells = [
        cell(Style::new().bold().fg(Color::Red)),
        cell(Style::new().bold().fg(Color::LightCyan).bg(Color::Indexed(7))),
        cell(Style::new().reversed()),
        cell(Style::new().reversed()),
        cell(Style::new()),
        cell(Style::new().fg(Color::Rgb(1, 2, 3))),
    ];
    painter.draw((0..).zip(&cells).map(|(x, cell)| (x, 0, cell))).unwrap();
    let sent = String::from_utf8(painter.take().unwrap()).unwrap();
    assert_eq!(sent, "\x1b[1H\x1b[1;31mx\x1b[96;48;5;7mx\x1b[0;7mxx\x1b[mx\x1b[38;2;1;2;3mx");
}

#[test]
fn wide_and_marked_text_stays_in_its_columns() {
    let mut terminal = terminal(20, 1);
    let sent = frame(&mut terminal, &["漢e\u{301}x"], None);
    assert_eq!(sent, "\x1b[1H漢\x1b[1;3He\u{301}\x1b[1;4Hx");
}

#[test]
fn nothing_in_a_cell_reaches_the_terminal_as_a_command() {
    let mut painter = Painter::new(Size::new(9, 1), false);
    let cells = ["\x1b[2J", "\u{9b}2J", "\u{202e}", "\n"].map(|text| {
        let mut cell = Cell::default();
        cell.set_symbol(text);
        cell
    });
    painter.draw((0..).zip(&cells).map(|(x, cell)| (x, 0, cell))).unwrap();
    let sent = String::from_utf8(painter.take().unwrap()).unwrap();
    assert_eq!(sent, "\x1b[1H[2J\x1b[1;2H2J\x1b[1;3H  ");
}

#[test]
fn frames_are_synchronized_where_that_is_known() {
    let mut painter = Painter::new(Size::new(9, 1), true);
    painter.show_cursor().unwrap();
    assert_eq!(painter.take().unwrap(), b"\x1b[?2026h\x1b[?25h\x1b[?2026l");
    assert_eq!(painter.take(), None);
}

#[test]
fn a_few_cells_are_written_anew_rather_than_stepped_over() {
    let mut terminal = terminal(20, 1);
    frame(&mut terminal, &["a short line"], None);
    assert_eq!(frame(&mut terminal, &["A shOrt linE"], None), "\x1b[1HA shO\x1b[6CE");
    assert_eq!(frame(&mut terminal, &["漢shOrt linE"], None), "\x1b[1H漢");
    assert_eq!(frame(&mut terminal, &["漢shirt line"], None), "\x1b[1;5Hi\x1b[6Ce");
    terminal.clear().unwrap();
    let sent = frame(&mut terminal, &["漢shirt line"], None);
    assert!(sent.ends_with("shirt line"), "{sent:?}");
}
