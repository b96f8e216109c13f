//! Pictures as half blocks; without colours as shades.

use crate::app::Picture;
use crate::ui::look::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];
const PLAIN_SHADES: [&str; 5] = [" ", ".", ":", "+", "#"];

/// Draws a picture from its row `first` on into the upper left of a rectangle.
pub fn draw(buf: &mut Buffer, rect: Rect, picture: &Picture, first: usize, rows: usize, look: &Look) {
    let cols = usize::from(picture.cols);
    let rect = rect.intersection(buf.area);
    let shown = usize::from(picture.rows).min(rows);
    for (row, y) in (first..shown).zip(rect.top()..rect.bottom()) {
        let cells = picture.cells.get(row * cols..(row + 1) * cols).unwrap_or_default();
        for (cell, x) in cells.iter().zip(rect.left()..rect.right()) {
            let (upper, lower) = *cell;
            let (sign, style) = if look.color && !look.ascii {
                ("▀", Style::new().fg(rgb(upper)).bg(rgb(lower)))
            } else {
                (shade(upper, lower, look), Style::new())
            };
            buf[(x, y)].set_symbol(sign).set_style(style);
        }
    }
}

fn rgb([red, green, blue]: [u8; 3]) -> Color {
    Color::Rgb(red, green, blue)
}

fn shade(upper: [u8; 3], lower: [u8; 3], look: &Look) -> &'static str {
    let light: usize = upper.iter().chain(&lower).map(|part| usize::from(*part)).sum();
    let shades = if look.ascii { PLAIN_SHADES } else { SHADES };
    shades[light * shades.len() / (6 * 256)]
}
