use super::*;
use crate::catalog::task;
use crate::domain::{Character, External, Key, Record, Source, Timestamp};
use crate::store::Store;
use crate::store::bulk::world::{Dice, World, one_by_one};
use crate::transfer::nfo::import;
use crate::transfer::report::{Options, Report};
use image::{ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

fn store(folder: &Path, name: &str) -> Store {
    Store::create(&folder.join(name)).unwrap()
}

fn exported(store: &Store, folder: &Path, export: &task::Export) -> Result<u64, ImportError> {
    let mut job = Outgoing { store, export, account: None, progress: &mut |_| {}, cancelled: &|| false };
    super::export(&mut job, folder)
}

fn imported(store: &Store, folder: &Path) -> Report {
    let options = Options::at(Timestamp(7));
    import(store, &[folder.to_owned()], &options, &mut |_| {}, &|| false).unwrap()
}

fn png(width: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, 1, Rgb([7; 3])).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut left) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(at) = left.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// What an NFO file can carry: names that tell people apart, parts of one name a film, ids that media centres know.
fn carried((key, record): (Key, Record)) -> (Key, Record) {
    let record = match (key, record) {
        (Key::Person(id), Record::Person(mut person)) => {
            person.last_name = format!("{} {id}", person.last_name);
            person.full_name = person.full_name.map(|name| format!("{name} {id}"));
            if id.0 % 2 == 0 {
                person.external.extend(External::new(Source::Imdb, Entity::Person, &id.0.to_string()));
            }
            Record::Person(person)
        }
        (Key::Movie(id), Record::Movie(mut movie)) => {
            movie.rating = movie.rating.filter(|rating| *rating > 0);
            let source = [Source::Imdb, Source::Tmdb, Source::Table][id.0 as usize % 3];
            movie.external.extend(External::new(source, Entity::Movie, &id.0.to_string()));
            Record::Movie(movie)
        }
        (Key::Character(id), Record::Character(character)) => Record::Character(Character {
            name: format!("Part {} {}", id.ordinal, character.name).trim_end().to_owned(),
            ..character
        }),
        (_, record) => record,
    };
    (key, record)
}

/// Gives every second file bytes.
fn fill(store: &Store) {
    let mut writer = store.begin_write().unwrap();
    let mut id = FileId(2);
    while let Some(file) = writer.read().file(id).unwrap() {
        let bytes = png(id.0);
        let key = Some(Sha256::digest(&bytes).into());
        let file = File { key, url: None, size: bytes.len() as u64, ..file };
        writer.put_bytes(id, &bytes).unwrap();
        writer.set(Key::File(id), Some(Record::File(file))).unwrap();
        id.0 += 2;
    }
    writer.commit().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn what_goes_out_comes_in_again(seed: u64, size in 1..7u32) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (store(folder.path(), "one"), store(folder.path(), "other"));
        let (mut dice, mut world) = (Dice(seed), World::default());
        let steps: Vec<(Key, Record)> = world.round(&mut dice, size).into_iter().map(carried).collect();
        one_by_one(&one, &steps);
        fill(&one);
        let (out, again) = (folder.path().join("out"), folder.path().join("again"));
        let movies = exported(&one, &out, &task::Export::default()).unwrap();
        let report = imported(&other, &out);
        prop_assert_eq!((report.movies.new, report.skipped), (movies, 0), "{:?}", report.skips);
        prop_assert_eq!(report.noted, report.notes.iter().filter(|note| note.says.contains("no country")).count() as u64);
        exported(&other, &again, &task::Export::default()).unwrap();
        let (out_files, again_files) = (files(&out), files(&again));
        for (path, bytes) in &out_files {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let same = again_files.get(path).map(|bytes| text(bytes));
            prop_assert_eq!(same, Some(text(bytes)), "{:?}", path);
        }
        prop_assert_eq!(out_files.len(), again_files.len());
        let revision = other.begin_read().unwrap().revision().unwrap();
        imported(&other, &out);
        prop_assert_eq!(other.begin_read().unwrap().revision().unwrap(), revision);
        prop_assert!(crate::store::check::check(&other).unwrap().is_clean());
    }
}

