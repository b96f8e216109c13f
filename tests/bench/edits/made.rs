//! A catalogue made up for the occasion.

use super::account::curator;
use super::at;
use cinedex::domain::{
    AccountId, Character, Genre, GenreId, Key, Movie, MovieKind, Origins, PartialDate, Person, PersonId, Record, Role,
};
use cinedex::store::{Read, Store};

fn movie(number: u32, people: u32) -> Movie {
    Movie {
        title: format!("Film number {} of {}", number.wrapping_mul(2_654_435_761) % 100_000, number % 97),
        original_title: None,
        alternative_titles: Vec::new(),
        language: None,
        kind: MovieKind::Movie,
        description: Some("Somebody comes to town, and somebody else leaves it. ".repeat(8)),
        budget: None,
        released: PartialDate::new(1900 + (number % 120) as u16, Some(1 + (number % 12) as u8), None),
        duration: Some(3_600 + number % 5_000),
        directors: vec![PersonId(1 + number % people)],
        countries: Vec::new(),
        genres: vec![GenreId(1 + number % 20)],
        poster: None,
        images: Vec::new(),
        external: Vec::new(),
        rating: None,
        votes: Some(number),
        origins: Origins::default(),
        created: at(0),
        updated: at(0),
    }
}

fn character(number: u32, billing: u32, people: u32) -> Character {
    Character {
        name: format!("Part {}", (number + billing) % 40_000),
        description: None,
        role: Role::Supporting,
        actors: vec![PersonId(1 + (number * 7 + billing) % people)],
        billing,
        origins: Origins::default(),
        created: at(0),
        updated: at(0),
    }
}

/// Fills an empty catalogue with so many movies, five characters each, and fewer people.
pub fn fill(store: &Store, movies: u32) {
    let people = movies / 5 * 4;
    let mut writer = store.begin_write().expect("a write");
    for number in 0..20 {
        let id = writer.next_genre().expect("an id");
        let genre = Genre { name: format!("Genre {number}"), created: at(0), updated: at(0) };
        writer.set(Key::Genre(id), Some(Record::Genre(genre))).expect("a genre");
    }
    for number in 0..people {
        let id = writer.next_person().expect("an id");
        let person = Person {
            first_name: format!("First{}", number % 700),
            last_name: format!("Last{}", number.wrapping_mul(40_503) % 30_000),
            full_name: None,
            other_names: Vec::new(),
            biography: None,
            born: None,
            died: None,
            gender: cinedex::domain::Gender::Unknown,
            country: None,
            photos: Vec::new(),
            primary_photo: None,
            external: Vec::new(),
            origins: Origins::default(),
            created: at(0),
            updated: at(0),
        };
        writer.set(Key::Person(id), Some(Record::Person(person))).expect("a person");
    }
    for number in 0..movies {
        let id = writer.next_movie().expect("an id");
        writer.set(Key::Movie(id), Some(Record::Movie(movie(number, people)))).expect("a movie");
        for billing in 0..5 {
            let id = writer.next_character(id).expect("an id");
            let part = Record::Character(character(number, billing, people));
            writer.set(Key::Character(id), Some(part)).expect("a character");
        }
    }
    writer.commit().expect("it commits");
}

/// Gives a catalogue its first account, whose edits and favorites they are.
pub fn join(store: &Store) {
    let mut writer = store.begin_write().expect("a write");
    if writer.read().account(AccountId(1)).expect("it reads").is_some() {
        return;
    }
    let id = writer.next_account().expect("an id");
    writer.set(Key::Account(id), Some(Record::Account(curator(at(0))))).expect("an account");
    writer.commit().expect("it commits");
}
