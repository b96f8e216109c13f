//! Writing a load: one table after the other, rows in order. Rows behind a table's last one go in through a cursor
//! that stays at its end; those among rows already there one by one.

use super::flush::Flush;
use super::pack::{self, Group};
use super::{Load, Loaded, act, table};
use crate::search::index::Ready;
use crate::sorter::{Sorted, Walk};
use crate::store::entry::{Entry, Index};
use crate::store::error::{Result, StoreError};
use crate::store::filmography::Filmography;
use crate::store::finder;
use crate::store::ledger::{Ledger, Owner};
use crate::store::namesake::Namesake;
use crate::store::open::io_error;
use crate::store::read::Read;
use crate::store::row::{self, number, with_order};
use crate::store::tables::{
    ADDED_ORDER, BORN_ORDER, BUDGET_ORDER, CASTS, COUNTRIES, CREDITS_ORDER, DEAR_TO, DURATION_ORDER, EXTERNALS, FILES,
    GENRES, MOVIES, NAME_ORDER, PEOPLE, PIECES, POPULARITY_ORDER, POSTINGS, RATING_ORDER, RELEASED_ORDER, SMALL_ORDER,
    TITLE_ORDER, UNIQUES, counter,
};
use crate::store::word::Word;
use crate::store::write::Writer;
use redb::{CursorError, ReadableTable, TableDefinition, WriteTransaction};
use std::cmp::Ordering;
use std::ops::Bound;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Rows between two looks at whether to go on.
const PACE: u64 = 1 << 14;

impl Load {
    /// How many rows and entries there are to write.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.sorted.len() + self.credits.len()
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes all of it into a transaction in which nothing else was written yet. `go_on` is told now and then how
    /// many rows are done, and says whether to go on.
    ///
    /// # Errors
    /// When the store fails, or a value that exists once belongs to another record. Then drop the writer.
    pub fn write(&self, writer: &mut Writer, go_on: &mut dyn FnMut(u64) -> bool) -> Result<Loaded> {
        self.fill(writer, go_on).map_err(|error| writer.explain(error))
    }

    fn fill(&self, writer: &mut Writer, go_on: &mut dyn FnMut(u64) -> bool) -> Result<Loaded> {
        if writer.read().revision()? != self.revision {
            return Ok(Loaded::Moved);
        }
        let finder = self.prepare_finder(writer)?;
        let flush = Flush::start(&self.path);
        let mut done = 0;
        for sorted in [&self.sorted, &self.credits] {
            let mut items = Items { walk: sorted.walk()?, done, cancelled: false, go_on: &mut *go_on };
            while let Some(code) = items.code() {
                fill(writer.txn(), code, &mut items)?;
            }
            if items.cancelled {
                return Ok(Loaded::Cancelled);
            }
            done = items.done;
        }
        let finder = finder.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        finder::put(writer.txn(), &finder, &self.cast, &self.folder)?;
        for (entity, coming) in &self.coming {
            writer.bump(*entity, |count| count + coming)?;
        }
        for (entity, (_, next)) in self.next.iter().filter(|(_, (first, next))| first != next) {
            writer.bump(entity + counter::NEXT, |_| u64::from(*next))?;
        }
        writer.touch();
        drop(flush);
        Ok(Loaded::Whole)
    }

    /// Makes the finder's layer beside the writing of everything else. It sees the catalogue as the writer found it.
    fn prepare_finder(&self, writer: &Writer) -> Result<JoinHandle<Result<Ready>>> {
        let (txn, names, folder) = (writer.begin_read()?, Arc::clone(&self.names), self.folder.clone());
        let prepare = move || finder::prepare(&txn, &names, &folder);
        let thread = std::thread::Builder::new().name("finder".to_owned()).spawn(prepare);
        thread.map_err(|error| io_error(&self.folder, error))
    }
}

/// Writes sorted rows and entries, all of them.
pub(super) fn fill_all(txn: &WriteTransaction, sorted: &Sorted) -> Result<()> {
    let mut items = Items { walk: sorted.walk()?, done: 0, cancelled: false, go_on: &mut |_| true };
    while let Some(code) = items.code() {
        fill(txn, code, &mut items)?;
    }
    Ok(())
}

