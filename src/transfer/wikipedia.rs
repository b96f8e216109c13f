//! The lists of American films that prust/wikipedia-movie-data gathers out of Wikipedia: JSON arrays of films with
//! title, year, cast, genres, article, extract and thumbnail.
//!
//! A film is told from others by its article, else by title and year. An article that films of far apart years name
//! is that of the first: the list links the wrong one of two films of one title. Casts are the names that stand in
//! the "starring" lists, with some debris.

mod names;
#[cfg(test)]
mod tests;

use super::draft::{MovieDraft, Part, PersonDraft, Picture};
use super::error::ImportError;
use super::input;
use super::intake::{Intake, Watch};
use super::json::{Element, Elements};
use super::pipeline::{Format, run};
use super::report::{Options, Phase, Progress, Report};
use crate::domain::{
    Entity, External, Field, Language, MovieKind, Origin, Origins, PartialDate, Source, canonical_genre, clean_line,
    clean_prose,
};
use crate::store::Store;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Records between two words on how far it is.
const PACE: u64 = 256;
/// A cast of more names is damage.
const CAST_MAX: usize = 5_000;

/// A film as the lists have it.
#[derive(Deserialize)]
struct Film {
    title: String,
    year: Option<i64>,
    #[serde(default)]
    cast: Option<Vec<String>>,
    #[serde(default)]
    genres: Option<Vec<String>>,
    href: Option<String>,
    extract: Option<String>,
    thumbnail: Option<String>,
    thumbnail_width: Option<u32>,
    thumbnail_height: Option<u32>,
}

struct Lists {
    files: Vec<PathBuf>,
}

/// Imports the lists that are at these paths: files, plain or gzipped, and folders of them. All of it goes in, or
/// nothing. What was imported before and is the same changes nothing.
///
/// # Errors
/// Where a file cannot be read or is damaged, the store fails, or `cancelled` says so. Nothing was imported then.
pub fn import(
    store: &Store,
    paths: &[PathBuf],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    let is_list = |name: &str| {
        Path::new(input::plain_name(name)).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
    };
    let files = input::files(paths, is_list, "*.json or *.json.gz")?;
    run(store, &Lists { files }, options, &mut Watch { progress, cancelled })
}

impl Format for Lists {
    fn source(&self) -> Source {
        Source::Wikipedia
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        let total = input::size(&self.files);
        let mut before = 0;
        for file in &self.files {
            before += read_list(file, intake, &mut |taken| watch.tell(Phase::Reading, before + taken, total))?;
        }
        watch.tell(Phase::Reading, total, total)
    }
}

fn read_list(
    file: &Path,
    intake: &mut Intake,
    tell: &mut dyn FnMut(u64) -> Result<(), ImportError>,
) -> Result<u64, ImportError> {
    let mut films = Elements::open(file)?;
    while let Some(element) = films.next::<Film>()? {
        if films.count().is_multiple_of(PACE) {
            tell(films.taken())?;
        }
        intake.report.read += 1;
        let why = match element {
            Element::Value(film) => match take(film, intake)? {
                Ok(()) => continue,
                Err(why) => why.to_owned(),
            },
            Element::Other(why) => why,
        };
        intake.skip(file, films.line(), films.count(), why);
    }
    Ok(films.taken())
}

/// Takes a film, or says why not.
fn take(film: Film, intake: &mut Intake) -> Result<Result<(), &'static str>, ImportError> {
    let title = clean_line(&film.title);
    if title.is_empty() {
        return Ok(Err("it has no title"));
    }
    if title.contains('{') {
        return Ok(Err("its title holds a pasted style sheet"));
    }
    let year = film.year.and_then(|year| u16::try_from(year).ok());
    let released = year.and_then(|year| PartialDate::new(year, None, None));
    if film.year.is_some() && released.is_none() {
        return Ok(Err("its year is none"));
    }
    let names = names::clean(&film.cast.unwrap_or_default());
    if names.len() > CAST_MAX {
        return Ok(Err("its cast has more than 5000 names"));
    }
    let article = film.href.as_deref().and_then(|href| External::new(Source::Wikipedia, Entity::Movie, href));
    let titled = format!("~{title} {}", year.map_or(String::new(), |year| year.to_string()));
    let Some(titled) = External::new(Source::Wikipedia, Entity::Movie, &titled) else {
        return Ok(Err("its title has neither letters nor digits"));
    };
    let mut cast = Vec::with_capacity(names.len());
    for name in names {
        if let Some(id) = External::new(Source::Wikipedia, Entity::Person, &format!("~{name}")) {
            let known_as = id.id[1..].to_owned();
            let person = intake.person(PersonDraft::named(id, &name))?;
            cast.push(Part { person, known_as, ..Part::default() });
        }
    }
    let genres: Vec<String> =
        film.genres.unwrap_or_default().iter().filter_map(|genre| canonical_genre(genre)).collect();
    let short = genres.iter().any(|genre| genre == "Short");
    let (id, fallback) = match article {
        Some(article) => (article, Some(titled)),
        None => (titled, None),
    };
    let picture = |url| Picture::Address { url, width: film.thumbnail_width, height: film.thumbnail_height };
    intake.movie(MovieDraft {
        ids: vec![id],
        fallback,
        title,
        language: Language::new("en"),
        kind: short.then_some(MovieKind::Short),
        description: film.extract.map(|text| clean_prose(&text)).filter(|text| !text.is_empty()),
        released,
        countries: vec!["US".to_owned()],
        genres,
        poster: film.thumbnail.map(picture),
        cast,
        origins: [Field::Language, Field::Kind, Field::Countries]
            .into_iter()
            .fold(Origins::default(), |origins, field| origins.with(field, Origin::Derived)),
        ..MovieDraft::default()
    })?;
    Ok(Ok(()))
}
