//! Removing records with whatever hangs on them; a reference never dangles.

use super::answer::Consequences;
use super::command::Outcome;
use super::detail::favorites_of;
use super::save::{name_of, touched};
use super::{Actor, Catalog, Done, Fault};
use crate::domain::{AccountId, CharacterId, CountryId, FileId, GenreId, Key, MovieId, PersonId, Record, Timestamp};
use crate::store::credit::Credit;
use crate::store::{Posting, Read, StoreError, Writer};

/// A step changes at most so many records besides those removed.
const BESIDES_MAX: u64 = 10_000;
/// A question names at most so many of what goes.
const NAMED: usize = 3;

/// What a removal would change besides.
pub(super) fn consequences(txn: &impl Read, keys: &[Key]) -> Result<Consequences, Fault> {
    let mut found = Consequences { records: keys.len() as u64, ..Consequences::default() };
    let mut tally = Tally::default();
    for key in keys {
        let Some(record) = txn.record(*key)? else { continue };
        if found.names.len() < NAMED {
            found.names.push(name_of(&record));
        }
        tally.add(txn, *key)?;
    }
    found.besides = tally.phrases();
    Ok(found)
}

/// What goes or changes with records, counted.
#[derive(Default)]
struct Tally {
    characters: u64,
    favorites: u64,
    directing: u64,
    playing: u64,
    movies: u64,
    people: u64,
    pictures: u64,
}

impl Tally {
    fn add(&mut self, txn: &impl Read, key: Key) -> Result<(), StoreError> {
        match key {
            Key::Movie(id) => {
                self.characters += txn.cast(id)?.len() as u64;
                self.favorites += txn.dear_to(id, usize::MAX)?.len() as u64;
            }
            Key::Person(id) => {
                let credits = txn.credits(id)?;
                let directing = credits.iter().filter(|credit| credit.ordinal == 0).count() as u64;
                self.directing += directing;
                self.playing += credits.len() as u64 - directing;
            }
            Key::Genre(id) => self.movies += txn.posting(Posting::Genre, id.0)?.len(),
            Key::Country(id) => {
                self.movies += txn.posting(Posting::Country, id.0)?.len();
                self.people += txn.posting(Posting::People, id.0)?.len();
            }
            Key::File(id) => {
                for kind in [Posting::FileMovie, Posting::FilePerson, Posting::FileAccount] {
                    self.pictures += txn.posting(kind, id.0)?.len();
                }
            }
            Key::Account(id) => self.favorites += favorites_of(txn, id)?.len() as u64,
            Key::Character(_) | Key::Favorite(..) | Key::Review(_) => {}
        }
        Ok(())
    }

    fn all(&self) -> u64 {
        self.characters + self.favorites + self.directing + self.playing + self.movies + self.people + self.pictures
    }

    fn phrases(&self) -> Vec<String> {
        let phrases = [
            (self.characters, "character goes too", "characters go too"),
            (self.favorites, "favorite goes too", "favorites go too"),
            (self.directing, "movie loses this director", "movies lose a director"),
            (self.playing, "part loses this actor", "parts lose an actor"),
            (self.movies, "movie no longer has it", "movies no longer have it"),
            (self.people, "person no longer has it", "people no longer have it"),
            (self.pictures, "record no longer shows it", "records no longer show it"),
        ];
        let counted = phrases.into_iter().filter(|(count, ..)| *count > 0);
        counted.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect()
    }
}

impl Catalog {
    pub(super) fn remove(&self, actor: Actor, keys: &[Key], now: Timestamp) -> Result<Done, Fault> {
        let mut writer = self.store.begin_write()?;
        let mut tally = Tally::default();
        let mut first = None;
        for key in keys {
            may_remove(writer.read(), actor, *key)?;
            let record = writer.read().record(*key)?.ok_or(Fault::Gone(*key))?;
            first.get_or_insert_with(|| name_of(&record));
            tally.add(writer.read(), *key)?;
        }
        if tally.all() > BESIDES_MAX {
            return Err(Fault::Refused(format!(
                "this would change {} other records, more than {BESIDES_MAX} in one step; remove fewer at a time",
                tally.all()
            )));
        }
        for key in keys {
            unlink(&mut writer, *key, now)?;
            writer.set(*key, None)?;
        }
        let first = first.unwrap_or_default();
        let label = match keys.len() {
            1 => format!("removing “{first}”"),
            n => format!("removing “{first}” and {} more", n - 1),
        };
        writer.journal(actor.account(), &label, now)?;
        let changes = super::commit(writer)?;
        Ok(Done { outcome: Outcome::Removed(keys.len() as u64, first), changes })
    }
}

