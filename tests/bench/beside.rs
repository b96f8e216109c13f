//! What one feels while another imports: the real binary on a terminal of its own over a copy of a catalogue, and
//! `cinedex import imdb` into that copy in another process. Keys are typed all the while, steps, pages and letters of
//! the finder, and before it the same keys with nothing else going on.
//!
//! `cargo bench --bench beside -- CATALOGUE DUMP`: a dump that is not in the catalogue yet, such as
//! `cargo bench --bench scale -- make` makes. The copy lies beside the catalogue and is removed at the end.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]
#![allow(dead_code, reason = "the tests use all of the terminal")]

mod keys;
#[path = "../it/support/pty.rs"]
mod pty;

use keys::{Step, millis, share, step};
use pty::{Play, cinedex};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Kinds that the made-up dumps are of.
const KINDS: &str = "movie,short,tvMovie,video";
/// Steps, pages and letters, ending where they began. `\u{6}` and `\u{2}` are pages down and up.
const KEYS: [&str; 22] = [
    "j", "j", "j", "\u{6}", "\u{6}", "k", "k", "\u{2}", "j", "\u{2}", "k", "/", "c", "a", "r", "t", "e", "r", "\u{7f}",
    "\u{7f}", "s", "\u{1b}",
];
/// So often the keys are typed with nothing else going on.
const ROUNDS: usize = 20;

/// What the other process is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Nothing,
    Reading,
    Matching,
    Writing,
    Tidying,
}

impl At {
    const ALL: [At; 5] = [At::Nothing, At::Reading, At::Matching, At::Writing, At::Tidying];

    /// What its terminal says: a bar with the phase before it, and in the end the report.
    fn of(import: &Play) -> At {
        let shown = import.contents();
        let says = |word| shown.contains(word);
        if says("movies:") {
            At::Tidying
        } else if says("writing") {
            At::Writing
        } else if says("matching") {
            At::Matching
        } else {
            At::Reading
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [catalog, dump] = &words[..] else { return println!("usage: beside CATALOGUE DUMP") };
    let (catalog, dump) = (fs::canonicalize(catalog).unwrap(), fs::canonicalize(dump).unwrap());
    let home = tempfile::tempdir_in(catalog.parent().unwrap()).unwrap();
    let copy = home.path().join("films.cinedex");
    fs::copy(&catalog, &copy).unwrap();

    let mut session = start(home.path(), &copy, &[], (80, 24));
    session.see("films").see("▌");
    let mut felt: Vec<(At, Step)> = Vec::new();
    for _ in 0..ROUNDS {
        felt.extend(KEYS.map(|key| (At::Nothing, step(&mut session, key))));
    }
    let mut import =
        start(home.path(), &copy, &["import", "imdb", dump.to_str().unwrap(), "--types", KINDS], (120, 60));
    let begun = Instant::now();
    let mut since: Vec<(At, Duration)> = Vec::new();
    for key in KEYS.iter().cycle() {
        if import.has_ended() {
            break;
        }
        let at = At::of(&import);
        if since.last().is_none_or(|(last, _)| *last != at) {
            since.push((at, begun.elapsed()));
        }
        felt.push((at, step(&mut session, key)));
    }
    let took = begun.elapsed();
    print!("{}", import.contents().trim_end());
    println!("\n{} s in all; began {since:.1?}", took.as_secs());
    for at in At::ALL {
        report(at, &felt);
    }
    import.ended_with(0);
    session.signal(rustix::process::Signal::TERM).ended();
}

fn start(home: &Path, catalog: &Path, words: &[&str], (cols, rows): (u16, u16)) -> Play {
    let catalog: PathBuf = catalog.to_owned();
    let mut all = vec!["--catalog", catalog.to_str().unwrap()];
    all.extend(words);
    Play::start(cinedex(&all, home), cols, rows)
}

fn report(at: At, felt: &[(At, Step)]) {
    let steps: Vec<Step> =
        felt.iter().filter(|(other, step)| *other == at && step.frames > 0).map(|(_, step)| *step).collect();
    if steps.is_empty() {
        return println!("{at:?}: no key was typed");
    }
    let first = |part| millis(share(&steps, part, |step| step.first.as_micros()));
    let last = |part| millis(share(&steps, part, |step| step.last.as_micros()));
    println!(
        "{:<10} {:>5} keys   to the frame ms p50 {:>6.1} p99 {:>6.1} max {:>6.1}   settled p50 {:>6.1} p99 {:>6.1} max {:>6.1}",
        format!("{at:?}"),
        steps.len(),
        first(0.5),
        first(0.99),
        first(1.0),
        last(0.5),
        last(0.99),
        last(1.0),
    );
}
