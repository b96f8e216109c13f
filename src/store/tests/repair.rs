//! What `check` finds in a file that was spoiled on purpose, and that `repair` makes it sound.

use super::operations::{Pair, lived};
use crate::domain::Entity;
use crate::store::tables::{
    CASTS, COUNTERS, CREDITS, FAVORITES, FILES, FRESH_NAMES, GENRES, MAIN_NAMES, MOVIES, NAMESAKES, PIECES, POSTINGS,
    TITLE_ORDER, TOKENS, UNIQUES, counter,
};
use crate::store::{check, repair};
use redb::ReadableTable;

fn faults(pair: &Pair) -> String {
    check::examine(&pair.store).unwrap().1.to_string()
}

/// Spoils a file by hand, sees what is said of it, and repairs it.
fn spoiled(says: &[&str], spoil: impl FnOnce(&redb::WriteTransaction)) -> (Pair, Vec<String>) {
    let pair = lived(42, 300);
    assert_eq!(faults(&pair), "");
    let mut writer = pair.store.begin_write().unwrap();
    spoil(writer.txn());
    writer.touch();
    writer.commit().unwrap();
    let found = faults(&pair);
    for part in says {
        assert!(found.contains(part), "“{part}” is not said in:\n{found}");
    }
    let said = repair::mend(&pair.store).unwrap();
    assert_eq!(faults(&pair), "", "after {:?}", said.dropped);
    (pair, said.dropped)
}

fn first<V: redb::Value + 'static>(table: &impl ReadableTable<u32, V>) -> u32 {
    table.first().unwrap().unwrap().0.value()
}

#[test]
fn lost_and_invented_entries_are_named_and_made_anew() {
    let says = ["movies by title: movie", "lacks its entry", "that it does not ask for", "names: ", "uniques: "];
    let (pair, dropped) = spoiled(&says, |txn| {
        txn.open_table(TITLE_ORDER).unwrap().pop_first().unwrap();
        txn.open_table(TITLE_ORDER).unwrap().insert(b"zz\0\0\0\0\x09".as_slice(), ()).unwrap();
        txn.open_table(FRESH_NAMES).unwrap().pop_last().unwrap();
        txn.open_table(UNIQUES).unwrap().pop_last().unwrap();
        txn.open_table(POSTINGS).unwrap().pop_first().unwrap();
        txn.open_table(NAMESAKES).unwrap().pop_first().unwrap();
    });
    assert_eq!(dropped, Vec::<String>::new());
    pair.compare();
}

#[test]
fn every_entry_lost_is_counted_not_listed() {
    let (pair, _) = spoiled(&["more are missing or too many"], |txn| {
        txn.delete_table(TITLE_ORDER).unwrap();
        txn.open_table(TITLE_ORDER).unwrap();
        txn.delete_table(MAIN_NAMES).unwrap();
        txn.open_table(MAIN_NAMES).unwrap();
    });
    pair.compare();
}

#[test]
fn numbers_are_counted_again() {
    let says = ["the number of records of kind movie is 7777", "the next person is 0", "the journal's bytes is 3"];
    let (pair, _) = spoiled(&says, |txn| {
        let mut counters = txn.open_table(COUNTERS).unwrap();
        counters.insert(Entity::Movie.code(), 7777).unwrap();
        counters.insert(Entity::Person.code() + counter::NEXT, 0).unwrap();
        counters.insert(counter::JOURNAL_BYTES, 3).unwrap();
    });
    pair.compare();
}

#[test]
fn rows_that_cannot_be_read_go_and_are_told() {
    let says = ["movies: movie", "cannot be read", "casts: movie", "postings: row", "credits: person"];
    let (_, dropped) = spoiled(&says, |txn| {
        let mut movies = txn.open_table(MOVIES).unwrap();
        let id = first(&movies);
        movies.insert(id, [1u8, 200, 3].as_slice()).unwrap();
        let mut casts = txn.open_table(CASTS).unwrap();
        let id = casts.last().unwrap().unwrap().0.value();
        casts.insert(id, [9u8].as_slice()).unwrap();
        let mut postings = txn.open_table(POSTINGS).unwrap();
        let key = *postings.first().unwrap().unwrap().0.value();
        postings.insert(&key, [1u8, 2, 3].as_slice()).unwrap();
        let mut credits = txn.open_table(CREDITS).unwrap();
        let id = first(&credits);
        credits.insert(id, [0xffu8; 3].as_slice()).unwrap();
    });
    assert!(dropped.iter().any(|said| said.contains("could not be read")), "{dropped:?}");
}

#[test]
fn references_to_nothing_go_and_are_told() {
    let says = ["names genre", "which is not there", "favorites: favorite", "tokens: account", "pieces: file 999"];
    let (_, dropped) = spoiled(&says, |txn| {
        let gone: Vec<u32> =
            txn.open_table(GENRES).unwrap().iter().unwrap().map(|row| row.unwrap().0.value()).collect();
        for id in gone {
            txn.open_table(GENRES).unwrap().remove(id).unwrap();
        }
        txn.open_table(FAVORITES).unwrap().insert((77, 78), 1).unwrap();
        txn.open_table(TOKENS).unwrap().insert(&[3; 32], (99, 1)).unwrap();
        txn.open_table(PIECES).unwrap().insert((999, 0), [1u8].as_slice()).unwrap();
    });
    assert!(dropped.iter().any(|said| said.contains("no longer names genre")), "{dropped:?}");
}

#[test]
fn wrong_bytes_of_a_file_go_and_are_told() {
    let (_, dropped) = spoiled(&["pieces: file"], |txn| {
        let mut pieces = txn.open_table(PIECES).unwrap();
        let files = txn.open_table(FILES).unwrap();
        let keys = pieces.iter().unwrap().map(|row| row.unwrap().0.value());
        let (file, number) = keys.into_iter().find(|(file, _)| files.get(file).unwrap().is_some()).unwrap();
        pieces.insert((file, number), [200u8; 5].as_slice()).unwrap();
    });
    assert!(!dropped.is_empty());
}

#[test]
fn a_repair_keeps_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("films.cinedex");
    std::fs::write(&path, lived(3, 60).file()).unwrap();
    let store = crate::store::Store::open(&path, crate::store::Access::Write).unwrap();
    let mut writer = store.begin_write().unwrap();
    writer.txn().open_table(TITLE_ORDER).unwrap().pop_first().unwrap();
    writer.touch();
    writer.commit().unwrap();
    let repaired = repair::repair(&store).unwrap();
    assert_eq!(repaired.copy, folder.path().join("films.cinedex.before-repair-1"));
    let report = check::check(&store).unwrap();
    assert!(report.is_clean() && report.dead_space.is_some());
    drop(store);
    let mut store = crate::store::Store::open(&path, crate::store::Access::Write).unwrap();
    assert_eq!(check::check_alone(&mut store).unwrap().pages, check::Pages::Sound);
    let copy = crate::store::Store::open(&repaired.copy, crate::store::Access::Read).unwrap();
    assert!(check::examine(&copy).unwrap().1.to_string().contains("movies by title: "));
}
