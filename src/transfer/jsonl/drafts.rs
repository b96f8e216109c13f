//! Lines become drafts, for a catalogue that has records of its own.
//!
//! A record is known by its ids in other databases. One that has none is the record of the same number if that was
//! made in the same moment: then the file came out of this catalogue. Else number and moment together are its id, for
//! no two catalogues share them.

use super::lines::Lines;
use super::{Line, Row};
use crate::domain::place::place_by_code;
use crate::domain::{
    AccountId, Character, CharacterId, Country, Entity, External, Field, File, FileId, Key, Movie, MovieId, Origin,
    Person, PersonId, Record, Source, Timestamp, fold,
};
use crate::store::read::Read;
use crate::store::{Scratch, Store};
use crate::transfer::ImportError;
use crate::transfer::draft::{MovieDraft, NOBODY, Part, PersonDraft, Picture, passing};
use crate::transfer::intake::{Intake, Watch};
use crate::transfer::known::Numbers;
use crate::transfer::pipeline::Format;
use crate::transfer::report::Options;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Whether a line was of use; why not.
type Verdict = Result<(), String>;

/// An exported catalogue.
pub(super) struct Archive {
    file: PathBuf,
    /// Where pictures lie until they come in.
    pictures: Scratch,
    /// Whose favorites are looked for in it.
    username: Option<String>,
}

impl Archive {
    pub(super) fn open(store: &Store, file: &Path, options: &Options) -> Result<Archive, ImportError> {
        let account = match options.account {
            Some(id) => store.begin_read()?.account(id)?,
            None => None,
        };
        let pictures =
            Scratch::new(store.folder()).map_err(|error| ImportError::File(store.folder().to_owned(), error))?;
        Ok(Archive { file: file.to_owned(), pictures, username: account.map(|account| account.username) })
    }
}

impl Format for Archive {
    fn source(&self) -> Source {
        Source::Table
    }

    /// It numbers nothing: ids in it are those of other databases, or stand for one catalogue each.
    fn numbers(&self, _: &External) -> bool {
        false
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        let mut lines = Lines::open(&self.file)?;
        let mut reader = Reader {
            archive: self,
            intake,
            genres: HashMap::new(),
            countries: HashMap::new(),
            files: HashMap::new(),
            people: Numbers::default(),
            films: Numbers::default(),
            account: None,
            film: None,
            bytes: None,
        };
        while let Some(line) = lines.next()? {
            lines.tell(watch)?;
            let taken = match line {
                Ok(line) => reader.take(line)?,
                Err(flaw) => Err(flaw.why),
            };
            if let Err(why) = taken {
                reader.intake.skip(&self.file, lines.number(), 0, why);
            }
        }
        reader.close()
    }
}

/// What was read so far. Records name each other by the numbers they had where they come from.
struct Reader<'r, 's> {
    archive: &'r Archive,
    intake: &'r mut Intake<'s>,
    genres: HashMap<u32, String>,
    /// Codes, or names where there is no code that is a country's.
    countries: HashMap<u32, String>,
    files: HashMap<u32, Picture>,
    people: Numbers,
    films: Numbers,
    /// The one whose favorites are those of whoever imports.
    account: Option<AccountId>,
    /// The movie whose characters come.
    film: Option<(MovieId, Timestamp, MovieDraft)>,
    /// The file whose bytes come.
    bytes: Option<(FileId, PathBuf)>,
}

impl Reader<'_, '_> {
    fn take(&mut self, line: Line) -> Result<Verdict, ImportError> {
        match line {
            Line::Cinedex { .. } => Ok(Err("only the first line says cinedex".to_owned())),
            Line::Next { .. } | Line::Cast { .. } => Ok(Ok(())),
            Line::Bytes { file, base64 } => Ok(self.take_bytes(file, &base64)),
            Line::Record(row) => self.take_record(*row),
        }
    }

