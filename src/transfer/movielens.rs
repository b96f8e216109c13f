//! The data sets of MovieLens: `movies.csv`, and `links.csv` with the ids that its films have elsewhere.
//!
//! Ratings and tags are those of MovieLens's users; they are counted and have no place here.

#[cfg(test)]
mod tests;
mod titles;

use super::bundle::Bundle;
use super::draft::MovieDraft;
use super::error::ImportError;
use super::intake::{Intake, Watch};
use super::pipeline::{Format, run};
use super::report::{Options, Phase, Progress, Report};
use super::table::Meter;
use crate::domain::{Entity, External, PartialDate, Source, canonical_genre, clean_line};
use crate::store::Store;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use titles::Titles;

/// More films than any data set has.
const LINKS_MAX: usize = 4_000_000;
const FILMS: &str = "movies.csv";
const LINKS: &str = "links.csv";
/// What is only counted, and what it is called.
const COUNTED: [(&str, &str); 4] = [
    ("ratings.csv", "ratings of MovieLens's users"),
    ("tags.csv", "tags of MovieLens's users"),
    ("genome-scores.csv", "scores of tags"),
    ("genome-tags.csv", "names of tags"),
];

/// The ids at IMDb and at TMDB by the id at MovieLens, none where it is none.
type Links = HashMap<u32, [Option<u32>; 2]>;

struct DataSet {
    path: PathBuf,
}

/// Imports a data set: the folder that its files are in, or the zip archive it is handed out as. All of it goes in,
/// or nothing. What was imported before and is the same changes nothing.
///
/// # Errors
/// Where a file cannot be read or is damaged, the store fails, or `cancelled` says so. Nothing was imported then.
pub fn import(
    store: &Store,
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    run(store, &DataSet { path: path.to_owned() }, options, &mut Watch { progress, cancelled })
}

impl Format for DataSet {
    fn source(&self) -> Source {
        Source::Movielens
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        let mut bundle = Bundle::open(&self.path, &[])?;
        bundle.tell_astray(intake);
        if !bundle.has(FILMS) {
            return Err(ImportError::Nothing(self.path.clone(), FILMS));
        }
        let files = COUNTED.iter().map(|(name, _)| *name).chain([FILMS, LINKS]);
        let total = files.map(|name| bundle.size(name)).sum();
        let mut meter = Meter::new(watch, total);
        let links = read_links(&mut bundle, intake, &mut meter)?;
        read_films(&mut bundle, &links, intake, &mut meter)?;
        for (name, what) in COUNTED {
            let Some(mut table) = bundle.table(name)? else { continue };
            intake.report.leave(what, table.count_rows(&mut meter)?);
        }
        watch.tell(Phase::Reading, total, total)
    }
}

fn read_links(bundle: &mut Bundle, intake: &mut Intake, meter: &mut Meter) -> Result<Links, ImportError> {
    let mut links = Links::new();
    let called = bundle.called(LINKS);
    let Some(mut table) = bundle.table(LINKS)? else { return Ok(links) };
    let (id, imdb, tmdb) = (table.need("movieId")?, table.column("imdbId"), table.column("tmdbId"));
    table.each(intake, meter, &mut |cells, _| {
        if links.len() == LINKS_MAX {
            let why = format!("holds more than {LINKS_MAX} films: no data set of MovieLens does");
            return Err(ImportError::Refused(called.clone(), why));
        }
        let number = |column| cells.get(column).parse().ok();
        let Some(id) = number(id) else { return Ok(Err("its movieId is no number".to_owned())) };
        links.insert(id, [number(imdb), number(tmdb)]);
        Ok(Ok(()))
    })?;
    Ok(links)
}

fn read_films(bundle: &mut Bundle, links: &Links, intake: &mut Intake, meter: &mut Meter) -> Result<(), ImportError> {
    let Some(mut table) = bundle.table(FILMS)? else { return Ok(()) };
    let columns = [table.need("movieId")?, table.need("title")?, table.column("genres")];
    table.each(intake, meter, &mut |cells, intake| match film(columns.map(|column| cells.get(column)), links) {
        Ok(draft) => {
            intake.report.read += 1;
            intake.movie(draft).map(|_| Ok(()))
        }
        Err(why) => Ok(Err(why.to_owned())),
    })
}

fn film([id, title, genres]: [&str; 3], links: &Links) -> Result<MovieDraft, &'static str> {
    let here = External::new(Source::Movielens, Entity::Movie, id).ok_or("its movieId is none")?;
    let Titles { title, others, year } = Titles::read(&clean_line(title));
    if title.is_empty() {
        return Err("it has no title");
    }
    let [imdb, tmdb] = id.parse().ok().and_then(|id: u32| links.get(&id)).copied().unwrap_or_default();
    let elsewhere = [(Source::Imdb, imdb), (Source::Tmdb, tmdb)];
    let elsewhere =
        elsewhere.into_iter().filter_map(|(source, id)| External::new(source, Entity::Movie, &id?.to_string()));
    let genres: Vec<String> = genres.split('|').filter_map(canonical_genre).collect();
    Ok(MovieDraft {
        ids: std::iter::once(here).chain(elsewhere).collect(),
        title,
        alternative_titles: others,
        released: year.and_then(|year| PartialDate::new(year, None, None)),
        genres,
        ..MovieDraft::default()
    })
}
