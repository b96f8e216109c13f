//! One walk over every record: what it says, whom it names, and the index entries that must exist because of it.

use super::files::piece_fault;
use super::{Faults, Ids};
use crate::domain::{
    Account, AccountId, CharacterId, Country, CountryId, Entity, Favorite, File, FileId, Genre, GenreId, Key, Movie,
    MovieId, Person, PersonId, Record, Review, ReviewId, Timestamp,
};
use crate::store::codec::decode_kept;
use crate::store::entry::{Entry, Index, NameRow, entries};
use crate::store::error::{Result, StoreError};
use crate::store::filmography::Filmography;
use crate::store::ledger::{self, Ledgers, PartsTable, RowsTable};
use crate::store::posting::IdSet;
use crate::store::read::Read;
use crate::store::reference::references;
use crate::store::shape::{CastShape, Shaped};
use crate::store::tables::{ACCOUNTS, CASTS, COUNTRIES, FAVORITES, FILES, GENRES, MOVIES, PEOPLE, REVIEWS};
use crate::store::word;
use redb::{ReadableTable, TableDefinition};
use std::ops::ControlFlow;

/// What to do with each entry.
pub type Enter<'e> = dyn FnMut(&Entry) -> Result<()> + 'e;

type Rows = TableDefinition<'static, u32, &'static [u8]>;

/// A walk over the records, and what it has seen so far.
pub struct Survey<'t, T> {
    txn: &'t T,
    /// Ids seen.
    pub ids: Ids,
    /// Characters seen.
    pub characters: u64,
    /// Favorites seen.
    pub favorites: u64,
    /// Faults seen.
    pub faults: Faults,
}

/// What is wrong with a row, of an error that is about a row; any other error stays one.
///
/// # Errors
/// Any but [`StoreError::Damaged`].
pub fn says<T>(read: Result<T>) -> Result<std::result::Result<T, String>> {
    match read {
        Ok(value) => Ok(Ok(value)),
        Err(StoreError::Damaged { table: "record", key, why }) => Ok(Err(format!("cannot be read: its {key} {why}"))),
        Err(StoreError::Damaged { why, .. }) => Ok(Err(format!("cannot be read: {why}"))),
        Err(error) => Err(error),
    }
}

impl<'t, T: Read> Survey<'t, T> {
    /// A walk that has seen nothing yet.
    pub fn new(txn: &'t T) -> Self {
        Survey { txn, ids: Ids::default(), characters: 0, favorites: 0, faults: Faults::default() }
    }

    /// How many records of each kind it has seen.
    #[must_use]
    pub fn counts(&self) -> Vec<(Entity, u64)> {
        vec![
            (Entity::Movie, self.ids.movies.len()),
            (Entity::Person, self.ids.people.len()),
            (Entity::Character, self.characters),
            (Entity::Genre, self.ids.genres.len()),
            (Entity::Country, self.ids.countries.len()),
            (Entity::File, self.ids.files.len()),
            (Entity::Account, self.ids.accounts.len()),
            (Entity::Favorite, self.favorites),
            (Entity::Review, self.ids.reviews.len()),
        ]
    }

    /// Walks all tables, those that are named before those that name them.
    ///
    /// # Errors
    /// When the store fails, as everything here.
    pub fn all(&mut self, enter: &mut Enter) -> Result<()> {
        self.small(enter)?;
        self.people(enter)?;
        self.movies(enter)?;
        self.casts(enter)?;
        self.favorites(enter)
    }

    /// Walks genres, countries, files, accounts and the review queue.
    ///
    /// # Errors
    /// When the store fails.
    pub fn small(&mut self, enter: &mut Enter) -> Result<()> {
        self.ids.genres = self.table::<Genre>(GENRES, "genres", |id| Key::Genre(GenreId(id)), Record::Genre, enter)?;
        self.ids.countries =
            self.table::<Country>(COUNTRIES, "countries", |id| Key::Country(CountryId(id)), Record::Country, enter)?;
        self.ids.files = self.table::<File>(FILES, "files", |id| Key::File(FileId(id)), Record::File, enter)?;
        self.ids.accounts =
            self.table::<Account>(ACCOUNTS, "accounts", |id| Key::Account(AccountId(id)), Record::Account, enter)?;
        self.ids.reviews = self.table::<Review>(
            REVIEWS,
            "reviews",
            |id| Key::Review(ReviewId(id)),
            |row| Record::Review(Box::new(row)),
            enter,
        )?;
        Ok(())
    }

    /// Walks movies.
    ///
    /// # Errors
    /// When the store fails.
    pub fn movies(&mut self, enter: &mut Enter) -> Result<()> {
        self.ids.movies = self.table::<Movie>(MOVIES, "movies", |id| Key::Movie(MovieId(id)), Record::Movie, enter)?;
        Ok(())
    }

    fn table<R: Shaped>(
        &mut self,
        table: Rows,
        name: &'static str,
        key: impl Fn(u32) -> Key,
        record: impl Fn(R) -> Record,
        enter: &mut Enter,
    ) -> Result<IdSet> {
        let mut ids = IdSet::default();
        for row in self.txn.table(table)?.iter()? {
            let (id, bytes) = row?;
            ids.insert(id.value());
            let value = decode_kept(bytes.value(), "record", "row").and_then(R::from_shape).map(&record);
            self.record(name, key(id.value()), value, 0, enter)?;
        }
        Ok(ids)
    }

