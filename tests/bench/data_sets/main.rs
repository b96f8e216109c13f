//! Whether real data sets go in, are reported truthfully, go in again without a change, and come out again.
//!
//! `cargo bench --bench data_sets -- FOLDER [NAME]` takes the sets of a folder that has any of those in [`sets`]; with
//! a name, those alone whose name holds it, and shows what their imports say. A line a set, and below it a sentence for
//! each promise that was broken; it fails where one was.

#[path = "../../made/account.rs"]
mod account;
mod sets;
mod trip;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use trip::Trip;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let Some(folder) = args.first().map(Path::new) else {
        println!("usage: cargo bench --bench data_sets -- FOLDER [NAME]");
        return ExitCode::SUCCESS;
    };
    let named = args.get(1).map_or("", String::as_str);
    println!(
        "{:<22} {:>7} {:>7} {:>8} {:>8} {:>8}  out and in again",
        "set", "films", "people", "parts", "doubtful", "skipped"
    );
    let mut broken = 0;
    for set in sets::SETS.iter().filter(|set| set.name.contains(named)) {
        if let Some(path) = set.paths().find(|path| !folder.join(path).exists()) {
            println!("{:<22} missing: {path}", set.name);
            continue;
        }
        let (start, mut trip) = (Instant::now(), Trip::new(set, folder, !named.is_empty()));
        let line = trip.go();
        println!("{:<22} {line}, {:.0} s", set.name, start.elapsed().as_secs_f64());
        trip.broken.iter().for_each(|says| println!("  broken: {says}"));
        broken += trip.broken.len();
    }
    println!("{broken} promises broken");
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
