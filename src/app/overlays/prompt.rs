//! The prompts of one line: `:` takes commands by name, `=` narrows the list in hand.

pub mod command;
pub mod filter;

pub use command::Command;
pub use filter::Filter;

use crate::app::desk::{Desk, Fate};
use crate::app::field::Field;
use crate::app::overlay::Layer;
use crate::app::press::Press;

/// A prompt at the bottom of the screen.
#[derive(Clone, Debug)]
pub enum Prompt {
    /// Commands by name.
    Command(Command),
    /// Words that narrow the list in hand.
    Filter(Filter),
}

impl Prompt {
    /// The character before the field.
    #[must_use]
    pub fn sign(&self) -> char {
        match self {
            Prompt::Command(_) => ':',
            Prompt::Filter(_) => '=',
        }
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &Field {
        match self {
            Prompt::Command(command) => command.field(),
            Prompt::Filter(filter) => filter.field(),
        }
    }
}

impl Layer for Prompt {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        match self {
            Prompt::Command(command) => command.press(press, desk),
            Prompt::Filter(filter) => filter.press(press, desk),
        }
    }

    fn paste(&mut self, text: &str, desk: &mut Desk) -> Fate {
        match self {
            Prompt::Command(command) => command.paste(text),
            Prompt::Filter(filter) => filter.paste(text, desk),
        }
        Fate::Stay
    }
}

#[cfg(test)]
mod tests;
