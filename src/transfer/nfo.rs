//! The NFO files that Kodi, Jellyfin, tinyMediaManager and their like keep beside films, and Kodi's export of a whole
//! library in one file.
//!
//! A film is told from others by its id of IMDb, else of TMDB, else by the path of its file, which begins with the
//! library's name. People are known by an id where the file tells one, else by their name alone.

mod art;
mod export;
mod film;
mod library;
mod names;
mod staging;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod write;

pub use export::export;

use super::draft::{MovieDraft, Part, PersonDraft, Picture};
use super::error::ImportError;
use super::intake::{Intake, Watch};
use super::pipeline::{Format, run};
use super::report::{Options, Phase, Progress, Report};
use crate::domain::{Entity, External, Source, Timestamp, fold};
use crate::store::Store;
use art::Art;
use film::{Actor, Film};
use library::{Folder, Nfo, Walk};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use tree::{Element, Wrong, Xml};

/// An NFO file of one film takes at most so many bytes.
const NFO_MAX: u64 = 8 << 20;

struct Libraries<'a> {
    paths: &'a [PathBuf],
    now: Timestamp,
}

/// Imports media libraries: folders, NFO files, and exports of whole libraries as Kodi writes them. All of it goes
/// in, or nothing. What was imported before and is the same changes nothing.
///
/// # Errors
/// Where a library cannot be read, the export of one is damaged, the store fails, or `cancelled` says so. Nothing was
/// imported then.
pub fn import(
    store: &Store,
    paths: &[PathBuf],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    run(store, &Libraries { paths, now: options.now }, options, &mut Watch { progress, cancelled })
}

impl Format for Libraries<'_> {
    fn source(&self) -> Source {
        Source::Nfo
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        for path in self.paths {
            let fault = |error| ImportError::File(path.clone(), error);
            let whole = std::fs::canonicalize(path).map_err(fault)?;
            let is_folder = std::fs::metadata(path).map_err(fault)?.is_dir();
            let folder = if is_folder { path.clone() } else { path.parent().map(Path::to_owned).unwrap_or_default() };
            let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
            let named = if is_folder { Some(whole.as_path()) } else { whole.parent() };
            let name = named.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
            let mut reading = Reading { intake, watch, library: folder, name, now: self.now, by_id: Vec::new() };
            if is_folder { reading.walk() } else { reading.file(path) }?;
            reading.finish()?;
        }
        Ok(())
    }
}

/// A library being read.
struct Reading<'a, 's, 'w> {
    intake: &'a mut Intake<'s>,
    watch: &'a mut Watch<'w>,
    library: PathBuf,
    name: String,
    now: Timestamp,
    /// Films of which nothing but ids is told, until it is known whether anything else tells of them.
    by_id: Vec<(PathBuf, MovieDraft)>,
}

/// What an NFO file holds.
enum Content {
    /// A film, and what stands behind it.
    Film(Box<Element>, String),
    /// Something else: its root.
    Other(Element),
    /// No XML.
    Text(String),
    /// The export of a library.
    Library,
}

