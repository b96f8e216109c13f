//! Adding and changing records: from a form's draft to a record, in one step.

use super::command::{Draft, Outcome, Save};
use super::pick::{self, Loaded};
use super::{Actor, Catalog, Done, Fault, Pick};
use crate::domain::tidy::Flaw;
use crate::domain::{
    Account, Character, Entity, Field, File, FileId, Key, Movie, MovieId, Origin, Origins, Person, Record, Timestamp,
};
use crate::store::{Read, StoreError, Writer};

/// Files of a draft, read before the transaction begins.
#[derive(Default)]
struct Files {
    first: Vec<Result<FileId, Loaded>>,
    more: Vec<Result<FileId, Loaded>>,
}

impl Catalog {
    pub(super) fn save(&self, actor: Actor, save: Save, now: Timestamp) -> Result<Done, Fault> {
        let Save { key, base, draft } = save;
        let files = load(&draft, now)?;
        let mut writer = self.store.begin_write()?;
        may_save(writer.read(), actor, key, &draft)?;
        let before = match key {
            Some(key) => Some(writer.read().record(key)?.ok_or(Fault::Gone(key))?),
            None => None,
        };
        if let (Some(base), Some(before)) = (&base, &before)
            && without_hash(before) != without_hash(base)
        {
            return Err(Fault::Conflict(Box::new(without_hash(before))));
        }
        let (movie, mut after) = settle(&mut writer, draft, files, before.as_ref(), now)?;
        after.tidy();
        let flaws = after.faults();
        if !flaws.is_empty() {
            return Err(flawed(flaws));
        }
        let after = stamp(before.as_ref(), after, now);
        let name = name_of(&after);
        if let (Some(key), Some(before)) = (key, &before)
            && *before == after
            && !moves(key, movie)
        {
            return Ok(Done { outcome: Outcome::Unchanged(key), changes: Vec::new() });
        }
        let key = match (key, movie) {
            // A character is addressed by its movie: in another movie it has another address.
            (Some(old), Some(movie)) if moves(old, Some(movie)) => {
                writer.set(old, None)?;
                Key::Character(writer.next_character(movie)?)
            }
            (Some(key), _) => key,
            (None, Some(movie)) => Key::Character(writer.next_character(movie)?),
            (None, None) => next_key(&mut writer, &after)?,
        };
        writer.set(key, Some(after)).map_err(taken)?;
        let added = before.is_none();
        let label = if added { format!("adding “{name}”") } else { format!("the change of “{name}”") };
        writer.journal(actor.account(), &label, now)?;
        let changes = super::commit(writer)?;
        let outcome = if added { Outcome::Added(key, name) } else { Outcome::Changed(key, name) };
        Ok(Done { outcome, changes })
    }
}

fn may_save(txn: &impl Read, actor: Actor, key: Option<Key>, draft: &Draft) -> Result<(), Fault> {
    match (draft, key) {
        (Draft::Account { .. }, Some(Key::Account(id))) if actor.account() == Some(id) => Ok(()),
        (Draft::Account { .. }, None) => Err(Fault::Refused("an account is made by signing up".to_owned())),
        _ => super::need_curator(txn, actor),
    }
}

/// Whether a character is given to another movie.
fn moves(key: Key, movie: Option<MovieId>) -> bool {
    matches!((key, movie), (Key::Character(id), Some(movie)) if id.movie != movie)
}

fn load(draft: &Draft, now: Timestamp) -> Result<Files, Fault> {
    let list = |field, picks: &[Pick<FileId>]| pick::load_files(field, picks.to_vec(), now);
    Ok(match draft {
        Draft::Movie { poster, images, .. } => {
            Files { first: list("poster", poster.as_slice())?, more: list("images", images)? }
        }
        Draft::Person { photos, .. } => Files { first: list("photos", photos)?, ..Files::default() },
        Draft::Account { avatar, .. } => Files { first: list("avatar", avatar.as_slice())?, ..Files::default() },
        Draft::File { source: Some(source), .. } => {
            Files { first: vec![Err(pick::load("source", source, now)?)], ..Files::default() }
        }
        _ => Files::default(),
    })
}

