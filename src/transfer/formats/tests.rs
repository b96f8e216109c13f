use super::*;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn a_format_stands_in_the_table_once() {
    let names: BTreeSet<&str> = IMPORTS.iter().map(|row| row.format.name).collect();
    assert_eq!(names.len(), IMPORTS.len());
    let names: BTreeSet<&str> = EXPORTS.iter().map(|row| row.format.name).collect();
    assert_eq!(names.len(), EXPORTS.len());
}

struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Bench {
        Bench(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, text: &str) {
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), text).unwrap();
    }

    fn guessed(&self, name: &str) -> Option<&'static str> {
        guess(&Scent::of(&self.at(name)).unwrap()).map(|format| format.name)
    }
}

#[test]
fn a_glance_tells_the_format() {
    let bench = Bench::new();
    for name in ["All.JSONL", "notes.txt", "lists/deep/movies-1940s.json", "imdb/title.basics.tsv.gz", "dump.NT"] {
        bench.file(name, "");
    }
    bench.file("all", "{\"cinedex\":{\"format\":1}}\n");
    bench.file("facts", "# films\n</en/fog> <type> </film/film> .\n");
    bench.file("movies.json", "[{\"Title\": \"Fog\", \"Year\": 1950}]");
    bench.file("answers/movie_12.json", "{\"id\": 12}");
    for (name, format) in [
        ("All.JSONL", Some("jsonl")),
        ("all", Some("jsonl")),
        ("lists/deep/movies-1940s.json", Some("wikipedia")),
        ("lists/deep", Some("wikipedia")),
        ("imdb", Some("imdb")),
        ("facts", Some("freebase")),
        ("dump.NT", Some("freebase")),
        ("movies.json", Some("csv")),
        ("answers", Some("tmdb")),
        ("notes.txt", None),
    ] {
        assert_eq!(bench.guessed(name), format, "{name}");
    }
    assert!(Scent::of(&bench.at("gone")).is_err());
}

#[test]
fn archives_are_known_by_what_is_in_them() {
    let bench = Bench::new();
    let mut archive = zip::ZipWriter::new(fs::File::create(bench.at("download")).unwrap());
    for name in ["ml/movies.csv", "ml/links.csv"] {
        bench.file(name, "");
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    }
    archive.finish().unwrap();
    assert_eq!(["ml", "download"].map(|name| bench.guessed(name)), [Some("movielens"); 2]);
}

#[test]
fn a_folder_is_guessed_by_what_its_import_would_read() {
    let bench = Bench::new();
    for name in ["tree/main.rs", "tree/tests/films.csv", "tree/tests/movies-1940s.json"] {
        bench.file(name, "title,year\n");
    }
    assert_eq!(bench.guessed("tree"), None);
    bench.file("tree/prices.csv", "item,price\n");
    assert_eq!(bench.guessed("tree"), None);
    bench.file("tree/seen.csv", "title,year\n");
    assert_eq!(bench.guessed("tree"), Some("csv"));
    bench.file("library/Fog (1950)/movie.nfo", "");
    assert_eq!(bench.guessed("library"), Some("nfo"));
}
