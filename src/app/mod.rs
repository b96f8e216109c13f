//! Floor `app`: one session as a value. [`App::update`] takes a message and returns effects; it does no I/O and
//! reads no clock. Uses `catalog`'s plain values and `domain`.

pub mod action;
pub mod desk;
pub mod field;
pub mod history;
pub mod keymap;
pub mod layout;
pub mod msg;
pub mod overlay;
pub mod overlays;
pub mod panes;
pub mod press;
pub mod screen;
pub mod session;
pub mod sorting;
pub mod tasks;
pub mod words;

mod acts;
mod layers;
mod review;
mod views;

pub use action::Action;
pub use desk::{Deed, Desk, Fate, Notice, Target};
pub use msg::{Effect, Msg, Picture, Ticket};
pub use overlay::Overlay;
pub use overlays::{FormStart, MenuItem};
pub use press::{Code, Press};
pub use session::{App, Opening};

#[cfg(test)]
pub(crate) mod tests;
