//! Why a catalogue refused, each with its sentence.

use crate::domain::{Key, Record};
use crate::search::language::{Span, Wrong};
use std::fmt;

/// Why a question or a use case failed. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A guest asked for what needs an account.
    SignInFirst,
    /// The account may not do this; what it would take.
    NotAllowed(&'static str),
    /// The record is not there, or no longer.
    Gone(Key),
    /// Somebody changed the record since the form opened; the record as it is now.
    Conflict(Box<Record>),
    /// Fields that are wrong, each with what is wrong about it.
    Fields(Vec<(&'static str, String)>),
    /// A query that cannot be answered: why, and which bytes of its text say so.
    Query {
        /// Why.
        says: String,
        /// Where.
        span: Span,
    },
    /// No step of this account is left to undo.
    NothingToUndo,
    /// No step of this account is left to do again.
    NothingToRedo,
    /// A record of the step has been changed since; its name.
    ChangedSince(String),
    /// Username and password do not belong together.
    WrongPassword,
    /// Too many failures; wait so many seconds.
    SlowDown(u64),
    /// The file can only be read; why.
    ReadOnly(String),
    /// The question was dropped for a newer one.
    Cancelled,
    /// The request cannot be met; the sentence says why and what to do.
    Refused(String),
    /// The store failed; the sentence names the file and what to do.
    Store(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::SignInFirst => f.write_str("sign in or create an account first"),
            Fault::NotAllowed(needs) => write!(f, "this needs {needs}"),
            Fault::Gone(key) => write!(f, "{key} is not in the catalogue"),
            Fault::Conflict(_) => f.write_str("somebody changed this record meanwhile"),
            Fault::Fields(fields) => {
                let mut first = true;
                for (field, says) in fields {
                    if !std::mem::take(&mut first) {
                        f.write_str("; ")?;
                    }
                    write!(f, "{field}: {says}")?;
                }
                Ok(())
            }
            Fault::NothingToUndo => f.write_str("nothing to undo"),
            Fault::NothingToRedo => f.write_str("nothing to redo"),
            Fault::ChangedSince(name) => write!(f, "{name} has been changed since; undo that first"),
            Fault::WrongPassword => f.write_str("username and password do not match"),
            Fault::SlowDown(seconds) => write!(f, "too many failures: try again in {seconds} s"),
            Fault::ReadOnly(why) => write!(f, "the catalogue can only be read: {why}"),
            Fault::Cancelled => f.write_str("dropped for a newer question"),
            Fault::Refused(says) | Fault::Store(says) | Fault::Query { says, .. } => f.write_str(says),
        }
    }
}

impl std::error::Error for Fault {}

impl From<Wrong> for Fault {
    fn from(wrong: Wrong) -> Self {
        Fault::Query { says: wrong.to_string(), span: wrong.span }
    }
}
