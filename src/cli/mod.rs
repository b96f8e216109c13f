//! Floor `cli`.
pub mod args;
pub mod exit;
pub mod output;
