//! JSON Lines of everything: the form of a catalogue that outlives its file's. One object a line; what a record
//! names stands before it. Only the journal, the sign-in tokens and the review queue stay behind.
//!
//! A new catalogue becomes the one that was exported; any other gets its films as from every other source.

mod drafts;
mod export;
mod import;
mod lines;
mod take;
#[cfg(test)]
mod tests;

pub use export::export;
pub use import::import;

use crate::domain::{AccountId, CharacterId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId, Record};
use serde::{Deserialize, Serialize};

/// The form written today.
const FORMAT: u32 = 1;

/// Kinds in the order they are written: each names only those before it.
const ORDER: [Entity; 7] =
    [Entity::Genre, Entity::Country, Entity::File, Entity::Person, Entity::Movie, Entity::Account, Entity::Favorite];

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// The first: the form.
    Cinedex { format: u32 },
    /// The next id to give.
    Next { entity: Entity, id: u32 },
    /// A record.
    Record(Box<Row>),
    /// Bytes of the file before, in order.
    Bytes { file: FileId, base64: String },
    /// The next ordinal to give in the cast of a movie.
    Cast { movie: MovieId, next: u32 },
}

/// A record: its id, of characters and favorites two numbers.
#[derive(Serialize, Deserialize)]
struct Row {
    id: Vec<u32>,
    #[serde(flatten)]
    record: Record,
}

impl Row {
    fn new(key: Key, record: Record) -> Row {
        let (first, second) = key.numbers();
        Row { id: [first].into_iter().chain(second).collect(), record }
    }

    /// The record's key; none where its id has the wrong count of numbers, or a nought among them.
    fn key(&self) -> Option<Key> {
        if self.id.contains(&0) {
            return None;
        }
        match (&self.id[..], self.record.entity()) {
            ([id], entity) => key(entity, *id),
            ([movie, ordinal], Entity::Character) => {
                Some(Key::Character(CharacterId { movie: MovieId(*movie), ordinal: *ordinal }))
            }
            ([account, movie], Entity::Favorite) => Some(Key::Favorite(AccountId(*account), MovieId(*movie))),
            _ => None,
        }
    }
}

/// The key of a record that one number addresses.
fn key(entity: Entity, id: u32) -> Option<Key> {
    Some(match entity {
        Entity::Movie => Key::Movie(MovieId(id)),
        Entity::Person => Key::Person(PersonId(id)),
        Entity::Genre => Key::Genre(GenreId(id)),
        Entity::Country => Key::Country(CountryId(id)),
        Entity::File => Key::File(FileId(id)),
        Entity::Account => Key::Account(AccountId(id)),
        Entity::Character | Entity::Favorite | Entity::Review => return None,
    })
}
