//! A second look, only where the sums differ: which entries are missing, and which nothing asks for.

use super::sums::{Bucket, bucket};
use super::{Faults, Survey, present, source};
use crate::store::entry::{Entry, Index};
use crate::store::error::Result;
use crate::store::read::Read;
use std::collections::{BTreeMap, BTreeSet};

/// So many entries are named; each differing bucket has at least one, so no more buckets need to be looked into.
const NAMED: usize = 20;

/// Names entries that are missing or too many in these buckets.
///
/// # Errors
/// When the store fails.
pub fn differences(txn: &impl Read, differing: &[Bucket], faults: &mut Faults) -> Result<()> {
    if differing.is_empty() {
        return Ok(());
    }
    let few: BTreeSet<Bucket> = differing.iter().take(NAMED).copied().collect();
    let wrong = balance(txn, &few)?;
    for (entry, count) in wrong.iter().take(NAMED) {
        let record = source::source(entry).map_or_else(|| "an entry of no record".to_owned(), |key| key.to_string());
        let says = if *count > 0 { "lacks its entry" } else { "has an entry that it does not ask for" };
        faults.add(source::table_name(entry.index), record, says);
    }
    let more = wrong.len().saturating_sub(NAMED) + differing.len().saturating_sub(NAMED);
    if more > 0 {
        faults.add("indexes", "entries:", format!("at least {more} more are missing or too many"));
    }
    Ok(())
}

/// Entries of the buckets with how often they are wanted less how often they are there, where that is not 0.
fn balance(txn: &impl Read, few: &BTreeSet<Bucket>) -> Result<BTreeMap<Entry, i64>> {
    let mut balance: BTreeMap<Entry, i64> = BTreeMap::new();
    Survey::new(txn).all(&mut |entry| {
        if few.contains(&bucket(entry)) {
            *balance.entry(entry.clone()).or_default() += 1;
        }
        Ok(())
    })?;
    present::borne(txn, &mut |entry| {
        if few.contains(&bucket(entry)) {
            *balance.entry(entry.clone()).or_default() += 1;
        }
    })?;
    let indexes: BTreeSet<Index> = few.iter().map(|(index, _)| *index).collect();
    for index in indexes {
        present::entries(txn, index, &mut Faults::default(), &mut |entry| {
            if few.contains(&bucket(entry)) {
                *balance.entry(entry.clone()).or_default() -= 1;
            }
        })?;
    }
    balance.retain(|_, count| *count != 0);
    Ok(balance)
}