/// The sorted rows as they come.
struct Items<'a> {
    walk: Walk,
    done: u64,
    cancelled: bool,
    go_on: &'a mut dyn FnMut(u64) -> bool,
}

impl Items<'_> {
    /// The table of the next row; none at the end, or once it was cancelled.
    fn code(&self) -> Option<u8> {
        if self.cancelled {
            return None;
        }
        self.walk.pair().map(|(key, _)| key[0])
    }

    /// The next row of a table: key, act and value.
    fn of(&self, code: u8) -> Option<(&[u8], u8, &[u8])> {
        if self.cancelled {
            return None;
        }
        let (key, value) = self.walk.pair()?;
        (key[0] == code).then(|| (&key[1..], value[0], &value[1..]))
    }

    fn advance(&mut self) -> Result<()> {
        self.done += 1;
        if self.done.is_multiple_of(PACE) {
            self.cancelled = !(self.go_on)(self.done);
        }
        Ok(self.walk.advance()?)
    }
}

fn id(key: &[u8]) -> u32 {
    number(key, 0)
}

fn piece(key: &[u8]) -> (u32, u32) {
    (number(key, 0), number(key, 4))
}

fn bytes(value: &[u8]) -> &[u8] {
    value
}

fn fixed<const N: usize>(key: &[u8]) -> &[u8; N] {
    key.try_into().expect("entries of this index have this width")
}

fn fill(txn: &WriteTransaction, code: u8, items: &mut Items) -> Result<()> {
    let rows = Rows { txn, code, items };
    match code {
        table::GENRES => rows.put(GENRES, id, bytes),
        table::COUNTRIES => rows.put(COUNTRIES, id, bytes),
        table::FILES => rows.put(FILES, id, bytes),
        table::PIECES => rows.put(PIECES, piece, bytes),
        table::MOVIES => rows.put(MOVIES, id, bytes),
        table::CASTS => rows.put(CASTS, id, bytes),
        table::PEOPLE => rows.put(PEOPLE, id, bytes),
        _ => fill_index(rows),
    }
}

fn fill_index(rows: Rows) -> Result<()> {
    match rows.index() {
        Some(Index::Unique) => rows.put(UNIQUES, bytes, id),
        Some(Index::External) => rows.put(EXTERNALS, bytes, id),
        Some(Index::Posting) => rows.pack(POSTINGS, fixed, pack::posting),
        Some(Index::Credit) => rows.ledgers::<Filmography>(id),
        Some(Index::Word) => rows.ledgers::<Word>(bytes),
        Some(Index::Namesake) => rows.ledgers::<Namesake>(bytes),
        Some(order) => {
            macro_rules! put {
                ($table:ident) => {
                    rows.put_order($table)
                };
            }
            with_order!(order, put)
        }
        None => unreachable!("every code is a table's"),
    }
}

/// The rows that one table gets.
struct Rows<'t, 'i, 'a> {
    txn: &'t WriteTransaction,
    code: u8,
    items: &'i mut Items<'a>,
}

