//! One field of a form: what it shows, how high it is, what is wrong with it.

use super::super::paint;
use crate::app::overlays::Form;
use crate::app::overlays::form::{Chips, Entry, Input};
use crate::domain::text::width;
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The most rows that prose takes while it is not open.
const PROSE: u16 = 3;
/// The least columns for typing after a chip.
const TYPING: u16 = 12;

/// A field, measured for so many columns.
pub struct Cell<'a> {
    input: &'a Input,
    focus: bool,
    rows: u16,
    /// Where each chip stands: column and row; and where typing goes on.
    places: Vec<(u16, u16)>,
    /// What is wrong with it, in lines.
    wrong: Vec<String>,
}

impl<'a> Cell<'a> {
    /// Measures a field.
    pub fn of(form: &'a Form, at: usize, cols: u16) -> Self {
        let (input, focus) = (&form.inputs()[at], at == form.focus());
        let wrong = input.wrong().map(|says| paint::wrap(&format!("! {says}"), cols)).unwrap_or_default();
        let mut cell = Cell { input, focus, rows: 1, places: Vec::new(), wrong };
        match input.entry() {
            Entry::Text(field)
                if field.area().lines().len() > 1 || width(&field.area().lines()[0]) > usize::from(cols) =>
            {
                let value = input.value();
                let long = form.specs()[at].kind != crate::app::overlays::form::Kind::Line;
                cell.rows = if long { rows_of(value.text(), cols).min(PROSE) } else { 1 };
            }
            Entry::Chips(chips) => cell.flow(chips, cols),
            _ => {}
        }
        cell
    }

    /// Rows it takes, with the picker and what is wrong.
    pub fn height(&self) -> u16 {
        self.rows + self.picker() + u16::try_from(self.wrong.len()).unwrap_or(u16::MAX)
    }

    fn picker(&self) -> u16 {
        match self.input.entry() {
            Entry::Chips(chips) if self.focus && chips.open() => {
                let lines = chips.choices().len() + usize::from(chips.fresh().is_some());
                u16::try_from(lines).unwrap_or(u16::MAX).max(1) + u16::from(chips.says().is_some())
            }
            _ => 0,
        }
    }

    fn flow(&mut self, chips: &Chips, cols: u16) {
        let (mut x, mut y) = (0, 0);
        for chip in chips.chips() {
            let cells = u16::try_from(width(&chip.name))
                .unwrap_or(u16::MAX)
                .saturating_add(2 + u16::from(chip.key.is_none()) * 2);
            if x > 0 && x + cells.min(cols) > cols {
                (x, y) = (0, y + 1);
            }
            self.places.push((x, y));
            x = (x + cells.min(cols) + 1).min(cols);
        }
        if self.focus && x > 0 && x + TYPING.min(cols) > cols {
            (x, y) = (0, y + 1);
        }
        self.places.push((x, y));
        self.rows = y + 1;
    }

    /// Draws it into the room right of its label.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: &Look) {
        let mine = Rect { height: self.rows, ..area }.intersection(area);
        match self.input.entry() {
            Entry::Text(field) => paint::field(buf, mine, field, self.focus, look),
            Entry::Words(words, at) => self.words(buf, mine, words[*at], look),
            Entry::Chips(chips) => {
                self.chips(buf, mine, chips, look);
                let below = Rect { y: area.y + self.rows, height: self.picker(), ..area }.intersection(area);
                if below.height > 0 {
                    offered(buf, below, chips, look);
                }
            }
        }
        let first = area.y + self.rows + self.picker();
        for (y, line) in (first..area.bottom()).zip(&self.wrong) {
            paint::put(buf, area.x, y, area, line, paint::fault(look));
        }
    }

    fn words(&self, buf: &mut Buffer, area: Rect, word: &str, look: &Look) {
        let style = if self.focus { paint::underlined(look) } else { paint::plain(look) };
        let text = if self.focus { format!("< {word} >") } else { word.to_owned() };
        paint::put(buf, area.x, area.y, area, &text, style);
    }

    fn chips(&self, buf: &mut Buffer, area: Rect, chips: &Chips, look: &Look) {
        for (at, (chip, (x, y))) in chips.chips().iter().zip(&self.places).enumerate() {
            let sign = if chip.key.is_none() { "+ " } else { "" };
            let selected = self.focus && chips.at() == Some(at);
            let style = if selected { Style::new().add_modifier(Modifier::REVERSED) } else { paint::plain(look) };
            paint::put(buf, area.x + x, area.y + y, area, &format!("[{sign}{}]", chip.name), style);
        }
        if let (true, Some((x, y))) = (self.focus, self.places.last()) {
            let line = Rect { x: area.x + x, y: area.y + y, width: area.width - x, height: 1 };
            if chips.at().is_some() {
                return;
            }
            paint::field(buf, line.intersection(area), chips.typed(), true, look);
        }
    }
}

/// The records that fit what is typed, and the one that could be made of it.
fn offered(buf: &mut Buffer, area: Rect, chips: &Chips, look: &Look) {
    let fresh = chips.fresh();
    let count = chips.choices().len() + usize::from(fresh.is_some());
    if count == 0 {
        let text = if chips.searching() { look.signs().more } else { "nothing fits" };
        paint::put(buf, area.x + 2, area.y, area, text, paint::dim(look));
    }
    for (y, at) in paint::window(area, count, chips.selected()) {
        let row = Rect { y, height: 1, ..area };
        let style = paint::bar(buf, row, at == chips.selected(), look);
        if let Some(choice) = chips.choices().get(at) {
            let notes = if row.width > 30 { row.width * 2 / 5 } else { 0 };
            let left = Rect { width: row.width - notes, ..row };
            paint::marked(buf, row.x + 2, left, &choice.name, &choice.marks, style, look);
            paint::put(buf, left.right() + 1, y, row, &choice.note, paint::dim(look));
        } else if let Some(name) = &fresh {
            let [open, close] = look.signs().quotes;
            paint::put(buf, row.x + 2, y, row, &format!("new: {open}{name}{close}"), style);
        }
    }
    if let Some(says) = chips.says() {
        paint::put(buf, area.x + 2, area.bottom() - 1, area, &format!("! {says}"), paint::fault(look));
    }
}

fn rows_of(text: &str, cols: u16) -> u16 {
    let cols = usize::from(cols.max(1));
    let rows: usize = text.split('\n').take(usize::from(PROSE)).map(|line| width(line).div_ceil(cols).max(1)).sum();
    u16::try_from(rows).unwrap_or(u16::MAX)
}
