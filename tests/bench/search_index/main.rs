//! One keystroke over 6,000,000 made-up names on disk.
//!
//! `cargo bench --bench search_index -- FILE [NAMES] [SEED]` builds FILE if it is not there, then asks. Build and
//! ask in two runs to see the memory that asking takes.

mod ask;
mod names;
mod questions;
#[path = "../../made/random.rs"]
mod random;
mod table;
mod times;
#[path = "../../made/words.rs"]
mod words;

use cinedex::search::Trouble;
use std::path::Path;

fn main() -> Result<(), Trouble> {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(file) = args.next() else {
        println!("usage: search_index FILE [NAMES] [SEED]");
        return Ok(());
    };
    let count = args.next().map_or(Ok(6_000_000), |count| count.parse())?;
    let seed = args.next().map_or(Ok(1), |seed| seed.parse())?;
    let file = Path::new(&file);
    if file.exists() { ask::run(file, seed) } else { table::make(file, &names::Made::new(count, seed)) }
}
