//! The finder's index in the file: a table for each of its layers. A changed name is a row among the fresh ones,
//! written with its record; they are merged down later, by whoever finds too many of them.

mod cast;
mod fill;
mod tidy;

pub(super) use cast::{change_character, rebuild_cast};
pub(super) use fill::{Few, Load, Weights, known_place, prepare, put, rebuild};
pub use tidy::tidy;
#[cfg(test)]
pub(super) use tidy::{carry_out, plan};

use super::check::Faults;
use super::entry::{Entry, NameRow};
use super::error::{Result, StoreError};
use super::open::io_error;
use super::read::{Read, Tables};
use super::row::number;
use super::tables::{CAST_NAMES, COUNTERS, FRESH_NAMES, MAIN_NAMES, RECENT_NAMES, counter};
use crate::domain::Entity;
use crate::search::index::{self, CAST, MAIN, Page, Pages, RECENT, Ready, See};
use crate::search::{Name, Names, Trouble};
use crate::sorter::SortError;
use redb::{AccessGuard, ReadableTable, TableDefinition, WriteTransaction};
use std::ops::{Bound, ControlFlow, Deref};
use std::path::Path;

type Bytes = &'static [u8];

/// The layers of the finder's index.
pub struct Shelf<'t, X, T> {
    txn: &'t X,
    tables: [T; 4],
}

/// The tables of the layers.
const LAYERS: [TableDefinition<Bytes, Bytes>; 4] = [FRESH_NAMES, RECENT_NAMES, MAIN_NAMES, CAST_NAMES];

/// A row held.
struct Held<'a>(AccessGuard<'a, Bytes>);

impl Deref for Held<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.value()
    }
}

impl<X, T: ReadableTable<Bytes, Bytes>> Shelf<'_, X, T> {
    fn layer(&self, key: &[u8]) -> Option<&T> {
        self.tables.get(usize::from(*key.first()?))
    }
}

impl<X: Tables, T: ReadableTable<Bytes, Bytes>> Pages for Shelf<'_, X, T> {
    fn ahead(&self, keys: &[Vec<u8>]) {
        for keys in keys.chunk_by(|a, b| a.first() == b.first()) {
            let layer = keys[0].first().and_then(|layer| LAYERS.get(usize::from(*layer)));
            let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
            if let Some(layer) = layer {
                self.txn.ahead(*layer, &keys);
            }
        }
    }

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
pub(super) fn shelf<T: Tables>(txn: &T) -> Result<Shelf<'_, T, impl ReadableTable<Bytes, Bytes> + use<'_, T>>> {
    let [fresh, recent, main, cast] = LAYERS;
    Ok(Shelf { txn, tables: [txn.table(fresh)?, txn.table(recent)?, txn.table(main)?, txn.table(cast)?] })
}

/// What failed while the index was read or made; `folder` takes its temporary files.
pub(super) fn failed(folder: &Path, trouble: Trouble) -> StoreError {
    let trouble = match trouble.downcast::<StoreError>() {
        Ok(error) => return *error,
        Err(trouble) => trouble,
    };
    let trouble = match trouble.downcast::<SortError>() {
        Ok(error) => return StoreError::from(*error),
        Err(trouble) => trouble,
    };
    match trouble.downcast::<std::io::Error>() {
        Ok(error) => io_error(folder, *error),
        Err(other) => StoreError::Damaged { table: "names", key: "of the finder".to_owned(), why: other.to_string() },
    }
}

/// Enters a name, or notes that it is gone.
pub(super) fn change(txn: &WriteTransaction, entry: &Entry, comes: bool) -> Result<()> {
    let (Some((entity, id)), Some(row)) = (place(&entry.key), NameRow::decode(&entry.value)) else { return Ok(()) };
    let (key, row) = index::change(entity, &name(id, row), !comes);
    txn.open_table(FRESH_NAMES)?.insert(key.as_slice(), row.as_slice())?;
    Ok(())
}

fn place(key: &[u8]) -> Option<(Entity, u32)> {
    Some((Entity::from_code(*key.first()?)?, number(key, 1)))
}

fn name(id: u32, row: NameRow<'_>) -> Name<'_> {
    Name { id, weight: row.weight, year: row.year, texts: row.texts }
}

/// Writes a layer below the fresh one in the place of its rows, and empties the recent one with the main one.
fn replace(txn: &WriteTransaction, ready: &Ready, folder: &Path) -> Result<()> {
    let definition: TableDefinition<Bytes, Bytes> = match ready.layer() {
        MAIN => MAIN_NAMES,
        CAST => CAST_NAMES,
        _ => RECENT_NAMES,
    };
    if ready.layer() == MAIN {
        empty(txn, RECENT_NAMES)?;
    }
    empty(txn, definition)?;
    let mut table = txn.open_table(definition)?;
    let mut cursor = table.upper_bound_mut(Bound::<&[u8]>::Unbounded)?;
    let written = ready.each(&mut |key, row| {
        cursor.insert_before(key, row).map_err(StoreError::from)?;
        Ok(())
    });
    written.map_err(|trouble| failed(folder, trouble))?;
    cursor.close()?;
    drop(table);
    moved(txn, ready.layer() == CAST)
}

fn empty(txn: &WriteTransaction, table: TableDefinition<Bytes, Bytes>) -> Result<()> {
    txn.delete_table(table)?;
    txn.open_table(table)?;
    Ok(())
}

/// Notes that layers are others now, or that the characters' one waits or no longer waits to be made anew.
fn moved(txn: &WriteTransaction, cast_is_new: bool) -> Result<()> {
    let mut counters = txn.open_table(COUNTERS)?;
    let layers = counters.get(counter::LAYERS)?.map_or(0, |layers| layers.value());
    counters.insert(counter::LAYERS, layers + 1)?;
    if cast_is_new {
        counters.insert(counter::CAST_DUE, 0)?;
    }
    Ok(())
}

/// Looks whether the lists of each layer say what its names say.
pub(super) fn verify<T: Read>(txn: &T, faults: &mut Faults) -> Result<()> {
    let shelf = shelf(txn)?;
    for (layer, table) in [(RECENT, "names, recent"), (MAIN, "names, main"), (CAST, "names, characters")] {
        if !index::verify(&shelf, layer).map_err(|trouble| failed(Path::new("."), trouble))? {
            faults.add(table, "the finder's index:", "its lists contradict its names; `check --repair` makes it anew");
        }
    }
    Ok(())
}

/// Shows every name of a kind.
pub(super) fn names<T: Read>(
    txn: &T,
    entity: Entity,
    visit: &mut dyn FnMut(u32, NameRow) -> ControlFlow<()>,
) -> Result<()> {
    let shelf = shelf(txn)?;
    let layers = index::Layers::open(&shelf, if entity == Entity::Character { CAST } else { MAIN });
    let shown = layers.and_then(|layers| {
        layers.scan(entity, &mut |name| {
            visit(name.id, NameRow { weight: name.weight, year: name.year, texts: name.texts })
        })
    });
    shown.map_err(|trouble| failed(Path::new("."), trouble))
}
