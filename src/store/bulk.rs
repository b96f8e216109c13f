//! Filling a catalogue with many records at once. Everything is sorted and encoded outside; then one transaction
//! puts sorted rows into one table after the other. What stands there afterwards is what [`super::Writer::set`]
//! would have made of the same records one by one.

mod anew;
mod fill;
mod pack;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod world;

pub(super) use anew::Entries;

use super::codec::encode_kept;
use super::entry::{self, Index, entries, lend_entries};
use super::error::Result;
use super::finder::{self, Few};
use super::journal::Trace;
use super::open::Store;
use super::posting::{self, Chunk, IdSet};
use super::read::{Read, pair};
use super::row::{self, number};
use super::shape::{CastShape, Shaped};
use super::sorter::{Sorted, Sorter};
use super::tables::counter;
use super::write::PIECE;
use crate::domain::{Character, CharacterId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId, Record};
use crate::search::index::Ready;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// Rows waiting to be sorted take at most so many bytes of memory.
const MEMORY: usize = 96 << 20;

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
    /// A whole set of ids comes.
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
/// or comes along.
pub struct Bulk {
    folder: PathBuf,
    sorter: Sorter,
    /// Names, for the finder's index, and which movies and people they are of.
    names: Sorter,
    named: [IdSet; 2],
    /// Names of characters that come or go.
    cast: Few,
    revision: u64,
    /// By entity: the id to give next, and where giving started.
    next: BTreeMap<u8, (u32, u32)>,
    /// How many records come, by entity.
    coming: BTreeMap<u8, u64>,
    /// Ids that come into sets, by row.
    sets: HashMap<[u8; 7], Chunk>,
    /// Credits of people that come along, by their place among them.
    credits: Vec<u32>,
    trace: Trace,
    /// Credits that come and go of people who are there.
    moved: BTreeMap<u32, i64>,
}

/// Records sorted and ready to be written.
pub struct Load {
    sorted: Sorted,
    revision: u64,
    next: BTreeMap<u8, (u32, u32)>,
    coming: BTreeMap<u8, u64>,
    /// The layer of the finder's index that these names make anew, and what changes among those of characters.
    finder: Ready,
    cast: Few,
    folder: PathBuf,
}

/// Final weights of people, for the finder.
struct Weights {
    /// The first person who comes along.
    first: u32,
    coming: Vec<u32>,
    there: BTreeMap<u32, u32>,
}

