//! What an import has read: drafts of movies and people, each under the number of the film or person it is about.

use super::draft::{MovieDraft, PersonDraft};
use super::error::ImportError;
use super::report::{Options, Phase, Progress, Report, Skip};
use crate::domain::{Entity, External, Field, Movie, MovieId, Origin, PartialDate, PersonId, fold};
use crate::store::entry::external_key;
use crate::store::read::Read;
use crate::store::{Glance, Spool, Store};
use std::collections::HashMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

/// How far the years of one film may be apart: some sources have it made in one year and shown in the next.
const APART: u16 = 1;

/// Whoever wants to know how far it is, and may stop it.
pub(super) struct Watch<'a> {
    pub progress: &'a mut dyn FnMut(Progress),
    pub cancelled: &'a dyn Fn() -> bool,
}

impl Watch<'_> {
    /// Tells how far it is.
    pub(super) fn tell(&mut self, phase: Phase, done: u64, total: u64) -> Result<(), ImportError> {
        (self.progress)(Progress { phase, done, total });
        if (self.cancelled)() { Err(ImportError::Cancelled) } else { Ok(()) }
    }
}

/// A film of the input.
pub(super) struct Film {
    /// The movie it is, where the catalogue has it.
    pub movie: Option<MovieId>,
    year: Option<u16>,
}

/// Everything read so far.
pub(super) struct Intake<'s> {
    pub glance: Glance<'s>,
    pub films: Vec<Film>,
    /// By number the person they are, where the catalogue has them.
    pub people: Vec<Option<PersonId>>,
    pub movie_drafts: Spool<MovieDraft>,
    pub person_drafts: Spool<PersonDraft>,
    /// Films that no id found, by title and year.
    pub titled: HashMap<u128, Vec<u32>>,
    pub report: Report,
    known: HashMap<u128, u32>,
    /// Whether the catalogue has movies at all.
    stocked: bool,
    listed: usize,
}

/// What a record is known by: kind, database and id in one number.
fn mark(entity: Entity, id: &External) -> u128 {
    xxh3_128(&external_key(entity, id))
}

/// What a title of a year is known by.
pub(super) fn titled(folded: &str, year: u16) -> u128 {
    xxh3_128(&[&year.to_be_bytes()[..], folded.as_bytes()].concat())
}

impl<'s> Intake<'s> {
    pub(super) fn new(store: &'s Store, options: &Options) -> Result<Intake<'s>, ImportError> {
        let mut glance = Glance::new(store)?;
        let stocked = glance.look()?.ok_or(ImportError::Moved)?.count(Entity::Movie)? > 0;
        Ok(Intake {
            glance,
            films: Vec::new(),
            people: Vec::new(),
            movie_drafts: Spool::new(store),
            person_drafts: Spool::new(store),
            titled: HashMap::new(),
            report: Report { dry_run: options.dry_run, ..Report::default() },
            known: HashMap::new(),
            stocked,
            listed: options.listed,
        })
    }

    /// Counts a record that is left out.
    pub(super) fn skip(&mut self, file: &Path, line: u64, record: u64, why: impl Into<String>) {
        self.report.skipped += 1;
        if self.report.skips.len() < self.listed {
            self.report.skips.push(Skip { file: file.to_owned(), line, record, why: why.into() });
        }
    }

    fn owner(&mut self, entity: Entity, id: &External) -> Result<Option<u32>, ImportError> {
        Ok(self.glance.look()?.ok_or(ImportError::Moved)?.external(entity, id)?)
    }

    /// The number of a person who has this id.
    pub(super) fn person(&mut self, id: External, name: &str) -> Result<u32, ImportError> {
        let mark = mark(Entity::Person, &id);
        if let Some(number) = self.known.get(&mark) {
            return Ok(*number);
        }
        let number = self.people.len() as u32;
        let there = self.owner(Entity::Person, &id)?;
        self.people.push(there.map(PersonId));
        self.known.insert(mark, number);
        let draft = PersonDraft { ids: vec![id], name: name.to_owned(), ..PersonDraft::default() };
        self.person_drafts.push(number, &draft)?;
        Ok(number)
    }

    /// Takes a movie.
    pub(super) fn movie(&mut self, mut draft: MovieDraft) -> Result<(), ImportError> {
        let mut number = self.number(&draft)?;
        if number.is_none() {
            draft.ids[0] = draft.fallback.take().expect("only a draft with another id is refused");
            number = self.number(&draft)?;
        }
        let number = number.expect("the last id is not refused");
        self.movie_drafts.push(number, &draft)?;
        Ok(())
    }

    /// The number of the film a draft is about; none where the film of its id is of another year.
    fn number(&mut self, draft: &MovieDraft) -> Result<Option<u32>, ImportError> {
        let id = &draft.ids[0];
        let year = draft.released.map(PartialDate::year);
        let choosy = draft.fallback.is_some();
        let mark = mark(Entity::Movie, id);
        if let Some(&number) = self.known.get(&mark) {
            if choosy && apart(self.films[number as usize].year, year) {
                return Ok(None);
            }
            self.report.merged += 1;
            return Ok(Some(number));
        }
        let movie = self.owner(Entity::Movie, id)?.map(MovieId);
        if let (true, Some(movie)) = (choosy, movie) {
            let there = self.glance.look()?.ok_or(ImportError::Moved)?.movie(movie)?;
            let edited = |movie: &Movie| movie.origins.of(Field::Date) == Origin::Edited;
            let there = there.filter(|movie| !edited(movie)).and_then(|movie| movie.released).map(PartialDate::year);
            if apart(there, year) {
                return Ok(None);
            }
        }
        let number = self.films.len() as u32;
        if let (None, true, Some(year)) = (movie, self.stocked, year) {
            for title in std::iter::once(&draft.title).chain(&draft.original_title) {
                self.titled.entry(titled(&fold(title), year)).or_default().push(number);
            }
        }
        self.films.push(Film { movie, year });
        self.known.insert(mark, number);
        Ok(Some(number))
    }
}

fn apart(one: Option<u16>, other: Option<u16>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.abs_diff(other) > APART)
}
