//! Rows of the review queue: films of an import of which it is not certain whether the catalogue has them. What the
//! source told waits here, with the movies it may be, until a person says which.

use super::tidy::{Flaw, line, optional_line, prose};
use super::{AccountId, External, Movie, MovieId, Person, Role, Source, Timestamp};
use serde::{Deserialize, Serialize};

/// Why it is not certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Why {
    /// Several movies have its title and year.
    #[default]
    Several = 0,
    /// A movie has its title, and is of the year before or after.
    Year = 1,
    /// A movie of its year has its title as an alternative one.
    Alternative = 2,
    /// A movie has its title, but the year of one of them is not known.
    Undated = 3,
    /// One of its ids is that of a movie which the source knows by another.
    Id = 4,
    /// Several films of the input may be one movie.
    Claimed = 5,
}

/// How much a candidate's title is like the film's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Likeness {
    /// It is the same.
    #[default]
    Same = 0,
    /// It is the same as an alternative title.
    Alternative = 1,
    /// It is another.
    Other = 2,
}

/// A movie that the film may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The movie.
    pub movie: MovieId,
    /// How alike the titles are.
    pub title: Likeness,
    /// How many years lie between them, where both are known.
    pub apart: Option<u16>,
    /// How many of the film's people have to do with the movie.
    pub people: u16,
    /// It has one of the film's ids.
    pub id: bool,
}

impl Candidate {
    /// How much speaks for it; more is better.
    #[must_use]
    pub fn points(&self) -> u32 {
        let title = [50, 20, 0][self.title as usize];
        let year = match self.apart {
            Some(0) => 30,
            Some(1) => 15,
            Some(_) => 0,
            None => 5,
        };
        title + year + u32::from(self.people.min(4)) * 10 + if self.id { 20 } else { 0 }
    }
}

/// A row of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Whose film it is.
    pub source: Source,
    /// Where it was read, as whoever imported it named the place.
    pub place: String,
    /// Who imported it. The account may be gone.
    pub account: Option<AccountId>,
    /// Why it waits.
    pub why: Why,
    /// Somebody put it aside: it waits no longer, and is not asked about again.
    pub skipped: bool,
    /// What it may be, best first. Some may be gone.
    pub candidates: Vec<Candidate>,
    /// What the source told.
    pub film: Told,
    /// When it came in.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}

/// A film as a source told of it. It names nothing by our ids: people by their place in `people`, countries by code
/// or name, genres by name, pictures by address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What it is, without its references; the first external id is the one the source knows it by.
    pub movie: Movie,
    /// Directors.
    pub directors: Vec<u32>,
    /// Countries.
    pub countries: Vec<String>,
    /// Genres.
    pub genres: Vec<String>,
    /// Poster.
    pub poster: Option<ToldPicture>,
    /// Further pictures.
    pub images: Vec<ToldPicture>,
    /// Who has to do with it.
    pub people: Vec<ToldPerson>,
    /// The cast, in the order of billing.
    pub cast: Vec<ToldPart>,
    /// Since when it is a favorite of whoever imported it.
    pub favorite: Option<Timestamp>,
}

/// A person as a source told of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldPerson {
    /// Who they are, without their references; first and last name are empty where the source has the full name only.
    pub person: Person,
    /// A code, or a name.
    pub country: Option<String>,
    /// Photos.
    pub photos: Vec<ToldPicture>,
}

/// A part and who plays it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldPart {
    /// Who plays it, the principal actor first; nobody where the source does not know.
    pub actors: Vec<u32>,
    /// The actor's folded name, where the source knows people by nothing else.
    pub known_as: String,
    /// The character's name; may be empty.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Where the source says so.
    pub role: Option<Role>,
    /// Put together from archive footage.
    pub archive: bool,
    /// Its place in the billing, where the source tells of this part alone.
    pub billing: Option<u32>,
    /// Somebody who is themself among actors.
    pub guest: bool,
}

/// A picture that a source has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldPicture {
    /// Its address, or the path of its file.
    pub url: String,
    /// It lies in a file here.
    pub here: bool,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
}

impl Review {
    /// At most so many rows are kept.
    pub const ROWS: u64 = 10_000;
    /// A row takes at most so many bytes.
    pub const BYTES: usize = 64 << 10;

    /// The id by which the source knows the film.
    #[must_use]
    pub fn id(&self) -> Option<&External> {
        self.film.movie.external.first()
    }

    /// Makes every text fit to be kept.
    pub fn tidy(&mut self) {
        line(&mut self.place);
        let film = &mut self.film;
        film.movie.tidy();
        film.countries.iter_mut().chain(&mut film.genres).for_each(line);
        for told in &mut film.people {
            told.person.tidy();
            optional_line(&mut told.country);
        }
        for part in &mut film.cast {
            line(&mut part.known_as);
            line(&mut part.name);
            prose(&mut part.description);
        }
        let photos = film.people.iter_mut().flat_map(|told| &mut told.photos);
        photos.chain(&mut film.images).chain(&mut film.poster).for_each(|picture| line(&mut picture.url));
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        let named = |person: &u32| (*person as usize) < self.film.people.len();
        let astray = !self.film.directors.iter().chain(self.film.cast.iter().flat_map(|part| &part.actors)).all(named);
        Flaw::list([
            (self.film.movie.title.is_empty(), "title", "a film needs a title"),
            (self.id().is_none(), "external", "a film that waits needs an id of its source"),
            (astray, "people", "somebody is named who is not told of"),
        ])
    }
}
