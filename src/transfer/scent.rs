//! What lies at a path, seen from outside: enough to choose it and to guess its format.

use super::input::plain_name;
use crate::catalog::task::{Seen, Sight};
use crate::domain::fold;
use std::fs;
use std::io;
use std::path::Path;

/// What lies at a path, as far as a glance tells: names of files, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scent {
    folder: bool,
    names: Vec<String>,
}

/// So many names of a folder are looked at.
const NAMES: usize = 2_000;
/// So many folders deep.
const DEPTH: usize = 3;

impl Scent {
    /// Takes a glance at a path.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(path: &Path) -> io::Result<Scent> {
        if !fs::metadata(path)?.is_dir() {
            return Ok(Scent { folder: false, names: vec![name_of(path)] });
        }
        let mut scent = Scent { folder: true, names: Vec::new() };
        let mut folders = vec![(path.to_owned(), 1)];
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(folder)?.flatten().take(NAMES) {
                // A link is not followed, so that none leads around in a circle.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) && depth < DEPTH {
                    folders.push((entry.path(), depth + 1));
                }
                scent.names.push(name_of(&entry.path()));
                if scent.names.len() >= NAMES {
                    return Ok(scent);
                }
            }
        }
        Ok(scent)
    }

    /// Whether it is a file whose name ends so.
    pub fn is_file(&self, endings: &[&str]) -> bool {
        !self.folder && self.holds(|name| ends(name, endings))
    }

    /// Whether files of all these names are there.
    pub fn has_all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.names.iter().any(|there| plain_name(there) == *name))
    }

    /// Whether a name is there.
    pub fn holds(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|name| wanted(name))
    }
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
}
