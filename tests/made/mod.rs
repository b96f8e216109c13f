//! Film data made up in the form of others: any size, the same bytes for the same seed.

mod dump;
mod people;
mod random;
mod titles;
mod words;

pub use dump::Dump;
