//! The question before a removal.

use super::paint::{self, Panel};
use crate::app::overlays::Confirm;
use crate::catalog::Consequences;
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const HINTS: &[(&str, &str)] = &[("y", "delete"), ("n", "keep"), ("tab", "choose")];

pub fn draw(buf: &mut Buffer, area: Rect, confirm: &Confirm, look: &Look) {
    let cols = area.width.min(64);
    let text = sentences(confirm);
    let lines: usize = text.iter().map(|line| paint::wrap(line, cols.saturating_sub(4)).len()).sum();
    let rows = u16::try_from(lines + 5).unwrap_or(u16::MAX).max(7);
    let inner = Panel { title: "Delete", hints: HINTS, note: "" }.draw(buf, paint::middle(area, cols, rows), look);
    let inner = paint::indent(inner);
    let last = inner.bottom().saturating_sub(1);
    let body = Rect { height: inner.height.saturating_sub(1), ..inner };
    let mut y = inner.y;
    for (at, line) in text.iter().enumerate() {
        let style = if at == 0 { paint::strong(look) } else { paint::plain(look) };
        y = paint::prose(buf, body, y, &look.plain(line), style);
    }
    if let Some(says) = confirm.says() {
        paint::prose(buf, body, y, &format!("! {says}"), paint::fault(look));
    }
    if confirm.consequences().is_some() {
        answers(buf, Rect { y: last, height: 1, ..inner }, confirm, look);
    }
}

fn sentences(confirm: &Confirm) -> Vec<String> {
    let Some(counted) = confirm.consequences() else {
        let waiting = if confirm.says().is_some() { "This cannot be deleted." } else { "Counting what hangs on it…" };
        return vec![waiting.to_owned()];
    };
    let mut lines = vec![question(counted)];
    if !counted.besides.is_empty() {
        lines.push("With it:".to_owned());
        lines.extend(counted.besides.iter().map(|phrase| format!("- {phrase}")));
    }
    lines.push("u undoes this.".to_owned());
    lines
}

fn question(counted: &Consequences) -> String {
    let named = u64::try_from(counted.names.len()).unwrap_or(u64::MAX);
    let names = counted.names.join(", ");
    match counted.records.saturating_sub(named) {
        0 => format!("Delete {names}?"),
        more => format!("Delete {names} and {more} more?"),
    }
}

fn answers(buf: &mut Buffer, row: Rect, confirm: &Confirm, look: &Look) {
    if confirm.removing() {
        paint::put(buf, row.x, row.y, row, &look.plain("deleting…"), paint::dim(look));
        return;
    }
    let word = |chosen: bool, word: &str| if chosen { format!("[{word}]") } else { format!(" {word} ") };
    let style = |chosen: bool| if chosen { paint::strong(look) } else { paint::dim(look) };
    let x = paint::put(buf, row.x, row.y, row, &word(!confirm.yes(), "No"), style(!confirm.yes()));
    paint::put(buf, x + 2, row.y, row, &word(confirm.yes(), "Yes, delete"), style(confirm.yes()));
}
