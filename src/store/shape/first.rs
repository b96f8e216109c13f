//! The first layouts of what is laid out otherwise today. They are read; nothing is written in them.

use super::cast::{CastShape, CharacterShape};
use super::late::Late;
use super::movie::{MovieRest, MovieShape};
use super::person::{PersonRest, PersonShape, change_places};
use super::review::{PartShape, PictureShape, ReviewShape, ToldShape};
use super::{Times, rest};
use serde::Deserialize;

/// A movie.
#[derive(Deserialize)]
pub struct Movie {
    title: String,
    original: String,
    alternative: Vec<String>,
    language: String,
    kind: u8,
    description: String,
    budget: Option<(String, i64)>,
    released: u32,
    duration: u32,
    directors: Vec<u32>,
    countries: Vec<u32>,
    genres: Vec<u32>,
    poster: u32,
    images: Vec<u32>,
    external: Vec<(u8, String)>,
    rating: Option<u16>,
    votes: Option<u32>,
    origins: u64,
    times: Times,
}

impl From<Movie> for MovieShape {
    fn from(kept: Movie) -> MovieShape {
        let Movie { title, original, alternative, language, kind, description, budget, .. } = kept;
        let Movie { released, duration, directors, countries, genres, poster, images, .. } = kept;
        let Movie { external, rating, votes, origins, times, .. } = kept;
        let rest = rest(MovieRest { original, alternative, language, description, budget, poster, images });
        MovieShape {
            title,
            kind,
            released,
            duration,
            directors,
            countries,
            genres,
            external,
            rating,
            votes,
            origins,
            times,
            rest,
        }
    }
}

/// A person.
#[derive(Deserialize)]
pub struct Person {
    first: String,
    last: String,
    full: String,
    other: Vec<String>,
    biography: String,
    born: u32,
    died: u32,
    gender: u8,
    country: u32,
    photos: Vec<u32>,
    primary: u32,
    external: Vec<(u8, String)>,
    origins: u64,
    times: Times,
}

impl From<Person> for PersonShape {
    fn from(kept: Person) -> PersonShape {
        let Person { first, last, full, other, biography, born, died, gender, .. } = kept;
        let Person { country, photos, primary, external, origins, times, .. } = kept;
        let rest = rest(PersonRest { full, other, biography, country, photos, primary });
        PersonShape { first, last, born, died, gender, external, origins: change_places(origins), times, rest }
    }
}

/// The characters of a movie.
#[derive(Deserialize)]
pub struct Cast {
    next: u32,
    since: i64,
    characters: Vec<Character>,
}

impl From<Cast> for CastShape {
    fn from(kept: Cast) -> CastShape {
        let characters = kept.characters.into_iter().map(CharacterShape::lay).collect();
        CastShape { next: kept.next, since: kept.since, characters }
    }
}

/// A character.
#[derive(Deserialize)]
pub struct Character {
    pub(super) ordinal: u32,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) role: u8,
    pub(super) actors: Vec<u32>,
    pub(super) billing: u32,
    pub(super) origins: u64,
    pub(super) times: Times,
}

impl From<Character> for CharacterShape {
    fn from(kept: Character) -> CharacterShape {
        CharacterShape::lay(kept)
    }
}

/// A row of the review queue.
#[derive(Deserialize)]
pub struct Review {
    source: u8,
    place: String,
    account: u32,
    why: u8,
    skipped: bool,
    candidates: Vec<(u32, u8, Option<u16>, u16, bool)>,
    film: Told,
    times: Times,
    billings: Late<Vec<(Option<u32>, bool)>>,
}

/// A film as told.
#[derive(Deserialize)]
struct Told {
    movie: Movie,
    directors: Vec<u32>,
    countries: Vec<String>,
    genres: Vec<String>,
    poster: Option<PictureShape>,
    images: Vec<PictureShape>,
    people: Vec<(Person, String, Vec<PictureShape>)>,
    cast: Vec<PartShape>,
    favorite: Option<i64>,
}

impl From<Review> for ReviewShape {
    fn from(kept: Review) -> ReviewShape {
        let Review { source, place, account, why, skipped, candidates, film, times, billings } = kept;
        let Told { movie, directors, countries, genres, poster, images, people, cast, favorite } = film;
        let movie = movie.into();
        let people = people.into_iter().map(|(person, country, photos)| (person.into(), country, photos)).collect();
        let film = ToldShape { movie, directors, countries, genres, poster, images, people, cast, favorite };
        ReviewShape { source, place, account, why, skipped, candidates, film, times, billings }
    }
}
