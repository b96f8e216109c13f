//! Which index entries must exist because of a record. Writing and checking both ask here.

use crate::domain::fold::fold;
use crate::domain::sort::{name_key, title_key};
use crate::domain::{
    Account, AccountId, Character, CharacterId, Country, Entity, External, Favorite, File, FileId, Genre, Key, Movie,
    MovieId, PartialDate, Person, PersonId, Record, Review, Source, Why,
};
use crate::search::TEXT;
use crate::store::band::Bands;
use crate::store::credit::Credit;
use crate::store::external;
use crate::store::tables::unique;
use crate::store::word::{Whose, words};

/// An index. The order is that of the file's tables in a bulk load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Index {
    /// Movies by title.
    Title,
    /// Movies by release.
    Released,
    /// Movies by duration.
    Duration,
    /// Movies by budget.
    Budget,
    /// Movies by rating.
    Rating,
    /// Movies by popularity.
    Popularity,
    /// People by name.
    Name,
    /// People by birth.
    Born,
    /// People by number of credits.
    Credited,
    /// Genres, countries, files and accounts by name.
    Small,
    /// Favorites in the order added.
    Added,
    /// Favorites by movie.
    DearTo,
    /// Values that exist once.
    Unique,
    /// Ids in other databases.
    External,
    /// What the finder knows by name.
    Names,
    /// Sets of ids.
    Posting,
    /// Filmographies.
    Credit,
    /// Characters by name.
    Namesake,
    /// Credits by the words of names.
    Word,
}

impl Index {
    /// Every index.
    pub const ALL: [Index; 19] = [
        Index::Title,
        Index::Released,
        Index::Duration,
        Index::Budget,
        Index::Rating,
        Index::Popularity,
        Index::Name,
        Index::Born,
        Index::Credited,
        Index::Small,
        Index::Added,
        Index::DearTo,
        Index::Unique,
        Index::External,
        Index::Names,
        Index::Posting,
        Index::Credit,
        Index::Namesake,
        Index::Word,
    ];
}

/// One entry of an index, as bytes whose order is the table's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// Which index.
    pub index: Index,
    /// Its place there.
    pub key: Vec<u8>,
    /// What stands at that place; empty where the place says all.
    pub value: Vec<u8>,
}

/// Kinds of [`Index::Posting`] sets: the first byte of their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Posting {
    /// Movies of a genre.
    Genre = 0,
    /// Movies of a country.
    Country = 1,
    /// Movies of a year of release.
    Year = 2,
    /// People of a country.
    People = 3,
    /// Movies that show a file.
    FileMovie = 4,
    /// People that show a file.
    FilePerson = 5,
    /// Accounts that show a file.
    FileAccount = 6,
    /// Movies of a kind; together all movies.
    Kind = 7,
    /// People of a gender; together all people.
    Gender = 8,
    /// Movies that came in on a day, a packed date.
    Added = 9,
    /// People born in a year.
    Born = 10,
    /// Rows of the review queue; see [`queued`].
    Review = 11,
    /// Movies of a band of running times; see [`Bands`].
    Minute = 12,
    /// Movies of a band of ratings.
    Rating = 13,
    /// Movies of a band of numbers of votes.
    Votes = 14,
    /// Movies of a band of budgets.
    Budget = 15,
}

/// Takes entries: index, key, value.
pub type Take<'t> = dyn FnMut(Index, &[u8], &[u8]) + 't;

/// Lends entries, one after another, to whoever takes them.
struct Sink<'t> {
    key: Vec<u8>,
    value: Vec<u8>,
    /// Of one index only, so that what is dear need not be made for others.
    only: Option<Index>,
    take: &'t mut Take<'t>,
}

