//! The real binary on a real terminal: what it shows, and that the terminal comes back.

mod beside;
mod comes_back;
mod commands;
mod crash;
mod editor;
mod refused;
mod size;
mod stops;
mod story;
mod tasks;
mod two;

use crate::cli::Home;
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

/// The starter films, browsed at 80x24.
fn films() -> (Home, Play) {
    let home = Home::with_films();
    let play = browse(&home);
    (home, play)
}

/// Another pair of eyes on the same catalogue.
fn browse(home: &Home) -> Play {
    let mut play = Play::start(cinedex(&[], &home.path("")), 80, 24);
    play.see(&format!("{} films", home.films));
    play
}

/// Answers the question for an account with a new one, remembered on this machine.
fn sign_up(play: &mut Play) {
    play.see("Create an account").send("ada\tnine pebbles\tnine pebbles\t\t ").see("[x]").send("\r");
}

/// Asserts that nothing is wrong with the catalogue.
#[track_caller]
fn is_sound(home: &Home) {
    let ran = home.run(&["check"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
}
