//! `backup` and `restore`. They need no account, only the files.

use super::check::bytes;
use super::exit::Exit;
use super::output::say;
use super::session::World;
use crate::store::backup::{backup, restore as put_back};
use color_eyre::Result;
use std::fs;
use std::path::Path;

/// Takes a copy.
pub fn take(world: &World, file: &Path, overwrite: bool) -> Result<Exit> {
    let store = world.place()?.open()?.into_store();
    backup(&store, file, overwrite)?;
    let size = fs::metadata(file).map(|meta| format!(", {}", bytes(meta.len()))).unwrap_or_default();
    say(&format!("copied to {}{size}", file.display()));
    Ok(Exit::Done)
}

/// Puts a copy in the catalogue's place.
pub fn restore(world: &World, file: &Path) -> Result<Exit> {
    let path = world.path()?;
    let restored = put_back(file, &path)?;
    say(&format!("restored {} from {}", path.display(), file.display()));
    if let Some(kept) = restored.kept {
        say(&format!("what was there before is kept as {}", kept.display()));
    }
    Ok(Exit::Done)
}
