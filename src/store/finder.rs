//! The finder's index in the file: a table for each of its layers. A changed name is a row among the fresh ones,
//! written with its record; they are merged down later, by whoever finds too many of them.

use super::entry::{Entry, NameRow};
use super::error::{Result, StoreError};
use super::open::{Store, io_error};
use super::posting::IdSet;
use super::read::{Read, Tables};
use super::row::number;
use super::sorter::Sorted;
use super::tables::{COUNTERS, FRESH_NAMES, MAIN_NAMES, RECENT_NAMES, counter};
use crate::domain::Entity;
use crate::search::index::{self, Coming, FRESH, MAIN, Page, Pages, Ready, See};
use crate::search::{Name, Names, Trouble};
use redb::{AccessGuard, ReadableTable, ReadableTableMetadata, WriteTransaction};
use std::collections::BTreeSet;
use std::ops::{Bound, ControlFlow, Deref};
use std::path::Path;

type Bytes = &'static [u8];

/// The layers of the finder's index.
pub struct Shelf<T>([T; 3]);

/// A row held.
struct Held<'a>(AccessGuard<'a, Bytes>);

impl Deref for Held<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.value()
    }
}

impl<T: ReadableTable<Bytes, Bytes>> Shelf<T> {
    fn layer(&self, key: &[u8]) -> Option<&T> {
        self.0.get(usize::from(*key.first()?))
    }
}

impl<T: ReadableTable<Bytes, Bytes>> Pages for Shelf<T> {
    fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble> {
        let Some(table) = self.layer(key) else { return Ok(None) };
        Ok(table.get(key).map_err(StoreError::from)?.map(|row| Box::new(Held(row)) as Page<'_>))
    }

    fn last_to(&self, key: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble> {
        let Some(table) = self.layer(key) else { return Ok(None) };
        let Some(last) = table.range::<&[u8]>(..=key).map_err(StoreError::from)?.next_back() else { return Ok(None) };
        let (key, row) = last.map_err(StoreError::from)?;
        Ok(Some((key.value().to_vec(), Box::new(Held(row)))))
    }

    fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble> {
        let Some(table) = self.layer(key) else { return Ok(()) };
        for row in table.range::<&[u8]>(key..).map_err(StoreError::from)? {
            let (key, row) = row.map_err(StoreError::from)?;
            if visit(key.value(), row.value()).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Opens the layers.
pub(super) fn shelf<T: Tables>(txn: &T) -> Result<Shelf<impl ReadableTable<Bytes, Bytes> + use<'_, T>>> {
    Ok(Shelf([txn.table(FRESH_NAMES)?, txn.table(RECENT_NAMES)?, txn.table(MAIN_NAMES)?]))
}

/// What failed while the index was read or made; `folder` takes its temporary files.
pub(super) fn failed(folder: &Path, trouble: Trouble) -> StoreError {
    let trouble = match trouble.downcast::<StoreError>() {
        Ok(error) => return *error,
        Err(trouble) => trouble,
    };
    match trouble.downcast::<std::io::Error>() {
        Ok(error) => io_error(folder, *error),
        Err(other) => StoreError::Damaged { table: "names", key: "of the finder".to_owned(), why: other.to_string() },
    }
}

/// Enters a name, or notes that it is gone.
pub(super) fn change(txn: &WriteTransaction, entry: &Entry, comes: bool) -> Result<()> {
    let Some((entity, id)) = place(&entry.key) else { return Ok(()) };
    let name = NameRow::decode(&entry.value).filter(|_| comes).map(|row| name(id, row));
    let (key, row) = index::change(entity, id, name.as_ref());
    txn.open_table(FRESH_NAMES)?.insert(key.as_slice(), row.as_slice())?;
    Ok(())
}

fn place(key: &[u8]) -> Option<(Entity, u32)> {
    Some((Entity::from_code(*key.first()?)?, number(key, 1)))
}

fn name(id: u32, row: NameRow<'_>) -> Name<'_> {
    Name { id, weight: row.weight, year: row.year, texts: row.texts }
}

/// Names sorted by kind and id.
struct Sheaf<'l> {
    names: &'l Sorted,
    /// The weight of a person, where it is not the one in the row.
    weight: Option<&'l dyn Fn(u32) -> u32>,
}

/// Names of a load.
pub(super) struct Load<'l> {
    /// Rows of names by their keys.
    pub names: &'l Sorted,
    /// Movies and people among them.
    pub known: &'l [IdSet; 2],
    /// The weight of a person.
    pub weight: &'l dyn Fn(u32) -> u32,
}

/// The place of a kind in [`Load::known`].
pub(super) fn known_place(entity: Entity) -> usize {
    usize::from(entity == Entity::Person)
}

impl Names for Load<'_> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        Sheaf { names: self.names, weight: Some(self.weight) }.scan(entity, visit)
    }
}

impl Names for Sheaf<'_> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        let mut walk = self.names.walk()?;
        while let Some((key, value)) = walk.pair() {
            if let Some((kind, id)) = place(key)
                && kind == entity
                && let Some(row) = NameRow::decode(value)
            {
                let weight = self.weight.filter(|_| kind == Entity::Person).map_or(row.weight, |weight| weight(id));
                if visit(name(id, NameRow { weight, ..row })).is_break() {
                    break;
                }
            }
            walk.advance()?;
        }
        Ok(())
    }
}

