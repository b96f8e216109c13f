//! Empty drafts to add records from.

use crate::catalog::{Draft, Pick};
use crate::domain::{
    Account, Character, Country, Entity, File, Genre, Movie, MovieId, Origins, Person, Record, Timestamp,
};

const NEVER: Timestamp = Timestamp(0);

/// An empty draft. Favorites and reviews have no form; theirs is that of a genre, which no key leads to.
#[must_use]
pub fn blank(entity: Entity) -> Draft {
    match entity {
        Entity::Movie => Draft::Movie {
            movie: movie(),
            directors: Vec::new(),
            countries: Vec::new(),
            genres: Vec::new(),
            poster: None,
            images: Vec::new(),
        },
        Entity::Person => Draft::Person { person: person(), country: None, photos: Vec::new() },
        Entity::Character => {
            Draft::Character { movie: Pick::<MovieId>::New(String::new()), character: character(), actors: Vec::new() }
        }
        Entity::Genre | Entity::Favorite | Entity::Review => {
            Draft::Genre(Genre { name: String::new(), created: NEVER, updated: NEVER })
        }
        Entity::Country => Draft::Country(Country { name: String::new(), code: None, created: NEVER, updated: NEVER }),
        Entity::File => Draft::File { file: File::default(), source: None },
        Entity::Account => Draft::Account { account: Account::default(), avatar: None },
    }
}

/// The record in a draft, as it is kept.
#[must_use]
pub fn record(draft: &Draft) -> Record {
    match draft {
        Draft::Movie { movie, .. } => Record::Movie(movie.clone()),
        Draft::Person { person, .. } => Record::Person(person.clone()),
        Draft::Character { character, .. } => Record::Character(character.clone()),
        Draft::Genre(genre) => Record::Genre(genre.clone()),
        Draft::Country(country) => Record::Country(country.clone()),
        Draft::File { file, .. } => Record::File(file.clone()),
        Draft::Account { account, .. } => Record::Account(account.clone()),
    }
}

/// The name of the record in a draft.
#[must_use]
pub fn name(draft: &Draft) -> String {
    match draft {
        Draft::Movie { movie, .. } => movie.title.clone(),
        Draft::Person { person, .. } => person.name(),
        Draft::Character { character, .. } => character.name.clone(),
        Draft::Genre(genre) => genre.name.clone(),
        Draft::Country(country) => country.name.clone(),
        Draft::File { file, .. } => file.name.clone(),
        Draft::Account { account, .. } => account.username.clone(),
    }
}

fn movie() -> Movie {
    Movie { origins: Origins::EDITED, ..Movie::default() }
}

fn person() -> Person {
    Person { origins: Origins::EDITED, ..Person::default() }
}

fn character() -> Character {
    Character { billing: u32::MAX, origins: Origins::EDITED, ..Character::default() }
}
