//! An import as large as the films of IMDb, beside what sqlite3 takes to read and index the same tables.
//!
//! `cargo bench --bench scale -- make FOLDER [FILMS] [SEED]` makes up the dump; `run FOLDER [ROUNDS]` imports it into
//! a new catalogue beside it and lets sqlite3 do its part, by turns, then imports again and checks; `tables CATALOGUE`
//! says what of a file each table takes.

mod baseline;
#[path = "../../made/mod.rs"]
mod made;
mod measure;
mod tables;

use std::path::Path;
use std::time::Instant;

/// What went wrong, whatever it was.
type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let number = |place: usize, usual: u32| args.get(place).map_or(Ok(usual), |arg| arg.parse());
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", folder, ..] => {
            let start = Instant::now();
            let dump = made::Dump { films: number(2, 2_000_000)?, seed: number(3, 1)?.into() };
            dump.write(Path::new(folder))?;
            println!("made in {:.1} s", start.elapsed().as_secs_f64());
            Ok(())
        }
        ["run", folder, ..] => measure::rounds(Path::new(folder), number(2, 1)?),
        ["import", folder, file] => measure::import(Path::new(folder), Path::new(file)),
        ["check", file] => measure::check(Path::new(file)),
        ["tables", file] => tables::print(Path::new(file)),
        _ => {
            println!("usage: scale make FOLDER [FILMS] [SEED] | run FOLDER [ROUNDS] | tables CATALOGUE");
            Ok(())
        }
    }
}
