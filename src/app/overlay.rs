//! What can lie over the screens: the front one gets every key first. An overlay never touches the app; it leaves
//! effects and deeds on the desk.

use super::desk::{Deed, Desk, Fate};
use super::msg::Ticket;
use super::overlays::picker::Aim;
use super::overlays::tasks::Question;
use super::overlays::{
    Command, Confirm, Conflict, Filter, Finder, Form, FormStart, Help, Known, Menu, MenuItem, Picker, Prompt, SignIn,
    TaskList, Welcome,
};
use super::press::Press;
use super::tasks::Entry;
use super::{Action, Code};
use crate::catalog::task::Sight;
use crate::catalog::{Answer, Done, Fault, List, Who};
use crate::domain::{Entity, Key, ReviewId};
use std::path::PathBuf;

/// An overlay.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Finds movies, people and characters.
    Finder(Box<Finder>),
    /// Commands by name, or words that narrow the list in hand.
    Prompt(Box<Prompt>),
    /// What can be done here.
    Help(Box<Help>),
    /// Asks before something is removed.
    Confirm(Box<Confirm>),
    /// A few things to choose from, each with its letter.
    Menu(Box<Menu>),
    /// Adds or changes a record.
    Form(Box<Form>),
    /// Signs in, signs up, or changes a password.
    SignIn(Box<SignIn>),
    /// The first start.
    Welcome(Box<Welcome>),
    /// Two edits of one record, side by side.
    Conflict(Box<Conflict>),
    /// Chooses what to import, or where to export to.
    Picker(Box<Picker>),
    /// Imports and exports.
    Tasks(Box<TaskList>),
}

/// Calls the same method of whichever overlay this is.
macro_rules! each {
    ($overlay:expr, $inner:ident => $call:expr) => {
        match $overlay {
            Overlay::Finder($inner) => $call,
            Overlay::Prompt($inner) => $call,
            Overlay::Help($inner) => $call,
            Overlay::Confirm($inner) => $call,
            Overlay::Menu($inner) => $call,
            Overlay::Form($inner) => $call,
            Overlay::SignIn($inner) => $call,
            Overlay::Welcome($inner) => $call,
            Overlay::Conflict($inner) => $call,
            Overlay::Picker($inner) => $call,
            Overlay::Tasks($inner) => $call,
        }
    };
}

/// What every overlay can be told. Whatever it does not listen to passes it by.
pub(super) trait Layer {
    /// A key.
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate;

    /// Pasted text.
    fn paste(&mut self, _text: &str, _desk: &mut Desk) -> Fate {
        Fate::Stay
    }

    /// An answer to some question.
    fn answered(&mut self, _ticket: Ticket, _answer: &Result<Answer, Fault>, _desk: &mut Desk) -> Fate {
        Fate::Ignored
    }

    /// What some command came to.
    fn done(&mut self, _ticket: Ticket, _done: &Result<Done, Fault>, _desk: &mut Desk) -> Fate {
        Fate::Ignored
    }

    /// A text back from the editor.
    fn edited(&mut self, _ticket: Ticket, _text: &Result<String, String>, _desk: &mut Desk) -> Fate {
        Fate::Ignored
    }

    /// What lies at some path.
    fn looked(&mut self, _ticket: Ticket, _sight: &Result<Sight, Fault>, _desk: &mut Desk) -> Fate {
        Fate::Ignored
    }

    /// Another session committed.
    fn changed(&mut self, _desk: &mut Desk) -> Fate {
        Fate::Ignored
    }

    /// The command waits for another writer. Whoever has nothing else to do until then steps aside, and hands on the
    /// keys it held back.
    fn steps_aside(&mut self, _ticket: Ticket, _desk: &mut Desk) -> bool {
        false
    }
}

