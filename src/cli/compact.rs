//! `compact`: dead space goes back to the disk. Needs the file alone.

use super::check::bytes;
use super::exit::Exit;
use super::output::say;
use super::session::World;
use crate::store::backup::{Compacted, compact};
use color_eyre::Result;

/// Compacts.
pub fn run(world: &World) -> Result<Exit> {
    let mut store = world.place()?.open()?.into_store();
    let Compacted { before, after } = compact(&mut store)?;
    let given = before.saturating_sub(after);
    say(&format!("the catalogue takes {}; {} were given back", bytes(after), bytes(given)));
    Ok(Exit::Done)
}
