//! The films a first catalogue may start with, built into the program.

use super::lookup;
use crate::domain::place::place_by_code;
use crate::domain::{
    Character, Country, CountryId, Entity, Gender, Genre, GenreId, Key, Language, Money, Movie, MovieId, MovieKind,
    Origins, PartialDate, Person, PersonId, Record, Role, Timestamp,
};
use crate::store::read::Read;
use crate::store::{Store, StoreError, Writer};
use serde::Deserialize;
use std::collections::HashMap;

const FILMS: &str = include_str!("../../assets/starter/films.json");
const PEOPLE: &str = include_str!("../../assets/starter/people.json");

/// A film as the asset has it. Countries are codes, people are names that [`Human`] lists.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Film {
    title: String,
    original: Option<String>,
    language: Language,
    #[serde(default)]
    kind: MovieKind,
    released: PartialDate,
    minutes: u32,
    countries: Vec<String>,
    genres: Vec<String>,
    budget: Option<Money>,
    directors: Vec<String>,
    description: String,
    cast: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    character: String,
    actor: Actors,
    role: Role,
    about: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Actors {
    One(String),
    Several(Vec<String>),
}

impl Actors {
    fn names(&self) -> &[String] {
        match self {
            Actors::One(name) => std::slice::from_ref(name),
            Actors::Several(names) => names,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Human {
    name: String,
    first: String,
    last: String,
    born: Option<PartialDate>,
    died: Option<PartialDate>,
    #[serde(default)]
    gender: Gender,
    country: Option<String>,
    biography: Option<String>,
}

fn films() -> Vec<Film> {
    serde_json::from_str(FILMS).expect("the starter films are built in and tested")
}

fn people() -> Vec<Human> {
    serde_json::from_str(PEOPLE).expect("the starter people are built in and tested")
}

/// Fills an empty catalogue with the starter films in one transaction, and says how many films came in:
/// none where the catalogue holds a film already.
///
/// # Errors
/// When the store fails; then nothing came in.
pub fn load(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let mut loader = Loader {
        writer: store.begin_write()?,
        now,
        people: HashMap::new(),
        countries: HashMap::new(),
        genres: HashMap::new(),
    };
    if loader.writer.read().count(Entity::Movie)? > 0 {
        return Ok(0);
    }
    people().iter().try_for_each(|human| loader.person(human))?;
    let films = films();
    films.iter().try_for_each(|film| loader.film(film))?;
    loader.writer.commit()?;
    Ok(films.len() as u64)
}

struct Loader<'s> {
    writer: Writer<'s>,
    now: Timestamp,
    people: HashMap<String, PersonId>,
    countries: HashMap<String, CountryId>,
    genres: HashMap<String, GenreId>,
}

impl Loader<'_> {
    fn set(&mut self, key: Key, mut record: Record) -> Result<(), StoreError> {
        record.tidy();
        self.writer.set(key, Some(record))
    }

    fn person(&mut self, human: &Human) -> Result<(), StoreError> {
        let id = self.writer.next_person()?;
        let person = Person {
            first_name: human.first.clone(),
            last_name: human.last.clone(),
            full_name: Some(human.name.clone()),
            other_names: Vec::new(),
            biography: human.biography.clone(),
            born: human.born,
            died: human.died,
            gender: human.gender,
            country: human.country.as_deref().map(|code| self.country(code)).transpose()?,
            photos: Vec::new(),
            primary_photo: None,
            external: Vec::new(),
            origins: Origins::default(),
            created: self.now,
            updated: self.now,
        };
        self.people.insert(human.name.clone(), id);
        self.set(Key::Person(id), Record::Person(person))
    }

    fn country(&mut self, code: &str) -> Result<CountryId, StoreError> {
        if let Some(id) = self.countries.get(code) {
            return Ok(*id);
        }
        let place = place_by_code(code).expect("the starter's countries are in the table of countries");
        let found = lookup::country(self.writer.read(), place)?;
        let id = if let Some(id) = found {
            id
        } else {
            let id = self.writer.next_country()?;
            let (name, code) = (place.name.to_owned(), Some(place.code.to_owned()));
            let country = Country { name, code, created: self.now, updated: self.now };
            self.set(Key::Country(id), Record::Country(country))?;
            id
        };
        self.countries.insert(code.to_owned(), id);
        Ok(id)
    }

    fn genre(&mut self, name: &str) -> Result<GenreId, StoreError> {
        if let Some(id) = self.genres.get(name) {
            return Ok(*id);
        }
        let found = lookup::genre(self.writer.read(), name)?;
        let id = if let Some(id) = found {
            id
        } else {
            let id = self.writer.next_genre()?;
            let genre = Genre { name: name.to_owned(), created: self.now, updated: self.now };
            self.set(Key::Genre(id), Record::Genre(genre))?;
            id
        };
        self.genres.insert(name.to_owned(), id);
        Ok(id)
    }

    fn film(&mut self, film: &Film) -> Result<(), StoreError> {
        let id = self.writer.next_movie()?;
        let movie = Movie {
            title: film.title.clone(),
            original_title: film.original.clone(),
            alternative_titles: Vec::new(),
            language: Some(film.language),
            kind: film.kind,
            description: Some(film.description.clone()),
            budget: film.budget,
            released: Some(film.released),
            duration: Some(film.minutes * 60),
            directors: self.named(&film.directors),
            countries: film.countries.iter().map(|code| self.country(code)).collect::<Result<_, _>>()?,
            genres: film.genres.iter().map(|name| self.genre(name)).collect::<Result<_, _>>()?,
            poster: None,
            images: Vec::new(),
            external: Vec::new(),
            rating: None,
            votes: None,
            origins: Origins::default(),
            created: self.now,
            updated: self.now,
        };
        self.set(Key::Movie(id), Record::Movie(movie))?;
        (0..).zip(&film.cast).try_for_each(|(billing, part)| self.part(id, billing, part))
    }

    fn part(&mut self, movie: MovieId, billing: u32, part: &Part) -> Result<(), StoreError> {
        let character = Character {
            name: part.character.clone(),
            description: part.about.clone(),
            role: part.role,
            actors: self.named(part.actor.names()),
            billing,
            origins: Origins::default(),
            created: self.now,
            updated: self.now,
        };
        let id = self.writer.next_character(movie)?;
        self.set(Key::Character(id), Record::Character(character))
    }

    fn named(&self, names: &[String]) -> Vec<PersonId> {
        names.iter().map(|name| self.people[name]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeSet, HashSet};

    #[test]
    fn the_films_are_as_promised() {
        let films = films();
        assert!(films.len() >= 150);
        let decades: BTreeSet<u16> = films.iter().map(|film| film.released.year() / 10 * 10).collect();
        assert!((190..=202).all(|decade| decades.contains(&(decade * 10))), "{decades:?}");
        let countries: HashSet<&str> = films.iter().flat_map(|film| &film.countries).map(String::as_str).collect();
        assert!(countries.len() >= 25);
        for film in &films {
            assert!(
                !film.description.is_empty() && !film.directors.is_empty() && !film.cast.is_empty(),
                "{}",
                film.title
            );
            assert!(!film.genres.is_empty() && !film.countries.is_empty() && film.minutes > 0, "{}", film.title);
            assert!(film.genres.iter().all(|name| crate::domain::canonical_genre(name).as_ref() == Some(name)));
        }
        assert!(films.iter().any(|film| film.cast.iter().any(|part| part.actor.names().len() > 1)));
    }

    #[test]
    fn everyone_named_is_listed_once() {
        let people = people();
        let listed: HashSet<&str> = people.iter().map(|human| human.name.as_str()).collect();
        assert_eq!(listed.len(), people.len());
        let films = films();
        let told: HashSet<&str> =
            people.iter().filter(|human| human.biography.is_some()).map(|human| human.name.as_str()).collect();
        for film in &films {
            assert!(film.directors.iter().all(|name| told.contains(name.as_str())), "{}", film.title);
            assert!(film.cast.iter().flat_map(|part| part.actor.names()).all(|name| listed.contains(name.as_str())));
        }
        let codes = films
            .iter()
            .flat_map(|film| &film.countries)
            .chain(people.iter().filter_map(|human| human.country.as_ref()));
        assert!(codes.into_iter().all(|code| place_by_code(code).is_some()));
    }

    #[test]
    fn loads_once_and_tidy() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("films.cinedex")).unwrap();
        let films = films();
        assert_eq!(load(&store, Timestamp(7)).unwrap(), films.len() as u64);
        assert_eq!(load(&store, Timestamp(8)).unwrap(), 0);
        let txn = store.begin_read().unwrap();
        assert_eq!(txn.count(Entity::Movie).unwrap(), films.len() as u64);
        assert_eq!(txn.count(Entity::Person).unwrap(), people().len() as u64);
        assert_eq!(txn.count(Entity::Character).unwrap(), films.iter().map(|film| film.cast.len() as u64).sum::<u64>());
        assert_eq!(txn.revision().unwrap(), 1);
        for id in 1..=u32::try_from(films.len()).unwrap() {
            let movie = txn.movie(MovieId(id)).unwrap().unwrap();
            assert_eq!(Record::Movie(movie.clone()).faults(), [], "{}", movie.title);
            assert_eq!(movie.directors.len(), films[id as usize - 1].directors.len());
            for (_, character) in txn.cast(MovieId(id)).unwrap() {
                assert_eq!(Record::Character(character).faults(), [], "{}", movie.title);
            }
        }
    }
}
