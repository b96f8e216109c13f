//! Films as Freebase tells of them, in N-Quads or N-Triples: each line is one statement about one thing.
//!
//! A film names its directors and its performances, a performance its actor and its character, and everybody's name
//! is told somewhere else. So all statements of use are sorted by what they are about, and walked for the people, for
//! the films, then for the performances.

mod quad;
#[cfg(test)]
mod tests;
mod things;

use super::draft::{MovieDraft, NOBODY, Part, PersonDraft};
use super::error::ImportError;
use super::input::{self, Input};
use super::intake::{Intake, Watch};
use super::pipeline::{Format, run};
use super::report::{Options, Phase, Progress, Report};
use super::scent::ends;
use crate::domain::{Entity, External, Source, clean_line};
use crate::store::Store;
use quad::{Quad, Term};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use things::{At, MOST, Says, Statements, Thing};

/// A line takes at most so many bytes.
const LINE_MAX: u64 = 1 << 20;
/// Lines between two words on how far it is.
const PACE: u64 = 1 << 12;

/// What the report calls statements that nothing is made of.
mod unkept {
    pub const OTHERS: &str = "statements about anything but films, their people and parts";
    pub const NAMELESS: &str = "credits of people whose name is not told";
    pub const EMPTY: &str = "performances of which neither actor nor character is told";
    pub const STRAY: &str = "performances of films that did not come in";
    pub const MORE: &str = "statements beyond 5000 of one kind about one thing";
}

struct Files {
    files: Vec<PathBuf>,
    /// What memory has no room for lies there.
    folder: PathBuf,
}

/// Whether a file is called as one of statements is.
pub(super) fn is_file(name: &str) -> bool {
    ends(&input::plain_name(name).to_lowercase(), &[".nq", ".nt"])
}

/// Whether a line is a statement about a thing.
pub(super) fn is_statement(line: &str) -> bool {
    matches!(quad::read(line), Ok(Some(_)))
}

/// Imports what is at these paths: files, plain or gzipped, and folders of them. All of it goes in, or nothing. What
/// was imported before and is the same changes nothing.
///
/// # Errors
/// Where a file cannot be read or holds no film, the store fails, or `cancelled` says so. Nothing was imported then.
pub fn import(
    store: &Store,
    paths: &[PathBuf],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    let files = Files { files: input::files(paths, is_file, "*.nq, *.nt or *.nq.gz")?, folder: store.folder().into() };
    run(store, &files, options, &mut Watch { progress, cancelled })
}

impl Format for Files {
    fn source(&self) -> Source {
        Source::Freebase
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        let total = input::size(&self.files);
        let (mut statements, mut films, mut before) = (Statements::new(&self.folder), 0, 0);
        for (number, file) in (0..).zip(&self.files) {
            let mut reading = Reading { file, number, statements: &mut statements, intake, films: 0 };
            before += reading.read(&mut |taken| watch.tell(Phase::Reading, before + taken, total))?;
            films += reading.films;
        }
        if films == 0 {
            let why = "holds no film as Freebase tells of them: no line says that anything is a /film/film";
            return Err(ImportError::Refused(self.files[0].clone(), why.to_owned()));
        }
        let things = statements.sort()?;
        let mut turn = |intake: &mut Intake, take: &mut dyn FnMut(Thing, &mut Intake) -> Result<(), ImportError>| {
            let mut count: u64 = 0;
            things.each::<ImportError>(&mut |thing| {
                count += 1;
                if count.is_multiple_of(PACE) {
                    watch.tell(Phase::Reading, total, total)?;
                }
                take(thing, intake)
            })
        };
        turn(intake, &mut |thing, intake| take_person(&thing, intake))?;
        turn(intake, &mut |thing, intake| self.take_film(&thing, intake))?;
        let mut parts = HashMap::new();
        turn(intake, &mut |thing, intake| take_performance(&thing, &mut parts, intake))?;
        watch.tell(Phase::Reading, total, total)
    }
}

/// A file being read.
struct Reading<'a, 's> {
    file: &'a Path,
    number: u32,
    statements: &'a mut Statements,
    intake: &'a mut Intake<'s>,
    films: u64,
}

impl Reading<'_, '_> {
    fn read(&mut self, tell: &mut dyn FnMut(u64) -> Result<(), ImportError>) -> Result<u64, ImportError> {
        let mut reader = BufReader::new(Input::open(self.file)?);
        let (mut bytes, mut line) = (Vec::new(), 0);
        loop {
            bytes.clear();
            line += 1;
            let read = (&mut reader).take(LINE_MAX).read_until(b'\n', &mut bytes);
            if read.map_err(|error| ImportError::reading(self.file, error))? == 0 {
                return Ok(reader.get_ref().taken());
            }
            if bytes.len() as u64 == LINE_MAX {
                let why = "a line takes more than 1 MiB".to_owned();
                return Err(ImportError::Damaged { file: self.file.to_owned(), line, column: 1, why });
            }
            if line.is_multiple_of(PACE) {
                tell(reader.get_ref().taken())?;
            }
            let quad = std::str::from_utf8(&bytes).map_err(|_| "it is not written in UTF-8").and_then(quad::read);
            match quad {
                Ok(None) => continue,
                Ok(Some(quad)) => self.take(&quad, At { file: self.number, line })?,
                Err(why) => self.intake.skip(self.file, line, 0, why),
            }
            self.intake.report.read += 1;
        }
    }

