//! Filling a catalogue with many records at once. Everything is sorted and encoded outside; then one transaction
//! puts sorted rows into one table after the other. What stands there afterwards is what [`super::Writer::set`]
//! would have made of the same records one by one.

mod anew;
mod difference;
mod fill;
mod flush;
mod pack;
mod rows;
#[cfg(test)]
mod tests;
mod worded;
mod words;
#[cfg(test)]
pub(crate) mod world;

pub(super) use anew::Entries;

use super::error::Result;
use super::finder::{self, Few};
use super::journal::Trace;
use super::open::Store;
use super::read::Read;
use super::relay::Relay;
use super::shape::CastShape;
use super::tables::counter;
use crate::domain::{Character, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId, Record};
use crate::sorter::Sorted;
use rows::{Item, Rows};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Rows waiting to be sorted take at most so many bytes of memory.
const MEMORY: usize = 80 << 20;

/// So many chunks of sets are gathered in memory; entries of further ones are sorted one by one.
const CHUNKS: usize = 1 << 15;

/// Stands for the credits of a person whose id was left out.
const NOBODY: u32 = u32::MAX;

/// What becomes of a row: the first byte of every value that is sorted.
mod act {
    /// The row or entry goes.
    pub const REMOVE: u8 = 0;
    /// The row or entry comes, with what follows.
    pub const PUT: u8 = 1;
    /// A whole set of ids comes, or the credits of a word.
    pub const JOIN: u8 = 2;
}

/// Tables of records in the order they are filled: the first byte of every key that is sorted. An index has its own
/// number plus [`INDEX`].
mod table {
    pub const GENRES: u8 = 0;
    pub const COUNTRIES: u8 = 1;
    pub const FILES: u8 = 2;
    pub const PIECES: u8 = 3;
    pub const MOVIES: u8 = 4;
    pub const CASTS: u8 = 5;
    pub const PEOPLE: u8 = 6;
    pub const INDEX: u8 = 16;
}

/// Records on their way into a catalogue as it was at one revision. Records must be tidy and name only what is there
/// or comes along. A thread of its own takes them.
pub struct Bulk {
    folder: PathBuf,
    path: PathBuf,
    revision: u64,
    /// By entity: the id to give next, and where giving started.
    next: BTreeMap<u8, (u32, u32)>,
    /// Ids of people that nobody gets.
    left_out: Vec<Range<u32>>,
    items: Relay<Item, Rows>,
    empty: bool,
}

/// Records sorted and ready to be written.
pub struct Load {
    sorted: Sorted,
    /// Entries of filmographies.
    credits: Sorted,
    revision: u64,
    next: BTreeMap<u8, (u32, u32)>,
    coming: BTreeMap<u8, u64>,
    /// Names for the finder's index, and what changes among those of characters.
    names: Arc<finder::Load>,
    cast: Few,
    folder: PathBuf,
    /// The catalogue's file.
    path: PathBuf,
}

/// What writing a load came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// All of it is in the transaction; commit it.
    Whole,
    /// The catalogue is no longer as it was when the load was begun. Nothing was written.
    Moved,
    /// It was cancelled; drop the transaction.
    Cancelled,
}

impl Bulk {
    /// Begins a load into the catalogue as `txn` sees it. Temporary files lie beside the catalogue.
    ///
    /// # Errors
    /// When the store fails.
    pub fn new(store: &Store, txn: &impl Read) -> Result<Bulk> {
        let mut next = BTreeMap::new();
        for entity in Entity::ALL {
            let id = txn.counter(entity.code() + counter::NEXT)?.max(1);
            let id = u32::try_from(id).map_err(|_| super::write::no_ids(*entity))?;
            next.insert(entity.code(), (id, id));
        }
        let folder = store.folder().to_owned();
        let (first, _) = next[&Entity::Person.code()];
        let items = Relay::new("rows", Rows::new(&folder, first), Rows::take);
        let path = store.path().to_owned();
        Ok(Bulk { folder, path, revision: txn.revision()?, next, left_out: Vec::new(), items, empty: true })
    }

