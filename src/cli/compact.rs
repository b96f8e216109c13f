//! `compact`: dead space goes back to the disk. Needs the file alone.

use super::check::bytes;
use super::exit::Exit;
use super::output::say;
use super::session::World;
use color_eyre::Result;

/// Compacts until nothing is left to give back.
pub fn run(world: &World) -> Result<Exit> {
    let mut store = world.place()?.open()?.into_store();
    let before = store.allocated()?;
    while store.compact()? {}
    let after = store.allocated()?;
    let given = before.saturating_sub(after);
    say(&format!("the catalogue takes {}; {} were given back", bytes(after), bytes(given)));
    Ok(Exit::Done)
}
