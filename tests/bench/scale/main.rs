//! A dump in the form of IMDb's, made up.
//!
//! `cargo bench --bench scale -- make FOLDER [FILMS] [SEED]`

#[path = "../../made/mod.rs"]
mod made;

use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let number = |place: usize, usual: u32| args.get(place).map_or(Ok(usual), |arg| arg.parse());
    let start = Instant::now();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", folder, ..] => {
            let dump = made::Dump { films: number(2, 2_000_000)?, seed: number(3, 1)?.into() };
            dump.write(Path::new(folder))?;
            println!("made in {:.1} s", start.elapsed().as_secs_f64());
        }
        _ => println!("usage: scale make FOLDER [FILMS] [SEED]"),
    }
    Ok(())
}
