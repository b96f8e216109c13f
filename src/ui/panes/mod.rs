//! The panes of a screen.

mod cells;
mod detail;
mod filter;
mod list;
mod poster;

use super::look::Look;
use crate::app::App;
use crate::app::layout::Layout;
use ratatui::buffer::Buffer;

/// Draws the panes; filters that lie over the list come last.
pub fn draw(buf: &mut Buffer, layout: &Layout, app: &App, look: &Look) {
    if let (Some(rect), Some(list)) = (layout.list, app.screen().list()) {
        list::draw(buf, rect.intersection(buf.area), list, app, look);
    }
    if let Some(rect) = layout.detail {
        detail::draw(buf, rect.intersection(buf.area), app.screen(), look);
    }
    if let (Some(rect), Some(filter)) = (layout.filter, app.screen().filter()) {
        filter::draw(buf, rect.intersection(buf.area), filter, app.screen(), look);
    }
}
