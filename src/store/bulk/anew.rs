//! Entries of records that are there already, for indexes that are made anew.

use super::fill::fill_all;
use super::{MEMORY, act, table};
use crate::sorter::Sorter;
use crate::store::entry::{Entry, Index};
use crate::store::error::Result;
use crate::store::finder;
use crate::store::open::Store;
use redb::WriteTransaction;

/// Index entries on their way into a file. Those of people come after those of movies and characters are written.
pub struct Entries<'s> {
    store: &'s Store,
    sorter: Sorter,
    names: Sorter,
}

impl<'s> Entries<'s> {
    /// None yet. Temporary files lie beside the catalogue.
    pub fn new(store: &'s Store) -> Self {
        let sorter = || Sorter::new(store.folder(), MEMORY);
        Entries { store, sorter: sorter(), names: sorter() }
    }

    /// Takes an entry.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn put(&mut self, entry: &Entry) -> Result<()> {
        if entry.index == Index::Names {
            return Ok(self.names.push(&entry.key, &entry.value)?);
        }
        let key = [&[table::INDEX + entry.index as u8], &entry.key[..]];
        Ok(self.sorter.push_parts(key, [&[act::PUT], &entry.value[..]])?)
    }

    /// Writes what was taken since the last time.
    ///
    /// # Errors
    /// When the store fails, or a value that exists once belongs to two records.
    pub fn write(&mut self, txn: &WriteTransaction) -> Result<()> {
        let sorter = std::mem::replace(&mut self.sorter, Sorter::new(self.store.folder(), MEMORY));
        fill_all(txn, &sorter.finish()?)
    }

    /// Makes the finder's index, after everything else.
    ///
    /// # Errors
    /// When the store fails, or the disk is full.
    pub fn write_names(self, txn: &WriteTransaction) -> Result<()> {
        finder::rebuild(txn, &self.names.finish()?, self.store.folder())?;
        finder::rebuild_cast(txn, self.store.folder())
    }
}
