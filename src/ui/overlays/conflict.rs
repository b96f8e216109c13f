//! Two edits of one record.

use super::paint::{self, Panel};
use crate::app::overlays::Conflict;
use crate::app::overlays::form::{Kind, Spec, Value};
use crate::domain::text::pad;
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const HINTS: &[(&str, &str)] =
    &[("m", "mine"), ("t", "theirs"), ("M T", "all of them"), ("ctrl-s", "save"), ("esc", "back to the form")];
/// Rows of the screen that one field takes.
const TALL: u16 = 3;

pub fn draw(buf: &mut Buffer, area: Rect, conflict: &Conflict, look: &Look) {
    let count = u16::try_from(conflict.rows().len()).unwrap_or(u16::MAX);
    let rows = count.saturating_mul(TALL).saturating_add(4);
    let title = format!("Changed twice: {}", conflict.form().name());
    let inner = Panel { title: &title, hints: HINTS, note: "" }.draw(buf, paint::middle(area, 96, rows.max(8)), look);
    let y = paint::prose(
        buf,
        paint::indent(inner),
        inner.y,
        "Somebody saved this record while you edited it.",
        paint::plain(look),
    );
    let list = Rect { y: y.min(inner.bottom()), height: inner.bottom().saturating_sub(y), ..inner };
    let whole = Rect { height: (list.height / TALL).max(1), ..list };
    for (line, at) in paint::window(whole, conflict.rows().len(), conflict.selected()) {
        let down = (line - list.y) * TALL;
        let part = Rect { y: list.y + down, height: TALL, ..list }.intersection(list);
        if !part.is_empty() {
            field(buf, part, conflict, at, look);
        }
    }
}

fn field(buf: &mut Buffer, part: Rect, conflict: &Conflict, at: usize, look: &Look) {
    let row = &conflict.rows()[at];
    let spec = conflict.spec(row);
    let style = paint::bar(buf, Rect { height: 1, ..part }, at == conflict.selected(), look);
    let x = paint::put(buf, part.x + 2, part.y, part, spec.label, style);
    if row.both {
        paint::put(buf, x + 2, part.y, part, "both changed it", paint::fault(look));
    }
    side(buf, part, 1, ("mine", row.keep_mine), &shown(spec, &row.mine), look);
    side(buf, part, 2, ("theirs", !row.keep_mine), &shown(spec, &row.theirs), look);
}

fn side(buf: &mut Buffer, part: Rect, down: u16, (whose, kept): (&str, bool), text: &str, look: &Look) {
    let y = part.y + down;
    let sign = if kept { "(x)" } else { "( )" };
    let style = if kept { paint::strong(look) } else { paint::dim(look) };
    let x = paint::put(buf, part.x + 4, y, part, &format!("{sign} {} ", pad(whose, 6)), style);
    paint::put(buf, x, y, part, text, if kept { paint::plain(look) } else { paint::dim(look) });
}

/// A value in one line.
fn shown(spec: &Spec, value: &Value) -> String {
    let text = match (value, spec.kind) {
        (Value::Text(text), _) => text.replace('\n', " / "),
        (Value::Choice(at), Kind::Words(words)) => words.get(*at).copied().unwrap_or_default().to_owned(),
        (Value::Choice(at), _) => at.to_string(),
        (Value::Chips(chips), _) => chips.iter().map(|chip| chip.name.as_str()).collect::<Vec<_>>().join(", "),
    };
    if text.is_empty() { "(nothing)".to_owned() } else { text }
}
