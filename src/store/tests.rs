//! The store against models: random operations, walks from everywhere, crashes, damage, old files.

mod dice;
mod make;
mod memory;
mod model;
mod operations;
mod walk;
