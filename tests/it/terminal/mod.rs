//! The real binary on a real terminal: what it shows, and that the terminal comes back.

mod comes_back;
mod refused;
mod size;
mod stops;

use crate::support::pty::{Play, cinedex};
use tempfile::TempDir;

/// The screens over nothing yet, the welcome before them.
fn welcome() -> (TempDir, Play) {
    welcome_with(|_| {})
}

fn welcome_with(change: impl FnOnce(&mut portable_pty::CommandBuilder)) -> (TempDir, Play) {
    let home = tempfile::tempdir().unwrap();
    let mut command = cinedex(&[], home.path());
    change(&mut command);
    let mut play = Play::start(command, 80, 24);
    play.see("the starter films");
    (home, play)
}
