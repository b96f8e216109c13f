//! What an import has read: drafts of movies and people, each under the number of the film or person it is about.

use super::draft::{MovieDraft, PersonDraft, is_passing};
use super::error::ImportError;
use super::known::{Known, Sieve, There};
use super::report::{Options, Phase, Progress, Report, Skip};
use crate::domain::{Entity, External, Field, Movie, MovieId, Origin, PartialDate, PersonId, ReviewId, Source, fold};
use crate::store::read::Read;
use crate::store::{Glance, Spool, Store};
use std::collections::HashMap;
use std::ops::ControlFlow;
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
    pub year: Option<u16>,
    /// It is not certain what it is: it is not made, but waits for review.
    pub aside: bool,
    /// Its source does not tell which of its films it is.
    pub passing: bool,
    /// The databases that the input has ids of it in.
    sources: u16,
}

impl Film {
    /// Whether these are the ids of another film, which has another id in a database that this one has an id in.
    pub(super) fn is_not(&self, ids: &[External]) -> bool {
        sources(ids) & self.sources != 0
    }
}

/// The databases in which a film has one id, of those that these ids are of.
fn sources(ids: &[External]) -> u16 {
    let known = ids.iter().filter(|id| !is_passing(id) && !matches!(id.source, Source::Nfo | Source::Table));
    known.fold(0, |all, id| all | 1 << id.source.code())
}

/// Everything read so far.
pub(super) struct Intake<'s> {
    pub glance: Glance<'s>,
    pub films: Vec<Film>,
    /// By number the person they are, where the catalogue has them.
    pub people: Vec<Option<PersonId>>,
    pub movie_drafts: Spool<MovieDraft>,
    pub person_drafts: Spool<PersonDraft>,
    /// Films that no id found, by title.
    pub titled: HashMap<u128, Vec<u32>>,
    titles_there: Option<Sieve>,
    /// Films one of whose ids is that of a movie which the source knows by another.
    pub rivals: Vec<(u32, MovieId)>,
    /// The folded names of people whom the source knows by nothing else.
    pub named: HashMap<u32, String>,
    /// Rows of the review queue that were decided on.
    pub settled: Vec<ReviewId>,
    /// Movies that one of the ids just looked for is of, and that are others all the same.
    refused: Vec<MovieId>,
    pub report: Report,
    known: Known,
    /// By movie that is there the film of the input that is it.
    pub films_there: There,
    people_there: There,
    /// Whether the catalogue has movies or people at all.
    stocked: bool,
}

/// What is left of an intake once everything is matched; the rest of it, which is large, is gone.
pub(super) struct Matched<'s> {
    pub glance: Glance<'s>,
    pub films: Vec<Film>,
    pub people: Vec<Option<PersonId>>,
    pub settled: Vec<ReviewId>,
    pub report: Report,
}

/// What a title is known by.
pub(super) fn titled(folded: &str) -> u128 {
    xxh3_128(folded.as_bytes())
}

impl<'s> Intake<'s> {
    pub(super) fn new(store: &'s Store, options: &Options) -> Result<Intake<'s>, ImportError> {
        let mut glance = Glance::new(store)?;
        let txn = glance.look()?.ok_or(ImportError::Moved)?;
        let stocked = txn.count(Entity::Movie)? > 0 || txn.count(Entity::Person)? > 0;
        Ok(Intake {
            glance,
            films: Vec::new(),
            people: Vec::new(),
            movie_drafts: Spool::new(store),
            person_drafts: Spool::new(store),
            titled: HashMap::new(),
            titles_there: None,
            rivals: Vec::new(),
            named: HashMap::new(),
            settled: Vec::new(),
            refused: Vec::new(),
            report: Report { dry_run: options.dry_run, listed: options.listed, ..Report::default() },
            known: Known::default(),
            films_there: There::default(),
            people_there: There::default(),
            stocked,
        })
    }

    /// Ends the matching.
    pub(super) fn close(self) -> Matched<'s> {
        let Intake { glance, films, people, settled, report, .. } = self;
        Matched { glance, films, people, settled, report }
    }

