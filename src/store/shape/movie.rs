//! Movies as the file keeps them.

use super::{
    Shaped, Times, created, date, externals, first, keep_externals, known, numbers, rest, some, times, updated,
};
use crate::domain::{
    CountryId, Currency, FileId, GenreId, Language, Money, Movie, MovieKind, Origins, PartialDate, PersonId,
};
use crate::store::codec::Layout;
use crate::store::error::Result;
use serde::{Deserialize, Serialize};

/// A movie as kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct MovieShape {
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: u8,
    /// Packed date.
    pub released: u32,
    /// Seconds.
    pub duration: u32,
    /// Directors.
    pub directors: Vec<u32>,
    /// Countries.
    pub countries: Vec<u32>,
    /// Genres.
    pub genres: Vec<u32>,
    /// Source and id.
    pub external: Vec<(u8, String)>,
    /// Hundredths.
    pub rating: Option<u16>,
    /// Votes.
    pub votes: Option<u32>,
    /// Origins, two bits a field.
    pub origins: u64,
    /// Created, updated.
    pub times: Times,
    /// What most movies have nothing in.
    pub rest: Option<MovieRest>,
}

/// What most movies have nothing in.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MovieRest {
    /// Original title.
    pub original: String,
    /// Alternative titles.
    pub alternative: Vec<String>,
    /// Two letters, or nothing.
    pub language: String,
    /// Description.
    pub description: String,
    /// Currency and ten-thousandths.
    pub budget: Option<(String, i64)>,
    /// Poster, or 0.
    pub poster: u32,
    /// Further pictures.
    pub images: Vec<u32>,
}

impl Layout<'_> for MovieShape {
    const VERSION: u8 = 2;
    type Before = first::Movie;
}

impl Shaped for Movie {
    type Shape = MovieShape;

    fn shape(&self) -> MovieShape {
        MovieShape {
            title: self.title.clone(),
            kind: self.kind.code(),
            released: self.released.map_or(0, PartialDate::packed),
            duration: self.duration.unwrap_or(0),
            directors: numbers(&self.directors, |id| id.0),
            countries: numbers(&self.countries, |id| id.0),
            genres: numbers(&self.genres, |id| id.0),
            external: keep_externals(&self.external),
            rating: self.rating,
            votes: self.votes,
            origins: self.origins.0,
            times: times(self.created, self.updated),
            rest: rest(MovieRest {
                original: self.original_title.clone().unwrap_or_default(),
                alternative: self.alternative_titles.clone(),
                language: self.language.map(|language| language.as_str().to_owned()).unwrap_or_default(),
                description: self.description.clone().unwrap_or_default(),
                budget: self.budget.map(|money| (money.currency.as_str().to_owned(), money.amount)),
                poster: self.poster.map_or(0, |id| id.0),
                images: numbers(&self.images, |id| id.0),
            }),
        }
    }

    fn from_shape(kept: MovieShape) -> Result<Self> {
        let budget = |(code, amount): (String, i64)| {
            known(Currency::new(&code), "currency").map(|currency| Money { currency, amount })
        };
        let rest = kept.rest.unwrap_or_default();
        Ok(Movie {
            title: kept.title,
            original_title: some(rest.original),
            alternative_titles: rest.alternative,
            language: some(rest.language).map(|code| known(Language::new(&code), "language")).transpose()?,
            kind: known(MovieKind::from_code(kept.kind), "kind")?,
            description: some(rest.description),
            budget: rest.budget.map(budget).transpose()?,
            released: date(kept.released, "release date")?,
            duration: (kept.duration != 0).then_some(kept.duration),
            directors: kept.directors.into_iter().map(PersonId).collect(),
            countries: kept.countries.into_iter().map(CountryId).collect(),
            genres: kept.genres.into_iter().map(GenreId).collect(),
            poster: (rest.poster != 0).then_some(FileId(rest.poster)),
            images: rest.images.into_iter().map(FileId).collect(),
            external: externals(kept.external)?,
            rating: kept.rating,
            votes: kept.votes,
            origins: Origins(kept.origins),
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}
