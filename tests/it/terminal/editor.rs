//! Long text in `$EDITOR`, which has the terminal to itself meanwhile.

use super::is_sound;
use crate::cli::Home;
use crate::support::pty::{Play, cinedex};
use rustix::process::Signal;

fn browse_with(home: &Home, editor: &str) -> Play {
    let mut command = cinedex(&[], &home.path(""));
    command.env("VISUAL", editor);
    let mut play = Play::start(command, 80, 24);
    play.see(&format!("{} films", home.films));
    play
}

#[test]
fn a_description_is_written_there_and_saved() {
    let home = Home::with_films();
    // Says what the terminal is like, waits for a line, and writes it into the file.
    let mut play = browse_with(
        &home,
        r#"f() { stty -a | tr ' ' '\n' | grep -x echo; echo ready; read line; echo "$line" > "$1"; }; f"#,
    );
    play.send("e").see("Edit film").send("\t\t\t\t\t\t\t\t\x0f");
    play.see("ready").until("a plain screen", crate::support::pty::is_plain);
    assert!(play.contents().contains("echo"), "the editor's terminal does not echo");
    play.send("In words of our own.\n").see("Edit film").see("In words of our own.");
    play.send("\x13").lose("Edit film").see("In words of our own.");
    play.send("q").ended_with(0).is_as_before();
    is_sound(&home);
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let home = Home::with_films();
    let mut play = browse_with(&home, "no-such-editor-anywhere");
    play.send("e").see("Edit film").send("\t\t\t\t\t\t\t\t\x0f");
    play.see("was not found").send("\x1b").lose("Edit film").send("q").ended_with(0).is_as_before();
}

#[test]
fn a_signal_ends_the_session_while_the_editor_runs() {
    let home = Home::with_films();
    let mut play = browse_with(&home, "f() { echo ready; read line; }; f");
    play.send("e").see("Edit film").send("\t\t\t\t\t\t\t\t\x0f").see("ready");
    play.signal(Signal::INT).signal(Signal::TERM).ended_with(143);
    assert!(play.modes_are_as_before());
}