impl Sink<'_> {
    fn wants(&self, index: Index) -> bool {
        self.only.is_none_or(|only| only == index)
    }

    fn valued(&mut self, index: Index, key: &[&[u8]], value: &[&[u8]]) {
        if !self.wants(index) {
            return;
        }
        self.key.clear();
        self.value.clear();
        for part in key {
            self.key.extend_from_slice(part);
        }
        for part in value {
            self.value.extend_from_slice(part);
        }
        (self.take)(index, &self.key, &self.value);
    }

    fn entry(&mut self, index: Index, key: &[&[u8]]) {
        self.valued(index, key, &[]);
    }

    fn posting(&mut self, kind: Posting, key: u32, id: u32) {
        self.entry(Index::Posting, &[&[kind as u8], &key.to_be_bytes(), &id.to_be_bytes()]);
    }

    /// An entry of a sort index, and of the set of its band where the value is known.
    fn sorted(&mut self, index: Index, value: &[u8], more: &[u8], id: u32) {
        self.entry(index, &[value, more, &id.to_be_bytes()]);
        if let Some(bands) = Bands::of(index)
            && value.iter().any(|byte| *byte != 0)
        {
            self.posting(bands.posting, bands.band(bands.value(value)), id);
        }
    }

    fn owned(&mut self, index: Index, space: u8, value: &[u8], owner: u32) {
        self.valued(index, &[&[space], value], &[&owner.to_be_bytes()]);
    }

    fn credit(&mut self, person: PersonId, credit: Credit) {
        self.entry(Index::Credit, &[&person.0.to_be_bytes(), &credit.key()]);
    }

    fn small(&mut self, entity: Entity, name: &str, id: u32) {
        let mut folded = fold(name);
        folded.truncate(folded.floor_char_boundary(96));
        self.entry(Index::Small, &[&[entity.code()], folded.as_bytes(), &[0], &id.to_be_bytes()]);
    }

    fn externals(&mut self, entity: Entity, ids: &[External], owner: u32) {
        for one in ids {
            self.valued(Index::External, &[&external::key(entity, one)], &[&owner.to_be_bytes()]);
        }
    }
}

fn date(date: Option<PartialDate>) -> [u8; 4] {
    date.map_or(0, PartialDate::packed).to_be_bytes()
}

/// What the finder knows of one name: weight, year, and folded texts one a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameRow<'a> {
    /// Votes of a movie; credits of a person, see [`weight`].
    pub weight: u32,
    /// Year of release or birth, or 0.
    pub year: u16,
    /// Folded texts, one a line; the first is the title or name.
    pub texts: &'a str,
}

impl<'a> NameRow<'a> {
    /// The row as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        [&self.weight.to_be_bytes()[..], &self.year.to_be_bytes(), self.texts.as_bytes()].concat()
    }

    /// Bytes as a row; none where they are not one.
    #[must_use]
    pub fn decode(bytes: &'a [u8]) -> Option<Self> {
        let (weight, rest) = bytes.split_first_chunk::<4>()?;
        let (year, texts) = rest.split_first_chunk::<2>()?;
        Some(NameRow {
            weight: u32::from_be_bytes(*weight),
            year: u16::from_be_bytes(*year),
            texts: std::str::from_utf8(texts).ok()?,
        })
    }
}

impl Sink<'_> {
    fn names<'a>(&mut self, entity: Entity, id: u32, weight: u32, year: u16, texts: impl Iterator<Item = &'a str>) {
        if !self.wants(Index::Names) {
            return;
        }
        let mut folded: Vec<String> = Vec::new();
        for text in texts {
            let mut text = fold(text);
            if text.len() > TEXT
                && let Some((end, _)) = text.char_indices().nth(TEXT)
            {
                text.truncate(end);
            }
            if !text.is_empty() && !folded.contains(&text) {
                folded.push(text);
            }
        }
        let texts = if let [only] = &mut folded[..] { std::mem::take(only) } else { folded.join("\n") };
        let (weight, year) = (weight.to_be_bytes(), year.to_be_bytes());
        self.valued(Index::Names, &[&names_key(entity, id)], &[&weight, &year, texts.as_bytes()]);
    }
}

/// How well known somebody with so many credits is: rounded down to two binary digits, so that few changes of the
/// number change a name.
#[must_use]
pub fn weight(credits: u32) -> u32 {
    let spare = credits.checked_ilog2().map_or(0, |digits| digits.saturating_sub(1));
    credits >> spare << spare
}

/// The key of a name the finder knows.
#[must_use]
pub fn names_key(entity: Entity, id: u32) -> [u8; 5] {
    let id = id.to_be_bytes();
    [entity.code(), id[0], id[1], id[2], id[3]]
}

/// Every entry that must exist because of this record. A person's depend on how many credits they have.
///
/// # Panics
/// If key and record are of different kinds.
#[must_use]
pub fn entries(key: Key, record: &Record, credits: u32) -> Vec<Entry> {
    let mut entries = Vec::new();
    lend_entries(key, record, credits, &mut |index, key, value| {
        entries.push(Entry { index, key: key.to_vec(), value: value.to_vec() });
    });
    entries
}

