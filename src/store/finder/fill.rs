//! Names that come all at once.

use super::cast::{change_character, renew_cast};
use super::{empty, failed, name, place, replace, shelf};
use crate::domain::Entity;
use crate::search::index::{self, Coming, FRESH, MAIN, Ready};
use crate::search::{Name, Names, Trouble};
use crate::sorter::Sorted;
use crate::store::entry::{NameRow, weight};
use crate::store::error::{Result, StoreError};
use crate::store::posting::IdSet;
use crate::store::read::Read;
use crate::store::tables::FRESH_NAMES;
use redb::WriteTransaction;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

/// Names of characters that a load brings or takes away, as long as they are few.
#[derive(Default)]
pub(in crate::store) struct Few(BTreeSet<Vec<u8>>);

impl Few {
    /// Takes one. Beyond some, more make no difference.
    pub fn add(&mut self, name: &[u8]) {
        if self.names().is_some() && !self.0.contains(name) {
            self.0.insert(name.to_vec());
        }
    }

    /// The names; none where they are many.
    fn names(&self) -> Option<&BTreeSet<Vec<u8>>> {
        Some(&self.0).filter(|names| names.len() as u64 <= index::CHANGES)
    }
}

/// Names sorted by kind and id.
struct Sheaf<'l> {
    names: &'l Sorted,
    /// The weights of people, where they are not those in the rows.
    weights: Option<&'l Weights>,
}

/// Final weights of people.
pub(in crate::store) struct Weights {
    /// The first person who comes along, and the credits of each, by their place among them.
    pub first: u32,
    pub coming: Vec<u32>,
    /// Credits of those who are there.
    pub there: BTreeMap<u32, u32>,
}

impl Weights {
    fn of(&self, person: u32) -> u32 {
        weight(match person.checked_sub(self.first) {
            Some(place) => self.coming.get(place as usize).copied().unwrap_or(0),
            None => self.there.get(&person).copied().unwrap_or(0),
        })
    }
}

/// Names of a load.
pub(in crate::store) struct Load {
    /// Rows of names by their keys.
    pub names: Sorted,
    /// Movies and people among them.
    pub known: [IdSet; 2],
    pub weights: Weights,
}

/// The place of a kind in [`Load::known`].
pub(in crate::store) fn known_place(entity: Entity) -> usize {
    usize::from(entity == Entity::Person)
}

impl Names for Load {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        Sheaf { names: &self.names, weights: Some(&self.weights) }.scan(entity, visit)
    }
}

impl Names for Sheaf<'_> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        let mut walk = self.names.walk()?;
        while let Some((key, value)) = walk.pair() {
            if key[0] > entity.code() {
                break;
            }
            if let Some((kind, id)) = place(key)
                && kind == entity
                && let Some(row) = NameRow::decode(value)
            {
                let weights = self.weights.filter(|_| kind == Entity::Person);
                let weight = weights.map_or(row.weight, |weights| weights.of(id));
                if visit(name(id, NameRow { weight, ..row })).is_break() {
                    break;
                }
            }
            walk.advance()?;
        }
        Ok(())
    }
}

impl Coming for Load {
    fn knows(&self, entity: Entity, id: u32) -> bool {
        self.known[known_place(entity)].contains(id)
    }

    fn count(&self) -> u64 {
        self.known.iter().map(IdSet::len).sum()
    }
}

/// The layer that a load makes anew.
///
/// # Errors
/// When the store fails, or the disk is full.
pub(in crate::store) fn prepare<T: Read>(txn: &T, load: &Load, folder: &Path) -> Result<Ready> {
    let shelf = shelf(txn)?;
    let made = index::place(&shelf, load.count()).and_then(|layer| index::merge(&shelf, Some(load), layer, folder));
    made.map_err(|trouble| failed(folder, trouble))
}

/// Makes the index of these names alone.
///
/// # Errors
/// When the store fails, or the disk is full.
pub(in crate::store) fn rebuild(txn: &WriteTransaction, names: &Sorted, folder: &Path) -> Result<()> {
    let ready = index::prepare(MAIN, &Sheaf { names, weights: None }, BTreeSet::new(), folder);
    empty(txn, FRESH_NAMES)?;
    replace(txn, &ready.map_err(|trouble| failed(folder, trouble))?, folder)
}

/// Writes the layer of a load in the place of what it was made of, and what becomes of names of characters.
///
/// # Errors
/// When the store fails, or the disk is full.
pub(in crate::store) fn put(txn: &WriteTransaction, ready: &Ready, cast: &Few, folder: &Path) -> Result<()> {
    if ready.layer() == FRESH {
        let mut fresh = txn.open_table(FRESH_NAMES)?;
        let written = ready.each(&mut |key, row| {
            fresh.insert(key, row).map_err(StoreError::from)?;
            Ok(())
        });
        written.map_err(|trouble| failed(folder, trouble))?;
    } else {
        empty(txn, FRESH_NAMES)?;
        replace(txn, ready, folder)?;
    }
    match cast.names() {
        Some(few) if ready.layer() != MAIN => {
            let bearers = txn.bearers()?;
            few.iter().try_for_each(|name| change_character(txn, name, bearers.count(&name.as_slice())?))
        }
        _ => renew_cast(txn, folder),
    }
}
