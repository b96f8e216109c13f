//! Names of characters. Many characters share one: the index has each once, known by its text, with the best-known
//! movie that has one, and the list of who bears it is another table's.

use super::{COUNTERS, failed, moved, replace};
use crate::domain::{Entity, MovieId};
use crate::search::index::{self, CAST, Ready};
use crate::search::{Name, Names, Trouble};
use crate::store::credit::{self, Credit};
use crate::store::error::{Result, StoreError};
use crate::store::namesake;
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

/// How many characters bear a name.
pub(super) fn bearers(txn: &impl Tables, name: &[u8]) -> Result<u32> {
    let (first, last) = (namesake::row_key(name, 0), namesake::row_key(name, u32::MAX));
    let mut bearers = 0;
    for row in txn.table(NAMESAKES)?.range::<&[u8]>(first.as_slice()..=last.as_slice())? {
        bearers += credit::count(row?.1.value());
    }
    Ok(bearers)
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

/// Who bears one name: how many, and the movie of one of them that has the most votes.
#[derive(Default)]
struct Bearers {
    name: Vec<u8>,
    count: u32,
    best: Option<(u32, MovieId)>,
}

impl Bearers {
    fn of(name: &[u8]) -> Self {
        Self { name: name.to_vec(), ..Self::default() }
    }

    fn join(&mut self, characters: &[Credit], votes: &[u32]) {
        self.count += characters.len() as u32;
        for movie in characters.iter().map(|one| one.movie) {
            let votes = votes.get(movie.0 as usize).copied().unwrap_or(0);
            if self.best.is_none_or(|(most, _)| votes > most) {
                self.best = Some((votes, movie));
            }
        }
    }

    fn name(&self) -> Option<Name<'_>> {
        let texts = std::str::from_utf8(&self.name).ok()?;
        let (_, movie) = self.best?;
        Some(Name { id: movie.0, weight: self.count, year: 0, texts })
    }
}

impl<T: Tables> Names for Borne<'_, T> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        if entity != Entity::Character {
            return Ok(());
        }
        let mut last = Bearers::default();
        for row in self.txn.table(NAMESAKES)?.iter().map_err(StoreError::from)? {
            let (key, bytes) = row.map_err(StoreError::from)?;
            let name = namesake::row_name(key.value());
            if name != last.name {
                if last.name().is_some_and(|name| visit(name).is_break()) {
                    return Ok(());
                }
                last = Bearers::of(name);
            }
            last.join(&namesake::decode(bytes.value()).unwrap_or_default(), &self.votes);
        }
        let _ = last.name().map(visit);
        Ok(())
    }
}
