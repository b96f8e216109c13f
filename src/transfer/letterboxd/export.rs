//! The favorites of an account as the table that Letterboxd takes films from.

use crate::catalog::favorites_of;
use crate::domain::{AccountId, Movie, PartialDate, Source};
use crate::store::Store;
use crate::store::read::Read;
use crate::transfer::ImportError;
use std::path::Path;

/// Letterboxd takes tables of at most 1 MB.
const PART_MAX: usize = 1_000_000;
const COLUMNS: [&str; 5] = ["tmdbID", "imdbID", "Title", "Year", "Directors"];

/// Gives out the favorites of an account in the order they were added, each table with as many of them as Letterboxd
/// takes at once, and says how many that was.
///
/// # Errors
/// Where the store fails, or `part` does.
pub fn export(
    store: &Store,
    account: AccountId,
    part: &mut dyn FnMut(&[u8]) -> Result<(), ImportError>,
) -> Result<u64, ImportError> {
    tables(store, account, PART_MAX, part)
}

/// Tables of at most so many bytes.
pub(super) fn tables(
    store: &Store,
    account: AccountId,
    most: usize,
    part: &mut dyn FnMut(&[u8]) -> Result<(), ImportError>,
) -> Result<u64, ImportError> {
    let txn = store.begin_read()?;
    let header = row(&COLUMNS)?;
    let (mut table, mut rows) = (header.clone(), 0);
    for movie in favorites_of(&txn, account)? {
        let Some(movie) = txn.movie(movie)? else { continue };
        let row = movie_row(&txn, &movie)?;
        if table.len() + row.len() > most && table.len() > header.len() {
            part(&table)?;
            table.clone_from(&header);
        }
        table.extend(row);
        rows += 1;
    }
    part(&table)?;
    Ok(rows)
}

fn movie_row(txn: &impl Read, movie: &Movie) -> Result<Vec<u8>, ImportError> {
    let id = |source| movie.external.iter().find(|id| id.source == source).map_or("", |id| id.id.as_str());
    let mut directors = Vec::new();
    for director in &movie.directors {
        directors.extend(txn.person(*director)?.map(|person| person.name()));
    }
    let year = movie.released.map(PartialDate::year).map_or_else(String::new, |year| year.to_string());
    row(&[id(Source::Tmdb), id(Source::Imdb), &movie.title, &year, &directors.join(", ")])
}

fn row(cells: &[&str]) -> Result<Vec<u8>, ImportError> {
    let fault = |error: csv::Error| ImportError::File(Path::new("the table").to_owned(), error.into());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(fault)?;
    Ok(writer.into_inner().expect("a vector takes every byte"))
}
