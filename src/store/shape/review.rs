//! Rows of the review queue as the file keeps them.

use super::late::Late;
use super::{MovieShape, PersonShape, Shaped, Times, created, first, known, some, times, updated};
use crate::domain::{
    AccountId, Candidate, Likeness, Movie, MovieId, Person, Review, Role, Source, Timestamp, Told, ToldPart,
    ToldPerson, ToldPicture, Why,
};
use crate::store::codec::Layout;
use crate::store::error::Result;
use serde::{Deserialize, Serialize};

/// A row as kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewShape {
    /// Source.
    pub source: u8,
    /// Where it was read.
    pub place: String,
    /// Who imported it, or 0.
    pub account: u32,
    /// Why it waits.
    pub why: u8,
    /// Put aside.
    pub skipped: bool,
    /// Movie, likeness of the title, years apart, people, whether an id is shared.
    pub candidates: Vec<(u32, u8, Option<u16>, u16, bool)>,
    /// What the source told.
    pub film: ToldShape,
    /// Created, updated.
    pub times: Times,
    /// Of each part of the cast, up to the last that has any: its place in the billing, and whether it is a guest's.
    pub billings: Late<Vec<(Option<u32>, bool)>>,
}

/// A film as told.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldShape {
    /// What it is, without references.
    pub movie: MovieShape,
    /// Places of the directors among the people.
    pub directors: Vec<u32>,
    /// Codes or names.
    pub countries: Vec<String>,
    /// Names.
    pub genres: Vec<String>,
    /// Poster.
    pub poster: Option<PictureShape>,
    /// Further pictures.
    pub images: Vec<PictureShape>,
    /// People: the record without references, country or nothing, photos.
    pub people: Vec<(PersonShape, String, Vec<PictureShape>)>,
    /// The cast.
    pub cast: Vec<PartShape>,
    /// Since when it is a favorite.
    pub favorite: Option<i64>,
}

/// Address or path, width, height, whether it lies in a file here.
pub(super) type PictureShape = (String, Option<u32>, Option<u32>, bool);

/// A part as told.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct PartShape {
    /// Places of the actors among the people.
    pub actors: Vec<u32>,
    /// Folded name, or nothing.
    pub known_as: String,
    /// Name of the character.
    pub name: String,
    /// Description.
    pub description: String,
    /// Role.
    pub role: Option<u8>,
    /// Archive footage.
    pub archive: bool,
}

impl Layout<'_> for ReviewShape {
    const VERSION: u8 = 2;
    type Before = first::Review;
}

impl Shaped for Review {
    type Shape = ReviewShape;

    fn shape(&self) -> ReviewShape {
        let candidate = |one: &Candidate| (one.movie.0, one.title.code(), one.apart, one.people, one.id);
        ReviewShape {
            source: self.source.code(),
            place: self.place.clone(),
            account: self.account.map_or(0, |id| id.0),
            why: self.why.code(),
            skipped: self.skipped,
            candidates: self.candidates.iter().map(candidate).collect(),
            film: told_shape(&self.film),
            times: times(self.created, self.updated),
            billings: Late(billings(&self.film.cast)),
        }
    }

    fn from_shape(kept: ReviewShape) -> Result<Self> {
        let candidate = |(movie, title, apart, people, id)| {
            let title = known(Likeness::from_code(title), "likeness")?;
            Ok(Candidate { movie: MovieId(movie), title, apart, people, id })
        };
        let mut film = told(kept.film)?;
        for (part, (billing, guest)) in film.cast.iter_mut().zip(kept.billings.0) {
            (part.billing, part.guest) = (billing, guest);
        }
        Ok(Review {
            source: known(Source::from_code(kept.source), "source")?,
            place: kept.place,
            account: (kept.account != 0).then_some(AccountId(kept.account)),
            why: known(Why::from_code(kept.why), "reason")?,
            skipped: kept.skipped,
            candidates: kept.candidates.into_iter().map(candidate).collect::<Result<_>>()?,
            film,
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}

fn told_shape(told: &Told) -> ToldShape {
    let person = |told: &ToldPerson| {
        let photos = told.photos.iter().map(picture).collect();
        (told.person.shape(), told.country.clone().unwrap_or_default(), photos)
    };
    ToldShape {
        movie: told.movie.shape(),
        directors: told.directors.clone(),
        countries: told.countries.clone(),
        genres: told.genres.clone(),
        poster: told.poster.as_ref().map(picture),
        images: told.images.iter().map(picture).collect(),
        people: told.people.iter().map(person).collect(),
        cast: told.cast.iter().map(part).collect(),
        favorite: told.favorite.map(|since| since.0),
    }
}

fn told(kept: ToldShape) -> Result<Told> {
    let person = |(person, country, photos): (PersonShape, String, Vec<PictureShape>)| {
        let photos = photos.into_iter().map(told_picture).collect();
        Ok(ToldPerson { person: Person::from_shape(person)?, country: some(country), photos })
    };
    Ok(Told {
        movie: Movie::from_shape(kept.movie)?,
        directors: kept.directors,
        countries: kept.countries,
        genres: kept.genres,
        poster: kept.poster.map(told_picture),
        images: kept.images.into_iter().map(told_picture).collect(),
        people: kept.people.into_iter().map(person).collect::<Result<_>>()?,
        cast: kept.cast.into_iter().map(told_part).collect::<Result<_>>()?,
        favorite: kept.favorite.map(Timestamp),
    })
}

fn picture(told: &ToldPicture) -> PictureShape {
    (told.url.clone(), told.width, told.height, told.here)
}

fn told_picture((url, width, height, here): PictureShape) -> ToldPicture {
    ToldPicture { url, here, width, height }
}

fn part(told: &ToldPart) -> PartShape {
    PartShape {
        actors: told.actors.clone(),
        known_as: told.known_as.clone(),
        name: told.name.clone(),
        description: told.description.clone().unwrap_or_default(),
        role: told.role.map(Role::code),
        archive: told.archive,
    }
}

fn told_part(kept: PartShape) -> Result<ToldPart> {
    Ok(ToldPart {
        actors: kept.actors,
        known_as: kept.known_as,
        name: kept.name,
        description: some(kept.description),
        role: kept.role.map(|code| known(Role::from_code(code), "role")).transpose()?,
        archive: kept.archive,
        ..ToldPart::default()
    })
}

fn billings(cast: &[ToldPart]) -> Vec<(Option<u32>, bool)> {
    let mut billings: Vec<_> = cast.iter().map(|part| (part.billing, part.guest)).collect();
    let last = billings.iter().rposition(|billing| *billing != (None, false));
    billings.truncate(last.map_or(0, |last| last + 1));
    billings
}
