//! The overlays' state machines, one file each.

mod ahead;
pub mod confirm;
pub mod conflict;
pub mod finder;
pub mod form;
pub mod help;
pub mod menu;
pub mod picker;
pub mod prompt;
pub mod sign_in;
pub mod tasks;
pub mod welcome;

#[cfg(test)]
pub(crate) mod probe;

pub use ahead::Ahead;
pub use confirm::Confirm;
pub use conflict::Conflict;
pub use finder::Finder;
pub use form::{Form, FormStart};
pub use help::Help;
pub use menu::{Menu, MenuItem};
pub use picker::Picker;
pub use prompt::{Command, Filter, Known, Prompt};
pub use sign_in::SignIn;
pub use tasks::TaskList;
pub use welcome::Welcome;

use super::press::{Code, Press};

/// Where a key leads in a short list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next line, from the last to the first.
    Next,
    /// To the previous line, from the first to the last.
    Previous,
    /// Half a dozen lines down.
    Down,
    /// Half a dozen lines up.
    Up,
}

impl Step {
    /// The step a key stands for while letters are being typed.
    #[must_use]
    pub fn of(press: Press) -> Option<Step> {
        match (press.code, press.ctrl) {
            (Code::Down, _) | (Code::Char('n'), true) => Some(Step::Next),
            (Code::Up, _) | (Code::Char('p'), true) => Some(Step::Previous),
            (Code::PageDown, _) => Some(Step::Down),
            (Code::PageUp, _) => Some(Step::Up),
            _ => None,
        }
    }

    /// Where the step ends in a list of `count` lines.
    #[must_use]
    pub fn from(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Step::Next => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            Step::Previous => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            Step::Down => (at + 6).min(last),
            Step::Up => at.saturating_sub(6),
        }
    }
}

/// How close a name is to what is typed, 0 the closest: it begins so, holds it, or holds its letters in order.
#[must_use]
pub fn closeness(name: &str, typed: &str) -> Option<usize> {
    let mut letters = name.chars();
    match name.find(typed) {
        Some(0) => Some(0),
        Some(_) => Some(1),
        None => typed.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(2),
    }
}
