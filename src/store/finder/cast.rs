//! Names of characters. Many characters share one: the index has each once, known by its text, with the best-known
//! movie that has one, and the list of who bears it is another table's.

use super::{COUNTERS, failed, moved, replace};
use crate::domain::Entity;
use crate::search::index::{self, CAST, Ready};
use crate::search::{Name, Names, Trouble};
use crate::store::error::Result;
use crate::store::read::{Read, Tables};
use crate::store::row::number;
use crate::store::tables::{FRESH_NAMES, NAMESAKES, POPULARITY_ORDER, counter};
use redb::{ReadableTable, ReadableTableMetadata, WriteTransaction};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

/// So few names are indexed in the transaction that brings them.
const AT_ONCE: u64 = 20_000;

/// Notes that so many characters bear a name that none did, or none any more.
pub(in crate::store) fn change_character(txn: &WriteTransaction, name: &[u8], bearers: u32) -> Result<()> {
    let Ok(texts) = std::str::from_utf8(name) else { return Ok(()) };
    let name = Name { id: 0, weight: bearers, year: 0, texts };
    let (key, row) = index::change(Entity::Character, &name, bearers == 0);
    txn.open_table(FRESH_NAMES)?.insert(key.as_slice(), row.as_slice())?;
    Ok(())
}

/// Makes the index anew now, or lets it wait for [`super::tidy`] where there are many names.
pub(super) fn renew_cast(txn: &WriteTransaction, folder: &Path) -> Result<()> {
    if txn.table(NAMESAKES)?.len()? <= AT_ONCE {
        return rebuild_cast(txn, folder);
    }
    moved(txn, false)?;
    txn.open_table(COUNTERS)?.insert(counter::CAST_DUE, 1)?;
    Ok(())
}

/// Makes the index anew.
pub(in crate::store) fn rebuild_cast(txn: &WriteTransaction, folder: &Path) -> Result<()> {
    let ready = prepare_cast(txn, folder)?;
    replace(txn, &ready, folder)
}

/// All rows of the index.
pub(super) fn prepare_cast(txn: &impl Read, folder: &Path) -> Result<Ready> {
    let borne = Borne { txn, votes: votes(txn)? };
    index::prepare(CAST, &borne, BTreeSet::new(), folder).map_err(|trouble| failed(folder, trouble))
}

/// More movies than these have no votes here: what is damaged cannot ask for memory without end.
const VOTES_MAX: u64 = 1 << 27;

/// The votes of every movie, by its id.
fn votes(txn: &impl Read) -> Result<Vec<u32>> {
    let next = txn.counter(Entity::Movie.code() + counter::NEXT)?;
    let mut votes = vec![0; next.min(VOTES_MAX) as usize];
    for row in txn.table(POPULARITY_ORDER)?.iter()? {
        let (key, _) = row?;
        if let Some(movie) = votes.get_mut(number(key.value(), 8) as usize) {
            *movie = number(key.value(), 0);
        }
    }
    Ok(votes)
}

/// Every name that a character bears.
struct Borne<'t, T> {
    txn: &'t T,
    votes: Vec<u32>,
}

impl<T: Read> Borne<'_, T> {
    /// Shows each name with how many bear it and the movie of one of them that has the most votes.
    fn each(&self, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<()> {
        let bearers = self.txn.bearers()?;
        bearers.rows_from(&[], &mut |name, row| {
            let (mut count, mut best) = (0, None);
            let _ = bearers.visit_row(name, row, &mut |one| {
                count += 1;
                let votes = self.votes.get(one.movie.0 as usize).copied().unwrap_or(0);
                if best.is_none_or(|(most, _)| votes > most) {
                    best = Some((votes, one.movie));
                }
                ControlFlow::Continue(())
            })?;
            let shown = std::str::from_utf8(name)
                .ok()
                .zip(best)
                .map(|(texts, (_, movie))| visit(Name { id: movie.0, weight: count, year: 0, texts }));
            Ok(shown.unwrap_or(ControlFlow::Continue(())))
        })
    }
}

impl<T: Read> Names for Borne<'_, T> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        if entity == Entity::Character {
            self.each(visit)?;
        }
        Ok(())
    }
}
