//! The prompts of one line: `:` takes commands by name, `=` narrows the list in hand.

pub mod command;
pub mod filter;
mod folder;
pub mod line;

pub use command::Command;
pub use filter::Filter;
pub use line::Known;

use crate::app::desk::{Desk, Fate};
use crate::app::field::Field;
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::Press;
use crate::catalog::task::Sight;
use crate::catalog::{Answer, Fault};

/// A prompt at the bottom of the screen.
#[derive(Clone, Debug)]
pub enum Prompt {
    /// Commands by name.
    Command(Command),
    /// A query that narrows the list in hand.
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

impl Prompt {
    /// Hears why the list could not be had.
    pub fn refused(&mut self, fault: &Fault) {
        if let Prompt::Filter(filter) = self {
            filter.refused(fault);
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

    fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, _desk: &mut Desk) -> Fate {
        match self {
            Prompt::Command(_) => Fate::Ignored,
            Prompt::Filter(filter) => filter.answered(ticket, answer),
        }
    }

    fn paste(&mut self, text: &str, desk: &mut Desk) -> Fate {
        match self {
            Prompt::Command(command) => command.paste(text, desk),
            Prompt::Filter(filter) => filter.paste(text, desk),
        }
        Fate::Stay
    }

    fn looked(&mut self, ticket: Ticket, sight: &Result<Sight, Fault>, desk: &mut Desk) -> Fate {
        match self {
            Prompt::Command(command) => command.looked(ticket, sight, desk),
            Prompt::Filter(_) => Fate::Ignored,
        }
    }
}

#[cfg(test)]
mod tests;
