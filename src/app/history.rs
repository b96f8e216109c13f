//! Back and forward, as in a browser: each place keeps its selection, its filters and its focus.

use super::screen::{Screen, Tab};

/// More places than anybody walks back.
const LIMIT: usize = 50;

/// The screens visited, and the one in front.
#[derive(Clone, Debug)]
pub struct History {
    screens: Vec<Screen>,
    at: usize,
}

impl History {
    /// Starts at one screen.
    #[must_use]
    pub fn new(screen: Screen) -> Self {
        History { screens: vec![screen], at: 0 }
    }

    /// The screen in front.
    #[must_use]
    pub fn current(&self) -> &Screen {
        &self.screens[self.at]
    }

    /// The screen in front, to change.
    pub fn current_mut(&mut self) -> &mut Screen {
        &mut self.screens[self.at]
    }

    /// Goes on to a new screen; what lay ahead is forgotten.
    pub fn push(&mut self, screen: Screen) {
        self.screens.truncate(self.at + 1);
        if self.screens.len() == LIMIT {
            self.screens.remove(0);
        }
        self.screens.push(screen);
        self.at = self.screens.len() - 1;
    }

    /// Puts another screen in place of the one in front.
    pub fn replace(&mut self, screen: Screen) {
        self.screens[self.at] = screen;
    }

    /// One back; false at the beginning.
    pub fn back(&mut self) -> bool {
        let can = self.at > 0;
        self.at -= usize::from(can);
        can
    }

    /// One forward; false at the end.
    pub fn forward(&mut self) -> bool {
        let can = self.at + 1 < self.screens.len();
        self.at += usize::from(can);
        can
    }

    /// The screen of a tab as it was left last.
    #[must_use]
    pub fn last_of(&self, tab: Tab) -> Option<&Screen> {
        let (past, ahead) = self.screens.split_at(self.at + 1);
        past.iter().rev().chain(ahead).find(|screen| screen.tab() == tab && !screen.opened)
    }

    /// Every screen, to bring up to date.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Screen> {
        self.screens.iter_mut()
    }
}
