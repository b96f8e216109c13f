//! Floor `transfer`: what goes into a catalogue and out of it in other forms; the starter films.
//! Uses `catalog`, `store`, `sorter`, `domain`.

mod aside;
mod assemble;
#[cfg(test)]
mod bench;
mod bundle;
mod cast;
pub mod csv;
mod dialect;
mod download;
mod draft;
pub mod error;
pub mod formats;
pub mod freebase;
pub mod imdb;
mod input;
mod intake;
mod json;
pub mod jsonl;
mod known;
pub mod letterboxd;
mod lookup;
mod matching;
mod merge;
pub mod movielens;
pub mod nfo;
mod outlet;
mod pictures;
mod pipeline;
pub mod review;
mod scent;
pub mod starter;
mod table;
pub mod tmdb;
mod told;
mod tsv;
pub mod wikipedia;

/// What imports say.
pub use crate::catalog::report;
pub use error::ImportError;
pub use report::{Note, Options, Phase, Progress, Report, Skip, Tally};
