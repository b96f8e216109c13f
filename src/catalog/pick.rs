//! References of a form: those that are there, and those to be made in the same step.

use super::Fault;
use super::command::Pick;
use super::picture::{file_of, mime_of};
use crate::domain::fold::fold;
use crate::domain::name::split_name;
use crate::domain::place::place_by_name;
use crate::domain::text::clean_line;
use crate::domain::{
    Country, CountryId, File, FileId, Genre, GenreId, Key, Origins, Person, PersonId, Record, Timestamp,
};
use crate::store::tables::unique;
use crate::store::{Read, StoreError, Writer};
use std::io::Read as _;
use std::path::Path;

/// A file out of a form, read before the transaction begins.
pub(super) struct Loaded {
    pub file: File,
    pub bytes: Vec<u8>,
}

/// A URL, or the file at a path, whole.
pub(super) fn load(field: &'static str, source: &str, now: Timestamp) -> Result<Loaded, Fault> {
    let says = |text: String| Fault::Fields(vec![(field, text)]);
    let source = source.trim();
    if source.starts_with("http://") || source.starts_with("https://") {
        let path = source.split(['?', '#']).next().unwrap_or(source);
        let name = clean_line(path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path));
        let mime = mime_of(&name, &[]).to_owned();
        let url = Some(clean_line(source));
        let file = File { name, mime, url, created: now, updated: now, ..File::default() };
        return Ok(Loaded { file, bytes: Vec::new() });
    }
    let path = Path::new(source);
    let meta = std::fs::metadata(path).map_err(|error| says(format!("{source}: {error}")))?;
    if !meta.is_file() {
        return Err(says(format!("{source} is not a file")));
    }
    let too_large = || says(format!("{source} is larger than {} MiB", File::MAX >> 20));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| says(format!("{source}: {error}")))?;
    file.take(File::MAX + 1).read_to_end(&mut bytes).map_err(|error| says(format!("{source}: {error}")))?;
    if bytes.len() as u64 > File::MAX {
        return Err(too_large());
    }
    let name = clean_line(&path.file_name().unwrap_or_default().to_string_lossy());
    Ok(Loaded { file: file_of(name, &bytes, now), bytes })
}

/// Keeps a loaded file; the same bytes are kept once.
pub(super) fn keep_file(writer: &mut Writer<'_>, loaded: Loaded) -> Result<FileId, StoreError> {
    if let Some(key) = loaded.file.key
        && let Some(id) = writer.read().owner(unique::FILE, &key)?
    {
        return Ok(FileId(id));
    }
    let id = writer.next_file()?;
    writer.put_bytes(id, &loaded.bytes)?;
    writer.set(Key::File(id), Some(Record::File(loaded.file)))?;
    Ok(id)
}

/// The files of a form, loaded where they are new.
pub(super) fn load_files(
    field: &'static str,
    picks: Vec<Pick<FileId>>,
    now: Timestamp,
) -> Result<Vec<Result<FileId, Loaded>>, Fault> {
    let load = |pick| match pick {
        Pick::Known(id, _) => Ok(Ok(id)),
        Pick::New(source) => load(field, &source, now).map(Err),
    };
    picks.into_iter().map(load).collect()
}

