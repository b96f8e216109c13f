//! A record of any kind, for the places that treat all kinds alike: the writer, the journal, `check`, JSON Lines.

use super::tidy::Flaw;
use super::{Account, Character, Country, Entity, Favorite, File, Genre, Movie, Person, Review};
use serde::{Deserialize, Serialize};

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Record {
    /// A movie.
    Movie(Movie),
    /// A person.
    Person(Person),
    /// A character.
    Character(Character),
    /// A genre.
    Genre(Genre),
    /// A country.
    Country(Country),
    /// A file, without its bytes.
    File(File),
    /// An account.
    Account(Account),
    /// A favorite.
    Favorite(Favorite),
    /// A row of the review queue.
    Review(Box<Review>),
}

impl Record {
    /// The kind of record this is.
    #[must_use]
    pub fn entity(&self) -> Entity {
        match self {
            Record::Movie(_) => Entity::Movie,
            Record::Person(_) => Entity::Person,
            Record::Character(_) => Entity::Character,
            Record::Genre(_) => Entity::Genre,
            Record::Country(_) => Entity::Country,
            Record::File(_) => Entity::File,
            Record::Account(_) => Entity::Account,
            Record::Favorite(_) => Entity::Favorite,
            Record::Review(_) => Entity::Review,
        }
    }

    /// Makes every text fit to be kept and every list free of repeats, whatever way the record came in.
    pub fn tidy(&mut self) {
        match self {
            Record::Movie(movie) => movie.tidy(),
            Record::Person(person) => person.tidy(),
            Record::Character(character) => character.tidy(),
            Record::Genre(genre) => genre.tidy(),
            Record::Country(country) => country.tidy(),
            Record::File(file) => file.tidy(),
            Record::Account(account) => account.tidy(),
            Record::Favorite(_) => {}
            Record::Review(review) => review.tidy(),
        }
    }

    /// What keeps the record from being stored, a flaw a field.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        match self {
            Record::Movie(movie) => movie.faults(),
            Record::Person(person) => person.faults(),
            Record::Character(character) => character.faults(),
            Record::Genre(genre) => genre.faults(),
            Record::Country(country) => country.faults(),
            Record::File(file) => file.faults(),
            Record::Account(account) => account.faults(),
            Record::Favorite(_) => Vec::new(),
            Record::Review(review) => review.faults(),
        }
    }
}
