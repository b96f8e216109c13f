//! The table of formats. The command line and the screens are made from it: a row here is all a new format needs.

use super::error::ImportError;
use super::input;
use super::outlet::{Made, part_path};
use super::report::{Options, Phase, Progress, Report, Tally};
use super::scent::{Scent, ends};
use super::{csv, freebase, imdb, jsonl, letterboxd, movielens, nfo, scent, starter, tmdb, wikipedia};
use crate::catalog::task::{Export, Format, Import, Sight, Takes};
use crate::catalog::{Actor, movies_of};
use crate::domain::{AccountId, Timestamp};
use crate::store::read::Read;
use crate::store::{IdSet, Store};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

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
    Stream(WriteStream),
    /// Whole files of bounded size, one after the other.
    Parts(WriteParts),
    /// A folder.
    Folder(WriteFolder),
    /// One of several tables as a file or stream, or all of them in a folder.
    Tables(WriteStream, WriteFolder),
}

impl Exporter {
    /// Whether it can write to standard output.
    #[must_use]
    pub fn streams(&self) -> bool {
        matches!(self.gives, Gives::Stream(_) | Gives::Parts(_) | Gives::Tables(..))
    }
}

type WriteFolder = fn(&mut Outgoing, &Path) -> Result<u64, ImportError>;
type WriteStream = fn(&mut Outgoing, &mut dyn Write) -> Result<u64, ImportError>;
type WriteParts = fn(&mut Outgoing, &mut TakePart) -> Result<u64, ImportError>;
/// Takes the bytes of one file.
type TakePart<'a> = dyn FnMut(&[u8]) -> Result<(), ImportError> + 'a;

