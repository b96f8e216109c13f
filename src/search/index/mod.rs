//! The finder out of an index on disk: candidates by lists of words, decided by the same alignment as the scan.
//! What its rows are and why: `docs/search.md`.

mod build;
mod find;
mod foremost;
mod fresh;
mod gather;
mod heads;
mod holding;
mod kept;
mod lists;
mod meaning;
mod near;
mod pages;
mod renown;
mod rows;
mod sieve;
#[cfg(test)]
mod tests;
mod texts;
mod verify;

pub use build::{Ready, build, prepare};
pub use find::find;
pub use foremost::foremost;
pub use fresh::{CAST, CHANGES, Coming, FRESH, Layers, MAIN, RECENT, change, merge, place};
pub use holding::{Part, bearing, holding};
pub use kept::Kept;
pub use pages::{Page, Pages, See, Write};
pub use renown::{Renown, best_known};
pub use verify::verify;
