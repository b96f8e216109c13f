//! The journal: the last steps of every account, each with its changes, so that it can undo and redo its own.
//! Written in the step's own transaction; bounded; survives a restart.

use super::codec::{decode, decode_kept, encode, encode_shape};
use super::error::{Result, StoreError};
use super::open::Store;
use super::read::Read;
use super::reference;
use super::shape::{CharacterShape, Shaped};
use super::tables::{JOURNAL, counter};
use super::write::{Changed, Writer};
use crate::domain::{
    Account, AccountId, CharacterId, Country, CountryId, Favorite, File, FileId, Genre, GenreId, Key, Movie, MovieId,
    Person, PersonId, Record, Review, ReviewId, Timestamp,
};
use redb::ReadableTable;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The journal keeps at most so many steps.
pub const STEPS: u64 = 1_000;
/// The journal keeps at most so many bytes.
pub const BYTES: u64 = 16 << 20;
/// A larger step is carried out but cannot be undone.
pub const STEP_BYTES: usize = 4 << 20;

/// A change takes at most so many bytes besides its records, and a step besides its changes and its label.
const HEAD: usize = 32;

/// Whose steps: an account's, or those of whoever sits at a file without accounts.
pub type Owner = Option<AccountId>;

/// A step as kept, after a head of five bytes: the owner's number and whether it is undone, so that a search for
/// one owner's steps need not decode those of others.
#[derive(Serialize, Deserialize)]
struct StepShape {
    at: i64,
    label: String,
    changes: Vec<ChangeShape>,
}

fn step_bytes(owner: Owner, undone: bool, step: &StepShape) -> Vec<u8> {
    [&number(owner).to_be_bytes()[..], &[u8::from(undone)], &encode(step)].concat()
}

fn step_head(bytes: &[u8]) -> (u32, bool) {
    bytes
        .split_first_chunk::<4>()
        .map_or((u32::MAX, false), |(owner, rest)| (u32::from_be_bytes(*owner), rest.first() == Some(&1)))
}

fn step(bytes: &[u8], number: u64) -> Result<StepShape> {
    decode(bytes.get(5..).unwrap_or_default(), "journal", number)
}

/// A key as code and two numbers; the record before and after, encoded.
#[derive(Serialize, Deserialize)]
struct ChangeShape {
    entity: u8,
    first: u32,
    second: u32,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// Changes on their way into the journal beside those of a writer, as far as they fit into a step.
#[derive(Default)]
pub struct Trace {
    changes: Vec<ChangeShape>,
    bytes: usize,
}

impl Trace {
    /// Takes a change.
    pub fn note(&mut self, key: Key, before: Option<&Record>, after: Option<&Record>) {
        if self.fits(0) {
            let shape = change_shape(key, before, after);
            self.bytes += shape.before.len() + shape.after.len() + HEAD;
            self.changes.push(shape);
        }
        if !self.fits(0) {
            self.changes = Vec::new();
        }
    }

    /// Whether all of it, and so many bytes more, make a step that can be undone.
    #[must_use]
    pub fn fits(&self, more: usize) -> bool {
        self.bytes + more <= STEP_BYTES - HEAD
    }
}

/// How many bytes a record takes in the journal, and a change that makes or removes it.
#[must_use]
pub fn record_size(record: &Record) -> usize {
    record_bytes(record).len() + HEAD
}

/// What an undo or redo came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn {
    /// The step that was undone or done again: what it was.
    Turned(String),
    /// There is none.
    None,
    /// A record of the step is another by now, or others came to depend on it: which.
    Blocked(Key),
}

