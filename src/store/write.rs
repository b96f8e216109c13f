//! One use case, one write transaction. Every record passes through [`Writer::set`], which keeps the indexes true.

use super::codec::{encode_kept, encode_shape};
use super::entry::{Entry, Index, NameRow, entries};
use super::error::{Result, StoreError};
use super::open::Store;
use super::read::Read;
use super::row::{self, Effect};
use super::shape::Shaped;
use super::tables::{
    ACCOUNTS, CASTS, COUNTERS, COUNTRIES, FAVORITES, FILES, GENRES, MOVIES, PEOPLE, PIECES, REVIEWS, TOKENS, counter,
};
use super::word;
use crate::domain::{
    AccountId, CharacterId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId, Record, ReviewId, Timestamp,
};
use redb::{ReadableTable, WriteTransaction};
use std::collections::{BTreeMap, BTreeSet};

/// A piece of a file's bytes is at most so long.
pub const PIECE: usize = 256 * 1024;

/// One record before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which record.
    pub key: Key,
    /// Before; none where it is new.
    pub before: Option<Record>,
    /// After; none where it is gone.
    pub after: Option<Record>,
}

/// A write transaction. Dropped without [`Writer::commit`], nothing happened.
pub struct Writer<'s> {
    store: &'s Store,
    txn: WriteTransaction,
    changed: Vec<Changed>,
    /// People whose filmography changed length, and the length their entries were made with.
    lengths: BTreeMap<u32, u32>,
    touched: bool,
}

impl<'s> Writer<'s> {
    pub(super) fn new(store: &'s Store, txn: WriteTransaction) -> Self {
        Writer { store, txn, changed: Vec::new(), lengths: BTreeMap::new(), touched: false }
    }

    /// The catalogue as it was before this transaction.
    pub(super) fn begin_read(&self) -> Result<redb::ReadTransaction> {
        self.store.begin_read()
    }

    /// The transaction, to read what is there by now.
    #[must_use]
    pub fn read(&self) -> &impl Read {
        &self.txn
    }

    /// An error with the file's name where that says more.
    pub(super) fn explain(&self, error: StoreError) -> StoreError {
        self.store.explain(error)
    }

    pub(super) fn txn(&self) -> &WriteTransaction {
        &self.txn
    }

    /// What changed so far, in order.
    #[must_use]
    pub fn changes(&self) -> &[Changed] {
        &self.changed
    }

    fn count(&self, number: u8, change: impl FnOnce(u64) -> u64) -> Result<u64> {
        let mut table = self.txn.open_table(COUNTERS)?;
        let now = table.get(number)?.map_or(0, |value| value.value());
        let then = change(now);
        table.insert(number, then)?;
        Ok(now)
    }

    fn next(&mut self, entity: Entity) -> Result<u32> {
        let id = self.count(entity.code() + counter::NEXT, |next| next.max(1) + 1)?.max(1);
        self.touched = true;
        u32::try_from(id).map_err(|_| no_ids(entity))
    }

    /// A new movie id.
    ///
    /// # Errors
    /// When the store fails, as everything here.
    pub fn next_movie(&mut self) -> Result<MovieId> {
        self.next(Entity::Movie).map(MovieId)
    }

