//! What sqlite3 takes: the same tables, four indexes and one for searching titles and names by any three letters.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SCRIPT: &str = r#"
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
CREATE TABLE titles(tconst TEXT, kind TEXT, title TEXT, original TEXT, adult, year, ended, runtime, genres);
CREATE TABLE ratings(tconst TEXT, rating, votes);
CREATE TABLE crew(tconst TEXT, directors, writers);
CREATE TABLE principals(tconst TEXT, ordering, nconst TEXT, category, job, characters);
CREATE TABLE names(nconst TEXT, name TEXT, born, died, profession, known);
.mode ascii
.separator "\t" "\n"
.import --skip 1 title.basics.tsv titles
.import --skip 1 title.ratings.tsv ratings
.import --skip 1 title.crew.tsv crew
.import --skip 1 title.principals.tsv principals
.import --skip 1 name.basics.tsv names
CREATE INDEX principals_title ON principals(tconst);
CREATE INDEX principals_person ON principals(nconst);
CREATE INDEX titles_name ON titles(title);
CREATE INDEX titles_year ON titles(year);
CREATE VIRTUAL TABLE found USING fts5(name, tokenize='trigram');
INSERT INTO found(rowid, name) SELECT rowid, title FROM titles;
INSERT INTO found(rowid, name) SELECT 1000000000 + rowid, name FROM names;
"#;

/// Lets sqlite3 read the dump into a file that is taken away again.
pub fn run(dump: &Path) -> std::io::Result<Duration> {
    let folder = tempfile::tempdir_in(dump.parent().unwrap_or(dump))?;
    let start = Instant::now();
    let file = folder.path().join("films.db");
    let mut sqlite =
        Command::new("sqlite3").arg(file).current_dir(dump).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(mut to) = sqlite.stdin.take() {
        to.write_all(SCRIPT.as_bytes())?;
    }
    let status = sqlite.wait()?;
    if status.success() { Ok(start.elapsed()) } else { Err(std::io::Error::other("sqlite3 failed")) }
}
