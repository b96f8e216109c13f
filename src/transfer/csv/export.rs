//! Tables of what a catalogue holds, one a kind of record, for spreadsheets and scripts: UTF-8, a header, commas,
//! doubled quotes. Lists are parted by `|`; where that would not read back they are JSON arrays. What is written can be
//! read again by [`super::import`].

use crate::catalog::task::Setting;
use crate::domain::{
    AccountId, Country, CountryId, Entity, External, File, FileId, Genre, GenreId, Movie, MovieId, PartialDate, Person,
    PersonId, Source, Timestamp, place_by_code,
};
use crate::store::IdSet;
use crate::store::entry::Index;
use crate::store::read::Read;
use crate::store::tables::counter;
use crate::store::{Order, StoreError};
use crate::transfer::ImportError;
use crate::transfer::formats::Outgoing;
use crate::transfer::outlet::Made;
use csv::{Terminator, Writer, WriterBuilder};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Rows between two looks at whether to go on.
const PACE: u64 = 1 << 10;

/// What can be said of the tables.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "kind", value: "KIND", help: "Which table, where one file is made: movies, people, characters …"
    },
    Setting {
        name: "for-spreadsheets",
        value: "",
        help: "Put an apostrophe before texts that a spreadsheet would take for formulas",
    },
];

/// A table that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Movies,
    People,
    Characters,
    Genres,
    Countries,
    Files,
    Favorites,
}

impl Sort {
    const ALL: [Sort; 7] =
        [Sort::Movies, Sort::People, Sort::Characters, Sort::Genres, Sort::Countries, Sort::Files, Sort::Favorites];

    fn word(self) -> &'static str {
        match self {
            Sort::Movies => "movies",
            Sort::People => "people",
            Sort::Characters => "characters",
            Sort::Genres => "genres",
            Sort::Countries => "countries",
            Sort::Files => "files",
            Sort::Favorites => "favorites",
        }
    }

    /// The table of a word.
    fn of(word: &str) -> Result<Sort, ImportError> {
        let words = Sort::ALL.map(Sort::word).join(", ");
        let found = Sort::ALL.into_iter().find(|sort| sort.word() == word);
        found.ok_or_else(|| ImportError::Unclear(format!("--kind {word}: say one of {words}")))
    }

    fn header(self) -> &'static str {
        match self {
            Sort::Movies => {
                "id,title,original_title,alternative_titles,title_language,kind,release_date,duration,genres,countries,\
                 directors,director_ids,description,budget,budget_currency,rating,votes,poster,images,poster_file,\
                 image_files,imdb,tmdb,letterboxd,movielens,wikipedia,freebase,nfo,table,created,updated"
            }
            Sort::People => {
                "id,name,first_name,last_name,other_names,biography,born,died,gender,country,photos,photo_files,\
                 primary_photo_file,imdb,tmdb,letterboxd,movielens,wikipedia,freebase,nfo,table,created,updated"
            }
            Sort::Characters => {
                "movie_id,movie,year,number,character,description,role,billing,actor_ids,actors,created,updated"
            }
            Sort::Genres => "id,name,created,updated",
            Sort::Countries => "id,name,code,created,updated",
            Sort::Files => "id,name,mime,sha256,url,size,width,height,created,updated",
            Sort::Favorites => "movie_id,movie,year,added",
        }
    }
}

/// What is written, and of which films.
struct Tables<'a, T> {
    txn: &'a T,
    /// These films and what has to do with them; none: everything.
    movies: Option<IdSet>,
    /// Whose favorites.
    account: Option<AccountId>,
    /// Texts that look like formulas get an apostrophe.
    tame: bool,
    go_on: &'a mut dyn FnMut() -> bool,
}

impl<'a, T: Read> Tables<'a, T> {
    fn new(job: &Outgoing, txn: &'a T, go_on: &'a mut dyn FnMut() -> bool) -> Result<Self, ImportError> {
        let tame = job.export.settings.get("for-spreadsheets").is_some();
        Ok(Tables { txn, movies: job.movies(txn)?, account: job.account, tame, go_on })
    }
}

/// Writes one table, and says how many rows it has.
pub(in crate::transfer) fn export_table(job: &mut Outgoing, to: &mut dyn Write) -> Result<u64, ImportError> {
    let sort = Sort::of(job.export.settings.get("kind").unwrap_or("movies"))?;
    let (txn, cancelled) = (job.store.begin_read()?, job.cancelled);
    Tables::new(job, &txn, &mut || !cancelled())?.write(sort, to)
}