/// Two films, one with a poster.
fn bench() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), "films");
    let film = |name: &str, text: &str| {
        fs::create_dir_all(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in").join(name), text).unwrap();
    };
    film("a.nfo", "<movie><title>Lamp</title><year>1921</year><genre>Drama</genre></movie>");
    film("b.nfo", "<movie><title>Fog</title><year>1950</year><genre>War</genre></movie>");
    fs::write(folder.path().join("in/a-poster.png"), png(3)).unwrap();
    imported(&store, &folder.path().join("in"));
    (folder, store)
}

#[test]
fn what_is_there_stays_unless_asked() {
    let (folder, store) = bench();
    let out = folder.path().join("out");
    let overwrite = task::Export { overwrite: true, ..task::Export::default() };
    assert_eq!(exported(&store, &out, &task::Export::default()).unwrap(), 2);
    let first = files(&out);
    assert_eq!(
        first.keys().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        ["Fog (1950)/Fog (1950).nfo", "Lamp (1921)/Lamp (1921)-poster.png", "Lamp (1921)/Lamp (1921).nfo",]
    );
    fs::write(out.join("Lamp (1921)/Lamp (1921).mkv"), "film").unwrap();
    fs::write(out.join("Lamp (1921)/Lamp (1921)-poster.png"), "another").unwrap();
    let refused = exported(&store, &out, &task::Export::default()).unwrap_err().to_string();
    assert!(
        refused.contains("Fog (1950).nfo: is there already; --overwrite") && refused.contains("(and 2 more)"),
        "{refused}"
    );
    assert_eq!(files(&out).len(), 4, "nothing is left of the attempt");
    assert_eq!(exported(&store, &out, &overwrite).unwrap(), 2);
    let after = files(&out);
    assert!(after.len() == 4 && first.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    let theirs = "<movie><title>Lamp</title><mine>kept</mine></movie>";
    fs::write(out.join("Lamp (1921)/Lamp (1921).nfo"), theirs).unwrap();
    let refused = exported(&store, &out, &overwrite).unwrap_err().to_string();
    assert!(refused.contains("Lamp (1921).nfo: was not written by cinedex"), "{refused}");
    assert_eq!(fs::read_to_string(out.join("Lamp (1921)/Lamp (1921).nfo")).unwrap(), theirs);
    fs::remove_dir_all(out.join("Lamp (1921)")).unwrap();
    fs::write(out.join("Lamp (1921)"), "no folder").unwrap();
    let refused = exported(&store, &out, &overwrite).unwrap_err().to_string();
    assert!(refused.contains("Lamp (1921): is there already and no folder"), "{refused}");
}

#[test]
fn some_films_go_out_alone() {
    let (folder, store) = bench();
    for (export, name) in [
        (task::Export { query: "genre:war".to_owned(), ..task::Export::default() }, "Fog (1950)"),
        (task::Export { movies: vec![MovieId(1)], ..task::Export::default() }, "Lamp (1921)"),
    ] {
        let out = folder.path().join(name);
        assert_eq!(exported(&store, &out, &export).unwrap(), 1);
        assert_eq!(fs::read_dir(&out).unwrap().next().unwrap().unwrap().file_name(), name);
    }
    let wrong = task::Export { query: "year:1950..1940".to_owned(), ..task::Export::default() };
    assert!(matches!(exported(&store, &folder.path().join("x"), &wrong), Err(ImportError::Query(_))));
}

#[test]
fn what_was_stopped_leaves_nothing() {
    let (folder, store) = bench();
    let (out, export) = (folder.path().join("out"), task::Export::default());
    let mut job =
        Outgoing { store: &store, export: &export, account: None, progress: &mut |_| {}, cancelled: &|| true };
    assert!(matches!(super::export(&mut job, &out), Err(ImportError::Cancelled)));
    assert!(!out.exists());
    let inside = folder.path().join("films/out");
    assert!(exported(&store, &inside, &export).unwrap_err().to_string().contains("films"));
}

#[test]
fn a_folder_is_not_taken_for_a_file() {
    let (folder, store) = bench();
    let out = folder.path().join("out");
    fs::create_dir_all(out.join("Fog (1950)/Fog (1950).nfo")).unwrap();
    let refused = exported(&store, &out, &task::Export { overwrite: true, ..task::Export::default() }).unwrap_err();
    assert!(refused.to_string().contains("is there already and no file"), "{refused}");
    assert_eq!(files(&out).len(), 0);
}
