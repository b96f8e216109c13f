//! cinedex: a film catalogue that lives in a terminal.

pub mod app;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod domain;
pub mod posters;
pub mod runtime;
pub mod search;
pub mod store;
pub mod transfer;
pub mod ui;