    /// Walks people beside their filmographies, whose lengths their entries hold, and what they did by the words of
    /// their names.
    ///
    /// # Errors
    /// When the store fails.
    pub fn people(&mut self, enter: &mut Enter) -> Result<()> {
        let filmographies = self.txn.filmographies()?;
        let mut lengths = filmographies.rows().iter()?.peekable();
        let mut texts = String::new();
        for row in self.txn.table(PEOPLE)?.iter()? {
            let (id, bytes) = row?;
            let id = id.value();
            self.ids.people.insert(id);
            let mut ledger = None;
            while let Some(next) = lengths.next_if(|row| row.as_ref().map_or(true, |(person, _)| person.value() <= id))
            {
                let (person, row) = next?;
                ledger = (person.value() == id).then_some(row);
            }
            let length = ledger.as_ref().and_then(|row| ledger::count(row.value())).unwrap_or(0);
            let value = decode_kept(bytes.value(), "record", "row").and_then(Person::from_shape).map(Record::Person);
            texts.clear();
            self.record("people", Key::Person(PersonId(id)), value, length, &mut |entry| {
                if let Some(name) = NameRow::decode(&entry.value).filter(|_| entry.index == Index::Names) {
                    texts.push_str(name.texts);
                }
                enter(entry)
            })?;
            if let Some(row) = ledger {
                by_word(&filmographies, id, row.value(), &texts, enter)?;
            }
        }
        Ok(())
    }

    /// Walks the characters of every movie.
    ///
    /// # Errors
    /// When the store fails.
    pub fn casts(&mut self, enter: &mut Enter) -> Result<()> {
        for row in self.txn.table(CASTS)?.iter()? {
            let (movie, bytes) = row?;
            let movie = MovieId(movie.value());
            match says(decode_kept::<CastShape>(bytes.value(), "casts", movie))? {
                Ok(block) => self.cast(movie, &block, enter)?,
                Err(says) => self.faults.add("casts", Key::Movie(movie), says),
            }
        }
        Ok(())
    }

    fn cast(&mut self, movie: MovieId, block: &CastShape, enter: &mut Enter) -> Result<()> {
        let ordinals = || block.characters.iter().map(|one| one.ordinal);
        if !ordinals().is_sorted_by(|a, b| a < b) || ordinals().any(|ordinal| ordinal == 0 || ordinal >= block.next) {
            self.faults.add("casts", Key::Movie(movie), "has characters whose ordinals are out of order");
        }
        self.characters += block.characters.len() as u64;
        for one in &block.characters {
            let key = Key::Character(CharacterId { movie, ordinal: one.ordinal });
            self.record("casts", key, one.character(block.since).map(Record::Character), 0, enter)?;
        }
        Ok(())
    }

    /// Walks favorites.
    ///
    /// # Errors
    /// When the store fails.
    pub fn favorites(&mut self, enter: &mut Enter) -> Result<()> {
        for row in self.txn.table(FAVORITES)?.iter()? {
            let (at, added) = row?;
            let (account, movie) = at.value();
            let favorite = Record::Favorite(Favorite { added: Timestamp(added.value()) });
            self.favorites += 1;
            self.record("favorites", Key::Favorite(AccountId(account), MovieId(movie)), Ok(favorite), 0, enter)?;
        }
        Ok(())
    }

    fn record(
        &mut self,
        table: &'static str,
        key: Key,
        record: Result<Record>,
        credits: u32,
        enter: &mut Enter,
    ) -> Result<()> {
        let record = match says(record)? {
            Ok(record) => record,
            Err(says) => {
                self.faults.add(table, key, says);
                return Ok(());
            }
        };
        for named in references(key, &record) {
            if !self.ids.has(named) {
                self.faults.add(table, key, format!("names {named}, which is not there"));
            }
        }
        match &record {
            Record::Person(person) if person.primary_photo.is_some_and(|photo| !person.photos.contains(&photo)) => {
                self.faults.add(table, key, "has a primary photo that is not among its photos");
            }
            Record::File(file) => {
                if let Some(says) = piece_fault(self.txn, key, file)? {
                    self.faults.add("pieces", key, says);
                }
            }
            _ => {}
        }
        let mut made = entries(key, &record, credits);
        made.sort_unstable();
        made.dedup();
        made.iter().try_for_each(enter)
    }
}

/// Enters what somebody did under each word of their name. Where a filmography cannot be read, that is told of it.
fn by_word(
    filmographies: &Ledgers<Filmography, impl RowsTable<Filmography>, impl PartsTable<Filmography>>,
    person: u32,
    row: &[u8],
    texts: &str,
    enter: &mut Enter,
) -> Result<()> {
    let mut entry = Entry { index: Index::Word, key: Vec::new(), value: Vec::new() };
    let mut entered = Ok(());
    let shown = filmographies.visit_row(&person, row, &mut |credit| {
        entered = word::words(texts).try_for_each(|word| {
            word::entry_key(word, credit, &mut entry.key);
            enter(&entry)
        });
        if entered.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    says(shown)?.map_or(Ok(()), |_| entered)
}
