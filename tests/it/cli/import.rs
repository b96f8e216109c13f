//! Importing.

use super::Home;
use std::process::Stdio;

const LIST: &str = r#"[
{"title": "The Lamp", "year": 1921, "cast": ["Ann Lee", "Bob Ray"], "genres": ["Drama"], "href": "The_Lamp"},
{"title": "", "year": 1921, "cast": [], "genres": [], "href": null}
]"#;

#[test]
fn a_list_comes_in_once() {
    let home = Home::new();
    std::fs::write(home.path("films.json"), LIST).unwrap();
    let first = home.run(&["import", "wikipedia", "films.json"]);
    assert_eq!((first.status, first.out.as_str()), (Some(0), ""), "{first:?}");
    for line in [
        "films.json: line 3, record 2: skipped: it has no title",
        "read 2, of which 1 were skipped",
        "movies: 1 new, 0 changed, 0 unchanged",
        "people: 2 new, 0 changed, 0 unchanged",
    ] {
        assert!(first.err.lines().any(|said| said == line), "{line}: {first:?}");
    }
    let again = home.run(&["import", "wikipedia", "films.json"]);
    assert!(again.err.contains("movies: 0 new, 0 changed, 1 unchanged"), "{again:?}");
    let found = home.run(&["search", "--json", "the lamp"]).objects();
    assert_eq!(found[0]["hits"][0]["title"], "The Lamp");
}

#[test]
fn a_damaged_list_changes_nothing() {
    let home = Home::with_films();
    std::fs::write(home.path("films.json"), LIST.replace("},", "}")).unwrap();
    let before = home.run(&["list", "movies", "--json"]).out;
    let ran = home.run(&["import", "wikipedia", "films.json"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("films.json: line 3, column 1: a comma or ] was expected"), "{ran:?}");
    assert_eq!(home.run(&["list", "movies", "--json"]).out, before);
    assert_eq!(home.run(&["check"]).status, Some(0));
}

#[test]
fn a_trial_makes_nothing() {
    let home = Home::new();
    std::fs::write(home.path("films.json"), LIST).unwrap();
    let trial = home.run(&["import", "wikipedia", "--dry-run", "films.json"]);
    assert_eq!((trial.status, trial.out.as_str()), (Some(0), ""), "{trial:?}");
    assert!(trial.err.contains("movies: 1 new"), "{}", trial.err);
    assert!(!std::fs::exists(home.path("data")).unwrap());
}

#[test]
fn what_cannot_come_in_leaves_nothing_behind() {
    let home = Home::new();
    std::fs::write(home.path("torn.json"), &LIST[..50]).unwrap();
    for path in ["torn.json", "missing.json"] {
        let ran = home.run(&["import", "wikipedia", path]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{path}: {ran:?}");
        assert!(ran.err.starts_with("cinedex: ") && ran.err.contains(path), "{}", ran.err);
        assert_eq!(std::fs::read_dir(home.path("data/cinedex")).unwrap().count(), 0, "{path}");
    }
}

#[test]
fn some_films_go_out_with_what_they_name() {
    let home = Home::with_films();
    let query = ["--where", "genre:drama year:1940..1949"];
    let wanted = home.run(&["list", "movies", query[0], query[1]]).out;
    let out = home.run(&["export", "jsonl", "some.jsonl", query[0], query[1]]);
    assert_eq!(out.status, Some(0), "{out:?}");
    let taken = home.run(&["import", "jsonl", "some.jsonl", "--catalog", "some"]);
    assert_eq!(taken.status, Some(0), "{taken:?}");
    assert!(!wanted.is_empty());
    assert_eq!(home.run(&["list", "movies", "--catalog", "some"]).out, wanted);
    assert_eq!(home.run(&["check", "--catalog", "some"]).status, Some(0));
    assert_eq!(home.run(&["export", "jsonl", "--where", "year:19x0"]).status, Some(2));
}

#[test]
fn who_reads_no_further_has_enough() {
    let home = Home::with_films();
    for words in [["export", "csv", "-"], ["export", "jsonl", "-"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = home.command(&words).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr)), (Some(0), "".into()), "{words:?}");
    }
}

