//! Every way to end gives the terminal back as it was.

use super::{welcome, welcome_with};
use crate::support::pty::{Play, eventually};
use rustix::process::Signal;
use std::fs;

#[test]
fn when_its_user_quits() {
    let (_home, mut play) = welcome();
    play.send("\x1b").lose("the starter films").send("q").ended_with(0).is_as_before();
}

#[test]
fn when_a_signal_ends_it() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let (_home, mut play) = welcome();
        play.signal(signal).ended_with(code).is_as_before();
    }
}

#[test]
#[cfg(debug_assertions)]
fn when_it_panics() {
    let (_home, mut play) = welcome_with(|command| command.env("CINEDEX_PANIC", "draw"));
    play.send("\x1b").ended_with(101).is_as_before();
    let shown = play.contents();
    assert!(shown.contains("told to panic"), "{shown}");
    assert_eq!(shown.matches("told to panic").count(), 1, "{shown}");
}

/// A terminal that is gone ends the program at once, which spins no moment.
#[test]
#[cfg(target_os = "linux")]
fn when_the_terminal_vanishes() {
    let (_home, mut play) = welcome();
    let stat = format!("/proc/{}/stat", play.pid().as_raw_nonzero());
    play.hang_up();
    let fields = eventually("the end", || {
        let text = fs::read_to_string(&stat).unwrap();
        let fields: Vec<String> = text.rsplit(')').next().unwrap().split_whitespace().map(str::to_owned).collect();
        (fields[0] == "Z").then_some(fields)
    });
    // In hundredths of a second, by the program and by the system for it.
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    assert!(ticks < 100, "{ticks} ticks");
    play.ended_with(129);
}

/// Takes nothing and asks for frames until the program's writer is stuck: it waits in the same place, has not run in
/// between, and that is no lock, for which it would wait without work.
#[cfg(target_os = "linux")]
fn freeze(play: &mut Play) {
    const LOOKS: usize = 8;
    play.freeze();
    let tasks = format!("/proc/{}/task", play.pid().as_raw_nonzero());
    let (mut turn, mut alike, mut before) = (0, 0, None);
    eventually("a full terminal", || {
        turn += 1;
        play.resize(300 - turn % 100, 100).send("\x0c");
        let mut tasks = fs::read_dir(&tasks).unwrap().map(|task| task.unwrap().path());
        let output = tasks.find(|task| fs::read_to_string(task.join("comm")).is_ok_and(|name| name == "output\n"))?;
        let place = fs::read_to_string(output.join("wchan")).ok()?;
        let status = fs::read_to_string(output.join("status")).ok()?;
        let runs: Vec<String> = status.lines().filter(|line| line.contains("ctxt")).map(str::to_owned).collect();
        let stuck = !place.starts_with("futex") && place != "0";
        let now = Some((place, runs));
        alike = if stuck && now == before { alike + 1 } else { 0 };
        before = now;
        (alike == LOOKS).then_some(())
    });
}

#[test]
#[cfg(target_os = "linux")]
fn when_the_terminal_is_frozen() {
    let (_home, mut play) = welcome();
    freeze(&mut play);
    play.signal(Signal::TERM).ended_with(143);
    assert!(play.modes_are_as_before());
    let sent = String::from_utf8_lossy(&play.thaw().rest()).into_owned();
    assert!(!sent.contains("\x1b[?1049l"), "the terminal was not frozen at all");
}

#[test]
#[cfg(target_os = "linux")]
fn when_it_was_frozen_and_goes_on() {
    let (_home, mut play) = welcome();
    freeze(&mut play);
    play.resize(80, 24).thaw().see("the starter films");
    play.send("\x1b").lose("the starter films").send("q").ended_with(0).is_as_before();
}
