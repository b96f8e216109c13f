//! cinedex: a film catalogue that lives in a terminal.

pub mod app;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod domain;
pub mod posters;
pub mod runtime;
pub mod search;
pub mod sorter;
pub mod store;
pub mod transfer;
pub mod ui;

/// Records are made in one thread and freed in another, by the million in an import; the system's allocator lets these
/// threads wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
