//! The detail: lines with links, a picture beside the first of them.

use super::poster;
use crate::app::layout::Pane;
use crate::app::panes::sheet::{Line, Tone};
use crate::app::screen::Screen;
use crate::app::words;
use crate::ui::look::Look;
use crate::ui::widgets::{foot, panel, placard, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the detail of a screen.
pub fn draw(buf: &mut Buffer, rect: Rect, screen: &Screen, look: &Look) {
    let detail = screen.detail();
    let focused = screen.focus() == Pane::Detail;
    let (lines, first) = detail.visible();
    let kind = detail.key().map_or("", |key| words::singular(key.entity()));
    let title = if first == 0 { words::capital(kind) } else { detail.name() };
    let inner = panel(buf, rect, &title, "", focused, look);
    if let Some(fault) = detail.fault() {
        return placard(buf, inner, &[fault.to_owned(), "esc goes back".to_owned()], look);
    }
    let slot = detail.picture();
    let indent = |line: usize| match slot {
        Some((slot, _)) if line < usize::from(slot.rows) => slot.cols + 1,
        _ => 0,
    };
    let link = detail.link_number().filter(|_| focused);
    for ((at, line), y) in lines.iter().enumerate().zip(inner.top()..inner.bottom()) {
        let left = indent(first + at).min(inner.width);
        let line_rect = Rect { x: inner.x + left, y, width: inner.width - left, height: 1 };
        draw_line(buf, line_rect, line, link, look);
    }
    if let Some((slot, Some(picture))) = slot {
        poster::draw(buf, inner, picture, first, usize::from(slot.rows), look);
    }
    if first + lines.len() < detail.length() {
        foot(buf, rect, "", look.signs().more, look);
    }
}

fn draw_line(buf: &mut Buffer, rect: Rect, line: &Line, link: Option<usize>, look: &Look) {
    let mut x = rect.x;
    for span in &line.spans {
        let style = match span.tone {
            Tone::Plain | Tone::Sign => Style::new(),
            Tone::Title => look.accent(),
            Tone::Heading => look.strong(),
            Tone::Faint => look.faint(),
        };
        let selected = span.link.is_some() && span.link == link;
        let style = if selected { style.patch(look.selected()) } else { style };
        let room = rect.right().saturating_sub(x);
        x += match span.tone {
            Tone::Sign => put(buf, x, rect.y, &look.plain(&span.text), room, style),
            _ => put(buf, x, rect.y, &span.text, room, style),
        };
    }
}
