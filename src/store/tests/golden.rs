//! A file of every past format as it was written when the format was current. They must stay readable for ever, by us
//! and by another decoder of the same bytes.

use crate::domain::{
    Account, AccountId, Character, CharacterId, Country, CountryId, Currency, External, Favorite, File, FileId, Gender,
    Genre, GenreId, Key, Language, Money, Movie, MovieId, MovieKind, Origins, PartialDate, Person, PersonId, Record,
    Role, Source, Standing, Timestamp,
};
use crate::store::tables::{ACCOUNTS, CASTS, COUNTRIES, FILES, FORMAT, GENRES, MOVIES, PEOPLE};
use crate::store::{Access, Read, Store, check};
use redb::TableDefinition;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const BYTES: &[u8] = b"not quite a picture";

fn golden(format: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/format-{format}.cinedex"))
}

fn at(number: i64) -> Timestamp {
    Timestamp(1_700_000_000_000 + number)
}

fn movie() -> Movie {
    Movie {
        title: "Casablanca".to_owned(),
        original_title: Some("Everybody Comes to Rick's".to_owned()),
        alternative_titles: vec!["カサブランカ".to_owned(), "Касабланка".to_owned()],
        language: Language::new("en"),
        kind: MovieKind::Movie,
        description: Some("A café in wartime.\nTwo letters of transit.".to_owned()),
        budget: Some(Money { currency: Currency::new("USD").unwrap(), amount: 8_780_000_000 }),
        released: PartialDate::new(1942, Some(11), Some(26)),
        duration: Some(6120),
        directors: vec![PersonId(1)],
        countries: vec![CountryId(1)],
        genres: vec![GenreId(2), GenreId(1)],
        poster: Some(FileId(1)),
        images: vec![FileId(2)],
        external: vec![External { source: Source::Imdb, id: "tt0034583".to_owned() }],
        rating: Some(850),
        votes: Some(600_000),
        origins: Origins(0b10_0110),
        created: at(1),
        updated: at(70_000),
    }
}

fn bare_movie() -> Movie {
    Movie {
        title: "Untitled".to_owned(),
        original_title: None,
        alternative_titles: Vec::new(),
        language: None,
        kind: MovieKind::MiniSeries,
        description: None,
        budget: None,
        released: PartialDate::new(1999, None, None),
        duration: None,
        directors: Vec::new(),
        countries: Vec::new(),
        genres: Vec::new(),
        poster: None,
        images: Vec::new(),
        external: Vec::new(),
        rating: None,
        votes: None,
        origins: Origins::default(),
        created: Timestamp(-5),
        updated: Timestamp(-5),
    }
}

fn person(first: &str, last: &str, gender: Gender) -> Person {
    Person {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        full_name: (first == "Michael").then(|| "Mihály Kertész".to_owned()),
        other_names: vec!["Mano Kaminer".to_owned()],
        biography: Some("Made films.".to_owned()),
        born: PartialDate::new(1886, Some(12), None),
        died: PartialDate::new(1962, Some(4), Some(10)),
        gender,
        country: Some(CountryId(1)),
        photos: vec![FileId(2), FileId(1)],
        primary_photo: Some(FileId(1)),
        external: vec![External { source: Source::Wikipedia, id: format!("{first} {last}") }],
        origins: Origins(u64::MAX / 3),
        created: at(2),
        updated: at(3),
    }
}

fn character(name: &str, billing: u32, role: Role) -> Character {
    Character {
        name: name.to_owned(),
        description: (billing == 0).then(|| "Owns the café.".to_owned()),
        role,
        actors: vec![PersonId(2)],
        billing,
        origins: Origins(1),
        created: at(4 + i64::from(billing)),
        updated: at(9),
    }
}

fn file(kept: bool) -> File {
    File {
        name: "casablanca.jpg".to_owned(),
        mime: "image/jpeg".to_owned(),
        key: kept.then(|| Sha256::digest(BYTES).into()),
        url: (!kept).then(|| "https://example.org/casablanca.jpg".to_owned()),
        size: if kept { BYTES.len() as u64 } else { 0 },
        width: Some(600),
        height: (!kept).then_some(900),
        created: at(5),
        updated: at(5),
    }
}

