//! Tables of films, people and credits, whatever their columns are called: as a map of columns says, or by names that
//! most tables use; and our own tables.
//!
//! A table's own ids join its films, people and credits, in one import or in several: they are kept under the name of
//! the first file, or under one that is given. Whoever has no id is known by the name, a film by title and year.

mod cell;
mod columns;
mod credit;
mod export;
mod field;
#[cfg(test)]
mod round;
mod rows;
mod take;
#[cfg(test)]
mod tests;

pub use self::export::SETTINGS as EXPORT_SETTINGS;
pub(super) use self::export::{export_table, export_tables};

use self::columns::{Columns, Map};
use self::field::{Field, Kind};
use self::rows::Rows;
use self::take::{Book, Row, Taker};
use super::dialect::Dialect;
use super::error::ImportError;
use super::input;
use super::intake::{Intake, Watch};
use super::pipeline::{Format, run};
use super::report::{Note, Options, Phase, Progress, Report, Skip};
use super::table;
use crate::catalog::task::{Setting, Settings};
use crate::domain::{External, Source, clean_line};
use crate::store::Store;
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// Rows between two words on how far it is.
const PACE: u64 = 1 << 10;

/// What can be said of the tables.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "map",
        value: "FIELD=COLUMN,…",
        help: "Which columns tell what: title=Name,year=Released,imdb=Link",
    },
    Setting { name: "kind", value: "KIND,…", help: "What the rows of each file are: films, people or credits" },
    Setting {
        name: "source",
        value: "NAME",
        help: "What the tables' own ids are kept under; else the first file's name",
    },
    Setting { name: "delimiter", value: "SIGN", help: "What parts the columns, such as ';', tab or '::'" },
    Setting { name: "list-separator", value: "SIGN", help: "What parts the values in one cell" },
    Setting { name: "encoding", value: "NAME", help: "The files' encoding, such as windows-1252; else UTF-8" },
    Setting {
        name: "escape",
        value: "SIGN",
        help: "The sign before a quote within quotes, such as \\; else quotes are doubled",
    },
    Setting { name: "no-quotes", value: "", help: "Quotes are characters like any other" },
    Setting { name: "no-header", value: "", help: "The first row is a row; columns are called 1, 2, 3" },
];

/// A table that is to be read.
struct Sheet {
    file: PathBuf,
    columns: Columns,
}

/// The tables of one import.
struct Workbook {
    sheets: Vec<Sheet>,
    dialect: Dialect,
    book: Book,
    /// What was made of the columns.
    told: Vec<Note>,
}

/// Imports tables: files, plain or gzipped, and folders of them. All of it goes in, or nothing. What was imported
/// before and is the same changes nothing.
///
/// # Errors
/// Where a file cannot be read or is damaged, the settings make no sense for it, the store fails, or `cancelled` says
/// so. Nothing was imported then.
pub fn import(
    store: &Store,
    paths: &[PathBuf],
    settings: &Settings,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    let workbook = Workbook::open(paths, settings)?;
    run(store, &workbook, options, &mut Watch { progress, cancelled })
}

