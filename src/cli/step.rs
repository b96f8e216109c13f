//! `undo` and `redo`.

use super::exit::Exit;
use super::output::say;
use super::session::{Session, World};
use crate::catalog::{Command, Outcome};
use color_eyre::Result;

/// Turns the account's last step, one way or the other.
pub fn run(world: &World, command: Command) -> Result<Exit> {
    let session = world.session()?;
    match session.run(command)?.outcome {
        Outcome::Undone(step) => say(&format!("undone: {step}")),
        Outcome::Redone(step) => say(&format!("done again: {step}")),
        _ => return Err(Session::astray()),
    }
    session.catalog().tidy()?;
    Ok(Exit::Done)
}
