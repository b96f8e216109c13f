//! The help.

use super::paint::{self, Panel};
use crate::app::keymap::Binding;
use crate::app::overlays::Help;
use crate::domain::text::{pad, width};
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const HINTS: &[(&str, &str)] = &[("enter", "do it"), ("ctrl-n ctrl-p", "move"), ("esc", "back")];

pub fn draw(buf: &mut Buffer, area: Rect, help: &Help, look: &Look) {
    let note = format!("{} here", help.shown().len());
    let panel = Panel { title: "What can be done here", hints: HINTS, note: &note };
    let inner = panel.draw(buf, paint::upper(area, 96, 44), look);
    let (prompt, rule, list) = paint::under_prompt(inner);
    paint::field(buf, prompt, help.field(), true, look);
    paint::rule(buf, rule, look);
    if help.field().is_empty() && prompt.width > 30 {
        paint::put(buf, prompt.x + 2, prompt.y, prompt, "type to narrow, enter does it", paint::dim(look));
    }
    if help.shown().len() == 0 {
        paint::put(buf, list.x + 1, list.y, list, "nothing of that kind can be done here", paint::dim(look));
    }
    let shown: Vec<&Binding> = help.shown().collect();
    let keys = shown.iter().map(|row| width(&help.keys(row))).max().unwrap_or(0).min(usize::from(list.width / 3));
    for (y, at) in paint::window(list, shown.len(), help.selected()) {
        let row = Rect { y, height: 1, ..list };
        let style = paint::bar(buf, row, at == help.selected(), look);
        let x = paint::put(buf, row.x + 2, y, row, &pad(&help.keys(shown[at]), keys), paint::accent(look));
        paint::put(buf, x + 2, y, row, shown[at].help, style);
    }
}
