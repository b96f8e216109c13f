//! Looking at a catalogue for a long time: many short read transactions that all see the same.

use super::error::Result;
use super::open::Store;
use super::read::Read;
use redb::ReadTransaction;

/// One transaction serves so many looks.
const LOOKS: u32 = 2_000;

/// A long look at a catalogue that must not change meanwhile.
pub struct Glance<'s> {
    store: &'s Store,
    revision: u64,
    txn: Option<ReadTransaction>,
    looks: u32,
}

impl<'s> Glance<'s> {
    /// Begins to look at the catalogue as it is now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn new(store: &'s Store) -> Result<Glance<'s>> {
        let txn = store.begin_read()?;
        Ok(Glance { store, revision: txn.revision()?, txn: Some(txn), looks: 0 })
    }

    /// The catalogue as it was at first; none where it is another by now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn look(&mut self) -> Result<Option<&impl Read>> {
        self.looks += 1;
        if self.looks.is_multiple_of(LOOKS) {
            self.txn = None;
        }
        if self.txn.is_none() {
            let txn = self.store.begin_read()?;
            if txn.revision()? != self.revision {
                return Ok(None);
            }
            self.txn = Some(txn);
        }
        Ok(self.txn.as_ref())
    }

    /// Lets go of the catalogue until the next look.
    pub fn rest(&mut self) {
        self.txn = None;
    }
}
