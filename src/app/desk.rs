//! What panes and overlays write their wishes on while they handle a key: effects for the driver, deeds for the app.

use super::action::Action;
use super::msg::{Effect, Ticket};
use super::overlay::Overlay;
use super::press::Press;
use super::words;
use crate::catalog::task::Task;
use crate::catalog::{Command, List, MovieFilter, Outcome, PersonFilter, Query, Who};
use crate::domain::{FileId, Key, MovieId, ReviewId};

/// Where Enter leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A record.
    Key(Key),
    /// The Movies screen with this filter.
    Movies(MovieFilter),
    /// The People screen with this filter.
    People(PersonFilter),
    /// A list of its own, such as `:genres`.
    List(List),
}

/// Something only the app as a whole can do.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Open a target, remembering the way back.
    Open(Target),
    /// Act as if the action's key had been pressed, once the overlay is closed.
    Act(Action),
    /// As [`Deed::Act`], with a word to it: sort by `title`, add a `person`.
    Run(Action, String),
    /// A key that was pressed ahead of an answer: press it now.
    Press(Press),
    /// Lay an overlay over everything.
    Push(Box<Overlay>),
    /// Say something on the notice line.
    Notice(Notice),
    /// Narrow the list in hand to these words; empty shows all of it.
    Narrow(String),
    /// These films that wait for review are this movie.
    Match(Vec<ReviewId>, MovieId),
    /// Somebody signed in, or out.
    Who(Option<Who>),
    /// Fetch again what is on the screen; the selection goes to this record where there is one.
    Reload(Option<Key>),
    /// Import or export, beside everything else, once it is clear whose favorites are told of.
    Order(Task),
    /// Import or export, beside everything else.
    Begin(Task),
    /// Stop a task.
    Stop(Ticket),
    /// End the session, whatever is under way.
    Leave,
    /// Remember a command line for the next one.
    Remember(String),
    /// Remember hits for `n` and `N`.
    Found(Vec<Key>),
}

/// A line at the bottom that stays until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub fault: bool,
}

impl Notice {
    /// Good news.
    pub fn news(text: impl Into<String>) -> Self {
        Notice { text: text.into(), fault: false }
    }

    /// Bad news.
    pub fn fault(text: impl Into<String>) -> Self {
        Notice { text: text.into(), fault: true }
    }
}

/// What a pane or overlay made of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not mine: offer it to whatever lies below.
    Ignored,
    /// Taken.
    Stay,
    /// Taken, and this overlay is done.
    Close,
}

/// Collects wishes; gives out tickets.
#[derive(Debug, Default)]
pub struct Desk {
    next: u64,
    /// For the driver, in order.
    pub effects: Vec<Effect>,
    /// For the app, in order.
    pub deeds: Vec<Deed>,
}

impl Desk {
    /// A new ticket.
    pub fn ticket(&mut self) -> Ticket {
        self.next += 1;
        Ticket(self.next)
    }

    /// Asks a question.
    pub fn ask(&mut self, query: Query) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Ask(ticket, query));
        ticket
    }

    /// Has a use case carried out.
    pub fn run(&mut self, command: Command) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Do(ticket, command));
        ticket
    }

    /// Has a text edited in `$EDITOR`.
    pub fn edit(&mut self, text: String) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Edit(ticket, text));
        ticket
    }

    /// Has a picture scaled.
    pub fn picture(&mut self, file: FileId, cols: u16, rows: u16) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Picture(ticket, file, cols, rows));
        ticket
    }

    /// Has the app do something.
    pub fn deed(&mut self, deed: Deed) {
        self.deeds.push(deed);
    }

    /// Says on the notice line what a use case came to.
    pub fn notice_of(&mut self, outcome: &Outcome) {
        if let Some(text) = words::outcome(outcome) {
            self.notice(Notice::news(text));
        }
    }

    /// Says something on the notice line.
    pub fn notice(&mut self, notice: Notice) {
        self.deeds.push(Deed::Notice(notice));
    }
}
