//! What lies at a path, seen from outside: enough to choose it and to guess its format.

use super::error::ImportError;
use super::freebase::is_statement;
use super::input::{Input, ZIP, plain_name};
use crate::catalog::task::{Seen, Sight};
use crate::domain::fold;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// What lies at a path, as far as a glance tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scent {
    path: PathBuf,
    kind: Kind,
    /// The names of files, in lower case: of a folder those that lie in it, of an archive all.
    names: Vec<String>,
    /// The names of files in the folders of a folder.
    deeper: Vec<String>,
    /// The first bytes of a file, unpacked.
    start: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    File,
    Folder,
    Zip,
}

/// So many names of a folder are looked at.
const NAMES: usize = 2_000;
/// So many folders deep.
const DEPTH: usize = 3;
/// So many bytes of a file are looked at.
const START: u64 = 1 << 10;

impl Scent {
    /// Takes a glance at a path.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(path: &Path) -> io::Result<Scent> {
        let scent = Scent { path: path.to_owned(), ..Scent::default() };
        if fs::metadata(path)?.is_dir() { scent.of_folder() } else { Ok(scent.of_file()) }
    }

    fn of_folder(mut self) -> io::Result<Scent> {
        self.kind = Kind::Folder;
        let mut folders = vec![(self.path.clone(), 1)];
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(folder)?.flatten().take(NAMES) {
                // A link is not followed, so that none leads around in a circle.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.extend((depth < DEPTH).then(|| (entry.path(), depth + 1)));
                    continue;
                }
                let names = if depth == 1 { &mut self.names } else { &mut self.deeper };
                names.push(name_of(&entry.path()));
                if self.names.len() + self.deeper.len() >= NAMES {
                    return Ok(self);
                }
            }
        }
        Ok(self)
    }

    fn of_file(mut self) -> Scent {
        if let Some(archive) = archive(&self.path) {
            self.kind = Kind::Zip;
            self.names = archive.file_names().flatten().take(NAMES).map(|name| name_of(Path::new(&*name))).collect();
        } else {
            self.names = vec![name_of(&self.path)];
            self.start = start(&self.path);
        }
        self
    }

    /// The path it is of.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is a file whose name ends so.
    pub fn is_file(&self, endings: &[&str]) -> bool {
        self.kind == Kind::File && self.holds(|name| ends(name, endings))
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.kind == Kind::Folder
    }

    /// How a file begins; nothing where it is none.
    pub fn start(&self) -> &str {
        &self.start
    }

    /// Whether it is a file that begins with a statement.
    pub fn states(&self) -> bool {
        first_line(&self.start).is_some_and(is_statement)
    }

    /// Whether files of all these names are in the folder, in its folders or in the archive.
    pub fn bundles(&self, names: &[&str]) -> bool {
        let all = self.names.iter().chain(&self.deeper);
        names.iter().all(|name| all.clone().any(|there| plain_name(there) == *name))
    }

    /// Whether files of all these names are there.
    pub fn has_all(&self, names: &[&str]) -> bool {
        self.kind != Kind::Zip && names.iter().all(|name| self.names.iter().any(|there| plain_name(there) == *name))
    }

    /// Whether a name is there: the file's, or one in the folder.
    pub fn holds(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.kind != Kind::Zip && self.names.iter().any(|name| wanted(name))
    }

    /// Whether a name is there, or in a folder of the folder.
    pub fn holds_within(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.holds(&wanted) || self.deeper.iter().any(|name| wanted(name))
    }
}

/// The archive that a file is by its first bytes.
fn archive(path: &Path) -> Option<ZipArchive<fs::File>> {
    let mut file = is_plain(path).then(|| fs::File::open(path).ok())??;
    let mut sign = [0; 4];
    file.read_exact(&mut sign).ok().filter(|()| sign == *ZIP)?;
    ZipArchive::new(file).ok()
}

/// Whether it is a file of its own: a pipe waits for a writer, and is read only once.
fn is_plain(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file())
}

