//! The prompts of one line.

use super::paint::{self, Panel};
use crate::app::overlays::prompt::{Command, Prompt};
use crate::domain::text::{pad, width};
use crate::ui::Look;
use crate::ui::widgets::clear;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const HINTS: &[(&str, &str)] = &[("enter", "do it"), ("tab", "complete"), ("esc", "back")];

pub fn draw(buf: &mut Buffer, area: Rect, prompt: &Prompt, look: &Look) {
    let line = Rect { y: area.bottom() - 1, height: 1, ..area };
    clear(buf, line);
    let x = paint::put(buf, line.x, line.y, line, &format!(" {}", prompt.sign()), paint::accent(look));
    let field = Rect { x, width: line.right() - x, ..line };
    paint::field(buf, field, prompt.field(), true, look);
    match prompt {
        Prompt::Command(command) => completions(buf, Rect { height: area.height - 1, ..area }, command, look),
        Prompt::Filter(_) => hint(buf, field, prompt, look),
    }
}

/// What the keys do, right of what is typed where there is room.
fn hint(buf: &mut Buffer, field: Rect, prompt: &Prompt, look: &Look) {
    const HINT: &str = "enter keeps, esc puts back";
    let typed = width(&prompt.field().text()) + 4;
    if typed + width(HINT) < usize::from(field.width) {
        let x = field.right() - u16::try_from(width(HINT) + 1).unwrap_or(0);
        paint::put(buf, x, field.y, field, HINT, paint::dim(look));
    }
}

fn completions(buf: &mut Buffer, above: Rect, command: &Command, look: &Look) {
    let count = command.completions().len();
    let rows = u16::try_from(count.clamp(1, 10) + 2).unwrap_or(12).min(above.height);
    let says = command.says().map(|says| format!("! {says}"));
    if rows < 3 || (count == 0 && says.is_none()) {
        return;
    }
    let area = Rect { y: above.bottom() - rows, height: rows, width: above.width.min(84), ..above };
    let inner = Panel { title: "Commands", hints: HINTS, note: "" }.draw(buf, area, look);
    if let Some(says) = says {
        paint::prose(buf, paint::indent(inner), inner.y, &says, paint::fault(look));
        return;
    }
    let names = command.completions().iter().map(|completion| width(&completion.line)).max().unwrap_or(0);
    let selected = command.selected();
    for (y, at) in paint::window(inner, count, selected.unwrap_or(0)) {
        let row = Rect { y, height: 1, ..inner };
        let completion = &command.completions()[at];
        let style = paint::bar(buf, row, selected == Some(at), look);
        let x = paint::put(buf, row.x + 1, y, row, &pad(&completion.line, names), style);
        let x = paint::put(buf, x + 2, y, row, &pad(completion.key, 6), paint::accent(look));
        paint::put(buf, x + 2, y, row, completion.help, paint::dim(look));
    }
}
