//! Small things that screens and overlays are drawn with.

use super::look::Look;
use crate::app::layout::{framed, inside};
use crate::domain::text::{clip, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Puts a text on a line of at most `cells` cells; returns the cells used. Text that does not fit ends in `…`.
pub fn put(buf: &mut Buffer, x: u16, y: u16, text: &str, cells: u16, style: Style) -> u16 {
    let area = buf.area;
    if y < area.top() || y >= area.bottom() || x >= area.right() {
        return 0;
    }
    let cells = cells.min(area.right() - x);
    let text = clip(text, usize::from(cells));
    let (end, _) = buf.set_stringn(x, y, &text, usize::from(cells), style);
    end - x
}

/// Shows where texts were cut by a sign in ASCII.
pub fn plain_cuts(buf: &mut Buffer) {
    for cell in &mut buf.content {
        if cell.symbol() == "…" {
            cell.set_symbol("~");
        }
    }
}

/// As [`put`], flush right in its cells.
pub fn put_right(buf: &mut Buffer, x: u16, y: u16, text: &str, cells: u16, style: Style) {
    let used = cells_of(text).min(cells);
    put(buf, x + cells - used, y, text, used, style);
}

/// Parts of a line after each other, each with its style; returns the cells used.
pub fn put_parts(buf: &mut Buffer, x: u16, y: u16, parts: &[(&str, Style)], cells: u16) -> u16 {
    let mut used = 0;
    for (text, style) in parts {
        used += put(buf, x + used, y, text, cells - used, *style);
    }
    used
}

/// A text whose marked bytes (in order, not overlapping) stand out; returns the cells used.
pub fn put_marked(
    buf: &mut Buffer,
    (x, y): (u16, u16),
    text: &str,
    marks: &[(usize, usize)],
    cells: u16,
    (style, marked): (Style, Style),
) -> u16 {
    let shown = clip(text, usize::from(cells));
    let kept = common_prefix(text, &shown);
    let mut used = 0;
    let mut from = 0;
    for (start, end) in marks.iter().map(|(start, end)| (*start.min(&kept), *end.min(&kept))) {
        let (Some(before), Some(inside)) = (shown.get(from..start), shown.get(start..end)) else { break };
        used += put(buf, x + used, y, before, cells - used, style);
        used += put(buf, x + used, y, inside, cells - used, style.patch(marked));
        from = end;
    }
    used + put(buf, x + used, y, shown.get(from..).unwrap_or_default(), cells - used, style)
}

fn common_prefix(text: &str, shown: &str) -> usize {
    text.char_indices()
        .zip(shown.chars())
        .find(|((_, a), b)| a != b)
        .map_or(text.len().min(shown.len()), |((at, _), _)| at)
}

/// The cells of a text, as far as a screen can be wide.
#[must_use]
pub fn cells_of(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// Fills a rectangle with blanks, whatever was there.
pub fn clear(buf: &mut Buffer, rect: Rect) {
    let rect = rect.intersection(buf.area);
    for y in rect.top()..rect.bottom() {
        for x in rect.left()..rect.right() {
            buf[(x, y)].reset();
        }
    }
}

/// A frame with a title on its upper edge; in the focused one it stands in brackets. Returns the room inside.
/// Where there is no room for a frame, all of it is inside.
pub fn panel(buf: &mut Buffer, rect: Rect, title: &str, after: &str, focused: bool, look: &Look) -> Rect {
    clear(buf, rect);
    if !framed(rect) {
        return rect;
    }
    let style = if focused { look.accent() } else { look.faint() };
    frame(buf, rect, style, look);
    let room = rect.width - 2;
    let (open, close) = if focused { ("[", "]") } else { (" ", " ") };
    let name = if focused { look.accent() } else { look.strong() };
    let title = clip(title, usize::from(room.saturating_sub(2)));
    if title.is_empty() {
        return inside(rect);
    }
    let used = put_parts(buf, rect.x + 1, rect.y, &[(open, style), (&title, name), (close, style)], room);
    if !after.is_empty() && room > used + 4 {
        let after = format!(" {} ", clip(after, usize::from(room - used - 4)));
        put(buf, rect.x + 2 + used, rect.y, &after, room - used - 1, Style::new());
    }
    inside(rect)
}

/// The edges of a rectangle.
pub fn frame(buf: &mut Buffer, rect: Rect, style: Style, look: &Look) {
    let [top_left, top_right, bottom_left, bottom_right, across, down, ..] = look.signs().frame;
    let (right, bottom) = (rect.right().saturating_sub(1), rect.bottom().saturating_sub(1));
    for x in rect.x..=right {
        put(buf, x, rect.y, across, 1, style);
        put(buf, x, bottom, across, 1, style);
    }
    for y in rect.y..=bottom {
        put(buf, rect.x, y, down, 1, style);
        put(buf, right, y, down, 1, style);
    }
    for (x, y, corner) in [
        (rect.x, rect.y, top_left),
        (right, rect.y, top_right),
        (rect.x, bottom, bottom_left),
        (right, bottom, bottom_right),
    ] {
        put(buf, x, y, corner, 1, style);
    }
}

/// Words on the lower edge of a frame: what the keys do here, or how much more there is.
pub fn foot(buf: &mut Buffer, rect: Rect, left: &str, right: &str, look: &Look) {
    if !framed(rect) {
        return;
    }
    let (y, room) = (rect.bottom() - 1, rect.width - 2);
    let used = if left.is_empty() { 0 } else { put(buf, rect.x + 1, y, &format!(" {left} "), room, look.faint()) };
    let right = if right.is_empty() { String::new() } else { format!(" {right} ") };
    let cells = cells_of(&right);
    if used + cells < room {
        put(buf, rect.x + 1 + room - cells, y, &right, cells, look.faint());
    }
}

/// A rectangle of at most this size in the middle of another.
#[must_use]
pub fn centered(area: Rect, cols: u16, rows: u16) -> Rect {
    let (cols, rows) = (cols.min(area.width), rows.min(area.height));
    Rect::new(area.x + (area.width - cols) / 2, area.y + (area.height - rows) / 2, cols, rows)
}

/// Lines of a notice in the upper third of a rectangle, each centered; the first one stands out.
pub fn placard(buf: &mut Buffer, rect: Rect, lines: &[String], look: &Look) {
    let top = rect.y + (rect.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(0))) / 3;
    for (at, line) in (0..).zip(lines) {
        if top + at >= rect.bottom() {
            break;
        }
        let cells = cells_of(line).min(rect.width);
        let style = if at == 0 { look.strong() } else { Style::new() };
        put(buf, rect.x + (rect.width - cells) / 2, top + at, line, cells, style);
    }
}
