//! Floor `ui`: draws a session, and only reads it. Uses `app`, `catalog`'s plain values and `domain`.

#![allow(clippy::trivially_copy_pass_by_ref, reason = "a look is lent like the rest, whatever its size")]

mod bars;
pub mod look;
pub mod overlays;
mod panes;
pub mod widgets;

pub use look::Look;

use crate::app::field::CURSOR;
use crate::app::overlays::Prompt;
use crate::app::{App, Overlay};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws one frame of a session.
pub fn draw(frame: &mut Frame, app: &App, look: &Look) {
    let buf = frame.buffer_mut();
    let layout = app.screen().layout();
    bars::header(buf, layout.header, app, look);
    panes::draw(buf, &layout, app, look);
    bars::footer(buf, layout.footer, app, look);
    let mut cursor = None;
    for overlay in app.overlays() {
        overlays::draw(frame, frame.area(), overlay, look);
        cursor = take_cursor(frame.buffer_mut());
    }
    if let Some(Overlay::Prompt(prompt)) = app.overlays().last()
        && matches!(&**prompt, Prompt::Filter(filter) if filter.wrong().is_none())
    {
        bars::beside_query(frame.buffer_mut(), layout.footer, app, look);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    if look.ascii {
        widgets::plain_cuts(frame.buffer_mut());
    }
}

/// Where the field that is typed into has its cursor; the marks of it are wiped off.
fn take_cursor(buf: &mut Buffer) -> Option<Position> {
    let first = buf.content.iter().position(|cell| cell.modifier.contains(CURSOR))?;
    for cell in &mut buf.content[first..] {
        cell.modifier.remove(CURSOR);
    }
    Some(buf.pos_of(first).into())
}

#[cfg(test)]
mod tests;