fn account() -> Account {
    Account {
        username: "Ilsa".to_owned(),
        first_name: "Ilsa".to_owned(),
        last_name: String::new(),
        email: Some("ilsa@example.org".to_owned()),
        password_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned(),
        avatar: Some(FileId(2)),
        standing: Standing::Member,
        views: Vec::new(),
        created: at(6),
        updated: at(6),
    }
}

fn records() -> Vec<(Key, Record)> {
    let genre = |name: &str| Genre { name: name.to_owned(), created: at(7), updated: at(8) };
    let country = |name: &str, code: Option<&str>| Country {
        name: name.to_owned(),
        code: code.map(str::to_owned),
        created: at(7),
        updated: at(8),
    };
    let part = |ordinal| CharacterId { movie: MovieId(1), ordinal };
    vec![
        (Key::Genre(GenreId(1)), Record::Genre(genre("Drama"))),
        (Key::Genre(GenreId(2)), Record::Genre(genre("Film noir"))),
        (Key::Country(CountryId(1)), Record::Country(country("United States", Some("US")))),
        (Key::Country(CountryId(2)), Record::Country(country("Ruritania", None))),
        (Key::File(FileId(1)), Record::File(file(true))),
        (Key::File(FileId(2)), Record::File(file(false))),
        (Key::Person(PersonId(1)), Record::Person(person("Michael", "Curtiz", Gender::Male))),
        (Key::Person(PersonId(2)), Record::Person(person("", "Bogart", Gender::Unknown))),
        (Key::Movie(MovieId(1)), Record::Movie(movie())),
        (Key::Movie(MovieId(2)), Record::Movie(bare_movie())),
        (Key::Character(part(1)), Record::Character(character("Rick Blaine", 0, Role::Leading))),
        (Key::Character(part(3)), Record::Character(character("", 7, Role::Background))),
        (Key::Account(AccountId(1)), Record::Account(account())),
        (Key::Favorite(AccountId(1), MovieId(1)), Record::Favorite(Favorite { added: at(10) })),
    ]
}

/// Writes the file. Only for a new format: the file of an old one is never made again.
#[test]
#[ignore = "writes tests/data; only when a format is made"]
fn write_golden() {
    std::fs::remove_file(golden(FORMAT)).unwrap_or_default();
    fill(&golden(FORMAT)).compact().unwrap();
}

/// Makes a catalogue of these records.
fn fill(path: &Path) -> Store {
    let store = Store::create(path).unwrap();
    let mut writer = store.begin_write().unwrap();
    for _ in 0..3 {
        writer.next_genre().unwrap();
        writer.next_country().unwrap();
        writer.next_file().unwrap();
        writer.next_person().unwrap();
        writer.next_movie().unwrap();
        writer.next_account().unwrap();
    }
    for (key, record) in records() {
        writer.set(key, Some(record)).unwrap();
    }
    writer.put_bytes(FileId(1), BYTES).unwrap();
    writer.put_token(&[7; 32], AccountId(1), at(11)).unwrap();
    writer.journal(Some(AccountId(1)), "make all of it", at(12)).unwrap();
    writer.commit().unwrap();
    store
}

fn copy(format: u32) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("films.cinedex");
    std::fs::copy(golden(format), &path).unwrap();
    let store = Store::open(&path, Access::Write).unwrap();
    (folder, store)
}

#[test]
fn files_of_every_format_are_read() {
    (1..FORMAT).for_each(is_read);
}

fn is_read(format: u32) {
    let (_folder, store) = copy(format);
    let txn = store.begin_read().unwrap();
    for (key, record) in records() {
        let (there, expected) = (txn.record(key).unwrap(), Some(record));
        assert!(there == expected, "{key}: {there:?} instead of {expected:?}");
    }
    assert_eq!(txn.bytes(FileId(1)).unwrap(), BYTES);
    assert_eq!(txn.token(&[7; 32]).unwrap(), Some((AccountId(1), at(11))));
    assert!(txn.queue(false, None, None).unwrap().is_empty(), "the queue came with format 2");
    drop(txn);
    assert_eq!(check::examine(&store).unwrap().1.to_string(), "");
    let owner = Some(AccountId(1));
    assert_eq!(store.next_turn(owner, true).unwrap().as_deref(), Some("make all of it"));
}

