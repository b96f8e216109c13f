//! Rows read ahead of those who ask for them: side by side, where the disk is late with each. What was read waits in
//! the cache of pages.

use super::error::Result;
use redb::{Key, ReadTransaction, TableDefinition, Value};
use std::borrow::Borrow;
use std::thread;
use std::time::{Duration, Instant};

/// So many rows tell whether the disk is late.
const PROBES: usize = 3;
/// A row that takes longer came from the disk.
const LATE: Duration = Duration::from_micros(40);
/// More rows would push each other out of the cache.
const MOST: usize = 2_000;
/// So many rows are on their way at once.
const READERS: usize = 32;
/// For fewer rows no reader is worth its start.
const SHARE: usize = 4;

/// Reads these rows, if they are not at hand. What fails here fails again where the row is asked for.
pub(super) fn ahead<'k, K: Key + Send + 'static, V: Value + Send + 'static>(
    txn: &ReadTransaction,
    definition: TableDefinition<K, V>,
    keys: &[impl Borrow<K::SelfType<'k>> + Copy + Sync],
) {
    if keys.len() <= PROBES {
        return;
    }
    let (first, rest) = keys[..keys.len().min(MOST)].split_at(PROBES);
    let start = Instant::now();
    let read = read(txn, definition, first);
    if read.is_err() || start.elapsed() < LATE * PROBES as u32 {
        return;
    }
    thread::scope(|scope| {
        for keys in rest.chunks(rest.len().div_ceil(READERS).max(SHARE)) {
            let reads = move || self::read(txn, definition, keys);
            let reader = thread::Builder::new().spawn_scoped(scope, reads);
            if reader.is_err() {
                break;
            }
        }
    });
}

fn read<'k, K: Key + Send + 'static, V: Value + Send + 'static>(
    txn: &ReadTransaction,
    definition: TableDefinition<K, V>,
    keys: &[impl Borrow<K::SelfType<'k>> + Copy],
) -> Result<()> {
    let table = txn.open_table(definition)?;
    for key in keys {
        table.get(*key)?;
    }
    Ok(())
}
