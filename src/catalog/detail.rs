//! Everything shown of one record.

use super::answer::{CastLine, CharacterDetail, Detail, LINES, MovieDetail, Named, PersonDetail, PlayedLine};
use super::label::Labels;
use super::{Actor, Fault};
use crate::domain::{Account, AccountId, CharacterId, FileId, Key, MovieId, Person, PersonId};
use crate::store::credit::Credit;
use crate::store::entry::Index;
use crate::store::{Order, Posting, Read, StoreError};
use std::cmp::Reverse;
use std::ops::ControlFlow;

/// Favorites of a movie are counted up to here.
const DEAR_MAX: usize = 100_000;
/// Users of a file are listed up to here, of each kind.
const USERS_MAX: usize = 100;

/// Everything shown of one record.
pub(super) fn detail(txn: &impl Read, actor: Actor, key: Key) -> Result<Detail, Fault> {
    let found = match key {
        Key::Movie(id) => movie(txn, actor, id)?.map(Detail::Movie),
        Key::Person(id) => person(txn, actor, id)?.map(Detail::Person),
        Key::Character(id) => character(txn, actor, id)?.map(Detail::Character),
        Key::Genre(id) => match txn.genre(id)? {
            Some(genre) => Some(Detail::Genre(id, genre, txn.posting(Posting::Genre, id.0)?.len())),
            None => None,
        },
        Key::Country(id) => match txn.country(id)? {
            Some(country) => {
                let movies = txn.posting(Posting::Country, id.0)?.len();
                Some(Detail::Country(id, country, movies, txn.posting(Posting::People, id.0)?.len()))
            }
            None => None,
        },
        Key::File(id) => match txn.file(id)? {
            Some(file) => Some(Detail::File(id, file, file_users(txn, id)?)),
            None => None,
        },
        Key::Account(id) => match txn.account(id)? {
            Some(account) => Some(Detail::Account(id, public(account), favorites_of(txn, id)?.len() as u64)),
            None => None,
        },
        Key::Favorite(_, id) => return detail(txn, actor, Key::Movie(id)),
        Key::Review(id) => super::review::detail(txn, actor, id)?.map(|row| Detail::Review(Box::new(row))),
    };
    found.ok_or(Fault::Gone(key))
}

/// An account as others may see it.
pub(super) fn public(account: Account) -> Account {
    Account { password_hash: String::new(), ..account }
}

/// The movies an account holds dear, in the order added.
///
/// # Errors
/// When the store fails.
pub fn favorites_of(txn: &impl Read, account: AccountId) -> Result<Vec<MovieId>, StoreError> {
    let mut movies = Vec::new();
    Order::Index(Index::Added, account.0.to_be_bytes().to_vec()).walk(txn, false, None, false, &mut |place| {
        movies.push(MovieId(Order::id(place)));
        ControlFlow::Continue(())
    })?;
    Ok(movies)
}

pub(super) fn movie(txn: &impl Read, actor: Actor, id: MovieId) -> Result<Option<MovieDetail>, StoreError> {
    let Some(movie) = txn.movie(id)? else { return Ok(None) };
    let mut labels = Labels::new(txn, actor.account());
    let cast = txn.cast(id)?;
    let cast_total = cast.len() as u64;
    let mut lines = Vec::with_capacity(cast.len().min(LINES));
    for (character, value) in cast.into_iter().take(LINES) {
        let actors = labels.people(&value.actors)?;
        lines.push(CastLine { id: character, name: value.name, role: value.role, actors });
    }
    let favorite = match actor.account() {
        Some(me) => txn.favorite(me, id)?.is_some(),
        None => false,
    };
    Ok(Some(MovieDetail {
        id,
        directors: labels.people(&movie.directors)?,
        countries: labels.countries(&movie.countries)?,
        genres: labels.genres(&movie.genres)?,
        cast: lines,
        cast_total,
        favorite,
        favorites: txn.dear_to(id, DEAR_MAX)?.len() as u64,
        movie,
    }))
}