    /// A new person id.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_person(&mut self) -> Result<PersonId> {
        self.next(Entity::Person).map(PersonId)
    }

    /// A new genre id.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_genre(&mut self) -> Result<GenreId> {
        self.next(Entity::Genre).map(GenreId)
    }

    /// A new country id.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_country(&mut self) -> Result<CountryId> {
        self.next(Entity::Country).map(CountryId)
    }

    /// A new file id.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_file(&mut self) -> Result<FileId> {
        self.next(Entity::File).map(FileId)
    }

    /// A new account id.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_account(&mut self) -> Result<AccountId> {
        self.next(Entity::Account).map(AccountId)
    }

    /// A new id of a row of the review queue.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_review(&mut self) -> Result<ReviewId> {
        self.next(Entity::Review).map(ReviewId)
    }

    /// A new character id of a movie.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_character(&mut self, movie: MovieId) -> Result<CharacterId> {
        let mut block = self.txn.cast_block(movie)?.unwrap_or_default();
        let ordinal = block.next.max(1);
        block.next = ordinal + 1;
        self.put_cast(movie, &encode_shape(&block))?;
        Ok(CharacterId { movie, ordinal })
    }

    fn put_cast(&mut self, movie: MovieId, block: &[u8]) -> Result<()> {
        self.txn.open_table(CASTS)?.insert(movie.0, block)?;
        self.touched = true;
        Ok(())
    }

    /// Makes the record of this key what `after` says; none takes it away. The only way a record changes.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where a value that exists once belongs to another record, [`StoreError::TooLarge`]
    /// where the record is; then nothing of it was written. After any other, drop the writer.
    pub fn set(&mut self, key: Key, after: Option<Record>) -> Result<()> {
        self.put(key, after).map_err(|error| self.store.explain(error))
    }

    fn put(&mut self, key: Key, after: Option<Record>) -> Result<()> {
        let before = self.txn.record(key)?;
        if before == after {
            return Ok(());
        }
        self.touched = true;
        let credits = self.credits_as_entered(key)?;
        let of = |record: &Option<Record>| -> BTreeSet<Entry> {
            record.iter().flat_map(|record| entries(key, record, credits)).collect()
        };
        let (old, new) = (of(&before), of(&after));
        for entry in new.difference(&old) {
            row::admit(&self.txn, entry)?;
        }
        self.keep(key, after.as_ref())?;
        for entry in old.difference(&new) {
            let effect = row::erase(&self.txn, entry)?;
            self.note(effect);
        }
        for entry in new.difference(&old) {
            let effect = row::enter(&self.txn, entry)?;
            self.note(effect);
        }
        if let Key::Person(id) = key {
            word::renamed(&self.txn, id, texts_of(&old), texts_of(&new))?;
        }
        match (&before, &after) {
            (None, Some(_)) => self.count(key.entity().code(), |count| count + 1).map(drop)?,
            (Some(_), None) => self.count(key.entity().code(), |count| count.saturating_sub(1)).map(drop)?,
            _ => {}
        }
        if let (Key::Account(id), None) = (key, &after) {
            self.forget_tokens(id)?;
        }
        self.changed.push(Changed { key, before, after });
        Ok(())
    }

    fn note(&mut self, effect: Effect) {
        if let Effect::Credits { person, before, .. } = effect {
            self.lengths.entry(person).or_insert(before);
        }
    }

    /// The number of credits a person's entries were last made with.
    fn credits_as_entered(&self, key: Key) -> Result<u32> {
        match key {
            Key::Person(id) => match self.lengths.get(&id.0) {
                Some(length) => Ok(*length),
                None => self.txn.credit_count(id),
            },
            _ => Ok(0),
        }
    }

    /// Puts or removes a record's row, and nothing else.
    pub(super) fn keep(&mut self, key: Key, record: Option<&Record>) -> Result<()> {
        macro_rules! row {
            ($table:ident, $id:expr, $kind:path) => {{
                let mut table = self.txn.open_table($table)?;
                match record {
                    Some($kind(value)) => {
                        table.insert($id.0, encode_kept(key, &value.shape())?.as_slice()).map(drop)?;
                    }
                    _ => table.remove($id.0).map(drop)?,
                }
            }};
        }
        match key {
            Key::Movie(id) => row!(MOVIES, id, Record::Movie),
            Key::Person(id) => row!(PEOPLE, id, Record::Person),
            Key::Genre(id) => row!(GENRES, id, Record::Genre),
            Key::Country(id) => row!(COUNTRIES, id, Record::Country),
            Key::File(id) => row!(FILES, id, Record::File),
            Key::Account(id) => row!(ACCOUNTS, id, Record::Account),
            Key::Review(id) => row!(REVIEWS, id, Record::Review),
            Key::Character(id) => self.keep_character(id, record)?,
            Key::Favorite(account, movie) => {
                let mut table = self.txn.open_table(FAVORITES)?;
                match record {
                    Some(Record::Favorite(favorite)) => {
                        table.insert((account.0, movie.0), favorite.added.0)?;
                    }
                    _ => {
                        table.remove((account.0, movie.0))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn keep_character(&mut self, id: CharacterId, record: Option<&Record>) -> Result<()> {
        let mut block = self.txn.cast_block(id.movie)?.unwrap_or_default();
        match record {
            Some(Record::Character(character)) => block.put(id.ordinal, character.clone()),
            _ => block.take(id.ordinal),
        }
        let bytes = encode_kept(Key::Character(id), &block)?;
        self.put_cast(id.movie, &bytes)
    }

    /// Keeps the bytes of a file, in place of any it had.
    ///
    /// # Errors
    /// When the store fails.
    pub fn put_bytes(&mut self, file: FileId, bytes: &[u8]) -> Result<()> {
        self.drop_bytes(file)?;
        let mut table = self.txn.open_table(PIECES)?;
        for (number, piece) in bytes.chunks(PIECE).enumerate() {
            table.insert((file.0, number as u32), piece)?;
        }
        self.touched = true;
        Ok(())
    }

    pub(super) fn drop_bytes(&mut self, file: FileId) -> Result<()> {
        self.txn.open_table(PIECES)?.retain_in((file.0, 0)..=(file.0, u32::MAX), |_, _| false)?;
        self.touched = true;
        Ok(())
    }

    /// Keeps a sign-in token by its hash.
    ///
    /// # Errors
    /// When the store fails.
    pub fn put_token(&mut self, hash: &[u8; 32], account: AccountId, at: Timestamp) -> Result<()> {
        self.txn.open_table(TOKENS)?.insert(hash, (account.0, at.0))?;
        self.touched = true;
        Ok(())
    }

    /// Forgets one sign-in token.
    ///
    /// # Errors
    /// When the store fails.
    pub fn forget_token(&mut self, hash: &[u8; 32]) -> Result<()> {
        self.txn.open_table(TOKENS)?.remove(hash)?;
        self.touched = true;
        Ok(())
    }

    /// Forgets every sign-in token of an account.
    ///
    /// # Errors
    /// When the store fails.
    pub fn forget_tokens(&mut self, account: AccountId) -> Result<()> {
        self.txn.open_table(TOKENS)?.retain(|_, (owner, _)| owner != account.0)?;
        self.touched = true;
        Ok(())
    }

    pub(super) fn bump(&self, number: u8, change: impl FnOnce(u64) -> u64) -> Result<u64> {
        self.count(number, change)
    }

    /// Says that something other than a record changed.
    pub(super) fn touch(&mut self) {
        self.touched = true;
    }

    /// Moves the entries of people that depend on the length of their filmography.
    fn settle_lengths(&mut self) -> Result<()> {
        for (person, length) in std::mem::take(&mut self.lengths) {
            let id = PersonId(person);
            let Some(record) = self.txn.person(id)?.map(Record::Person) else { continue };
            let of = |credits| -> BTreeSet<Entry> {
                let moving = |entry: &Entry| matches!(entry.index, Index::Credited | Index::Names);
                entries(Key::Person(id), &record, credits).into_iter().filter(moving).collect()
            };
            let (old, new) = (of(length), of(self.txn.credit_count(id)?));
            for entry in old.difference(&new) {
                row::erase(&self.txn, entry)?;
            }
            for entry in new.difference(&old) {
                row::enter(&self.txn, entry)?;
            }
        }
        Ok(())
    }

    /// Makes all of it last, and returns what changed. Nothing is written where nothing changed.
    ///
    /// # Errors
    /// When the store fails; then nothing happened.
    pub fn commit(mut self) -> Result<Vec<Changed>> {
        if !self.touched {
            self.txn.abort()?;
            return Ok(Vec::new());
        }
        self.settle_lengths()?;
        self.count(counter::REVISION, |revision| revision + 1)?;
        let Writer { store, txn, changed, .. } = self;
        txn.commit().map_err(|error| store.explain(error.into()))?;
        Ok(changed)
    }

    /// Makes last what changes nothing that anybody could see.
    pub(super) fn commit_unseen(self) -> Result<()> {
        let Writer { store, txn, .. } = self;
        txn.commit().map_err(|error| store.explain(error.into()))
    }
}

/// The folded texts of a name, out of a record's entries.
fn texts_of(entries: &BTreeSet<Entry>) -> &str {
    let names = entries.iter().find(|entry| entry.index == Index::Names);
    names.and_then(|names| NameRow::decode(&names.value)).map_or("", |name| name.texts)
}

/// Every id of this kind was given.
pub(super) fn no_ids(entity: Entity) -> StoreError {
    StoreError::Damaged { table: "counters", key: entity.to_string(), why: "no ids are left".to_owned() }
}