/// Whether a file is called as a table is.
fn is_table(name: &str) -> bool {
    let plain = input::plain_name(name);
    let ours = ["genres.csv", "countries.csv", "files.csv", "favorites.csv", "accounts.csv"];
    let extension = Path::new(plain).extension().unwrap_or_default();
    !ours.contains(&plain) && ["csv", "tsv"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// So many tables of a folder are looked at.
const LOOKS: usize = 20;

/// Whether a folder holds tables whose columns tell of films.
pub(super) fn tells(folder: &Path) -> bool {
    let files =
        if folder.is_dir() { input::files(&[folder.to_owned()], is_table, "").unwrap_or_default() } else { Vec::new() };
    let kind = |file: &PathBuf| Columns::guess(Rows::open(file, &Dialect::default()).ok()?.header());
    files.iter().take(LOOKS).any(|file| kind(file).is_some())
}

/// What a file's or folder's own ids are kept under: its name without endings.
fn stem(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = clean_line(&path.file_name().unwrap_or_default().to_string_lossy());
    let plain = input::plain_name(&name);
    let ending = plain.rfind('.').filter(|_| path.is_file()).unwrap_or(plain.len());
    plain[..ending].to_owned()
}

fn dialect(settings: &Settings) -> Result<Dialect, String> {
    let byte = |name: &str| match settings.get(name).map(str::as_bytes) {
        None => Ok(None),
        Some([byte]) => Ok(Some(*byte)),
        Some(_) => Err(format!("--{name}: give one character")),
    };
    let encoding = settings.get("encoding").map(|name| {
        Encoding::for_label(name.as_bytes())
            .ok_or_else(|| format!("--encoding {name}: there is no encoding of that name"))
    });
    let delimiter = settings.get("delimiter").map(|sign| match sign {
        "tab" | "\\t" => "\t".to_owned(),
        sign => sign.to_owned(),
    });
    if delimiter.as_deref() == Some("") {
        return Err("--delimiter: give a sign".to_owned());
    }
    Ok(Dialect {
        delimiter,
        escape: byte("escape")?,
        unquoted: settings.get("no-quotes").is_some(),
        encoding: encoding.transpose()?,
        headless: settings.get("no-header").is_some(),
    })
}

impl Workbook {
    fn open(paths: &[PathBuf], settings: &Settings) -> Result<Workbook, ImportError> {
        let files = input::files(paths, is_table, "*.csv, *.tsv or *.csv.gz")?;
        let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
        let unclear = |why| ImportError::Unclear(why);
        let dialect = dialect(settings).map_err(unclear)?;
        let map = Map::read(settings.get("map").unwrap_or_default()).map_err(unclear)?;
        let kinds = kinds(settings.get("kind"), files.len()).map_err(unclear)?;
        let mut told = Vec::new();
        let mut sheets = Vec::new();
        let mut headers: Vec<(Kind, Vec<String>)> = Vec::new();
        for (file, kind) in files.into_iter().zip(kinds) {
            let header = Rows::open(&file, &dialect)?.header().to_vec();
            let Some(kind) = kind.or_else(|| map.kind()).or_else(|| Columns::guess(&header)) else {
                let why = "its columns do not tell what its rows are; say --kind films, people or credits";
                return Err(ImportError::Refused(
                    file,
                    format!("{why}, or name columns with --map: {}", header.join(", ")),
                ));
            };
            let columns = Columns::new(kind, &header, &map);
            headers.push((kind, header));
            sheets.push(Sheet { file, columns });
        }
        let heads: Vec<(Kind, &[String])> = headers.iter().map(|(kind, header)| (*kind, &header[..])).collect();
        map.verify(&heads).map_err(|why| ImportError::Refused(first.to_owned(), why))?;
        for (sheet, (_, header)) in sheets.iter_mut().zip(&headers) {
            sheet.verify(header)?;
            told.extend(sheet.settle_ids(&dialect, map.recognises(sheet.columns.kind))?);
            told.push(Note { file: sheet.file.clone(), line: 0, says: sheet.columns.describe(header) });
        }
        let by_title = sheets.iter().any(|sheet| sheet.columns.kind == Kind::Credits && !sheet.columns.names_films());
        let name = settings.get("source").map_or_else(|| stem(first), clean_line).replace(':', " ");
        let book = Book { name, separator: settings.get("list-separator").map(str::to_owned), by_title };
        sheets.sort_by_key(|sheet| sheet.columns.kind);
        Ok(Workbook { sheets, dialect, book, told })
    }
}

/// What the rows of each file are, where it is said: one word for all, or a word a file.
fn kinds(said: Option<&str>, files: usize) -> Result<Vec<Option<Kind>>, String> {
    let Some(said) = said else { return Ok(vec![None; files]) };
    let read = |word: &str| Kind::of(word).ok_or_else(|| format!("--kind {word}: say films, people or credits"));
    let kinds: Vec<Option<Kind>> = said.split(',').map(|word| read(word).map(Some)).collect::<Result<_, _>>()?;
    match kinds.len() {
        1 => Ok(vec![kinds[0]; files]),
        count if count == files => Ok(kinds),
        count => Err(format!("--kind names {count} kinds for {files} files; name one for all, or one a file")),
    }
}

impl Sheet {
    /// The table must have what its rows are known by.
    fn verify(&self, header: &[String]) -> Result<(), ImportError> {
        let tells = |fields: &[Field]| fields.iter().any(|field| self.columns.tells(*field));
        let missing = match self.columns.kind {
            Kind::Films if !tells(&[Field::Title]) && !tells(&IDS) => {
                Some("no column tells a title or an id of the films")
            }
            Kind::People if !tells(&[Field::Name, Field::First, Field::Last]) && !tells(&IDS) => {
                Some("no column tells a name or an id of the people")
            }
            Kind::Credits if !self.columns.names_films() && !tells(&[Field::Title]) => {
                Some("no column tells which film a credit belongs to")
            }
            Kind::Credits if !self.columns.names_people() && !tells(&[Field::Name, Field::Character]) => {
                Some("no column tells who or what a credit is about")
            }
            Kind::Credits if !tells(&[Field::Role, Field::Character, Field::Order]) => {
                Some("no column tells whether its people directed or played; add role:director or role:actor to --map")
            }
            _ => None,
        };
        let Some(why) = missing else { return Ok(()) };
        Err(ImportError::Refused(self.file.clone(), format!("{why}; its columns are {}", header.join(", "))))
    }

    /// Numbers that stand for several films, or several people, are no ids. Where nobody said that they are ids, that
    /// is found out beforehand.
    fn settle_ids(&mut self, dialect: &Dialect, guessed: bool) -> Result<Option<Note>, ImportError> {
        let name = if self.columns.kind == Kind::Films { Field::Title } else { Field::Name };
        if !guessed || self.columns.kind == Kind::Credits || !self.columns.tells(Field::Id) || !self.columns.tells(name)
        {
            return Ok(None);
        }
        let mut rows = Rows::open(&self.file, dialect)?;
        let mut known: HashMap<u64, u64> = HashMap::new();
        while let Some(row) = rows.next()? {
            let table::Row::Cells(cells) = row else { continue };
            let text = |field| self.columns.texts(field, &cells).next().unwrap_or_default();
            let (id, title) = (text(Field::Id), xxh3_64(text(name).as_bytes()));
            if !id.is_empty() && *known.entry(xxh3_64(id.as_bytes())).or_insert(title) != title {
                let says = format!("{id} is not one id of one row; the column was not used");
                self.columns.forget(Field::Id);
                return Ok(Some(Note { file: self.file.clone(), line: rows.line(), says }));
            }
        }
        Ok(None)
    }
}

/// What a film or person can be known by.
const IDS: [Field; 9] = [
    Field::Id,
    Field::Imdb,
    Field::Tmdb,
    Field::Letterboxd,
    Field::Movielens,
    Field::Wikipedia,
    Field::Freebase,
    Field::Nfo,
    Field::Table,
];

impl Format for Workbook {
    fn source(&self) -> Source {
        Source::Table
    }

    fn numbers(&self, id: &External) -> bool {
        id.database() == (Source::Table, &self.book.name)
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        intake.report.told.clone_from(&self.told);
        let total =
            self.sheets.iter().filter_map(|sheet| std::fs::metadata(&sheet.file).ok()).map(|meta| meta.len()).sum();
        let mut before = 0;
        for sheet in &self.sheets {
            before += self.read_sheet(sheet, intake, &mut |taken| watch.tell(Phase::Reading, before + taken, total))?;
        }
        watch.tell(Phase::Reading, total, total)
    }
}

impl Workbook {
    fn read_sheet(
        &self,
        sheet: &Sheet,
        intake: &mut Intake,
        tell: &mut dyn FnMut(u64) -> Result<(), ImportError>,
    ) -> Result<u64, ImportError> {
        let (file, columns) = (&sheet.file, &sheet.columns);
        let mut rows = Rows::open(file, &self.dialect)?;
        while let Some(row) = rows.next()? {
            if rows.count().is_multiple_of(PACE) {
                tell(rows.taken())?;
            }
            intake.report.read += 1;
            let taken = match row {
                table::Row::Other(why) => Err(why),
                table::Row::Cells(cells) => {
                    let row = Row { file, line: rows.line(), columns, cells: &cells };
                    let mut taker = Taker { book: &self.book, intake };
                    match columns.kind {
                        Kind::People => taker.person(&row)?,
                        Kind::Films => taker.film(&row)?,
                        Kind::Credits => taker.credit(&row)?,
                    }
                }
            };
            if let Err(why) = taken {
                intake.report.skip(Skip { file: file.clone(), line: rows.line(), record: rows.count(), why });
            }
        }
        Ok(rows.taken())
    }
}
