//! Writing a catalogue as JSON Lines.

use super::{FORMAT, Line, ORDER, Row, key};
use crate::domain::{AccountId, CharacterId, Entity, FileId, Key, MovieId, PersonId, Record};
use crate::store::entry::Index;
use crate::store::read::Read;
use crate::store::reference::references;
use crate::store::tables::counter;
use crate::store::{IdSet, Order};
use crate::transfer::ImportError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Bytes of a file on one line.
const PIECE: usize = 192 << 10;
/// Lines between two looks at whether to go on.
const PACE: u64 = 1 << 10;

/// What is wanted of a catalogue: by kind, the ids.
type Wanted = BTreeMap<u8, IdSet>;

/// Hears how many records are written of how many, and says whether to go on.
type GoOn<'a> = dyn FnMut(u64, u64) -> bool + 'a;

/// Writes everything, or these movies with all that they name, and says how many records that was.
///
/// # Errors
/// When the store fails, nothing more can be written, or `go_on` says no.
pub fn export(
    txn: &impl Read,
    movies: Option<&IdSet>,
    to: &mut dyn Write,
    go_on: &mut GoOn,
) -> Result<u64, ImportError> {
    let (wanted, total) = match movies {
        Some(movies) => needed(txn, movies).map(|(wanted, total)| (Some(wanted), total))?,
        None => (None, Entity::ALL.iter().map(|entity| txn.count(*entity)).sum::<Result<u64, _>>()?),
    };
    let mut lines = Lines { to, go_on, records: 0, total };
    lines.put(&Line::Cinedex { format: FORMAT })?;
    let kinds = ORDER.into_iter().filter(|kind| wanted.as_ref().is_none_or(|sets| sets.contains_key(&kind.code())));
    for entity in kinds.clone() {
        let next = txn.counter(entity.code() + counter::NEXT)?;
        if let Ok(id @ 1..) = u32::try_from(next) {
            lines.put(&Line::Next { entity, id })?;
        }
    }
    for entity in kinds {
        let next = u32::try_from(txn.counter(entity.code() + counter::NEXT)?).unwrap_or(u32::MAX);
        let set = wanted.as_ref().and_then(|sets| sets.get(&entity.code()));
        for id in (1..next).filter(|id| set.is_none_or(|set| set.contains(*id))) {
            let Some(key) = key(entity, id) else { break };
            if let Some(record) = txn.record(key)? {
                lines.record(txn, key, record)?;
            }
        }
    }
    if wanted.is_none() {
        favorites(txn, &mut lines)?;
    }
    lines.to.flush().map_err(broken)?;
    Ok(lines.records)
}

/// These movies, and what they, their characters and their people name; how many records that is. Accounts are none
/// of it.
fn needed(txn: &impl Read, movies: &IdSet) -> Result<(Wanted, u64), ImportError> {
    let mut wanted = Wanted::new();
    let mut want = |named: Key| {
        if let Some(id) = named.number() {
            wanted.entry(named.entity().code()).or_default().insert(id);
        }
    };
    let (mut people, mut characters) = (IdSet::default(), 0);
    let mut note = |named: Key| match named {
        Key::Person(id) => {
            people.insert(id.0);
        }
        other => want(other),
    };
    for movie in movies.iter().map(MovieId) {
        let Some(record) = txn.record(Key::Movie(movie))? else { continue };
        references(Key::Movie(movie), &record).into_iter().for_each(&mut note);
        note(Key::Movie(movie));
        for one in txn.cast_block(movie)?.iter().flat_map(|block| &block.characters) {
            characters += 1;
            one.actors().map(Key::Person).for_each(&mut note);
        }
    }
    for person in people.iter().map(PersonId).map(Key::Person) {
        let Some(record) = txn.record(person)? else { continue };
        want(person);
        references(person, &record).into_iter().for_each(&mut want);
    }
    let total = characters + wanted.values().map(IdSet::len).sum::<u64>();
    Ok((wanted, total))
}

fn broken(error: io::Error) -> ImportError {
    ImportError::File(PathBuf::from("output"), error)
}

struct Lines<'a> {
    to: &'a mut dyn Write,
    go_on: &'a mut GoOn<'a>,
    records: u64,
    total: u64,
}

impl Lines<'_> {
    fn put(&mut self, line: &Line) -> Result<(), ImportError> {
        serde_json::to_writer(&mut *self.to, line).map_err(|error| broken(error.into()))?;
        self.to.write_all(b"\n").map_err(broken)
    }

    fn record(&mut self, txn: &impl Read, key: Key, record: Record) -> Result<(), ImportError> {
        self.records += 1;
        if self.records.is_multiple_of(PACE) && !(self.go_on)(self.records, self.total) {
            return Err(ImportError::Cancelled);
        }
        let has_bytes = matches!(&record, Record::File(file) if file.key.is_some());
        self.put(&Line::Record(Box::new(Row::new(key, record))))?;
        match key {
            Key::File(file) if has_bytes => self.bytes(file, &txn.bytes(file)?),
            Key::Movie(movie) => self.cast(txn, movie),
            _ => Ok(()),
        }
    }

    fn bytes(&mut self, file: FileId, bytes: &[u8]) -> Result<(), ImportError> {
        bytes.chunks(PIECE).try_for_each(|piece| self.put(&Line::Bytes { file, base64: BASE64_STANDARD.encode(piece) }))
    }

    fn cast(&mut self, txn: &impl Read, movie: MovieId) -> Result<(), ImportError> {
        let Some(block) = txn.cast_block(movie)? else { return Ok(()) };
        for one in &block.characters {
            let key = Key::Character(CharacterId { movie, ordinal: one.ordinal });
            self.record(txn, key, Record::Character(one.character(block.since)?))?;
        }
        self.put(&Line::Cast { movie, next: block.next })
    }
}

fn favorites(txn: &impl Read, lines: &mut Lines) -> Result<(), ImportError> {
    let mut keys = Vec::new();
    let accounts = u32::try_from(txn.counter(Entity::Account.code() + counter::NEXT)?).unwrap_or(u32::MAX);
    for account in (1..accounts).map(AccountId) {
        Order::Index(Index::Added, account.0.to_be_bytes().to_vec()).walk(txn, false, None, false, &mut |place| {
            keys.push(Key::Favorite(account, MovieId(Order::id(place))));
            ControlFlow::Continue(())
        })?;
        for key in keys.drain(..) {
            if let Some(record) = txn.record(key)? {
                lines.record(txn, key, record)?;
            }
        }
    }
    Ok(())
}
