//! Reading records and index rows, the same inside a read and a write transaction.

use super::ahead;
use super::codec::decode_kept;
use super::credit::{Credit, Credits};
use super::entry::{Index, NameRow, Posting, entry_in, namesake_key, queued};
use super::error::{Result, StoreError};
use super::external;
use super::filmography::Filmography;
use super::finder;
use super::ledger::{self, Ledgers, PartsTable, RowsTable};
use super::namesake::Namesake;
use super::posting::{Gathered, IdSet};
use super::row;
use super::shape::{CastShape, LentCast, Shaped};
use super::tables::{
    ACCOUNTS, CASTS, COUNTERS, COUNTRIES, CREDITS, DEAR_TO, EXTERNALS, FAVORITES, FILES, GENRES, MOVIES, NAMESAKES,
    PEOPLE, PIECES, POSTINGS, REVIEWS, TOKENS, UNIQUES, counter,
};
use super::word::{self, Whose};
use crate::domain::{
    Account, AccountId, Character, CharacterId, Country, CountryId, Entity, External, Favorite, File, FileId, Genre,
    GenreId, Key, Movie, MovieId, Person, PersonId, Record, Review, ReviewId, Source, Timestamp, Why,
};
use crate::search::index::Pages;
use redb::{ReadableTable, TableDefinition};
use std::borrow::Borrow;
use std::ops::{ControlFlow, RangeInclusive};

/// A transaction to read in.
pub trait Tables {
    /// One table of it.
    ///
    /// # Errors
    /// When the store fails.
    fn table<K: redb::Key + 'static, V: redb::Value + 'static>(
        &self,
        definition: TableDefinition<K, V>,
    ) -> Result<impl ReadableTable<K, V>>;

    /// Reads rows ahead that are asked for soon: side by side, where the disk is late with each.
    fn ahead<'k, K: redb::Key + Send + 'static, V: redb::Value + Send + 'static>(
        &self,
        _: TableDefinition<K, V>,
        _: &[impl Borrow<K::SelfType<'k>> + Copy + Sync],
    ) {
    }
}

impl Tables for redb::ReadTransaction {
    fn table<K: redb::Key + 'static, V: redb::Value + 'static>(
        &self,
        definition: TableDefinition<K, V>,
    ) -> Result<impl ReadableTable<K, V>> {
        Ok(self.open_table(definition)?)
    }

    fn ahead<'k, K: redb::Key + Send + 'static, V: redb::Value + Send + 'static>(
        &self,
        definition: TableDefinition<K, V>,
        keys: &[impl Borrow<K::SelfType<'k>> + Copy + Sync],
    ) {
        ahead::ahead(self, definition, keys);
    }
}

impl Tables for redb::WriteTransaction {
    fn table<K: redb::Key + 'static, V: redb::Value + 'static>(
        &self,
        definition: TableDefinition<K, V>,
    ) -> Result<impl ReadableTable<K, V>> {
        Ok(self.open_table(definition)?)
    }
}

fn kept<T: Shaped>(
    txn: &impl Tables,
    table: TableDefinition<u32, &'static [u8]>,
    name: &'static str,
    id: u32,
) -> Result<Option<T>> {
    match txn.table(table)?.get(id)? {
        Some(bytes) => Ok(Some(T::from_shape(decode_kept(bytes.value(), name, id)?)?)),
        None => Ok(None),
    }
}

/// Each of these records that is there.
fn each_kept<T: Shaped>(
    txn: &impl Tables,
    table: TableDefinition<u32, &'static [u8]>,
    name: &'static str,
    ids: &IdSet,
    visit: &mut dyn FnMut(u32, T) -> Result<()>,
) -> Result<()> {
    let table = txn.table(table)?;
    for id in ids.iter() {
        if let Some(bytes) = table.get(id)? {
            visit(id, T::from_shape(decode_kept(bytes.value(), name, id)?)?)?;
        }
    }
    Ok(())
}

/// Ids of what is asked for soon.
#[derive(Debug, Default)]
pub struct Expected {
    /// Movies.
    pub movies: Vec<u32>,
    /// People.
    pub people: Vec<u32>,
    /// People whose filmographies are asked for.
    pub filmographies: Vec<u32>,
    /// Movies whose casts are asked for.
    pub casts: Vec<u32>,
    /// Names of characters.
    pub namesakes: Vec<String>,
}

