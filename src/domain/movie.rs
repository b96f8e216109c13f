//! Movies.

use super::tidy::{Flaw, has_twice, ids, line, lines, optional_line, prose, unique};
use super::{CountryId, External, FileId, GenreId, Language, Money, Origins, PartialDate, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// What kind of film a movie is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum MovieKind {
    /// A feature film.
    #[default]
    Movie = 0,
    /// A short film.
    Short = 1,
    /// A film made for television.
    TvMovie = 2,
    /// A short made for television.
    TvShort = 3,
    /// A one-off television special.
    TvSpecial = 4,
    /// A film released on video only.
    Video = 5,
    /// A series.
    Series = 6,
    /// A miniseries.
    MiniSeries = 7,
}

/// A movie with everything known of it. Rules: `title` is not empty; lists hold no entry twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movie {
    /// The title it is filed under.
    pub title: String,
    /// The title in the film's own language, where it differs.
    pub original_title: Option<String>,
    /// Other titles it is known by.
    pub alternative_titles: Vec<String>,
    /// The language `title` is written in; decides which leading articles are set aside when filing.
    pub language: Option<Language>,
    /// Kind of film.
    pub kind: MovieKind,
    /// Plot or description; may hold several lines.
    pub description: Option<String>,
    /// What it cost.
    pub budget: Option<Money>,
    /// First release.
    pub released: Option<PartialDate>,
    /// Running time in seconds, greater than 0.
    pub duration: Option<u32>,
    /// Directors, the principal one first.
    pub directors: Vec<PersonId>,
    /// Countries of origin, the principal one first.
    pub countries: Vec<CountryId>,
    /// Genres.
    pub genres: Vec<GenreId>,
    /// The poster.
    pub poster: Option<FileId>,
    /// Further pictures, in order.
    pub images: Vec<FileId>,
    /// Ids in other databases.
    pub external: Vec<External>,
    /// Rating from 0 to 10 in hundredths, as imported.
    pub rating: Option<u16>,
    /// How many votes the rating rests on.
    pub votes: Option<u32>,
    /// Where each field came from.
    pub origins: Origins,
    /// When the record was made.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}

impl Movie {
    /// Makes every text fit to be kept and every list free of repeats.
    pub fn tidy(&mut self) {
        line(&mut self.title);
        optional_line(&mut self.original_title);
        self.original_title.take_if(|original| *original == self.title);
        lines(&mut self.alternative_titles);
        prose(&mut self.description);
        unique(&mut self.directors);
        unique(&mut self.countries);
        unique(&mut self.genres);
        unique(&mut self.images);
        ids(&mut self.external);
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        Flaw::list([
            (self.title.is_empty(), "title", "a movie needs a title"),
            (has_twice(&self.alternative_titles), "alternative_titles", "a title is listed twice"),
            (self.budget.is_some_and(|budget| budget.amount < 0), "budget", "a budget cannot be less than nothing"),
            (self.duration == Some(0), "duration", "a running time is longer than nothing"),
            (has_twice(&self.directors), "directors", "a director is listed twice"),
            (has_twice(&self.countries), "countries", "a country is listed twice"),
            (has_twice(&self.genres), "genres", "a genre is listed twice"),
            (has_twice(&self.images), "images", "an image is listed twice"),
            (has_twice(&self.external), "external", "an id is listed twice"),
            (self.rating.is_some_and(|rating| rating > 1_000), "rating", "a rating is at most 10"),
        ])
    }
}
