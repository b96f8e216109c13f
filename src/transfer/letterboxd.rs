//! The archive of one's own data that Letterboxd hands out, and the table it takes films from.
//!
//! Likes become favorites of the account that imports. A film is told by its short link; the diary and the reviews
//! link to their own entries, so their films are found by name and year. What a film got there, such as ratings, is
//! counted and has no place here. Deleted and orphaned entries are not current data and not read.

mod export;
#[cfg(test)]
mod tests;

pub use export::export;

use super::bundle::Bundle;
use super::draft::{MovieDraft, passing};
use super::error::ImportError;
use super::intake::{Intake, Watch};
use super::pipeline::{Format, run};
use super::report::{Options, Phase, Progress, Report};
use super::table::{Cells, Meter, Row, Table, Verdict};
use crate::domain::{Entity, External, PartialDate, Source, Timestamp, clean_line, fold};
use crate::store::Store;
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

/// Folders of the archive itself.
const FOLDERS: [&str; 4] = ["likes", "lists", "deleted", "orphaned"];
/// Tables whose links are those of films, and what a row is.
const FILMS: [(&str, &str); 3] =
    [("watched.csv", "watched films"), ("ratings.csv", "ratings"), ("watchlist.csv", "films of the watchlist")];
const LIKES: &str = "likes/films.csv";
/// Tables whose links are those of their own entries.
const ENTRIES: [(&str, &str); 2] = [("diary.csv", "entries of the diary"), ("reviews.csv", "reviews")];
/// Tables that are about no film.
const COUNTED: [(&str, &str); 3] =
    [("comments.csv", "comments"), ("likes/reviews.csv", "likes of reviews"), ("likes/lists.csv", "likes of lists")];
const PROFILE: &str = "profile.csv";
/// More films than anybody has seen.
const FILMS_MAX: usize = 1_000_000;
/// A title among the favorites of a profile holds at most so many commas.
const COMMAS_MAX: usize = 5;

struct Archive {
    path: PathBuf,
    now: Timestamp,
}

/// Imports an archive, as it was handed out or unpacked. All of it goes in, or nothing. What was imported before and
/// is the same changes nothing.
///
/// # Errors
/// Where a file cannot be read or is damaged, the store fails, or `cancelled` says so. Nothing was imported then.
pub fn import(
    store: &Store,
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    run(store, &Archive { path: path.to_owned(), now: options.now }, options, &mut Watch { progress, cancelled })
}

impl Format for Archive {
    fn source(&self) -> Source {
        Source::Letterboxd
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        let mut bundle = Bundle::open(&self.path, &FOLDERS)?;
        bundle.tell_astray(intake);
        let lists: Vec<String> = bundle.names().filter(|name| is_list(name)).map(str::to_owned).collect();
        let known = FILMS.iter().chain(&ENTRIES).map(|(name, _)| *name).chain([LIKES]);
        if lists.is_empty() && !known.clone().any(|name| bundle.has(name)) {
            return Err(ImportError::Nothing(self.path.clone(), "watched.csv, diary.csv or likes/films.csv"));
        }
        let counted = COUNTED.iter().map(|(name, _)| *name);
        let total = known.chain(counted).chain(lists.iter().map(String::as_str)).map(|name| bundle.size(name)).sum();
        let mut meter = Meter::new(watch, total);
        let mut seen = Seen { path: self.path.clone(), ..Seen::default() };
        for (name, what) in FILMS {
            let Some(mut table) = bundle.table(name)? else { continue };
            let rows = seen.films(&mut table, "Letterboxd URI", None, intake, &mut meter)?;
            intake.report.leave(what, rows);
        }
        if let Some(mut table) = bundle.table(LIKES)? {
            seen.films(&mut table, "Letterboxd URI", Some(self.now), intake, &mut meter)?;
        }
        for name in &lists {
            let called = bundle.called(name);
            let Some(reader) = bundle.read(name)? else { continue };
            let mut table = Table::over(&called, reader, |first| first == "Position")?;
            let rows = seen.films(&mut table, "URL", None, intake, &mut meter)?;
            intake.report.leave("places of films in lists", rows);
        }
        for (name, what) in ENTRIES {
            let Some(mut table) = bundle.table(name)? else { continue };
            let rows = seen.entries(&mut table, intake, &mut meter)?;
            intake.report.leave(what, rows);
        }
        for (name, what) in COUNTED {
            let Some(mut table) = bundle.table(name)? else { continue };
            intake.report.leave(what, table.count_rows(&mut meter)?);
        }
        self.read_profile(&mut bundle, &seen, intake)?;
        watch.tell(Phase::Reading, total, total)
    }
}

impl Archive {
    /// The favorites of the profile; nothing else of it is looked at.
    fn read_profile(&self, bundle: &mut Bundle, seen: &Seen, intake: &mut Intake) -> Result<(), ImportError> {
        let called = bundle.called(PROFILE);
        let Some(mut table) = bundle.table(PROFILE)? else { return Ok(()) };
        let favorites = table.column("Favorite Films");
        while let Some(row) = table.next()? {
            let Row::Cells(cells) = row else { continue };
            let names: Vec<&str> =
                cells.get(favorites).split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            let mut rest = &names[..];
            while let Some(first) = rest.first() {
                let (id, taken) = seen.first_of(rest);
                rest = &rest[taken..];
                let found = match id {
                    Some(id) => {
                        let favorite = Some(self.now);
                        intake.movie(MovieDraft { ids: vec![id], favorite, ..MovieDraft::default() })?
                    }
                    None => false,
                };
                if found {
                    intake.report.read += 1;
                } else {
                    let says = format!("the favorite {} is none of the films of the archive", clean_line(first));
                    intake.report.note(&called, 0, says);
                }
            }
        }
        Ok(())
    }
}

