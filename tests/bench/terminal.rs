//! The real binary on a terminal of its own: start to the first full frame, key to frame, bytes of a step, and what
//! idling costs. A catalogue of the starter films unless one is named; the file is not changed.
//!
//! `cargo bench --bench terminal -- [CATALOGUE] [--idle SECONDS]`

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]
#![allow(dead_code, reason = "the tests use all of the terminal")]

mod keys;
#[path = "../it/support/pty.rs"]
mod pty;

use keys::{Step, frames, millis, share, step};
use pty::{Play, cinedex};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let (mut catalog, mut idle) = (None, 60);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--idle" => idle = words.next().and_then(|seconds| seconds.parse().ok()).expect("seconds"),
            _ => catalog = Some(fs::canonicalize(word).expect("a catalogue")),
        }
    }
    let home = tempfile::tempdir().unwrap();
    let catalog = catalog.unwrap_or_else(|| starter(home.path()));
    for (cols, rows) in [(80, 24), (200, 60)] {
        measure(home.path(), &catalog, cols, rows);
    }
    rest(home.path(), &catalog, idle);
}

fn starter(home: &Path) -> PathBuf {
    let catalog = home.join("films");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cinedex"));
    let done = command.args(["import", "starter", "--catalog"]).arg(&catalog).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    catalog
}

fn browse(home: &Path, catalog: &Path, cols: u16, rows: u16) -> Play {
    let mut play = Play::start(cinedex(&["--catalog", catalog.to_str().unwrap()], home), cols, rows);
    play.see("films").see("▌");
    play
}

fn measure(home: &Path, catalog: &Path, cols: u16, rows: u16) {
    println!("{cols}x{rows}");
    let starts: Vec<Step> = (0..10).map(|_| start(home, catalog, cols, rows)).collect();
    report("start to the first full frame", &starts);
    let mut play = browse(home, catalog, cols, rows);
    let mut run = |what: &str, keys: &[&str]| {
        let steps: Vec<Step> = keys.iter().map(|key| step(&mut play, key)).collect();
        report(what, &steps);
    };
    run("a step down", &["j"; 150]);
    run("a step up", &["k"; 150]);
    run("a page down, up", &["\x06", "\x02"].repeat(20));
    run("screens", &["2", "3", "1"].repeat(20));
    run("people: a step down", &[&["2"][..], &["j"; 100], &["1"]].concat());
    let letters: Vec<String> = "casablnca".chars().map(String::from).collect();
    let typing: Vec<&str> = ["/"].into_iter().chain(letters.iter().map(String::as_str)).chain(["\x1b"]).collect();
    run("the finder", &typing.repeat(5));
    play.send("q").ended();
}

fn start(home: &Path, catalog: &Path, cols: u16, rows: u16) -> Step {
    let begun = Instant::now();
    let mut play = browse(home, catalog, cols, rows);
    let last = begun.elapsed();
    let sent = play.sent();
    let step = Step { first: last, last, bytes: sent.len(), frames: frames(&sent) };
    play.send("q").ended();
    step
}

fn report(what: &str, steps: &[Step]) {
    let first = |part| millis(share(steps, part, |step| step.first.as_micros()));
    let last = |part| millis(share(steps, part, |step| step.last.as_micros()));
    let bytes = |part| share(steps, part, |step| step.bytes as u128);
    let frames = |part| share(steps, part, |step| step.frames as u128);
    println!(
        "  {what:<30} frame ms p50 {:>6.1} p99 {:>6.1}   settled p99 {:>6.1}   bytes p50 {:>5} p99 {:>5}   frames p50 {} max {}",
        first(0.5),
        first(0.99),
        last(0.99),
        bytes(0.5),
        bytes(0.99),
        frames(0.5),
        frames(1.0),
    );
}

/// What idling costs, by what the scheduler counted for each thread.
fn rest(home: &Path, catalog: &Path, seconds: u64) {
    let mut play = browse(home, catalog, 120, 40);
    play.send("jjj");
    std::thread::sleep(Duration::from_secs(2));
    let process = format!("/proc/{}", play.pid().as_raw_nonzero());
    let (cpu, sent) = (spent(&process), play.sent().len());
    std::thread::sleep(Duration::from_secs(seconds));
    let micros = (spent(&process) - cpu) / 1000;
    println!("idle for {seconds} s: {} bytes, {micros} microseconds of processor time", play.sent().len() - sent);
    let status = fs::read_to_string(format!("{process}/status")).unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")) {
        println!("{line}");
    }
    play.send("q").ended();
}

fn spent(process: &str) -> u64 {
    let tasks = fs::read_dir(format!("{process}/task")).expect("Linux");
    let of = |task: PathBuf| fs::read_to_string(task.join("schedstat")).ok()?.split(' ').next()?.parse::<u64>().ok();
    tasks.filter_map(|task| of(task.ok()?.path())).sum()
}
