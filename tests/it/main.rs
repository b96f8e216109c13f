//! Everything through a public door: the real binary, the real files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod cli;
mod floors;
#[path = "../made/mod.rs"]
mod made;
mod mutations;
mod papers;
mod support;
mod terminal;