    fn take(&mut self, Quad { subject, predicate, object }: &Quad, at: At) -> Result<(), ImportError> {
        let Some((subject, predicate)) = self.node(subject).zip(path(predicate)) else {
            self.leave();
            return Ok(());
        };
        let mut push = |says, object: &str| self.statements.push(&subject, at, says, object);
        match (predicate.as_str(), object) {
            ("name" | "type/object/name", Term::Text(text, language)) => {
                let english = ["", "en"].contains(&language.split('-').next().unwrap_or_default());
                push(if english { Says::Name } else { Says::OtherName }, &clean_line(text))?;
            }
            ("film/performance/character", Term::Text(text, _)) => push(Says::Character, &clean_line(text))?,
            ("type" | "type/object/type", Term::Iri(kind)) => match path(kind).as_deref() {
                Some("film/film") => {
                    push(Says::Film, "")?;
                    self.films += 1;
                }
                Some("people/person" | "film/actor" | "film/director") => push(Says::Person, "")?,
                _ => self.leave(),
            },
            (said, object) => match (said, self.node(object)) {
                ("film/film/starring", Some(performance)) => {
                    self.statements.push(&performance, at, Says::PartOf, &subject)?;
                }
                ("film/film/directed_by", Some(director)) => {
                    self.statements.push(&subject, at, Says::Director, &director)?;
                }
                ("film/performance/actor", Some(actor)) => {
                    self.statements.push(&subject, at, Says::Actor, &actor)?;
                }
                _ => self.leave(),
            },
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.intake.report.leave(unkept::OTHERS, 1);
    }

    /// What a thing is known by: Freebase's id, or a label of this file.
    fn node(&self, term: &Term) -> Option<String> {
        match term {
            Term::Iri(iri) => External::new(Source::Freebase, Entity::Movie, iri).map(|id| id.id),
            Term::Blank(label) => Some(format!("_:{}:{}", self.number, clean_line(label))),
            Term::Text(..) => None,
        }
    }
}

/// What an address says without the slash before it: a word, or a path as ids are.
fn path(iri: &str) -> Option<String> {
    if iri.contains(['/', ':']) {
        return Some(External::new(Source::Freebase, Entity::Movie, iri)?.id.split_off(1));
    }
    Some(iri.to_owned())
}

fn take_person(thing: &Thing, intake: &mut Intake) -> Result<(), ImportError> {
    let mut names = thing.names.iter().filter(|name| !name.is_empty()).cloned();
    let (Some(id), Some(name), true) = (thing.id(Entity::Person), names.next(), thing.is_person) else {
        return Ok(());
    };
    let draft = PersonDraft { other_names: names.collect(), ..PersonDraft::named(id, &name) };
    intake.person(draft).map(drop)
}

/// The numbers of people, without those whose name is not told.
fn numbers(people: &[String], intake: &mut Intake) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(people.len());
    for person in people {
        let id = External::new(Source::Freebase, Entity::Person, person);
        match id.and_then(|id| intake.number_of(Entity::Person, &id)) {
            Some(number) => numbers.push(number),
            None => intake.report.leave(unkept::NAMELESS, 1),
        }
    }
    numbers
}

impl Files {
    fn take_film(&self, thing: &Thing, intake: &mut Intake) -> Result<(), ImportError> {
        intake.report.leave(unkept::MORE, thing.more);
        if !thing.is_film {
            return Ok(());
        }
        let skip = |intake: &mut Intake, why| {
            intake.skip(&self.files[thing.at.file as usize], thing.at.line, 0, why);
            Ok(())
        };
        let mut names = thing.names.iter().filter(|name| !name.is_empty()).cloned();
        let Some(id) = thing.id(Entity::Movie) else { return skip(intake, "its film has no id of Freebase") };
        let title = names.next().unwrap_or_default();
        let directors = numbers(&thing.directors, intake);
        let draft = MovieDraft {
            ids: vec![id],
            title,
            alternative_titles: names.collect(),
            directors,
            ..MovieDraft::default()
        };
        if intake.movie(draft)? { Ok(()) } else { skip(intake, "nothing tells the title of its film") }
    }
}

/// Takes a part of a film, or of several; `parts` are those that each film has so far.
fn take_performance(thing: &Thing, parts: &mut HashMap<u32, usize>, intake: &mut Intake) -> Result<(), ImportError> {
    if thing.films.is_empty() {
        return Ok(());
    }
    let mut actors = numbers(&thing.actors, intake).into_iter();
    let (first, others) = (actors.next(), actors.collect::<Vec<u32>>());
    let name = thing.characters.join(" / ");
    if first.is_none() && (name.is_empty() || !thing.actors.is_empty()) {
        if thing.actors.is_empty() {
            intake.report.leave(unkept::EMPTY, 1);
        }
        return Ok(());
    }
    for (film, line) in &thing.films {
        let id = External::new(Source::Freebase, Entity::Movie, film);
        let Some(film) = id.and_then(|id| intake.number_of(Entity::Movie, &id)) else {
            intake.report.leave(unkept::STRAY, 1);
            continue;
        };
        let count = parts.entry(film).or_insert(0);
        if *count == MOST {
            intake.report.leave(unkept::MORE, 1);
            continue;
        }
        *count += 1;
        let person = first.unwrap_or(NOBODY);
        let place = Some(u32::try_from(*line).unwrap_or(u32::MAX));
        let part = Part { person, others: others.clone(), name: name.clone(), place, ..Part::default() };
        intake.tell_film(film, MovieDraft { cast: vec![part], ..MovieDraft::default() })?;
    }
    Ok(())
}
