//! Checking, copying and compacting.

use super::Home;
use cinedex::store::tables::{COUNTERS, FORMAT, TITLE_ORDER, counter};
use redb::{ConcurrencyMode, Database, ReadableTable, WriteTransaction};
use serde_json::json;

/// Meddles with the file behind cinedex's back.
fn meddle(home: &Home, change: impl FnOnce(&WriteTransaction)) {
    let mut builder = Database::builder();
    let database = builder.set_concurrency_mode(ConcurrencyMode::MultiWriter).open(home.catalog()).unwrap();
    let writing = database.begin_write().unwrap();
    change(&writing);
    writing.commit().unwrap();
}

#[test]
fn a_sound_catalogue_checks_clean() {
    let home = Home::with_films();
    let report = &home.run(&["check", "--json"]).objects()[0];
    assert_eq!((&report["clean"], &report["faults"], &report["pages"]), (&json!(true), &json!(0), &json!("sound")));
    assert_eq!(report["counts"]["movie"], home.films);
    let text = home.run(&["check"]);
    assert_eq!(text.status, Some(0));
    assert!(text.out.starts_with("KIND       RECORDS\nmovie          "), "{}", text.out);
    assert!(text.err.starts_with("pages: every checksum is right\n"), "{}", text.err);
    assert!(text.err.ends_with("no faults\n"), "{}", text.err);
}

#[test]
fn a_lost_index_entry_is_found() {
    let home = Home::with_films();
    meddle(&home, |writing| {
        let mut table = writing.open_table(TITLE_ORDER).unwrap();
        let first = table.first().unwrap().unwrap().0.value().to_vec();
        table.remove(first.as_slice()).unwrap();
    });
    let found = home.run(&["check"]);
    assert_eq!(found.status, Some(1), "{found:?}");
    assert!(found.out.starts_with("movies by title: "), "{}", found.out);
    assert!(found.err.ends_with("1 fault; `cinedex check --repair` rebuilds the indexes\n"), "{}", found.err);
    let objects = home.run(&["check", "--json"]);
    assert_eq!((objects.status, objects.err.as_str()), (Some(1), ""));
    let lines: Vec<serde_json::Value> = objects.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["table"]), (2, &json!("movies by title")));
    assert_eq!((&lines[1]["clean"], &lines[1]["faults"]), (&json!(false), &json!(1)));
}

#[test]
fn a_newer_catalogue_is_refused() {
    let home = Home::with_films();
    let newer = FORMAT + 1;
    meddle(&home, |writing| {
        writing.open_table(COUNTERS).unwrap().insert(counter::FORMAT, u64::from(newer)).unwrap();
    });
    let says = format!(
        "HOME/data/cinedex/catalog.cinedex: was written by a newer cinedex (format {newer}, this one reads up to {FORMAT}); \
         update cinedex"
    );
    for words in [&["list", "movies"][..], &["check"], &["compact"], &["import", "starter"]] {
        home.run(words).is_refused(&says);
    }
}

#[test]
fn dead_space_is_given_back() {
    let home = Home::with_films();
    let compacted = home.run(&["compact"]);
    assert_eq!((compacted.status, compacted.out.as_str()), (Some(0), ""), "{compacted:?}");
    assert!(compacted.err.starts_with("the catalogue takes "), "{}", compacted.err);
    assert_eq!(home.run(&["check"]).status, Some(0));
    assert_eq!(home.run(&["list", "movies", "--json"]).objects().len(), home.films);
}
