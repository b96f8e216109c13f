//! The prompts of one line.

use super::paint::{self, Panel};
use crate::app::overlays::prompt::{Command, Filter, Prompt};
use crate::domain::text::{pad, width};
use crate::ui::Look;
use crate::ui::widgets::clear;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The box over a command line.
const COMMANDS: Panel =
    Panel { title: "Commands", hints: &[("enter", "do it"), ("tab", "complete"), ("esc", "back")], note: "" };
/// The box over a query.
const OFFERS: Panel =
    Panel { title: "Complete", hints: &[("enter", "take"), ("ctrl-n ctrl-p", "move"), ("esc", "back")], note: "" };

pub fn draw(buf: &mut Buffer, area: Rect, prompt: &Prompt, look: &Look) {
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    match prompt {
        Prompt::Command(command) => {
            input(buf, last, prompt, look);
            completions(buf, Rect { height: area.height - 1, ..area }, command, look);
        }
        Prompt::Filter(filter) => query(buf, area, prompt, filter, look),
    }
}

/// The sign and the field; the field's room.
fn input(buf: &mut Buffer, line: Rect, prompt: &Prompt, look: &Look) -> Rect {
    clear(buf, line);
    let x = paint::put(buf, line.x, line.y, line, &format!(" {}", prompt.sign()), paint::accent(look));
    let field = Rect { x, width: line.right() - x, ..line };
    paint::field(buf, field, prompt.field(), true, look);
    field
}

/// A query, the offers above it, and below it what is wrong or what the field takes.
fn query(buf: &mut Buffer, area: Rect, prompt: &Prompt, filter: &Filter, look: &Look) {
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    // Two lines whatever there is to say, so that what is typed stays where it is.
    let line = if area.height > 1 { Rect { y: last.y - 1, ..last } } else { last };
    let field = input(buf, line, prompt, look);
    if line != last {
        clear(buf, last);
        below(buf, last, field, filter, look);
    }
    if let Some((offers, selected)) = filter.offers() {
        let rows: Vec<Line> = offers.iter().map(|offer| (offer.text.as_str(), "", offer.help.as_str())).collect();
        choices(buf, Rect { height: line.y - area.y, ..area }, &OFFERS, &rows, Some(selected), look);
    }
}

/// Carets under what is wrong and the sentence beside them; the sentence alone where there is no room for both.
fn below(buf: &mut Buffer, last: Rect, field: Rect, filter: &Filter, look: &Look) {
    const KEYS: &str = "tab completes, enter keeps, esc puts back";
    let Some((says, span)) = filter.wrong() else {
        paint::put(buf, field.x, last.y, last, filter.hint().unwrap_or(KEYS), paint::dim(look));
        return;
    };
    let text = filter.field().text();
    let cells = |part: Option<&str>| part.map_or(0, width);
    let (before, wide) = (cells(text.get(..span.start)), cells(text.get(span.clone())).max(1));
    let room = usize::from(field.width);
    let after = before + wide + 1;
    let start = if after + width(says) <= room { Some(after) } else { before.checked_sub(width(says) + 1) };
    let Some(start) = start.filter(|_| width(&text) < room) else {
        paint::put(buf, last.x + 1, last.y, last, says, paint::fault(look));
        return;
    };
    let at = |cells: usize| field.x + u16::try_from(cells).unwrap_or(0);
    paint::put(buf, at(before), last.y, last, &"^".repeat(wide), paint::fault(look));
    paint::put(buf, at(start), last.y, last, says, paint::fault(look));
}

fn completions(buf: &mut Buffer, above: Rect, command: &Command, look: &Look) {
    let rows = command.completions().iter();
    let rows: Vec<Line> = rows.map(|one| (one.shown.as_str(), one.key, one.help)).collect();
    match command.says() {
        None => choices(buf, above, &COMMANDS, &rows, command.selected(), look),
        Some(says) => {
            if let Some(inner) = panel(buf, above, &COMMANDS, rows.len().max(1), look) {
                paint::prose(buf, paint::indent(inner), inner.y, &format!("! {says}"), paint::fault(look));
            }
        }
    }
}

/// What a line could become: the text, a key, what it means.
type Line<'a> = (&'a str, &'a str, &'a str);

/// A box above the prompt with room for so many lines, ten at most; none where there is no room.
fn panel(buf: &mut Buffer, above: Rect, panel: &Panel, lines: usize, look: &Look) -> Option<Rect> {
    let rows = u16::try_from(lines.clamp(2, 10) + 2).unwrap_or(12).min(above.height);
    let area = Rect { y: above.bottom() - rows, height: rows, width: above.width.min(84), ..above };
    (lines > 0 && rows >= 4).then(|| panel.draw(buf, area, look))
}

fn choices(buf: &mut Buffer, above: Rect, of: &Panel, lines: &[Line], selected: Option<usize>, look: &Look) {
    let Some(inner) = panel(buf, above, of, lines.len(), look) else { return };
    let names = lines.iter().map(|(text, ..)| width(text)).max().unwrap_or(0);
    let keyed = lines.iter().any(|(_, key, _)| !key.is_empty());
    for (y, at) in paint::window(inner, lines.len(), selected.unwrap_or(0)) {
        let row = Rect { y, height: 1, ..inner };
        let (text, key, help) = lines[at];
        let style = paint::bar(buf, row, selected == Some(at), look);
        let mut x = paint::put(buf, row.x + 1, y, row, &pad(text, names), style);
        if keyed {
            x = paint::put(buf, x + 2, y, row, &pad(key, 6), paint::accent(look));
        }
        paint::put(buf, x + 2, y, row, help, paint::dim(look));
    }
}