impl Overlay {
    /// Takes a key. Only what redraws and suspends passes through.
    pub fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if press.ctrl && matches!(press.code, Code::Char('l' | 'z')) {
            return Fate::Ignored;
        }
        // To close a level, ctrl-c is as good as Esc.
        let press = if press == Press::ctrl('c') { Press::plain(Code::Esc) } else { press };
        each!(self, inner => inner.press(press, desk))
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, desk: &mut Desk) -> Fate {
        each!(self, inner => inner.paste(text, desk))
    }

    /// Takes the answer to a question, if it is one of its own.
    pub fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, desk: &mut Desk) -> Fate {
        each!(self, inner => inner.answered(ticket, answer, desk))
    }

    /// Takes what a command came to, if it is one of its own.
    pub fn done(&mut self, ticket: Ticket, done: &Result<Done, Fault>, desk: &mut Desk) -> Fate {
        each!(self, inner => inner.done(ticket, done, desk))
    }

    /// Takes a text back from the editor, if it is one of its own.
    pub fn edited(&mut self, ticket: Ticket, text: &Result<String, String>, desk: &mut Desk) -> Fate {
        each!(self, inner => inner.edited(ticket, text, desk))
    }

    /// Takes what lies at a path, if it asked for that.
    pub fn looked(&mut self, ticket: Ticket, sight: &Result<Sight, Fault>, desk: &mut Desk) -> Fate {
        each!(self, inner => inner.looked(ticket, sight, desk))
    }

    /// Hears that another session committed.
    pub fn changed(&mut self, desk: &mut Desk) -> Fate {
        each!(self, inner => inner.changed(desk))
    }

    /// Hears that a command waits for another writer; true if it was waiting for that, and steps aside.
    pub fn steps_aside(&mut self, ticket: Ticket, desk: &mut Desk) -> bool {
        each!(self, inner => inner.steps_aside(ticket, desk))
    }

    /// The finder.
    #[must_use]
    pub fn finder(_desk: &mut Desk) -> Self {
        Overlay::Finder(Box::default())
    }

    /// Finds the movie that films waiting for review are, starting from a title.
    #[must_use]
    pub fn matching(rows: Vec<ReviewId>, title: &str, desk: &mut Desk) -> Self {
        Overlay::Finder(Box::new(Finder::matching(rows, title, desk)))
    }

    /// The command line.
    #[must_use]
    pub fn command_line(known: Known) -> Self {
        Overlay::Prompt(Box::new(Prompt::Command(Command::new(known))))
    }

    /// A query that narrows the list in hand, starting from the one that narrows it now.
    #[must_use]
    pub fn filter_words(list: &List) -> Self {
        Overlay::Prompt(Box::new(Prompt::Filter(Filter::new(list))))
    }

    /// Hears why the list below could not be had; false if that is for the app to say.
    pub fn refused(&mut self, fault: &Fault) -> bool {
        let Overlay::Prompt(prompt) = self else { return false };
        prompt.refused(fault);
        true
    }

    /// What can be done here.
    #[must_use]
    pub fn help(actions: &[Action]) -> Self {
        Overlay::Help(Box::new(Help::new(actions)))
    }

    /// Asks whether to remove these records, and says what goes with them.
    #[must_use]
    pub fn confirm_removal(keys: Vec<Key>, desk: &mut Desk) -> Self {
        Overlay::Confirm(Box::new(Confirm::new(keys, desk)))
    }

    /// A few things to choose from, each with its letter.
    #[must_use]
    pub fn menu(title: impl Into<String>, items: Vec<(char, String, MenuItem)>) -> Self {
        Overlay::Menu(Box::new(Menu::new(title.into(), items)))
    }

    /// A form for a new record or one that is there. An account is new by signing up.
    #[must_use]
    pub fn form(start: FormStart, desk: &mut Desk) -> Self {
        if matches!(start, FormStart::Add(Entity::Account, _)) {
            return Overlay::sign_up(desk);
        }
        Overlay::Form(Box::new(Form::new(start, desk)))
    }

    /// Signs in or up, then does what was asked for.
    #[must_use]
    pub fn sign_in(then: Option<Deed>, desk: &mut Desk) -> Self {
        Overlay::SignIn(Box::new(SignIn::new(then, desk)))
    }

    /// As [`Overlay::sign_in`], with a new account in mind.
    #[must_use]
    pub fn sign_up(desk: &mut Desk) -> Self {
        Overlay::SignIn(Box::new(SignIn::up(desk)))
    }

    /// Changes the password of whoever is signed in.
    #[must_use]
    pub fn password(who: &Who) -> Self {
        Overlay::SignIn(Box::new(SignIn::password(who)))
    }

    /// Chooses what to import, or where to export to; a path may be chosen already.
    #[must_use]
    pub fn picker(aim: Aim, wanted: Option<&'static str>, path: Option<PathBuf>, desk: &mut Desk) -> Self {
        Overlay::Picker(Box::new(Picker::new(aim, wanted, path, desk)))
    }

    /// The tasks of the session.
    #[must_use]
    pub fn tasks(entries: &[Entry]) -> Self {
        Overlay::Tasks(Box::new(TaskList::new(entries, None)))
    }

    /// The same, asking whether to quit all the same.
    #[must_use]
    pub fn leaving(entries: &[Entry]) -> Self {
        Overlay::Tasks(Box::new(TaskList::new(entries, Some(Question::Leave))))
    }

    /// The first start; the path is where the catalogue is.
    #[must_use]
    pub fn welcome(path: String) -> Self {
        Overlay::Welcome(Box::new(Welcome::new(path)))
    }
}