/// The first bytes of a file, unpacked; none where it is not plain.
fn start(path: &Path) -> String {
    let mut start = Vec::new();
    if is_plain(path)
        && let Ok(input) = Input::open(path)
    {
        // What cannot be read is told by whoever reads all of it.
        let _ = input.take(START).read_to_end(&mut start);
    }
    String::from_utf8_lossy(&start).into_owned()
}

/// Refuses files that say by their first line that they are about films in a form that this import does not read.
pub(super) fn refuse_strangers(format: &str, paths: &[PathBuf]) -> Result<(), ImportError> {
    paths.iter().try_for_each(|path| match stranger(&start(path)) {
        Some((reader, why)) if reader != Some(format) => Err(ImportError::Refused(path.clone(), why.to_owned())),
        _ => Ok(()),
    })
}

fn first_line(start: &str) -> Option<&str> {
    start.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Which import reads what begins so, if any, and what is said where it is another. Nothing where it may be anything.
fn stranger(start: &str) -> Option<(Option<&'static str>, &'static str)> {
    let line = first_line(start)?;
    if is_statement(line) {
        let why = "holds statements (N-Triples or N-Quads), each about a single thing, and no table of films; \
             `import freebase` takes them where they are Freebase's. Others: query them for a table with a row for \
             each film, save it as CSV, and take that with `import csv`";
        return Some((Some("freebase"), why));
    }
    let verbs = ["CREATE ", "MERGE (", "MATCH (", "INSERT INTO ", "DROP ", "BEGIN TRANSACTION", "PRAGMA "];
    let begins = |verb: &&str| line.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb));
    if verbs.iter().any(begins) && line.ends_with([';', ')', '(']) {
        let why = "is a script, a program that fills a database, and no data. Name the CSV files that were made with \
             it, or run it there, export films, people, parts and directors as CSV, and take those with `import csv`";
        return Some((None, why));
    }
    None
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// Whether a name ends in one of these.
pub(super) fn ends(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| name.ends_with(ending))
}

/// So many names of a folder are shown.
const SHOWN: usize = 5_000;

/// What lies at a path.
pub(super) fn sight(path: &Path) -> Sight {
    let there = fs::metadata(path).is_ok();
    let mut sight = Sight { path: path.to_owned(), there, ..Sight::default() };
    let Ok(entries) = fs::read_dir(path) else { return sight };
    let mut entries = entries.flatten();
    let seen = |entry: fs::DirEntry| Seen { folder: entry.path().is_dir(), name: entry.file_name() };
    let mut folder: Vec<Seen> = entries.by_ref().take(SHOWN).map(seen).collect();
    folder.sort_by_cached_key(|seen| (!seen.folder, fold(&seen.name.to_string_lossy()), seen.name.clone()));
    sight.more = entries.next().is_some();
    sight.folder = Some(folder);
    sight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_shows_folders_first_and_a_file_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("z")).unwrap();
        for name in ["Zoo", "abc", "É"] {
            fs::write(at(name), "").unwrap();
        }
        let seen = sight(folder.path());
        let names: Vec<_> = seen.folder.iter().flatten().map(|seen| seen.name.to_string_lossy()).collect();
        assert_eq!(names, ["z", "abc", "É", "Zoo"]);
        assert!(seen.there && !seen.more);
        assert_eq!(sight(&at("abc")), Sight { path: at("abc"), there: true, ..Sight::default() });
        assert!(!sight(&at("gone")).there);
    }

    #[test]
    fn statements_and_scripts_are_no_tables() {
        let is = |start: &str, what: &str| stranger(start).is_some_and(|(_, why)| why.contains(what));
        assert!(is("# all\n_:7 </film/actor> </en/ann_lee> .\n", "`import freebase`"));
        assert!(is("<http://a/1> <http://a/name> \"Ann Lee\"@en <http://a/g> .\n", "`import freebase`"));
        assert!(is("\nCREATE CONSTRAINT FOR (m:Movie) REQUIRE (m.title) IS UNIQUE;\n", "a program"));
        assert!(is("create table films (id int);\n", "a program"));
        for honest in ["", "title,year\nFog,1930\n", "<movie>", "Create Your Own;1999\n", "[{\"title\": 1}]", "é"] {
            assert_eq!(stranger(honest), None, "{honest}");
        }
    }
}
