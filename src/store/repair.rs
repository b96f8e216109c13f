//! Making a file sound again: what cannot be read goes, references to what is not there go, and every index, counter
//! and journal number is made anew from the records that stay. One transaction; a copy is kept before.

use super::backup::{backup, free_name};
use super::bulk::Entries;
use super::check::{FAULTS, Faults, Ids, Survey, journal, orphans, piece_fault, tokens, true_numbers};
use super::codec::{decode_kept, encode_shape};
use super::error::Result;
use super::open::{Store, unpanicked};
use super::posting::IdSet;
use super::read::{Read, Tables};
use super::reference::{references, without};
use super::shape::{CastShape, Shaped};
use super::tables::{
    self, ACCOUNTS, CASTS, COUNTERS, COUNTRIES, FAVORITES, FILES, GENRES, JOURNAL, MOVIES, PEOPLE, REVIEWS, TOKENS,
    with_every_index,
};
use super::write::Writer;
use crate::domain::{
    Account, AccountId, CharacterId, Country, CountryId, Favorite, File, FileId, Genre, GenreId, Key, Movie, MovieId,
    Person, PersonId, Record, Review, ReviewId, Timestamp,
};
use redb::{ReadableTable, TableDefinition};
use std::path::PathBuf;

/// Rows looked at between writing.
const BATCH: usize = 2_000;

/// What a repair did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// What was taken away, a sentence each, at most [`FAULTS`].
    pub dropped: Vec<String>,
    /// How many more there were.
    pub unlisted: u64,
    /// The file as it was before.
    pub copy: PathBuf,
}

/// Repairs the file.
///
/// # Errors
/// When the file cannot be written or copied; then nothing was changed.
pub fn repair(store: &Store) -> Result<Repaired> {
    let copy = free_name(store.path(), "before-repair");
    backup(store, &copy, false)?;
    let said = unpanicked(store.path(), || mend(store)).map_err(|error| store.explain(error))?;
    Ok(Repaired { dropped: said.dropped, unlisted: said.unlisted, copy })
}

/// As [`repair`], without the copy.
pub(super) fn mend(store: &Store) -> Result<Said> {
    let mut writer = store.begin_write()?;
    let mut mender = Mender { writer: &mut writer, ids: Ids::default(), said: Said::default() };
    mender.records()?;
    mender.beside()?;
    let said = mender.said;
    rebuild(store, &writer)?;
    writer.touch();
    writer.commit()?;
    Ok(said)
}

#[derive(Default)]
pub(super) struct Said {
    pub(super) dropped: Vec<String>,
    unlisted: u64,
}

impl Said {
    fn add(&mut self, what: String) {
        if self.dropped.len() < FAULTS { self.dropped.push(what) } else { self.unlisted += 1 }
    }
}

struct Mender<'w, 's> {
    writer: &'w mut Writer<'s>,
    ids: Ids,
    said: Said,
}

type Rows = TableDefinition<'static, u32, &'static [u8]>;

impl Mender<'_, '_> {
    /// What is named comes before what names it.
    fn records(&mut self) -> Result<()> {
        self.ids.genres = self.table::<Genre>(GENRES, |id| Key::Genre(GenreId(id)), Record::Genre)?;
        self.ids.countries = self.table::<Country>(COUNTRIES, |id| Key::Country(CountryId(id)), Record::Country)?;
        self.ids.files = self.table::<File>(FILES, |id| Key::File(FileId(id)), Record::File)?;
        self.ids.accounts = self.table::<Account>(ACCOUNTS, |id| Key::Account(AccountId(id)), Record::Account)?;
        self.ids.people = self.table::<Person>(PEOPLE, |id| Key::Person(PersonId(id)), Record::Person)?;
        self.ids.movies = self.table::<Movie>(MOVIES, |id| Key::Movie(MovieId(id)), Record::Movie)?;
        self.ids.reviews =
            self.table::<Review>(REVIEWS, |id| Key::Review(ReviewId(id)), |row| Record::Review(Box::new(row)))?;
        self.casts()?;
        self.favorites()
    }

    fn table<R: Shaped>(&mut self, table: Rows, key: fn(u32) -> Key, record: fn(R) -> Record) -> Result<IdSet> {
        let mut ids = IdSet::default();
        let mut from = Some(0);
        while let Some(first) = from {
            let mut batch = Vec::new();
            for row in self.writer.txn().table(table)?.range(first..)?.take(BATCH) {
                let (id, bytes) = row?;
                batch.push((
                    id.value(),
                    decode_kept(bytes.value(), "record", "row").and_then(R::from_shape).ok().map(record),
                ));
            }
            from = batch.last().and_then(|(id, _)| id.checked_add(1));
            for (id, record) in batch {
                if self.settle(key(id), record)? {
                    ids.insert(id);
                }
            }
        }
        Ok(ids)
    }

    /// Keeps what can be kept of a record; whether anything was.
    fn settle(&mut self, key: Key, record: Option<Record>) -> Result<bool> {
        let Some(record) = record else {
            self.said.add(format!("{key} could not be read and is gone"));
            self.writer.keep(key, None)?;
            return Ok(false);
        };
        let before = record.clone();
        let after = self.mended(key, record)?;
        if after.as_ref() != Some(&before) {
            self.writer.keep(key, after.as_ref())?;
        }
        Ok(after.is_some())
    }

