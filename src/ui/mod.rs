//! Floor `ui`: draws a session, and only reads it. Uses `app`, `catalog`'s plain values and `domain`.

#![allow(clippy::trivially_copy_pass_by_ref, reason = "a look is lent like the rest, whatever its size")]

mod bars;
pub mod look;
pub mod overlays;
mod panes;
pub mod widgets;

pub use look::Look;

use crate::app::App;
use ratatui::Frame;

/// Draws one frame of a session.
pub fn draw(frame: &mut Frame, app: &App, look: &Look) {
    let buf = frame.buffer_mut();
    let layout = app.screen().layout();
    bars::header(buf, layout.header, app, look);
    panes::draw(buf, &layout, app, look);
    bars::footer(buf, layout.footer, app, look);
    for overlay in app.overlays() {
        overlays::draw(frame, frame.area(), overlay, look);
    }
    if look.ascii {
        widgets::plain_cuts(frame.buffer_mut());
    }
}

#[cfg(test)]
mod tests;