    /// Counts a record that is left out.
    pub(super) fn skip(&mut self, file: &Path, line: u64, record: u64, why: impl Into<String>) {
        self.report.skip(Skip { file: file.to_owned(), line, record, why: why.into() });
    }

    fn owner(&mut self, entity: Entity, id: &External) -> Result<Option<u32>, ImportError> {
        if !self.stocked {
            return Ok(None);
        }
        Ok(self.glance.look()?.ok_or(ImportError::Moved)?.external(entity, id)?)
    }

    /// The number of a person, new where the input has not told of them yet.
    pub(super) fn person(&mut self, mut draft: PersonDraft) -> Result<u32, ImportError> {
        if let Some(number) = self.known.get(Entity::Person, &draft.ids[0]) {
            if draft != PersonDraft::named(draft.ids[0].clone(), &draft.name) {
                self.keep_own(Entity::Person, number, self.people[number as usize].map(|id| id.0), &mut draft.ids)?;
                self.person_drafts.push(number, draft)?;
            }
            return Ok(number);
        }
        let there = self.there(Entity::Person, &draft.ids)?;
        let number = match there.and_then(|there| self.people_there.get(there)) {
            Some(number) => number,
            None => self.next_person(there.map(PersonId)),
        };
        self.known.get_or_insert(Entity::Person, &draft.ids[0], number);
        if draft.ids[0].is_name() {
            self.named.insert(number, fold(&draft.ids[0].id[1..]));
        }
        self.keep_own(Entity::Person, number, there, &mut draft.ids)?;
        self.person_drafts.push(number, draft)?;
        Ok(number)
    }

    /// The number of a person; none where nobody has their ids and no name tells what to make of them.
    pub(super) fn person_if_known(&mut self, draft: PersonDraft) -> Result<Option<u32>, ImportError> {
        let is_new = draft.name.is_empty() && self.known.get(Entity::Person, &draft.ids[0]).is_none();
        if is_new && self.there(Entity::Person, &draft.ids)?.is_none() {
            return Ok(None);
        }
        self.person(draft).map(Some)
    }

    /// Whether the input has somebody who is this person.
    pub(super) fn is_told_of(&self, id: PersonId) -> bool {
        self.people_there.get(id.0).is_some()
    }

    fn next_person(&mut self, there: Option<PersonId>) -> u32 {
        let number = self.people.len() as u32;
        self.people.push(there);
        if let Some(there) = there {
            self.people_there.insert(there.0, number);
        }
        number
    }

    /// The number of the person whose IMDb id counts so, of whom the input may tell later. Nobody becomes of those of
    /// whom it does not.
    pub(super) fn somebody(&mut self, imdb: u32) -> u32 {
        let number = self.known.imdb(Entity::Person).get_or_insert(imdb, self.people.len() as u32);
        if number == self.people.len() as u32 {
            self.next_person(None);
        }
        number
    }

    /// Asks memory for the numbers of people whose IMDb ids count so, before [`Intake::somebody`] needs them.
    pub(super) fn warm_people(&mut self, imdb: impl Iterator<Item = u32>) {
        self.known.imdb(Entity::Person).warm(imdb);
    }

    /// The number of the person whose IMDb id counts so, if the input named them.
    pub(super) fn known_person(&mut self, imdb: u32) -> Option<u32> {
        self.known.imdb(Entity::Person).get(imdb)
    }

    /// The number of the film whose IMDb id counts so, if the input told of it.
    pub(super) fn film(&mut self, imdb: u32) -> Option<u32> {
        self.known.imdb(Entity::Movie).get(imdb)
    }

    /// The number of somebody who is there, and whom no id tells.
    pub(super) fn person_there(&mut self, id: PersonId, draft: PersonDraft) -> Result<u32, ImportError> {
        let number = self.people_there.get(id.0).unwrap_or_else(|| self.next_person(Some(id)));
        self.person_drafts.push(number, draft)?;
        Ok(number)
    }

