//! The query language: `drama country:france 1950..1969 -director:godard >2h`. Pure; see `docs/queries.md`.
//!
//! A text of words alone means those words. Everything else is a condition, and a text that is none is refused with a
//! sentence and the place it speaks of.

mod complete;
mod condition;
mod expr;
mod field;
mod lex;
mod parse;
mod show;
mod step;
#[cfg(test)]
mod tests;
mod value;
mod wrong;

pub use complete::{Completion, Offer, Wanted, complete};
pub use condition::{Bounds, Condition, Text};
pub use expr::{Expr, Node};
pub use field::{Field, Subject};
pub use parse::parse;
pub use wrong::{Why, Wrong};

/// A text is at most so long, in bytes.
pub const LONGEST: usize = 40_000;
/// Brackets and negations stand in each other at most so deep.
pub const DEEPEST: usize = 50;
/// A text holds at most so many conditions.
pub const MOST: usize = 64;

/// Bytes of the text that something speaks of.
pub type Span = std::ops::Range<usize>;