fn may_remove(txn: &impl Read, actor: Actor, key: Key) -> Result<(), Fault> {
    match key {
        Key::Favorite(account, _) if actor.account() == Some(account) => Ok(()),
        Key::Account(id) => {
            if actor.account() != Some(id) {
                super::need_curator(txn, actor)?;
            }
            super::sign::keep_a_curator(txn, id)
        }
        _ => super::need_curator(txn, actor),
    }
}

/// Takes every reference to a record away.
fn unlink(writer: &mut Writer<'_>, key: Key, now: Timestamp) -> Result<(), StoreError> {
    match key {
        Key::Movie(id) => {
            for (character, _) in writer.read().cast(id)? {
                writer.set(Key::Character(character), None)?;
            }
            for account in writer.read().dear_to(id, usize::MAX)? {
                writer.set(Key::Favorite(account, id), None)?;
            }
        }
        Key::Person(id) => {
            for credit in writer.read().credits(id)? {
                unlink_credit(writer, id, credit, now)?;
            }
        }
        Key::Genre(GenreId(id)) => {
            change_movies(writer, Posting::Genre, id, now, &|movie| movie.genres.retain(|one| one.0 != id))?;
        }
        Key::Country(CountryId(id)) => {
            change_movies(writer, Posting::Country, id, now, &|movie| movie.countries.retain(|one| one.0 != id))?;
            change_people(writer, Posting::People, id, now, &|person| person.country = None)?;
        }
        Key::File(file) => unlink_file(writer, file, now)?,
        Key::Account(id) => {
            for movie in favorites_of(writer.read(), id)? {
                writer.set(Key::Favorite(id, movie), None)?;
            }
            writer.forget_tokens(id)?;
        }
        Key::Character(_) | Key::Favorite(..) | Key::Review(_) => {}
    }
    Ok(())
}

fn unlink_credit(writer: &mut Writer<'_>, person: PersonId, credit: Credit, now: Timestamp) -> Result<(), StoreError> {
    let Credit { movie, ordinal, .. } = credit;
    if ordinal == 0 {
        if let Some(mut value) = writer.read().movie(movie)? {
            value.directors.retain(|id| *id != person);
            writer.set(Key::Movie(movie), Some(touched(Record::Movie(value), now)))?;
        }
        return Ok(());
    }
    let id = CharacterId { movie, ordinal };
    if let Some(mut value) = writer.read().character(id)? {
        value.actors.retain(|id| *id != person);
        let empty = value.actors.is_empty() && value.name.is_empty();
        writer.set(Key::Character(id), (!empty).then(|| touched(Record::Character(value), now)))?;
    }
    Ok(())
}

fn unlink_file(writer: &mut Writer<'_>, file: FileId, now: Timestamp) -> Result<(), StoreError> {
    change_movies(writer, Posting::FileMovie, file.0, now, &|movie| {
        movie.poster = movie.poster.filter(|id| *id != file);
        movie.images.retain(|id| *id != file);
    })?;
    change_people(writer, Posting::FilePerson, file.0, now, &|person| {
        person.photos.retain(|id| *id != file);
        person.primary_photo = person.primary_photo.filter(|id| *id != file).or(person.photos.first().copied());
    })?;
    for account in writer.read().posting(Posting::FileAccount, file.0)?.iter() {
        let key = Key::Account(AccountId(account));
        if let Some(mut value) = writer.read().account(AccountId(account))? {
            value.avatar = None;
            writer.set(key, Some(touched(Record::Account(value), now)))?;
        }
    }
    Ok(())
}

fn change_movies(
    writer: &mut Writer<'_>,
    kind: Posting,
    key: u32,
    now: Timestamp,
    change: &dyn Fn(&mut crate::domain::Movie),
) -> Result<(), StoreError> {
    for id in writer.read().posting(kind, key)?.iter().map(MovieId) {
        if let Some(mut movie) = writer.read().movie(id)? {
            change(&mut movie);
            writer.set(Key::Movie(id), Some(touched(Record::Movie(movie), now)))?;
        }
    }
    Ok(())
}

fn change_people(
    writer: &mut Writer<'_>,
    kind: Posting,
    key: u32,
    now: Timestamp,
    change: &dyn Fn(&mut crate::domain::Person),
) -> Result<(), StoreError> {
    for id in writer.read().posting(kind, key)?.iter().map(PersonId) {
        if let Some(mut person) = writer.read().person(id)? {
            change(&mut person);
            writer.set(Key::Person(id), Some(touched(Record::Person(person), now)))?;
        }
    }
    Ok(())
}
