//! Merging what changed, when nobody waits.

use super::cast::prepare_cast;
use super::{failed, replace, shelf};
use crate::search::index::{self, MAIN, Ready};
use crate::store::error::Result;
use crate::store::open::Store;
use crate::store::read::{Read, Tables};
use crate::store::tables::{FRESH_NAMES, counter};
use crate::store::write::Writer;
use redb::{ReadableTable, ReadableTableMetadata};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A merge that is ready waits so long for others who write.
const PATIENCE: Duration = Duration::from_secs(2);

/// Merges changed names into the index below them, if there are many. Others go on reading and writing meanwhile;
/// where another session does the same, or writes for long, it is left for the next time.
///
/// # Errors
/// When the store fails, or the disk is full.
pub fn tidy(store: &Store) -> Result<()> {
    plan(store)?.map_or(Ok(()), |plan| carry_out(store, &plan))
}

/// A merge made ready.
pub(in crate::store) struct Plan {
    ready: Vec<Ready>,
    /// The layers it was made of: their number, and the fresh rows.
    layers: u64,
    merged: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Makes a merge ready, if one is due.
pub(in crate::store) fn plan(store: &Store) -> Result<Option<Plan>> {
    let txn = store.begin_read()?;
    let many = txn.table(FRESH_NAMES)?.len()? > index::CHANGES;
    let mut due = txn.counter(counter::CAST_DUE)? > 0;
    if store.read_only() || !many && !due {
        return Ok(None);
    }
    let (mut ready, mut merged) = (Vec::new(), Vec::new());
    if many {
        let shelf = shelf(&txn)?;
        let made = index::place(&shelf, 0).and_then(|layer| index::merge(&shelf, None, layer, store.folder()));
        let made = made.map_err(|trouble| failed(store.folder(), trouble))?;
        due |= made.layer() == MAIN;
        ready.push(made);
        merged = fresh_rows(&txn)?;
    }
    if due {
        ready.push(prepare_cast(&txn, store.folder())?);
    }
    Ok(Some(Plan { ready, layers: txn.counter(counter::LAYERS)?, merged }))
}

/// Writes a merge. Rows that came or changed meanwhile stay fresh.
pub(in crate::store) fn carry_out(store: &Store, plan: &Plan) -> Result<()> {
    let Some(writer) = writer(store)? else { return Ok(()) };
    if writer.read().counter(counter::LAYERS)? != plan.layers {
        return Ok(());
    }
    plan.ready.iter().try_for_each(|ready| replace(writer.txn(), ready, store.folder()))?;
    {
        let mut fresh = writer.txn().open_table(FRESH_NAMES)?;
        for (key, row) in &plan.merged {
            let same = fresh.get(key.as_slice())?.is_some_and(|now| now.value() == row);
            if same {
                fresh.remove(key.as_slice())?;
            }
        }
    }
    writer.commit_unseen()
}

/// The writer, unless others keep it.
fn writer(store: &Store) -> Result<Option<Writer<'_>>> {
    let patience = Instant::now() + PATIENCE;
    loop {
        let writer = store.try_begin_write()?;
        if writer.is_some() || Instant::now() > patience {
            return Ok(writer);
        }
        sleep(Duration::from_millis(2));
    }
}

fn fresh_rows(txn: &impl Tables) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let mut rows = Vec::new();
    for row in txn.table(FRESH_NAMES)?.iter()? {
        let (key, row) = row?;
        rows.push((key.value().to_vec(), row.value().to_vec()));
    }
    Ok(rows)
}
