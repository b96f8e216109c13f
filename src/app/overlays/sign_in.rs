//! Signing in, signing up, changing a password.

use super::{Ahead, Step};
use crate::app::desk::{Deed, Desk, Fate};
use crate::app::field::{Field, Password, Typed};
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::{Code, Press};
use crate::catalog::{Answer, Command, Done, Fault, Outcome, Query, Who};
use crate::domain::AccountId;

/// What it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Signing in.
    In,
    /// Creating an account.
    Up,
    /// Changing the password of one's own account.
    Password(AccountId, String),
}

/// One line of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Username.
    Username,
    /// The password so far.
    Old,
    /// Password, or the new one.
    Password,
    /// The new password once more.
    Again,
    /// Email.
    Email,
    /// Remember me on this machine.
    Remember,
}

/// Signing in, signing up, changing a password.
#[derive(Clone, Debug)]
pub struct SignIn {
    mode: Mode,
    username: Field,
    old: Password,
    password: Password,
    again: Password,
    email: Field,
    remember: bool,
    focus: Slot,
    wrong: Vec<(Slot, String)>,
    says: Option<String>,
    counting: Option<Ticket>,
    checking: Option<Ticket>,
    first: bool,
    then: Option<Box<Deed>>,
    ahead: Ahead,
}

impl SignIn {
    /// Signs in, then does what was asked for.
    #[must_use]
    pub fn new(then: Option<Deed>, desk: &mut Desk) -> Self {
        let counting = Some(desk.ask(Query::Summary));
        SignIn { counting, then: then.map(Box::new), ..SignIn::blank(Mode::In) }
    }

    /// Creates an account.
    #[must_use]
    pub fn up(desk: &mut Desk) -> Self {
        SignIn { counting: Some(desk.ask(Query::Summary)), ..SignIn::blank(Mode::Up) }
    }

    /// Changes the password of whoever is signed in.
    #[must_use]
    pub fn password(who: &Who) -> Self {
        SignIn { focus: Slot::Old, ..SignIn::blank(Mode::Password(who.id, who.username.clone())) }
    }

    fn blank(mode: Mode) -> Self {
        SignIn {
            mode,
            username: Field::line(""),
            old: Password::new(),
            password: Password::new(),
            again: Password::new(),
            email: Field::line(""),
            remember: false,
            focus: Slot::Username,
            wrong: Vec::new(),
            says: None,
            counting: None,
            checking: None,
            first: false,
            then: None,
            ahead: Ahead::default(),
        }
    }

