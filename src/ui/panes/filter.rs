//! The filter pane: genres, countries, decades, each with its count.

use crate::app::layout::Pane;
use crate::app::panes::FilterPane;
use crate::app::panes::filter::FilterRow;
use crate::app::screen::Screen;
use crate::app::words;
use crate::ui::look::Look;
use crate::ui::widgets::{cells_of, panel, put, put_right};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the filters.
pub fn draw(buf: &mut Buffer, rect: Rect, filter: &FilterPane, screen: &Screen, look: &Look) {
    let focused = screen.focus() == Pane::Filter;
    let inner = panel(buf, rect, "Filter", "", focused, look);
    let (rows, selected) = filter.visible();
    for ((at, row), y) in rows.iter().enumerate().zip(inner.top()..inner.bottom()) {
        let line = Rect { y, height: 1, ..inner };
        draw_row(buf, line, row, focused && at == selected, look);
    }
}

fn draw_row(buf: &mut Buffer, line: Rect, row: &FilterRow, selected: bool, look: &Look) {
    let signs = look.signs();
    if selected {
        put(buf, line.x, line.y, signs.bar, 1, look.accent());
    }
    let (x, room) = (line.x + 3.min(line.width), line.width.saturating_sub(3));
    match row {
        FilterRow::Heading(name) => {
            put(buf, line.x + 1, line.y, name, line.width.saturating_sub(1), look.strong());
        }
        FilterRow::Value(_, name, movies, on) => {
            let style = if *on || selected { look.strong() } else { Style::new() };
            let count = words::grouped(*movies);
            let cells = cells_of(&count).min(room);
            if *on {
                put(buf, line.x + 1, line.y, signs.check, 1, look.accent());
            }
            put(buf, x, line.y, name, room.saturating_sub(cells + 1), style);
            put_right(buf, x, line.y, &count, room, look.faint());
        }
        FilterRow::View(name) => {
            put(buf, x, line.y, name, room, if selected { look.strong() } else { Style::new() });
        }
        FilterRow::More(_, more) => {
            put(buf, x, line.y, &look.plain(&format!("… {more} more")), room, look.faint());
        }
    }
}
