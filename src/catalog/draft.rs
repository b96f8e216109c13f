//! The start of an edit: a record with names for its references.

use super::command::{Draft, Pick};
use super::detail::public;
use super::label::Labels;
use super::{Actor, Fault};
use crate::domain::{FileId, Key, PersonId};
use crate::store::{Read, StoreError};

/// A record as a form shows it.
pub(super) fn draft(txn: &impl Read, actor: Actor, key: Key) -> Result<Draft, Fault> {
    let mut labels = Labels::new(txn, actor.account());
    let found = match key {
        Key::Movie(id) => match txn.movie(id)? {
            Some(movie) => Some(Draft::Movie {
                directors: people(&mut labels, &movie.directors)?,
                countries: labels.countries(&movie.countries)?.into_iter().zip(&movie.countries).map(known).collect(),
                genres: labels.genres(&movie.genres)?.into_iter().zip(&movie.genres).map(known).collect(),
                poster: files(txn, movie.poster.as_slice())?.pop(),
                images: files(txn, &movie.images)?,
                movie,
            }),
            None => None,
        },
        Key::Person(id) => match txn.person(id)? {
            Some(person) => {
                let first = person.primary_photo.into_iter();
                let others = person.photos.iter().copied().filter(|id| Some(*id) != person.primary_photo);
                let photos: Vec<FileId> = first.chain(others).collect();
                let country = person.country.as_slice();
                Some(Draft::Person {
                    country: labels.countries(country)?.into_iter().zip(country).map(known).next(),
                    photos: files(txn, &photos)?,
                    person,
                })
            }
            None => None,
        },
        Key::Character(id) => match (txn.character(id)?, labels.movie(id.movie)?) {
            (Some(character), Some(movie)) => Some(Draft::Character {
                movie: Pick::Known(id.movie, movie.title),
                actors: people(&mut labels, &character.actors)?,
                character,
            }),
            _ => None,
        },
        Key::Genre(id) => txn.genre(id)?.map(Draft::Genre),
        Key::Country(id) => txn.country(id)?.map(Draft::Country),
        Key::File(id) => txn.file(id)?.map(|file| Draft::File { file, source: None }),
        Key::Account(id) => match txn.account(id)? {
            Some(account) => {
                let avatar = files(txn, account.avatar.as_slice())?.pop();
                Some(Draft::Account { account: public(account), avatar })
            }
            None => None,
        },
        Key::Favorite(..) | Key::Review(_) => None,
    };
    found.ok_or(Fault::Gone(key))
}

fn known<Id: Copy>((named, id): (super::answer::Named, &Id)) -> Pick<Id> {
    Pick::Known(*id, named.name)
}

fn people(labels: &mut Labels<'_, impl Read>, ids: &[PersonId]) -> Result<Vec<Pick<PersonId>>, StoreError> {
    Ok(labels.people(ids)?.into_iter().zip(ids).map(known).collect())
}

fn files(txn: &impl Read, ids: &[FileId]) -> Result<Vec<Pick<FileId>>, StoreError> {
    let mut picks = Vec::new();
    for id in ids {
        picks.extend(txn.file(*id)?.map(|file| Pick::Known(*id, file.name)));
    }
    Ok(picks)
}
