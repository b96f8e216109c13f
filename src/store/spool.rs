//! Values on their way from a reader to the catalogue: taken in any order, given back grouped by number. They are
//! packed and unpacked in threads of their own, beside whoever makes them and whoever uses them.

use super::codec::{decode, encode_into};
use super::error::Result;
use super::open::io_error;
use super::relay::Relay;
use super::{Store, row};
use crate::sorter::{Sorted, Sorter, Walk};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// A spool keeps at most so many bytes in memory.
const MEMORY: usize = 32 << 20;
/// So many groups are unpacked at once, and so many such batches wait to be used.
const BATCH: usize = 128;
const AHEAD: usize = 2;

/// Takes values.
pub struct Spool<T> {
    folder: PathBuf,
    values: Relay<(u32, T), Packer>,
}

/// Packs values and sorts them.
struct Packer {
    sorter: Sorter,
    taken: u32,
    room: Vec<u8>,
}

impl Packer {
    fn pack<T: Serialize>(&mut self, (number, value): (u32, T)) -> Result<()> {
        let key = super::read::pair(number, self.taken);
        self.taken += 1;
        encode_into(&mut self.room, &value);
        Ok(self.sorter.push(&key, &self.room)?)
    }
}

impl<T: Serialize + Send + 'static> Spool<T> {
    /// A spool whose files, if it needs any, lie beside this catalogue.
    #[must_use]
    pub fn new(store: &Store) -> Spool<T> {
        let folder = store.folder().to_owned();
        let packer = Packer { sorter: Sorter::new(&folder, MEMORY), taken: 0, room: Vec::new() };
        Spool { folder, values: Relay::new("packer", packer, Packer::pack) }
    }

    /// Takes a value of a number.
    ///
    /// # Errors
    /// When this or one before it cannot be kept.
    pub fn push(&mut self, number: u32, value: T) -> Result<()> {
        self.values.push((number, value), &self.folder)
    }

    /// Everything taken, ready to be walked.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn wind(self) -> Result<Wound<T>> {
        let sorted = self.values.finish()?.sorter.finish()?;
        Ok(Wound { folder: self.folder, sorted, values: PhantomData })
    }
}

/// A full spool.
pub struct Wound<T> {
    folder: PathBuf,
    sorted: Sorted,
    values: PhantomData<T>,
}

impl<T: DeserializeOwned + Send + 'static> Wound<T> {
    /// A walk over the groups, by number; may be taken again.
    ///
    /// # Errors
    /// When the spool cannot be read.
    pub fn groups(&self) -> Result<Groups<T>> {
        let walk = self.sorted.walk()?;
        let (to, batches) = sync_channel(AHEAD);
        let unpack = move || unpack(walk, &to);
        let thread = std::thread::Builder::new().name("unpacker".to_owned()).spawn(unpack);
        thread.map_err(|error| io_error(&self.folder, error))?;
        Ok(Groups { folder: self.folder.clone(), batch: Vec::new().into_iter(), batches: Some(batches) })
    }
}

/// A number and its values in the order they came.
type Group<T> = (u32, Vec<T>);

/// The groups of a spool.
pub struct Groups<T> {
    folder: PathBuf,
    batch: std::vec::IntoIter<Group<T>>,
    /// An empty batch is the last.
    batches: Option<Receiver<Result<Vec<Group<T>>>>>,
}

impl<T> Groups<T> {
    /// The next number and its values in the order they came.
    ///
    /// # Errors
    /// When the spool cannot be read.
    pub fn next_group(&mut self) -> Result<Option<Group<T>>> {
        if let (true, Some(batches)) = (self.batch.len() == 0, &self.batches) {
            let broken = |_| io_error(&self.folder, io::Error::other("the reading of drafts broke off"));
            self.batch = batches.recv().map_err(broken)??.into_iter();
            if self.batch.len() == 0 {
                self.batches = None;
            }
        }
        Ok(self.batch.next())
    }
}

/// Sends all groups, a batch at a time, as long as anybody wants them.
fn unpack<T: DeserializeOwned>(mut walk: Walk, to: &SyncSender<Result<Vec<Group<T>>>>) {
    loop {
        let batch = take_batch(&mut walk);
        let is_last = !batch.as_ref().is_ok_and(|groups| !groups.is_empty());
        if to.send(batch).is_err() || is_last {
            return;
        }
    }
}

fn take_batch<T: DeserializeOwned>(walk: &mut Walk) -> Result<Vec<Group<T>>> {
    let mut groups: Vec<Group<T>> = Vec::with_capacity(BATCH);
    while let Some((key, bytes)) = walk.pair() {
        let number = row::number(key, 0);
        let is_new = groups.last().is_none_or(|(last, _)| *last != number);
        if is_new && groups.len() == BATCH {
            break;
        }
        if is_new {
            groups.push((number, Vec::new()));
        }
        if let Some((_, values)) = groups.last_mut() {
            values.push(decode(bytes, "spool", number)?);
        }
        walk.advance()?;
    }
    Ok(groups)
}