    /// The number of what has this id, if the input told of it.
    pub(super) fn number_of(&mut self, entity: Entity, id: &External) -> Option<u32> {
        self.known.get(entity, id)
    }

    /// Takes what is told of a person who was named before.
    pub(super) fn tell_person(&mut self, number: u32, draft: PersonDraft) -> Result<(), ImportError> {
        if let Some(there) = self.there(Entity::Person, &draft.ids)? {
            self.people[number as usize] = Some(PersonId(there));
            self.people_there.insert(there, number);
        }
        Ok(self.person_drafts.push(number, draft)?)
    }

    /// Takes what is told besides of a film that the input told of before.
    pub(super) fn tell_film(&mut self, number: u32, draft: MovieDraft) -> Result<(), ImportError> {
        Ok(self.movie_drafts.push(number, draft)?)
    }

    /// The record that has the first of these ids that any record has. Another id than the first counts only where
    /// the record is not known as somebody else in the database of one before it.
    fn there(&mut self, entity: Entity, ids: &[External]) -> Result<Option<u32>, ImportError> {
        self.refused.clear();
        for (place, id) in ids.iter().enumerate() {
            let Some(owner) = self.owner(entity, id)? else { continue };
            let txn = self.glance.look()?.ok_or(ImportError::Moved)?;
            let external = match entity {
                _ if place == 0 => return Ok(Some(owner)),
                Entity::Movie => txn.movie(MovieId(owner))?.map(|movie| movie.external),
                _ => txn.person(PersonId(owner))?.map(|person| person.external),
            };
            let is_another = |before: &External, external: &[External]| {
                let known = external.iter().any(|other| other.database() == before.database());
                known && !external.contains(before)
            };
            if external.is_some_and(|external| !ids[..place].iter().any(|before| is_another(before, &external))) {
                return Ok(Some(owner));
            }
            if entity == Entity::Movie {
                self.refused.push(MovieId(owner));
            }
        }
        Ok(None)
    }

    /// Drops the ids that belong to another record, of the input or of the catalogue: an id is that of one.
    fn keep_own(
        &mut self,
        entity: Entity,
        number: u32,
        there: Option<u32>,
        ids: &mut Vec<External>,
    ) -> Result<(), ImportError> {
        let mut own = Vec::with_capacity(ids.len());
        for (place, id) in ids.drain(..).enumerate() {
            let holder = self.known.get_or_insert(entity, &id, number);
            if place == 0 || (holder == number && self.owner(entity, &id)?.is_none_or(|owner| Some(owner) == there)) {
                own.push(id);
            }
        }
        *ids = own;
        Ok(())
    }

    /// Whether a movie has this id, of the input or of the catalogue.
    pub(super) fn has_movie(&mut self, id: &External) -> Result<bool, ImportError> {
        Ok(self.known.get(Entity::Movie, id).is_some() || self.owner(Entity::Movie, id)?.is_some())
    }

    /// Takes a movie; false where nothing has its ids and no title tells what to make of it.
    pub(super) fn movie(&mut self, mut draft: MovieDraft) -> Result<bool, ImportError> {
        let mut number = self.number(&draft)?;
        if let (None, Some(other)) = (number, draft.fallback.take()) {
            draft.ids[0] = other;
            number = self.number(&draft)?;
        }
        let Some(number) = number else { return Ok(false) };
        let there = self.films[number as usize].movie.map(|id| id.0);
        self.keep_own(Entity::Movie, number, there, &mut draft.ids)?;
        self.films[number as usize].sources |= sources(&draft.ids);
        for part in draft.cast.iter().filter(|part| !part.known_as.is_empty()) {
            self.named.entry(part.person).or_insert_with(|| part.known_as.clone());
        }
        self.movie_drafts.push(number, draft)?;
        Ok(true)
    }