impl Weights {
    fn of(&self, person: u32) -> u32 {
        entry::weight(match person.checked_sub(self.first) {
            Some(place) => self.coming.get(place as usize).copied().unwrap_or(0),
            None => self.there.get(&person).copied().unwrap_or(0),
        })
    }
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
        Ok(Bulk {
            folder: store.folder().to_owned(),
            sorter: Sorter::new(store.folder(), MEMORY),
            names: Sorter::new(store.folder(), MEMORY),
            named: Default::default(),
            cast: Few::default(),
            revision: txn.revision()?,
            next,
            coming: BTreeMap::new(),
            sets: HashMap::new(),
            credits: Vec::new(),
            trace: Trace::default(),
            moved: BTreeMap::new(),
        })
    }

    /// What was taken, for the journal; it is forgotten here.
    pub fn take_trace(&mut self) -> Trace {
        std::mem::take(&mut self.trace)
    }

    /// The revision of the catalogue that this load goes into.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether nothing was taken yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorter.is_empty()
    }

    /// A new id of any kind.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn claim(&mut self, entity: Entity) -> Result<u32> {
        if entity == Entity::Person { self.next_person().map(|id| id.0) } else { self.next(entity) }
    }

    fn next(&mut self, entity: Entity) -> Result<u32> {
        let (_, next) = self.next.get_mut(&entity.code()).expect("every entity counts");
        let id = *next;
        *next = id.checked_add(1).ok_or_else(|| super::write::no_ids(entity))?;
        Ok(id)
    }

    /// Leaves ids of a kind out, so that the next one is at least `next`: records that come with ids of their own.
    pub fn leave_out(&mut self, entity: Entity, next: u32) {
        let (_, now) = self.next.get_mut(&entity.code()).expect("every entity counts");
        let gap = next.saturating_sub(*now);
        *now += gap;
        if entity == Entity::Person {
            self.credits.extend(std::iter::repeat_n(NOBODY, gap as usize));
        }
    }

    /// A new movie id.
    ///
    /// # Errors
    /// When no ids are left, as everywhere below.
    pub fn next_movie(&mut self) -> Result<MovieId> {
        self.next(Entity::Movie).map(MovieId)
    }

    /// A new person id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_person(&mut self) -> Result<PersonId> {
        self.credits.push(0);
        self.next(Entity::Person).map(PersonId)
    }

    /// A new genre id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_genre(&mut self) -> Result<GenreId> {
        self.next(Entity::Genre).map(GenreId)
    }

    /// A new country id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_country(&mut self) -> Result<CountryId> {
        self.next(Entity::Country).map(CountryId)
    }

    /// A new file id.
    ///
    /// # Errors
    /// When no ids are left.
    pub fn next_file(&mut self) -> Result<FileId> {
        self.next(Entity::File).map(FileId)
    }

    /// Takes a record: what stands at its key now, and what shall. Characters go with their cast,
    /// see [`Bulk::put_cast`]; accounts and favorites go one by one, by [`super::Writer::set`].
    ///
    /// # Errors
    /// When it is too large, or the disk is full.
    pub fn put(&mut self, key: Key, before: Option<&Record>, after: &Record) -> Result<()> {
        if before == Some(after) {
            return Ok(());
        }
        macro_rules! row {
            ($code:ident, $id:expr, $value:expr) => {
                (table::$code, $id.0, encode_kept(key, &$value.shape())?)
            };
        }
        let (code, id, bytes) = match (key, after) {
            (Key::Movie(id), Record::Movie(movie)) => row!(MOVIES, id, movie),
            (Key::Person(id), Record::Person(person)) => row!(PEOPLE, id, person),
            (Key::Genre(id), Record::Genre(genre)) => row!(GENRES, id, genre),
            (Key::Country(id), Record::Country(country)) => row!(COUNTRIES, id, country),
            (Key::File(id), Record::File(file)) => row!(FILES, id, file),
            _ => unreachable!("other records do not come in bulk"),
        };
        self.push(code, &id.to_be_bytes(), act::PUT, &bytes)?;
        self.index(key, before, after)
    }

    /// Takes characters of one movie: the block its cast is in now, and the characters that come or change, by
    /// ordinal.
    ///
    /// # Errors
    /// When the cast is too large, or the disk is full.
    pub fn put_cast(&mut self, movie: MovieId, block: Option<CastShape>, cast: Vec<(u32, Character)>) -> Result<()> {
        let mut block = block.unwrap_or_default();
        for (ordinal, character) in cast {
            let key = Key::Character(CharacterId { movie, ordinal });
            let before = block.characters.iter().find(|one| one.ordinal == ordinal);
            let before = before.map(|one| one.character(block.since)).transpose()?.map(Record::Character);
            block.put(ordinal, &character);
            self.index(key, before.as_ref(), &Record::Character(character))?;
        }
        let key = Key::Character(CharacterId { movie, ordinal: block.next });
        let bytes = encode_kept(key, &block)?;
        self.push(table::CASTS, &movie.0.to_be_bytes(), act::PUT, &bytes)
    }

    /// Takes the bytes of a file that comes along.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn put_bytes(&mut self, file: FileId, bytes: &[u8]) -> Result<()> {
        for (number, piece) in (0..).zip(bytes.chunks(PIECE)) {
            self.push(table::PIECES, &pair(file.0, number), act::PUT, piece)?;
        }
        Ok(())
    }

    fn index(&mut self, key: Key, before: Option<&Record>, after: &Record) -> Result<()> {
        self.trace.note(key, before, Some(after));
        let Some(before) = before else {
            *self.coming.entry(key.entity().code()).or_insert(0) += 1;
            let mut pushed = Ok(());
            lend_entries(key, after, 0, &mut |index, key, value| {
                if pushed.is_ok() {
                    pushed = self.entry(index, key, value, true);
                }
            });
            return pushed;
        };
        if let Key::Person(id) = key {
            self.moved.entry(id.0).or_insert(0);
        }
        let (old, new) = (entries(key, before, 0), entries(key, after, 0));
        let gone = old.iter().filter(|entry| !new.contains(entry)).map(|entry| (entry, false));
        let come = new.iter().filter(|entry| !old.contains(entry)).map(|entry| (entry, true));
        gone.chain(come).try_for_each(|(entry, comes)| self.entry(entry.index, &entry.key, &entry.value, comes))
    }

    fn entry(&mut self, index: Index, key: &[u8], value: &[u8], comes: bool) -> Result<()> {
        match index {
            // Made by `weigh`, once it is known how many credits there are.
            Index::Credited => return Ok(()),
            // Another value takes its place.
            Index::Names if !comes => return Ok(()),
            Index::Names => return self.name(key, value),
            Index::Namesake => self.cast.add(&key[..key.len() - 9]),
            Index::Credit => self.credit(number(key, 0), comes),
            Index::Posting if comes && self.gather(key) => return Ok(()),
            _ => {}
        }
        let act = if comes { act::PUT } else { act::REMOVE };
        self.push(table::INDEX + index as u8, key, act, value)
    }

    /// Takes an id into its set, if there is room for it.
    fn gather(&mut self, key: &[u8]) -> bool {
        let (high, low) = posting::split(number(key, 5));
        let row = row::posting_row(key[0], number(key, 1), high);
        if self.sets.len() >= CHUNKS && !self.sets.contains_key(&row) {
            return false;
        }
        self.sets.entry(row).or_default().insert(low);
        true
    }

    fn name(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        let entity = Entity::from_code(key[0]).expect("names have kinds");
        self.named[finder::known_place(entity)].insert(number(key, 1));
        self.names.push(key, value)
    }

    fn credit(&mut self, person: u32, comes: bool) {
        let (first, _) = self.next[&Entity::Person.code()];
        match person.checked_sub(first) {
            Some(place) => self.credits[place as usize] += 1,
            None => *self.moved.entry(person).or_insert(0) += if comes { 1 } else { -1 },
        }
    }

    fn push(&mut self, code: u8, key: &[u8], act: u8, value: &[u8]) -> Result<()> {
        self.sorter.push_parts([&[code], key], [&[act], value])
    }

    /// Sorts everything taken. `txn` sees the catalogue at the same revision still; none where it is another by now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn sort(mut self, txn: &impl Read) -> Result<Option<Load>> {
        if txn.revision()? != self.revision {
            return Ok(None);
        }
        let weights = self.weigh(txn)?;
        for (row, chunk) in std::mem::take(&mut self.sets) {
            self.push(table::INDEX + Index::Posting as u8, &row, act::JOIN, &chunk.encode())?;
        }
        let Bulk { folder, sorter, names, named, cast, revision, next, coming, .. } = self;
        let names = finder::Load { names: &names.finish()?, known: &named, weight: &|person| weights.of(person) };
        let finder = finder::prepare(txn, &names, &folder)?;
        Ok(Some(Load { sorted: sorter.finish()?, revision, next, coming, finder, cast, folder }))
    }

    /// Makes the entries that depend on how many credits a person has.
    fn weigh(&mut self, txn: &impl Read) -> Result<Weights> {
        let credited = table::INDEX + Index::Credited as u8;
        let (first, _) = self.next[&Entity::Person.code()];
        let coming = std::mem::take(&mut self.credits);
        for (person, credits) in (first..).zip(&coming).filter(|(_, credits)| **credits != NOBODY) {
            self.push(credited, &pair(*credits, person), act::PUT, &[])?;
        }
        let mut there = BTreeMap::new();
        for (person, change) in std::mem::take(&mut self.moved) {
            let old = txn.credit_count(PersonId(person))?;
            let new = u32::try_from(i64::from(old) + change).expect("no more credits go than there are");
            there.insert(person, new);
            if old != new {
                self.push(credited, &pair(old, person), act::REMOVE, &[])?;
                self.push(credited, &pair(new, person), act::PUT, &[])?;
                if entry::weight(old) != entry::weight(new) {
                    self.rename(txn, PersonId(person))?;
                }
            }
        }
        Ok(Weights { first, coming, there })
    }

    /// Lets the name of somebody who is there come again, with another weight.
    fn rename(&mut self, txn: &impl Read, id: PersonId) -> Result<()> {
        let Some(person) = txn.person(id)?.map(Record::Person) else { return Ok(()) };
        if self.named[finder::known_place(Entity::Person)].contains(id.0) {
            return Ok(());
        }
        let entries = entries(Key::Person(id), &person, 0);
        entries
            .iter()
            .filter(|entry| entry.index == Index::Names)
            .try_for_each(|entry| self.name(&entry.key, &entry.value))
    }
}
