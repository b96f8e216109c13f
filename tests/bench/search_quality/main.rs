//! How well the finder finds: damages real names in known ways and looks where the answer comes.
//!
//! `cargo bench --bench search_quality -- FOLDER [SEED] [QUERIES]`, where FOLDER holds `search-truth`, `tmdb` and
//! `justwatch`. Prints mean reciprocal rank and right answers among the first ten for each kind of damage.
//! `PEER=scan`, `PEER=frizbee` and `PEER=trigrams` ask others than the index.

mod corpus;
mod damage;
mod human;
mod peers;
#[path = "../../made/random.rs"]
mod random;
mod score;
mod synthetic;
mod truth;

use cinedex::search::Trouble;
use std::path::Path;

fn main() -> Result<(), Trouble> {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(folder) = args.next() else {
        println!("usage: search_quality FOLDER [SEED] [QUERIES]");
        return Ok(());
    };
    let seed = args.next().map_or(Ok(20_250_101), |seed| seed.parse())?;
    let count = args.next().map_or(Ok(1300), |count| count.parse())?;
    let only = args.next().unwrap_or_default();
    let folder = Path::new(&folder);
    if only.is_empty() || only == "truth" {
        truth::run(folder, seed, count)?;
    }
    if only.is_empty() || only == "synthetic" {
        synthetic::run(folder)?;
    }
    if only.is_empty() || only == "human" {
        human::run(folder)?;
    }
    Ok(())
}