/// Formats that can be read, the likelier guess first.
pub const IMPORTS: &[Importer] = &[
    Importer {
        format: Format::new(
            "jsonl",
            Takes::One("FILE"),
            "What `export jsonl` gave out: a new catalogue becomes the same, any other gets its films and people",
        )
        .merging(),
        fits: |scent| scent.is_file(&[".jsonl", ".jsonl.gz", ".ndjson"]) || scent.start().starts_with("{\"cinedex\":"),
        run: |job| jsonl::import(job.store, job.path(), &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "wikipedia",
            Takes::Several("PATH"),
            "The JSON lists of wikipedia-movie-data, plain or gzipped; files or folders of them",
        )
        .merging(),
        fits: |scent| {
            let lists = |name: &str| name.starts_with("movies") && ends(name, &[".json", ".json.gz"]);
            scent.holds(lists) && (scent.is_folder() || scent.start().is_empty() || scent.start().contains("\"cast\""))
        },
        run: |job| wikipedia::import(job.store, &job.import.paths, &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "imdb",
            Takes::One("FOLDER"),
            "IMDb's datasets: the folder that title.basics.tsv and the other tables are in, plain or gzipped",
        )
        .merging()
        .with(imdb::SETTINGS),
        fits: |scent| scent.has_all(&["title.basics.tsv"]),
        run: |job| {
            let wanted = imdb::Wanted::read(&job.import.settings)?;
            imdb::import(job.store, job.path(), &wanted, &job.options, job.progress, job.cancelled)
        },
    },
    Importer {
        format: Format::new(
            "tmdb",
            Takes::Several("PATH"),
            "What comes from TMDB: the tables of 5000 films and credits, saved API answers, daily id lists",
        )
        .merging(),
        fits: |scent| {
            let heads = ["tmdb", "movies_metadata", "movie_ids_", "person_ids_"];
            let answers = ["movie_", "person_"];
            scent.holds(|name| {
                heads.iter().any(|head| name.starts_with(head)) && tmdb::is_file(name)
                    || answers.iter().any(|head| name.starts_with(head)) && ends(name, &[".json", ".json.gz"])
            })
        },
        run: |job| tmdb::import(job.store, &job.import.paths, &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "letterboxd",
            Takes::One("PATH"),
            "The archive of your data that Letterboxd hands out, as a zip or unpacked; likes become favorites",
        )
        .merging()
        .personal(),
        fits: |scent| scent.bundles(&["watched.csv", "diary.csv"]),
        run: |job| letterboxd::import(job.store, job.path(), &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "movielens",
            Takes::One("PATH"),
            "A data set of MovieLens: the folder that movies.csv and links.csv are in, or its zip archive",
        )
        .merging(),
        fits: |scent| scent.bundles(&["movies.csv", "links.csv"]),
        run: |job| movielens::import(job.store, job.path(), &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "nfo",
            Takes::Several("PATH"),
            "Media libraries as Kodi and Jellyfin keep them: folders of films with their NFO files and pictures",
        )
        .merging(),
        fits: |scent| scent.holds_within(|name| ends(name, &[".nfo"]) || name == "videodb.xml"),
        run: |job| nfo::import(job.store, &job.import.paths, &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "freebase",
            Takes::Several("PATH"),
            "Films as Freebase tells of them: N-Quads or N-Triples, plain or gzipped; files or folders of them",
        )
        .merging(),
        fits: |scent| scent.holds(freebase::is_file) || scent.states(),
        run: |job| freebase::import(job.store, &job.import.paths, &job.options, job.progress, job.cancelled),
    },
    Importer {
        format: Format::new(
            "csv",
            Takes::Several("FILE"),
            "Tables of films, people or credits, whatever their columns are called; files or folders of them",
        )
        .with(csv::SETTINGS)
        .merging(),
        fits: |scent| {
            let list =
                ends(input::plain_name(&scent.path().to_string_lossy()), &[".json"]) && scent.start().starts_with('[');
            scent.is_file(&[".csv", ".tsv", ".csv.gz", ".tsv.gz"]) || list || csv::tells(scent.path())
        },
        run: |job| {
            csv::import(job.store, &job.import.paths, &job.import.settings, &job.options, job.progress, job.cancelled)
        },
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
pub const EXPORTS: &[Exporter] = &[
    Exporter {
        format: Format::new(
            "letterboxd",
            Takes::One("FILE"),
            "Your favorites as the table that Letterboxd imports; beyond 1 MB in several: FILE-2 and so on",
        )
        .personal()
        .making("favorites.csv"),
        gives: Gives::Parts(|job, part| {
            let Some(account) = job.account else {
                let why = "favorites are those of an account; sign in, or say whose with --as NAME";
                return Err(ImportError::Refused(PathBuf::from("export letterboxd"), why.to_owned()));
            };
            letterboxd::export(job.store, account, part)
        }),
    },
    Exporter {
        format: Format::new(
            "jsonl",
            Takes::One("FILE"),
            "Everything, one JSON object a line: password hashes too, so keep it where others cannot read",
        )
        .choosing()
        .making("cinedex.jsonl"),
        gives: Gives::Stream(|job, to| {
            let txn = job.store.begin_read()?;
            let movies = job.movies(&txn)?;
            let Outgoing { progress, cancelled, .. } = job;
            jsonl::export(&txn, movies.as_ref(), to, &mut |done, total| {
                progress(Progress { phase: Phase::Writing, done, total });
                !cancelled()
            })
        }),
    },
    Exporter {
        format: Format::new(
            "nfo",
            Takes::One("FOLDER"),
            "A media library for Kodi, Jellyfin and their like: a folder a film, with NFO file and pictures",
        )
        .choosing()
        .making("cinedex-films"),
        gives: Gives::Folder(nfo::export),
    },
    Exporter {
        format: Format::new(
            "csv",
            Takes::One("PATH"),
            "Tables: a folder with one of each kind, or a single one where the path ends in .csv",
        )
        .with(csv::EXPORT_SETTINGS)
        .choosing()
        .making("cinedex-tables"),
        gives: Gives::Tables(csv::export_table, csv::export_tables),
    },
];

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
    /// The movies that are wanted; none: all of them.
    pub(super) fn movies(&self, txn: &impl Read) -> Result<Option<IdSet>, ImportError> {
        if !self.export.movies.is_empty() {
            return Ok(Some(self.export.movies.iter().map(|id| id.0).collect()));
        }
        let actor = self.account.map_or(Actor::Guest, Actor::Account);
        Ok(movies_of(txn, actor, &self.export.query, &|| !(self.cancelled)())?)
    }
}

/// Looks at what is to be imported, as far as a glance goes: whether it is there, may be read, and is of a form that
/// the format reads. Who asks before a catalogue is opened for writing leaves every byte of it as it is.
///
/// # Errors
/// See [`ImportError`].
pub fn look_over(import: &Import) -> Result<(), ImportError> {
    let fetched = import.settings.get("download").is_some();
    for path in import.paths.iter().filter(|_| !fetched) {
        let fault = |error| ImportError::File(path.clone(), error);
        if std::fs::metadata(path).map_err(fault)?.is_file() {
            std::fs::File::open(path).map_err(fault)?;
        }
    }
    scent::refuse_strangers(import.format, &import.paths)
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
    look_over(import)?;
    let Import { dry_run, overwrite, .. } = *import;
    let options = Options { dry_run, overwrite, account, place: place(&import.paths), ..Options::at(now) };
    let report = (row.run)(&mut Incoming { store, import, options, progress, cancelled })?;
    Ok(Report { given: import.paths.clone(), ..report })
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

/// Exports what was asked for, into `stream` where no path is given. A file is there whole or not at all.
///
/// # Errors
/// See [`ImportError`].
pub fn export(job: &mut Outgoing, stream: &mut dyn Write) -> Result<Report, ImportError> {
    let start = Instant::now();
    let name = job.export.format;
    let row = EXPORTS.iter().find(|row| row.format.name == name).ok_or_else(|| unknown(name))?;
    let to = job.export.to.as_deref().filter(|path| *path != Path::new("-"));
    let written = match (&row.gives, to) {
        (Gives::Folder(write), Some(folder)) => write(job, folder)?,
        (Gives::Folder(_), None) => {
            let why = "takes no folder; name one".to_owned();
            return Err(ImportError::InTheWay(PathBuf::from("standard output"), why));
        }
        (Gives::Stream(write) | Gives::Tables(write, _), None) => write(job, stream)?,
        (Gives::Tables(_, write), Some(path)) if path.extension().is_none_or(|extension| extension != "csv") => {
            write(job, path)?
        }
        (Gives::Stream(write) | Gives::Tables(write, _), Some(path)) => {
            let mut made = Made::new(path.to_owned(), job.export.overwrite)?;
            let written = write(job, made.file()).map_err(|error| error.writing(path))?;
            made.keep()?;
            written
        }
        (Gives::Parts(write), None) => write_part(job, *write, stream)?,
        (Gives::Parts(write), Some(path)) => {
            let (mut parts, overwrite) = (Vec::new(), job.export.overwrite);
            let written = write(job, &mut |bytes| {
                let mut made = Made::new(part_path(path, parts.len() + 1), overwrite)?;
                made.write(bytes)?;
                parts.push(made);
                Ok(())
            })?;
            parts.into_iter().try_for_each(Made::keep)?;
            written
        }
    };
    Ok(Report { written, took: start.elapsed(), ..Report::default() })
}

/// Writes the one part there is into a stream.
fn write_part(job: &mut Outgoing, write: WriteParts, stream: &mut dyn Write) -> Result<u64, ImportError> {
    let name = PathBuf::from(job.export.format);
    let mut whole: Option<Vec<u8>> = None;
    let written = write(job, &mut |bytes| match whole.replace(bytes.to_vec()) {
        None => Ok(()),
        Some(_) => Err(ImportError::Refused(name.clone(), "takes more than one file; name the first".to_owned())),
    })?;
    stream.write_all(&whole.unwrap_or_default()).map_err(|error| ImportError::File(name.clone(), error))?;
    Ok(written)
}

fn unknown(format: &str) -> ImportError {
    ImportError::Refused(PathBuf::from(format), "is no format that cinedex knows".to_owned())
}

/// Looks at a path for somebody who chooses one, and guesses what is there.
#[must_use]
pub fn look(path: &Path) -> Sight {
    let scent = Scent::of(path).ok();
    let guess = scent.as_ref().and_then(guess).map(|format| format.name);
    Sight { guess, ..scent::sight(path) }
}

/// The format that a path is most likely of.
fn guess(scent: &Scent) -> Option<&'static Format> {
    IMPORTS.iter().find(|row| (row.fits)(scent)).map(|row| &row.format)
}

#[cfg(test)]
mod tests;