/// The record of a draft, its new references made; of a character also its movie.
fn settle(
    writer: &mut Writer<'_>,
    draft: Draft,
    files: Files,
    before: Option<&Record>,
    now: Timestamp,
) -> Result<(Option<crate::domain::MovieId>, Record), Fault> {
    let record = match draft {
        Draft::Movie { movie, directors, countries, genres, .. } => Record::Movie(Movie {
            directors: pick::people(writer, "directors", &directors, now)?,
            countries: pick::countries(writer, "countries", &countries, now)?,
            genres: pick::genres(writer, &genres, now)?,
            poster: pick::keep_files(writer, "poster", files.first)?.first().copied(),
            images: pick::keep_files(writer, "images", files.more)?,
            ..movie
        }),
        Draft::Person { person, country, .. } => {
            let photos = pick::keep_files(writer, "photos", files.first)?;
            Record::Person(Person {
                country: pick::countries(writer, "country", country.as_slice(), now)?.first().copied(),
                primary_photo: photos.first().copied(),
                photos,
                ..person
            })
        }
        Draft::Character { movie, character, actors } => {
            let Pick::Known(movie, _) = movie else {
                return Err(Fault::Fields(vec![("movie", "add the movie first".to_owned())]));
            };
            if writer.read().movie(movie)?.is_none() {
                return Err(Fault::Gone(Key::Movie(movie)));
            }
            let actors = pick::people(writer, "actors", &actors, now)?;
            return Ok((Some(movie), Record::Character(Character { actors, ..character })));
        }
        Draft::Genre(genre) => Record::Genre(genre),
        Draft::Country(country) => Record::Country(country),
        Draft::File { file, .. } => file_record(file, files, before)?,
        Draft::Account { account, .. } => {
            let Some(Record::Account(kept)) = before else { return Err(Fault::SignInFirst) };
            let (password_hash, standing, views) = (kept.password_hash.clone(), kept.standing, kept.views.clone());
            let avatar = pick::keep_files(writer, "avatar", files.first)?.first().copied();
            Record::Account(Account { password_hash, avatar, standing, views, ..account })
        }
    };
    Ok((None, record))
}

/// A new file is what its path or URL gave; of a kept one only name, type and URL change.
fn file_record(entered: File, files: Files, before: Option<&Record>) -> Result<Record, Fault> {
    let file = match (files.first.into_iter().next(), before) {
        (_, Some(Record::File(kept))) => {
            File { name: entered.name, mime: entered.mime, url: entered.url, ..kept.clone() }
        }
        (Some(Err(loaded)), _) => {
            let name = if entered.name.is_empty() { loaded.file.name.clone() } else { entered.name };
            let mime = if entered.mime.is_empty() { loaded.file.mime.clone() } else { entered.mime };
            File { name, mime, url: entered.url.or(loaded.file.url.clone()), ..loaded.file }
        }
        _ => return Err(Fault::Fields(vec![("source", "a path or a URL is needed".to_owned())])),
    };
    Ok(Record::File(file))
}

fn next_key(writer: &mut Writer<'_>, record: &Record) -> Result<Key, StoreError> {
    Ok(match record.entity() {
        Entity::Movie => Key::Movie(writer.next_movie()?),
        Entity::Person => Key::Person(writer.next_person()?),
        Entity::Genre => Key::Genre(writer.next_genre()?),
        Entity::Country => Key::Country(writer.next_country()?),
        Entity::File => Key::File(writer.next_file()?),
        Entity::Account => Key::Account(writer.next_account()?),
        Entity::Character | Entity::Favorite | Entity::Review => unreachable!("no form makes these"),
    })
}

pub(super) fn flawed(flaws: Vec<Flaw>) -> Fault {
    Fault::Fields(flaws.into_iter().map(|flaw| (flaw.field, flaw.says)).collect())
}

/// A value that exists once and belongs to another record is a wrong field.
pub(super) fn taken(error: StoreError) -> Fault {
    let StoreError::Taken(what, value) = error else { return error.into() };
    let field = match what {
        "external id" => "external",
        "genre" | "country" => "name",
        "country code" => "code",
        "file" => return Fault::Refused("the same bytes are in the catalogue already, under another file".to_owned()),
        other => other,
    };
    Fault::Fields(vec![(field, format!("“{value}” belongs to another record"))])
}

fn without_hash(record: &Record) -> Record {
    match record {
        Record::Account(account) => Record::Account(super::detail::public(account.clone())),
        other => other.clone(),
    }
}

/// The name a notice gives a record.
pub(super) fn name_of(record: &Record) -> String {
    match record {
        Record::Movie(movie) => movie.title.clone(),
        Record::Person(person) => person.name(),
        Record::Character(character) if character.name.is_empty() => "a part".to_owned(),
        Record::Character(character) => character.name.clone(),
        Record::Genre(genre) => genre.name.clone(),
        Record::Country(country) => country.name.clone(),
        Record::File(file) => file.name.clone(),
        Record::Account(account) => account.username.clone(),
        Record::Favorite(_) => "a favorite".to_owned(),
        Record::Review(review) => review.film.movie.title.clone(),
    }
}