impl Coming for Load<'_> {
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
pub(super) fn prepare<T: Read>(txn: &T, load: &Load, folder: &Path) -> Result<Ready> {
    let shelf = shelf(txn)?;
    let made = index::place(&shelf, load.count()).and_then(|layer| index::merge(&shelf, Some(load), layer, folder));
    made.map_err(|trouble| failed(folder, trouble))
}

/// Makes the index of these names alone.
///
/// # Errors
/// When the store fails, or the disk is full.
pub(super) fn rebuild(txn: &WriteTransaction, names: &Sorted, folder: &Path) -> Result<()> {
    let ready = index::prepare(MAIN, &Sheaf { names, weight: None }, BTreeSet::new(), folder);
    put(txn, &ready.map_err(|trouble| failed(folder, trouble))?, folder)
}

/// Writes a layer in the place of what it was made of.
///
/// # Errors
/// When the store fails, or the disk is full.
pub(super) fn put(txn: &WriteTransaction, ready: &Ready, folder: &Path) -> Result<()> {
    if ready.layer() == FRESH {
        let mut fresh = txn.open_table(FRESH_NAMES)?;
        let written = ready.each(&mut |key, row| {
            fresh.insert(key, row).map_err(StoreError::from)?;
            Ok(())
        });
        return written.map_err(|trouble| failed(folder, trouble));
    }
    txn.delete_table(FRESH_NAMES)?;
    txn.open_table(FRESH_NAMES)?;
    replace(txn, ready, folder)
}

/// Writes a layer below the fresh one.
fn replace(txn: &WriteTransaction, ready: &Ready, folder: &Path) -> Result<()> {
    txn.delete_table(RECENT_NAMES)?;
    txn.open_table(RECENT_NAMES)?;
    let definition = if ready.layer() == MAIN { MAIN_NAMES } else { RECENT_NAMES };
    txn.delete_table(definition)?;
    let mut table = txn.open_table(definition)?;
    let mut cursor = table.upper_bound_mut(Bound::<&[u8]>::Unbounded)?;
    let written = ready.each(&mut |key, row| {
        cursor.insert_before(key, row).map_err(StoreError::from)?;
        Ok(())
    });
    written.map_err(|trouble| failed(folder, trouble))?;
    cursor.close()?;
    let mut counters = txn.open_table(COUNTERS)?;
    let layers = counters.get(counter::LAYERS)?.map_or(0, |layers| layers.value());
    counters.insert(counter::LAYERS, layers + 1)?;
    Ok(())
}

/// Merges changed names into the index below them, if there are many. Others go on reading and writing meanwhile;
/// where another session does the same, or writes, it is left to them.
///
/// # Errors
/// When the store fails, or the disk is full.
pub fn tidy(store: &Store) -> Result<()> {
    plan(store)?.map_or(Ok(()), |plan| carry_out(store, &plan))
}

/// A merge made ready.
pub(super) struct Plan {
    ready: Ready,
    /// The layers it was made of: their number, and the fresh rows.
    layers: u64,
    merged: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Makes a merge ready, if one is due.
pub(super) fn plan(store: &Store) -> Result<Option<Plan>> {
    let txn = store.begin_read()?;
    if store.read_only() || txn.table(FRESH_NAMES)?.len()? <= index::CHANGES {
        return Ok(None);
    }
    let shelf = shelf(&txn)?;
    let made = index::place(&shelf, 0).and_then(|layer| index::merge(&shelf, None, layer, store.folder()));
    let ready = made.map_err(|trouble| failed(store.folder(), trouble))?;
    Ok(Some(Plan { ready, layers: txn.counter(counter::LAYERS)?, merged: fresh_rows(&txn)? }))
}

/// Writes a merge. Rows that came or changed meanwhile stay fresh.
pub(super) fn carry_out(store: &Store, plan: &Plan) -> Result<()> {
    let Some(writer) = store.try_begin_write()? else { return Ok(()) };
    if writer.read().counter(counter::LAYERS)? != plan.layers {
        return Ok(());
    }
    replace(writer.txn(), &plan.ready, store.folder())?;
    {
        let mut fresh = writer.txn().open_table(FRESH_NAMES)?;
        for (key, row) in &plan.merged {
            let same = fresh.get(key.as_slice())?.is_some_and(|now| now.value() == row);
            if same {
                fresh.remove(key.as_slice())?;
            }
        }
    }
    writer.commit_unseen()
}

fn fresh_rows(txn: &impl Tables) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let mut rows = Vec::new();
    for row in txn.table(FRESH_NAMES)?.iter()? {
        let (key, row) = row?;
        rows.push((key.value().to_vec(), row.value().to_vec()));
    }
    Ok(rows)
}

/// Shows every name of a kind, as its entry.
pub(super) fn names<T: Read>(
    txn: &T,
    entity: Entity,
    visit: &mut dyn FnMut(u32, NameRow) -> ControlFlow<()>,
) -> Result<()> {
    let shelf = shelf(txn)?;
    let layers = index::Layers::open(&shelf, MAIN);
    let shown = layers.and_then(|layers| {
        layers.scan(entity, &mut |name| {
            visit(name.id, NameRow { weight: name.weight, year: name.year, texts: name.texts })
        })
    });
    shown.map_err(|trouble| failed(Path::new("."), trouble))
}
