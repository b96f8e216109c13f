//! Reading a catalogue from JSON Lines: into a new one exactly as it was, into any other as from anywhere else.

use super::drafts::Archive;
use super::lines::{Flaw, Lines};
use super::take::Taker;
use crate::domain::Entity;
use crate::store::read::Read;
use crate::store::tables::counter;
use crate::store::{Bulk, Store};
use crate::transfer::ImportError;
use crate::transfer::intake::Watch;
use crate::transfer::pipeline::{run, write};
use crate::transfer::report::{Options, Phase, Progress, Report};
use std::path::Path;
use std::time::Instant;

/// Takes in what a file of JSON Lines, plain or gzipped, holds. A catalogue in which nothing was ever kept is then the
/// one that was exported. Any other gets its films and people, as from every other source.
///
/// # Errors
/// Where the file is damaged; for a new catalogue, where any line is not as [`super::export`] writes it or names what
/// is not there; where the store fails, or `cancelled` says so. Nothing came in then.
pub fn import(
    store: &Store,
    file: &Path,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    let mut watch = Watch { progress, cancelled };
    if is_new(&store.begin_read()?)? {
        return restore(store, file, options, &mut watch);
    }
    run(store, &Archive::open(store, file, options)?, options, &mut watch)
}

/// Whether nothing was ever kept.
fn is_new(txn: &impl Read) -> Result<bool, ImportError> {
    for entity in Entity::ALL {
        if txn.counter(entity.code() + counter::NEXT)? > 1 || txn.count(*entity)? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

fn restore(store: &Store, file: &Path, options: &Options, watch: &mut Watch) -> Result<Report, ImportError> {
    let start = Instant::now();
    let mut taker = Taker::new(Bulk::new(store, &store.begin_read()?)?);
    let mut lines = Lines::open(file)?;
    while let Some(line) = lines.next()? {
        lines.tell(watch)?;
        let line = line.map_err(|flaw| lines.damaged(flaw))?;
        taker.take(line)?.map_err(|why| lines.damaged(Flaw { column: 1, why }))?;
    }
    taker.finish()?.map_err(|why| ImportError::Refused(file.to_owned(), why))?;
    let Taker { bulk, later, report, .. } = taker;
    if !options.dry_run {
        let load = bulk.sort(&store.begin_read()?)?.ok_or(ImportError::Moved)?;
        let later = later.into_iter().map(|(key, record)| (key, Some(record))).collect();
        write(&load, later, Phase::Writing, watch, store.begin_write()?, |_| Ok(()))?;
    }
    Ok(Report { dry_run: options.dry_run, took: start.elapsed(), ..report })
}
