//! Reading a catalogue from JSON Lines.

use super::take::Taker;
use super::{FORMAT, Line};
use crate::domain::Entity;
use crate::store::read::Read;
use crate::store::tables::counter;
use crate::store::{Bulk, Store};
use crate::transfer::ImportError;
use crate::transfer::input::Input;
use crate::transfer::intake::Watch;
use crate::transfer::pipeline::write;
use crate::transfer::report::{Phase, Progress};
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

/// A line takes at most so many bytes.
const LINE_MAX: u64 = 16 << 20;
/// Lines between two words on how far it is.
const PACE: u64 = 1 << 10;

/// Fills a catalogue in which nothing was ever kept with everything that a file of JSON Lines, plain or gzipped,
/// holds, and says how many records that was.
///
/// # Errors
/// Where a line is not as [`super::export`] writes it or names what is not there, the catalogue is not new, the store
/// fails, or `cancelled` says so. Nothing came in then.
pub fn import(
    store: &Store,
    file: &Path,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<u64, ImportError> {
    let mut watch = Watch { progress, cancelled };
    let txn = store.begin_read()?;
    for entity in Entity::ALL {
        if txn.counter(entity.code() + counter::NEXT)? > 1 || txn.count(*entity)? > 0 {
            let why = "a whole catalogue goes into a new one only; name one with --catalog that is not there yet";
            return Err(ImportError::Refused(file.to_owned(), why.to_owned()));
        }
    }
    let mut taker = Taker::new(Bulk::new(store, &txn)?);
    drop(txn);
    read(file, &mut taker, &mut watch)?;
    let Taker { bulk, later, records, .. } = taker;
    let load = bulk.sort(&store.begin_read()?)?.ok_or(ImportError::Moved)?;
    write(&load, Phase::Writing, &mut watch, store.begin_write()?, |writer| {
        later.into_iter().try_for_each(|(key, record)| writer.set(key, Some(record)))
    })?;
    Ok(records)
}

fn read(file: &Path, taker: &mut Taker, watch: &mut Watch) -> Result<(), ImportError> {
    let fault = |error| ImportError::File(file.to_owned(), error);
    let total = std::fs::metadata(file).map_err(fault)?.len();
    let mut lines = BufReader::new(Input::open(file)?);
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        if (&mut lines).take(LINE_MAX).read_until(b'\n', &mut bytes).map_err(fault)? == 0 {
            break;
        }
        if number % PACE == 0 {
            watch.tell(Phase::Reading, lines.get_ref().taken(), total)?;
        }
        let damaged = |column: usize, why: String| {
            let column = column.max(1) as u64;
            ImportError::Damaged { file: file.to_owned(), line: number, column, why }
        };
        if bytes.len() as u64 == LINE_MAX {
            return Err(damaged(1, "a line takes more than 16 MiB".to_owned()));
        }
        let line: Line = serde_json::from_slice(&bytes).map_err(|error| damaged(error.column(), error.to_string()))?;
        match (number, &line) {
            (1, Line::Cinedex { format: FORMAT }) => continue,
            (1, Line::Cinedex { .. }) => return Err(damaged(1, "a newer cinedex wrote it; update cinedex".to_owned())),
            (1, _) => return Err(damaged(1, "the first line of an exported catalogue says cinedex".to_owned())),
            _ => {}
        }
        taker.take(line)?.map_err(|why| damaged(1, why))?;
    }
    taker.finish()?.map_err(|why| ImportError::Refused(file.to_owned(), why))
}
