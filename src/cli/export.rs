//! `export`: the catalogue in other forms.

use super::exit::Exit;
use super::list::pointed;
use super::output::{Output, say};
use super::session::World;
use crate::catalog::task::Export;
use crate::transfer::ImportError;
use crate::transfer::formats::{self, Outgoing};
use color_eyre::Result;
use std::io;

/// Gives out.
pub fn run(world: &World, export: &Export, out: &mut Output) -> Result<Exit> {
    let session = world.session()?;
    let (store, account) = (session.catalog().store(), session.actor().account());
    let mut job = Outgoing { store, export, account, progress: &mut |_| (), cancelled: &|| false };
    match formats::export(&mut job, out.writer()) {
        Ok(report) => say(&format!("{} records written", report.written)),
        // Whoever read them has enough.
        Err(ImportError::File(_, error)) if error.kind() == io::ErrorKind::BrokenPipe => return Err(error.into()),
        Err(ImportError::Query(fault)) => return Err(pointed(fault.into(), &export.query)),
        Err(error) => return Err(error.into()),
    }
    Ok(Exit::Done)
}
