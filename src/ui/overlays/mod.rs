//! Draws what lies over the screens, one file an overlay.

mod confirm;
mod conflict;
mod finder;
mod form;
mod help;
mod menu;
mod paint;
mod picker;
mod prompt;
mod sign_in;
mod tasks;
mod welcome;

pub(super) use paint::wrap;

use crate::app::Overlay;
use crate::ui::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws one overlay over what is there. The narrow filter pane is drawn by its screen.
pub fn draw(frame: &mut Frame, area: Rect, overlay: &Overlay, look: &Look) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    let buf = frame.buffer_mut();
    match overlay {
        Overlay::Finder(finder) => finder::draw(buf, area, finder, look),
        Overlay::Prompt(prompt) => prompt::draw(buf, area, prompt, look),
        Overlay::Help(help) => help::draw(buf, area, help, look),
        Overlay::Confirm(confirm) => confirm::draw(buf, area, confirm, look),
        Overlay::Menu(menu) => menu::draw(buf, area, menu, look),
        Overlay::Form(form) => form::draw(buf, area, form, look),
        Overlay::SignIn(sign_in) => sign_in::draw(buf, area, sign_in, look),
        Overlay::Welcome(welcome) => welcome::draw(buf, area, welcome, look),
        Overlay::Conflict(conflict) => conflict::draw(buf, area, conflict, look),
        Overlay::Picker(picker) => picker::draw(buf, area, picker, look),
        Overlay::Tasks(tasks) => tasks::draw(buf, area, tasks, look),
    }
}

#[cfg(test)]
mod tests;