    fn take_record(&mut self, row: Row) -> Result<Verdict, ImportError> {
        self.intake.report.read += 1;
        let (key, mut record) = (row.key(), row.record);
        record.tidy();
        if let Some(flaw) = record.faults().into_iter().next() {
            return Ok(Err(flaw.to_string()));
        }
        if !matches!(key, Some(Key::Character(_))) {
            self.close()?;
        }
        match (key, record) {
            (Some(Key::Genre(id)), Record::Genre(genre)) => drop(self.genres.insert(id.0, genre.name)),
            (Some(Key::Country(id)), Record::Country(country)) => drop(self.countries.insert(id.0, called(country))),
            (Some(Key::File(id)), Record::File(file)) => self.take_file(id, &file),
            (Some(Key::Person(id)), Record::Person(person)) => self.take_person(id, person)?,
            (Some(Key::Movie(id)), Record::Movie(movie)) => {
                self.film = Some((id, movie.created, self.movie(id, movie)));
            }
            (Some(Key::Character(id)), Record::Character(character)) => return Ok(self.take_character(id, character)),
            (Some(Key::Account(id)), Record::Account(account)) => {
                if Some(&account.username) == self.archive.username.as_ref() {
                    self.account = Some(id);
                }
                self.intake.report.leave("accounts", 1);
            }
            (Some(Key::Favorite(account, movie)), Record::Favorite(favorite)) => {
                self.take_favorite(account, movie, favorite.added)?;
            }
            _ => return Ok(Err("its id is none".to_owned())),
        }
        Ok(Ok(()))
    }

    fn take_file(&mut self, id: FileId, file: &File) {
        if let Some(url) = &file.url {
            let picture = Picture::Address { url: url.clone(), width: file.width, height: file.height };
            self.files.insert(id.0, picture);
        }
        if file.key.is_some() {
            // Whatever the name says, the file stays within the folder.
            let name = Path::new(&file.name).file_name().unwrap_or("picture".as_ref());
            self.bytes = Some((id, self.archive.pictures.path().join(id.0.to_string()).join(name)));
        }
    }

    /// Bytes lie in a file of their own until the picture is made; its name becomes the picture's.
    fn take_bytes(&mut self, file: FileId, base64: &str) -> Verdict {
        let open = self.bytes.as_ref().filter(|(there, _)| *there == file);
        let (_, path) = open.ok_or("bytes stand behind their file")?;
        let bytes = BASE64_STANDARD.decode(base64).map_err(|error| error.to_string())?;
        let is_first = !matches!(self.files.get(&file.0), Some(Picture::Here(_)));
        append(path, &bytes, is_first).map_err(|error| format!("its bytes cannot be kept: {error}"))?;
        self.files.insert(file.0, Picture::here(path.clone()));
        Ok(())
    }

    fn take_person(&mut self, id: PersonId, person: Person) -> Result<(), ImportError> {
        let name = person.name();
        let is_told = person.origins.of(Field::Split) != Origin::Derived;
        let photos = person.primary_photo.iter().chain(&person.photos);
        let mut draft = PersonDraft {
            photos: photos.filter_map(|file| self.files.get(&file.0)).cloned().collect(),
            country: person.country.and_then(|country| self.countries.get(&country.0)).cloned(),
            ids: person.external,
            name,
            split: is_told.then_some((person.first_name, person.last_name)),
            other_names: person.other_names,
            biography: person.biography,
            born: person.born,
            died: person.died,
            gender: person.gender,
            origins: person.origins.as_told(),
        };
        let number = if !draft.ids.is_empty() {
            self.intake.person(draft)?
        } else if self.is_there(Key::Person(id), person.created)? {
            self.intake.person_there(id, draft)?
        } else {
            // Whom no database knows may be somebody whom this catalogue knows no better.
            draft.ids.push(made(id.0, person.created));
            let name = fold(&draft.name);
            let number = self.intake.person(draft)?;
            self.intake.named.insert(number, name);
            number
        };
        self.people.get_or_insert(id.0, number);
        Ok(())
    }