    /// What it is for.
    #[must_use]
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Its lines in order.
    #[must_use]
    pub fn slots(&self) -> &'static [Slot] {
        match self.mode {
            Mode::In => &[Slot::Username, Slot::Password, Slot::Remember],
            Mode::Up => &[Slot::Username, Slot::Password, Slot::Again, Slot::Email, Slot::Remember],
            Mode::Password(..) => &[Slot::Old, Slot::Password, Slot::Again],
        }
    }

    /// The line in focus.
    #[must_use]
    pub fn focus(&self) -> Slot {
        self.focus
    }

    /// The text typed into a line that may be shown.
    #[must_use]
    pub fn field(&self, slot: Slot) -> Option<&Field> {
        match slot {
            Slot::Username => Some(&self.username),
            Slot::Email => Some(&self.email),
            _ => None,
        }
    }

    /// How many characters were typed into a line that may not be shown.
    #[must_use]
    pub fn hidden(&self, slot: Slot) -> Option<usize> {
        match slot {
            Slot::Old => Some(self.old.len()),
            Slot::Password => Some(self.password.len()),
            Slot::Again => Some(self.again.len()),
            _ => None,
        }
    }

    /// Whether the sign-in is to be remembered on this machine.
    #[must_use]
    pub fn remember(&self) -> bool {
        self.remember
    }

    /// What is wrong with a line.
    #[must_use]
    pub fn wrong(&self, slot: Slot) -> Option<&str> {
        self.wrong.iter().find(|(at, _)| *at == slot).map(|(_, says)| says.as_str())
    }

    /// What is wrong with the whole.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    /// The password is being checked.
    #[must_use]
    pub fn checking(&self) -> bool {
        self.checking.is_some()
    }

    /// The account to be created is the first one.
    #[must_use]
    pub fn first(&self) -> bool {
        self.first
    }

    /// Something waits for the sign-in.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.then.is_some()
    }

    fn toggle(&mut self) {
        self.mode = match &self.mode {
            Mode::In => Mode::Up,
            Mode::Up => Mode::In,
            Mode::Password(id, name) => Mode::Password(*id, name.clone()),
        };
        self.again.clear();
        (self.wrong, self.says) = (Vec::new(), None);
        if !self.slots().contains(&self.focus) {
            self.focus = self.slots()[0];
        }
    }

    fn walk(&mut self, step: Step) {
        let slots = self.slots();
        let at = slots.iter().position(|slot| *slot == self.focus).unwrap_or(0);
        self.focus = slots[step.from(at, slots.len())];
    }

    fn secret(&mut self, slot: Slot) -> Option<&mut Password> {
        match slot {
            Slot::Old => Some(&mut self.old),
            Slot::Password => Some(&mut self.password),
            Slot::Again => Some(&mut self.again),
            _ => None,
        }
    }

    fn type_key(&mut self, press: Press) {
        let focus = self.focus;
        let typed = match (self.secret(focus), focus) {
            (Some(secret), _) => secret.press(press),
            (None, Slot::Username) => self.username.press(press),
            (None, Slot::Email) => self.email.press(press),
            (None, _) => self.switch(press),
        };
        self.forgive(typed);
    }

    fn switch(&mut self, press: Press) -> Typed {
        match press.code {
            Code::Char(' ' | 'x') | Code::Left | Code::Right => self.remember = !self.remember,
            Code::Char('y') => self.remember = true,
            Code::Char('n') => self.remember = false,
            _ => return Typed::Ignored,
        }
        Typed::Changed
    }

    /// A line that is typed into is no longer wrong.
    fn forgive(&mut self, typed: Typed) {
        if typed == Typed::Changed {
            let focus = self.focus;
            self.wrong.retain(|(slot, _)| *slot != focus);
            self.says = None;
        }
    }

    /// The first line that must be filled in and is not.
    fn missing(&self) -> Option<Slot> {
        let empty = |slot: Slot| match slot {
            Slot::Username => self.username.text().trim().is_empty(),
            Slot::Email | Slot::Remember => false,
            secret => self.hidden(secret) == Some(0),
        };
        self.slots().iter().copied().find(|slot| empty(*slot))
    }

    fn enter(&mut self, desk: &mut Desk) {
        if let Some(slot) = self.missing() {
            if slot == self.focus {
                self.complain(slot, "is needed");
            }
            self.focus = slot;
            return;
        }
        self.wrong.clear();
        self.says = None;
        let new = self.mode != Mode::In;
        if new && self.password.len() < 8 {
            return self.complain(Slot::Password, "at least 8 characters");
        }
        if new && self.password != self.again {
            self.again.clear();
            return self.complain(Slot::Again, "is not the same");
        }
        self.checking = Some(desk.run(self.command()));
    }

    fn complain(&mut self, slot: Slot, says: &str) {
        self.wrong = vec![(slot, says.to_owned())];
        self.focus = slot;
    }

    fn command(&self) -> Command {
        let username = self.username.text().trim().to_owned();
        let (password, remember) = (self.password.secret(), self.remember);
        match &self.mode {
            Mode::In => Command::SignIn { username, password, remember },
            Mode::Up => {
                let email = Some(self.email.text().trim().to_owned()).filter(|email| !email.is_empty());
                Command::SignUp { username, password, email, remember }
            }
            Mode::Password(id, _) => Command::Password { account: *id, old: Some(self.old.secret()), new: password },
        }
    }

    fn refused(&mut self, fault: &Fault) {
        self.ahead.take();
        match fault {
            Fault::WrongPassword if self.mode == Mode::In => {
                self.password.clear();
                self.complain(Slot::Password, "does not go with this username");
            }
            Fault::WrongPassword => {
                self.old.clear();
                self.complain(Slot::Old, "is not your password");
            }
            Fault::Fields(fields) => self.mark(fields),
            fault => self.says = Some(fault.to_string()),
        }
    }

    fn mark(&mut self, fields: &[(&'static str, String)]) {
        for (name, says) in fields {
            let slot = match *name {
                "username" => Slot::Username,
                "email" => Slot::Email,
                "old" => Slot::Old,
                "password" | "new" => Slot::Password,
                _ => {
                    self.says = Some(format!("{name}: {says}"));
                    continue;
                }
            };
            self.wrong.push((slot, says.clone()));
        }
        if let Some((slot, _)) = self.wrong.first() {
            self.focus = *slot;
        }
    }
}

impl Layer for SignIn {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        // Once asked, the answer must be heard: it says who is signed in.
        if self.checking.is_some() {
            self.ahead.hold(press);
            return Fate::Stay;
        }
        if press.code == Code::Esc {
            return Fate::Close;
        }
        match (press.code, press.ctrl) {
            (Code::Char('n'), true) => self.toggle(),
            (Code::Tab | Code::Down, _) => self.walk(Step::Next),
            (Code::BackTab | Code::Up, _) => self.walk(Step::Previous),
            (Code::Enter, _) | (Code::Char('s'), true) => self.enter(desk),
            _ => self.type_key(press),
        }
        Fate::Stay
    }

    fn paste(&mut self, text: &str, _desk: &mut Desk) -> Fate {
        let focus = self.focus;
        let typed = match (self.secret(focus), focus) {
            (Some(secret), _) => secret.paste(text),
            (None, Slot::Username) => self.username.paste(text),
            (None, Slot::Email) => self.email.paste(text),
            (None, _) => Typed::Ignored,
        };
        self.forgive(typed);
        Fate::Stay
    }

    fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, _desk: &mut Desk) -> Fate {
        if self.counting != Some(ticket) {
            return Fate::Ignored;
        }
        self.counting = None;
        if let Ok(Answer::Summary(summary)) = answer
            && summary.accounts == 0
        {
            self.first = true;
            if self.mode == Mode::In {
                self.toggle();
            }
        }
        Fate::Stay
    }

    fn done(&mut self, ticket: Ticket, done: &Result<Done, Fault>, desk: &mut Desk) -> Fate {
        if self.checking != Some(ticket) {
            return Fate::Ignored;
        }
        self.checking = None;
        let done = match done {
            Ok(done) => done,
            Err(fault) => {
                self.refused(fault);
                return Fate::Stay;
            }
        };
        if let Outcome::SignedIn(who) = &done.outcome {
            desk.deed(Deed::Who(Some(who.clone())));
        }
        desk.notice_of(&done.outcome);
        if let Some(then) = self.then.take() {
            desk.deed(*then);
        }
        self.ahead.hand_on(desk);
        Fate::Close
    }
}

#[cfg(test)]
mod tests;
