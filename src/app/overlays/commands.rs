//! The key table, as help and command line read it.

use crate::app::Action;

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What it does.
    pub action: Action,
    /// The keys.
    pub keys: &'static [&'static str],
    /// Names for the command line.
    pub names: &'static [&'static str],
    /// A sentence for the help.
    pub help: &'static str,
}

/// Every action with its keys and names.
#[must_use]
pub fn table() -> &'static [Binding] {
    &[]
}
