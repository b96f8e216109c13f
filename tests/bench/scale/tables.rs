//! What of a catalogue's file each table takes.

use super::Outcome;
use redb::{Builder, ConcurrencyMode, ReadableDatabase, ReadableTableMetadata, TableHandle};
use std::path::Path;

/// Prints it, in MiB.
pub fn print(file: &Path) -> Outcome {
    let database = Builder::new().set_concurrency_mode(ConcurrencyMode::MultiWriter).open(file)?;
    let txn = database.begin_read()?;
    println!("{:<28} {:>10} {:>8} {:>8} {:>8}", "table", "rows", "stored", "keys etc", "unused");
    for handle in txn.list_tables()? {
        let table = txn.open_untyped_table(handle.clone())?;
        let (stats, rows) = (table.stats()?, table.len()?);
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        println!(
            "{:<28} {rows:>10} {:>8.1} {:>8.1} {:>8.1}",
            handle.name(),
            mib(stats.stored_bytes()),
            mib(stats.metadata_bytes()),
            mib(stats.fragmented_bytes()),
        );
    }
    Ok(())
}