/// Writes every table into a folder, and says how many rows they have. All of them are there, or none.
pub(in crate::transfer) fn export_tables(job: &mut Outgoing, folder: &Path) -> Result<u64, ImportError> {
    let sorts = match job.export.settings.get("kind") {
        Some(kind) => vec![Sort::of(kind)?],
        None => Sort::ALL.to_vec(),
    };
    let is_new = !folder.exists();
    std::fs::create_dir_all(folder).map_err(|error| ImportError::File(folder.to_owned(), error))?;
    let written = write_tables(job, &sorts, folder);
    if is_new && written.is_err() {
        // A folder that holds anything stays.
        let _ = std::fs::remove_dir(folder);
    }
    written
}

fn write_tables(job: &Outgoing, sorts: &[Sort], folder: &Path) -> Result<u64, ImportError> {
    let (txn, cancelled) = (job.store.begin_read()?, job.cancelled);
    let mut go_on = || !cancelled();
    let mut tables = Tables::new(job, &txn, &mut go_on)?;
    let (mut rows, mut all) = (0, Vec::new());
    for sort in sorts {
        let path = folder.join(format!("{}.csv", sort.word()));
        let mut made = Made::new(path.clone(), job.export.overwrite)?;
        rows += tables.write(*sort, made.file()).map_err(|error| error.writing(&path))?;
        all.push(made);
    }
    all.into_iter().try_for_each(Made::keep)?;
    Ok(rows)
}

/// A row's cells.
type Cells = Vec<String>;

