use super::*;
use crate::domain::{Account, Favorite, File, Standing, Timestamp, View};
use crate::store::Store;
use crate::store::bulk::world::grown;
use crate::store::read::Read;
use crate::transfer::ImportError;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

fn exported(store: &Store) -> String {
    let mut bytes = Vec::new();
    export(&store.begin_read().unwrap(), None, &mut bytes, &mut |_| true).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn store(folder: &Path, name: &str) -> Store {
    Store::create(&folder.join(name)).unwrap()
}

fn imported(store: &Store, folder: &Path, lines: &[u8]) -> Result<u64, ImportError> {
    let path: PathBuf = folder.join("all.jsonl");
    std::fs::write(&path, lines).unwrap();
    import(store, &path, &mut |_| {}, &|| false)
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
        export(&txn, Some(&movies), &mut lines, &mut |_| true).unwrap();
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

#[test]
fn only_into_a_new_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (store(folder.path(), "one"), store(folder.path(), "other"));
    furnish(&one, b"abc");
    let lines = exported(&one);
    assert!(imported(&one, folder.path(), lines.as_bytes()).unwrap_err().to_string().contains("a new one only"));
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