impl Writer<'_> {
    /// Writes the changes so far into the journal as one step of this owner, and forgets the owner's undone steps.
    /// False where the step is too large to be undone.
    ///
    /// # Errors
    /// When the store fails.
    pub fn journal(&mut self, owner: Owner, label: &str, at: Timestamp) -> Result<bool> {
        self.journal_behind(Trace::default(), owner, label, at)
    }

    /// As [`Writer::journal`], with changes that a load made before.
    ///
    /// # Errors
    /// When the store fails.
    pub fn journal_behind(&mut self, load: Trace, owner: Owner, label: &str, at: Timestamp) -> Result<bool> {
        if !load.fits(0) {
            self.forget_undone(owner)?;
            return Ok(false);
        }
        let mut changes = load.changes;
        let shape = |one: &Changed| change_shape(one.key, one.before.as_ref(), one.after.as_ref());
        changes.extend(self.changes().iter().map(shape));
        changes.retain(|change| change.before != change.after);
        if changes.is_empty() {
            return Ok(true);
        }
        self.forget_undone(owner)?;
        let step = StepShape { at: at.0, label: label.to_owned(), changes };
        let bytes = step_bytes(owner, false, &step);
        if bytes.len() > STEP_BYTES {
            self.drop_unheld(&step)?;
            return Ok(false);
        }
        let number = self.bump(counter::STEP, |next| next + 1)?;
        self.put_step(number, Some(&bytes))?;
        self.trim()?;
        Ok(true)
    }

    /// Undoes the owner's last step, or does the last undone one again. After [`Turn::Blocked`] drop the writer:
    /// half of the step is turned in it.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where a value that exists once went to another record meanwhile.
    pub fn turn(&mut self, owner: Owner, undo: bool) -> Result<Turn> {
        let Some((number, step)) = find_step(self.txn(), owner, undo)? else { return Ok(Turn::None) };
        let mut changes = Vec::with_capacity(step.changes.len());
        for shape in &step.changes {
            let (key, before, after) = change(shape)?;
            changes.push(if undo { (key, after, before) } else { (key, before, after) });
        }
        if undo {
            changes.reverse();
        }
        let keys: Vec<Key> = changes.iter().map(|(key, ..)| *key).collect();
        for (key, from, to) in changes {
            let now = self.read().record(key)?;
            if without_secret(now.clone()) != from {
                return Ok(Turn::Blocked(key));
            }
            self.set(key, with_secret(to, now))?;
        }
        for key in keys {
            if reference::dangles(self.read(), key)? {
                return Ok(Turn::Blocked(key));
            }
        }
        self.put_step(number, Some(&step_bytes(owner, undo, &step)))?;
        Ok(Turn::Turned(step.label))
    }

    fn forget_undone(&mut self, owner: Owner) -> Result<()> {
        while let Some((number, _)) = find_step(self.txn(), owner, false)? {
            self.put_step(number, None)?;
        }
        Ok(())
    }

    /// Keeps or forgets a step; a forgotten one takes the bytes of files along that nothing holds any more.
    fn put_step(&mut self, number: u64, bytes: Option<&[u8]>) -> Result<()> {
        let new = bytes.map_or(0, <[u8]>::len) as u64;
        let old: Option<Vec<u8>> = {
            let mut table = self.txn().open_table(JOURNAL)?;
            let old = match bytes {
                Some(bytes) => table.insert(number, bytes)?,
                None => table.remove(number)?,
            };
            old.map(|old| old.value().to_vec())
        };
        self.bump(counter::JOURNAL_BYTES, |held| (held + new).saturating_sub(old.as_ref().map_or(0, Vec::len) as u64))?;
        self.touch();
        match (bytes, old) {
            (None, Some(old)) => self.drop_unheld(&step(&old, number)?),
            _ => Ok(()),
        }
    }

    /// Drops the bytes of files that a step let go and that no step of the journal can bring back.
    fn drop_unheld(&mut self, step: &StepShape) -> Result<()> {
        let mut gone = Vec::new();
        for change in &step.changes {
            if let Key::File(file) = key(change)?
                && self.read().file(file)?.is_none()
            {
                gone.push(file);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        let held = held_files(self.txn())?;
        gone.retain(|file| !held.contains(file));
        gone.into_iter().try_for_each(|file| self.drop_bytes(file))
    }

    fn trim(&mut self) -> Result<()> {
        loop {
            let held = self.read().counter(counter::JOURNAL_BYTES)?;
            let (oldest, steps) = {
                let table = self.txn().open_table(JOURNAL)?;
                let oldest = table.first()?.map(|(number, _)| number.value());
                (oldest, redb::ReadableTableMetadata::len(&table)?)
            };
            match oldest {
                Some(oldest) if steps > STEPS || held > BYTES => self.put_step(oldest, None)?,
                _ => return Ok(()),
            }
        }
    }
}

/// The owner's newest step that is done, or the oldest of those undone after it.
fn find_step(txn: &impl Read, owner: Owner, done: bool) -> Result<Option<(u64, StepShape)>> {
    let table = txn.table(JOURNAL)?;
    let mut found = None;
    for row in table.iter()?.rev() {
        let (at, bytes) = row?;
        let (account, undone) = step_head(bytes.value());
        if account != number(owner) || done && undone {
            continue;
        }
        if undone {
            found = Some(at.value());
            continue;
        }
        if done {
            found = Some(at.value());
        }
        break;
    }
    let Some(at) = found else { return Ok(None) };
    let bytes = table.get(at)?;
    bytes.map(|bytes| Ok((at, step(bytes.value(), at)?))).transpose()
}

/// Files whose bytes the journal may still bring back.
///
/// # Errors
/// When the store fails.
pub fn held_files(txn: &impl Read) -> Result<BTreeSet<FileId>> {
    let mut files = BTreeSet::new();
    for row in txn.table(JOURNAL)?.iter()? {
        let (number, bytes) = row?;
        files.extend(files_of(bytes.value(), number.value())?);
    }
    Ok(files)
}

/// The files that a step as kept changes.
///
/// # Errors
/// [`StoreError::Damaged`] where the bytes are no step.
pub fn files_of(bytes: &[u8], number: u64) -> Result<Vec<FileId>> {
    let mut files = Vec::new();
    for shape in &step(bytes, number)?.changes {
        if let (Key::File(file), ..) = change(shape)? {
            files.push(file);
        }
    }
    Ok(files)
}

impl Store {
    /// What an undo, or a redo, of this owner would turn.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_turn(&self, owner: Owner, undo: bool) -> Result<Option<String>> {
        Ok(find_step(&self.begin_read()?, owner, undo)?.map(|(_, step)| step.label))
    }
}