/// Questions a transaction answers.
pub trait Read: Tables + Sized {
    /// A counter of [`counter`], or an entity's.
    ///
    /// # Errors
    /// When the store fails, as everything below.
    fn counter(&self, number: u8) -> Result<u64> {
        Ok(self.table(COUNTERS)?.get(number)?.map_or(0, |value| value.value()))
    }

    /// How many records there are of a kind.
    fn count(&self, entity: Entity) -> Result<u64> {
        self.counter(entity.code())
    }

    /// Moves with every commit that changed something.
    fn revision(&self) -> Result<u64> {
        self.counter(counter::REVISION)
    }

    /// A movie.
    fn movie(&self, id: MovieId) -> Result<Option<Movie>> {
        kept(self, MOVIES, "movies", id.0)
    }

    /// A person.
    fn person(&self, id: PersonId) -> Result<Option<Person>> {
        kept(self, PEOPLE, "people", id.0)
    }

    /// A genre.
    fn genre(&self, id: GenreId) -> Result<Option<Genre>> {
        kept(self, GENRES, "genres", id.0)
    }

    /// A country.
    fn country(&self, id: CountryId) -> Result<Option<Country>> {
        kept(self, COUNTRIES, "countries", id.0)
    }

    /// A file, without its bytes.
    fn file(&self, id: FileId) -> Result<Option<File>> {
        kept(self, FILES, "files", id.0)
    }

    /// An account.
    fn account(&self, id: AccountId) -> Result<Option<Account>> {
        kept(self, ACCOUNTS, "accounts", id.0)
    }

    /// The block of a movie's characters.
    fn cast_block(&self, movie: MovieId) -> Result<Option<CastShape>> {
        match self.table(CASTS)?.get(movie.0)? {
            Some(bytes) => decode_kept(bytes.value(), "casts", movie).map(Some),
            None => Ok(None),
        }
    }

