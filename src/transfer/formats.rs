//! The table of formats. The command line and the screens are made from it: a row here is all a new format needs.

use super::error::ImportError;
use super::report::{Options, Phase, Progress, Report, Tally};
use super::{jsonl, movielens, nfo, starter, wikipedia};
use crate::catalog::task::{Export, Format, Import, Takes};
use crate::domain::{AccountId, Entity, Timestamp};
use crate::store::Store;
use crate::store::read::Read;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A format that can be read.
#[derive(Debug)]
pub struct Importer {
    /// As it is offered.
    pub format: Format,
    /// Whether it is what one would take this for.
    fits: fn(&Scent) -> bool,
    run: fn(&mut Incoming) -> Result<Report, ImportError>,
}

/// A format that can be written.
#[derive(Debug)]
pub struct Exporter {
    /// As it is offered.
    pub format: Format,
    gives: Gives,
}

/// What an export makes. It says how many records that is.
#[derive(Debug)]
enum Gives {
    /// One file, or a stream.
    Stream(fn(&mut Outgoing, &mut dyn Write) -> Result<u64, ImportError>),
}

/// Formats that can be read, the likelier guess first.
pub const IMPORTS: &[Importer] = &[
    Importer {
        format: Format::new(
            "jsonl",
            Takes::One("FILE"),
            "Everything that `export jsonl` gave out, into a new catalogue",
        ),
        fits: |scent| scent.is_file(&[".jsonl", ".jsonl.gz", ".ndjson"]),
        run: |job| {
            let records = jsonl::import(job.store, job.path(), job.progress, job.cancelled)?;
            Ok(Report { read: records, ..Report::default() })
        },
    },
    Importer {
        format: Format::new(
            "wikipedia",
            Takes::Several("PATH"),
            "The JSON lists of wikipedia-movie-data, plain or gzipped; files or folders of them",
        )
        .merging(),
        fits: |scent| scent.holds(|name| name.starts_with("movies") && ends(name, &[".json", ".json.gz"])),
        run: |job| wikipedia::import(job.store, &job.import.paths, &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "movielens",
            Takes::One("PATH"),
            "A data set of MovieLens: the folder that movies.csv and links.csv are in, or its zip archive",
        )
        .merging(),
        fits: |scent| {
            scent.is_file(&[".zip"]) && scent.holds(|name| name.starts_with("ml-"))
                || scent.has_all(&["movies.csv", "links.csv"])
        },
        run: |job| movielens::import(job.store, job.path(), &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "nfo",
            Takes::Several("PATH"),
            "Media libraries as Kodi and Jellyfin keep them: folders of films with their NFO files and pictures",
        )
        .merging(),
        fits: |scent| scent.holds(|name| ends(name, &[".nfo"]) || name == "videodb.xml"),
        run: |job| nfo::import(job.store, &job.import.paths, &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new("starter", Takes::Nothing, "The starter films that come with cinedex"),
        fits: |_| false,
        run: |job| match starter::load(job.store, job.options.now)? {
            0 => {
                let why = "there are films in the catalogue already; these are for an empty one";
                Err(ImportError::Refused(PathBuf::from("the starter films"), why.to_owned()))
            }
            films => Ok(Report { read: films, movies: Tally { new: films, ..Tally::default() }, ..Report::default() }),
        },
    },
];

/// Formats that can be written.
pub const EXPORTS: &[Exporter] = &[Exporter {
    format: Format::new(
        "jsonl",
        Takes::One("FILE"),
        "Everything, one JSON object a line: password hashes too, so keep it where others cannot read",
    ),
    gives: Gives::Stream(|job, to| {
        let total = job.total()?;
        let Outgoing { store, progress, cancelled, .. } = job;
        jsonl::export(store, to, &mut |done| {
            progress(Progress { phase: Phase::Writing, done, total });
            !cancelled()
        })
    }),
}];

/// An import under way.
pub struct Incoming<'a> {
    /// Where it goes.
    pub store: &'a Store,
    /// What was asked for.
    pub import: &'a Import,
    /// How it is made.
    pub options: Options,
    /// Hears how far it is.
    pub progress: &'a mut dyn FnMut(Progress),
    /// Whether to stop.
    pub cancelled: &'a dyn Fn() -> bool,
}

impl<'a> Incoming<'a> {
    /// The one path that a format of one takes.
    fn path(&self) -> &'a Path {
        self.import.paths.first().map_or(Path::new(""), PathBuf::as_path)
    }
}

/// An export under way.
pub struct Outgoing<'a> {
    /// Where it comes from.
    pub store: &'a Store,
    /// What was asked for.
    pub export: &'a Export,
    /// Who asks.
    pub account: Option<AccountId>,
    /// Hears how far it is.
    pub progress: &'a mut dyn FnMut(Progress),
    /// Whether to stop.
    pub cancelled: &'a dyn Fn() -> bool,
}

