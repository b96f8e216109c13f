//! Stopped and continued: the shell gets its terminal in between.

use crate::support::pty::{Play, cinedex, command, is_plain};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// cinedex as a job of a shell that says when it stopped, waits for a line, and goes on with it.
fn job() -> (TempDir, Play) {
    let home = tempfile::tempdir().unwrap();
    let script = format!(
        "set -m; {} ; echo stopped with $?; stty -a > modes; read line; fg; echo ended with $?",
        env!("CARGO_BIN_EXE_cinedex")
    );
    let mut play = Play::start(command("bash", &["-c", &script], home.path()), 80, 24);
    play.see("the starter films");
    (home, play)
}

fn goes_on(play: &mut Play) {
    play.see("stopped with").until("a plain screen", is_plain);
    assert!(play.modes_are_as_before());
    play.send("\n").see("the starter films");
    play.send("\x1b").lose("the starter films").send("q").see("ended with 0");
    play.ended();
    play.is_as_before();
}

#[test]
fn by_its_own_key() {
    let (_home, mut play) = job();
    play.send("\x1b").lose("the starter films");
    play.send("\x1a").see("stopped with").until("a plain screen", is_plain);
    play.resize(100, 30).send("\n").see("1 Movies");
    play.send("q").see("ended with 0");
    play.ended();
    play.is_as_before();
}

#[test]
#[cfg(target_os = "linux")]
fn by_a_signal_from_outside() {
    let (_home, mut play) = job();
    let job = child_of(play.pid());
    kill_process(job, Signal::TSTP).unwrap();
    goes_on(&mut play);
}

/// Nobody could continue the leader of a session: ctrl-z only draws again.
#[test]
fn not_where_no_shell_could_continue_it() {
    let home = tempfile::tempdir().unwrap();
    let mut play = Play::start(cinedex(&[], home.path()), 80, 24);
    play.see("the starter films").send("\x1b").lose("the starter films");
    play.send("\x1a").signal(Signal::TSTP).send("q").ended_with(0).is_as_before();
}

#[cfg(target_os = "linux")]
fn child_of(parent: Pid) -> Pid {
    let path = format!("/proc/{0}/task/{0}/children", parent.as_raw_nonzero());
    let children = std::fs::read_to_string(path).unwrap();
    Pid::from_raw(children.split_whitespace().next().unwrap().parse().unwrap()).unwrap()
}
