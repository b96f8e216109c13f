//! The store against models: random operations, walks from everywhere, crashes, damage, old files.

mod backup;
mod crash;
mod damage;
mod decode;
pub(crate) mod dice;
mod finder;
mod golden;
mod make;
mod memory;
mod model;
mod operations;
mod repair;
mod walk;
mod words;
