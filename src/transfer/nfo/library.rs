//! A media library's folders: which NFO files in them are those of films.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_128;

/// Of one folder so many names are looked at.
const NAMES: usize = 100_000;
/// Folders lie in one another at most so deep.
const DEPTH: usize = 40;
/// So many folders are looked into.
const FOLDERS: usize = 1_000_000;

/// A name as it is compared: in small letters, and composed, which not every system keeps it.
fn key(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

/// A folder as it is listed.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub path: PathBuf,
    /// Files by their names in small letters.
    files: BTreeMap<String, OsString>,
    /// Folders by their names in small letters.
    folders: BTreeMap<String, OsString>,
    /// Whether it holds more than was looked at.
    cut: bool,
}

impl Folder {
    /// Lists a folder. What a link leads to counts as if it were here.
    pub(super) fn list(path: &Path) -> io::Result<Folder> {
        let mut folder = Folder { path: path.to_owned(), ..Folder::default() };
        for entry in fs::read_dir(path)? {
            if folder.files.len() + folder.folders.len() == NAMES {
                folder.cut = true;
                break;
            }
            let entry = entry?;
            let name = entry.file_name();
            let lower = key(&name.to_string_lossy());
            match fs::metadata(entry.path()) {
                Ok(meta) if meta.is_dir() => folder.folders.insert(lower, name),
                Ok(meta) if meta.is_file() => folder.files.insert(lower, name),
                // A link to nowhere, a pipe, a device.
                _ => None,
            };
        }
        Ok(folder)
    }

    /// The file of a name, whatever its case.
    pub(super) fn file(&self, name: &str) -> Option<PathBuf> {
        self.files.get(&key(name)).map(|name| self.path.join(name))
    }

    /// The folder of a name, whatever its case, listed if it can be.
    pub(super) fn folder(&self, name: &str) -> Option<Folder> {
        Folder::list(&self.path.join(self.folders.get(name)?)).ok()
    }

    /// Its files whose names in small letters begin and end so, by name.
    pub(super) fn files<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, PathBuf)> {
        let there = self.files.range(start.to_owned()..).take_while(move |(name, _)| name.starts_with(start));
        there.map(|(lower, name)| (lower.as_str(), self.path.join(name)))
    }

    /// Which NFO files in it are those of films.
    pub(super) fn films(&self) -> Films {
        let mut films = Films::default();
        let nfos = self.files("").filter(|(name, _)| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "nfo"));
        let (of_folder, mut named): (Vec<_>, Vec<_>) =
            nfos.map(|(_, path)| Nfo::new(path)).partition(|nfo| nfo.stem.eq_ignore_ascii_case("movie"));
        for (disc, name) in [("video_ts", "video_ts.nfo"), ("bdmv", "index.nfo")] {
            named.extend(self.folder(disc).and_then(|disc| disc.file(name)).map(Nfo::new));
        }
        match (of_folder.into_iter().next(), named.len()) {
            (Some(nfo), 0) => films.found.push((nfo, None)),
            (Some(nfo), 1) => {
                let other = named.remove(0);
                let newer_first = if other.changed() > nfo.changed() { (other, Some(nfo)) } else { (nfo, Some(other)) };
                films.found.push(newer_first);
            }
            (nfo, _) => {
                films.passed = nfo;
                films.found.extend(named.into_iter().map(|nfo| (nfo, None)));
            }
        }
        films
    }
}

/// The NFO files of a folder.
#[derive(Debug, Default)]
pub(super) struct Films {
    /// One a film; where two are about the same film, the newer first.
    pub found: Vec<(Nfo, Option<Nfo>)>,
    /// The `movie.nfo` of a folder that holds several films.
    pub passed: Option<Nfo>,
}

/// An NFO file.
#[derive(Debug)]
pub(super) struct Nfo {
    pub path: PathBuf,
    /// What the names of pictures beside it begin with.
    pub stem: String,
}

impl Nfo {
    pub(super) fn new(path: PathBuf) -> Nfo {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Nfo { path, stem }
    }

    fn changed(&self) -> Option<std::time::SystemTime> {
        fs::metadata(&self.path).as_ref().ok().map(Metadata::modified)?.ok()
    }
}

/// A walk over the folders of a library. A folder is entered once, by whatever ways it can be reached.
pub(super) struct Walk {
    /// Folders to enter, and how deep they lie.
    left: Vec<(PathBuf, usize)>,
    entered: HashSet<u128>,
    /// Folders that could not be looked into, and why.
    pub closed: Vec<(PathBuf, String)>,
}

impl Walk {
    pub(super) fn new(library: &Path) -> Walk {
        Walk { left: vec![(library.to_owned(), 0)], entered: HashSet::new(), closed: Vec::new() }
    }

    /// How many folders were entered, and how many are known of.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.entered.len() as u64, (self.entered.len() + self.left.len()) as u64)
    }

    /// The next folder, those of one folder by name.
    pub(super) fn next(&mut self) -> Option<Folder> {
        while let Some((path, depth)) = self.left.pop() {
            match self.enter(&path, depth) {
                Ok(Some(folder)) => {
                    self.go_deeper(&folder, depth);
                    return Some(folder);
                }
                Ok(None) => {}
                Err(why) => self.closed.push((path, why)),
            }
        }
        None
    }

    fn enter(&mut self, path: &Path, depth: usize) -> Result<Option<Folder>, String> {
        let fault = |error: io::Error| format!("the folder was not looked into: {error}");
        if depth > DEPTH || self.entered.len() == FOLDERS {
            return Err(format!("not looked into: a library has at most {FOLDERS} folders, {DEPTH} deep"));
        }
        let real = fs::canonicalize(path).map_err(fault)?;
        if !self.entered.insert(xxh3_128(real.as_os_str().as_encoded_bytes())) {
            return Ok(None);
        }
        Folder::list(path).map_err(fault).map(Some)
    }

    fn go_deeper(&mut self, folder: &Folder, depth: usize) {
        if folder.cut {
            self.closed
                .push((folder.path.clone(), format!("it holds more than {NAMES} names; not all were looked at")));
        }
        let is_film =
            |name: &str| !name.starts_with('.') && !["video_ts", "bdmv", "extrafanart", "extrathumbs"].contains(&name);
        let deeper = folder.folders.iter().rev().filter(|(lower, _)| is_film(lower));
        self.left.extend(deeper.map(|(_, name)| (folder.path.join(name), depth + 1)));
    }
}
