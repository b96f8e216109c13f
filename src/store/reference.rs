//! Which records a record names, and whether any names it. Undo and `check` ask here.

use super::entry::Posting;
use super::error::Result;
use super::read::Read;
use super::row::posting_row;
use super::tables::{FAVORITES, POSTINGS};
use crate::domain::{Key, Record};
use redb::ReadableTable;

/// Every record that this one names.
#[must_use]
pub fn references(key: Key, record: &Record) -> Vec<Key> {
    let mut named = Vec::new();
    match record {
        Record::Movie(movie) => {
            named.extend(movie.directors.iter().copied().map(Key::Person));
            named.extend(movie.countries.iter().copied().map(Key::Country));
            named.extend(movie.genres.iter().copied().map(Key::Genre));
            named.extend(movie.poster.iter().chain(&movie.images).copied().map(Key::File));
        }
        Record::Person(person) => {
            named.extend(person.country.map(Key::Country));
            named.extend(person.photos.iter().chain(&person.primary_photo).copied().map(Key::File));
        }
        Record::Character(character) => named.extend(character.actors.iter().copied().map(Key::Person)),
        Record::Account(account) => named.extend(account.avatar.map(Key::File)),
        // A row of the review queue says what may be gone by the time it is looked at.
        Record::Genre(_) | Record::Country(_) | Record::File(_) | Record::Favorite(_) | Record::Review(_) => {}
    }
    match key {
        Key::Character(id) => named.push(Key::Movie(id.movie)),
        Key::Favorite(account, movie) => named.extend([Key::Account(account), Key::Movie(movie)]),
        _ => {}
    }
    named
}

/// A record without the name of one that is gone; none where nothing of it is left.
#[must_use]
pub fn without(mut record: Record, gone: Key) -> Option<Record> {
    match (&mut record, gone) {
        (Record::Movie(movie), Key::Person(id)) => movie.directors.retain(|one| *one != id),
        (Record::Movie(movie), Key::Country(id)) => movie.countries.retain(|one| *one != id),
        (Record::Movie(movie), Key::Genre(id)) => movie.genres.retain(|one| *one != id),
        (Record::Movie(movie), Key::File(id)) => {
            movie.poster.take_if(|one| *one == id);
            movie.images.retain(|one| *one != id);
        }
        (Record::Person(person), Key::Country(id)) => drop(person.country.take_if(|one| *one == id)),
        (Record::Person(person), Key::File(id)) => {
            person.photos.retain(|one| *one != id);
            person.primary_photo.take_if(|one| *one == id);
        }
        (Record::Account(account), Key::File(id)) => drop(account.avatar.take_if(|one| *one == id)),
        (Record::Character(character), Key::Person(id)) => {
            character.actors.retain(|one| *one != id);
            return (!character.name.is_empty() || !character.actors.is_empty()).then_some(record);
        }
        (Record::Character(_), Key::Movie(_)) | (Record::Favorite(_), _) => return None,
        _ => {}
    }
    Some(record)
}

/// Whether a record that is there names one that is not, or one that is gone is still named.
///
/// # Errors
/// When the store fails.
pub fn dangles(txn: &impl Read, key: Key) -> Result<bool> {
    let Some(record) = txn.record(key)? else { return is_named(txn, key) };
    for named in references(key, &record) {
        if txn.record(named)?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether any record names this one.
///
/// # Errors
/// When the store fails.
pub fn is_named(txn: &impl Read, key: Key) -> Result<bool> {
    Ok(match key {
        Key::Movie(id) => {
            !txn.dear_to(id, 1)?.is_empty() || txn.cast_block(id)?.is_some_and(|block| !block.characters.is_empty())
        }
        Key::Person(id) => txn.credit_count(id)? > 0,
        Key::Genre(id) => has_posting(txn, &[Posting::Genre], id.0)?,
        Key::Country(id) => has_posting(txn, &[Posting::Country, Posting::People], id.0)?,
        Key::File(id) => has_posting(txn, &[Posting::FileMovie, Posting::FilePerson, Posting::FileAccount], id.0)?,
        Key::Account(id) => txn.table(FAVORITES)?.range((id.0, 0)..=(id.0, u32::MAX))?.next().is_some(),
        Key::Character(_) | Key::Favorite(..) | Key::Review(_) => false,
    })
}

fn has_posting(txn: &impl Read, kinds: &[Posting], key: u32) -> Result<bool> {
    let table = txn.table(POSTINGS)?;
    for kind in kinds {
        let (first, last) = (posting_row(*kind as u8, key, 0), posting_row(*kind as u8, key, u16::MAX));
        if table.range::<&[u8; 7]>(&first..=&last)?.next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
