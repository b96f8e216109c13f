//! Empty drafts to add records from.

use crate::catalog::{Draft, Pick};
use crate::domain::{
    Account, Character, Country, Entity, File, Gender, Genre, Movie, MovieId, MovieKind, Origins, Person, Record, Role,
    Standing, Timestamp,
};

const NEVER: Timestamp = Timestamp(0);

/// An empty draft. Favorites have no form; theirs is that of a genre, which no key leads to.
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
        Entity::Genre | Entity::Favorite => Draft::Genre(Genre { name: String::new(), created: NEVER, updated: NEVER }),
        Entity::Country => Draft::Country(Country { name: String::new(), code: None, created: NEVER, updated: NEVER }),
        Entity::File => Draft::File { file: file(), source: None },
        Entity::Account => Draft::Account { account: account(), avatar: None },
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
    Movie {
        title: String::new(),
        original_title: None,
        alternative_titles: Vec::new(),
        language: None,
        kind: MovieKind::Movie,
        description: None,
        budget: None,
        released: None,
        duration: None,
        directors: Vec::new(),
        countries: Vec::new(),
        genres: Vec::new(),
        poster: None,
        images: Vec::new(),
        external: Vec::new(),
        rating: None,
        votes: None,
        origins: Origins::EDITED,
        created: NEVER,
        updated: NEVER,
    }
}

fn person() -> Person {
    Person {
        first_name: String::new(),
        last_name: String::new(),
        full_name: None,
        other_names: Vec::new(),
        biography: None,
        born: None,
        died: None,
        gender: Gender::Unknown,
        country: None,
        photos: Vec::new(),
        primary_photo: None,
        external: Vec::new(),
        origins: Origins::EDITED,
        created: NEVER,
        updated: NEVER,
    }
}

fn character() -> Character {
    Character {
        name: String::new(),
        description: None,
        role: Role::Supporting,
        actors: Vec::new(),
        billing: u32::MAX,
        origins: Origins::EDITED,
        created: NEVER,
        updated: NEVER,
    }
}

fn file() -> File {
    File {
        name: String::new(),
        mime: String::new(),
        key: None,
        url: None,
        size: 0,
        width: None,
        height: None,
        created: NEVER,
        updated: NEVER,
    }
}

fn account() -> Account {
    Account {
        username: String::new(),
        first_name: String::new(),
        last_name: String::new(),
        email: None,
        password_hash: String::new(),
        avatar: None,
        standing: Standing::Member,
        created: NEVER,
        updated: NEVER,
    }
}
