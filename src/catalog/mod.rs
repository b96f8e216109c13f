//! Floor `catalog`: the use cases. Questions and commands are data; permissions are decided here, by who asks.
//! Uses `search`, `store`, `domain`.

pub mod answer;
pub mod command;
pub mod fault;
pub mod password;
pub mod query;
pub mod throttle;
pub mod token;

pub use answer::*;
pub use command::*;
pub use fault::Fault;
pub use query::*;

use crate::domain::AccountId;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody signed in.
    Guest,
    /// A signed-in account.
    Account(AccountId),
}
