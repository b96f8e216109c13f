//! Typed ids. An id is given once and never reused, whatever becomes of its record.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A movie.
    MovieId,
    /// A person: whoever directs or plays.
    PersonId,
    /// A genre.
    GenreId,
    /// A country.
    CountryId,
    /// A stored file.
    FileId,
    /// An account.
    AccountId,
    /// A row of the review queue.
    ReviewId,
}

/// A character: the movie it belongs to and its ordinal there, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CharacterId {
    /// The one movie the character is in.
    pub movie: MovieId,
    /// Its ordinal in that movie, never reused.
    pub ordinal: u32,
}

impl fmt::Display for CharacterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.movie, self.ordinal)
    }
}

/// The kinds of records a person can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entity {
    /// [`crate::domain::Movie`]
    Movie,
    /// [`crate::domain::Person`]
    Person,
    /// [`crate::domain::Character`]
    Character,
    /// [`crate::domain::Genre`]
    Genre,
    /// [`crate::domain::Country`]
    Country,
    /// [`crate::domain::File`]
    File,
    /// [`crate::domain::Account`]
    Account,
    /// [`crate::domain::Favorite`]
    Favorite,
    /// [`crate::domain::Review`]
    Review,
}

/// The address of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Key {
    /// A movie.
    Movie(MovieId),
    /// A person.
    Person(PersonId),
    /// A character.
    Character(CharacterId),
    /// A genre.
    Genre(GenreId),
    /// A country.
    Country(CountryId),
    /// A file.
    File(FileId),
    /// An account.
    Account(AccountId),
    /// A favorite movie of an account.
    Favorite(AccountId, MovieId),
    /// A row of the review queue.
    Review(ReviewId),
}

impl Key {
    /// The kind of record this key addresses.
    #[must_use]
    pub fn entity(self) -> Entity {
        match self {
            Key::Movie(_) => Entity::Movie,
            Key::Person(_) => Entity::Person,
            Key::Character(_) => Entity::Character,
            Key::Genre(_) => Entity::Genre,
            Key::Country(_) => Entity::Country,
            Key::File(_) => Entity::File,
            Key::Account(_) => Entity::Account,
            Key::Favorite(..) => Entity::Favorite,
            Key::Review(_) => Entity::Review,
        }
    }

    /// The numbers of the address: of a character the movie's and its ordinal, of a favorite the account's and the
    /// movie's, else one.
    #[must_use]
    pub fn numbers(self) -> (u32, Option<u32>) {
        match self {
            Key::Movie(id) => (id.0, None),
            Key::Person(id) => (id.0, None),
            Key::Character(id) => (id.movie.0, Some(id.ordinal)),
            Key::Genre(id) => (id.0, None),
            Key::Country(id) => (id.0, None),
            Key::File(id) => (id.0, None),
            Key::Account(id) => (id.0, None),
            Key::Favorite(account, movie) => (account.0, Some(movie.0)),
            Key::Review(id) => (id.0, None),
        }
    }

    /// The number, where one addresses it.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        match self.numbers() {
            (number, None) => Some(number),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entity = self.entity();
        match self {
            Key::Movie(id) => write!(f, "{entity} {id}"),
            Key::Person(id) => write!(f, "{entity} {id}"),
            Key::Character(id) => write!(f, "{entity} {id}"),
            Key::Genre(id) => write!(f, "{entity} {id}"),
            Key::Country(id) => write!(f, "{entity} {id}"),
            Key::File(id) => write!(f, "{entity} {id}"),
            Key::Account(id) => write!(f, "{entity} {id}"),
            Key::Review(id) => write!(f, "{entity} {id}"),
            Key::Favorite(account, movie) => write!(f, "{entity} {account}/{movie}"),
        }
    }
}
