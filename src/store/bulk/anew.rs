//! Entries of records that are there already, for indexes that are made anew.

use super::fill::fill_all;
use super::{MEMORY, Weights, act, table};
use crate::store::entry::{Entry, Index};
use crate::store::error::Result;
use crate::store::open::Store;
use crate::store::row::number;
use crate::store::sorter::Sorter;
use redb::WriteTransaction;
use std::collections::BTreeMap;

/// Index entries on their way into a file. Those of people come after those of movies and characters are written.
pub struct Entries<'s> {
    store: &'s Store,
    sorter: Sorter,
    /// Credits by person.
    credits: Vec<u32>,
}

impl<'s> Entries<'s> {
    /// None yet. Temporary files lie beside the catalogue.
    pub fn new(store: &'s Store) -> Self {
        Entries { store, sorter: Sorter::new(store.folder(), MEMORY), credits: Vec::new() }
    }

    /// Takes an entry.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn put(&mut self, entry: &Entry) -> Result<()> {
        if entry.index == Index::Credit {
            let person = number(&entry.key, 0) as usize;
            if self.credits.len() <= person {
                self.credits.resize(person + 1, 0);
            }
            self.credits[person] += 1;
        }
        let key = [&[table::INDEX + entry.index as u8], entry.key.as_slice()].concat();
        self.sorter.push(&key, &[&[act::PUT], entry.value.as_slice()].concat())
    }

    /// Writes what was taken since the last time.
    ///
    /// # Errors
    /// When the store fails, or a value that exists once belongs to two records.
    pub fn write(&mut self, txn: &WriteTransaction) -> Result<()> {
        let sorter = std::mem::replace(&mut self.sorter, Sorter::new(self.store.folder(), MEMORY));
        let weights = Weights { first: 0, coming: self.credits.clone(), there: BTreeMap::new() };
        fill_all(txn, &sorter.finish(), &weights)
    }
}
