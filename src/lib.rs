//! cinedex: a film catalogue that lives in a terminal.

pub mod domain;
