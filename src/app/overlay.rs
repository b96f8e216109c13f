//! What can lie over the screens: the front one gets every key first.

use super::desk::{Desk, Fate};
use super::msg::Ticket;
use crate::catalog::{Answer, Done, Fault};

/// An overlay.
#[derive(Clone, Debug)]
pub enum Overlay {}

#[allow(missing_docs, clippy::pedantic)]
impl Overlay {
    pub fn edited(&mut self, _: Ticket, _: &Result<String, String>, _: &mut Desk) -> Fate {
        Fate::Ignored
    }
    pub fn answered(&mut self, _: Ticket, _: &Result<Answer, Fault>, _: &mut Desk) -> Fate {
        Fate::Ignored
    }
    pub fn done(&mut self, _: Ticket, _: &Result<Done, Fault>, _: &mut Desk) -> Fate {
        Fate::Ignored
    }
    pub fn changed(&mut self, _: &mut Desk) -> Fate {
        Fate::Ignored
    }
}
