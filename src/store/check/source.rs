//! Which record an index entry exists because of, for the sentence that misses it.

use crate::domain::{AccountId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId, ReviewId};
use crate::store::credit::Credit;
use crate::store::entry::{Entry, Index, Posting};
use crate::store::row::number;

/// The name of an index's table.
#[must_use]
pub fn table_name(index: Index) -> &'static str {
    match index {
        Index::Title => "movies by title",
        Index::Released => "movies by release",
        Index::Duration => "movies by duration",
        Index::Budget => "movies by budget",
        Index::Rating => "movies by rating",
        Index::Popularity => "movies by popularity",
        Index::Name => "people by name",
        Index::Born => "people by birth",
        Index::Credited => "people by credits",
        Index::Small => "small by name",
        Index::Added => "favorites by added",
        Index::DearTo => "favorites by movie",
        Index::Unique => "uniques",
        Index::External => "externals",
        Index::Names => "names",
        Index::Posting => "postings",
        Index::Credit => "credits",
        Index::Namesake => "characters by name",
        Index::Word => "credits by word",
    }
}

/// The record of an entry; none where the entry's bytes name none.
#[must_use]
pub fn source(entry: &Entry) -> Option<Key> {
    let key = entry.key.as_slice();
    let from_end = |back: usize| key.len().checked_sub(back).map(|at| number(key, at));
    let owner = || (entry.value.len() == 4).then(|| number(&entry.value, 0));
    let of = |code: u8, id: u32| of_entity(Entity::from_code(code)?, id);
    match entry.index {
        Index::Title | Index::Released | Index::Duration | Index::Budget | Index::Rating | Index::Popularity => {
            from_end(4).map(|id| Key::Movie(MovieId(id)))
        }
        Index::Name | Index::Born | Index::Credited => from_end(4).map(|id| Key::Person(PersonId(id))),
        Index::Small | Index::Names => of(*key.first()?, from_end(4)?),
        Index::Added => Some(Key::Favorite(AccountId(number(key, 0)), MovieId(from_end(4)?))),
        Index::DearTo => Some(Key::Favorite(AccountId(from_end(4)?), MovieId(number(key, 0)))),
        Index::External => of(*key.first()?, owner()?),
        Index::Unique => of(unique_entity(*key.first()?)?.code(), owner()?),
        Index::Posting => of(posting_entity(*key.first()?)?.code(), from_end(4)?),
        Index::Credit | Index::Namesake | Index::Word => {
            let credit = Credit::of_key(key)?;
            Some(credit.character().map_or(Key::Movie(credit.movie), Key::Character))
        }
    }
}

fn of_entity(entity: Entity, id: u32) -> Option<Key> {
    match entity {
        Entity::Movie => Some(Key::Movie(MovieId(id))),
        Entity::Person => Some(Key::Person(PersonId(id))),
        Entity::Genre => Some(Key::Genre(GenreId(id))),
        Entity::Country => Some(Key::Country(CountryId(id))),
        Entity::File => Some(Key::File(FileId(id))),
        Entity::Account => Some(Key::Account(AccountId(id))),
        Entity::Review => Some(Key::Review(ReviewId(id))),
        Entity::Character | Entity::Favorite => None,
    }
}

fn unique_entity(space: u8) -> Option<Entity> {
    use crate::store::tables::unique;
    match space {
        unique::GENRE => Some(Entity::Genre),
        unique::COUNTRY | unique::COUNTRY_CODE => Some(Entity::Country),
        unique::USERNAME | unique::EMAIL => Some(Entity::Account),
        unique::FILE => Some(Entity::File),
        _ => None,
    }
}

fn posting_entity(kind: u8) -> Option<Entity> {
    const PEOPLE: [u8; 4] =
        [Posting::People as u8, Posting::FilePerson as u8, Posting::Gender as u8, Posting::Born as u8];
    const ACCOUNTS: u8 = Posting::FileAccount as u8;
    const REVIEWS: u8 = Posting::Review as u8;
    match kind {
        ACCOUNTS => Some(Entity::Account),
        REVIEWS => Some(Entity::Review),
        kind if PEOPLE.contains(&kind) => Some(Entity::Person),
        kind if kind <= Posting::Budget as u8 => Some(Entity::Movie),
        _ => None,
    }
}