    fn movie(&mut self, id: MovieId, movie: Movie) -> MovieDraft {
        let picture = |file: &FileId| self.files.get(&file.0).cloned();
        let (poster, images) = (movie.poster.as_ref().and_then(picture), movie.images.iter().filter_map(picture));
        let images = images.collect();
        let genres = movie.genres.iter().filter_map(|genre| self.genres.get(&genre.0)).cloned().collect();
        let countries = movie.countries.iter().filter_map(|country| self.countries.get(&country.0)).cloned().collect();
        MovieDraft {
            ids: movie.external,
            title: movie.title,
            original_title: movie.original_title,
            alternative_titles: movie.alternative_titles,
            language: movie.language,
            kind: Some(movie.kind),
            description: movie.description,
            budget: movie.budget,
            released: movie.released,
            duration: movie.duration,
            directors: self.people(&movie.directors, Key::Movie(id)),
            countries,
            genres,
            poster,
            images,
            rating: movie.rating,
            votes: movie.votes,
            origins: movie.origins.as_told(),
            ..MovieDraft::default()
        }
    }

    /// The numbers of people whom a record names.
    fn people(&mut self, ids: &[PersonId], by: Key) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(number) = self.people.get(id.0) {
                numbers.push(number);
                continue;
            }
            let says = format!("{by} names {}, which does not stand before it", Key::Person(*id));
            self.intake.report.note(&self.archive.file, 0, says);
        }
        numbers
    }

    fn take_character(&mut self, id: CharacterId, character: Character) -> Verdict {
        if self.film.as_ref().is_none_or(|(movie, ..)| *movie != id.movie) {
            return Err("characters stand behind their movie".to_owned());
        }
        let mut actors = self.people(&character.actors, Key::Character(id)).into_iter();
        let part = Part {
            person: actors.next().unwrap_or(NOBODY),
            others: actors.collect(),
            name: character.name,
            description: character.description,
            role: Some(character.role),
            billing: Some(character.billing),
            place: Some(character.billing),
            ..Part::default()
        };
        if part.person == NOBODY && part.name.is_empty() {
            return Err("nobody is known who plays it, and it has no name".to_owned());
        }
        let (.., draft) = self.film.as_mut().expect("it was just looked at");
        draft.cast.push(part);
        Ok(())
    }

    fn take_favorite(&mut self, account: AccountId, movie: MovieId, added: Timestamp) -> Result<(), ImportError> {
        match self.films.get(movie.0) {
            Some(number) if self.account == Some(account) => {
                let favorite = MovieDraft { favorite: Some(added), ..MovieDraft::default() };
                self.intake.tell_film(number, favorite)
            }
            _ => {
                self.intake.report.leave("favorites of other accounts", 1);
                Ok(())
            }
        }
    }

    /// Takes over the movie whose characters are whole now.
    fn close(&mut self) -> Result<(), ImportError> {
        let Some((id, created, mut draft)) = self.film.take() else { return Ok(()) };
        let number = if draft.ids.is_empty() && self.is_there(Key::Movie(id), created)? {
            draft.ids.push(passing(Source::Table, u128::from(id.0)));
            self.intake.decided(draft, Some(id))?;
            self.intake.films_there.get(id.0)
        } else {
            if draft.ids.is_empty() {
                draft.ids.push(made(id.0, created));
            }
            let known = draft.ids[0].clone();
            self.intake.movie(draft)?;
            self.intake.number_of(Entity::Movie, &known)
        };
        if let Some(number) = number {
            self.films.get_or_insert(id.0, number);
        }
        Ok(())
    }

    /// Whether the record of this number here was made in that moment.
    fn is_there(&mut self, key: Key, made: Timestamp) -> Result<bool, ImportError> {
        let record = self.intake.glance.look()?.ok_or(ImportError::Moved)?.record(key)?;
        Ok(match record {
            Some(Record::Movie(movie)) => movie.created == made,
            Some(Record::Person(person)) => person.created == made,
            _ => false,
        })
    }
}

/// The id of a record that no other database knows.
fn made(number: u32, created: Timestamp) -> External {
    External { source: Source::Table, id: format!("jsonl:{number}-{}", created.0) }
}

fn called(country: Country) -> String {
    country.code.filter(|code| place_by_code(code).is_some()).unwrap_or(country.name)
}

fn append(path: &Path, bytes: &[u8], is_first: bool) -> io::Result<()> {
    if is_first {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
    }
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(is_first).append(!is_first).open(path)?.write_all(bytes)
}
