//! Importing and checking, each in a process of its own, so that each says what memory it took.

use super::{Outcome, baseline};
use cinedex::domain::{MovieKind, Timestamp};
use cinedex::store::backup::{Compacted, shrink};
use cinedex::store::{Access, Store, check};
use cinedex::transfer::{Options, Phase, Progress, imdb};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// As many digits as the time of day has.
const NOW: Timestamp = Timestamp(1_700_000_000_000);

/// Imports the dump into a new catalogue, by turns with sqlite3, then once more; then checks.
pub fn rounds(dump: &Path, rounds: u32) -> Outcome {
    let folder = tempfile::tempdir_in(dump.parent().unwrap_or(dump))?;
    let file = folder.path().join("films.cinedex");
    let mut ratios = Vec::new();
    for _ in 0..rounds.max(1) {
        let sqlite = baseline::run(dump)?.as_secs_f64();
        std::fs::remove_file(&file).or_else(|error| if file.exists() { Err(error) } else { Ok(()) })?;
        let start = Instant::now();
        again(&["import", &dump.to_string_lossy(), &file.to_string_lossy()])?;
        let ours = start.elapsed().as_secs_f64();
        println!("{ours:.1} s, and sqlite3 {sqlite:.1} s: {:.2}", ours / sqlite);
        ratios.push(ours / sqlite);
    }
    ratios.sort_by(f64::total_cmp);
    println!("median {:.2}\na second time:", ratios[ratios.len() / 2]);
    again(&["import", &dump.to_string_lossy(), &file.to_string_lossy()])?;
    again(&["check", &file.to_string_lossy()])
}

/// Runs this program with these words.
fn again(words: &[&str]) -> Outcome {
    let status = Command::new(std::env::current_exe()?).args(words).status()?;
    if status.success() { Ok(()) } else { Err(format!("{} failed", words[0]).into()) }
}

/// Imports, gives back what is dead, and says what it took.
pub fn import(dump: &Path, file: &Path) -> Outcome {
    let mut store = if file.exists() { Store::open(file, Access::Write)? } else { Store::create(file)? };
    let kinds = vec![MovieKind::Movie, MovieKind::Short, MovieKind::TvMovie, MovieKind::Video];
    let wanted = imdb::Wanted { kinds, ..imdb::Wanted::default() };
    let before = store.allocated()?;
    let start = Instant::now();
    let mut phases: Vec<(Phase, f64)> = Vec::new();
    let mut progress = |at: Progress| {
        if phases.last().is_none_or(|(phase, _)| *phase != at.phase) {
            phases.push((at.phase, start.elapsed().as_secs_f64()));
        }
    };
    let report = imdb::import(&store, dump, &wanted, &Options::at(NOW), &mut progress, &|| false)?;
    let imported = start.elapsed().as_secs_f64();
    report.lines().iter().for_each(|line| println!("  {line}"));
    println!("  phases began at {phases:.1?}, imported at {imported:.1} s");
    let writing = |phase| matches!(phase, Phase::Writing | Phase::WritingForGood);
    if let Some((_, since)) = phases.iter().find(|(phase, _)| writing(*phase)) {
        println!("  the writer was held for {:.1} s", imported - since);
    }
    let start = Instant::now();
    if let Some(Compacted { before, after }) = shrink(&mut store, before)? {
        let took = start.elapsed().as_secs_f64();
        println!("  compacted in {took:.1} s, {} bytes were dead", before.saturating_sub(after));
    }
    println!("  {:.2} GB on the disk, {} MiB of memory at most", store.allocated()? as f64 / 1e9, peak());
    Ok(())
}

/// Checks, and says what it took.
pub fn check(file: &Path) -> Outcome {
    let start = Instant::now();
    let report = check::check(&Store::open(file, Access::Read)?)?;
    let says = if report.is_clean() { "no faults" } else { "faults" };
    println!("check: {says}, {:.1} s, {} MiB of memory at most", start.elapsed().as_secs_f64(), peak());
    Ok(())
}

/// The most memory this process held so far, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}