/// The same shapes for another decoder.
mod other {
    use wincode::SchemaRead;

    #[derive(SchemaRead)]
    pub struct Movie {
        pub title: String,
        pub original: String,
        pub alternative: Vec<String>,
        pub language: String,
        pub kind: u8,
        pub description: String,
        pub budget: Option<(String, i64)>,
        pub released: u32,
        pub duration: u32,
        pub directors: Vec<u32>,
        pub countries: Vec<u32>,
        pub genres: Vec<u32>,
        pub poster: u32,
        pub images: Vec<u32>,
        pub external: Vec<(u8, String)>,
        pub rating: Option<u16>,
        pub votes: Option<u32>,
        pub origins: u64,
        pub times: (i64, i64),
    }

    #[derive(SchemaRead)]
    pub struct Person {
        pub first: String,
        pub last: String,
        pub full: String,
        pub other: Vec<String>,
        pub biography: String,
        pub born: u32,
        pub died: u32,
        pub gender: u8,
        pub country: u32,
        pub photos: Vec<u32>,
        pub primary: u32,
        pub external: Vec<(u8, String)>,
        pub origins: u64,
        pub times: (i64, i64),
    }

    #[derive(SchemaRead)]
    pub struct Cast {
        pub next: u32,
        pub since: i64,
        pub characters: Vec<Character>,
    }

    #[derive(SchemaRead)]
    pub struct Character {
        pub ordinal: u32,
        pub name: String,
        pub description: String,
        pub role: u8,
        pub actors: Vec<u32>,
        pub billing: u32,
        pub origins: u64,
        pub times: (i64, i64),
    }

    #[derive(SchemaRead)]
    pub struct MovieNow {
        pub title: String,
        pub kind: u8,
        pub released: u32,
        pub duration: u32,
        pub directors: Vec<u32>,
        pub countries: Vec<u32>,
        pub genres: Vec<u32>,
        pub external: Vec<(u8, String)>,
        pub rating: Option<u16>,
        pub votes: Option<u32>,
        pub origins: u64,
        pub times: (i64, i64),
        pub rest: Option<MovieRest>,
    }

    #[derive(SchemaRead)]
    pub struct MovieRest {
        pub original: String,
        pub alternative: Vec<String>,
        pub language: String,
        pub description: String,
        pub budget: Option<(String, i64)>,
        pub poster: u32,
        pub images: Vec<u32>,
    }

    #[derive(SchemaRead)]
    pub struct PersonNow {
        pub first: String,
        pub last: String,
        pub born: u32,
        pub died: u32,
        pub gender: u8,
        pub external: Vec<(u8, String)>,
        pub origins: u64,
        pub times: (i64, i64),
        pub rest: Option<PersonRest>,
    }

    #[derive(SchemaRead)]
    pub struct PersonRest {
        pub full: String,
        pub other: Vec<String>,
        pub biography: String,
        pub country: u32,
        pub photos: Vec<u32>,
        pub primary: u32,
    }

    #[derive(SchemaRead)]
    pub struct CastNow {
        pub next: u32,
        pub since: i64,
        pub characters: Vec<CharacterNow>,
    }

    #[derive(SchemaRead)]
    pub struct CharacterNow {
        pub ordinal: u32,
        pub role: u8,
        pub name: String,
        pub actor: u32,
        pub rest: Option<CharacterRest>,
    }

    #[derive(SchemaRead)]
    pub struct CharacterRest {
        pub description: String,
        pub others: Vec<u32>,
        pub billing: i64,
        pub origins: u64,
        pub times: (i64, i64),
    }

    #[derive(SchemaRead)]
    pub struct Named {
        pub name: String,
        pub times: (i64, i64),
    }

    #[derive(SchemaRead)]
    pub struct Country {
        pub name: String,
        pub code: String,
        pub times: (i64, i64),
    }

    #[derive(SchemaRead)]
    pub struct File {
        pub name: String,
        pub mime: String,
        pub key: Option<[u8; 32]>,
        pub url: String,
        pub size: u64,
        pub width: Option<u32>,
        pub height: Option<u32>,
        pub times: (i64, i64),
    }

