//! `=`: words that narrow the list in hand while they are typed.

use crate::app::desk::{Deed, Desk, Fate};
use crate::app::field::{Field, Typed};
use crate::app::press::{Code, Press};

/// Words that narrow the list in hand.
#[derive(Clone, Debug)]
pub struct Filter {
    field: Field,
    before: String,
}

impl Filter {
    /// Starts from the words that narrow the list now.
    #[must_use]
    pub fn new(current: &str) -> Self {
        Filter { field: Field::line(current), before: current.to_owned() }
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &Field {
        &self.field
    }

    pub(super) fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        match press.code {
            Code::Enter => return Fate::Close,
            Code::Esc => {
                if self.field.text() != self.before {
                    desk.deed(Deed::Narrow(self.before.clone()));
                }
                return Fate::Close;
            }
            _ => {}
        }
        let typed = self.field.press(press);
        self.narrow(typed, desk);
        Fate::Stay
    }

    pub(super) fn paste(&mut self, text: &str, desk: &mut Desk) {
        let typed = self.field.paste(text);
        self.narrow(typed, desk);
    }

    fn narrow(&self, typed: Typed, desk: &mut Desk) {
        if typed == Typed::Changed {
            desk.deed(Deed::Narrow(self.field.text()));
        }
    }
}