impl Reading<'_, '_, '_> {
    fn walk(&mut self) -> Result<(), ImportError> {
        let mut walk = Walk::new(&self.library);
        while let Some(folder) = walk.next() {
            self.folder(&folder)?;
            let (done, total) = walk.progress();
            self.watch.tell(Phase::Reading, done, total)?;
            for (path, why) in walk.closed.drain(..) {
                self.intake.report.note(&path, 0, why);
            }
        }
        for (path, why) in walk.closed {
            if path == self.library {
                return Err(ImportError::Refused(path, why));
            }
            self.intake.report.note(&path, 0, why);
        }
        Ok(())
    }

    /// One file that was named.
    fn file(&mut self, path: &Path) -> Result<(), ImportError> {
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml")) {
            return self.export(path);
        }
        let folder = Folder::list(&self.library).map_err(|error| ImportError::File(self.library.clone(), error))?;
        let alone = folder.films().found.len() == 1;
        self.films(&folder, Nfo::new(path.to_owned()), None, alone)
    }

    fn folder(&mut self, folder: &Folder) -> Result<(), ImportError> {
        let films = folder.films();
        if let Some(passed) = films.passed {
            self.intake.report.read += 1;
            self.intake.skip(&passed.path, 0, 0, "its folder holds several films; movie.nfo is for a folder of one");
        }
        let alone = films.found.len() == 1;
        for (nfo, older) in films.found {
            self.films(folder, nfo, older, alone)?;
        }
        match folder.file("videodb.xml") {
            Some(export) => self.export(&export),
            None => Ok(()),
        }
    }

    /// An NFO file, or the older one about the same film where the newer tells nothing of it.
    fn films(&mut self, folder: &Folder, nfo: Nfo, older: Option<Nfo>, alone: bool) -> Result<(), ImportError> {
        self.intake.report.read += 1;
        let mut read = read(&nfo.path);
        let (mut nfo, mut passed) = (nfo, None);
        if let Some(older) = older {
            self.intake.report.read += 1;
            let newer_tells = matches!(read, Ok(Content::Film(..)));
            let other = if newer_tells { None } else { Some(self::read(&older.path)) };
            passed = Some(match other {
                Some(told @ Ok(Content::Film(..))) => {
                    read = told;
                    std::mem::replace(&mut nfo, older).path
                }
                _ => older.path,
            });
        }
        if let Some(passed) = passed {
            let taken = nfo.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.intake.skip(&passed, 0, 0, format!("{taken} is about the same film and was taken"));
        }
        let actors = folder.folder(".actors");
        let art = Art { folder, stem: &nfo.stem, alone, actors: actors.as_ref() };
        let id = self.path_id(&nfo.path);
        match read {
            Ok(Content::Film(movie, tail)) => {
                if tail.contains("<movie") {
                    self.intake.report.note(&nfo.path, 0, "it holds more than one film; the first was taken");
                }
                return self.film(&nfo.path, &movie, &tail, id, &art);
            }
            Ok(Content::Library) => {
                self.intake.report.read -= 1;
                return self.export(&nfo.path);
            }
            Ok(Content::Text(text)) => self.addresses(&nfo.path, &text, id, &art),
            Ok(Content::Other(root)) => {
                self.intake.skip(&nfo.path, root.line, 0, format!("it is about a {}, not a film", root.name));
            }
            Err(Wrong { line, why }) => self.intake.skip(&nfo.path, line, 0, why),
        }
        Ok(())
    }

    /// The id that the path of a file is.
    fn path_id(&self, path: &Path) -> Option<External> {
        let within = path.strip_prefix(&self.library).unwrap_or(path).to_string_lossy().into_owned();
        External::new(Source::Nfo, Entity::Movie, &format!("{}/{within}", self.name))
    }

    /// A film that nothing but addresses tells of.
    fn addresses(&mut self, path: &Path, text: &str, id: Option<External>, art: &Art) {
        let ids = text::ids(text);
        if ids.is_empty() {
            return self.intake.skip(path, 0, 0, "it holds neither a film nor the address of one at IMDb or TMDB");
        }
        let ids: Vec<External> = ids.into_iter().chain(id).collect();
        let draft = MovieDraft { ids, poster: art.poster(None), images: art.fanart(&[]), ..MovieDraft::default() };
        self.by_id.push((path.to_owned(), draft));
    }

    /// Takes the films of which only ids are told, now that all others were read.
    fn finish(&mut self) -> Result<(), ImportError> {
        for (path, draft) in std::mem::take(&mut self.by_id) {
            let why = format!("nothing but the id {} is told of it, and no movie here has that", draft.ids[0].id);
            if !self.intake.movie(draft)? {
                self.intake.skip(&path, 0, 0, why);
            }
        }
        Ok(())
    }

    /// Kodi's export of a whole library: its films are taken, its shows and music are not.
    fn export(&mut self, path: &Path) -> Result<(), ImportError> {
        let fault = |error| ImportError::File(path.to_owned(), error);
        let damaged =
            |wrong: Wrong| ImportError::Damaged { file: path.to_owned(), line: wrong.line, column: 1, why: wrong.why };
        let file = File::open(path).map_err(fault)?;
        let total = file.metadata().map_err(fault)?.len();
        let listed = Folder::list(path.parent().unwrap_or(Path::new(""))).unwrap_or_default();
        let (movies, actors) = (listed.folder("movies").unwrap_or_default(), listed.folder("actors"));
        let mut xml = Xml::new(BufReader::new(file));
        match xml.next_start().map_err(damaged)? {
            Some(root) if root.name == "videodb" => {}
            _ => {
                self.intake.report.read += 1;
                self.intake.skip(path, 1, 0, "it is no export of a library by Kodi");
                return Ok(());
            }
        }
        while let Some(start) = xml.next_start().map_err(damaged)? {
            if matches!(start.name.as_str(), "version" | "paths") {
                xml.pass().map_err(damaged)?;
                continue;
            }
            self.intake.report.read += 1;
            if start.name != "movie" {
                self.intake.skip(path, start.line, 0, format!("it is about a {}, not a film", start.name));
                xml.pass().map_err(damaged)?;
                continue;
            }
            let movie = xml.whole(start).map_err(damaged)?;
            let (film, place) = (Film::read(&movie), movie.text_of(&["filenameandpath"]));
            let year = film.released.map_or(String::new(), |day| format!("_{}", day.year()));
            let stem = format!("{}{year}", film.title).replace([' ', '/'], "_");
            let place = place.map_or_else(|| format!("{}/{stem}", self.name), str::to_owned);
            let id = External::new(Source::Nfo, Entity::Movie, &place);
            let art = Art { folder: &movies, stem: &stem, alone: false, actors: actors.as_ref() };
            self.film(path, &movie, "", id, &art)?;
            self.watch.tell(Phase::Reading, xml.position(), total)?;
        }
        Ok(())
    }

    fn film(
        &mut self,
        path: &Path,
        movie: &Element,
        tail: &str,
        id: Option<External>,
        art: &Art,
    ) -> Result<(), ImportError> {
        let mut film = Film::read(movie);
        film::join_ids(&mut film.ids, tail);
        film.ids.extend(id);
        for (line, why) in film.odd.drain(..) {
            self.intake.report.note(path, line, why);
        }
        if film.ids.is_empty() {
            self.intake.skip(path, movie.line, 0, "its path holds nothing that it could be known by");
            return Ok(());
        }
        let titled = !fold(&film.title).is_empty();
        if !titled {
            // Nobody comes with a film that may not come.
            film = Film { title: String::new(), actors: Vec::new(), directors: Vec::new(), ..film };
        }
        let (poster, images) = (art.poster(film.poster.as_deref()), art.fanart(&film.fanart));
        let (cast, directors) = self.people(&film, art)?;
        let known = self.intake.movie(MovieDraft {
            ids: film.ids,
            title: film.title,
            original_title: film.original_title,
            description: film.description,
            released: film.released,
            duration: film.duration,
            genres: film.genres,
            countries: film.countries,
            rating: film.rating,
            votes: film.votes,
            favorite: film.favorite.then_some(self.now),
            directors,
            poster,
            images,
            cast,
            ..MovieDraft::default()
        })?;
        if !known {
            self.intake.skip(path, movie.line, 0, "it has no title");
        }
        Ok(())
    }

    /// The cast and the directors of a film. Who directs and plays under one name is one person.
    fn people(&mut self, film: &Film, art: &Art) -> Result<(Vec<Part>, Vec<u32>), ImportError> {
        let mut named: HashMap<String, u32> = HashMap::new();
        let mut cast = Vec::with_capacity(film.actors.len());
        for actor in &film.actors {
            let photo = art.photo(&actor.name, actor.photo.as_deref());
            let Some((person, known_as)) = self.person(actor, photo)? else { continue };
            named.entry(fold(&actor.name)).or_insert(person);
            let archive = ["archive footage", "archive sound"].iter().any(|note| actor.part.contains(note));
            cast.push(Part { person, known_as, name: actor.part.clone(), archive, ..Part::default() });
        }
        let mut directors = Vec::with_capacity(film.directors.len());
        for name in &film.directors {
            if let Some(person) = named.get(&fold(name)) {
                directors.push(*person);
            } else if let Some((person, _)) = self.person(&Actor { name: name.clone(), ..Actor::default() }, None)? {
                directors.push(person);
            }
        }
        Ok((cast, directors))
    }

    /// The number of a person, and the name by which alone they are known.
    fn person(&mut self, actor: &Actor, photo: Option<Picture>) -> Result<Option<(u32, String)>, ImportError> {
        let (ids, known_as) = if actor.ids.is_empty() {
            let Some(id) = External::new(Source::Nfo, Entity::Person, &format!("~{}", actor.name)) else {
                return Ok(None);
            };
            let known_as = id.id[1..].to_owned();
            (vec![id], known_as)
        } else {
            (actor.ids.clone(), String::new())
        };
        let photos = photo.into_iter().collect();
        let draft = PersonDraft { ids, name: actor.name.clone(), photos, ..PersonDraft::default() };
        Ok(Some((self.intake.person(draft)?, known_as)))
    }
}

