//! Names of characters. Many characters share one: the index has each once, known by its text, and the list of who
//! bears it is another table's.

use super::{COUNTERS, failed, moved, replace};
use crate::domain::Entity;
use crate::search::index::{self, CAST, Ready};
use crate::search::{Name, Names, Trouble};
use crate::store::error::{Result, StoreError};
use crate::store::namesake;
use crate::store::read::Tables;
use crate::store::tables::{FRESH_NAMES, NAMESAKES, counter};
use redb::{ReadableTable, ReadableTableMetadata, WriteTransaction};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

/// So few names are indexed in the transaction that brings them.
const AT_ONCE: u64 = 20_000;

/// Notes that a name has come, or is gone.
pub(in crate::store) fn change_character(txn: &WriteTransaction, name: &[u8], gone: bool) -> Result<()> {
    let Ok(texts) = std::str::from_utf8(name) else { return Ok(()) };
    let (key, row) = index::change(Entity::Character, &Name { id: 0, weight: 1, year: 0, texts }, gone);
    txn.open_table(FRESH_NAMES)?.insert(key.as_slice(), row.as_slice())?;
    Ok(())
}

/// Whether any character bears a name.
pub(super) fn is_borne(txn: &impl Tables, name: &[u8]) -> Result<bool> {
    let (first, last) = (namesake::row_key(name, 0), namesake::row_key(name, u32::MAX));
    Ok(txn.table(NAMESAKES)?.range::<&[u8]>(first.as_slice()..=last.as_slice())?.next().transpose()?.is_some())
}

/// Makes the index anew now, or lets it wait for [`super::tidy`] where there are many names.
pub(super) fn renew_cast(txn: &WriteTransaction, folder: &Path) -> Result<()> {
    if txn.table(NAMESAKES)?.len()? <= AT_ONCE {
        return rebuild_cast(txn, folder);
    }
    moved(txn, false)?;
    txn.open_table(COUNTERS)?.insert(counter::CAST_DUE, 1)?;
    Ok(())
}

/// Makes the index anew.
pub(in crate::store) fn rebuild_cast(txn: &WriteTransaction, folder: &Path) -> Result<()> {
    let ready = prepare_cast(txn, folder)?;
    replace(txn, &ready, folder)
}

/// All rows of the index.
pub(super) fn prepare_cast(txn: &impl Tables, folder: &Path) -> Result<Ready> {
    index::prepare(CAST, &Borne(txn), BTreeSet::new(), folder).map_err(|trouble| failed(folder, trouble))
}

/// Every name that a character bears, and how many do.
struct Borne<'t, T>(&'t T);

impl<T: Tables> Names for Borne<'_, T> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        if entity != Entity::Character {
            return Ok(());
        }
        let mut last: (Vec<u8>, u32) = Default::default();
        let mut show = |(name, weight): &(Vec<u8>, u32)| match std::str::from_utf8(name) {
            Ok(texts) if *weight > 0 => visit(Name { id: 0, weight: *weight, year: 0, texts }),
            _ => ControlFlow::Continue(()),
        };
        for row in self.0.table(NAMESAKES)?.iter().map_err(StoreError::from)? {
            let (key, bytes) = row.map_err(StoreError::from)?;
            let name = namesake::row_name(key.value());
            if name != last.0 {
                if show(&last).is_break() {
                    return Ok(());
                }
                last = (name.to_vec(), 0);
            }
            last.1 += namesake::count(bytes.value());
        }
        let _ = show(&last);
        Ok(())
    }
}