/// The same as [`entries`], one after another.
///
/// # Panics
/// If key and record are of different kinds.
pub fn lend_entries(key: Key, record: &Record, credits: u32, take: &mut Take) {
    lend(&mut Sink { key: Vec::new(), value: Vec::new(), only: None, take }, key, record, credits);
}

/// The first of its entries in one index.
///
/// # Panics
/// If key and record are of different kinds.
#[must_use]
pub fn entry_in(index: Index, key: Key, record: &Record, credits: u32) -> Option<Entry> {
    let mut found = None;
    let take: &mut Take = &mut |index, key, value| {
        found.get_or_insert_with(|| Entry { index, key: key.to_vec(), value: value.to_vec() });
    };
    lend(&mut Sink { key: Vec::new(), value: Vec::new(), only: Some(index), take }, key, record, credits);
    found
}

fn lend(sink: &mut Sink, key: Key, record: &Record, credits: u32) {
    match (key, record) {
        (Key::Movie(id), Record::Movie(movie)) => of_movie(sink, id, movie),
        (Key::Person(id), Record::Person(person)) => of_person(sink, id, person, credits),
        (Key::Character(id), Record::Character(character)) => of_character(sink, id, character),
        (Key::Genre(id), Record::Genre(genre)) => of_genre(sink, id.0, genre),
        (Key::Country(id), Record::Country(country)) => of_country(sink, id.0, country),
        (Key::File(id), Record::File(file)) => of_file(sink, id.0, file),
        (Key::Account(id), Record::Account(account)) => of_account(sink, id, account),
        (Key::Favorite(account, movie), Record::Favorite(favorite)) => of_favorite(sink, account, movie, *favorite),
        (Key::Review(id), Record::Review(review)) => of_review(sink, id.0, review),
        _ => unreachable!("a key addresses records of its own kind"),
    }
}

fn of_movie(sink: &mut Sink, id: MovieId, movie: &Movie) {
    let at = id.0.to_be_bytes();
    let released = date(movie.released);
    let year = movie.released.map_or(0, PartialDate::year);
    let votes = movie.votes.unwrap_or(0);
    let rating = movie.rating.map_or(0, |rating| rating.saturating_add(1));
    if sink.wants(Index::Title) {
        sink.entry(Index::Title, &[&title_key(&movie.title, movie.language), &[0], &at]);
    }
    sink.sorted(Index::Released, &released, &[], id.0);
    sink.sorted(Index::Duration, &movie.duration.unwrap_or(0).to_be_bytes(), &[], id.0);
    sink.sorted(Index::Rating, &rating.to_be_bytes(), &[], id.0);
    sink.sorted(Index::Popularity, &votes.to_be_bytes(), &released, id.0);
    sink.sorted(Index::Budget, &movie.budget.map_or([0; 11], |budget| budget.key()), &[], id.0);
    sink.posting(Posting::Kind, u32::from(movie.kind.code()), id.0);
    if let Some(day) = movie.created.day() {
        sink.posting(Posting::Added, day.packed(), id.0);
    }
    movie.genres.iter().for_each(|genre| sink.posting(Posting::Genre, genre.0, id.0));
    movie.countries.iter().for_each(|country| sink.posting(Posting::Country, country.0, id.0));
    pictures(movie.poster, &movie.images).for_each(|file| sink.posting(Posting::FileMovie, file.0, id.0));
    movie.directors.iter().for_each(|person| sink.credit(*person, Credit::directing(id)));
    sink.externals(Entity::Movie, &movie.external, id.0);
    let titles = std::iter::once(&movie.title).chain(&movie.original_title).chain(&movie.alternative_titles);
    sink.names(Entity::Movie, id.0, votes, year, titles.map(String::as_str));
}

fn pictures(first: Option<FileId>, more: &[FileId]) -> impl Iterator<Item = FileId> + '_ {
    first.into_iter().chain(more.iter().copied().filter(move |file| Some(*file) != first))
}

