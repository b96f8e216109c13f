//! `import`: films from elsewhere. A catalogue that is not there yet is made.

use super::args::Import;
use super::exit::Exit;
use super::output::say;
use super::session::World;
use crate::catalog::now;
use crate::transfer::starter;
use color_eyre::Result;
use color_eyre::eyre::bail;

/// Takes films in.
pub fn run(world: &World, import: &Import) -> Result<Exit> {
    match import {
        Import::Starter => load_starter(world),
        Import::Wikipedia { .. } => bail!("this import is not built in yet"),
    }
}

fn load_starter(world: &World) -> Result<Exit> {
    let session = world.session_or_new()?;
    session.catalog().may_edit(session.actor())?;
    match starter::load(session.catalog().store(), now())? {
        0 => bail!("there are films in the catalogue already; the starter films are for an empty one"),
        films => say(&format!("{films} films came in")),
    }
    Ok(Exit::Done)
}
