//! The finder.

use super::paint::{self, Panel};
use crate::app::overlays::Finder;
use crate::app::overlays::finder::SCOPES;
use crate::app::words;
use crate::catalog::Hit;
use crate::domain::Entity;
use crate::domain::text::width;
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::Range;

const HINTS: &[(&str, &str)] = &[("enter", "open"), ("tab", "narrow"), ("ctrl-n ctrl-p", "move"), ("esc", "back")];
const MATCHING: &[(&str, &str)] = &[("enter", "it is this one"), ("ctrl-n ctrl-p", "move"), ("esc", "back")];

pub fn draw(buf: &mut Buffer, area: Rect, finder: &Finder, look: &Look) {
    let (title, hints) = match finder.matches() {
        None => ("Find".to_owned(), HINTS),
        Some(film) => (format!("Which film is {film}?"), MATCHING),
    };
    let panel = Panel { title: &title, hints, note: &count(finder) };
    let inner = panel.draw(buf, paint::upper(area, 104, 30), look);
    let (prompt, rule, list) = paint::under_prompt(inner);
    paint::field(buf, prompt, finder.field(), true, look);
    match finder.matches() {
        None => scopes(buf, rule, finder, look),
        Some(_) => paint::rule(buf, rule, look),
    }
    if let Some(span) = finder.wrong() {
        point(buf, prompt, rule, &finder.field().text(), span, look);
    }
    if let Some(says) = silent(finder) {
        paint::put(buf, list.x + 1, list.y, list, says, paint::dim(look));
        return;
    }
    for (y, at) in paint::window(list, finder.hits().len(), finder.selected()) {
        let row = Rect { y, height: 1, ..list };
        hit(buf, row, &finder.hits()[at], at == finder.selected(), look);
    }
}

/// Carets on the rule, under what is wrong, as far as it is in sight.
fn point(buf: &mut Buffer, prompt: Rect, rule: Rect, text: &str, span: &Range<usize>, look: &Look) {
    let cells = |part: Option<&str>| part.map_or(0, width);
    let (before, wide) = (cells(text.get(..span.start)), cells(text.get(span.clone())).max(1));
    if before + wide < usize::from(prompt.width) {
        let x = prompt.x + u16::try_from(before).unwrap_or(0);
        paint::put(buf, x, rule.y, rule, &"^".repeat(wide), paint::fault(look));
    }
}

/// What stands in place of hits where there are none.
fn silent(finder: &Finder) -> Option<&str> {
    match finder {
        _ if finder.says().is_some() => finder.says(),
        _ if finder.field().text().trim().is_empty() => Some("a title, a name, a part; misspelt will do"),
        _ if !finder.hits().is_empty() || finder.searching() => None,
        _ if finder.is_query() => Some("nothing fits that"),
        _ => Some("nothing sounds like that"),
    }
}

fn count(finder: &Finder) -> String {
    if finder.hits().is_empty() {
        return String::new();
    }
    let (whole, tenth) = (finder.micros() / 1000, finder.micros() % 1000 / 100);
    format!("{} in {whole}.{tenth} ms", finder.hits().len())
}

/// The rule under the prompt, with what the search is narrowed to on its right.
fn scopes(buf: &mut Buffer, rule: Rect, finder: &Finder, look: &Look) {
    paint::rule(buf, rule, look);
    let words = SCOPES.map(|(_, word)| word);
    let total: usize = words.iter().map(|word| width(word) + 2).sum();
    let room = usize::from(rule.width);
    let shown: Vec<usize> = if total <= room { (0..words.len()).collect() } else { vec![finder.scope()] };
    let taken: usize = shown.iter().map(|at| width(words[*at]) + 2).sum();
    let mut x = rule.right().saturating_sub(u16::try_from(taken).unwrap_or(u16::MAX)).max(rule.x);
    for at in shown {
        let chosen = at == finder.scope();
        let word = if chosen { format!("[{}]", words[at]) } else { format!(" {} ", words[at]) };
        let style = if chosen { paint::strong(look) } else { paint::dim(look) };
        x = paint::put(buf, x, rule.y, rule, &word, style);
    }
}

fn kind(entity: Entity) -> &'static str {
    match entity {
        Entity::Character => "role",
        other => words::singular(other),
    }
}

fn hit(buf: &mut Buffer, row: Rect, hit: &Hit, selected: bool, look: &Look) {
    let base = paint::bar(buf, row, selected, look);
    let notes = match row.width {
        0..24 => 0,
        24..40 => 5,
        wide => (wide * 2 / 5).min(40),
    };
    let right = Rect { x: row.right() - notes, width: notes, ..row };
    let left = Rect { width: row.width - notes - u16::from(notes > 0), ..row };
    let mut x = row.x + 1;
    if row.width >= 30 {
        paint::put(buf, x, row.y, left, kind(hit.key.entity()), paint::dim(look));
        x += 7;
    }
    if hit.favorite {
        x = paint::put(buf, x, row.y, left, paint::heart(look), base);
    }
    paint::marked(buf, x, left, &hit.text, &hit.marks, base, look);
    let year = hit.year.map(|year| year.to_string()).unwrap_or_default();
    paint::put(buf, right.x, row.y, right, &format!("{year:>4}  {}", hit.note), paint::dim(look));
}
