//! What comes from TMDB: the tables of 5000 films and their credits, those of The Movies Dataset, an account's own
//! tables, answers of the API (version 3) as they were saved, and the daily lists of ids.
//!
//! Files are told apart by what they hold. Details are read first, then what only names its film by id, then the
//! films that people's details list.

mod facts;
mod literal;
mod roll;
mod take;
#[cfg(test)]
mod tests;

use super::error::ImportError;
use super::input::{self, Input};
use super::intake::{Intake, Watch};
use super::json::{Element, Elements};
use super::pipeline::{Format, run};
use super::report::{Options, Phase, Progress, Report};
use super::table::{Meter, Table};
use crate::domain::Source;
use crate::store::Store;
use facts::{has, line, plain};
use roll::Roll;
use serde_json::{Map, Value};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Records between two words on how far it is.
const PACE: u64 = 256;
/// Columns that hold lists.
const LISTS: [&str; 6] = ["genres", "genre_ids", "production_countries", "origin_country", "cast", "crew"];
/// What is said where a file is none of TMDB's.
const UNKNOWN: &str = "it is none of TMDB's tables; `import csv` takes others by a map of their columns";

/// Whether a file of this name is looked into where a folder is named.
pub(super) fn is_file(name: &str) -> bool {
    let ending = Path::new(input::plain_name(name)).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["json", "jsonl", "ndjson", "csv"].iter().any(|one| ending.eq_ignore_ascii_case(one))
}

/// What is read of the files, one after the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Films and people.
    Details,
    /// What names its film by id only.
    More,
    /// The films of people.
    Filmographies,
}

/// What is left to do with a file once its details were read.
#[derive(Clone, Copy, Default)]
struct Left {
    more: bool,
    filmographies: bool,
}

impl Left {
    fn has(self, stage: Stage) -> bool {
        match stage {
            Stage::Details => true,
            Stage::More => self.more,
            Stage::Filmographies => self.filmographies,
        }
    }
}

struct Files {
    files: Vec<PathBuf>,
}

/// Imports what is at these paths: files, plain or gzipped, and folders of them. All of it goes in, or nothing. What
/// was imported before and is the same changes nothing.
///
/// # Errors
/// Where a file cannot be read or is damaged, the store fails, or `cancelled` says so. Nothing was imported then.
pub fn import(
    store: &Store,
    paths: &[PathBuf],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    let files = input::files(paths, is_file, "*.csv or *.json")?;
    run(store, &Files { files }, options, &mut Watch { progress, cancelled })
}

impl Format for Files {
    fn source(&self) -> Source {
        Source::Tmdb
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        let total = input::size(&self.files);
        let mut left = vec![Left { more: true, filmographies: true }; self.files.len()];
        for stage in [Stage::Details, Stage::More, Stage::Filmographies] {
            let mut meter = Meter::new(watch, total);
            for (file, left) in self.files.iter().zip(&mut left).filter(|(_, left)| left.has(stage)) {
                let found = if is_json(file)? {
                    read_answers(file, stage, intake, &mut meter)?
                } else {
                    read_table(file, stage, intake, &mut meter)?
                };
                if stage == Stage::Details {
                    *left = found;
                }
            }
        }
        watch.tell(Phase::Reading, total, total)
    }
}

/// Whether a file begins as JSON does.
fn is_json(file: &Path) -> Result<bool, ImportError> {
    let mut head = Vec::new();
    let fault = |error| ImportError::reading(file, error);
    Input::open(file)?.take(64).read_to_end(&mut head).map_err(fault)?;
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    Ok(text.starts_with(b"{") || text.starts_with(b"["))
}

/// What an object is.
enum Kind {
    Film,
    Person,
    /// Credits or titles of a film.
    More,
    /// A line of a daily list.
    Id,
    /// Nothing that can be taken: why.
    Other(String),
}

fn kind(of: &Value) -> Kind {
    let message = || line(of, "status_message").unwrap_or_default();
    if has(of, &["status_message", "success"]) {
        return Kind::Other(format!("TMDB answered with an error: {}", message()));
    }
    if has(of, &["page", "results", "movie_results", "person_results"]) {
        return Kind::Other("it is a list of hits or of other facts; save the details of each film".to_owned());
    }
    let told = has(of, &["id"]);
    if told && has(of, &["biography", "place_of_birth", "also_known_as", "birthday", "movie_credits"]) {
        return Kind::Person;
    }
    if told && has(of, &["title"]) && !has(of, &["name", "media_type"]) {
        return Kind::Film;
    }
    if told && has(of, &["cast", "crew", "titles"]) {
        return Kind::More;
    }
    if told && Roll::entity(of).is_some() {
        return Kind::Id;
    }
    Kind::Other("it is neither a film nor a person, nor the credits of a film".to_owned())
}

