//! Choosing a path, and what is to be done with it.

use super::paint::{self, Panel};
use crate::app::field::Field;
use crate::app::overlays::Picker;
use crate::app::overlays::picker::{Aim, Browser, Item, Order, Row, Value, shown};
use crate::app::words;
use crate::domain::Entity;
use crate::domain::text::{clean_line, width};
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

const IMPORT: &[(&str, &str)] = &[
    ("enter", "take"),
    ("h l", "up, into"),
    ("space", "take folder"),
    (".", "hidden"),
    ("~", "home"),
    ("esc", "back"),
];
const EXPORT: &[(&str, &str)] =
    &[("enter", "take"), ("down up", "choose"), ("left right", "up, into"), ("esc", "back")];
const ORDER: &[(&str, &str)] = &[("enter", "begin"), ("j k", "move"), ("space", "choose"), ("esc", "back")];
const NOTHING: &[(&str, &str)] = &[("enter", "begin"), ("esc", "back")];
const ASKING: &[(&str, &str)] = &[("y", "write over it"), ("any key", "back")];

pub fn draw(buf: &mut Buffer, area: Rect, picker: &Picker, look: &Look) {
    match picker.order() {
        Some(order) => draw_order(buf, area, order, look),
        None => draw_browser(buf, area, picker, look),
    }
}

fn title(aim: &Aim) -> String {
    match aim {
        Aim::Import(_) => "Import".to_owned(),
        Aim::Export(format, _) => format!("Export as {}", format.name),
    }
}

fn draw_browser(buf: &mut Buffer, area: Rect, picker: &Picker, look: &Look) {
    let browser = picker.browser();
    let hints = if browser.naming() { EXPORT } else { IMPORT };
    let note = match (browser.reading(), browser.more()) {
        (true, _) => "reading",
        (_, true) => "the first 5,000",
        _ => "",
    };
    let panel = Panel { title: &title(picker.aim()), hints, note };
    let inner = panel.draw(buf, paint::upper(area, 84, 24), look);
    let (prompt, rule, list) = paint::under_prompt(inner);
    let x = paint::put(buf, prompt.x, prompt.y, prompt, &folder(browser, prompt.width), paint::dim(look));
    paint::field(buf, Rect { x, width: prompt.right() - x, ..prompt }, browser.field(), true, look);
    paint::rule(buf, rule, look);
    if let Some(says) = browser.says() {
        paint::put(buf, rule.x + 1, rule.y, rule, &format!(" ! {says} "), paint::fault(look));
    }
    for (y, at) in paint::window(list, browser.rows().len(), browser.selected().unwrap_or(0)) {
        let row = Rect { y, height: 1, ..list };
        draw_row(buf, row, browser, at, look);
    }
}

/// The folder before what is typed: its end where there is no room for all.
fn folder(browser: &Browser, room: u16) -> String {
    let path = shown(browser.folder());
    let path = if path.ends_with('/') || path.is_empty() { path } else { format!("{path}/") };
    tail(&path, usize::from(room) / 2)
}

/// The end of a path that so many cells have no room for.
fn tail(path: &str, room: usize) -> String {
    if width(path) <= room {
        return path.to_owned();
    }
    let end = path.char_indices().map(|(at, _)| &path[at..]).find(|end| width(end) < room);
    format!("…{}", end.unwrap_or_default())
}

/// A text that may be broken anywhere, from this line on; the line after it.
fn letters(buf: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let (mut y, mut rest) = (y, text);
    while !rest.is_empty() && y < area.bottom() {
        let fits = rest.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let room = usize::from(area.width);
        let end = fits.take_while(|end| width(&rest[..*end]) <= room).last().unwrap_or(rest.len());
        paint::put(buf, area.x, y, area, &rest[..end], style);
        (y, rest) = (y + 1, &rest[end..]);
    }
    y
}

fn draw_row(buf: &mut Buffer, row: Rect, browser: &Browser, at: usize, look: &Look) {
    let selected = browser.selected() == Some(at);
    let style = paint::bar(buf, row, selected, look);
    match browser.rows()[at] {
        Row::Here => {
            let x = paint::put(buf, row.x + 1, row.y, row, "this folder", style);
            if let Some(guess) = browser.guess() {
                paint::put(buf, x + 2, row.y, row, &format!("looks like {guess}"), paint::dim(look));
            }
        }
        Row::Entry(entry) => {
            let Some(seen) = browser.entry(entry) else { return };
            let slash = if seen.folder { "/" } else { "" };
            let name = format!("{}{slash}", clean_line(&seen.name.to_string_lossy()));
            paint::put(buf, row.x + 1, row.y, row, &name, style);
        }
    }
}

