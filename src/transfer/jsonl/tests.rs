use super::*;
use crate::domain::{Account, Favorite, File, Movie, Origins, Person, Standing, Timestamp, View};
use crate::store::Store;
use crate::store::bulk::world::grown;
use crate::store::read::Read;
use crate::transfer::{ImportError, Options, Report};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

fn exported(store: &Store) -> String {
    let mut bytes = Vec::new();
    export(&store.begin_read().unwrap(), None, &mut bytes, &mut |_, _| true).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn store(folder: &Path, name: &str) -> Store {
    Store::create(&folder.join(name)).unwrap()
}

fn imported(store: &Store, folder: &Path, lines: &[u8]) -> Result<u64, ImportError> {
    taken(store, folder, lines, &Options::at(Timestamp(9))).map(|report| report.read)
}

fn taken(store: &Store, folder: &Path, lines: &[u8], options: &Options) -> Result<Report, ImportError> {
    let path: PathBuf = folder.join("all.jsonl");
    std::fs::write(&path, lines).unwrap();
    import(store, &path, options, &mut |_| {}, &|| false)
}

/// Two accounts, a favorite, bytes, and gaps where records were.
fn furnish(store: &Store, bytes: &[u8]) {
    let mut writer = store.begin_write().unwrap();
    for (name, standing) in [("ann", Standing::Curator), ("bob", Standing::Member)] {
        let (username, password_hash) = (name.to_owned(), format!("$argon2id${name}"));
        let (first_name, last_name, now) = (String::new(), String::new(), Timestamp(4));
        let account = Account {
            username,
            first_name,
            last_name,
            email: None,
            password_hash,
            avatar: None,
            standing,
            views: vec![View {
                name: "Old ones".to_owned(),
                entity: Entity::Movie,
                query: "year:..1930".to_owned(),
                sort: "date".to_owned(),
                reverse: false,
            }],
            created: now,
            updated: now,
        };
        let id = writer.next_account().unwrap();
        writer.set(Key::Account(id), Some(Record::Account(account))).unwrap();
    }
    let now = Timestamp(4);
    let (key, size) = (Some(Sha256::digest(bytes).into()), bytes.len() as u64);
    let file = File {
        name: "a.png".to_owned(),
        mime: "image/png".to_owned(),
        key,
        url: None,
        size,
        width: None,
        height: None,
        created: now,
        updated: now,
    };
    let id = writer.next_file().unwrap();
    writer.set(Key::File(id), Some(Record::File(file))).unwrap();
    writer.put_bytes(id, bytes).unwrap();
    for id in 1..4 {
        if writer.read().movie(MovieId(id)).unwrap().is_some() {
            writer
                .set(Key::Favorite(AccountId(2), MovieId(id)), Some(Record::Favorite(Favorite { added: now })))
                .unwrap();
        }
        let (genre, person) = (writer.next_genre().unwrap(), writer.next_person().unwrap());
        assert!(genre.0 > 0 && person.0 > 0);
    }
    writer.commit().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn what_goes_out_comes_in_again(seed: u64, size in 1..10u32, length in 0..600_000usize) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (store(folder.path(), "one"), store(folder.path(), "other"));
        let world = grown(&one, seed, size, 2);
        furnish(&one, &(0..length).map(|at| (at % 251) as u8).collect::<Vec<_>>());
        let lines = exported(&one);
        let records = imported(&other, folder.path(), lines.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(records as usize, lines.lines().filter(|line| line.starts_with("{\"record\"")).count());
        prop_assert_eq!(exported(&other), lines);
        let txn = (one.begin_read().unwrap(), other.begin_read().unwrap());
        for (key, record) in &world.records {
            let kept = txn.1.record(*key).unwrap();
            prop_assert_eq!(kept.as_ref(), Some(record));
        }
        for id in 1..=world.next[0] {
            let id = PersonId(id);
            prop_assert_eq!(txn.0.credits(id).unwrap(), txn.1.credits(id).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn some_movies_go_out_with_all_they_name(seed: u64, size in 1..10u32) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (store(folder.path(), "one"), store(folder.path(), "other"));
        let world = grown(&one, seed, size, 3);
        furnish(&one, b"abc");
        let is_wanted = |movie: MovieId| movie.0 % 2 == 1;
        let txn = one.begin_read().unwrap();
        let mut lines = Vec::new();
        let movies = (1..1000).filter(|id| is_wanted(MovieId(*id))).collect();
        let mut totals = std::collections::BTreeSet::new();
        let mut hear = |_, total| {
            totals.insert(total);
            true
        };
        let written = export(&txn, Some(&movies), &mut lines, &mut hear).unwrap();
        prop_assert!(totals.iter().all(|total| *total == written));
        imported(&other, folder.path(), &lines).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let there = other.begin_read().unwrap();
        for (key, record) in &world.records {
            let wanted = match key {
                Key::Movie(id) => Some(is_wanted(*id)),
                Key::Character(id) => Some(is_wanted(id.movie)),
                _ => None,
            };
            let kept = there.record(*key).unwrap();
            prop_assert!(wanted.is_none_or(|wanted| wanted == kept.is_some()), "{key}");
            prop_assert!(kept.is_none_or(|kept| kept == *record), "{key}");
        }
        prop_assert_eq!(there.count(Entity::Account).unwrap() + there.count(Entity::Favorite).unwrap(), 0);
    }
}

/// A catalogue in which one film was made, and no database knows it.
fn stocked(folder: &Path, name: &str, title: &str) -> Store {
    let store = store(folder, name);
    let mut writer = store.begin_write().unwrap();
    let person = Person { last_name: "Dew".to_owned(), created: Timestamp(5), ..Person::default() };
    let id = writer.next_person().unwrap();
    writer.set(Key::Person(id), Some(Record::Person(person))).unwrap();
    let movie = Movie {
        title: title.to_owned(),
        released: "1931".parse().ok(),
        directors: vec![id],
        created: Timestamp(5),
        origins: Origins::EDITED,
        ..Movie::default()
    };
    let id = writer.next_movie().unwrap();
    writer.set(Key::Movie(id), Some(Record::Movie(movie))).unwrap();
    writer.commit().unwrap();
    store
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn a_catalogue_that_has_records_gets_those_of_another_once(seed: u64, size in 1..8u32) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (store(folder.path(), "one"), stocked(folder.path(), "other", "Zebra"));
        grown(&one, seed, size, 2);
        let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03"[..], &[8, 2, 0, 0, 0]].concat();
        furnish(&one, &png);
        let lines = exported(&one);
        let options = Options::at(Timestamp(9));
        let report = taken(&other, folder.path(), lines.as_bytes(), &options).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let movies = one.begin_read().unwrap().count(Entity::Movie).unwrap();
        prop_assert_eq!((report.movies.new, report.skipped, report.doubtful), (movies, 0, 0));
        let txn = other.begin_read().unwrap();
        let revision = txn.revision().unwrap();
        prop_assert_eq!(txn.count(Entity::Movie).unwrap(), movies + 1);
        prop_assert_eq!(txn.count(Entity::Account).unwrap(), 0);
        drop(txn);
        let again = taken(&other, folder.path(), lines.as_bytes(), &options).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!((again.movies.new + again.movies.changed, again.movies.unchanged), (0, movies));
        prop_assert_eq!(other.begin_read().unwrap().revision().unwrap(), revision);
        prop_assert!(crate::store::check::check(&other).unwrap().is_clean());
    }
}

#[test]
fn a_catalogue_knows_its_own_records_and_anothers_again() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (stocked(folder.path(), "one", "Fog"), stocked(folder.path(), "other", "Dew"));
    let lines = exported(&one);
    let options = Options::at(Timestamp(9));
    let own = taken(&one, folder.path(), lines.as_bytes(), &options).unwrap();
    assert_eq!((own.movies.unchanged, own.people.unchanged, own.movies.new), (1, 1, 0));
    assert_eq!(exported(&one), lines);
    let mut writer = other.begin_write().unwrap();
    let id = writer.next_movie().unwrap();
    let there = Movie { title: "FOG".to_owned(), released: "1931-02".parse().ok(), ..Movie::default() };
    writer.set(Key::Movie(id), Some(Record::Movie(there))).unwrap();
    writer.commit().unwrap();
    let dry = Options { dry_run: true, ..options.clone() };
    // The films of both have one number and one moment, so that only another moment tells them apart.
    let lines = lines.replace("\"created\":5", "\"created\":6");
    let found = taken(&other, folder.path(), lines.as_bytes(), &dry).unwrap();
    assert_eq!((found.movies.new, found.movies.changed, found.people.new), (0, 1, 1));
    taken(&other, folder.path(), lines.as_bytes(), &options).unwrap();
    let txn = other.begin_read().unwrap();
    let (movie, revision) = (txn.movie(id).unwrap().unwrap(), txn.revision().unwrap());
    assert_eq!((movie.title.as_str(), movie.released, movie.directors.len()), ("FOG", "1931-02".parse().ok(), 1));
    taken(&other, folder.path(), lines.as_bytes(), &options).unwrap();
    assert_eq!(other.begin_read().unwrap().revision().unwrap(), revision);
}

#[test]
fn what_is_damaged_in_another_catalogue_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (store(folder.path(), "one"), stocked(folder.path(), "other", "Zebra"));
    grown(&one, 3, 6, 1);
    let lines = exported(&one);
    let movies = one.begin_read().unwrap().count(Entity::Movie).unwrap();
    let damaged = lines.replacen("\"movie\":{\"title\":", "\"movie\":{\"name\":", 1) + "{\"record\":7}\n";
    let report = taken(&other, folder.path(), damaged.as_bytes(), &Options::at(Timestamp(9))).unwrap();
    assert_eq!(report.movies.new, movies - 1);
    assert!(report.skipped >= 2 && report.skips.iter().all(|skip| skip.line > 1), "{:?}", report.skips);
    let error = taken(&other, folder.path(), b"{}\n", &Options::at(Timestamp(9))).unwrap_err().to_string();
    assert!(error.contains("line 1"), "{error}");
}

