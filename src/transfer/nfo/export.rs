//! A catalogue as a media library: a folder a film, with its NFO file and its pictures.

use super::film::{Actor, Film};
use super::names::{self, Names};
use super::staging::Staging;
use super::write::nfo;
use crate::domain::{
    Character, CharacterId, CountryId, Entity, File, FileId, GenreId, Movie, MovieId, PartialDate, Person, PersonId,
};
use crate::store::IdSet;
use crate::store::read::Read;
use crate::store::tables::counter;
use crate::transfer::error::ImportError;
use crate::transfer::formats::Outgoing;
use crate::transfer::report::{Phase, Progress};
use std::collections::HashSet;
use std::path::Path;

/// Makes a library in a folder, of all films or those that are wanted, and says how many that is. Either all of it
/// is there afterwards, or nothing. What is there already is left alone unless it may be overwritten, and then too
/// where cinedex did not write it.
///
/// # Errors
/// When the store fails, a file cannot be written or stands in the way, or it is cancelled.
pub fn export(job: &mut Outgoing, folder: &Path) -> Result<u64, ImportError> {
    let txn = job.store.begin_read()?;
    let wanted = job.movies(&txn)?;
    let total = wanted.as_ref().map_or(txn.count(Entity::Movie)?, IdSet::len);
    let next = u32::try_from(txn.counter(Entity::Movie.code() + counter::NEXT)?).unwrap_or(u32::MAX);
    let mut library = Library { txn: &txn, staging: Staging::new(folder)?, names: Names::default(), job };
    let mut films = 0;
    for id in (1..next).filter(|id| wanted.as_ref().is_none_or(|wanted| wanted.contains(*id))).map(MovieId) {
        let Some(movie) = txn.movie(id)? else { continue };
        (library.job.progress)(Progress { phase: Phase::Writing, done: films, total });
        if (library.job.cancelled)() {
            return Err(ImportError::Cancelled);
        }
        library.film(id, movie)?;
        films += 1;
    }
    let overwrite = library.job.export.overwrite;
    library.staging.land(overwrite)?;
    Ok(films)
}

/// A library in the making.
struct Library<'a, 'j, T> {
    txn: &'a T,
    staging: Staging,
    names: Names,
    job: &'a mut Outgoing<'j>,
}

impl<T: Read> Library<'_, '_, T> {
    fn film(&mut self, id: MovieId, movie: Movie) -> Result<(), ImportError> {
        let name = self.names.take(&movie.title, movie.released.map(PartialDate::year));
        let mut film = Film {
            original_title: movie.original_title,
            description: movie.description,
            released: movie.released,
            duration: movie.duration,
            genres: self.all(&movie.genres, Self::genre)?,
            countries: self.all(&movie.countries, Self::country)?,
            directors: self.all(&movie.directors, Self::name)?,
            rating: movie.rating,
            votes: movie.votes,
            ids: movie.external,
            favorite: match self.job.account {
                Some(account) => self.txn.favorite(account, id)?.is_some(),
                None => false,
            },
            title: movie.title,
            ..Film::default()
        };
        if let Some(poster) = movie.poster {
            film.poster = self.picture(poster, &format!("{name}/{name}-poster"))?;
        }
        let mut here = 0;
        for image in movie.images {
            let number = if here == 0 { String::new() } else { here.to_string() };
            match self.picture(image, &format!("{name}/{name}-fanart{number}"))? {
                Some(address) => film.fanart.push(address),
                None => here += 1,
            }
        }
        if here > 0 {
            // Whoever finds pictures beside a film looks for no others.
            film.fanart.clear();
        }
        film.actors = self.cast(id, &name)?;
        self.staging.write(&format!("{name}/{name}.nfo"), nfo(&film).as_bytes())
    }

    /// What records are called.
    fn all<I: Copy>(
        &self,
        ids: &[I],
        name: impl Fn(&Self, I) -> Result<Option<String>, ImportError>,
    ) -> Result<Vec<String>, ImportError> {
        ids.iter().filter_map(|id| name(self, *id).transpose()).collect()
    }

    fn genre(&self, id: GenreId) -> Result<Option<String>, ImportError> {
        Ok(self.txn.genre(id)?.map(|genre| genre.name))
    }

    fn country(&self, id: CountryId) -> Result<Option<String>, ImportError> {
        Ok(self.txn.country(id)?.map(|country| country.name))
    }

    fn name(&self, id: PersonId) -> Result<Option<String>, ImportError> {
        Ok(self.txn.person(id)?.map(|person| person.name()))
    }

    /// Writes the bytes of a picture, if they are here and media centres know the type; else its address.
    fn picture(&self, id: FileId, name: &str) -> Result<Option<String>, ImportError> {
        let Some(file) = self.txn.file(id)? else { return Ok(None) };
        match ending(&file).filter(|_| file.key.is_some()) {
            Some(ending) => self.staging.write(&format!("{name}.{ending}"), &self.txn.bytes(id)?).map(|()| None),
            None => Ok(file.url),
        }
    }

    /// Who plays what, an entry an actor; their photos go beside.
    fn cast(&self, movie: MovieId, name: &str) -> Result<Vec<Actor>, ImportError> {
        let (mut cast, mut photos) = (Vec::new(), HashSet::new());
        let characters: Vec<(CharacterId, Character)> = self.txn.cast(movie)?;
        for (_, character) in characters {
            for id in character.actors {
                let Some(person) = self.txn.person(id)? else { continue };
                let actor = person.name();
                let photo = match (person.primary_photo.or(person.photos.first().copied()), names::photo(&actor)) {
                    (Some(photo), Some(file)) if photos.insert(file.to_lowercase()) => {
                        self.picture(photo, &format!("{name}/.actors/{file}"))?
                    }
                    _ => None,
                };
                let Person { external: ids, .. } = person;
                cast.push(Actor { name: actor, part: character.name.clone(), ids, photo });
            }
        }
        Ok(cast)
    }
}

fn ending(file: &File) -> Option<&'static str> {
    match file.mime.as_str() {
        "image/jpeg" => Some("jpg"),
        "image/png" => Some("png"),
        "image/gif" => Some("gif"),
        "image/webp" => Some("webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
