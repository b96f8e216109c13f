//! What stands for a record on a row or in a line: names looked up once a page.

use super::Fault;
use super::answer::{MovieCells, MovieLine, Named, PersonCells};
use crate::domain::sort::name_key;
use crate::domain::{AccountId, CountryId, GenreId, Key, MovieId, PartialDate, PersonId};
use crate::search::Trouble;
use crate::search::index::{Pages, Renown, best_known};
use crate::store::{Read, StoreError};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The best-known movie is looked for among so many credits.
const KNOWN_AMONG: usize = 32;

/// So few are all read.
const FEW: usize = 2;

/// Looks names up and remembers them for one page.
pub(super) struct Labels<'t, T> {
    txn: &'t T,
    me: Option<AccountId>,
    countries: HashMap<CountryId, Option<String>>,
    people: HashMap<PersonId, Option<(String, String)>>,
    movies: HashMap<MovieId, Option<(MovieLine, u32)>>,
    /// Movies among which is the best-known one of a person.
    foremost: HashMap<PersonId, Vec<MovieId>>,
    /// How much people did.
    credits: HashMap<PersonId, u32>,
}

impl<'t, T: Read> Labels<'t, T> {
    pub(super) fn new(txn: &'t T, me: Option<AccountId>) -> Self {
        Labels {
            txn,
            me,
            countries: HashMap::new(),
            people: HashMap::new(),
            movies: HashMap::new(),
            foremost: HashMap::new(),
            credits: HashMap::new(),
        }
    }

    pub(super) fn country(&mut self, id: CountryId) -> Result<Option<String>, StoreError> {
        if let Some(name) = self.countries.get(&id) {
            return Ok(name.clone());
        }
        let name = self.txn.country(id)?.map(|country| country.name);
        self.countries.insert(id, name.clone());
        Ok(name)
    }

    /// A person's name, and their last name.
    fn names(&mut self, id: PersonId) -> Result<Option<(String, String)>, StoreError> {
        if let Some(names) = self.people.get(&id) {
            return Ok(names.clone());
        }
        let names = self.txn.person(id)?.map(|person| {
            let last = if person.last_name.is_empty() { person.name() } else { person.last_name.clone() };
            (person.name(), last)
        });
        self.people.insert(id, names.clone());
        Ok(names)
    }

    pub(super) fn person(&mut self, id: PersonId) -> Result<Option<Named>, StoreError> {
        Ok(self.names(id)?.map(|(name, _)| Named { key: Key::Person(id), name }))
    }

    pub(super) fn people(&mut self, ids: &[PersonId]) -> Result<Vec<Named>, StoreError> {
        ids.iter().filter_map(|id| self.person(*id).transpose()).collect()
    }

    pub(super) fn countries(&mut self, ids: &[CountryId]) -> Result<Vec<Named>, StoreError> {
        let named = |id: &CountryId| {
            self.country(*id).map(|name| name.map(|name| Named { key: Key::Country(*id), name })).transpose()
        };
        ids.iter().filter_map(named).collect()
    }

    pub(super) fn genres(&mut self, ids: &[GenreId]) -> Result<Vec<Named>, StoreError> {
        let named = |id: &GenreId| {
            self.txn
                .genre(*id)
                .map(|genre| genre.map(|genre| Named { key: Key::Genre(*id), name: genre.name }))
                .transpose()
        };
        ids.iter().filter_map(named).collect()
    }

    /// A movie's line and its votes.
    fn known(&mut self, id: MovieId) -> Result<Option<(MovieLine, u32)>, StoreError> {
        if let Some(line) = self.movies.get(&id) {
            return Ok(line.clone());
        }
        let line = self
            .txn
            .movie(id)?
            .map(|movie| (MovieLine { id, title: movie.title, released: movie.released }, movie.votes.unwrap_or(0)));
        self.movies.insert(id, line.clone());
        Ok(line)
    }

    pub(super) fn movie(&mut self, id: MovieId) -> Result<Option<MovieLine>, StoreError> {
        Ok(self.known(id)?.map(|(line, _)| line))
    }

    pub(super) fn votes(&mut self, id: MovieId) -> Result<u32, StoreError> {
        Ok(self.known(id)?.map_or(0, |(_, votes)| votes))
    }

