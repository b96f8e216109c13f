//! Floor `search`: matching and ranking of names, over plain values. Uses `domain` only.
//!
//! A [`Question`] is what was typed, folded and cut into words. [`find`] holds it against every name that a
//! [`Names`] offers and keeps the best. Whether one text answers a question, and how well, is decided in one
//! place (`align`), so that any faster way to candidates gives the same answers. [`language`] reads queries.

mod align;
mod articles;
mod best;
mod choose;
mod edits;
pub mod index;
pub mod language;
mod letters;
mod marks;
mod names;
mod numerals;
mod pieces;
mod question;
mod rank;
mod scan;
mod sounds;
mod subsequence;
#[cfg(test)]
mod tests;
mod typo;

pub use choose::choose;
pub use marks::marks;
pub use names::{Name, Names, TEXT, Trouble};
pub use question::Question;
pub use rank::{Found, Tier};
pub use scan::find;
