//! What all overlays are drawn with: panels, rows, fields, and the styles they take from the look.

use crate::app::field::{CURSOR, Field};
use crate::domain::text::{clip, width};
use crate::ui::Look;
use crate::ui::widgets::{clear, frame, put_marked};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

/// A framed box with hints on its lower edge.
pub struct Panel<'a> {
    /// At the upper left.
    pub title: &'a str,
    /// Keys and what they do, at the lower left.
    pub hints: &'a [(&'a str, &'a str)],
    /// At the lower right.
    pub note: &'a str,
}

impl Panel<'_> {
    /// Clears the area and draws the box; what is left inside is the caller's.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: &Look) -> Rect {
        clear(buf, area);
        if area.width < 4 || area.height < 3 {
            return area;
        }
        frame(buf, area, dim(look), look);
        put(
            buf,
            area.x + 1,
            area.y,
            Rect { width: area.width - 1, ..area },
            &format!(" {} ", self.title),
            strong(look),
        );
        put(buf, area.right() - 1, area.y, area, look.signs().frame[1], dim(look));
        self.edge(buf, Rect { x: area.x + 1, y: area.bottom() - 1, width: area.width - 2, height: 1 }, look);
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    fn edge(&self, buf: &mut Buffer, edge: Rect, look: &Look) {
        let note = u16::try_from(width(self.note)).unwrap_or(u16::MAX);
        let room = if self.note.is_empty() { edge.width } else { edge.width.saturating_sub(note + 2) };
        let mut x = edge.x;
        for (key, does) in self.hints {
            let taken = u16::try_from(width(key) + width(does) + 3).unwrap_or(u16::MAX);
            if x + taken > edge.x + room {
                break;
            }
            x = put(buf, x, edge.y, edge, " ", dim(look));
            x = put(buf, x, edge.y, edge, key, accent(look));
            x = put(buf, x, edge.y, edge, &format!(" {does} "), dim(look));
        }
        if !self.note.is_empty() && room > 0 {
            put(buf, edge.x + room, edge.y, edge, &format!(" {} ", self.note), dim(look));
        }
    }
}

/// A box near the top: as wide and high as there is room for, at most so many cells.
pub fn upper(area: Rect, cols: u16, rows: u16) -> Rect {
    let (width, height) = (area.width.min(cols), area.height.min(rows));
    let y = if area.height > rows { (area.height - rows) / 4 } else { 0 };
    Rect { x: area.x + (area.width - width) / 2, y: area.y + y, width, height }
}

/// A box in the middle.
pub fn middle(area: Rect, cols: u16, rows: u16) -> Rect {
    let (width, height) = (area.width.min(cols), area.height.min(rows));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A prompt, the rule under it, and the rest.
pub fn under_prompt(inner: Rect) -> (Rect, Rect, Rect) {
    let line = |down: u16| {
        let y = (inner.y + down).min(inner.bottom());
        Rect { y, height: u16::from(down < inner.height), ..inner }
    };
    let indent = u16::from(inner.width > 2);
    let prompt = Rect { x: inner.x + indent, width: inner.width - indent, ..line(0) };
    let down = inner.height.min(2);
    (prompt, line(1), Rect { y: inner.y + down, height: inner.height - down, ..inner })
}

/// The lines of a list that are on the screen, as row and place: the page that the selected one is on, so that a step
/// moves nothing else.
pub fn window(area: Rect, count: usize, selected: usize) -> impl Iterator<Item = (u16, usize)> {
    let height = usize::from(area.height).max(1);
    let first = (selected / height * height).min(count.saturating_sub(height));
    (area.y..area.bottom()).zip(first..count)
}

/// Text from `x` on, clipped to the area; the cell after it.
pub fn put(buf: &mut Buffer, x: u16, y: u16, area: Rect, text: &str, style: Style) -> u16 {
    if x >= area.right() || y >= area.bottom() || y < area.y {
        return x;
    }
    let room = usize::from(area.right() - x);
    buf.set_stringn(x, y, clip(text, room), room, style).0
}

/// Text of which some bytes are marked, clipped to the area.
pub fn marked(buf: &mut Buffer, x: u16, area: Rect, text: &str, marks: &[(usize, usize)], base: Style, look: &Look) {
    if x < area.right() {
        put_marked(buf, (x, area.y), text, marks, area.right() - x, (base, look.matched()));
    }
}

/// Plain text.
pub fn plain(_look: &Look) -> Style {
    Style::new()
}

/// What matters less.
pub fn dim(look: &Look) -> Style {
    look.faint()
}

/// What stands out.
pub fn strong(look: &Look) -> Style {
    look.strong()
}

/// Keys, and what the eye should find first.
pub fn accent(look: &Look) -> Style {
    look.accent()
}

/// What went wrong.
pub fn fault(look: &Look) -> Style {
    look.fault()
}

/// Before a favorite.
pub fn heart(look: &Look) -> &'static str {
    look.signs().heart
}