/// Reads saved answers: an object, several one behind the other, or a list of them.
fn read_answers(file: &Path, stage: Stage, intake: &mut Intake, meter: &mut Meter) -> Result<Left, ImportError> {
    let mut answers = Elements::open_loose(file)?;
    let (mut left, mut roll) = (Left::default(), Roll::default());
    // The first that is of no use, its line, and how many there are.
    let mut others: Option<(String, u64, u64)> = None;
    while let Some(element) = answers.next::<Value>()? {
        if answers.count().is_multiple_of(PACE) {
            meter.tell(answers.taken())?;
        }
        let of = match element {
            Element::Value(of) => of,
            Element::Other(why) => Value::String(why),
        };
        let skipped = match (kind(&of), stage) {
            (Kind::Film, Stage::Details) => {
                intake.report.read += 1;
                take_film(&of, file, answers.line(), intake)?.err()
            }
            (Kind::Person, Stage::Details) => {
                left.filmographies |= has(&of, &["movie_credits"]);
                intake.report.read += 1;
                take::take_person(&of, intake)?.err()
            }
            (Kind::Person, Stage::Filmographies) => {
                for why in take::take_filmography(&of, intake)? {
                    intake.skip(file, answers.line(), 0, why);
                }
                None
            }
            (Kind::More, Stage::Details) => {
                left.more = true;
                None
            }
            (Kind::More, Stage::More) => {
                intake.report.read += 1;
                take::take_more(&of, "id", intake)?.err()
            }
            (Kind::Id, Stage::Details) => {
                roll.add(&of);
                None
            }
            (Kind::Other(why), Stage::Details) => {
                others.get_or_insert((why, answers.line(), 0)).2 += 1;
                None
            }
            _ => None,
        };
        if let Some(why) = skipped {
            intake.skip(file, answers.line(), answers.count(), why);
        }
    }
    if let Some((why, line, count)) = others {
        intake.report.read += 1;
        let more = if count > 1 { format!(", and {} more of the file", count - 1) } else { String::new() };
        intake.skip(file, line, 0, format!("{why}{more}"));
    }
    meter.pass(answers.taken());
    roll.compare(file, intake)?;
    Ok(left)
}

/// Takes a film and remarks on what is odd about it.
fn take_film(of: &Value, file: &Path, line: u64, intake: &mut Intake) -> Result<Result<(), String>, ImportError> {
    Ok(take::take_film(of, intake)?.map(|odd| odd.into_iter().for_each(|says| intake.report.note(file, line, says))))
}

/// Reads a table of films or of credits.
fn read_table(file: &Path, stage: Stage, intake: &mut Intake, meter: &mut Meter) -> Result<Left, ImportError> {
    let mut table = Table::open(file)?;
    let has = |name| table.column(name).is_some();
    let credits = (has("movie_id") || has("id")) && has("cast") && has("crew");
    let films = has("id") && (has("title") || has("original_title"));
    let account = has("TMDb ID") && has("Name") && has("Type");
    let key = if has("movie_id") { "movie_id" } else { "id" };
    if !(credits || films || account) {
        intake.report.read += 1;
        intake.skip(file, 0, 0, UNKNOWN);
        return Ok(Left::default());
    }
    // What other credits there are names people without their ids.
    if !credits && !account && !["release_date", "overview", "genres"].iter().any(|name| has(name)) {
        intake.report.read += 1;
        intake.skip(file, 0, 0, UNKNOWN);
        return Ok(Left::default());
    }
    let left = Left { more: credits, filmographies: false };
    if credits != (stage == Stage::More) {
        return Ok(left);
    }
    let columns: Vec<(String, usize)> = table.header().iter().cloned().zip(0..).collect();
    table.each(intake, meter, &mut |cells, intake| {
        let mut row = Map::new();
        for (name, at) in &columns {
            let cell = cells.get(Some(*at));
            let value = if LISTS.contains(&name.as_str()) && !cell.is_empty() {
                literal::read(cell)
            } else {
                Some(Value::String(cell.to_owned()))
            };
            match value {
                Some(value) => drop(row.insert(name.clone(), value)),
                None => intake.report.note(file, cells.line, format!("its {name} cannot be read; they are not kept")),
            }
        }
        let row = Value::Object(row);
        let verdict = if credits {
            take::take_more(&row, key, intake)?
        } else if account {
            take_account(&row, intake)?
        } else {
            take_film(&row, file, cells.line, intake)?
        };
        intake.report.read += u64::from(verdict.is_ok());
        Ok(verdict)
    })?;
    Ok(left)
}

/// Takes a row of an account's own table: a film that was rated or put on the watchlist.
fn take_account(row: &Value, intake: &mut Intake) -> Result<Result<(), String>, ImportError> {
    if plain(row, "Type").as_deref() != Some("movie") {
        return Ok(Err("it is no film".to_owned()));
    }
    let mut film = Map::new();
    for (theirs, ours) in
        [("TMDb ID", "id"), ("IMDb ID", "imdb_id"), ("Name", "title"), ("Release Date", "release_date")]
    {
        film.extend(row.get(theirs).map(|value| (ours.to_owned(), value.clone())));
    }
    let rated = plain(row, "Your Rating").is_some();
    intake.report.leave(if rated { "ratings of your own" } else { "films of your watchlist" }, 1);
    Ok(take::take_film(&Value::Object(film), intake)?.map(drop))
}
