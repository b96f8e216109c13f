//! Where there can be no screens, a sentence says what can be done instead.

use crate::support::pty::{Play, cinedex, command};

const COMMANDS: &str = "`cinedex search`, `cinedex list` and `cinedex show` work without one, see `cinedex --help`";

fn said(play: &Play) -> String {
    play.contents().lines().collect::<String>()
}

#[test]
fn on_a_dumb_terminal() {
    let home = tempfile::tempdir().unwrap();
    let mut program = cinedex(&[], home.path());
    program.env("TERM", "dumb");
    let mut play = Play::start(program, 200, 24);
    play.ended_with(2).see("TERM is dumb").is_as_before();
    assert!(said(&play).contains(COMMANDS), "{}", said(&play));
}

#[test]
fn without_a_terminal_to_read_or_to_write() {
    for redirection in ["< /dev/null", "<&-", "> out", ">&-"] {
        let home = tempfile::tempdir().unwrap();
        let script = format!("{} {redirection}; echo ended with $?", env!("CARGO_BIN_EXE_cinedex"));
        let mut play = Play::start(command("sh", &["-c", &script], home.path()), 200, 24);
        play.ended_with(0).see("ended with 2").is_as_before();
        assert!(said(&play).contains(COMMANDS), "{redirection}: {}", said(&play));
    }
}