impl<T: Read> Tables<'_, T> {
    /// Writes a table, and says how many rows it has.
    fn write(&mut self, sort: Sort, to: &mut dyn Write) -> Result<u64, ImportError> {
        let broken = |error: csv::Error| match error.into_kind() {
            csv::ErrorKind::Io(error) => ImportError::File(PathBuf::from("output"), error),
            other => ImportError::File(PathBuf::from("output"), io::Error::other(format!("{other:?}"))),
        };
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
        writer.write_record(sort.header().split(',')).map_err(broken)?;
        let mut rows = 0;
        let mut put = |cells: Cells, writer: &mut Writer<&mut dyn Write>, tame: bool| {
            rows += 1;
            let cells = cells.into_iter().map(|cell| if tame { harmless(cell) } else { cell });
            writer.write_record(cells).map_err(broken)
        };
        let ids = self.ids(sort)?;
        for (place, id) in ids.enumerate() {
            if (place as u64).is_multiple_of(PACE) && !(self.go_on)() {
                return Err(ImportError::Cancelled);
            }
            for cells in self.rows(sort, id)? {
                put(cells, &mut writer, self.tame)?;
            }
        }
        writer.flush().map_err(|error| ImportError::File(PathBuf::from("output"), error))?;
        Ok(rows)
    }

    /// The ids of the records that a table is made of.
    fn ids(&self, sort: Sort) -> Result<Box<dyn Iterator<Item = u32>>, ImportError> {
        if sort == Sort::Favorites {
            return Ok(Box::new(self.favorites()?.into_iter()));
        }
        let entity = match sort {
            Sort::Movies | Sort::Characters | Sort::Favorites => Entity::Movie,
            Sort::People => Entity::Person,
            Sort::Genres => Entity::Genre,
            Sort::Countries => Entity::Country,
            Sort::Files => Entity::File,
        };
        if self.movies.is_some() {
            return Ok(Box::new(self.named(entity)?.iter().collect::<Vec<u32>>().into_iter()));
        }
        let next = self.txn.counter(entity.code() + counter::NEXT)?;
        Ok(Box::new(1..u32::try_from(next).unwrap_or(u32::MAX)))
    }

    /// The account's favorites in the order added, of the films that are wanted.
    fn favorites(&self) -> Result<Vec<u32>, StoreError> {
        let Some(account) = self.account else { return Ok(Vec::new()) };
        let mut ids = Vec::new();
        Order::Index(Index::Added, account.0.to_be_bytes().to_vec()).walk(
            self.txn,
            false,
            None,
            false,
            &mut |place| {
                ids.push(Order::id(place));
                ControlFlow::Continue(())
            },
        )?;
        ids.retain(|id| self.movies.as_ref().is_none_or(|movies| movies.contains(*id)));
        Ok(ids)
    }

    /// The records of a kind that the wanted films name, directly or through their people.
    fn named(&self, entity: Entity) -> Result<IdSet, StoreError> {
        let movies = self.movies.clone().unwrap_or_default();
        if entity == Entity::Movie {
            return Ok(movies);
        }
        let (mut people, mut others) = (IdSet::default(), IdSet::default());
        for id in movies.iter().map(MovieId) {
            let Some(movie) = self.txn.movie(id)? else { continue };
            movie.directors.iter().for_each(|id| _ = people.insert(id.0));
            self.txn.cast(id)?.iter().flat_map(|(_, one)| &one.actors).for_each(|id| _ = people.insert(id.0));
            match entity {
                Entity::Genre => movie.genres.iter().for_each(|id| _ = others.insert(id.0)),
                Entity::Country => movie.countries.iter().for_each(|id| _ = others.insert(id.0)),
                Entity::File => movie.images.iter().chain(&movie.poster).for_each(|id| _ = others.insert(id.0)),
                _ => {}
            }
        }
        for id in people.iter().map(PersonId) {
            let Some(person) = self.txn.person(id)? else { continue };
            match entity {
                Entity::Country => person.country.iter().for_each(|id| _ = others.insert(id.0)),
                Entity::File => person.photos.iter().for_each(|id| _ = others.insert(id.0)),
                _ => {}
            }
        }
        Ok(if entity == Entity::Person { people } else { others })
    }

    fn rows(&self, sort: Sort, id: u32) -> Result<Vec<Cells>, ImportError> {
        let row = match sort {
            Sort::Movies => self.txn.movie(MovieId(id))?.map(|movie| self.movie(id, &movie)).transpose()?,
            Sort::People => self.txn.person(PersonId(id))?.map(|person| self.person(id, &person)).transpose()?,
            Sort::Characters => return Ok(self.characters(MovieId(id))?),
            Sort::Genres => self.txn.genre(GenreId(id))?.map(|Genre { name, created, updated }| {
                vec![id.to_string(), name, created.to_string(), updated.to_string()]
            }),
            Sort::Countries => self.txn.country(CountryId(id))?.map(|Country { name, code, created, updated }| {
                vec![id.to_string(), name, code.unwrap_or_default(), created.to_string(), updated.to_string()]
            }),
            Sort::Files => self.txn.file(FileId(id))?.map(|file| file_cells(id, &file)),
            Sort::Favorites => self.favorite(MovieId(id))?,
        };
        Ok(row.into_iter().collect())
    }

    fn movie(&self, id: u32, movie: &Movie) -> Result<Cells, StoreError> {
        let genres = movie.genres.iter().map(|id| Ok(self.txn.genre(*id)?.map(|genre| genre.name)));
        let genres: Vec<Option<String>> = genres.collect::<Result<_, StoreError>>()?;
        let countries = movie.countries.iter().map(|id| self.country(*id)).collect::<Result<Vec<_>, _>>()?;
        let mut cells = vec![
            id.to_string(),
            movie.title.clone(),
            movie.original_title.clone().unwrap_or_default(),
            list(&movie.alternative_titles),
            shown(movie.language),
            movie.kind.to_string(),
            shown(movie.released),
            movie.duration.map_or(String::new(), clock),
            list(&genres.into_iter().flatten().collect::<Vec<_>>()),
            list(&countries),
            self.names(&movie.directors)?,
            ids(movie.directors.iter().map(|id| id.0)),
            movie.description.clone().unwrap_or_default(),
            movie.budget.map_or(String::new(), |budget| budget.number()),
            shown(movie.budget.map(|budget| budget.currency)),
            movie.rating.map_or(String::new(), |rating| format!("{}.{:02}", rating / 100, rating % 100)),
            shown(movie.votes),
            list(&self.urls(movie.poster.as_slice())?),
            list(&self.urls(&movie.images)?),
            shown(movie.poster.map(|id| id.0)),
            ids(movie.images.iter().map(|id| id.0)),
        ];
        cells.extend(external(&movie.external));
        cells.extend(moments(movie.created, movie.updated));
        Ok(cells)
    }

    fn person(&self, id: u32, person: &Person) -> Result<Cells, StoreError> {
        let country = person.country.map(|id| self.country(id)).transpose()?;
        let mut cells = vec![
            id.to_string(),
            person.name(),
            person.first_name.clone(),
            person.last_name.clone(),
            list(&person.other_names),
            person.biography.clone().unwrap_or_default(),
            shown(person.born),
            shown(person.died),
            person.gender.to_string(),
            country.unwrap_or_default(),
            list(&self.urls(&person.photos)?),
            ids(person.photos.iter().map(|id| id.0)),
            shown(person.primary_photo.map(|id| id.0)),
        ];
        cells.extend(external(&person.external));
        cells.extend(moments(person.created, person.updated));
        Ok(cells)
    }

    fn characters(&self, movie: MovieId) -> Result<Vec<Cells>, StoreError> {
        let mut cast = self.txn.cast(movie)?;
        let Some(film) = self.txn.movie(movie)?.filter(|_| !cast.is_empty()) else { return Ok(Vec::new()) };
        cast.sort_by_key(|(ordinal, one)| (one.billing, *ordinal));
        cast.iter()
            .map(|(ordinal, one)| {
                let mut cells = film_cells(movie, &film);
                cells.extend([
                    ordinal.to_string(),
                    one.name.clone(),
                    one.description.clone().unwrap_or_default(),
                    one.role.to_string(),
                    one.billing.to_string(),
                    ids(one.actors.iter().map(|id| id.0)),
                    self.names(&one.actors)?,
                ]);
                cells.extend(moments(one.created, one.updated));
                Ok(cells)
            })
            .collect()
    }

    fn favorite(&self, movie: MovieId) -> Result<Option<Cells>, StoreError> {
        let Some(account) = self.account else { return Ok(None) };
        let (film, favorite) = (self.txn.movie(movie)?, self.txn.favorite(account, movie)?);
        Ok(film.zip(favorite).map(|(film, favorite)| {
            let mut cells = film_cells(movie, &film);
            cells.push(favorite.added.to_string());
            cells
        }))
    }

    /// The country's code where everyone knows it, else its name.
    fn country(&self, id: CountryId) -> Result<String, StoreError> {
        let Some(country) = self.txn.country(id)? else { return Ok(String::new()) };
        let code = country.code.filter(|code| place_by_code(code).is_some());
        Ok(code.unwrap_or(country.name))
    }

    fn names(&self, people: &[PersonId]) -> Result<String, StoreError> {
        let names = people.iter().map(|id| Ok(self.txn.person(*id)?.map_or(String::new(), |person| person.name())));
        Ok(list(&names.collect::<Result<Vec<_>, StoreError>>()?))
    }

    /// The addresses of files that have one.
    fn urls(&self, files: &[FileId]) -> Result<Vec<String>, StoreError> {
        let mut urls = Vec::new();
        for id in files {
            urls.extend(self.txn.file(*id)?.and_then(|file| file.url));
        }
        Ok(urls)
    }
}

