//! A menu.

use super::paint::{self, Panel};
use crate::app::overlays::Menu;
use crate::domain::text::width;
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const HINTS: &[(&str, &str)] = &[("enter", "choose"), ("esc", "back")];

pub fn draw(buf: &mut Buffer, area: Rect, menu: &Menu, look: &Look) {
    let widest = menu.items().iter().map(|(_, words, _)| width(words)).max().unwrap_or(0).max(width(menu.title()));
    let cols = u16::try_from(widest + 10).unwrap_or(u16::MAX).max(30);
    let rows = u16::try_from(menu.items().len() + 2).unwrap_or(u16::MAX);
    let panel = Panel { title: menu.title(), hints: HINTS, note: "" };
    let inner = panel.draw(buf, paint::middle(area, cols, rows), look);
    for (y, at) in paint::window(inner, menu.items().len(), menu.selected()) {
        let row = Rect { y, height: 1, ..inner };
        let (letter, words, _) = &menu.items()[at];
        let style = paint::bar(buf, row, at == menu.selected(), look);
        let x = paint::put(buf, row.x + 2, y, row, &letter.to_string(), paint::accent(look));
        paint::put(buf, x + 2, y, row, words, style);
    }
}
