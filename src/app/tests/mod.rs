//! Key macros on the state machine: what is pressed, what is asked for, where one ends up.

mod browse;
pub(crate) mod catalogue;
mod change;
mod keys;
mod review;
pub(crate) mod tasks;
mod views;
mod windows;

use super::press::Press;
use super::session::{App, Opening};
use super::{Effect, Msg};
use crate::catalog::Query;
use crate::domain::Key;
use catalogue::Catalogue;

/// A session with an invented catalogue that answers at once, or when told.
pub(crate) struct Player {
    pub(crate) app: App,
    pub(crate) catalogue: Catalogue,
    /// Effects that no catalogue answers: quit, copy, pictures, use cases.
    pub(crate) others: Vec<Effect>,
    /// Every question asked.
    pub(crate) asked: Vec<Query>,
    /// Every record said to be opened.
    pub(crate) opened: Vec<Key>,
}

impl Player {
    pub(crate) fn new(cols: u16, rows: u16) -> Self {
        Player::with(Catalogue::new(1000), cols, rows)
    }

    pub(crate) fn with(catalogue: Catalogue, cols: u16, rows: u16) -> Self {
        let (app, effects) = App::new(cols, rows, Opening::default());
        let mut player = Player { app, catalogue, others: Vec::new(), asked: Vec::new(), opened: Vec::new() };
        player.carry_out(effects);
        player
    }

    /// Presses keys, written as in the key table and parted by blanks; every answer comes at once.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let press = Press::parse(key).unwrap_or_else(|| panic!("{key} is no key"));
            self.send(Msg::Press(press));
        }
        self
    }

    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        let effects = self.app.update(msg);
        self.carry_out(effects);
        self
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let msg = match effect {
                Effect::Ask(ticket, query) => {
                    self.asked.push(query.clone());
                    Msg::Answered(ticket, self.catalogue.answer(&query))
                }
                Effect::Do(ticket, ref command) => {
                    self.others.push(effect.clone());
                    Msg::Done(ticket, self.catalogue.run(command))
                }
                Effect::Opened(key) => {
                    self.opened.push(key);
                    continue;
                }
                other => {
                    self.others.push(other);
                    continue;
                }
            };
            self.send(msg);
        }
    }

    /// The title or name in the selected row.
    pub(crate) fn selected(&self) -> String {
        self.app.screen().words_in_hand().unwrap_or_default()
    }

    pub(crate) fn notice(&self) -> &str {
        self.app.notice().map_or("", |notice| &notice.text)
    }
}
