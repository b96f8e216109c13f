//! Bringing files of older formats up to date. A step leads from one format to the next; once released it is never
//! changed. A copy of the file is kept before the first one runs.

use super::backup::{backup, free_name};
use super::error::{Result, StoreError};
use super::open::Store;
use super::tables::{COUNTERS, FORMAT, REVIEWS, counter};
use redb::WriteTransaction;
use std::path::PathBuf;

/// One step, in the transaction that makes it last.
pub(super) type Step = fn(&WriteTransaction) -> Result<()>;

/// The first step leads from format 1 to 2.
const STEPS: &[Step] = &[lay_reviews];

/// 1 to 2: the review queue.
fn lay_reviews(txn: &WriteTransaction) -> Result<()> {
    txn.open_table(REVIEWS)?;
    Ok(())
}

const _: () = assert!(STEPS.len() + 1 == FORMAT as usize, "a step leads to every format but the first");

/// Brings an older file up to date; returns where its copy is.
///
/// # Errors
/// [`StoreError::Older`] where it can only be read. After any error the file is as it was.
pub(super) fn migrate(store: &Store) -> Result<PathBuf> {
    run(store, STEPS)
}

pub(super) fn run(store: &Store, steps: &[Step]) -> Result<PathBuf> {
    let format = store.format()?;
    if store.read_only() {
        return Err(StoreError::Older(store.path().to_owned(), format));
    }
    let copy = free_name(store.path(), &format!("format-{format}"));
    backup(store, &copy, false)?;
    let mut writer = store.begin_write()?;
    for step in &steps[format as usize - 1..] {
        step(writer.txn())?;
    }
    writer.txn().open_table(COUNTERS)?.insert(counter::FORMAT, steps.len() as u64 + 1)?;
    writer.touch();
    writer.commit()?;
    Ok(copy)
}
