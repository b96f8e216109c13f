//! Walking a list in its order from any place, both ways, without ever loading it.

mod among;
mod cluster;

use super::entry::{Index, entry_in};
use super::error::Result;
use super::read::{Read, Tables};
use super::row::{Place, with_order};
use super::tables::{
    ADDED_ORDER, BORN_ORDER, BUDGET_ORDER, CREDITS_ORDER, DEAR_TO, DURATION_ORDER, MOVIES, NAME_ORDER, PEOPLE,
    POPULARITY_ORDER, RATING_ORDER, RELEASED_ORDER, REVIEWS, SMALL_ORDER, TITLE_ORDER,
};
use crate::domain::{Key, Record};
use redb::{ReadableTable, TableDefinition};
use std::cmp::Ordering;
use std::ops::ControlFlow;

/// What a list is ordered by. A row's place is the key bytes of its entry; of ids, the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// An index; only its entries that begin with these bytes.
    Index(Index, Vec<u8>),
    /// Movies as they came in.
    Movies,
    /// People as they came in.
    People,
    /// The review queue as it came in.
    Reviews,
}

/// A run of keys walked one way.
struct Run {
    low: Vec<u8>,
    high: Vec<u8>,
    down: bool,
}

/// No key is as long as this; bytes 255 sort after any text.
const HIGHEST: [u8; 160] = [0xff; 160];

impl Order {
    /// All of an index.
    #[must_use]
    pub fn all(index: Index) -> Self {
        Order::Index(index, Vec::new())
    }

    /// How many zero bytes at the head of a key say that the value is not known.
    fn unknown(&self) -> usize {
        match self {
            Order::Index(Index::Released | Index::Duration | Index::Born, _) => 4,
            Order::Index(Index::Rating, _) => 2,
            Order::Index(Index::Budget, _) => 11,
            _ => 0,
        }
    }

    /// The runs that make the list up. Rows whose value is not known come last, whichever way the others run.
    fn runs(&self, reverse: bool) -> Vec<Run> {
        let Order::Index(_, prefix) = self else {
            return vec![Run { low: Vec::new(), high: HIGHEST.to_vec(), down: reverse }];
        };
        let high = |head: &[u8]| [head, &HIGHEST].concat();
        match self.unknown() {
            0 => vec![Run { low: prefix.clone(), high: high(prefix), down: reverse }],
            zeros => {
                let unknown = vec![0; zeros];
                let mut first_known = unknown.clone();
                *first_known.last_mut().expect("there are zeros") = 1;
                vec![
                    Run { low: first_known, high: HIGHEST.to_vec(), down: reverse },
                    Run { low: unknown.clone(), high: high(&unknown), down: false },
                ]
            }
        }
    }

