//! Import of Wikipedia's film lists into a new catalogue, and once more: time, memory, size.
//!
//! `cargo bench --bench import -- PATH...`

use cinedex::domain::Timestamp;
use cinedex::store::Store;
use cinedex::transfer::{Options, Phase, wikipedia};
use std::path::PathBuf;
use std::time::Instant;

/// The most memory this process held so far, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).filter(|word| word != "--bench").map(PathBuf::from).collect();
    if paths.is_empty() {
        println!("name files or folders of film lists: cargo bench --bench import -- PATH...");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::create(&folder.path().join("films")).expect("a catalogue");
    for round in ["first", "second"] {
        let start = Instant::now();
        let mut phases: Vec<(Phase, f64)> = Vec::new();
        let mut progress = |at: cinedex::transfer::Progress| {
            if phases.last().is_none_or(|(phase, _)| *phase != at.phase) {
                phases.push((at.phase, start.elapsed().as_secs_f64()));
            }
        };
        let report = wikipedia::import(&store, &paths, &Options::at(Timestamp(1)), &mut progress, &|| false);
        let report = report.expect("the lists are whole");
        println!("{round}: {:.2} s, {} MiB at most, phases began at {phases:.2?}", report.took.as_secs_f64(), peak());
        println!(
            "  read {}, {} merged, {} skipped, {} doubtful",
            report.read, report.merged, report.skipped, report.doubtful
        );
        println!("  movies {:?}\n  people {:?}\n  characters {:?}", report.movies, report.people, report.characters);
        for skip in report.skips {
            println!("  skipped: {skip:?}");
        }
    }
    println!("file: {} KiB", std::fs::metadata(store.path()).map_or(0, |meta| meta.len() / 1024));
}