#[test]
fn everything_goes_out_and_comes_in_again() {
    let home = Home::with_films();
    let out = home.run(&["export", "jsonl"]);
    assert_eq!(out.status, Some(0), "{}", out.err);
    std::fs::write(home.path("all.jsonl"), &out.out).unwrap();
    let taken = home.run(&["import", "jsonl", "all.jsonl", "--catalog", "other"]);
    assert_eq!(taken.status, Some(0), "{taken:?}");
    assert!(home.run(&["export", "jsonl", "--catalog", "other"]).out == out.out);
    let again = home.run(&["import", "jsonl", "all.jsonl"]);
    assert!(again.status == Some(0) && again.err.contains("movies: 0 new, 0 changed"), "{again:?}");
    assert!(home.run(&["export", "jsonl"]).out == out.out);
}

#[test]
fn a_file_is_not_written_over_unasked() {
    let home = Home::with_films();
    std::fs::write(home.path("all.jsonl"), "mine").unwrap();
    let refused = home.run(&["export", "jsonl", "all.jsonl"]);
    assert_eq!(refused.status, Some(2), "{refused:?}");
    assert!(refused.err.contains("all.jsonl: is there already; --overwrite replaces it"), "{refused:?}");
    assert_eq!(std::fs::read_to_string(home.path("all.jsonl")).unwrap(), "mine");
    assert_eq!(home.run(&["export", "jsonl", "all.jsonl", "--overwrite"]).status, Some(0));
    assert!(std::fs::read_to_string(home.path("all.jsonl")).unwrap() == home.run(&["export", "jsonl"]).out);
}

const FILMS: &str =
    "id,title,release_year,runtime,genres,imdb_id\ntm1,Fog,1950,1h 41m,\"['drama']\",tt0000101\ntm2,Lamp,1961,,[],\n";
const CREDITS: &str = "person_id,id,name,character,role\n7,tm1,Ann Lee,Rosa,ACTOR\n8,tm1,Bo Ray,,DIRECTOR\n";

#[test]
fn tables_come_in_by_their_columns_and_go_out_again() {
    let home = Home::new();
    std::fs::write(home.path("titles.csv"), FILMS).unwrap();
    std::fs::write(home.path("credits.csv"), CREDITS).unwrap();
    let tried = home.run(&["import", "csv", "titles.csv", "credits.csv", "--dry-run", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&tried.out).unwrap();
    assert_eq!(
        (&report["movies"]["new"], &report["people"]["new"], &report["dry_run"]),
        (&2.into(), &2.into(), &true.into())
    );
    assert!(!home.catalog().exists());
    let taken = home.run(&["import", "csv", "titles.csv", "credits.csv"]);
    assert_eq!((taken.status, taken.out.as_str()), (Some(0), ""), "{taken:?}");
    assert!(taken.err.contains("credits: film = id, person = person_id"), "{}", taken.err);
    let again = home.run(&["import", "csv", "titles.csv", "credits.csv"]);
    assert!(again.err.contains("movies: 0 new, 0 changed, 2 unchanged"), "{}", again.err);
    std::fs::write(home.path("facts.csv"), "tt,cost\n101,$5\n999,$6\n").unwrap();
    let facts = home.run(&["import", "csv", "facts.csv", "--map", "imdb=tt,budget=cost", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&facts.out).unwrap();
    assert_eq!((&report["movies"]["changed"], &report["skipped"]), (&1.into(), &1.into()));
    let wrong = home.run(&["import", "csv", "facts.csv", "--map", "imdb=id,budget=cost"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (Some(2), ""));
    assert!(wrong.err.contains("facts.csv: has no column id; its columns are tt, cost"), "{}", wrong.err);
    assert_eq!(home.run(&["check"]).status, Some(0));

    let one = home.run(&["export", "csv", "-", "--where", "year:1950"]);
    assert_eq!((one.status, one.out.lines().count()), (Some(0), 2), "{one:?}");
    assert!(one.out.contains(",Fog,") && one.out.contains(",1:41:00,Drama,"), "{}", one.out);
    assert_eq!(home.run(&["export", "csv", "tables"]).status, Some(0));
    assert_eq!(home.run(&["export", "csv", "tables"]).status, Some(2));
    let back = home.run(&["import", "csv", "tables", "--catalog", "other"]);
    assert_eq!(back.status, Some(0), "{back:?}");
    let there = home.run(&["export", "csv", "--kind", "characters", "--catalog", "other"]);
    assert!(
        there.out.lines().nth(1).is_some_and(|line| line.contains("Rosa") && line.contains("Ann Lee")),
        "{there:?}"
    );
}