    /// The number of the film a draft is about; none where the film of its id is of another year, or where nothing
    /// has its ids and it has no title.
    fn number(&mut self, draft: &MovieDraft) -> Result<Option<u32>, ImportError> {
        let year = draft.released.map(PartialDate::year);
        let choosy = draft.fallback.is_some();
        if let Some(number) = self.known.get(Entity::Movie, &draft.ids[0]) {
            if choosy && apart(self.films[number as usize].year, year) {
                return Ok(None);
            }
            self.report.merged += 1;
            return Ok(Some(number));
        }
        let movie = self.there(Entity::Movie, &draft.ids)?.map(MovieId);
        if let (true, Some(movie)) = (choosy, movie) {
            let there = self.glance.look()?.ok_or(ImportError::Moved)?.movie(movie)?;
            let edited = |movie: &Movie| movie.origins.of(Field::Date) == Origin::Edited;
            let there = there.filter(|movie| !edited(movie)).and_then(|movie| movie.released).map(PartialDate::year);
            if apart(there, year) {
                return Ok(None);
            }
        }
        let number = match movie {
            Some(movie) => self.films_there.get(movie.0),
            None => self.known_besides(&draft.ids),
        };
        if let Some(number) = number {
            self.known.get_or_insert(Entity::Movie, &draft.ids[0], number);
            self.report.merged += 1;
            return Ok(Some(number));
        }
        if movie.is_none() && draft.title.is_empty() {
            return Ok(None);
        }
        if movie.is_none() && self.stocked {
            for title in std::iter::once(&draft.title).chain(&draft.original_title) {
                let mark = titled(&fold(title));
                if self.titles_there()?.may_hold(mark) {
                    self.titled.entry(mark).or_default().push(self.films.len() as u32);
                }
            }
            self.rivals.extend(self.refused.drain(..).map(|movie| (self.films.len() as u32, movie)));
        }
        Ok(Some(self.begin(movie, draft)))
    }

    /// The film of the input that has one of these ids, but for the first, and that no id before it is another film's
    /// by.
    fn known_besides(&mut self, ids: &[External]) -> Option<u32> {
        (1..ids.len()).find_map(|place| {
            let number = self.known.get(Entity::Movie, &ids[place])?;
            let film = &self.films[number as usize];
            (film.movie.is_none() && !film.is_not(&ids[..place])).then_some(number)
        })
    }

    /// The titles of the catalogue, so that those of a large input that it has not need not be kept.
    fn titles_there(&mut self) -> Result<&Sieve, ImportError> {
        if self.titles_there.is_none() {
            let mut sieve = Sieve::new();
            self.glance.look()?.ok_or(ImportError::Moved)?.scan_names(Entity::Movie, &mut |_, name| {
                name.texts.lines().for_each(|text| sieve.insert(titled(text)));
                ControlFlow::Continue(())
            })?;
            self.titles_there = Some(sieve);
        }
        Ok(self.titles_there.as_ref().expect("it was just made"))
    }

    fn begin(&mut self, movie: Option<MovieId>, draft: &MovieDraft) -> u32 {
        let id = &draft.ids[0];
        let year = draft.released.map(PartialDate::year);
        let number = self.films.len() as u32;
        self.films.push(Film { movie, year, aside: false, passing: is_passing(id), sources: sources(&draft.ids) });
        if let Some(movie) = movie {
            self.films_there.insert(movie.0, number);
        }
        self.known.get_or_insert(Entity::Movie, id, number);
        number
    }

    /// Takes a movie of which a person said what it is: one that is there, or a new one.
    pub(super) fn decided(&mut self, mut draft: MovieDraft, movie: Option<MovieId>) -> Result<(), ImportError> {
        let movie = self.owner(Entity::Movie, &draft.ids[0])?.map(MovieId).or(movie);
        let number = match movie.and_then(|movie| self.films_there.get(movie.0)) {
            Some(number) => number,
            None => self.begin(movie, &draft),
        };
        self.keep_own(Entity::Movie, number, movie.map(|id| id.0), &mut draft.ids)?;
        self.movie_drafts.push(number, draft)?;
        Ok(())
    }
}

/// Whether years are further apart than those of one film may be.
pub(super) fn apart(one: Option<u16>, other: Option<u16>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.abs_diff(other) > APART)
}
