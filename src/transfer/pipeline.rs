//! The way every import goes: read, match, make records, write them in one transaction, report.

use super::assemble::{Assembler, look};
use super::error::ImportError;
use super::intake::{Intake, Matched, Watch};
use super::report::{Options, Phase, Report};
use crate::domain::{Entity, External, Favorite, Key, Record, ReviewId, Source};
use crate::store::journal::record_size;
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

    /// Whether that is what an id is of.
    fn numbers(&self, id: &External) -> bool {
        id.source == self.source()
    }

    /// What the journal calls the import.
    fn label(&self, options: &Options) -> String {
        format!("the import of {}", options.place)
    }

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
    let doubts = intake.match_titles(&|id| format.numbers(id))?;
    let Intake { movie_drafts, person_drafts, .. } = &mut intake;
    let movies = std::mem::replace(movie_drafts, crate::store::Spool::new(store)).wind()?;
    let person_drafts = std::mem::replace(person_drafts, crate::store::Spool::new(store)).wind()?;
    let stand_ins = intake.match_casts(&movies)?;
    let mut aside = intake.set_aside(doubts, format.source(), options, &movies, &person_drafts)?;
    let Matched { mut glance, films, people, report, settled } = intake.close();
    let bulk = Bulk::new(store, look!(glance))?;
    let account = match options.account {
        Some(id) => look!(glance).account(id)?.map(|_| id),
        None => None,
    };
    let mut assembler = Assembler {
        glance,
        bulk,
        report,
        people,
        now: options.now,
        genres: HashMap::new(),
        countries: HashMap::new(),
        overwrite: options.overwrite,
        files: BTreeSet::new(),
        kept: HashMap::new(),
        account,
        favorites: Vec::new(),
        stand_ins: stand_ins.of,
        film: 0,
    };
    aside.people.extend(stand_ins.idle);
    assembler.make_people(&person_drafts, &aside.people)?;
    drop(person_drafts);
    assembler.make_movies(&films, &movies, watch)?;
    drop(movies);
    let Assembler { mut glance, mut bulk, mut report, favorites, .. } = assembler;
    let mut besides: Vec<(Key, Option<Record>)> = Vec::new();
    if let Some(account) = account {
        let favorite = |(movie, added)| (Key::Favorite(account, movie), Some(Record::Favorite(Favorite { added })));
        besides.extend(favorites.into_iter().map(favorite));
    }
    for row in aside.rows {
        let id = ReviewId(bulk.claim(Entity::Review)?);
        besides.push((Key::Review(id), Some(Record::Review(Box::new(row)))));
    }
    if bulk.is_empty() && besides.is_empty() && settled.is_empty() {
        return Ok(report);
    }
    let mut more: usize = besides.iter().flat_map(|(_, record)| record).map(record_size).sum();
    for key in settled.into_iter().map(Key::Review) {
        more += look!(glance).record(key)?.as_ref().map_or(0, record_size);
        besides.push((key, None));
    }
    let trace = bulk.take_trace()?;
    report.for_good = !trace.fits(more);
    if options.dry_run {
        return Ok(report);
    }
    let load = bulk.sort(look!(glance))?.ok_or(ImportError::Moved)?;
    drop(glance);
    let phase = if report.for_good { Phase::WritingForGood } else { Phase::Writing };
    write(&load, besides, phase, watch, writer.map_or_else(|| store.begin_write(), Ok)?, |writer| {
        writer.journal_behind(trace, options.account, &format.label(options), options.now).map(drop)
    })?;
    Ok(report)
}

/// Writes a load, what comes `besides`, and what is said of it, in one transaction.
pub(super) fn write(
    load: &Load,
    besides: Vec<(Key, Option<Record>)>,
    phase: Phase,
    watch: &mut Watch,
    mut writer: Writer,
    behind: impl FnOnce(&mut Writer) -> Result<(), StoreError>,
) -> Result<(), ImportError> {
    let total = load.len() + besides.len() as u64;
    match load.write(&mut writer, &mut |done| watch.tell(phase, done, total).is_ok())? {
        Loaded::Whole => {}
        Loaded::Moved => return Err(ImportError::Moved),
        Loaded::Cancelled => return Err(ImportError::Cancelled),
    }
    for (done, (key, record)) in (load.len()..).zip(besides) {
        watch.tell(phase, done, total)?;
        writer.set(key, record)?;
    }
    behind(&mut writer)?;
    watch.tell(phase, total, total)?;
    writer.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests;
