//! A load leaves what the writer would have left, byte for byte.

use super::world::{Dice, World, one_by_one};
use super::{Bulk, Loaded};
use crate::domain::{
    Character, CharacterId, Entity, Genre, GenreId, Key, Movie, MovieId, Person, PersonId, Record, Role, Timestamp,
};
use crate::store::entry::{NameRow, names_key};
use crate::store::read::{Read, Tables};
use crate::store::{Store, check, tables};
use proptest::prelude::*;
use redb::{ReadableTable, TableDefinition};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

fn gather(store: &Store, steps: &[(Key, Record)]) -> Bulk {
    let txn = store.begin_read().unwrap();
    let mut bulk = Bulk::new(store, &txn).unwrap();
    let mut casts: BTreeMap<MovieId, Vec<(u32, Character)>> = BTreeMap::new();
    for (key, record) in steps {
        let before = txn.record(*key).unwrap();
        match (key, record) {
            (Key::Character(id), Record::Character(character)) => {
                casts.entry(id.movie).or_default().push((id.ordinal, character.clone()));
                continue;
            }
            (Key::Movie(id), _) if before.is_none() => assert_eq!(bulk.next_movie().unwrap(), *id),
            (Key::Person(id), _) if before.is_none() => assert_eq!(bulk.next_person().unwrap(), *id),
            (Key::Genre(id), _) if before.is_none() => assert_eq!(bulk.next_genre().unwrap(), *id),
            (Key::Country(id), _) if before.is_none() => assert_eq!(bulk.next_country().unwrap(), *id),
            (Key::File(id), _) if before.is_none() => assert_eq!(bulk.next_file().unwrap(), *id),
            _ => {}
        }
        bulk.put(*key, before, record.clone()).unwrap();
    }
    for (movie, cast) in casts {
        bulk.put_cast(movie, txn.cast_block(movie).unwrap(), cast).unwrap();
    }
    bulk
}

fn at_once(store: &Store, steps: &[(Key, Record)]) {
    let load = gather(store, steps).sort(&store.begin_read().unwrap()).unwrap().unwrap();
    let mut writer = store.begin_write().unwrap();
    assert_eq!(load.write(&mut writer, &mut |_| true).unwrap(), Loaded::Whole);
    writer.commit().unwrap();
}

type Rows = Vec<(Vec<u8>, Vec<u8>)>;

fn rows<K: redb::Key + 'static, V: redb::Value + 'static>(txn: &impl Tables, table: TableDefinition<K, V>) -> Rows {
    let table = txn.table(table).unwrap();
    let row = |row: Result<(redb::AccessGuard<K>, redb::AccessGuard<V>), _>| {
        let (key, value) = row.unwrap();
        (K::as_bytes(&key.value()).as_ref().to_vec(), V::as_bytes(&value.value()).as_ref().to_vec())
    };
    table.iter().unwrap().map(row).collect()
}

/// What the finder knows, however it lies in its layers.
fn names(txn: &impl Read) -> Rows {
    let mut rows = Vec::new();
    for entity in [Entity::Movie, Entity::Person, Entity::Character] {
        txn.scan_names(entity, &mut |id, name| {
            let weight = if entity == Entity::Character { 0 } else { name.weight };
            rows.push((names_key(entity, id).to_vec(), NameRow { weight, ..name }.encode()));
            ControlFlow::Continue(())
        })
        .unwrap();
    }
    rows.sort();
    rows
}

fn everything(store: &Store) -> Vec<(&'static str, Rows)> {
    let txn = store.begin_read().unwrap();
    macro_rules! all {
        ($($table:ident)*) => { vec![$((stringify!($table), rows(&txn, tables::$table))),*] };
    }
    let mut all = all!(COUNTERS MOVIES PEOPLE GENRES COUNTRIES FILES PIECES CASTS TITLE_ORDER RELEASED_ORDER DURATION_ORDER
        BUDGET_ORDER RATING_ORDER POPULARITY_ORDER NAME_ORDER BORN_ORDER CREDITS_ORDER SMALL_ORDER UNIQUES EXTERNALS
        POSTINGS CREDITS CREDIT_PARTS NAMESAKES NAMESAKE_PARTS WORDS WORD_PARTS);
    all[0].1.retain(|(number, _)| ![tables::counter::LAYERS, tables::counter::CAST_DUE].contains(&number[0]));
    all.push(("names", names(&txn)));
    all
}