#[test]
fn favorites_are_those_of_the_account_of_the_same_name() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (stocked(folder.path(), "one", "Fog"), stocked(folder.path(), "other", "Dew"));
    furnish(&one, b"abc");
    furnish(&other, b"abd");
    let options = |account| Options { account: Some(AccountId(account)), ..Options::at(Timestamp(9)) };
    let lines = exported(&one).replace("\"created\":5", "\"created\":6");
    let report = taken(&other, folder.path(), lines.as_bytes(), &options(1)).unwrap();
    assert_eq!((report.favorites.new, report.unkept.get("favorites of other accounts")), (0, Some(&1)));
    let report = taken(&other, folder.path(), lines.as_bytes(), &options(2)).unwrap();
    assert_eq!((report.favorites.new, report.movies.new, report.unkept.get("accounts")), (1, 0, Some(&2)));
}

#[test]
fn a_new_catalogue_takes_only_what_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (store(folder.path(), "one"), store(folder.path(), "other"));
    furnish(&one, b"abc");
    let lines = exported(&one);
    for (wrong, says) in [
        (lines.replace("YWJj", "YWJk"), "not those it is kept by"),
        (lines.replace("\"id\":[2],\"account\"", "\"id\":[1],\"account\""), "run upwards"),
        (lines.replace("{\"cinedex\":{\"format\":1}}", "{\"cinedex\":{\"format\":2}}"), "newer"),
        (lines.replace("ann", ""), "username"),
        (lines.replace("bob", "Ann"), "belongs to another"),
        (lines.replace("\"account\":{", "\"account\":["), "line"),
        (lines.replacen('{', "", 1), "line 1"),
        (format!("{lines}{{\"record\":{{\"id\":[2,9],\"favorite\":{{\"added\":4}}}}}}\n"), "movie 9"),
    ] {
        let error = imported(&other, folder.path(), wrong.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(says), "{says}: {error}");
        assert_eq!(other.begin_read().unwrap().revision().unwrap(), 0);
    }
    assert_eq!(imported(&other, folder.path(), lines.as_bytes()).unwrap(), 3);
}