/// Times and origins: a field that differs from before was edited here; `updated` moves only when something did.
fn stamp(before: Option<&Record>, after: Record, now: Timestamp) -> Record {
    match (before, after) {
        (Some(Record::Movie(old)), Record::Movie(new)) => {
            let mut origins = old.origins;
            for (field, same) in [
                (Field::Name, old.title == new.title),
                (Field::Original, old.original_title == new.original_title),
                (Field::Others, old.alternative_titles == new.alternative_titles),
                (Field::Language, old.language == new.language),
                (Field::Kind, old.kind == new.kind),
                (Field::Description, old.description == new.description),
                (Field::Budget, old.budget == new.budget),
                (Field::Date, old.released == new.released),
                (Field::Duration, old.duration == new.duration),
                (Field::People, old.directors == new.directors),
                (Field::Countries, old.countries == new.countries),
                (Field::Genres, old.genres == new.genres),
                (Field::Pictures, (&old.poster, &old.images) == (&new.poster, &new.images)),
                (Field::Rating, (old.rating, old.votes) == (new.rating, new.votes)),
            ] {
                origins = edited(origins, field, same);
            }
            let new = Movie { origins, created: old.created, updated: old.updated, ..new };
            Record::Movie(Movie { updated: if new == *old { old.updated } else { now }, ..new })
        }
        (Some(Record::Person(old)), Record::Person(new)) => {
            let mut origins = old.origins;
            for (field, same) in [
                (Field::Split, (&old.first_name, &old.last_name) == (&new.first_name, &new.last_name)),
                (Field::Original, old.full_name == new.full_name),
                (Field::Others, old.other_names == new.other_names),
                (Field::Kind, old.gender == new.gender),
                (Field::Description, old.biography == new.biography),
                (Field::Date, old.born == new.born),
                (Field::EndDate, old.died == new.died),
                (Field::Countries, old.country == new.country),
                (Field::Pictures, (&old.photos, old.primary_photo) == (&new.photos, new.primary_photo)),
            ] {
                origins = edited(origins, field, same);
            }
            let new = Person { origins, created: old.created, updated: old.updated, ..new };
            Record::Person(Person { updated: if new == *old { old.updated } else { now }, ..new })
        }
        (Some(Record::Character(old)), Record::Character(new)) => {
            let mut origins = old.origins;
            for (field, same) in [
                (Field::Name, old.name == new.name),
                (Field::Description, old.description == new.description),
                (Field::Kind, old.role == new.role),
                (Field::People, old.actors == new.actors),
                (Field::Billing, old.billing == new.billing),
            ] {
                origins = edited(origins, field, same);
            }
            let new = Character { origins, created: old.created, updated: old.updated, ..new };
            Record::Character(Character { updated: if new == *old { old.updated } else { now }, ..new })
        }
        (before, after) => timed(before, after, now),
    }
}

fn edited(origins: Origins, field: Field, same: bool) -> Origins {
    if same { origins } else { origins.with(field, Origin::Edited) }
}

/// The times of records without origins, and of new ones.
fn timed(before: Option<&Record>, mut after: Record, now: Timestamp) -> Record {
    let kept = before.map(|before| times(&mut before.clone()).map(|(created, updated)| (*created, *updated)));
    let new = match &mut after {
        Record::Movie(movie) => Some(&mut movie.origins),
        Record::Person(person) => Some(&mut person.origins),
        Record::Character(character) => Some(&mut character.origins),
        _ => None,
    };
    if let (None, Some(origins)) = (before, new) {
        *origins = Origins::EDITED;
    }
    let (was_created, was_updated) = kept.flatten().unwrap_or((now, now));
    set_times(&mut after, was_created, was_updated);
    if before.is_some_and(|before| *before != after) {
        set_times(&mut after, was_created, now);
    }
    after
}

fn set_times(record: &mut Record, when_created: Timestamp, when_updated: Timestamp) {
    if let Some((created, updated)) = times(record) {
        (*created, *updated) = (when_created, when_updated);
    }
}

fn times(record: &mut Record) -> Option<(&mut Timestamp, &mut Timestamp)> {
    match record {
        Record::Movie(value) => Some((&mut value.created, &mut value.updated)),
        Record::Person(value) => Some((&mut value.created, &mut value.updated)),
        Record::Character(value) => Some((&mut value.created, &mut value.updated)),
        Record::Genre(value) => Some((&mut value.created, &mut value.updated)),
        Record::Country(value) => Some((&mut value.created, &mut value.updated)),
        Record::File(value) => Some((&mut value.created, &mut value.updated)),
        Record::Account(value) => Some((&mut value.created, &mut value.updated)),
        Record::Review(value) => Some((&mut value.created, &mut value.updated)),
        Record::Favorite(_) => None,
    }
}

/// When a record that a use case changed along with another last changed: now.
pub(super) fn touched(mut record: Record, now: Timestamp) -> Record {
    if let Some((_, updated)) = times(&mut record) {
        *updated = now;
    }
    record
}
