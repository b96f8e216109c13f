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

#[test]
fn repair_rebuilds_what_is_lost_and_keeps_the_file_as_it_was() {
    let home = Home::with_films();
    let all = home.run(&["list", "movies", "--sort", "title"]).out;
    meddle(&home, |writing| {
        let mut table = writing.open_table(TITLE_ORDER).unwrap();
        let first = table.first().unwrap().unwrap().0.value().to_vec();
        table.remove(first.as_slice()).unwrap();
    });
    let damaged = std::fs::read(home.catalog()).unwrap().len();
    let repaired = home.run(&["check", "--repair"]);
    assert_eq!(repaired.status, Some(0), "{repaired:?}");
    let copy = home.path("data/cinedex/catalog.cinedex.before-repair-1");
    assert!(repaired.err.contains("repaired; the file as it was is kept as HOME/data/cinedex/catalog.cinedex.before-"));
    assert!(repaired.err.ends_with("no faults\n"), "{}", repaired.err);
    assert!(damaged > 0 && std::fs::exists(copy).unwrap());
    assert_eq!(home.run(&["list", "movies", "--sort", "title"]).out, all);
    assert!(!home.run(&["check", "--repair"]).err.contains("repaired"));
}

#[test]
fn a_copy_is_taken_and_put_back() {
    let home = Home::with_films();
    home.run_with(&["account", "create", "ada", "--password-stdin"], "rosebud rosebud\n");
    let taken = home.run(&["backup", "copy.cinedex"]);
    assert_eq!((taken.status, taken.out.as_str()), (Some(0), ""), "{taken:?}");
    assert!(taken.err.starts_with("copied to copy.cinedex, "), "{}", taken.err);
    home.run(&["backup", "copy.cinedex"]).is_refused("copy.cinedex: is there already; nothing was overwritten");
    assert_eq!(home.run(&["backup", "copy.cinedex", "--overwrite"]).status, Some(0));
    home.run(&["backup", "data"]).is_refused("data: is not a file; name the catalogue's file itself");

    home.run_with(&["account", "create", "eve", "--password-stdin"], "rosebud rosebud\n")
        .is_done("", "created member eve\n");
    home.run(&["restore", "copy.cinedex"]).is_done(
        "",
        "restored HOME/data/cinedex/catalog.cinedex from copy.cinedex\n\
         what was there before is kept as HOME/data/cinedex/catalog.cinedex.before-restore-1\n",
    );
    assert_eq!(home.run(&["account", "list", "--json"]).objects().len(), 1);
    let before = ["--catalog", "data/cinedex/catalog.cinedex.before-restore-1"];
    assert_eq!(home.run(&[&before[..], &["account", "list", "--json"]].concat()).objects().len(), 2);
}

#[test]
fn only_a_proven_copy_is_put_back() {
    let home = Home::with_films();
    let good = std::fs::read(home.catalog()).unwrap();
    std::fs::write(home.path("letter"), "Dear Sir or Madam").unwrap();
    std::fs::write(home.path("torn"), &good[..good.len() / 3]).unwrap();
    for copy in ["letter", "torn", "missing", "data"] {
        let ran = home.run(&["restore", copy]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.starts_with("cinedex: ") && ran.err.contains(copy), "{}", ran.err);
    }
    assert_eq!(home.run(&["list", "movies", "--json"]).objects().len(), home.films);
    let names = |home: &Home| std::fs::read_dir(home.path("data/cinedex")).unwrap().count();
    assert_eq!(names(&home), 1, "nothing is left lying about");
    let elsewhere = Home::new();
    std::fs::write(elsewhere.path("copy"), &good).unwrap();
    elsewhere.run(&["restore", "copy"]).is_done("", "restored HOME/data/cinedex/catalog.cinedex from copy\n");
    assert_eq!(elsewhere.run(&["list", "movies", "--json"]).objects().len(), home.films);
}