fn is_list(name: &str) -> bool {
    name.strip_prefix("lists/")
        .is_some_and(|name| !name.contains('/') && name.rsplit_once('.').is_some_and(|(_, ending)| ending == "csv"))
}

/// The films of the archive so far.
#[derive(Default)]
struct Seen {
    path: PathBuf,
    /// By name and year, and by name alone.
    ids: HashMap<u128, External>,
}

/// What a film is known by.
fn known_by(name: &str, year: Option<u16>) -> u128 {
    xxh3_128(&[&year.map_or([0, 0], u16::to_be_bytes)[..], fold(name).as_bytes()].concat())
}

/// Where a row has the film's name and year.
fn named_by<R: Read>(table: &Table<R>) -> Result<[Option<usize>; 2], ImportError> {
    Ok([table.need("Name")?, table.need("Year")?])
}

/// The film's name and year.
fn film(cells: &Cells, [name, year]: [Option<usize>; 2]) -> Result<(String, Option<u16>), String> {
    let (name, year) = (clean_line(cells.get(name)), cells.get(year));
    if name.is_empty() {
        return Err("it names no film".to_owned());
    }
    match year.parse::<u16>() {
        Ok(number) if PartialDate::new(number, None, None).is_some() => Ok((name, Some(number))),
        _ if year.is_empty() => Ok((name, None)),
        _ => Err(format!("its year is {}, which is none", clean_line(year))),
    }
}

fn draft(id: External, name: String, year: Option<u16>) -> MovieDraft {
    let released = year.and_then(|year| PartialDate::new(year, None, None));
    MovieDraft { ids: vec![id], title: name, released, ..MovieDraft::default() }
}

impl Seen {
    fn add(&mut self, name: &str, year: Option<u16>, id: &External) -> Result<(), ImportError> {
        if self.ids.len() >= FILMS_MAX {
            let why = format!("holds more than {FILMS_MAX} films");
            return Err(ImportError::Refused(self.path.clone(), why));
        }
        self.ids.entry(known_by(name, year)).or_insert_with(|| id.clone());
        self.ids.entry(known_by(name, None)).or_insert_with(|| id.clone());
        Ok(())
    }

    /// The film that a list of names begins with, and how many of them it takes: a title may hold commas.
    fn first_of(&self, names: &[&str]) -> (Option<External>, usize) {
        let longest = names.len().min(COMMAS_MAX + 1);
        let found = (1..=longest).rev().find_map(|taken| Some((self.find(&names[..taken].join(", "))?, taken)));
        found.map_or((None, 1), |(id, taken)| (Some(id), taken))
    }

    /// The film of a link, or of a name.
    fn find(&self, named: &str) -> Option<External> {
        let link = (named.contains("boxd.it/") && !named.contains(','))
            .then(|| External::new(Source::Letterboxd, Entity::Movie, named))
            .flatten();
        link.or_else(|| self.ids.get(&known_by(named, None)).cloned())
    }

    /// Takes the films of a table that links to films; liked ones are favorites since their date. How many rows it
    /// took.
    fn films<R: Read>(
        &mut self,
        table: &mut Table<R>,
        link: &str,
        liked: Option<Timestamp>,
        intake: &mut Intake,
        meter: &mut Meter,
    ) -> Result<u64, ImportError> {
        let (link, date, named) = (table.need(link)?, table.column("Date"), named_by(table)?);
        let mut rows = 0;
        table.each(intake, meter, &mut |cells, intake| {
            let Some(id) = External::new(Source::Letterboxd, Entity::Movie, cells.get(link)) else {
                return Ok(Err("it has no link to its film".to_owned()));
            };
            let (name, year) = match film(cells, named) {
                Ok(film) => film,
                Err(why) => return Ok(Err(why)),
            };
            self.add(&name, year, &id)?;
            rows += 1;
            intake.report.read += 1;
            let since = cells.get(date).parse::<PartialDate>().ok().and_then(Timestamp::at);
            let favorite = liked.map(|now| since.unwrap_or(now));
            intake.movie(MovieDraft { favorite, ..draft(id, name, year) })?;
            Ok(Ok(()))
        })?;
        Ok(rows)
    }

    /// Takes the films of a table that links to entries of its own. How many rows it took.
    fn entries<R: Read>(
        &mut self,
        table: &mut Table<R>,
        intake: &mut Intake,
        meter: &mut Meter,
    ) -> Result<u64, ImportError> {
        let named = named_by(table)?;
        let mut rows = 0;
        table.each(intake, meter, &mut |cells, intake| {
            let verdict = match film(cells, named) {
                Ok((name, year)) => self.entry(name, year, intake)?,
                Err(why) => Err(why),
            };
            rows += u64::from(verdict.is_ok());
            Ok(verdict)
        })?;
        Ok(rows)
    }

    fn entry(&mut self, name: String, year: Option<u16>, intake: &mut Intake) -> Result<Verdict, ImportError> {
        let key = known_by(&name, year);
        if self.ids.contains_key(&key) {
            intake.report.read += 1;
            intake.report.merged += 1;
            return Ok(Ok(()));
        }
        if year.is_none() {
            return Ok(Err("nothing tells which film it is: it has no year, and no list has the film".to_owned()));
        }
        let id = passing(Source::Letterboxd, key);
        self.add(&name, year, &id)?;
        intake.report.read += 1;
        intake.movie(draft(id, name, year))?;
        Ok(Ok(()))
    }
}
