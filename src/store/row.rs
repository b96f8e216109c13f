//! Index entries to rows of their tables and back: one place that knows which table an index lives in.

use super::credit::Credit;
use super::entry::{Entry, Index};
use super::error::{Result, StoreError};
use super::external;
use super::filmography::Filmography;
use super::finder;
use super::ledger;
use super::namesake::Namesake;
use super::posting::{self, Chunk};
use super::tables::{
    ADDED_ORDER, BORN_ORDER, BUDGET_ORDER, CREDITS_ORDER, DEAR_TO, DURATION_ORDER, EXTERNALS, NAME_ORDER,
    POPULARITY_ORDER, POSTINGS, RATING_ORDER, RELEASED_ORDER, SMALL_ORDER, TITLE_ORDER, UNIQUES,
};
use super::word;
use redb::{ReadableTable, TableDefinition, WriteTransaction};

/// Calls `$run!(table)` with the table of an index whose rows are bare keys.
macro_rules! with_order {
    ($index:expr, $run:ident) => {
        match $index {
            Index::Title => $run!(TITLE_ORDER),
            Index::Released => $run!(RELEASED_ORDER),
            Index::Duration => $run!(DURATION_ORDER),
            Index::Budget => $run!(BUDGET_ORDER),
            Index::Rating => $run!(RATING_ORDER),
            Index::Popularity => $run!(POPULARITY_ORDER),
            Index::Name => $run!(NAME_ORDER),
            Index::Born => $run!(BORN_ORDER),
            Index::Credited => $run!(CREDITS_ORDER),
            Index::Small => $run!(SMALL_ORDER),
            Index::Added => $run!(ADDED_ORDER),
            Index::DearTo => $run!(DEAR_TO),
            _ => unreachable!("packed and valued indexes have code of their own"),
        }
    };
}
pub(super) use with_order;

/// The big-endian number at a place of a key made by `entry`.
#[must_use]
pub fn number(key: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(key[at..at + 4].try_into().expect("four bytes"))
}

/// What entering or erasing one entry came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A row came or went, or a block changed.
    Changed,
    /// It was as wanted already.
    AsWas,
    /// A filmography now has another length.
    Credits {
        /// Whose.
        person: u32,
        /// Before.
        before: u32,
        /// After.
        after: u32,
    },
}

/// Enters one entry.
///
/// # Errors
/// [`StoreError::Taken`] where a value that exists once belongs to another.
pub fn enter(txn: &WriteTransaction, entry: &Entry) -> Result<Effect> {
    match entry.index {
        Index::Unique | Index::External => enter_owned(txn, entry),
        Index::Names => finder::change(txn, entry, true).map(|()| Effect::Changed),
        Index::Posting => change_posting(txn, &entry.key, true),
        Index::Credit => change_credit(txn, &entry.key, true),
        Index::Namesake => change_namesake(txn, &entry.key, true),
        Index::Word => change_word(txn, &entry.key, true),
        order => {
            macro_rules! insert {
                ($table:ident) => {
                    change_key(txn, $table, &entry.key, true)
                };
            }
            with_order!(order, insert)
        }
    }
}

/// Erases one entry.
///
/// # Errors
/// When the store fails.
pub fn erase(txn: &WriteTransaction, entry: &Entry) -> Result<Effect> {
    let gone = match entry.index {
        Index::Unique => txn.open_table(UNIQUES)?.remove(entry.key.as_slice())?.is_some(),
        Index::External => txn.open_table(EXTERNALS)?.remove(entry.key.as_slice())?.is_some(),
        Index::Names => return finder::change(txn, entry, false).map(|()| Effect::Changed),
        Index::Posting => return change_posting(txn, &entry.key, false),
        Index::Credit => return change_credit(txn, &entry.key, false),
        Index::Namesake => return change_namesake(txn, &entry.key, false),
        Index::Word => return change_word(txn, &entry.key, false),
        order => {
            macro_rules! remove {
                ($table:ident) => {
                    change_key(txn, $table, &entry.key, false)
                };
            }
            return with_order!(order, remove);
        }
    };
    Ok(if gone { Effect::Changed } else { Effect::AsWas })
}

/// Keys of an order's table: text, or a fixed number of bytes.
pub(super) trait Place<'a>: Sized {
    /// The bytes as a key: cut, or filled with `fill`, where the width is fixed.
    fn fit(bytes: &'a [u8], fill: u8, room: &'a mut Vec<u8>) -> Self;
    /// The key as bytes.
    fn bytes(&self) -> &[u8];
}

impl<'a> Place<'a> for &'a [u8] {
    fn fit(bytes: &'a [u8], _: u8, _: &'a mut Vec<u8>) -> Self {
        bytes
    }

    fn bytes(&self) -> &[u8] {
        self
    }
}

impl<'a, const N: usize> Place<'a> for &'a [u8; N] {
    fn fit(bytes: &'a [u8], fill: u8, room: &'a mut Vec<u8>) -> Self {
        room.extend_from_slice(&bytes[..bytes.len().min(N)]);
        room.resize(N, fill);
        room.as_slice().try_into().expect("filled to the width")
    }

    fn bytes(&self) -> &[u8] {
        self.as_slice()
    }
}

