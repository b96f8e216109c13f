//! Chooses what to import, or where to export to: a path, then a format and what can be said to it.

pub mod browser;
pub mod order;

pub use browser::{Browser, Row, shown};
pub use order::{Aim, Item, Order, Value};

use crate::app::desk::{Deed, Desk, Fate};
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::Press;
use crate::catalog::Fault;
use crate::catalog::task::Sight;
use browser::Turn;
use order::Placed;
use std::path::PathBuf;

/// Chooses what to import, or where to export to.
#[derive(Clone, Debug)]
pub struct Picker {
    aim: Aim,
    /// The format that was asked for by name.
    wanted: Option<&'static str>,
    browser: Browser,
    order: Option<Order>,
}

impl Picker {
    /// Opens with the folder where the program was started, or with a path.
    #[must_use]
    pub fn new(aim: Aim, wanted: Option<&'static str>, path: Option<PathBuf>, desk: &mut Desk) -> Self {
        let name = match &aim {
            Aim::Import(_) => None,
            Aim::Export(format, _) => Some(format.makes),
        };
        let browser = match path {
            Some(path) => Browser::taking(path, name, desk),
            None => Browser::new(name, desk),
        };
        Picker { aim, wanted, browser, order: None }
    }

    /// What it is for.
    #[must_use]
    pub fn aim(&self) -> &Aim {
        &self.aim
    }

    /// The folders.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// What is to be done, once a path is chosen.
    #[must_use]
    pub fn order(&self) -> Option<&Order> {
        self.order.as_ref()
    }

    fn turned(&mut self, turn: Turn) -> Fate {
        match turn {
            Turn::Stay => Fate::Stay,
            Turn::Leave => Fate::Close,
            Turn::Took(sight) => {
                self.order = Some(Order::new(self.aim.clone(), &sight, self.wanted));
                Fate::Stay
            }
        }
    }
}

impl Layer for Picker {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        let Some(order) = &mut self.order else {
            let turn = self.browser.press(press, desk);
            return self.turned(turn);
        };
        match order.press(press) {
            Placed::Stay => Fate::Stay,
            Placed::Back => {
                self.browser.come_back(order.path(), desk);
                self.order = None;
                Fate::Stay
            }
            Placed::Begin(task) => {
                desk.deed(Deed::Order(task));
                Fate::Close
            }
        }
    }

    fn paste(&mut self, text: &str, desk: &mut Desk) -> Fate {
        match &mut self.order {
            Some(order) => order.paste(text),
            None => self.browser.paste(text, desk),
        }
        Fate::Stay
    }

    fn looked(&mut self, ticket: Ticket, sight: &Result<Sight, Fault>, desk: &mut Desk) -> Fate {
        self.browser.looked(ticket, sight, desk).map_or(Fate::Ignored, |turn| self.turned(turn))
    }
}

#[cfg(test)]
pub(crate) mod tests;
