//! Single durable edits against empty commits of the same file, in turns; what 10,000 edits of the same films leave
//! of the file; and how long a check of it takes.
//!
//! `cargo bench --bench edits -- [CATALOGUE]`: in catalogues of 300 and of 30,000 movies made up here, or in the one
//! named. That one is changed: name a copy.

#[path = "../../made/account.rs"]
mod account;
mod churn;
mod made;
mod turns;

use cinedex::catalog::Catalog;
use cinedex::catalog::password::Cost;
use cinedex::domain::Timestamp;
use cinedex::store::check::check;
use cinedex::store::{Access, Store};
use std::path::Path;
use std::time::Instant;

fn at(number: i64) -> Timestamp {
    Timestamp(1_700_000_000_000 + number)
}

fn main() {
    let named = std::env::args().skip(1).find(|word| !word.starts_with("--"));
    if let Some(file) = named {
        measure(Store::open(Path::new(&file), Access::Write).expect("a catalogue"));
        return;
    }
    for movies in [300, 30_000] {
        println!("{movies} movies");
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let store = Store::create(&folder.path().join("films.cinedex")).expect("a catalogue");
        made::fill(&store, movies);
        measure(store);
    }
}

fn measure(store: Store) {
    let catalog = Catalog::over(store, Cost::default(), None);
    catalog.tidy().expect("it tidies");
    made::join(catalog.store());
    turns::run(catalog.store());
    churn::run(&catalog);
    let start = Instant::now();
    let report = check(catalog.store()).expect("it is checked");
    println!("check: {:.2} s, {} faults", start.elapsed().as_secs_f64(), report.faults.len());
}
