//! Every import that reads a file, on any bytes: the first byte chooses the format, the rest is the file. It must come
//! to a report or a sentence; a dry run, so that the catalogue stays empty.

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
    ("nfo", "film.nfo"),
    ("csv", "films.csv"),
    ("csv", "films.tsv"),
];

struct Bench {
    store: Store,
    folder: tempfile::TempDir,
}

static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the run");
    let path = folder.path().join("films.cinedex");
    drop(Store::create(&path).expect("an empty catalogue"));
    Bench { store: Store::open(&path, Access::Best).expect("the catalogue that was just made"), folder }
});

/// The file for the bytes, and the path that is imported: an archive by itself, anything else in its folder.
fn places(folder: &Path, place: usize, name: &str) -> (PathBuf, PathBuf) {
    let folder = folder.join(place.to_string());
    let file = folder.join(name);
    let named = if name.ends_with(".zip") { file.clone() } else { folder };
    (file, named)
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let place = usize::from(*first) % FORMATS.len();
    let (format, name) = FORMATS[place];
    let (file, path) = places(BENCH.folder.path(), place, name);
    std::fs::create_dir_all(file.parent().expect("a folder around it")).expect("a folder for the run");
    std::fs::write(&file, rest).expect("a file for the run");
    let import = Import { format, paths: vec![path], dry_run: true, ..Import::default() };
    let _ = formats::import(&BENCH.store, &import, None, Timestamp(1), &mut |_| {}, &|| false);
});