fn draw_order(buf: &mut Buffer, area: Rect, order: &Order, look: &Look) {
    let hints = match order.items().len() {
        _ if order.asking() => ASKING,
        0 | 1 if matches!(order.aim(), Aim::Export(..)) => NOTHING,
        _ => ORDER,
    };
    let rows = u16::try_from(order.items().len()).unwrap_or(20) + 8;
    let title = title(order.aim());
    let inner = Panel { title: &title, hints, note: "" }.draw(buf, paint::middle(area, 76, rows), look);
    let inner = paint::indent(inner);
    let path = tail(&shown(order.path()), usize::from(inner.width) * 2);
    let mut y = letters(buf, inner, inner.y, &path, paint::plain(look));
    if let Some(films) = films(order.aim()) {
        y = paint::prose(buf, inner, y, &films, paint::dim(look));
    }
    y = y.saturating_add(1);
    let labels = order.items().iter().map(|item| width(item.name)).max().unwrap_or(0) + 1;
    let labels = u16::try_from(labels).unwrap_or(12);
    for (at, item) in order.items().iter().enumerate() {
        let row = Rect { y, height: 1, ..inner }.intersection(inner);
        if row.is_empty() {
            break;
        }
        let fixed = matches!(order.aim(), Aim::Export(..));
        draw_item(buf, row, labels, (item, fixed), at == order.selected(), look);
        y += 1;
    }
    let y = y.saturating_add(1);
    match (order.asking(), order.says()) {
        (true, _) => paint::prose(buf, inner, y, "! it is there already: write over it? y n", paint::fault(look)),
        (_, Some(says)) => paint::prose(buf, inner, y, &format!("! {says}"), paint::fault(look)),
        _ => paint::prose(buf, inner, y, order.items()[order.selected()].help, paint::dim(look)),
    };
}

fn films(aim: &Aim) -> Option<String> {
    match aim {
        Aim::Import(_) => None,
        Aim::Export(format, _) if format.personal => Some("your favorites".to_owned()),
        Aim::Export(_, movies) if movies.is_empty() => Some("everything in the catalogue".to_owned()),
        Aim::Export(_, movies) => Some(format!("the {} marked", words::counted(movies.len() as u64, Entity::Movie))),
    }
}

/// A line of the order; the format of an export is `fixed`.
fn draw_item(buf: &mut Buffer, row: Rect, labels: u16, (item, fixed): (&Item, bool), focus: bool, look: &Look) {
    let rest = paint::labelled(buf, row, labels, item.name, focus, look);
    let style = if focus { paint::strong(look) } else { paint::plain(look) };
    let x = match &item.value {
        Value::Format(format) => {
            let name = format.map_or("?", |format| format.name);
            let turns = if fixed { name.to_owned() } else { format!("< {name} >") };
            paint::put(buf, rest.x, rest.y, rest, &turns, style)
        }
        Value::Flag(on) => paint::put(buf, rest.x, rest.y, rest, tick(*on), style),
        Value::Text(word, field) => text(buf, rest, field, focus, word, look),
        Value::Optional(on, word, field) => {
            let x = paint::put(buf, rest.x, rest.y, rest, tick(*on), style) + 1;
            let rest = Rect { x, width: rest.right().saturating_sub(x), ..rest };
            text(buf, rest, field, focus, if *on { "the usual" } else { word }, look)
        }
    };
    if !focus {
        paint::put(buf, x + 2, rest.y, rest, item.help, paint::dim(look));
    }
}

fn tick(on: bool) -> &'static str {
    if on { "[x]" } else { "[ ]" }
}

/// A field, and while it is empty and left a word for what it takes; where it ends.
fn text(buf: &mut Buffer, rest: Rect, field: &Field, focus: bool, word: &str, look: &Look) -> u16 {
    let wide = rest.width.min(24);
    paint::field(buf, Rect { width: wide, ..rest }, field, focus, look);
    if field.is_empty() && !focus {
        paint::put(buf, rest.x, rest.y, rest, word, paint::dim(look));
    }
    rest.x + wide
}
