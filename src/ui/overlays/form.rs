//! A form.

mod cell;

use super::paint::{self, Panel};
use crate::app::overlays::Form;
use crate::app::overlays::form::{Entry, Input, Kind, Stage};
use crate::app::words;
use crate::ui::Look;
use cell::Cell;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns of the labels.
const LABELS: u16 = 15;

type Hints = &'static [(&'static str, &'static str)];

const LINE: Hints = &[("ctrl-s", "save"), ("tab", "next"), ("esc", "leave")];
const LONG: Hints = &[("ctrl-s", "save"), ("enter", "open bigger"), ("ctrl-o", "editor"), ("tab", "next")];
const WORDS: Hints = &[("ctrl-s", "save"), ("left right", "choose"), ("tab", "next"), ("esc", "leave")];
const CHIPS: Hints =
    &[("ctrl-s", "save"), ("ctrl-n", "list"), ("left", "pick one"), ("alt-left", "move it"), ("backspace", "remove")];
const PICKER: Hints = &[("enter", "take"), ("up down", "choose"), ("esc", "drop")];
const OPENED: Hints = &[("ctrl-s", "save"), ("ctrl-o", "editor"), ("esc", "back to the form")];
const LEAVING: Hints = &[("y", "throw away"), ("n", "go on"), ("ctrl-s", "save")];

pub fn draw(buf: &mut Buffer, area: Rect, form: &Form, look: &Look) {
    let title = title(form);
    let note = format!("{} of {}", form.focus() + 1, form.inputs().len().max(1));
    let panel = Panel { title: &title, hints: hints(form), note: &note };
    if matches!(form.stage(), Stage::Loading(_) | Stage::Failed) {
        return silent(buf, area, &panel, form, look);
    }
    let wanted = u16::try_from(form.inputs().len() + room_to_grow(form)).unwrap_or(u16::MAX);
    let inner = panel.draw(buf, paint::upper(area, 100, wanted), look);
    let status = u16::from(inner.height > 2);
    let body = Rect { height: inner.height - status, ..inner };
    if form.opened() {
        opened(buf, paint::indent(body), form, look);
    } else {
        fields(buf, body, form, look);
    }
    if status > 0 {
        let line = Rect { y: inner.bottom() - 1, height: 1, ..paint::indent(inner) };
        say(buf, line, form, look);
    }
}

/// Rows beyond one a field: for the frame, for what is wrong, and where there is a picker or prose for that.
fn room_to_grow(form: &Form) -> usize {
    let plain = form.specs().iter().all(|spec| matches!(spec.kind, Kind::Line | Kind::Words(_)));
    if plain { 5 } else { 12 }
}

fn title(form: &Form) -> String {
    let kind = words::singular(form.entity());
    match form.key() {
        None => format!("New {kind}"),
        Some(_) if form.opened() => format!("{} of {}", form.specs()[form.focus()].label, form.name()),
        Some(_) => format!("Edit {kind}: {}", form.name()),
    }
}

fn silent(buf: &mut Buffer, area: Rect, panel: &Panel, form: &Form, look: &Look) {
    let panel = Panel { hints: &[("esc", "back")], note: "", title: panel.title };
    let inner = panel.draw(buf, paint::middle(area, 60, 5), look);
    let text = form.says().unwrap_or("one moment…");
    paint::prose(buf, paint::indent(inner), inner.y, &look.plain(text), paint::plain(look));
}

fn hints(form: &Form) -> Hints {
    let input = form.inputs().get(form.focus()).map(Input::entry);
    match (form.stage(), form.opened(), input) {
        (Stage::Leaving, ..) => LEAVING,
        (_, true, _) => OPENED,
        (_, _, Some(Entry::Chips(chips))) if chips.open() => PICKER,
        (_, _, Some(Entry::Chips(_))) => CHIPS,
        (_, _, Some(Entry::Words(..))) => WORDS,
        _ if matches!(form.specs().get(form.focus()), Some(spec) if spec.kind != Kind::Line) => LONG,
        _ => LINE,
    }
}

/// One line about the form as a whole, else what to write into the field in focus.
fn say(buf: &mut Buffer, line: Rect, form: &Form, look: &Look) {
    let hint = form.specs().get(form.focus()).map_or("", |spec| spec.hint);
    let (text, style) = match (form.stage(), form.says()) {
        (Stage::Leaving, _) => ("Throw away what you typed? y or n", paint::strong(look)),
        (Stage::Saving(_) | Stage::Promoting(_), _) => ("saving…", paint::strong(look)),
        (Stage::Comparing(_), _) => ("somebody saved it meanwhile: comparing…", paint::strong(look)),
        (_, Some(says)) => (says, paint::fault(look)),
        _ => (hint, paint::dim(look)),
    };
    paint::put(buf, line.x, line.y, line, &look.plain(text), style);
}

fn opened(buf: &mut Buffer, area: Rect, form: &Form, look: &Look) {
    if let Some(Entry::Text(field)) = form.inputs().get(form.focus()).map(Input::entry) {
        paint::page(buf, area, field, look);
    }
}

/// The fields from the top, scrolled so far that all of the one in focus can be seen.
fn fields(buf: &mut Buffer, area: Rect, form: &Form, look: &Look) {
    let room = area.width.saturating_sub(LABELS.min(area.width / 2) + 2);
    let cells: Vec<Cell> = (0..form.inputs().len()).map(|at| Cell::of(form, at, room)).collect();
    let heights: Vec<usize> = cells.iter().map(|cell| usize::from(cell.height())).collect();
    let until: usize = heights.iter().take(form.focus() + 1).sum();
    let before: usize = heights.iter().take(form.focus()).sum();
    let skip = until.saturating_sub(usize::from(area.height)).min(before);
    let mut top = 0;
    for (at, (cell, height)) in cells.iter().zip(heights).enumerate() {
        if top >= skip && top - skip < usize::from(area.height) {
            let y = area.y + u16::try_from(top - skip).unwrap_or(0);
            let row = Rect { y, height: area.bottom() - y, ..area };
            let right = paint::labelled(buf, row, LABELS, form.specs()[at].label, at == form.focus(), look);
            cell.draw(buf, Rect { height: row.height, ..right }, look);
        }
        top += height;
    }
}