fn number(owner: Owner) -> u32 {
    owner.map_or(0, |account| account.0)
}

/// Password hashes stay out of the journal.
fn without_secret(record: Option<Record>) -> Option<Record> {
    match record {
        Some(Record::Account(account)) => Some(Record::Account(Account { password_hash: String::new(), ..account })),
        other => other,
    }
}

fn with_secret(record: Option<Record>, now: Option<Record>) -> Option<Record> {
    match (record, now) {
        (Some(Record::Account(account)), Some(Record::Account(now))) => {
            Some(Record::Account(Account { password_hash: now.password_hash, ..account }))
        }
        (record, _) => record,
    }
}

fn change_shape(key: Key, before: Option<&Record>, after: Option<&Record>) -> ChangeShape {
    let (first, second) = key.numbers();
    let bytes = |record: Option<&Record>| without_secret(record.cloned()).map(|record| record_bytes(&record));
    ChangeShape {
        entity: key.entity().code(),
        first,
        second: second.unwrap_or(0),
        before: bytes(before).unwrap_or_default(),
        after: bytes(after).unwrap_or_default(),
    }
}

fn record_bytes(record: &Record) -> Vec<u8> {
    match record {
        Record::Movie(value) => encode_shape(&value.shape()),
        Record::Person(value) => encode_shape(&value.shape()),
        Record::Character(value) => encode_shape(&CharacterShape::new(0, value.clone(), 0)),
        Record::Genre(value) => encode_shape(&value.shape()),
        Record::Country(value) => encode_shape(&value.shape()),
        Record::File(value) => encode_shape(&value.shape()),
        Record::Account(value) => encode_shape(&value.shape()),
        Record::Favorite(value) => encode(&value.added.0),
        Record::Review(value) => encode_shape(&value.shape()),
    }
}

fn key(shape: &ChangeShape) -> Result<Key> {
    Ok(match shape.entity {
        0 => Key::Movie(MovieId(shape.first)),
        1 => Key::Person(PersonId(shape.first)),
        2 => Key::Character(CharacterId { movie: MovieId(shape.first), ordinal: shape.second }),
        3 => Key::Genre(GenreId(shape.first)),
        4 => Key::Country(CountryId(shape.first)),
        5 => Key::File(FileId(shape.first)),
        6 => Key::Account(AccountId(shape.first)),
        7 => Key::Favorite(AccountId(shape.first), MovieId(shape.second)),
        8 => Key::Review(ReviewId(shape.first)),
        other => {
            return Err(StoreError::Damaged {
                table: "journal",
                key: other.to_string(),
                why: "names a kind of record that is not known".to_owned(),
            });
        }
    })
}

fn change(shape: &ChangeShape) -> Result<(Key, Option<Record>, Option<Record>)> {
    let key = key(shape)?;
    Ok((key, record(key, &shape.before)?, record(key, &shape.after)?))
}

fn record(key: Key, bytes: &[u8]) -> Result<Option<Record>> {
    if bytes.is_empty() {
        return Ok(None);
    }
    fn shaped<T: Shaped>(bytes: &[u8], key: Key) -> Result<T> {
        T::from_shape(decode_kept(bytes, "journal", key)?)
    }
    Ok(Some(match key {
        Key::Movie(_) => Record::Movie(shaped::<Movie>(bytes, key)?),
        Key::Person(_) => Record::Person(shaped::<Person>(bytes, key)?),
        Key::Character(_) => Record::Character(decode_kept::<CharacterShape>(bytes, "journal", key)?.character(0)?),
        Key::Genre(_) => Record::Genre(shaped::<Genre>(bytes, key)?),
        Key::Country(_) => Record::Country(shaped::<Country>(bytes, key)?),
        Key::File(_) => Record::File(shaped::<File>(bytes, key)?),
        Key::Account(_) => Record::Account(shaped::<Account>(bytes, key)?),
        Key::Review(_) => Record::Review(Box::new(shaped::<Review>(bytes, key)?)),
        Key::Favorite(..) => Record::Favorite(Favorite { added: Timestamp(decode(bytes, "journal", key)?) }),
    }))
}
