//! `export`: the catalogue in other forms.

use super::args::Export;
use super::exit::Exit;
use super::output::{Output, say};
use super::session::World;
use crate::transfer::{ImportError, jsonl};
use color_eyre::Result;
use std::io;

/// Gives out.
pub fn run(world: &World, export: &Export, out: &mut Output) -> Result<Exit> {
    let Export::Jsonl = export;
    let session = world.session()?;
    match jsonl::export(session.catalog().store(), out.writer(), &mut |_| true) {
        Ok(records) => say(&format!("{records} records")),
        // Whoever read them has enough.
        Err(ImportError::File(_, error)) if error.kind() == io::ErrorKind::BrokenPipe => return Err(error.into()),
        Err(error) => return Err(error.into()),
    }
    Ok(Exit::Done)
}
