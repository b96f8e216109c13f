//! The first start: what to fill the catalogue with.

use super::Step;
use crate::app::Action;
use crate::app::desk::{Deed, Desk, Fate, Notice};
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::{Code, Press};
use crate::catalog::{Command, Done, Fault};

/// What can be started with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The films that come with the program.
    Starter,
    /// Nothing.
    Empty,
    /// Films out of other programs' files.
    Import,
}

/// The choices in order: letter, words, what it means.
pub const STARTS: [(char, &str, Start); 3] = [
    ('s', "the starter films", Start::Starter),
    ('e', "an empty catalogue", Start::Empty),
    ('i', "an import", Start::Import),
];

/// The welcome.
#[derive(Clone, Debug)]
pub struct Welcome {
    path: String,
    selected: usize,
    loading: Option<Ticket>,
    says: Option<String>,
}

impl Welcome {
    /// The welcome for a catalogue at this path.
    #[must_use]
    pub fn new(path: String) -> Self {
        Welcome { path, selected: 0, loading: None, says: None }
    }

    /// Where the catalogue is.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Which of [`STARTS`] is selected.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The starter films are on their way in.
    #[must_use]
    pub fn loading(&self) -> bool {
        self.loading.is_some()
    }

    /// Why it could not be done.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    fn choose(&mut self, start: Start, desk: &mut Desk) -> Fate {
        self.says = None;
        match start {
            Start::Starter => self.loading = Some(desk.run(Command::LoadStarter)),
            Start::Import => desk.deed(Deed::Act(Action::Import)),
            Start::Empty => {
                desk.notice(Notice::news("nothing here yet · a adds the first film"));
                return Fate::Close;
            }
        }
        Fate::Stay
    }
}

impl Layer for Welcome {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if self.loading.is_some() {
            return Fate::Stay;
        }
        if let Code::Char(letter) = press.code
            && let Some(at) = STARTS.iter().position(|start| start.0 == letter)
        {
            self.selected = at;
            return self.choose(STARTS[at].2, desk);
        }
        let step = match press.code {
            Code::Char('j') | Code::Tab => Some(Step::Next),
            Code::Char('k') | Code::BackTab => Some(Step::Previous),
            _ => Step::of(press),
        };
        if let Some(step) = step {
            self.selected = step.from(self.selected, STARTS.len());
        }
        match press.code {
            Code::Enter => self.choose(STARTS[self.selected].2, desk),
            Code::Esc => self.choose(Start::Empty, desk),
            Code::Char('q') => {
                desk.deed(Deed::Act(Action::Exit));
                Fate::Close
            }
            _ => Fate::Stay,
        }
    }

    fn done(&mut self, ticket: Ticket, done: &Result<Done, Fault>, desk: &mut Desk) -> Fate {
        if self.loading != Some(ticket) {
            return Fate::Ignored;
        }
        self.loading = None;
        match done {
            Ok(done) => {
                desk.deed(Deed::Reload(None));
                desk.notice_of(&done.outcome);
                Fate::Close
            }
            Err(fault) => {
                self.says = Some(fault.to_string());
                Fate::Stay
            }
        }
    }
}

#[cfg(test)]
mod tests;