fn film_cells(id: MovieId, film: &Movie) -> Cells {
    vec![id.0.to_string(), film.title.clone(), shown(film.released.map(PartialDate::year))]
}

fn file_cells(id: u32, file: &File) -> Cells {
    let key = file.key.map_or(String::new(), |key| hex(&key));
    let mut cells = vec![id.to_string(), file.name.clone(), file.mime.clone(), key];
    cells.extend([shown(file.url.clone()), file.size.to_string(), shown(file.width), shown(file.height)]);
    cells.extend(moments(file.created, file.updated));
    cells
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte is a digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn moments(created: Timestamp, updated: Timestamp) -> [String; 2] {
    [created.to_string(), updated.to_string()]
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn clock(seconds: u32) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn ids(ids: impl Iterator<Item = u32>) -> String {
    list(&ids.map(|id| id.to_string()).collect::<Vec<_>>())
}

/// The ids in other databases, a cell for each of them.
fn external(all: &[External]) -> Vec<String> {
    let of = |source: Source| all.iter().filter(move |id| id.source == source).map(|id| id.id.clone());
    let sources = [
        Source::Imdb,
        Source::Tmdb,
        Source::Letterboxd,
        Source::Movielens,
        Source::Wikipedia,
        Source::Freebase,
        Source::Nfo,
        Source::Table,
    ];
    sources.iter().map(|source| list(&of(*source).collect::<Vec<_>>())).collect()
}

/// A list as it is read back: parted by `|`, else as JSON.
fn list(parts: &[String]) -> String {
    let plain = |part: &String| !part.is_empty() && !part.contains(['|', ';', ',']) && !part.starts_with(['[', '\\']);
    if parts.iter().all(plain) {
        return parts.join("|");
    }
    serde_json::to_string(parts).expect("texts are JSON")
}

/// A text that no spreadsheet takes for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell }
}
