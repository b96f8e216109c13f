//! What becomes of records on their way into a catalogue: rows and index entries, sorted. It goes on in a thread of
//! its own, beside whoever makes the records.

use super::difference::Difference;
use super::words::Words;
use super::{CHUNKS, MEMORY, NOBODY, act, table};
use crate::domain::{Character, CharacterId, Entity, FileId, Key, MovieId, PersonId, Record};
use crate::sorter::Sorter;
use crate::store::codec::encode_kept_into;
use crate::store::entry::{self, Index, entries, lend_entries};
use crate::store::error::Result;
use crate::store::finder::{self, Few};
use crate::store::journal::Trace;
use crate::store::ledger;
use crate::store::posting::{self, Chunk, IdSet};
use crate::store::read::{Read, pair};
use crate::store::row::{self, number};
use crate::store::shape::{CastShape, Shaped};
use crate::store::warm;
use crate::store::write::PIECE;
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

/// One thing to take.
pub(super) enum Item {
    /// A record: what stands at its key now, and what shall.
    Record(Key, Option<Box<Record>>, Box<Record>),
    /// Characters of a movie: the block its cast is in now, and those that come or change.
    Cast(MovieId, Option<CastShape>, Vec<(u32, Character)>),
    /// The bytes of a file.
    Bytes(FileId, Vec<u8>),
}

/// Rows and entries of what was taken.
pub(super) struct Rows {
    pub sorter: Sorter,
    /// Entries of filmographies, which those by word are made of.
    pub credits: Sorter,
    /// Names, for the finder's index, and which movies and people they are of.
    pub names: Sorter,
    pub named: [IdSet; 2],
    /// Names of characters that come or go.
    pub cast: Few,
    /// How many records come, by entity.
    pub coming: BTreeMap<u8, u64>,
    /// Credits that come under words of characters' names.
    words: Words,
    /// Ids that come into sets, by row.
    sets: HashMap<[u8; 7], Chunk, RandomState>,
    /// The first person who comes along, and how many credits each has, by their place among them.
    first: u32,
    counts: Vec<u32>,
    pub trace: Trace,
    /// Credits that come and go of people who are there.
    moved: BTreeMap<u32, i64>,
    /// Bytes of a record, until they are sorted.
    room: Vec<u8>,
    difference: Difference,
}

impl Rows {
    pub fn new(folder: &Path, first: u32) -> Rows {
        Rows {
            sorter: Sorter::new(folder, MEMORY),
            credits: Sorter::new(folder, MEMORY / 4),
            names: Sorter::new(folder, MEMORY / 2),
            named: Default::default(),
            cast: Few::default(),
            coming: BTreeMap::new(),
            words: Words::default(),
            sets: HashMap::default(),
            first,
            counts: Vec::new(),
            trace: Trace::default(),
            moved: BTreeMap::new(),
            room: Vec::new(),
            difference: Difference::default(),
        }
    }

    pub fn take(&mut self, item: Item) -> Result<()> {
        match item {
            Item::Record(key, before, after) => self.put(key, before.as_deref(), &after),
            Item::Cast(movie, block, cast) => self.put_cast(movie, block, cast),
            Item::Bytes(file, bytes) => self.put_bytes(file, &bytes),
        }
    }

    fn put(&mut self, key: Key, before: Option<&Record>, after: &Record) -> Result<()> {
        let mut room = std::mem::take(&mut self.room);
        macro_rules! row {
            ($code:ident, $id:expr, $value:expr) => {{
                encode_kept_into(&mut room, key, &$value.shape())?;
                (table::$code, $id.0)
            }};
        }
        let (code, id) = match (key, after) {
            (Key::Movie(id), Record::Movie(movie)) => row!(MOVIES, id, movie),
            (Key::Person(id), Record::Person(person)) => row!(PEOPLE, id, person),
            (Key::Genre(id), Record::Genre(genre)) => row!(GENRES, id, genre),
            (Key::Country(id), Record::Country(country)) => row!(COUNTRIES, id, country),
            (Key::File(id), Record::File(file)) => row!(FILES, id, file),
            _ => unreachable!("other records do not come in bulk"),
        };
        self.push(code, &id.to_be_bytes(), act::PUT, &room)?;
        self.room = room;
        self.index(key, before, after)
    }