/// The same area with a blank column on either side, where there is room for it.
pub fn indent(area: Rect) -> Rect {
    if area.width < 8 {
        return area;
    }
    Rect { x: area.x + 1, width: area.width - 2, ..area }
}

/// A label flush right in so many columns, the row's mark of focus before it; the room for what it names.
pub fn labelled(buf: &mut Buffer, row: Rect, cols: u16, label: &str, focus: bool, look: &Look) -> Rect {
    let cols = cols.min(row.width / 2);
    let room = usize::from(cols.saturating_sub(1));
    let shown = clip(label, room);
    let gap = cols.saturating_sub(u16::try_from(width(&shown)).unwrap_or(cols));
    if focus {
        put(buf, row.x, row.y, row, look.signs().bar, accent(look));
    }
    put(buf, row.x + gap, row.y, row, &shown, if focus { strong(look) } else { dim(look) });
    let taken = (cols + 2).min(row.width);
    Rect { x: row.x + taken, width: row.width - taken, height: row.height.min(1), ..row }
}

/// A rule from edge to edge of the frame around the area.
pub fn rule(buf: &mut Buffer, area: Rect, look: &Look) {
    if area.is_empty() {
        return;
    }
    let [.., across, _, left, right] = look.signs().frame;
    put(buf, area.x, area.y, area, &across.repeat(usize::from(area.width)), dim(look));
    if area.x > 0 && area.right() < buf.area.right() {
        put(buf, area.x - 1, area.y, buf.area, left, dim(look));
        put(buf, area.right(), area.y, buf.area, right, dim(look));
    }
}

/// The bar before a row, and the style of its text.
pub fn bar(buf: &mut Buffer, row: Rect, selected: bool, look: &Look) -> Style {
    if !selected {
        return plain(look);
    }
    put(buf, row.x, row.y, row, look.signs().bar, accent(look));
    strong(look)
}

/// A line being typed into; the cursor shows where it has the focus.
pub fn field(buf: &mut Buffer, area: Rect, field: &Field, focus: bool, look: &Look) {
    if area.is_empty() {
        return;
    }
    if focus {
        field.area().render(area, buf);
        buf.set_style(area, Style::new().add_modifier(Modifier::UNDERLINED));
        return;
    }
    let text = field.text();
    let lines = if area.height > 1 { wrap(&text, area.width) } else { text.split('\n').map(str::to_owned).collect() };
    let cut = lines.len() > usize::from(area.height);
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        put(buf, area.x, y, area, &line, plain(look));
    }
    if cut && area.height > 1 {
        put(buf, area.right() - 1, area.bottom() - 1, area, look.signs().more, dim(look));
    }
}

/// Dots in place of a password, and the cursor.
pub fn hidden(buf: &mut Buffer, area: Rect, count: usize, focus: bool, look: &Look) {
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width.saturating_sub(1));
    let x = put(buf, area.x, area.y, area, &"*".repeat(count.min(room)), plain(look));
    if focus {
        buf.set_style(area, Style::new().add_modifier(Modifier::UNDERLINED));
        put(buf, x, area.y, area, " ", Style::new().add_modifier(CURSOR));
    }
}

/// Words broken into lines of so many cells.
pub fn wrap(text: &str, cols: u16) -> Vec<String> {
    let room = usize::from(cols.max(1));
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && width(&line) + 1 + width(word) > room {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// Words broken into lines, drawn from the top; the row after them.
pub fn prose(buf: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let mut y = y;
    for line in wrap(text, area.width) {
        put(buf, area.x, y, area, &line, style);
        y = y.saturating_add(1);
    }
    y
}

/// Underlined, as what is being entered.
pub fn underlined(_look: &Look) -> Style {
    Style::new().add_modifier(Modifier::UNDERLINED)
}

/// A long text being typed into, over a whole area.
pub fn page(buf: &mut Buffer, area: Rect, field: &Field, look: &Look) {
    if !area.is_empty() {
        field.area().render(area, buf);
        buf.set_style(area, plain(look));
    }
}