    fn mended(&mut self, key: Key, record: Record) -> Result<Option<Record>> {
        let mut record = record;
        for named in references(key, &record) {
            if !self.ids.has(named) {
                let Some(rest) = without(record, named) else {
                    self.said.add(format!("{key} is gone with {named}, which is not there"));
                    return Ok(None);
                };
                self.said.add(format!("{key} no longer names {named}, which is not there"));
                record = rest;
            }
        }
        match &mut record {
            Record::Person(person) => {
                if let Some(photo) = person.primary_photo.filter(|photo| !person.photos.contains(photo)) {
                    person.photos.push(photo);
                }
                Ok(Some(record))
            }
            Record::File(file) => {
                let Some(says) = piece_fault(self.writer.txn(), key, file)? else { return Ok(Some(record)) };
                let Key::File(id) = key else { return Ok(None) };
                self.writer.drop_bytes(id)?;
                (file.key, file.size) = (None, 0);
                let stays = file.url.is_some();
                let fate = if stays { "its bytes are gone, its address stays" } else { "it is gone" };
                self.said.add(format!("{key} {says}: {fate}"));
                Ok(stays.then_some(record))
            }
            _ => Ok(Some(record)),
        }
    }

    fn casts(&mut self) -> Result<()> {
        let mut from = Some(0);
        while let Some(first) = from {
            let row = self.writer.txn().table(CASTS)?.range(first..)?.next().transpose()?.map(|(movie, bytes)| {
                (MovieId(movie.value()), decode_kept::<CastShape>(bytes.value(), "casts", movie.value()).ok())
            });
            let Some((movie, block)) = row else { break };
            from = movie.0.checked_add(1);
            let Some(block) = block else {
                self.said.add(format!("the characters of movie {movie} could not be read and are gone"));
                self.writer.txn().open_table(CASTS)?.remove(movie.0)?;
                continue;
            };
            let mended = self.mended_cast(movie, &block)?;
            if mended != block {
                self.writer.txn().open_table(CASTS)?.insert(movie.0, encode_shape(&mended).as_slice())?;
            }
        }
        Ok(())
    }

    fn mended_cast(&mut self, movie: MovieId, block: &CastShape) -> Result<CastShape> {
        let mut mended = CastShape { next: block.next, since: block.since, characters: Vec::new() };
        for one in &block.characters {
            let key = Key::Character(CharacterId { movie, ordinal: one.ordinal });
            let record = one.character(block.since).ok().filter(|_| one.ordinal > 0).map(Record::Character);
            let Some(record) = record else {
                self.said.add(format!("{key} could not be read and is gone"));
                continue;
            };
            if let Some(Record::Character(character)) = self.mended(key, record)? {
                mended.put(one.ordinal, character);
            }
        }
        Ok(mended)
    }

    fn favorites(&mut self) -> Result<()> {
        let mut astray = Vec::new();
        for row in self.writer.txn().table(FAVORITES)?.iter()? {
            let (at, added) = row?;
            let (account, movie) = (AccountId(at.value().0), MovieId(at.value().1));
            if !self.ids.has(Key::Account(account)) || !self.ids.has(Key::Movie(movie)) {
                astray.push((Key::Favorite(account, movie), Favorite { added: Timestamp(added.value()) }));
            }
        }
        for (key, favorite) in astray {
            self.settle(key, Some(Record::Favorite(favorite)))?;
        }
        Ok(())
    }

    /// The journal, sign-in tokens, bytes that belong to nothing.
    fn beside(&mut self) -> Result<()> {
        let txn = self.writer.txn();
        let journal = journal(txn, &mut Faults::default())?;
        for step in &journal.damaged {
            self.said.add(format!("step {step} of the journal could not be read and is gone"));
            txn.open_table(JOURNAL)?.remove(step)?;
        }
        for hash in tokens(txn, &self.ids, &mut Faults::default())? {
            self.said.add("a sign-in of an account that is not there is gone".to_owned());
            txn.open_table(TOKENS)?.remove(&hash)?;
        }
        for file in orphans(txn, &self.ids.files, &journal.held)? {
            self.said.add(format!("bytes of file {file}, which is not there, are gone"));
            self.writer.drop_bytes(file)?;
        }
        Ok(())
    }
}

/// Makes every index and counter anew.
pub(super) fn rebuild(store: &Store, writer: &Writer) -> Result<()> {
    let txn = writer.txn();
    macro_rules! clear {
        ($($table:ident),*) => {$(
            txn.delete_table(tables::$table)?;
            txn.open_table(tables::$table)?;
        )*};
    }
    with_every_index!(clear);
    let (mut survey, mut entries) = (Survey::new(txn), Entries::new(store));
    survey.movies(&mut |entry| entries.put(entry))?;
    survey.casts(&mut |entry| entries.put(entry))?;
    entries.write(txn)?;
    survey.small(&mut |entry| entries.put(entry))?;
    survey.people(&mut |entry| entries.put(entry))?;
    survey.favorites(&mut |entry| entries.put(entry))?;
    entries.write(txn)?;
    entries.write_names(txn)?;
    let counts = survey.counts();
    let journal = journal(txn, &mut Faults::default())?;
    for (number, least, exactly) in true_numbers(txn, &survey.ids, &counts, &journal)? {
        let kept = txn.counter(number)?;
        txn.open_table(COUNTERS)?.insert(number, if exactly { least } else { kept.max(least) })?;
    }
    Ok(())
}