    fn put_cast(&mut self, movie: MovieId, block: Option<CastShape>, cast: Vec<(u32, Character)>) -> Result<()> {
        let mut block = block.unwrap_or_default();
        let actors = cast.iter().flat_map(|(_, character)| &character.actors);
        let places = actors.filter_map(|actor| actor.0.checked_sub(self.first));
        warm(places.filter_map(|place| self.counts.get(place as usize).copied()));
        for (ordinal, character) in cast {
            let key = Key::Character(CharacterId { movie, ordinal });
            let before = block.characters.iter().find(|one| one.ordinal == ordinal);
            let before = before.map(|one| one.character(block.since)).transpose()?.map(Record::Character);
            let after = Record::Character(character);
            self.index(key, before.as_ref(), &after)?;
            if let Record::Character(character) = after {
                block.put(ordinal, character);
            }
        }
        let key = Key::Character(CharacterId { movie, ordinal: block.next });
        let mut room = std::mem::take(&mut self.room);
        encode_kept_into(&mut room, key, &block)?;
        self.push(table::CASTS, &movie.0.to_be_bytes(), act::PUT, &room)?;
        self.room = room;
        Ok(())
    }

    fn put_bytes(&mut self, file: FileId, bytes: &[u8]) -> Result<()> {
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
        let mut difference = std::mem::take(&mut self.difference);
        let shown = difference
            .each(key, (before, after), &mut |(index, key, value), comes| self.entry(index, key, value, comes));
        self.difference = difference;
        shown
    }

    fn entry(&mut self, index: Index, key: &[u8], value: &[u8], comes: bool) -> Result<()> {
        match index {
            // Made by `weigh`, once it is known how many credits there are.
            Index::Credited => return Ok(()),
            // Another value takes its place.
            Index::Names if !comes => return Ok(()),
            Index::Names => return self.name(key, value),
            Index::Namesake => self.cast.add(ledger::text_of(key)),
            Index::Credit => return self.credit(key, comes),
            Index::Posting if comes && self.gather(key) => return Ok(()),
            Index::Word if comes => {
                return self.words.put(ledger::text_of(key), &[row::credit_of(key)], &mut self.sorter);
            }
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
        Ok(self.names.push(key, value)?)
    }

    fn credit(&mut self, key: &[u8], comes: bool) -> Result<()> {
        let person = number(key, 0);
        match person.checked_sub(self.first) {
            Some(place) => {
                let place = place as usize;
                if self.counts.len() <= place {
                    self.counts.resize(place + 1, 0);
                }
                self.counts[place] += 1;
            }
            None => *self.moved.entry(person).or_insert(0) += if comes { 1 } else { -1 },
        }
        let act = if comes { act::PUT } else { act::REMOVE };
        Ok(self.credits.push_parts([&[table::INDEX + Index::Credit as u8], key], [[act].as_slice()])?)
    }

    fn push(&mut self, code: u8, key: &[u8], act: u8, value: &[u8]) -> Result<()> {
        Ok(self.sorter.push_parts([&[code], key], [&[act], value])?)
    }

    /// Sorts the sets and words with the rest.
    pub fn settle(&mut self) -> Result<()> {
        self.words.settle(&mut self.sorter)?;
        for (row, chunk) in std::mem::take(&mut self.sets) {
            self.push(table::INDEX + Index::Posting as u8, &row, act::JOIN, &chunk.encode())?;
        }
        Ok(())
    }

    /// Makes the entries that depend on how many credits a person has, of so many people who come along but for those
    /// `left_out`.
    pub fn weigh(&mut self, txn: &impl Read, people: u32, left_out: &[Range<u32>]) -> Result<finder::Weights> {
        let credited = table::INDEX + Index::Credited as u8;
        let first = self.first;
        let mut coming = std::mem::take(&mut self.counts);
        coming.resize(people as usize, 0);
        for gap in left_out {
            coming[(gap.start - first) as usize..(gap.end - first) as usize].fill(NOBODY);
        }
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
        Ok(finder::Weights { first, coming, there })
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