fn change_key<K>(txn: &WriteTransaction, table: TableDefinition<K, ()>, key: &[u8], add: bool) -> Result<Effect>
where
    K: redb::Key + 'static,
    for<'a> K::SelfType<'a>: Place<'a>,
{
    let mut room = Vec::new();
    let key = <K::SelfType<'_> as Place>::fit(key, 0, &mut room);
    let mut table = txn.open_table(table)?;
    let there = if add { table.insert(key, ())?.is_some() } else { table.remove(key)?.is_some() };
    Ok(if there == add { Effect::AsWas } else { Effect::Changed })
}

fn owners(index: Index) -> Option<TableDefinition<'static, &'static [u8], u32>> {
    match index {
        Index::Unique => Some(UNIQUES),
        Index::External => Some(EXTERNALS),
        _ => None,
    }
}

/// Whether an entry may be entered. Asked of all before the first one is, so that a refusal leaves nothing behind.
///
/// # Errors
/// [`StoreError::Taken`] where a value that exists once belongs to another.
pub fn admit(txn: &WriteTransaction, entry: &Entry) -> Result<()> {
    let Some(table) = owners(entry.index) else { return Ok(()) };
    let held = txn.open_table(table)?.get(entry.key.as_slice())?.map(|guard| guard.value());
    if held.is_some_and(|held| held != number(&entry.value, 0)) { Err(taken(entry)) } else { Ok(()) }
}

fn enter_owned(txn: &WriteTransaction, entry: &Entry) -> Result<Effect> {
    admit(txn, entry)?;
    let table = owners(entry.index).expect("the index of a value that exists once");
    let fresh = txn.open_table(table)?.insert(entry.key.as_slice(), number(&entry.value, 0))?.is_none();
    Ok(if fresh { Effect::Changed } else { Effect::AsWas })
}

pub(super) fn taken(entry: &Entry) -> StoreError {
    use super::tables::unique;
    if entry.index == Index::External {
        return StoreError::Taken("external id", external::id(&entry.key));
    }
    let what = match entry.key[0] {
        unique::GENRE => "genre",
        unique::COUNTRY => "country",
        unique::COUNTRY_CODE => "country code",
        unique::USERNAME => "username",
        unique::EMAIL => "email",
        _ => {
            return StoreError::Taken("file with the bytes", hex(&entry.key[1..]));
        }
    };
    StoreError::Taken(what, String::from_utf8_lossy(&entry.key[1..]).into_owned())
}

/// Bytes as people read them.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("a half of a byte is less than 16");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

pub(super) fn damaged(table: &'static str, key: impl std::fmt::Display, why: &str) -> StoreError {
    StoreError::Damaged { table, key: key.to_string(), why: why.to_owned() }
}

/// The row of a posting: kind, key, chunk.
#[must_use]
pub fn posting_row(kind: u8, key: u32, high: u16) -> [u8; 7] {
    let (key, high) = (key.to_be_bytes(), high.to_be_bytes());
    [kind, key[0], key[1], key[2], key[3], high[0], high[1]]
}

/// Which chunk of its set a posting's row is.
#[must_use]
pub fn posting_chunk(row: [u8; 7]) -> u16 {
    u16::from_be_bytes([row[5], row[6]])
}

/// A chunk of a posting set.
///
/// # Errors
/// [`StoreError::Damaged`] where the bytes are not one.
pub fn chunk(row: [u8; 7], bytes: &[u8]) -> Result<Chunk> {
    Chunk::decode(bytes).ok_or_else(|| damaged("postings", format!("{row:?}"), "is not a set of ids"))
}

fn change_posting(txn: &WriteTransaction, key: &[u8], add: bool) -> Result<Effect> {
    let (high, low) = posting::split(number(key, 5));
    let row = posting_row(key[0], number(key, 1), high);
    let mut table = txn.open_table(POSTINGS)?;
    let mut set = match table.get(&row)? {
        Some(bytes) => chunk(row, bytes.value())?,
        None => Chunk::default(),
    };
    if !(if add { set.insert(low) } else { set.remove(low) }) {
        return Ok(Effect::AsWas);
    }
    if set.is_empty() {
        table.remove(&row)?;
    } else {
        table.insert(&row, set.encode().as_slice())?;
    }
    Ok(Effect::Changed)
}

/// The credit that an entry's key ends with.
pub(super) fn credit_of(key: &[u8]) -> Credit {
    Credit::of_key(key).expect("entries of credits, namesakes and words end with one")
}

fn change_credit(txn: &WriteTransaction, key: &[u8], add: bool) -> Result<Effect> {
    let (person, one) = (number(key, 0), credit_of(key));
    let (before, after) = ledger::change::<Filmography>(txn, &person, &[one], add)?;
    if before == after {
        return Ok(Effect::AsWas);
    }
    word::credited(txn, person, one, add)?;
    Ok(Effect::Credits { person, before, after })
}

fn change_word(txn: &WriteTransaction, key: &[u8], add: bool) -> Result<Effect> {
    word::change(txn, ledger::text_of(key), &[credit_of(key)], add).map(|()| Effect::Changed)
}

fn change_namesake(txn: &WriteTransaction, key: &[u8], add: bool) -> Result<Effect> {
    let name = ledger::text_of(key);
    let (before, after) = ledger::change::<Namesake>(txn, &name, &[credit_of(key)], add)?;
    if before == after {
        return Ok(Effect::AsWas);
    }
    if before == 0 || after == 0 {
        finder::change_character(txn, name, after)?;
    }
    Ok(Effect::Changed)
}