    /// Visits places from the one after `from` (none: the first) towards the end of the list, or with `up` from the one
    /// before `from` (none: the last) towards its beginning.
    ///
    /// # Errors
    /// When the store fails.
    pub fn walk(
        &self,
        txn: &impl Read,
        reverse: bool,
        from: Option<&[u8]>,
        up: bool,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut runs = self.runs(reverse);
        if up {
            runs.reverse();
        }
        let mut from = from;
        for run in runs {
            if from.is_some_and(|place| place < run.low.as_slice() || place > run.high.as_slice()) {
                continue;
            }
            if self.walk_run(txn, &run, from.take(), run.down != up, visit)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Visits the places between two heads of keys, both included.
    ///
    /// # Errors
    /// When the store fails.
    pub fn walk_between(
        &self,
        txn: &impl Read,
        low: &[u8],
        high: &[u8],
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<()> {
        let run = Run { low: low.to_vec(), high: [high, &HIGHEST].concat(), down: false };
        self.walk_run(txn, &run, None, false, visit).map(drop)
    }

    fn walk_run(
        &self,
        txn: &impl Read,
        run: &Run,
        from: Option<&[u8]>,
        down: bool,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        let (mut low, mut high) = (run.low.as_slice(), run.high.as_slice());
        match (from, down) {
            (Some(place), true) => high = place,
            (Some(place), false) => low = place,
            _ => {}
        }
        let mut step = |place: &[u8]| if from == Some(place) { ControlFlow::Continue(()) } else { visit(place) };
        match self {
            Order::Movies => walk_ids(txn, MOVIES, low, high, down, &mut step),
            Order::People => walk_ids(txn, PEOPLE, low, high, down, &mut step),
            Order::Reviews => walk_ids(txn, REVIEWS, low, high, down, &mut step),
            Order::Index(index, _) => {
                macro_rules! walk {
                    ($table:ident) => {
                        walk_keys(txn, $table, low, high, down, &mut step)
                    };
                }
                with_order!(*index, walk)
            }
        }
    }

    /// How two places of this list stand to each other.
    #[must_use]
    pub fn compare(&self, a: &[u8], b: &[u8], reverse: bool) -> Ordering {
        let zeros = self.unknown();
        let unknown = |place: &[u8]| zeros > 0 && place[..zeros].iter().all(|byte| *byte == 0);
        match (unknown(a), unknown(b)) {
            (false, false) if reverse => b.cmp(a),
            (false, false) | (true, true) => match zeros {
                0 if reverse => b.cmp(a),
                _ => a.cmp(b),
            },
            (false, true) => Ordering::Less,
            (true, false) => Ordering::Greater,
        }
    }

    /// The id at the end of a place.
    #[must_use]
    pub fn id(place: &[u8]) -> u32 {
        super::row::number(place, place.len() - 4)
    }

    /// The place of a record in this order; none where it is not in the list.
    ///
    /// # Errors
    /// When the store fails.
    pub fn place(&self, txn: &impl Read, key: Key) -> Result<Option<Vec<u8>>> {
        let Some(record) = txn.record(key)? else { return Ok(None) };
        self.place_of(txn, key, &record)
    }

    fn place_of(&self, txn: &impl Read, key: Key, record: &Record) -> Result<Option<Vec<u8>>> {
        Ok(match (self, key) {
            (Order::Movies, Key::Movie(id)) => Some(id.0.to_be_bytes().to_vec()),
            (Order::People, Key::Person(id)) => Some(id.0.to_be_bytes().to_vec()),
            (Order::Reviews, Key::Review(id)) => Some(id.0.to_be_bytes().to_vec()),
            (Order::Index(index, prefix), key) => {
                let credits = match key {
                    Key::Person(id) if *index == Index::Credited => txn.credit_count(id)?,
                    _ => 0,
                };
                let entry = entry_in(*index, key, record, credits);
                entry.map(|entry| entry.key).filter(|place| place.starts_with(prefix))
            }
            _ => None,
        })
    }
}

fn walk_keys<K>(
    txn: &impl Tables,
    table: TableDefinition<K, ()>,
    low: &[u8],
    high: &[u8],
    down: bool,
    visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
) -> Result<ControlFlow<()>>
where
    K: redb::Key + 'static,
    for<'a> K::SelfType<'a>: Place<'a>,
{
    let (mut room, mut more) = (Vec::new(), Vec::new());
    let low = <K::SelfType<'_> as Place>::fit(low, 0, &mut room);
    let high = <K::SelfType<'_> as Place>::fit(high, 0xff, &mut more);
    if low.bytes() > high.bytes() {
        return Ok(ControlFlow::Continue(()));
    }
    let table = txn.table(table)?;
    let mut rows = table.range::<K::SelfType<'_>>(low..=high)?;
    while let Some(found) = if down { rows.next_back() } else { rows.next() } {
        if visit(found?.0.value().bytes()).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn walk_ids(
    txn: &impl Tables,
    table: TableDefinition<u32, &'static [u8]>,
    low: &[u8],
    high: &[u8],
    down: bool,
    visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let id = |bytes: &[u8], fill: u8| {
        let mut id = [fill; 4];
        let length = bytes.len().min(4);
        id[..length].copy_from_slice(&bytes[..length]);
        u32::from_be_bytes(id)
    };
    let (low, high) = (id(low, 0), id(high, 0xff));
    let table = txn.table(table)?;
    let mut rows = table.range(low..=high)?;
    while let Some(found) = if down { rows.next_back() } else { rows.next() } {
        if visit(&found?.0.value().to_be_bytes()).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
