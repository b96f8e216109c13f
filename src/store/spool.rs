//! Values on their way from a reader to the catalogue: taken in any order, given back grouped by number.

use super::codec::{decode, encode};
use super::error::Result;
use super::sorter::{Sorted, Sorter, Walk};
use super::{Store, row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// A spool keeps at most so many bytes in memory.
const MEMORY: usize = 32 << 20;

/// Takes values.
pub struct Spool<T> {
    sorter: Sorter,
    taken: u32,
    values: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Spool<T> {
    /// A spool whose files, if it needs any, lie beside this catalogue.
    #[must_use]
    pub fn new(store: &Store) -> Spool<T> {
        Spool { sorter: Sorter::new(store.folder(), MEMORY), taken: 0, values: PhantomData }
    }

    /// Takes a value of a number.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn push(&mut self, number: u32, value: &T) -> Result<()> {
        let key = super::read::pair(number, self.taken);
        self.taken += 1;
        self.sorter.push(&key, &encode(value))
    }

    /// Everything taken, ready to be walked.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn wind(self) -> Result<Wound<T>> {
        Ok(Wound { sorted: self.sorter.finish()?, values: PhantomData })
    }
}

/// A full spool.
pub struct Wound<T> {
    sorted: Sorted,
    values: PhantomData<T>,
}

impl<T: DeserializeOwned> Wound<T> {
    /// A walk over the groups, by number; may be taken again.
    ///
    /// # Errors
    /// When the spool cannot be read.
    pub fn groups(&self) -> Result<Groups<'_, T>> {
        Ok(Groups { walk: self.sorted.walk()?, values: PhantomData })
    }
}

/// The groups of a spool.
pub struct Groups<'s, T> {
    walk: Walk<'s>,
    values: PhantomData<T>,
}

impl<T: DeserializeOwned> Groups<'_, T> {
    /// The next number and its values in the order they came.
    ///
    /// # Errors
    /// When the spool cannot be read.
    pub fn next_group(&mut self) -> Result<Option<(u32, Vec<T>)>> {
        let mut group: Option<(u32, Vec<T>)> = None;
        while let Some((key, value)) = self.walk.pair() {
            let at = row::number(key, 0);
            let values = match &mut group {
                Some((number, _)) if *number != at => break,
                Some((_, values)) => values,
                none => &mut none.insert((at, Vec::new())).1,
            };
            values.push(decode(value, "spool", at)?);
            self.walk.advance()?;
        }
        Ok(group)
    }
}