fn person(txn: &impl Read, actor: Actor, id: PersonId) -> Result<Option<PersonDetail>, StoreError> {
    let Some(person) = txn.person(id)? else { return Ok(None) };
    let mut labels = Labels::new(txn, actor.account());
    let country = match person.country {
        Some(country) => labels.countries(&[country])?.pop(),
        None => None,
    };
    let (directed, played): (Vec<Credit>, Vec<Credit>) =
        txn.credits(id)?.into_iter().partition(|credit| credit.ordinal == 0);
    let mut movies = Vec::new();
    for credit in &directed {
        movies.extend(labels.movie(credit.movie)?);
    }
    movies.sort_by_key(|line| Reverse((line.released, line.id)));
    movies.truncate(LINES);
    let (directed_total, played_total) = (directed.len() as u64, played.len() as u64);
    let characters = played.into_iter().filter_map(Credit::character);
    Ok(Some(PersonDetail {
        id,
        country,
        photos: photos(txn, &person)?,
        directed: movies,
        played: played_lines(txn, &mut labels, characters)?,
        directed_total,
        played_total,
        person,
    }))
}

/// Parts newest first. All are looked up before they are cut: which are the newest is not known before.
fn played_lines<T: Read>(
    txn: &T,
    labels: &mut Labels<'_, T>,
    characters: impl Iterator<Item = CharacterId>,
) -> Result<Vec<PlayedLine>, StoreError> {
    let mut lines = Vec::new();
    for id in characters {
        lines.extend(labels.movie(id.movie)?.map(|movie| (movie, id)));
    }
    lines.sort_by_key(|(movie, id)| (Reverse((movie.released, movie.id)), id.ordinal));
    lines.truncate(LINES);
    let mut played = Vec::with_capacity(lines.len());
    for (movie, character) in lines {
        if let Some(value) = txn.character(character)? {
            played.push(PlayedLine { movie, character, name: value.name, role: value.role });
        }
    }
    Ok(played)
}

fn photos(txn: &impl Read, person: &Person) -> Result<Vec<Named>, StoreError> {
    let mut photos = Vec::new();
    let first = person.primary_photo.into_iter();
    for id in first.chain(person.photos.iter().copied().filter(|id| Some(*id) != person.primary_photo)) {
        photos.extend(txn.file(id)?.map(|file| Named { key: Key::File(id), name: file.name }));
    }
    Ok(photos)
}

fn character(txn: &impl Read, actor: Actor, id: CharacterId) -> Result<Option<CharacterDetail>, StoreError> {
    let (Some(character), mut labels) = (txn.character(id)?, Labels::new(txn, actor.account())) else {
        return Ok(None);
    };
    let Some(movie) = labels.movie(id.movie)? else { return Ok(None) };
    let namesakes = if character.name.is_empty() { Vec::new() } else { txn.namesakes(&character.name, LINES)? };
    let others = namesakes.into_iter().filter(|other| *other != id);
    Ok(Some(CharacterDetail {
        id,
        movie,
        actors: labels.people(&character.actors)?,
        namesakes: played_lines(txn, &mut labels, others)?,
        character,
    }))
}

fn file_users(txn: &impl Read, id: FileId) -> Result<Vec<Named>, StoreError> {
    let mut labels = Labels::new(txn, None);
    let mut users = Vec::new();
    for movie in txn.posting(Posting::FileMovie, id.0)?.iter().take(USERS_MAX) {
        let line = labels.movie(MovieId(movie))?;
        users.extend(line.map(|line| Named { key: Key::Movie(line.id), name: super::label::title_and_year(&line) }));
    }
    for person in txn.posting(Posting::FilePerson, id.0)?.iter().take(USERS_MAX) {
        users.extend(labels.person(PersonId(person))?);
    }
    for account in txn.posting(Posting::FileAccount, id.0)?.iter().take(USERS_MAX) {
        let key = Key::Account(AccountId(account));
        users.extend(txn.account(AccountId(account))?.map(|account| Named { key, name: account.username }));
    }
    Ok(users)
}
