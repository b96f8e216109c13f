//! An account's role: it has a command of its own, which goes before the rest of the form is saved.

use super::{Form, Stage};
use crate::app::desk::{Deed, Desk, Fate};
use crate::catalog::{Command, Done, Draft, Fault};
use crate::domain::Key;

impl Form {
    /// The command that gives the account the role entered, where that is another.
    pub(super) fn promotion(&self, draft: &Draft) -> Option<Command> {
        match (self.key, &self.base, draft) {
            (Some(Key::Account(account)), Draft::Account { account: old, .. }, Draft::Account { account: new, .. })
                if old.standing != new.standing =>
            {
                Some(Command::Standing { account, standing: new.standing })
            }
            _ => None,
        }
    }

    pub(super) fn promoted(&mut self, done: &Result<Done, Fault>, desk: &mut Desk) -> Fate {
        self.stage = Stage::Editing;
        let Some(at) = self.specs().iter().position(|spec| spec.name == "standing") else { return Fate::Stay };
        match done {
            Ok(done) => {
                let value = self.inputs[at].value();
                // What was read once is read again.
                let _ = (self.specs()[at].set)(&mut self.base, &value);
                self.inputs[at].rebase(value);
                desk.notice_of(&done.outcome);
                if self.touched() {
                    return self.save(desk);
                }
                desk.deed(Deed::Reload(self.key));
                self.ahead.hand_on(desk);
                Fate::Close
            }
            Err(fault) => {
                self.ahead.take();
                self.inputs[at].complain(fault.to_string());
                self.focus = at;
                Fate::Stay
            }
        }
    }
}
