//! What goes out as tables comes in again.

use super::*;
use crate::catalog::task::Export;
use crate::domain::{Timestamp, fold};
use crate::store::bulk::world::grown;
use crate::store::read::Read;
use crate::transfer::formats::Outgoing;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Line = BTreeMap<String, String>;

fn exported(store: &Store, folder: &Path, query: &str, settings: &[(&'static str, &str)]) -> Result<u64, ImportError> {
    let settings = Settings(settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
    let export = Export { format: "csv", query: query.to_owned(), settings, ..Export::default() };
    let mut job = Outgoing { store, export: &export, account: None, progress: &mut |_| {}, cancelled: &|| false };
    export_tables(&mut job, folder)
}

/// The rows of a table, without what tables cannot carry: our own numbers, moments and the numbers of files.
fn told(folder: &Path, name: &str) -> Vec<Line> {
    let mut reader = ::csv::Reader::from_path(folder.join(name)).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let lost = ["id", "created", "updated", "table", "number", "billing"];
    let carried =
        |name: &str| !lost.contains(&name) && !["_id", "_ids", "_file", "_files"].iter().any(|end| name.ends_with(end));
    let row = |row: ::csv::StringRecord| {
        let cells = header.iter().cloned().zip(row.iter().map(str::to_owned));
        let mut line: Line = cells.filter(|(name, _)| carried(name)).collect();
        if line.get("budget").is_some_and(|budget| budget == "0") {
            line.retain(|name, _| !name.starts_with("budget")); // in tables it means that nobody knows
        }
        // A title that the film has already is no alternative one.
        let titles = [line.get("title").cloned(), line.get("original_title").cloned()];
        if let Some(others) = line.get_mut("alternative_titles") {
            let kept = others.split('|').filter(|one| !titles.iter().flatten().any(|title| fold(title) == fold(one)));
            *others = kept.collect::<Vec<_>>().join("|");
        }
        line.retain(|_, cell| !cell.is_empty());
        line
    };
    reader.records().map(|line| row(line.unwrap())).collect()
}

fn text<'l>(line: &'l Line, name: &str) -> &'l str {
    line.get(name).map_or("", String::as_str)
}

/// Parts of films in which no two parts are alike: an import takes those for one, in which an actor plays what has the
/// same name or none.
fn parts(lines: &[Line], mixed: &BTreeSet<String>) -> Vec<(String, String, String, String)> {
    let of = |line: &Line, name: &str| text(line, name).to_owned();
    let told =
        lines.iter().map(|line| (of(line, "movie"), of(line, "character"), of(line, "actors"), of(line, "role")));
    told.filter(|(movie, ..)| !mixed.contains(movie)).collect()
}

/// The titles of the others.
fn mixed(lines: &[Line]) -> BTreeSet<String> {
    let alike = |one: &Line, other: &Line| {
        let (name, other_name) = (fold(text(one, "character")), fold(text(other, "character")));
        let actors: Vec<&str> = text(other, "actors").split('|').collect();
        let nobody = [one, other].iter().any(|line| text(line, "actors").is_empty()); // then the name alone tells
        let shared = nobody || text(one, "actors").split('|').any(|actor| actors.contains(&actor));
        one["movie"] == other["movie"] && shared && (name == other_name || name.is_empty() || other_name.is_empty())
    };
    let twice = |(place, one): (usize, &Line)| lines[..place].iter().any(|other| alike(one, other));
    lines.iter().enumerate().filter(|pair| twice(*pair)).map(|(_, line)| line["movie"].clone()).collect()
}

fn store(folder: &Path, name: &str) -> Store {
    Store::create(&folder.join(name)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]
    #[test]
    fn what_goes_out_comes_in_again(seed: u64, size in 1..10u32) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (store(folder.path(), "one"), store(folder.path(), "other"));
        grown(&one, seed, size, 2);
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        exported(&one, &first, "", &[]).unwrap();
        let bring = || import(&other, std::slice::from_ref(&first), &Settings::default(), &Options::at(Timestamp(9)), &mut |_| {}, &|| false);
        if told(&first, "people.csv").is_empty() && told(&first, "movies.csv").is_empty() {
            return Ok(());
        }
        let report = bring().map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!((report.skipped, report.noted), (0, 0), "{:?}", report);
        exported(&other, &second, "", &[]).unwrap();
        for name in ["people.csv", "movies.csv"] {
            let (gone, come) = (told(&first, name), told(&second, name));
            prop_assert_eq!(gone.len(), come.len());
            for (gone, come) in gone.iter().zip(&come) {
                prop_assert_eq!(gone, come);
            }
        }
        let (characters, again) = (told(&first, "characters.csv"), told(&second, "characters.csv"));
        let mixed = mixed(&characters);
        prop_assert_eq!(parts(&characters, &mixed), parts(&again, &mixed));
        let before = other.begin_read().unwrap().revision().unwrap();
        bring().unwrap();
        prop_assert_eq!(other.begin_read().unwrap().revision().unwrap(), before);
    }

    /// Whatever the bytes and settings are, an import ends, with a report or a sentence.
    #[test]
    fn any_bytes_are_answered(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "(title|name|id|year|role|movie_id|character)(,(title|born|imdb|genres|actors|person_id)){0,4}\r?\n([a-z0-9\"',;|\\[\\]\\\\ .=\r\n\t]|\\PC){0,120}",
        settings in 0..6usize,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path(), "films");
        let choices: [&[(&'static str, &str)]; 6] = [
            &[],
            &[("escape", "\\")],
            &[("encoding", "utf-16le"), ("kind", "films")],
            &[("delimiter", "::"), ("no-header", ""), ("map", "title=1"), ("kind", "films")],
            &[("no-quotes", ""), ("list-separator", "/")],
            &[("kind", "credits"), ("map", "film=#1,character=#2")],
        ];
        let settings = Settings(choices[settings].iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
        for (name, bytes) in [("bytes.csv", &bytes[..]), ("text.csv", text.as_bytes())] {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            let options = Options::at(Timestamp(9));
            if let Err(error) = import(&store, &[file], &settings, &options, &mut |_| {}, &|| false) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
        prop_assert!(crate::store::check::check(&store).unwrap().is_clean());
    }
}

#[test]
fn some_films_go_out_with_what_they_need() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), "films");
    let text = "id,title,year,genres,director,cast\n1,=Fog,1950,drama,Ann Lee,Bo Ray\n2,Lamp,1961,war,\"Cy, Tan\",-7\n";
    let file = folder.path().join("in.csv");
    std::fs::write(&file, text).unwrap();
    import(&store, &[file], &Settings::default(), &Options::at(Timestamp(9)), &mut |_| {}, &|| false).unwrap();
    let out = folder.path().join("out");
    let rows = exported(&store, &out, "year:1950", &[]).unwrap();
    assert_eq!(rows, 1 + 2 + 1 + 1, "a film, two people, a character, a genre");
    assert_eq!(
        told(&out, "people.csv").iter().map(|line| line["name"].as_str()).collect::<Vec<_>>(),
        ["Ann Lee", "Bo Ray"]
    );
    let error = exported(&store, &out, "", &[]).unwrap_err().to_string();
    assert!(error.contains("movies.csv: is there already"), "{error}");
    let tame = folder.path().join("tame");
    exported(&store, &tame, "", &[("for-spreadsheets", ""), ("kind", "movies")]).unwrap();
    assert_eq!(told(&tame, "movies.csv")[0]["title"], "'=Fog");
    assert!(!tame.join("people.csv").exists());
    let bytes = std::fs::read_to_string(out.join("movies.csv")).unwrap();
    assert!(bytes.ends_with("\r\n") && bytes.starts_with("id,title,"));
    let error = exported(&store, &out, "", &[("kind", "plays")]).unwrap_err().to_string();
    assert!(error.contains("say one of movies, people"), "{error}");
}