fn store(folder: &tempfile::TempDir, name: &str) -> Store {
    Store::create(&folder.path().join(name)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_load_equals_the_writer(seed: u64, size in 1..12u32) {
        let folder = tempfile::tempdir().unwrap();
        let (slow, fast) = (store(&folder, "slow"), store(&folder, "fast"));
        let (mut dice, mut world) = (Dice(seed), World::default());
        for round in 0..3 {
            let steps = world.round(&mut dice, size);
            if steps.is_empty() {
                continue;
            }
            one_by_one(&slow, &steps);
            at_once(&fast, &steps);
            for (slow, fast) in everything(&slow).into_iter().zip(everything(&fast)) {
                prop_assert_eq!(slow, fast, "round {}", round);
            }
        }
    }
}

#[test]
fn postings_become_bitmaps() {
    let folder = tempfile::tempdir().unwrap();
    let (slow, fast) = (store(&folder, "slow"), store(&folder, "fast"));
    let (mut dice, mut world) = (Dice(1), World::default());
    let mut steps = Vec::new();
    for id in 1..=4_200 {
        world.next[4] = id;
        let plain = Movie { external: Vec::new(), released: None, ..world.movie(&mut dice, None) };
        steps.push((Key::Movie(MovieId(id)), Record::Movie(plain)));
    }
    one_by_one(&slow, &steps);
    at_once(&fast, &steps);
    assert!(everything(&slow) == everything(&fast));
}

#[test]
fn long_filmographies_are_laid_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let (slow, fast) = (store(&folder, "slow"), store(&folder, "fast"));
    let (mut dice, mut world) = (Dice(3), World::default());
    let person = Record::Person(Person { last_name: "Extra".to_owned(), ..Person::default() });
    let mut steps = vec![(Key::Person(PersonId(1)), person)];
    let part = |movie, ordinal, role| {
        let one = Character { actors: vec![PersonId(1)], role, ..Character::default() };
        (Key::Character(CharacterId { movie: MovieId(movie), ordinal }), Record::Character(one))
    };
    for movie in 1..=3 {
        steps.push((Key::Movie(MovieId(movie)), Record::Movie(world.movie(&mut dice, None))));
        steps.extend((1..=200).map(|ordinal| part(movie, ordinal, Role::Background)));
    }
    let more: Vec<_> = (1..=300).map(|ordinal| part(2, ordinal, Role::Leading)).collect();
    for steps in [steps, more] {
        one_by_one(&slow, &steps);
        at_once(&fast, &steps);
        assert!(everything(&slow) == everything(&fast));
    }
    let txn = fast.begin_read().unwrap();
    assert_eq!(txn.credit_count(PersonId(1)).unwrap(), 700);
    let leading = txn.credits(PersonId(1)).unwrap().iter().filter(|credit| credit.role == Role::Leading).count();
    assert_eq!(leading, 300);
    assert_eq!(check::examine(&fast).unwrap().1.to_string(), "");
}

#[test]
fn nothing_happens_unless_all_does() {
    let folder = tempfile::tempdir().unwrap();
    let fast = store(&folder, "fast");
    let (mut dice, mut world) = (Dice(3), World::default());
    at_once(&fast, &world.round(&mut dice, 9));
    let before = everything(&fast);

    let steps = world.round(&mut dice, 9);
    let load = gather(&fast, &steps).sort(&fast.begin_read().unwrap()).unwrap().unwrap();
    let mut writer = fast.begin_write().unwrap();
    let genre = writer.next_genre().unwrap();
    let record = Genre { name: "Elsewhere".to_owned(), created: Timestamp(1), updated: Timestamp(1) };
    writer.set(Key::Genre(genre), Some(Record::Genre(record))).unwrap();
    writer.commit().unwrap();
    let mut writer = fast.begin_write().unwrap();
    assert_eq!(load.write(&mut writer, &mut |_| true).unwrap(), Loaded::Moved);
    assert_eq!(writer.commit().unwrap(), []);
    assert!(gather(&fast, &[]).sort(&fast.begin_read().unwrap()).unwrap().is_some());
    assert!(everything(&fast).iter().zip(&before).all(|(now, then)| now.0 != "MOVIES" || now == then));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_id_has_one_owner() {
    let folder = tempfile::tempdir().unwrap();
    let now = Timestamp(1);
    let genre = |id, name: &str| {
        (Key::Genre(GenreId(id)), Record::Genre(Genre { name: name.to_owned(), created: now, updated: now }))
    };
    let fast = store(&folder, "fast");
    at_once(&fast, &[genre(1, "Noir")]);
    for steps in [vec![genre(2, "noir")], vec![genre(2, "War"), genre(3, "WAR")]] {
        let load = gather(&fast, &steps).sort(&fast.begin_read().unwrap()).unwrap().unwrap();
        let mut writer = fast.begin_write().unwrap();
        let error = load.write(&mut writer, &mut |_| true).unwrap_err();
        assert!(error.to_string().contains("genre"), "{error}");
    }
}
