//! Writing a catalogue as JSON Lines.

use super::{FORMAT, Line, ORDER, Row, key};
use crate::domain::{AccountId, CharacterId, Entity, FileId, Key, MovieId, Record};
use crate::store::entry::Index;
use crate::store::read::Read;
use crate::store::tables::counter;
use crate::store::{Order, Store};
use crate::transfer::ImportError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Bytes of a file on one line.
const PIECE: usize = 192 << 10;
/// Lines between two looks at whether to go on.
const PACE: u64 = 1 << 10;

/// Writes everything, and says how many records that was.
///
/// # Errors
/// When the store fails, nothing more can be written, or `go_on`, told how many records are written, says no.
pub fn export(store: &Store, to: &mut dyn Write, go_on: &mut dyn FnMut(u64) -> bool) -> Result<u64, ImportError> {
    let txn = store.begin_read()?;
    let mut lines = Lines { to, go_on, records: 0 };
    lines.put(&Line::Cinedex { format: FORMAT })?;
    for entity in ORDER {
        let next = txn.counter(entity.code() + counter::NEXT)?;
        if let Ok(id @ 1..) = u32::try_from(next) {
            lines.put(&Line::Next { entity, id })?;
        }
    }
    for entity in ORDER {
        let next = u32::try_from(txn.counter(entity.code() + counter::NEXT)?).unwrap_or(u32::MAX);
        for id in 1..next {
            let Some(key) = key(entity, id) else { break };
            if let Some(record) = txn.record(key)? {
                lines.record(&txn, key, record)?;
            }
        }
    }
    favorites(&txn, &mut lines)?;
    lines.to.flush().map_err(broken)?;
    Ok(lines.records)
}

fn broken(error: io::Error) -> ImportError {
    ImportError::File(PathBuf::from("output"), error)
}

struct Lines<'a> {
    to: &'a mut dyn Write,
    go_on: &'a mut dyn FnMut(u64) -> bool,
    records: u64,
}

impl Lines<'_> {
    fn put(&mut self, line: &Line) -> Result<(), ImportError> {
        serde_json::to_writer(&mut *self.to, line).map_err(|error| broken(error.into()))?;
        self.to.write_all(b"\n").map_err(broken)
    }

    fn record(&mut self, txn: &impl Read, key: Key, record: Record) -> Result<(), ImportError> {
        self.records += 1;
        if self.records.is_multiple_of(PACE) && !(self.go_on)(self.records) {
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