impl Rows<'_, '_, '_> {
    fn index(&self) -> Option<Index> {
        Index::ALL.get(usize::from(self.code.checked_sub(table::INDEX)?)).copied()
    }

    fn put_order<K: redb::Key + 'static>(self, definition: TableDefinition<K, ()>) -> Result<()> {
        self.put(definition, |key| K::from_bytes(key), |_| ())
    }

    /// Rows that are entries themselves.
    fn put<K: redb::Key + 'static, V: redb::Value + 'static>(
        self,
        definition: TableDefinition<K, V>,
        key: impl for<'k> Fn(&'k [u8]) -> K::SelfType<'k>,
        value: impl for<'v> Fn(&'v [u8]) -> V::SelfType<'v>,
    ) -> Result<()> {
        let owned = self.index().filter(|index| matches!(index, Index::Unique | Index::External));
        let taken = |key: &[u8]| owned.map(|index| row::taken(&Entry { index, key: key.to_vec(), value: Vec::new() }));
        let mut table = self.txn.open_table(definition)?;
        let last = End::of(&table)?;
        while let Some((bytes, act, rest)) = self.items.of(self.code) {
            let (at, new) = (key(bytes), value(rest));
            if last.is_before(&at) {
                break;
            }
            if act == act::PUT {
                let old = table.insert(&at, &new)?;
                let differs =
                    |old: redb::AccessGuard<V>| V::as_bytes(&old.value()).as_ref() != V::as_bytes(&new).as_ref();
                if owned.is_some() && old.is_some_and(differs) {
                    return Err(taken(bytes).expect("it is owned"));
                }
            } else {
                table.remove(&at)?;
            }
            drop((at, new));
            self.items.advance()?;
        }
        let mut cursor = table.upper_bound_mut(Bound::<K::SelfType<'_>>::Unbounded)?;
        while let Some((bytes, _, rest)) = self.items.of(self.code) {
            cursor.insert_before(key(bytes), value(rest)).map_err(|error| match (&error, taken(bytes)) {
                (CursorError::UnorderedKey, Some(taken)) => taken,
                _ => StoreError::from(error),
            })?;
            self.items.advance()?;
        }
        cursor.close()?;
        Ok(())
    }

    /// Rows of ledgers, and beside them their parts.
    fn ledgers<L: Ledger>(self, owner: impl for<'k> Fn(&'k [u8]) -> Owner<'k, L>) -> Result<()> {
        let mut parts = self.txn.open_table(L::PARTS)?;
        let pack =
            |row: &[u8], old: Option<&[u8]>, group: &Group| pack::ledger::<L>(&mut parts, &owner(row), old, group);
        self.pack(L::ROWS, &owner, pack)
    }

    /// Rows that hold many entries each. `pack` makes a row of what it held and of what comes and goes.
    fn pack<K: redb::Key + 'static>(
        self,
        definition: TableDefinition<K, &'static [u8]>,
        key: impl for<'k> Fn(&'k [u8]) -> K::SelfType<'k>,
        mut pack: impl FnMut(&[u8], Option<&[u8]>, &Group) -> Result<Vec<u8>>,
    ) -> Result<()> {
        let index = self.index().expect("only indexes are packed");
        let mut table = self.txn.open_table(definition)?;
        let last = End::of(&table)?;
        let mut group = Group::default();
        while self.items.group(self.code, index, &mut group)? {
            let at = key(group.row());
            if last.is_before(&at) {
                break;
            }
            let old = table.get(&at)?.map(|old| old.value().to_vec());
            let new = pack(group.row(), old.as_deref(), &group)?;
            if new.is_empty() {
                table.remove(&at)?;
            } else {
                table.insert(&at, new.as_slice())?;
            }
            drop(at);
            group.clear();
        }
        let mut cursor = table.upper_bound_mut(Bound::<K::SelfType<'_>>::Unbounded)?;
        while !group.is_empty() {
            let new = pack(group.row(), None, &group)?;
            if !new.is_empty() {
                cursor.insert_before(key(group.row()), new.as_slice())?;
            }
            group.clear();
            self.items.group(self.code, index, &mut group)?;
        }
        cursor.close()?;
        Ok(())
    }
}

impl Items<'_> {
    /// Gathers the entries that share the next row of an index; false where there are none left.
    fn group(&mut self, code: u8, index: Index, group: &mut Group) -> Result<bool> {
        while let Some((key, act, value)) = self.of(code) {
            if !group.take(index, key, act, value) {
                break;
            }
            self.advance()?;
        }
        Ok(!group.is_empty())
    }
}

/// The last key of a table before anything was added.
struct End<K> {
    key: Option<Vec<u8>>,
    keys: std::marker::PhantomData<K>,
}

impl<K: redb::Key + 'static> End<K> {
    fn of<V: redb::Value + 'static>(table: &impl ReadableTable<K, V>) -> Result<End<K>> {
        let key = table.last()?.map(|(key, _)| K::as_bytes(&key.value()).as_ref().to_vec());
        Ok(End { key, keys: std::marker::PhantomData })
    }

    fn is_before(&self, key: &K::SelfType<'_>) -> bool {
        self.key.as_deref().is_none_or(|last| K::compare(last, K::as_bytes(key).as_ref()) == Ordering::Less)
    }
}