    /// Looks up how much these people did and what they are known for, all at once. The finder's index knows how the
    /// movies of each stand to one another but for those that are close; so one or two of each are read.
    pub(super) fn expect(&mut self, people: &[PersonId], rows: &dyn Pages) -> Result<(), Fault> {
        let filmographies = self.txn.filmographies()?;
        let mut renown = Renown::open(rows)?;
        for person in people {
            let mut movies = Vec::new();
            let mut credits = 0;
            let cut = filmographies.visit(&person.0, &mut |credit| {
                movies.push(credit.movie);
                credits += 1;
                if credits < KNOWN_AMONG as u32 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            self.credits.insert(*person, if cut.is_break() { filmographies.count(&person.0)? } else { credits });
            movies.dedup();
            if movies.len() <= FEW {
                self.foremost.insert(*person, movies);
                continue;
            }
            let place = |movie: &MovieId| renown.place(movie.0).map(|place| (place, *movie));
            let mut ranked = movies.iter().map(place).collect::<Result<Vec<_>, Trouble>>()?;
            ranked.sort_unstable();
            let foremost = self.first_of(&ranked)?;
            self.foremost.insert(*person, foremost);
        }
        Ok(())
    }

    /// Movies among which is the best known of some with their places, in order: all that are at the first place or at
    /// none, and those beyond as long as they may be as well known.
    fn first_of(&mut self, ranked: &[(Option<u16>, MovieId)]) -> Result<Vec<MovieId>, StoreError> {
        let mut first = Vec::new();
        let mut last: Option<u16> = None;
        let (mut most, mut least) = (None, None);
        for (place, movie) in ranked {
            if last.is_some() && last != *place && least.is_some() && least < most {
                break;
            }
            last = *place;
            first.push(*movie);
            let Some((line, votes)) = self.known(*movie)? else { continue };
            let fame = Some((votes, line.released.map(PartialDate::year)));
            most = most.max(fame);
            if place.is_some() {
                least = if least.is_none() { fame } else { least.min(fame) };
            }
        }
        Ok(first)
    }

    /// Looks up which movies these people may be known for, as the finder's index knows them: most often one each.
    pub(super) fn renown(&mut self, people: &[PersonId], rows: &dyn Pages) -> Result<(), Fault> {
        let first = people.iter().map(|person| self.first_movies(*person)).collect::<Result<Vec<_>, _>>()?;
        let ids = |movies: Vec<MovieId>| movies.into_iter().map(|movie| movie.0).collect();
        let mut sets: Vec<Vec<u32>> = first.into_iter().map(ids).collect();
        best_known(rows, &mut sets)?;
        let movies = sets.into_iter().map(|set| set.into_iter().map(MovieId).collect());
        self.foremost.extend(people.iter().copied().zip(movies));
        Ok(())
    }

    /// Movies among which is the best-known one of each person, as far as that was looked up.
    pub(super) fn foremost(&mut self) -> &mut HashMap<PersonId, Vec<MovieId>> {
        &mut self.foremost
    }

    /// The movies of a person's first credits.
    fn first_movies(&self, person: PersonId) -> Result<Vec<MovieId>, StoreError> {
        let mut movies: Vec<MovieId> =
            self.txn.first_credits(person, KNOWN_AMONG)?.iter().map(|credit| credit.movie).collect();
        movies.dedup();
        Ok(movies)
    }

    /// A person's best-known movie: the most voted for, else the newest among their first credits.
    pub(super) fn known_for(&mut self, id: PersonId) -> Result<Option<String>, StoreError> {
        let among = match self.foremost.remove(&id) {
            Some(movies) => movies,
            None => self.first_movies(id)?,
        };
        let mut best: Option<(MovieLine, u32)> = None;
        for movie in among {
            let Some(next) = self.known(movie)? else { continue };
            let rank = |(line, votes): &(MovieLine, u32)| (*votes, line.released, Reverse(line.id));
            if best.as_ref().is_none_or(|best| rank(best) < rank(&next)) {
                best = Some(next);
            }
        }
        Ok(best.map(|(line, _)| title_and_year(&line)))
    }

    pub(super) fn movie_cells(&mut self, id: MovieId) -> Result<Option<MovieCells>, StoreError> {
        let Some(movie) = self.txn.movie(id)? else { return Ok(None) };
        let director = match movie.directors.first() {
            Some(person) => self.names(*person)?.map(|(_, last)| last),
            None => None,
        };
        let country = match movie.countries.first() {
            Some(country) => self.country(*country)?,
            None => None,
        };
        let favorite = match self.me {
            Some(me) => self.txn.favorite(me, id)?.is_some(),
            None => false,
        };
        Ok(Some(MovieCells {
            title: movie.title,
            released: movie.released,
            duration: movie.duration,
            country,
            director,
            kind: movie.kind,
            rating: movie.rating,
            votes: movie.votes,
            budget: movie.budget,
            favorite,
            added: movie.created,
        }))
    }

    /// A person's row and their name key.
    pub(super) fn person_cells(&mut self, id: PersonId) -> Result<Option<(PersonCells, Vec<u8>)>, StoreError> {
        let Some(person) = self.txn.person(id)? else { return Ok(None) };
        let country = match person.country {
            Some(country) => self.country(country)?,
            None => None,
        };
        let key = name_key(&person.first_name, &person.last_name);
        let credits = self.credits.get(&id).copied().map_or_else(|| self.txn.credit_count(id), Ok)?;
        let cells = PersonCells {
            name: person.name(),
            born: person.born,
            died: person.died,
            country,
            credits: credits.into(),
            known_for: self.known_for(id)?,
        };
        Ok(Some((cells, key)))
    }
}

/// `Casablanca (1942)`.
pub(super) fn title_and_year(line: &MovieLine) -> String {
    match line.released {
        Some(date) => format!("{} ({})", line.title, date.year()),
        None => line.title.clone(),
    }
}
