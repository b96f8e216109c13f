//! A menu: a few things to choose from, each with its letter.

use super::Step;
use crate::app::Action;
use crate::app::desk::{Deed, Desk, Fate, Target};
use crate::app::overlay::{Layer, Overlay};
use crate::app::press::{Code, Press};
use crate::catalog::task::Task;

/// What choosing a line of a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuItem {
    /// An action.
    Act(Action),
    /// An action with a word to it, as on the command line: sort by `title`.
    Run(Action, String),
    /// Opens a target.
    Open(Target),
    /// Imports or exports.
    Begin(Task),
    /// The same, once somebody is signed in.
    BeginSignedIn(Task),
}

/// A menu.
#[derive(Clone, Debug)]
pub struct Menu {
    title: String,
    items: Vec<(char, String, MenuItem)>,
    selected: usize,
}

impl Menu {
    /// A menu with the first line selected.
    #[must_use]
    pub fn new(title: String, items: Vec<(char, String, MenuItem)>) -> Self {
        Menu { title, items, selected: 0 }
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Its lines: letter, words, what it does.
    #[must_use]
    pub fn items(&self) -> &[(char, String, MenuItem)] {
        &self.items
    }

    /// The selected line.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    fn choose(&self, at: usize, desk: &mut Desk) -> Fate {
        let Some((_, _, item)) = self.items.get(at) else { return Fate::Stay };
        let deed = match item.clone() {
            MenuItem::Act(action) => Deed::Act(action),
            MenuItem::Run(action, word) => Deed::Run(action, word),
            MenuItem::Open(target) => Deed::Open(target),
            MenuItem::Begin(task) => Deed::Begin(task),
            MenuItem::BeginSignedIn(task) => Deed::Push(Box::new(Overlay::sign_in(Some(Deed::Begin(task)), desk))),
        };
        desk.deed(deed);
        Fate::Close
    }
}

impl Layer for Menu {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if let Code::Char(letter) = press.code
            && !press.ctrl
            && let Some(at) = self.items.iter().position(|item| item.0 == letter)
        {
            return self.choose(at, desk);
        }
        let step = match press.code {
            Code::Char('j') | Code::Tab => Some(Step::Next),
            Code::Char('k') | Code::BackTab => Some(Step::Previous),
            _ => Step::of(press),
        };
        if let Some(step) = step {
            self.selected = step.from(self.selected, self.items.len());
        }
        match press.code {
            Code::Enter => self.choose(self.selected, desk),
            Code::Esc | Code::Char('q') => Fate::Close,
            _ => Fate::Stay,
        }
    }
}

#[cfg(test)]
mod tests;
