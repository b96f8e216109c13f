//! Records named on the command line, by id or by name.

use super::args::Shown;
use super::session::Session;
use crate::catalog::{Cells, List, PageQuery, Start};
use crate::domain::fold::fold;
use crate::domain::place::place_by_code;
use crate::domain::{AccountId, CharacterId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId};
use color_eyre::Result;
use color_eyre::eyre::{bail, eyre};

const PAGE: usize = 200;

/// The record of an id, or of the name of a genre, a country or an account.
pub fn record(session: &Session, kind: Shown, id: &str) -> Result<Key> {
    let number = id.parse::<u32>().ok();
    let wrong = || eyre!("{id:?} is no id; `cinedex list` shows them");
    let by_name = |entity| named(session, entity, id);
    Ok(match (kind, number) {
        (Shown::Movie, _) => Key::Movie(MovieId(number.ok_or_else(wrong)?)),
        (Shown::Person, _) => Key::Person(PersonId(number.ok_or_else(wrong)?)),
        (Shown::File, _) => Key::File(FileId(number.ok_or_else(wrong)?)),
        (Shown::Character, _) => Key::Character(character(id).ok_or_else(wrong)?),
        (Shown::Genre, Some(id)) => Key::Genre(GenreId(id)),
        (Shown::Country, Some(id)) => Key::Country(CountryId(id)),
        (Shown::Account, Some(id)) => Key::Account(AccountId(id)),
        (Shown::Genre, None) => by_name(Entity::Genre)?,
        (Shown::Country, None) => by_name(Entity::Country)?,
        (Shown::Account, None) => Key::Account(account(session, id)?),
    })
}

/// An id as the command line takes and shows it: a number, of a character the movie's and its own.
pub fn id_text(key: Key) -> String {
    match key {
        Key::Movie(id) => id.to_string(),
        Key::Person(id) => id.to_string(),
        Key::Character(id) => id.to_string(),
        Key::Genre(id) => id.to_string(),
        Key::Country(id) => id.to_string(),
        Key::File(id) => id.to_string(),
        Key::Account(id) => id.to_string(),
        Key::Review(id) => id.to_string(),
        Key::Favorite(account, movie) => format!("{account}/{movie}"),
    }
}

/// The genre of a name.
pub fn genre(session: &Session, name: &str) -> Result<GenreId> {
    match named(session, Entity::Genre, name)? {
        Key::Genre(id) => Ok(id),
        _ => bail!("there is no genre {name:?}"),
    }
}

/// The country of a name or a code.
pub fn country(session: &Session, name: &str) -> Result<CountryId> {
    match named(session, Entity::Country, name)? {
        Key::Country(id) => Ok(id),
        _ => bail!("there is no country {name:?}"),
    }
}

/// The account of a username.
pub fn account(session: &Session, name: &str) -> Result<AccountId> {
    session.catalog().account_named(name)?.ok_or_else(|| eyre!("there is no account {name:?}"))
}

/// The one record of a kind that bears this very name when folded; of countries also the code.
fn named(session: &Session, entity: Entity, name: &str) -> Result<Key> {
    let code = (entity == Entity::Country).then(|| place_by_code(&name.to_uppercase())).flatten();
    let wanted = code.map_or(name, |place| place.name);
    let same = |found: &str| fold(found) == fold(wanted);
    let list = List::Names { entity, reverse: false, words: wanted.to_owned() };
    let mut start = Start::First;
    loop {
        let page = session.page(PageQuery { list: list.clone(), start, count: PAGE })?;
        for row in &page.rows {
            if matches!(&row.cells, Cells::Name { name, .. } if same(name)) {
                return Ok(row.key);
            }
        }
        start = match page.rows.last() {
            Some(last) if page.after => Start::After(last.cursor.clone()),
            _ => bail!("there is no {entity} {name:?}"),
        };
    }
}

fn character(id: &str) -> Option<CharacterId> {
    let (movie, ordinal) = id.split_once('.')?;
    Some(CharacterId { movie: MovieId(movie.parse().ok()?), ordinal: ordinal.parse().ok()? })
}