/// Ids of loaded files.
pub(super) fn keep_files(
    writer: &mut Writer<'_>,
    field: &'static str,
    files: Vec<Result<FileId, Loaded>>,
) -> Result<Vec<FileId>, Fault> {
    let mut ids = Vec::with_capacity(files.len());
    for file in files {
        let id = match file {
            Ok(id) if writer.read().file(id)?.is_some() => id,
            Ok(id) => return Err(gone(field, Key::File(id))),
            Err(loaded) => keep_file(writer, loaded)?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn gone(field: &'static str, key: Key) -> Fault {
    Fault::Fields(vec![(field, format!("{key} is not in the catalogue any more"))])
}

/// People of a form; new ones are made, their names split.
pub(super) fn people(
    writer: &mut Writer<'_>,
    field: &'static str,
    picks: &[Pick<PersonId>],
    now: Timestamp,
) -> Result<Vec<PersonId>, Fault> {
    let mut ids = Vec::with_capacity(picks.len());
    for pick in picks {
        let id = match pick {
            Pick::Known(id, _) if writer.read().person(*id)?.is_some() => *id,
            Pick::Known(id, _) => return Err(gone(field, Key::Person(*id))),
            Pick::New(name) => new_person(writer, field, name, now)?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn new_person(writer: &mut Writer<'_>, field: &'static str, name: &str, now: Timestamp) -> Result<PersonId, Fault> {
    let (first_name, last_name) = split_name(&clean_line(name));
    if first_name.is_empty() && last_name.is_empty() {
        return Err(Fault::Fields(vec![(field, "a name is needed".to_owned())]));
    }
    let person =
        Person { first_name, last_name, origins: Origins::EDITED, created: now, updated: now, ..Person::default() };
    let id = writer.next_person()?;
    writer.set(Key::Person(id), Some(Record::Person(person)))?;
    Ok(id)
}

/// Genres of a form; a new name that is there when folded is that genre.
pub(super) fn genres(writer: &mut Writer<'_>, picks: &[Pick<GenreId>], now: Timestamp) -> Result<Vec<GenreId>, Fault> {
    let mut ids = Vec::with_capacity(picks.len());
    for pick in picks {
        let id = match pick {
            Pick::Known(id, _) if writer.read().genre(*id)?.is_some() => *id,
            Pick::Known(id, _) => return Err(gone("genres", Key::Genre(*id))),
            Pick::New(name) => genre_named(writer, name, now)?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn genre_named(writer: &mut Writer<'_>, name: &str, now: Timestamp) -> Result<GenreId, Fault> {
    let name = clean_line(name);
    if let Some(id) = writer.read().owner(unique::GENRE, fold(&name).as_bytes())? {
        return Ok(GenreId(id));
    }
    if name.is_empty() {
        return Err(Fault::Fields(vec![("genres", "a name is needed".to_owned())]));
    }
    let id = writer.next_genre()?;
    writer.set(Key::Genre(id), Some(Record::Genre(Genre { name, created: now, updated: now })))?;
    Ok(id)
}

/// Countries of a form; a new name or code that we know gets its code.
pub(super) fn countries(
    writer: &mut Writer<'_>,
    field: &'static str,
    picks: &[Pick<CountryId>],
    now: Timestamp,
) -> Result<Vec<CountryId>, Fault> {
    let mut ids = Vec::with_capacity(picks.len());
    for pick in picks {
        let id = match pick {
            Pick::Known(id, _) if writer.read().country(*id)?.is_some() => *id,
            Pick::Known(id, _) => return Err(gone(field, Key::Country(*id))),
            Pick::New(name) => country_named(writer, field, name, now)?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn country_named(writer: &mut Writer<'_>, field: &'static str, name: &str, now: Timestamp) -> Result<CountryId, Fault> {
    let name = clean_line(name);
    if name.is_empty() {
        return Err(Fault::Fields(vec![(field, "a name is needed".to_owned())]));
    }
    let place = place_by_name(&name);
    let (name, code) = match place {
        Some(place) => (place.name.to_owned(), Some(place.code.to_owned())),
        None => (name, None),
    };
    if let Some(code) = &code
        && let Some(id) = writer.read().owner(unique::COUNTRY_CODE, code.as_bytes())?
    {
        return Ok(CountryId(id));
    }
    if let Some(id) = writer.read().owner(unique::COUNTRY, fold(&name).as_bytes())? {
        return Ok(CountryId(id));
    }
    let id = writer.next_country()?;
    writer.set(Key::Country(id), Some(Record::Country(Country { name, code, created: now, updated: now })))?;
    Ok(id)
}
