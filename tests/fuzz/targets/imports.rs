//! Every import that reads a file, on any bytes: the first byte chooses the format and whether the catalogue has a
//! film, the rest is the file. It must come to a report or a sentence; a dry run, so that the catalogue stays as it is.

#![no_main]

use cinedex::catalog::task::Import;
use cinedex::domain::Timestamp;
use cinedex::store::{Access, Store};
use cinedex::transfer::formats;
use libfuzzer_sys::fuzz_target;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Formats, and the file in which they look for bytes.
const FORMATS: &[(&str, &str)] = &[
    ("wikipedia", "movies.json"),
    ("tmdb", "answers.json"),
    ("tmdb", "movies.csv"),
    ("movielens", "movies.csv"),
    ("movielens", "set.zip"),
    ("letterboxd", "watched.csv"),
    ("letterboxd", "diary.csv"),
    ("letterboxd", "lists/list.csv"),
    ("letterboxd", "archive.zip"),
    ("imdb", "title.basics.tsv"),
    ("imdb", "title.basics.tsv.gz"),
    ("nfo", "film.nfo"),
    ("csv", "films.csv"),
    ("csv", "films.tsv"),
    ("jsonl", "all.jsonl"),
    ("freebase", "films.nq"),
];
/// A film of the catalogue that has one.
const FILM: &str = "title,year\r\nFog,1930\r\n";

struct Bench {
    /// A catalogue without films, and one with a film.
    stores: [Store; 2],
    folder: tempfile::TempDir,
}

static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the run");
    let stores = ["empty", "stocked"].map(|name| {
        let path = folder.path().join(name);
        drop(Store::create(&path).expect("an empty catalogue"));
        Store::open(&path, Access::Best).expect("the catalogue that was just made")
    });
    let film = folder.path().join("film.csv");
    std::fs::write(&film, FILM).expect("a file for the run");
    let import = Import { format: "csv", paths: vec![film], ..Import::default() };
    formats::import(&stores[1], &import, None, Timestamp(1), &mut |_| {}, &|| false).expect("a film");
    Bench { stores, folder }
});

/// The file for the bytes, and the path that is imported: what is whole by itself, anything else in its folder.
fn places(folder: &Path, place: usize, name: &str) -> (PathBuf, PathBuf) {
    let folder = folder.join(place.to_string());
    let file = folder.join(name);
    let is_whole = name.ends_with(".zip") || name.ends_with(".jsonl");
    let named = if is_whole { file.clone() } else { folder };
    (file, named)
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let place = usize::from(*first / 2) % FORMATS.len();
    let (format, name) = FORMATS[place];
    let (file, path) = places(BENCH.folder.path(), place, name);
    std::fs::create_dir_all(file.parent().expect("a folder around it")).expect("a folder for the run");
    std::fs::write(&file, rest).expect("a file for the run");
    let import = Import { format, paths: vec![path], dry_run: true, ..Import::default() };
    let _ = formats::import(&BENCH.stores[usize::from(*first % 2)], &import, None, Timestamp(1), &mut |_| {}, &|| false);
});
