//! What a field of a form holds, whatever record it belongs to.

use crate::catalog::Pick;
use crate::domain::{CountryId, FileId, GenreId, Key, MovieId, PersonId};

/// The value of one field as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A line or prose, as typed.
    Text(String),
    /// One of a few words, by place.
    Choice(usize),
    /// References in order.
    Chips(Vec<Chip>),
}

/// One reference: a record that is there, or the name of one to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The record; none where it is to be made.
    pub key: Option<Key>,
    /// Its name.
    pub name: String,
}

impl Value {
    /// The text; nothing for other values.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    /// The references; none for other values.
    #[must_use]
    pub fn chips(&self) -> &[Chip] {
        match self {
            Value::Chips(chips) => chips,
            _ => &[],
        }
    }
}

/// An id that is the address of a record.
pub trait Address: Copy {
    /// As a key.
    fn key(self) -> Key;
    /// Out of a key of its kind.
    fn of(key: Key) -> Option<Self>;
}

macro_rules! addresses {
    ($($id:ident => $variant:ident),* $(,)?) => {$(
        impl Address for $id {
            fn key(self) -> Key {
                Key::$variant(self)
            }

            fn of(key: Key) -> Option<Self> {
                match key {
                    Key::$variant(id) => Some(id),
                    _ => None,
                }
            }
        }
    )*};
}

addresses! { MovieId => Movie, PersonId => Person, GenreId => Genre, CountryId => Country, FileId => File }

impl Chip {
    /// The chip of a pick.
    #[must_use]
    pub fn of<Id: Address>(pick: &Pick<Id>) -> Chip {
        match pick {
            Pick::Known(id, name) => Chip { key: Some(id.key()), name: name.clone() },
            Pick::New(name) => Chip { key: None, name: name.clone() },
        }
    }

    /// The pick of a chip.
    #[must_use]
    pub fn pick<Id: Address>(&self) -> Pick<Id> {
        match self.key.and_then(Id::of) {
            Some(id) => Pick::Known(id, self.name.clone()),
            None => Pick::New(self.name.clone()),
        }
    }
}