/// The entries of a person that do not depend on their record's other fields are these two: a change of the number
/// of credits moves only them.
fn of_person(sink: &mut Sink, id: PersonId, person: &Person, credits: u32) {
    let at = id.0.to_be_bytes();
    let year = person.born.map_or(0, PartialDate::year);
    if sink.wants(Index::Name) {
        sink.entry(Index::Name, &[&name_key(&person.first_name, &person.last_name), &[0], &at]);
    }
    sink.sorted(Index::Born, &date(person.born), &[], id.0);
    sink.entry(Index::Credited, &[&credits.to_be_bytes(), &at]);
    sink.posting(Posting::Gender, u32::from(person.gender.code()), id.0);
    if let Some(country) = person.country {
        sink.posting(Posting::People, country.0, id.0);
    }
    person.photos.iter().for_each(|file| sink.posting(Posting::FilePerson, file.0, id.0));
    sink.externals(Entity::Person, &person.external, id.0);
    let name = person.name();
    let texts = std::iter::once(name.as_str()).chain(person.other_names.iter().map(String::as_str));
    sink.names(Entity::Person, id.0, weight(credits), year, texts);
}

fn of_character(sink: &mut Sink, id: CharacterId, character: &Character) {
    let credit = Credit::playing(id, character.role);
    character.actors.iter().for_each(|person| sink.credit(*person, credit));
    let name = namesake_key(&character.name);
    if !name.is_empty() {
        sink.entry(Index::Namesake, &[&name, &[0], &credit.key()]);
        let name = std::str::from_utf8(&name).expect("folded text is text");
        for word in words(name) {
            sink.entry(Index::Word, &[&[Whose::Character as u8], word.as_bytes(), &[0], &credit.key()]);
        }
    }
}

/// A character's folded name as its index keeps it: at most 96 bytes, whole characters.
#[must_use]
pub fn namesake_key(name: &str) -> Vec<u8> {
    let mut folded = fold(name);
    folded.truncate(folded.floor_char_boundary(96));
    folded.into_bytes()
}

fn of_genre(sink: &mut Sink, id: u32, genre: &Genre) {
    sink.small(Entity::Genre, &genre.name, id);
    sink.owned(Index::Unique, unique::GENRE, fold(&genre.name).as_bytes(), id);
}

fn of_country(sink: &mut Sink, id: u32, country: &Country) {
    sink.small(Entity::Country, &country.name, id);
    sink.owned(Index::Unique, unique::COUNTRY, fold(&country.name).as_bytes(), id);
    if let Some(code) = &country.code {
        sink.owned(Index::Unique, unique::COUNTRY_CODE, code.as_bytes(), id);
    }
}

fn of_file(sink: &mut Sink, id: u32, file: &File) {
    sink.small(Entity::File, &file.name, id);
    if let Some(key) = &file.key {
        sink.owned(Index::Unique, unique::FILE, key, id);
    }
}

fn of_account(sink: &mut Sink, id: AccountId, account: &Account) {
    sink.small(Entity::Account, &account.username, id.0);
    sink.owned(Index::Unique, unique::USERNAME, account.username.to_lowercase().as_bytes(), id.0);
    if let Some(email) = &account.email {
        sink.owned(Index::Unique, unique::EMAIL, email.to_lowercase().as_bytes(), id.0);
    }
    if let Some(file) = account.avatar {
        sink.posting(Posting::FileAccount, file.0, id.0);
    }
}

fn of_favorite(sink: &mut Sink, account: AccountId, movie: MovieId, favorite: Favorite) {
    let (account, movie) = (account.0.to_be_bytes(), movie.0.to_be_bytes());
    sink.entry(Index::Added, &[&account, &sortable(favorite.added.0), &movie]);
    sink.entry(Index::DearTo, &[&movie, &account]);
}

/// The key of the set of rows that wait, or were put aside, for one reason and of one source.
#[must_use]
pub fn queued(skipped: bool, why: Why, source: Source) -> u32 {
    u32::from_be_bytes([0, u8::from(skipped), why.code(), source.code()])
}

/// A row is found by its source's id, as a movie is.
fn of_review(sink: &mut Sink, id: u32, review: &Review) {
    sink.posting(Posting::Review, queued(review.skipped, review.why, review.source), id);
    sink.externals(Entity::Review, review.id().map_or(&[], std::slice::from_ref), id);
}

/// A signed number as bytes that sort by value.
fn sortable(number: i64) -> [u8; 8] {
    (number.cast_unsigned() ^ 1 << 63).to_be_bytes()
}
