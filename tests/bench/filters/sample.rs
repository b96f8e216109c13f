//! Films and people drawn from a catalogue, for values to ask for.

use super::Outcome;
use super::random::Random;
use cinedex::domain::{Character, CountryId, Entity, Movie, MovieId, Person, PersonId};
use cinedex::store::entry::Index;
use cinedex::store::{Order, Read};
use std::ops::ControlFlow;

/// Films of each half: any, and well-known ones.
const FILMS: usize = 1_500;
/// The well-known ones are among so many.
const KNOWN: usize = 20_000;

/// A film with the names it leads to.
pub struct Film {
    pub movie: Movie,
    pub genres: Vec<String>,
    pub countries: Vec<String>,
    pub directors: Vec<Person>,
    pub cast: Vec<(Character, Person)>,
}

/// What values are taken from.
pub struct Sample {
    pub films: Vec<Film>,
    pub people: Vec<Person>,
}

impl Sample {
    /// Half of the films are well-known ones, as those are whom people ask for.
    pub fn draw(txn: &impl Read, random: &mut Random) -> Outcome<Sample> {
        let mut known = Vec::new();
        Order::all(Index::Popularity).walk(txn, true, None, false, &mut |place| {
            known.push(Order::id(place));
            if known.len() < KNOWN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let (movies, persons) = (txn.count(Entity::Movie)? as usize, txn.count(Entity::Person)? as usize);
        let mut sample = Sample { films: Vec::new(), people: Vec::new() };
        for _ in 0..FILMS {
            for id in [1 + random.below(movies) as u32, known[random.below(known.len())]] {
                sample.films.extend(film(txn, MovieId(id))?);
            }
            sample.people.extend(txn.person(PersonId(1 + random.below(persons) as u32))?);
        }
        let cast = sample.films.iter().flat_map(|film| film.cast.iter().take(1));
        sample.people.extend(cast.map(|(_, person)| person.clone()));
        Ok(sample)
    }

    /// A value of a film that has one.
    pub fn of_film<T>(&self, random: &mut Random, value: impl Fn(&Film, &mut Random) -> Option<T>) -> T {
        let mut tries = (0..100_000).map(|_| value(&self.films[random.below(self.films.len())], random));
        tries.find_map(|value| value).expect("some film of the catalogue has it")
    }

    /// A value of a person that has one.
    pub fn of_person<T>(&self, random: &mut Random, value: impl Fn(&Person, &mut Random) -> Option<T>) -> T {
        let mut tries = (0..100_000).map(|_| value(&self.people[random.below(self.people.len())], random));
        tries.find_map(|value| value).expect("some person of the catalogue has it")
    }
}

fn film(txn: &impl Read, id: MovieId) -> Outcome<Option<Film>> {
    let Some(movie) = txn.movie(id)? else { return Ok(None) };
    let mut film = Film { genres: Vec::new(), countries: Vec::new(), directors: Vec::new(), cast: Vec::new(), movie };
    for genre in &film.movie.genres {
        film.genres.extend(txn.genre(*genre)?.map(|genre| genre.name));
    }
    for country in &film.movie.countries {
        film.countries.extend(country_name(txn, *country)?);
    }
    for person in &film.movie.directors {
        film.directors.extend(txn.person(*person)?);
    }
    for (_, character) in txn.cast(id)? {
        if let Some(person) = character.actors.first().copied()
            && let Some(person) = txn.person(person)?
        {
            film.cast.push((character, person));
        }
    }
    Ok(Some(film))
}

fn country_name(txn: &impl Read, id: CountryId) -> Outcome<Option<String>> {
    Ok(txn.country(id)?.map(|country| country.name))
}