    #[derive(SchemaRead)]
    pub struct Account {
        pub username: String,
        pub first: String,
        pub last: String,
        pub email: String,
        pub hash: String,
        pub avatar: u32,
        pub standing: u8,
        pub times: (i64, i64),
    }
}

/// A row of a table, without its format byte.
fn row(store: &Store, version: u8, table: TableDefinition<u32, &'static [u8]>, id: u32) -> Vec<u8> {
    let bytes = store.begin_read().unwrap().open_table(table).unwrap().get(id).unwrap().unwrap().value().to_vec();
    assert_eq!(bytes[0], version, "the format byte");
    bytes[1..].to_vec()
}

macro_rules! reader {
    ($read:ident, $store:ident, $version:literal) => {
        macro_rules! $read {
            ($kind:ty, $table:ident, $id:literal) => {{
                let config = wincode::config::Configuration::default().with_varint_encoding();
                wincode::config::deserialize::<$kind, _>(&row(&$store, $version, $table, $id), config).unwrap()
            }};
        }
    };
}

#[test]
fn another_decoder_reads_what_is_kept_thriftily() {
    let folder = tempfile::tempdir().unwrap();
    let store = fill(&folder.path().join("films.cinedex"));
    reader!(read, store, 2);
    let (expected, found) = (movie(), read!(other::MovieNow, MOVIES, 1));
    let rest = found.rest.unwrap();
    assert_eq!((found.title, found.kind, found.duration), (expected.title, 0, 6120));
    assert_eq!(found.released, expected.released.unwrap().packed());
    assert_eq!((found.directors, found.countries, found.genres), (vec![1], vec![1], vec![2, 1]));
    assert_eq!(found.external, vec![(0, "tt0034583".to_owned())]);
    assert_eq!((found.rating, found.votes, found.origins), (Some(850), Some(600_000), 0b10_0110));
    assert_eq!(found.times, (at(1).0, 69_999));
    assert_eq!((Some(rest.original), rest.alternative), (expected.original_title, expected.alternative_titles));
    assert_eq!((rest.language.as_str(), Some(rest.description)), ("en", expected.description));
    assert_eq!((rest.budget, rest.poster, rest.images), (Some(("USD".to_owned(), 8_780_000_000)), 1, vec![2]));
    let bare = read!(other::MovieNow, MOVIES, 2);
    assert!(bare.rest.is_none() && bare.title == "Untitled");

    let (expected, found) = (person("Michael", "Curtiz", Gender::Male), read!(other::PersonNow, PEOPLE, 1));
    let rest = found.rest.unwrap();
    assert_eq!(
        (found.first, found.last, Some(rest.full)),
        (expected.first_name, expected.last_name, expected.full_name)
    );
    assert_eq!((found.born, found.died), (expected.born.unwrap().packed(), expected.died.unwrap().packed()));
    assert_eq!(found.external, vec![(4, "Michael Curtiz".to_owned())]);
    assert_eq!((found.gender, found.origins, found.times), (2, u64::MAX / 3, (at(2).0, 1)));
    assert_eq!((rest.other, Some(rest.biography)), (expected.other_names, expected.biography));
    assert_eq!((rest.country, rest.photos, rest.primary), (1, vec![2, 1], 1));

    let found = read!(other::CastNow, CASTS, 1);
    assert_eq!((found.next, found.characters.len()), (4, 2));
    for (one, (ordinal, expected)) in found
        .characters
        .iter()
        .zip([(1, character("Rick Blaine", 0, Role::Leading)), (3, character("", 7, Role::Background))])
    {
        let rest = one.rest.as_ref().unwrap();
        assert_eq!((one.ordinal, &one.name, one.role), (ordinal, &expected.name, expected.role.code()));
        assert_eq!((one.actor, &rest.others, rest.origins), (2, &Vec::new(), 1));
        assert_eq!(rest.description, expected.description.unwrap_or_default());
        assert_eq!(i64::from(ordinal) - 1 + rest.billing, i64::from(expected.billing));
        assert_eq!(found.since + rest.times.0, expected.created.0);
        assert_eq!(rest.times.1, expected.updated.0 - expected.created.0);
    }
}

