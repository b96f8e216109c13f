//! A dump in the form of IMDb's, made up.
//!
//! `cargo bench --bench scale -- make FOLDER [FILMS] [SEED]` writes it; `tables CATALOGUE` says what of a file each
//! table takes.

#[path = "../../made/mod.rs"]
mod made;

use redb::{ReadableDatabase, ReadableTableMetadata, TableHandle, UntypedTableHandle};
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
        ["tables", file] => tables(Path::new(file))?,
        _ => println!("usage: scale make FOLDER [FILMS] [SEED]"),
    }
    Ok(())
}

/// Prints what each table takes.
fn tables(file: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let database = redb::Builder::new().set_concurrency_mode(redb::ConcurrencyMode::MultiWriter).open(file)?;
    let txn = database.begin_read()?;
    println!("{:<28} {:>10} {:>8} {:>8} {:>8} {:>8}", "table", "rows", "pages", "stored", "keys etc", "unused");
    for handle in txn.list_tables()? {
        let table = txn.open_untyped_table(handle.clone())?;
        let (stats, rows) = (table.stats()?, table.len()?);
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        println!(
            "{:<28} {rows:>10} {:>8} {:>8.1} {:>8.1} {:>8.1}",
            handle.name(),
            stats.leaf_pages() + stats.branch_pages(),
            mib(stats.stored_bytes()),
            mib(stats.metadata_bytes()),
            mib(stats.fragmented_bytes()),
        );
    }
    Ok(())
}