impl Outgoing<'_> {
    /// How many records there are.
    fn total(&self) -> Result<u64, ImportError> {
        let txn = self.store.begin_read()?;
        Ok(Entity::ALL.iter().map(|entity| txn.count(*entity)).sum::<Result<u64, _>>()?)
    }
}

/// Imports what was asked for, as this account: all of it, or nothing.
///
/// # Errors
/// See [`ImportError`]. Nothing came in then.
pub fn import(
    store: &Store,
    import: &Import,
    account: Option<AccountId>,
    now: Timestamp,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    let row = IMPORTS.iter().find(|row| row.format.name == import.format).ok_or_else(|| unknown(import.format))?;
    let Import { dry_run, overwrite, .. } = *import;
    let options = Options { dry_run, overwrite, account, place: place(&import.paths), ..Options::at(now) };
    (row.run)(&mut Incoming { store, import, options, progress, cancelled })
}

/// Where an import comes from, for people.
fn place(paths: &[PathBuf]) -> String {
    let name = |path: &PathBuf| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    match paths {
        [] => String::new(),
        [one] => name(one),
        [first, others @ ..] => format!("{} and {} more", name(first), others.len()),
    }
}

/// Exports what was asked for, into `stream` where no path is given; how many records that was. A file is there whole
/// or not at all.
///
/// # Errors
/// See [`ImportError`].
pub fn export(job: &mut Outgoing, stream: &mut dyn Write) -> Result<u64, ImportError> {
    let name = job.export.format;
    let row = EXPORTS.iter().find(|row| row.format.name == name).ok_or_else(|| unknown(name))?;
    match (&row.gives, &job.export.to) {
        (Gives::Stream(write), None) => write(job, stream),
        (Gives::Stream(write), Some(path)) => {
            let fault = |error| ImportError::File(path.clone(), error);
            if !job.export.overwrite && fs::exists(path).map_err(fault)? {
                return Err(ImportError::Refused(path.clone(), "is there already; --overwrite replaces it".to_owned()));
            }
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let made = tempfile::Builder::new().prefix(".cinedex-").tempfile_in(folder).map_err(fault)?;
            let mut file = BufWriter::new(made);
            let records = write(job, &mut file)?;
            let made = file.into_inner().map_err(|error| fault(error.into_error()))?;
            made.as_file().sync_all().map_err(fault)?;
            if job.export.overwrite { made.persist(path) } else { made.persist_noclobber(path) }
                .map_err(|error| fault(error.error))?;
            Ok(records)
        }
    }
}

fn unknown(format: &str) -> ImportError {
    ImportError::Refused(PathBuf::from(format), "is no format that cinedex knows".to_owned())
}

/// What lies at a path, as far as a glance tells: names of files, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scent {
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
    fn is_file(&self, endings: &[&str]) -> bool {
        !self.folder && self.holds(|name| ends(name, endings))
    }

    /// Whether files of all these names are there.
    fn has_all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.names.iter().any(|there| there.strip_suffix(".gz").unwrap_or(there) == *name))
    }

    /// Whether a name is there.
    fn holds(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|name| wanted(name))
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn ends(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| name.ends_with(ending))
}

/// The format that a path is most likely of.
#[must_use]
pub fn guess(scent: &Scent) -> Option<&'static Format> {
    IMPORTS.iter().find(|row| (row.fits)(scent)).map(|row| &row.format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_format_stands_in_the_table_once() {
        let names: BTreeSet<&str> = IMPORTS.iter().map(|row| row.format.name).collect();
        assert_eq!(names.len(), IMPORTS.len());
        let names: BTreeSet<&str> = EXPORTS.iter().map(|row| row.format.name).collect();
        assert_eq!(names.len(), EXPORTS.len());
    }

    #[test]
    fn a_glance_tells_the_format() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("lists/deep/er/still")).unwrap();
        for name in ["All.JSONL", "notes.txt", "lists/deep/movies-1940s.json", "lists/deep/er/still/x.jsonl"] {
            fs::write(at(name), "").unwrap();
        }
        let guessed = |name: &str| guess(&Scent::of(&at(name)).unwrap()).map(|format| format.name);
        assert_eq!(guessed("All.JSONL"), Some("jsonl"));
        assert_eq!(guessed("lists/deep/movies-1940s.json"), Some("wikipedia"));
        assert_eq!(guessed("lists"), Some("wikipedia"));
        assert_eq!(guessed("lists/deep/er"), None);
        assert_eq!(guessed("notes.txt"), None);
        for name in ["ml/movies.csv", "ml/links.csv", "ml-1m.zip"] {
            fs::create_dir_all(at("ml")).unwrap();
            fs::write(at(name), "").unwrap();
        }
        assert_eq!((guessed("ml"), guessed("ml-1m.zip")), (Some("movielens"), Some("movielens")));
        assert!(Scent::of(&at("gone")).is_err());
    }
}
