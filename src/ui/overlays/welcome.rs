//! The first start.

use super::paint::{self, Panel};
use crate::app::overlays::Welcome;
use crate::app::overlays::welcome::{STARTS, Start};
use crate::domain::text::{pad, width};
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const HINTS: &[(&str, &str)] = &[("enter", "begin"), ("j k", "choose"), ("q", "quit")];

pub fn draw(buf: &mut Buffer, area: Rect, welcome: &Welcome, look: &Look) {
    let inner = Panel { title: "Welcome", hints: HINTS, note: "" }.draw(buf, paint::middle(area, 72, 18), look);
    let inner = paint::indent(inner);
    let roomy = u16::from(inner.height >= 14);
    let mut y = inner.y + roomy;
    paint::put(buf, inner.x, y, inner, "cinedex", paint::accent(look));
    y = paint::prose(buf, inner, y + 1, "Films, people and favorites, by keyboard alone.", paint::plain(look)) + roomy;
    y = starts(buf, inner, y, welcome, look);
    let status = match (welcome.loading(), welcome.says()) {
        (true, _) => Some((look.plain("bringing the films in…"), paint::dim(look))),
        (false, Some(says)) => Some((format!("! {says}"), paint::fault(look))),
        _ => None,
    };
    if let Some((text, style)) = status {
        y = paint::prose(buf, inner, y + roomy, &text, style);
    }
    y = paint::prose(buf, inner, y + roomy, "Your catalogue is kept in", paint::dim(look));
    for piece in pieces(welcome.path(), inner.width) {
        paint::put(buf, inner.x, y, inner, &piece, paint::plain(look));
        y += 1;
    }
}

fn starts(buf: &mut Buffer, inner: Rect, y: u16, welcome: &Welcome, look: &Look) -> u16 {
    let mut y = paint::prose(buf, inner, y, "There are no films here yet. Begin with", paint::plain(look));
    for (at, (letter, words, start)) in STARTS.iter().enumerate() {
        let row = Rect { y, height: 1, ..inner }.intersection(inner);
        if row.is_empty() {
            break;
        }
        let style = paint::bar(buf, row, at == welcome.selected(), look);
        let x = paint::put(buf, row.x + 2, y, row, &letter.to_string(), paint::accent(look));
        let x = paint::put(buf, x + 2, y, row, &pad(words, 20), style);
        if row.width >= 56 {
            paint::put(buf, x + 1, y, row, meaning(*start), paint::dim(look));
        }
        y += 1;
    }
    y
}

fn meaning(start: Start) -> &'static str {
    match start {
        Start::Starter => "well-known films of all decades",
        Start::Empty => "add the first film yourself",
        Start::Import => "films out of files you have",
    }
}

/// A path cut into rows, between folders where it can be.
fn pieces(path: &str, cols: u16) -> Vec<String> {
    let room = usize::from(cols.max(1));
    let mut rows = vec![String::new()];
    for folder in path.split_inclusive('/') {
        let fits = rows.last().is_some_and(|row| row.is_empty() || width(row) + width(folder) <= room);
        if !fits {
            rows.push(String::new());
        }
        for letter in folder.chars() {
            if rows.last().is_some_and(|row| width(row) >= room) {
                rows.push(String::new());
            }
            rows.last_mut().into_iter().for_each(|row| row.push(letter));
        }
    }
    rows
}
