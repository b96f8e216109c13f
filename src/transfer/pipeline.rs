//! The way every import goes: read, match, make records, write them in one transaction, report.

use super::assemble::{Assembler, look};
use super::error::ImportError;
use super::intake::{Intake, Watch};
use super::report::{Options, Phase, Report};
use crate::domain::{Favorite, Key, Record, Source};
use crate::store::read::Read;
use crate::store::{Bulk, Load, Loaded, Store, StoreError, Writer};
use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

/// How often an import begins anew because the catalogue changed under it. Then it keeps others from writing.
const PATIENCE: u32 = 3;

/// A format that can be read.
pub(super) trait Format {
    /// The database its ids come from.
    fn source(&self) -> Source;

    /// Reads all of it.
    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError>;
}

/// Imports what a format reads: all of it, or nothing.
pub(super) fn run(
    store: &Store,
    format: &impl Format,
    options: &Options,
    watch: &mut Watch,
) -> Result<Report, ImportError> {
    let start = Instant::now();
    let mut patience = PATIENCE;
    loop {
        let writer = if patience == 0 && !options.dry_run { Some(store.begin_write()?) } else { None };
        match run_once(store, format, options, watch, writer) {
            Err(ImportError::Moved) if patience > 0 => patience -= 1,
            Ok(report) => return Ok(Report { took: start.elapsed(), ..report }),
            Err(error) => return Err(error),
        }
    }
}

fn run_once<'s>(
    store: &'s Store,
    format: &impl Format,
    options: &Options,
    watch: &mut Watch,
    writer: Option<Writer<'s>>,
) -> Result<Report, ImportError> {
    let mut intake = Intake::new(store, options)?;
    format.read(&mut intake, watch)?;
    intake.match_titles(format.source())?;
    let Intake { movie_drafts, person_drafts, .. } = &mut intake;
    let movies = std::mem::replace(movie_drafts, crate::store::Spool::new(store)).wind();
    let people = std::mem::replace(person_drafts, crate::store::Spool::new(store)).wind();
    intake.match_casts(&movies)?;
    let Intake { mut glance, films, people: known, report, .. } = intake;
    let bulk = Bulk::new(store, look!(glance))?;
    let account = match options.account {
        Some(id) => look!(glance).account(id)?.map(|_| id),
        None => None,
    };
    let mut assembler = Assembler {
        glance,
        bulk,
        report,
        people: Vec::with_capacity(known.len()),
        now: options.now,
        genres: HashMap::new(),
        countries: HashMap::new(),
        overwrite: options.overwrite,
        files: BTreeSet::new(),
        kept: HashMap::new(),
        account,
        favorites: Vec::new(),
    };
    assembler.make_people(&known, &people)?;
    drop(people);
    assembler.make_movies(&films, &movies, watch)?;
    drop(movies);
    let Assembler { mut glance, bulk, report, favorites, .. } = assembler;
    if (bulk.is_empty() && favorites.is_empty()) || options.dry_run {
        return Ok(report);
    }
    let load = bulk.sort(look!(glance))?.ok_or(ImportError::Moved)?;
    drop(glance);
    write(&load, watch, writer.map_or_else(|| store.begin_write(), Ok)?, |writer| {
        let Some(account) = account else { return Ok(()) };
        favorites.iter().try_for_each(|(movie, added)| {
            writer.set(Key::Favorite(account, *movie), Some(Record::Favorite(Favorite { added: *added })))
        })
    })?;
    Ok(report)
}

/// Writes a load, and what comes `besides`, in one transaction.
pub(super) fn write(
    load: &Load,
    watch: &mut Watch,
    mut writer: Writer,
    besides: impl FnOnce(&mut Writer) -> Result<(), StoreError>,
) -> Result<(), ImportError> {
    let total = load.len();
    match load.write(&mut writer, &mut |done| watch.tell(Phase::Writing, done, total).is_ok())? {
        Loaded::Whole => {}
        Loaded::Moved => return Err(ImportError::Moved),
        Loaded::Cancelled => return Err(ImportError::Cancelled),
    }
    besides(&mut writer)?;
    watch.tell(Phase::Writing, total, total)?;
    writer.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests;
