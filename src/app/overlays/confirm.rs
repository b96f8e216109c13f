//! Asks before records are removed, naming all that goes with them.

use crate::app::desk::{Deed, Desk, Fate};
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::{Code, Press};
use crate::catalog::{Answer, Command, Consequences, Done, Fault, Query};
use crate::domain::Key;

/// The question whether to remove records.
#[derive(Clone, Debug)]
pub struct Confirm {
    keys: Vec<Key>,
    counting: Option<Ticket>,
    removing: Option<Ticket>,
    consequences: Option<Consequences>,
    yes: bool,
    says: Option<String>,
}

impl Confirm {
    /// Asks the catalogue what hangs on these records.
    #[must_use]
    pub fn new(keys: Vec<Key>, desk: &mut Desk) -> Self {
        let counting = Some(desk.ask(Query::Consequences(keys.clone())));
        Confirm { keys, counting, removing: None, consequences: None, yes: false, says: None }
    }

    /// What would go; none while it is being counted.
    #[must_use]
    pub fn consequences(&self) -> Option<&Consequences> {
        self.consequences.as_ref()
    }

    /// Whether Enter means yes.
    #[must_use]
    pub fn yes(&self) -> bool {
        self.yes
    }

    /// The removal is on its way.
    #[must_use]
    pub fn removing(&self) -> bool {
        self.removing.is_some()
    }

    /// Why it cannot be done.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    fn remove(&mut self, desk: &mut Desk) -> Fate {
        if self.consequences.is_some() {
            self.says = None;
            self.removing = Some(desk.run(Command::Remove(self.keys.clone())));
        }
        Fate::Stay
    }
}

impl Layer for Confirm {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if self.removing.is_some() {
            return Fate::Stay;
        }
        match press.code {
            Code::Char('y' | 'Y') => self.remove(desk),
            Code::Enter if self.yes => self.remove(desk),
            Code::Enter | Code::Esc | Code::Char('n' | 'N' | 'q') => Fate::Close,
            Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l') => {
                self.yes = !self.yes && self.consequences.is_some();
                Fate::Stay
            }
            _ => Fate::Stay,
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, _desk: &mut Desk) -> Fate {
        if self.counting != Some(ticket) {
            return Fate::Ignored;
        }
        self.counting = None;
        match answer {
            Ok(Answer::Consequences(counted)) => self.consequences = Some(counted.clone()),
            Ok(_) => {}
            Err(fault) => self.says = Some(fault.to_string()),
        }
        Fate::Stay
    }

    fn done(&mut self, ticket: Ticket, done: &Result<Done, Fault>, desk: &mut Desk) -> Fate {
        if self.removing != Some(ticket) {
            return Fate::Ignored;
        }
        self.removing = None;
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

    fn steps_aside(&mut self, ticket: Ticket, _desk: &mut Desk) -> bool {
        self.removing == Some(ticket)
    }

    fn changed(&mut self, desk: &mut Desk) -> Fate {
        if self.removing.is_none() {
            self.counting = Some(desk.ask(Query::Consequences(self.keys.clone())));
        }
        Fate::Stay
    }
}

#[cfg(test)]
mod tests;