    /// What was taken, for the journal; it is forgotten here.
    ///
    /// # Errors
    /// When something that was taken is too large, or the disk is full, as in [`Bulk::sort`].
    pub fn take_trace(&mut self) -> Result<Trace> {
        Ok(std::mem::take(&mut self.items.worker()?.trace))
    }

    /// The revision of the catalogue that this load goes into.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether nothing was taken yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// A new id of any kind.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn claim(&mut self, entity: Entity) -> Result<u32> {
        let (_, next) = self.next.get_mut(&entity.code()).expect("every entity counts");
        let id = *next;
        *next = id.checked_add(1).ok_or_else(|| super::write::no_ids(entity))?;
        Ok(id)
    }

    /// Leaves ids of a kind out, so that the next one is at least `next`: records that come with ids of their own.
    pub fn leave_out(&mut self, entity: Entity, next: u32) {
        let (_, now) = self.next.get_mut(&entity.code()).expect("every entity counts");
        let gap = *now..next.max(*now);
        *now = gap.end;
        if entity == Entity::Person {
            self.left_out.push(gap);
        }
    }

    /// A new movie id.
    ///
    /// # Errors
    /// When no ids are left, as everywhere below.
    pub fn next_movie(&mut self) -> Result<MovieId> {
        self.claim(Entity::Movie).map(MovieId)
    }

    /// A new person id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_person(&mut self) -> Result<PersonId> {
        self.claim(Entity::Person).map(PersonId)
    }

    /// A new genre id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_genre(&mut self) -> Result<GenreId> {
        self.claim(Entity::Genre).map(GenreId)
    }

    /// A new country id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_country(&mut self) -> Result<CountryId> {
        self.claim(Entity::Country).map(CountryId)
    }

    /// A new file id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_file(&mut self) -> Result<FileId> {
        self.claim(Entity::File).map(FileId)
    }

    /// Takes a record: what stands at its key now, and what shall. Characters go with their cast,
    /// see [`Bulk::put_cast`]; accounts and favorites go one by one, by [`super::Writer::set`].
    ///
    /// # Errors
    /// When it or another one before it is too large, or the disk is full. So everywhere below.
    pub fn put(&mut self, key: Key, before: Option<Record>, after: Record) -> Result<()> {
        if before.as_ref() == Some(&after) {
            return Ok(());
        }
        self.take(Item::Record(key, before.map(Box::new), Box::new(after)))
    }

    /// Takes characters of one movie: the block its cast is in now, and the characters that come or change, by
    /// ordinal.
    ///
    /// # Errors
    /// As [`Bulk::put`].
    pub fn put_cast(&mut self, movie: MovieId, block: Option<CastShape>, cast: Vec<(u32, Character)>) -> Result<()> {
        self.take(Item::Cast(movie, block, cast))
    }

    /// Takes the bytes of a file that comes along.
    ///
    /// # Errors
    /// As [`Bulk::put`].
    pub fn put_bytes(&mut self, file: FileId, bytes: Vec<u8>) -> Result<()> {
        self.take(Item::Bytes(file, bytes))?;
        self.items.hand_over(&self.folder)
    }

    fn take(&mut self, item: Item) -> Result<()> {
        self.empty = false;
        self.items.push(item, &self.folder)
    }

    /// Sorts everything taken. `txn` sees the catalogue at the same revision still; none where it is another by now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn sort(self, txn: &impl Read) -> Result<Option<Load>> {
        if txn.revision()? != self.revision {
            return Ok(None);
        }
        let Bulk { folder, path, revision, next, left_out, items, .. } = self;
        let mut rows = items.finish()?;
        rows.settle()?;
        let (first, end) = next[&Entity::Person.code()];
        let weights = rows.weigh(txn, end - first, &left_out)?;
        let Rows { mut sorter, credits, names, named, cast, coming, .. } = rows;
        let (names, credits) = (names.finish()?, credits.finish()?);
        worded::enter(txn, first, &names, &credits, &mut sorter)?;
        let names = Arc::new(finder::Load { names, known: named, weights });
        let sorted = sorter.finish()?;
        Ok(Some(Load { sorted, credits, revision, next, coming, names, cast, folder, path }))
    }
}