#[test]
fn another_decoder_reads_the_same_bytes() {
    let (_folder, store) = copy(1);
    reader!(read, store, 1);
    let (expected, found) = (movie(), read!(other::Movie, MOVIES, 1));
    assert_eq!(Some(found.original), expected.original_title);
    assert_eq!((found.title, found.alternative), (expected.title, expected.alternative_titles));
    assert_eq!((found.language.as_str(), found.kind), ("en", 0));
    assert_eq!(Some(found.description), expected.description);
    assert_eq!(found.budget, Some(("USD".to_owned(), 8_780_000_000)));
    assert_eq!((found.released, found.duration), (expected.released.unwrap().packed(), 6120));
    assert_eq!((found.directors, found.countries, found.genres), (vec![1], vec![1], vec![2, 1]));
    assert_eq!((found.poster, found.images), (1, vec![2]));
    assert_eq!(found.external, vec![(0, "tt0034583".to_owned())]);
    assert_eq!((found.rating, found.votes, found.origins), (Some(850), Some(600_000), 0b10_0110));
    assert_eq!(found.times, (at(1).0, 69_999));
    let bare = read!(other::Movie, MOVIES, 2);
    assert_eq!((bare.budget, bare.rating, bare.votes, bare.times), (None, None, None, (-5, 0)));

    let (expected, found) = (person("Michael", "Curtiz", Gender::Male), read!(other::Person, PEOPLE, 1));
    assert_eq!(
        (found.first, found.last, Some(found.full)),
        (expected.first_name, expected.last_name, expected.full_name)
    );
    assert_eq!((found.other, Some(found.biography)), (expected.other_names, expected.biography));
    assert_eq!((found.born, found.died), (expected.born.unwrap().packed(), expected.died.unwrap().packed()));
    assert_eq!((found.gender, found.country, found.photos, found.primary), (2, 1, vec![2, 1], 1));
    assert_eq!(found.external, vec![(4, "Michael Curtiz".to_owned())]);
    assert_eq!((found.origins, found.times), (u64::MAX / 3, (at(2).0, 1)));

    let found = read!(other::Cast, CASTS, 1);
    assert_eq!((found.next, found.characters.len()), (4, 2));
    for (one, (ordinal, expected)) in found
        .characters
        .iter()
        .zip([(1, character("Rick Blaine", 0, Role::Leading)), (3, character("", 7, Role::Background))])
    {
        assert_eq!((one.ordinal, &one.name), (ordinal, &expected.name));
        assert_eq!(one.description, expected.description.unwrap_or_default());
        assert_eq!(
            (one.role, &one.actors, one.billing, one.origins),
            (expected.role.code(), &vec![2], expected.billing, 1)
        );
        assert_eq!(found.since + one.times.0, expected.created.0);
        assert_eq!(one.times.1, expected.updated.0 - expected.created.0);
    }

    let genre = read!(other::Named, GENRES, 2);
    assert_eq!((genre.name.as_str(), genre.times), ("Film noir", (at(7).0, 1)));
    let country = read!(other::Country, COUNTRIES, 1);
    assert_eq!((country.name.as_str(), country.code.as_str(), country.times), ("United States", "US", (at(7).0, 1)));
    let (kept, linked) = (read!(other::File, FILES, 1), read!(other::File, FILES, 2));
    assert_eq!((kept.name.as_str(), kept.mime.as_str()), ("casablanca.jpg", "image/jpeg"));
    assert_eq!((kept.key, kept.size, kept.url.as_str()), (file(true).key, BYTES.len() as u64, ""));
    assert_eq!(
        (linked.key, Some(linked.url), linked.width, linked.height),
        (None, file(false).url, Some(600), Some(900))
    );
    assert_eq!((kept.times, linked.size), ((at(5).0, 0), 0));
    let found = read!(other::Account, ACCOUNTS, 1);
    assert_eq!((found.username.as_str(), found.first.as_str(), found.last.as_str()), ("Ilsa", "Ilsa", ""));
    assert_eq!((Some(found.email), found.hash), (account().email, account().password_hash));
    assert_eq!((found.avatar, found.standing, found.times), (2, 1, (at(6).0, 0)));
}