    /// Reads ahead what is asked for soon: records of movies and people, filmographies of these people, casts of these
    /// movies, and who bears these names.
    fn expect(&self, soon: &Expected) {
        self.ahead(MOVIES, &soon.movies);
        self.ahead(PEOPLE, &soon.people);
        self.ahead(CREDITS, &soon.filmographies);
        self.ahead(CASTS, &soon.casts);
        let rows: Vec<Vec<u8>> = soon.namesakes.iter().map(|name| namesake_key(name)).collect();
        self.ahead(NAMESAKES, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }

    /// A movie's characters by billing, then ordinal.
    fn cast(&self, movie: MovieId) -> Result<Vec<(CharacterId, Character)>> {
        let Some(block) = self.cast_block(movie)? else { return Ok(Vec::new()) };
        let mut cast = Vec::with_capacity(block.characters.len());
        for one in &block.characters {
            cast.push((CharacterId { movie, ordinal: one.ordinal }, one.character(block.since)?));
        }
        cast.sort_by_key(|(id, character)| (character.billing, id.ordinal));
        Ok(cast)
    }

    /// A character.
    fn character(&self, id: CharacterId) -> Result<Option<Character>> {
        let Some(block) = self.cast_block(id.movie)? else { return Ok(None) };
        let found = block.characters.iter().find(|one| one.ordinal == id.ordinal);
        found.map(|one| one.character(block.since)).transpose()
    }

    /// The characters of each of these movies that has some.
    fn each_cast<E: From<StoreError>>(
        &self,
        movies: impl Iterator<Item = u32>,
        visit: &mut dyn FnMut(u32, LentCast) -> Result<(), E>,
    ) -> Result<(), E> {
        let table = self.table(CASTS)?;
        for movie in movies {
            if let Some(bytes) = table.get(movie).map_err(StoreError::from)? {
                visit(movie, decode_kept(bytes.value(), "casts", movie)?)?;
            }
        }
        Ok(())
    }

    /// A favorite.
    fn favorite(&self, account: AccountId, movie: MovieId) -> Result<Option<Favorite>> {
        let added = self.table(FAVORITES)?.get((account.0, movie.0))?.map(|added| added.value());
        Ok(added.map(|added| Favorite { added: Timestamp(added) }))
    }

    /// A row of the review queue.
    fn review(&self, id: ReviewId) -> Result<Option<Review>> {
        kept(self, REVIEWS, "reviews", id.0)
    }

    /// Any record.
    fn record(&self, key: Key) -> Result<Option<Record>> {
        Ok(match key {
            Key::Movie(id) => self.movie(id)?.map(Record::Movie),
            Key::Person(id) => self.person(id)?.map(Record::Person),
            Key::Character(id) => self.character(id)?.map(Record::Character),
            Key::Genre(id) => self.genre(id)?.map(Record::Genre),
            Key::Country(id) => self.country(id)?.map(Record::Country),
            Key::File(id) => self.file(id)?.map(Record::File),
            Key::Account(id) => self.account(id)?.map(Record::Account),
            Key::Favorite(account, movie) => self.favorite(account, movie)?.map(Record::Favorite),
            Key::Review(id) => self.review(id)?.map(|row| Record::Review(Box::new(row))),
        })
    }

    /// The filmographies.
    fn filmographies(&self) -> Result<Ledgers<Filmography, impl RowsTable<Filmography>, impl PartsTable<Filmography>>> {
        ledger::open(self)
    }

    /// Shows the credits of a word of names, list by list; with `beginning` of every word that begins so.
    fn each_credit_by_word(
        &self,
        whose: Whose,
        word: &str,
        beginning: bool,
        visit: &mut dyn FnMut(Credits<'_>),
    ) -> Result<()> {
        word::each(self, &word::key(whose, word), beginning, visit)
    }

    /// How many credits a word of names has; with `beginning` all words that begin so.
    fn count_credits_by_word(&self, whose: Whose, word: &str, beginning: bool) -> Result<u64> {
        word::count(self, &word::key(whose, word), beginning)
    }

    /// What a person did, by movie.
    fn credits(&self, person: PersonId) -> Result<Vec<Credit>> {
        self.first_credits(person, usize::MAX)
    }

    /// What each of these people did.
    fn each_credit<E: From<StoreError>>(
        &self,
        people: &IdSet,
        visit: &mut dyn FnMut(PersonId, Credit) -> Result<(), E>,
    ) -> Result<(), E> {
        let filmographies = self.filmographies()?;
        for person in people.iter() {
            let mut seen = Ok(());
            let _ = filmographies.visit(&person, &mut |credit| {
                seen = visit(PersonId(person), credit);
                if seen.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            seen?;
        }
        Ok(())
    }

    /// How much each of these people did.
    fn each_credit_count(&self, people: &IdSet, visit: &mut dyn FnMut(PersonId, u32)) -> Result<()> {
        let filmographies = self.filmographies()?;
        people.iter().try_for_each(|person| {
            visit(PersonId(person), filmographies.count(&person)?);
            Ok(())
        })
    }

    /// Each of these movies that is there.
    fn each_movie(&self, movies: &IdSet, visit: &mut dyn FnMut(MovieId, Movie) -> Result<()>) -> Result<()> {
        each_kept(self, MOVIES, "movies", movies, &mut |id, movie| visit(MovieId(id), movie))
    }

    /// Each of these people who is there.
    fn each_person(&self, people: &IdSet, visit: &mut dyn FnMut(PersonId, Person) -> Result<()>) -> Result<()> {
        each_kept(self, PEOPLE, "people", people, &mut |id, person| visit(PersonId(id), person))
    }

    /// What a person did first, by movie; at most so much.
    fn first_credits(&self, person: PersonId, most: usize) -> Result<Vec<Credit>> {
        let mut credits = Vec::new();
        let _ = self.filmographies()?.visit(&person.0, &mut |credit| {
            credits.push(credit);
            if credits.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(credits)
    }

    /// How much a person did.
    fn credit_count(&self, person: PersonId) -> Result<u32> {
        self.filmographies()?.count(&person.0)
    }

    /// A set of ids.
    fn posting(&self, kind: Posting, key: u32) -> Result<IdSet> {
        let mut set = IdSet::default();
        let (first, last) = (row::posting_row(kind as u8, key, 0), row::posting_row(kind as u8, key, u16::MAX));
        for found in self.table(POSTINGS)?.range::<&[u8; 7]>(&first..=&last)? {
            let (at, bytes) = found?;
            let at = at.value();
            set.put_chunk(row::posting_chunk(*at), row::chunk(*at, bytes.value())?);
        }
        Ok(set)
    }

    /// The ids of all sets of a kind whose keys lie in a range.
    fn posting_union(&self, kind: Posting, keys: RangeInclusive<u32>) -> Result<IdSet> {
        let mut all = Gathered::default();
        let (first, last) =
            (row::posting_row(kind as u8, *keys.start(), 0), row::posting_row(kind as u8, *keys.end(), u16::MAX));
        if first > last {
            return Ok(IdSet::default());
        }
        for found in self.table(POSTINGS)?.range::<&[u8; 7]>(&first..=&last)? {
            let (at, bytes) = found?;
            let at = at.value();
            if !all.join_bytes(row::posting_chunk(*at), bytes.value()) {
                row::chunk(*at, bytes.value())?;
            }
        }
        Ok(all.into_set())
    }

    /// The sets of a kind whose keys lie in a range, by key, or from the last one down: each key and its set.
    fn scan_postings(
        &self,
        kind: Posting,
        keys: RangeInclusive<u32>,
        down: bool,
        visit: &mut dyn FnMut(u32, IdSet) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let take = |at: [u8; 7], bytes: &[u8], set: &mut (u64, IdSet)| {
            set.1.put_chunk(row::posting_chunk(at), row::chunk(at, bytes)?);
            Ok(())
        };
        scan_sets(self, (kind, keys, down), &take, &mut |key, (_, set)| visit(key, set))
    }

    /// The same, of each set only its members among these ids, and how many members it has there and elsewhere in
    /// the chunks of those ids.
    fn scan_postings_among(
        &self,
        kind: Posting,
        keys: RangeInclusive<u32>,
        down: bool,
        ids: &IdSet,
        visit: &mut dyn FnMut(u32, u64, IdSet) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let take = |at: [u8; 7], bytes: &[u8], set: &mut (u64, IdSet)| {
            let high = row::posting_chunk(at);
            if let Some(ids) = ids.chunk(high) {
                let (chunk, all) = ids.and_bytes(bytes);
                set.0 += all as u64;
                if !chunk.is_empty() {
                    set.1.put_chunk(high, chunk);
                }
            }
            Ok(())
        };
        scan_sets(self, (kind, keys, down), &take, &mut |key, (all, set)| visit(key, all, set))
    }

    /// The rows of the review queue that wait, or were put aside: for one reason or any, of one source or any.
    fn queue(&self, skipped: bool, why: Option<Why>, source: Option<Source>) -> Result<IdSet> {
        let mut all = IdSet::default();
        for why in Why::ALL.iter().copied().filter(|one| why.is_none_or(|why| why == *one)) {
            let first = queued(skipped, why, source.unwrap_or(Source::ALL[0]));
            let last = queued(skipped, why, source.unwrap_or(Source::ALL[Source::ALL.len() - 1]));
            all = all.or(&self.posting_union(Posting::Review, first..=last)?);
        }
        Ok(all)
    }

    /// Who owns a value that exists once: a space of [`super::tables::unique`] and the folded value.
    fn owner(&self, space: u8, value: &[u8]) -> Result<Option<u32>> {
        let key = [&[space], value].concat();
        Ok(self.table(UNIQUES)?.get(key.as_slice())?.map(|owner| owner.value()))
    }

    /// Who owns an id of another database.
    fn external(&self, entity: Entity, external: &External) -> Result<Option<u32>> {
        Ok(self.table(EXTERNALS)?.get(external::key(entity, external).as_slice())?.map(|owner| owner.value()))
    }

    /// Hands over the ids that records of a kind have in another database, with the records, until `visit` says stop.
    fn scan_external(
        &self,
        entity: Entity,
        source: Source,
        visit: &mut dyn FnMut(&str, u32) -> ControlFlow<()>,
    ) -> Result<()> {
        let first = external::head(entity, source);
        for found in self.table(EXTERNALS)?.range(first.as_slice()..)? {
            let (key, owner) = found?;
            let key = key.value();
            if !key.starts_with(&first) || visit(&external::id(key), owner.value()).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How many accounts hold a movie dear; counted to `most`.
    fn dear_to(&self, movie: MovieId, most: usize) -> Result<Vec<AccountId>> {
        let mut accounts = Vec::new();
        let (first, last) = (pair(movie.0, 0), pair(movie.0, u32::MAX));
        for found in self.table(DEAR_TO)?.range::<&[u8; 8]>(&first..=&last)?.take(most) {
            accounts.push(AccountId(row::number(found?.0.value(), 4)));
        }
        Ok(accounts)
    }

    /// The ledgers of characters' names.
    fn bearers(&self) -> Result<Ledgers<Namesake, impl RowsTable<Namesake>, impl PartsTable<Namesake>>> {
        ledger::open(self)
    }

    /// Characters of this name, by movie; at most so many.
    fn namesakes(&self, name: &str, most: usize) -> Result<Vec<CharacterId>> {
        let mut all = Vec::new();
        let _ = self.bearers()?.visit(&namesake_key(name).as_slice(), &mut |credit| {
            all.extend(credit.character());
            if all.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(all)
    }

    /// How many characters bear this name.
    fn count_namesakes(&self, name: &str) -> Result<u32> {
        self.bearers()?.count(&namesake_key(name).as_slice())
    }

    /// The first character of this name in a movie.
    fn namesake_in(&self, name: &str, movie: MovieId) -> Result<Option<CharacterId>> {
        let mut first = None;
        self.bearers()?.in_movie(&namesake_key(name).as_slice(), movie, &mut |credit| {
            first = first.or(credit.character());
        })?;
        Ok(first)
    }

    /// Every distinct folded character name, in order.
    fn scan_namesakes(&self, visit: &mut dyn FnMut(&str) -> ControlFlow<()>) -> Result<()> {
        self.bearers()?
            .rows_from(&[], &mut |name, _| Ok(std::str::from_utf8(name).map_or(ControlFlow::Continue(()), &mut *visit)))
    }

    /// Another number whenever the finder's index was written anew below its fresh names.
    fn finder_layers(&self) -> Result<u64> {
        self.counter(counter::LAYERS)
    }

    /// The finder's index.
    fn finder(&self) -> Result<impl Pages> {
        finder::shelf(self)
    }

    /// Every name of movies or of people, in any order.
    fn scan_names(&self, entity: Entity, visit: &mut dyn FnMut(u32, NameRow) -> ControlFlow<()>) -> Result<()> {
        finder::names(self, entity, visit)
    }

    /// The folded texts of a movie's or person's name, one a line.
    fn name_texts(&self, key: Key) -> Result<Option<String>> {
        let record = self.record(key)?;
        let row = record.and_then(|record| entry_in(Index::Names, key, &record, 0));
        Ok(row.and_then(|row| NameRow::decode(&row.value).map(|name| name.texts.to_owned())))
    }

    /// The bytes of a file.
    fn bytes(&self, file: FileId) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for piece in self.table(PIECES)?.range((file.0, 0)..=(file.0, u32::MAX))? {
            bytes.extend_from_slice(piece?.1.value());
        }
        Ok(bytes)
    }

    /// The account a sign-in token belongs to, and when it was given.
    fn token(&self, hash: &[u8; 32]) -> Result<Option<(AccountId, Timestamp)>> {
        let held = self.table(TOKENS)?.get(hash)?.map(|held| held.value());
        Ok(held.map(|(account, at)| (AccountId(account), Timestamp(at))))
    }
}

impl<T: Tables> Read for T {}

/// Takes a row of a set into a value.
type TakeRow<'t> = dyn Fn([u8; 7], &[u8], &mut (u64, IdSet)) -> Result<()> + 't;

/// Takes the rows of each set of a kind in a range of keys into one value, and shows the values.
fn scan_sets(
    txn: &impl Tables,
    (kind, keys, down): (Posting, RangeInclusive<u32>, bool),
    take: &TakeRow,
    visit: &mut dyn FnMut(u32, (u64, IdSet)) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let (first, last) =
        (row::posting_row(kind as u8, *keys.start(), 0), row::posting_row(kind as u8, *keys.end(), u16::MAX));
    let mut current: Option<(u32, (u64, IdSet))> = None;
    let table = txn.table(POSTINGS)?;
    let mut rows = table.range::<&[u8; 7]>(&first..=&last)?;
    while let Some(found) = if down { rows.next_back() } else { rows.next() } {
        let (at, bytes) = found?;
        let at = at.value();
        let key = row::number(at, 1);
        if let Some((done, set)) = current.take_if(|(there, _)| *there != key)
            && visit(done, set)?.is_break()
        {
            return Ok(());
        }
        take(*at, bytes.value(), &mut current.get_or_insert_with(|| (key, (0, IdSet::default()))).1)?;
    }
    current.map_or(Ok(()), |(key, set)| visit(key, set).map(drop))
}

/// Two ids as a key of eight bytes.
#[must_use]
pub fn pair(first: u32, second: u32) -> [u8; 8] {
    let (a, b) = (first.to_be_bytes(), second.to_be_bytes());
    [a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3]]
}
