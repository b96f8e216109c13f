//! Entries of records that are there already, for indexes that are made anew.

use super::fill::fill_all;
use super::words::Words;
use super::{MEMORY, act, table};
use crate::sorter::Sorter;
use crate::store::entry::{Entry, Index};
use crate::store::error::Result;
use crate::store::finder;
use crate::store::ledger;
use crate::store::open::Store;
use crate::store::row;
use redb::WriteTransaction;

/// Index entries on their way into a file. Those of people come after those of movies and characters are written.
pub struct Entries<'s> {
    store: &'s Store,
    sorter: Sorter,
    names: Sorter,
    words: Words,
}

impl<'s> Entries<'s> {
    /// None yet. Temporary files lie beside the catalogue.
    pub fn new(store: &'s Store) -> Self {
        let sorter = || Sorter::new(store.folder(), MEMORY);
        Entries { store, sorter: sorter(), names: sorter(), words: Words::default() }
    }

    /// Takes an entry.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn put(&mut self, entry: &Entry) -> Result<()> {
        if entry.index == Index::Names {
            return Ok(self.names.push(&entry.key, &entry.value)?);
        }
        if entry.index == Index::Word {
            return self.words.put(ledger::text_of(&entry.key), &[row::credit_of(&entry.key)], &mut self.sorter);
        }
        let key = [&[table::INDEX + entry.index as u8], &entry.key[..]];
        Ok(self.sorter.push_parts(key, [&[act::PUT], &entry.value[..]])?)
    }

    /// Writes what was taken since the last time.
    ///
    /// # Errors
    /// When the store fails, or a value that exists once belongs to two records.
    pub fn write(&mut self, txn: &WriteTransaction) -> Result<()> {
        self.words.settle(&mut self.sorter)?;
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