/// Reads an NFO file.
fn read(path: &Path) -> Result<Content, Wrong> {
    let whole = |why: String| Wrong { line: 0, why };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| whole(format!("it cannot be read: {error}")))?;
    let taken = file.take(NFO_MAX + 1).read_to_end(&mut bytes);
    taken.map_err(|error| whole(format!("it cannot be read: {error}")))?;
    if bytes.len() as u64 > NFO_MAX {
        return Err(whole(format!("it is larger than {} MiB, which no film's is", NFO_MAX >> 20)));
    }
    parse(&text::decode(&bytes))
}

fn parse(text: &str) -> Result<Content, Wrong> {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if body.is_empty() {
        return Err(Wrong { line: 0, why: "it is empty".to_owned() });
    }
    if !body.starts_with('<') {
        return Ok(Content::Text(text.to_owned()));
    }
    let above = text[..text.len() - body.len()].matches('\n').count() as u64;
    let lower = |wrong: Wrong| Wrong { line: wrong.line + above, ..wrong };
    let mut xml = Xml::new(body.as_bytes());
    let Some(root) = xml.next_start().map_err(lower)? else { return Ok(Content::Text(text.to_owned())) };
    match root.name.as_str() {
        "movie" | "recording" => {
            let movie = xml.whole(root).map_err(lower)?;
            Ok(Content::Film(Box::new(movie), body[xml.position() as usize..].to_owned()))
        }
        "videodb" => Ok(Content::Library),
        _ => Ok(Content::Other(root)),
    }
}

/// Reads bytes as an NFO file does and says whether they hold a film: what fuzzers call.
#[doc(hidden)]
#[must_use]
pub fn holds_film(bytes: &[u8]) -> bool {
    match parse(&text::decode(bytes)) {
        Ok(Content::Film(movie, tail)) => {
            let mut film = Film::read(&movie);
            film::join_ids(&mut film.ids, &tail);
            true
        }
        _ => false,
    }
}
