//! Ledgers: the credits of one owner each. A row an owner; beside it, where there is very much, a row for all that
//! belongs to neighbouring movies, so that one credit more costs the same whoever gets it.

mod reading;
mod texts;

use super::codec::{put_number, take_number};
use super::credit::{self, Credit};
use super::error::{Result, StoreError};
use super::row::damaged;
use crate::domain::MovieId;
pub use reading::{Ledgers, PartsTable, RowsTable, SeeRow, open};
use redb::{Key, ReadableTable, Table, TableDefinition, Value, WriteTransaction};
pub use texts::{Texts, text_of};

/// A longer ledger is laid in parts.
pub const LONG: usize = 512;

/// A kind of ledgers and where they lie.
pub trait Ledger {
    /// Whose they are: the key of an owner's row.
    type Row: Key + 'static;
    /// The key of a part: the owner and the part's number.
    type Part: Key + 'static;
    /// The table of the owners' rows.
    const ROWS: TableDefinition<'static, Self::Row, &'static [u8]>;
    /// The table of the parts.
    const PARTS: TableDefinition<'static, Self::Part, &'static [u8]>;
    /// The name of the first table.
    const NAME: &'static str;
    /// A part is what belongs to so many neighbouring movies, as a power of two.
    const PART_BITS: u32;
    /// Whether one credit may stand in a ledger several times.
    const REPEATS: bool;

    /// The key of a part.
    fn at<'o>(owner: &Owner<'o, Self>, part: u32) -> At<'o, Self>;

    /// The owner and the number of a part.
    fn split<'o>(at: &At<'o, Self>) -> (Owner<'o, Self>, u32);

    /// What the keys of an owner's index entries begin with.
    fn head(owner: &Owner<'_, Self>) -> Vec<u8>;

    /// The owner as people read it, by that.
    fn show_head(head: &[u8]) -> String;

    /// The owner as people read it.
    fn show(owner: &Owner<'_, Self>) -> String {
        Self::show_head(&Self::head(owner))
    }

    /// Which part a movie's credits stand in.
    #[must_use]
    fn part_of(movie: MovieId) -> u32 {
        movie.0 >> Self::PART_BITS
    }
}

/// An owner of ledgers of a kind.
pub type Owner<'o, L> = <<L as Ledger>::Row as Value>::SelfType<'o>;
/// The key of a part.
pub type At<'o, L> = <<L as Ledger>::Part as Value>::SelfType<'o>;
/// The table of the parts.
pub type Parts<'t, L> = Table<'t, <L as Ledger>::Part, &'static [u8]>;

/// What stands in an owner's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head<'b> {
    /// The credits themselves, as bytes.
    Whole(&'b [u8]),
    /// They stand in parts.
    Parted,
}

/// How many credits an owner's row speaks of, and where they are; none where the bytes are no such row.
#[must_use]
pub fn head(mut bytes: &[u8]) -> Option<(u32, Head<'_>)> {
    let count = take_number(&mut bytes).and_then(|count| u32::try_from(count).ok())?;
    let is_long = count as usize > LONG;
    let head = if is_long { Head::Parted } else { Head::Whole(bytes) };
    (!is_long || bytes.is_empty()).then_some((count, head))
}

/// How many credits an owner's row speaks of.
#[must_use]
pub fn count(bytes: &[u8]) -> Option<u32> {
    head(bytes).map(|(count, _)| count)
}

pub(super) fn head_of(count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2);
    put_number(&mut bytes, count as u64);
    bytes
}

/// An owner's row with these credits in it.
pub(super) fn whole(credits: &[Credit]) -> Vec<u8> {
    let mut bytes = head_of(credits.len());
    credit::put_all(&mut bytes, credits);
    bytes
}

fn wrong<L: Ledger + ?Sized>(owner: &Owner<'_, L>) -> StoreError {
    damaged(L::NAME, L::show(owner), "is not a list of credits")
}

/// The credits of an owner's row that speaks of so many.
///
/// # Errors
/// [`super::StoreError::Damaged`] where they are not that many in order.
pub fn credits<L: Ledger>(owner: &Owner<'_, L>, count: u32, bytes: &[u8]) -> Result<Vec<Credit>> {
    let credits = credit::decode(bytes).filter(|credits| credits.len() == count as usize);
    credits.ok_or_else(|| wrong::<L>(owner))
}

/// The credits of a part.
///
/// # Errors
/// [`super::StoreError::Damaged`] where the bytes are not those of this part.
pub fn part<L: Ledger>(owner: &Owner<'_, L>, part: u32, bytes: &[u8]) -> Result<Vec<Credit>> {
    let belong = |credits: &Vec<Credit>| !credits.is_empty() && credits.iter().all(|one| L::part_of(one.movie) == part);
    let credits = credit::decode(bytes).filter(belong);
    let key = || format!("{}, part {part}", L::show(owner));
    credits.ok_or_else(|| damaged(L::NAME, key(), "is not part of a list of credits"))
}

/// Enters credits, given in order, into an owner's ledger, or takes them out. Returns how many there were and are.
///
/// # Errors
/// When the store fails, or what stands there is not a ledger.
pub fn change<L: Ledger>(
    txn: &WriteTransaction,
    owner: &Owner<'_, L>,
    some: &[Credit],
    add: bool,
) -> Result<(u32, u32)> {
    let mut rows = txn.open_table(L::ROWS)?;
    let mut parts = txn.open_table(L::PARTS)?;
    let kept = rows.get(owner)?.map_or_else(|| head_of(0), |bytes| bytes.value().to_vec());
    match head(&kept) {
        Some((before, Head::Parted)) => {
            let mut after = before;
            for some in some.chunk_by(|a, b| L::part_of(a.movie) == L::part_of(b.movie)) {
                let changed = change_part::<L>(&mut parts, owner, some, add)?;
                after = if add { after + changed } else { after - changed };
            }
            if after != before {
                let is_long = after as usize > LONG;
                let row = if is_long { head_of(after as usize) } else { whole(&gather::<L>(&mut parts, owner)?) };
                put(&mut rows, owner, (after > 0).then_some(&row))?;
            }
            Ok((before, after))
        }
        Some((before, Head::Whole(bytes))) => {
            let mut all = credits::<L>(owner, before, bytes)?;
            if merge::<L>(&mut all, some, add) > 0 {
                let row = keep::<L>(&mut parts, owner, &all)?;
                put(&mut rows, owner, row.as_ref())?;
            }
            Ok((before, all.len() as u32))
        }
        None => Err(wrong::<L>(owner)),
    }
}

fn put<K: Key + 'static>(
    rows: &mut Table<K, &'static [u8]>,
    owner: &K::SelfType<'_>,
    row: Option<&Vec<u8>>,
) -> Result<()> {
    match row {
        Some(row) => rows.insert(owner, row.as_slice()).map(drop)?,
        None => rows.remove(owner).map(drop)?,
    }
    Ok(())
}

/// Adds to sorted credits some more, or takes some out; how many that were.
pub fn merge<L: Ledger>(all: &mut Vec<Credit>, some: &[Credit], add: bool) -> u32 {
    let before = all.len();
    if add {
        all.extend_from_slice(some);
        all.sort();
        if !L::REPEATS {
            all.dedup();
        }
        return (all.len() - before) as u32;
    }
    let mut some = some.iter().peekable();
    all.retain(|one| {
        while some.next_if(|gone| *gone < one).is_some() {}
        some.next_if(|gone| *gone == one).is_none()
    });
    (before - all.len()) as u32
}

fn change_part<L: Ledger>(parts: &mut Parts<L>, owner: &Owner<'_, L>, some: &[Credit], add: bool) -> Result<u32> {
    let Some(first) = some.first() else { return Ok(0) };
    let number = L::part_of(first.movie);
    let mut all = match parts.get(L::at(owner, number))? {
        Some(bytes) => part::<L>(owner, number, bytes.value())?,
        None => Vec::new(),
    };
    let changed = merge::<L>(&mut all, some, add);
    if changed > 0 {
        keep_part::<L>(parts, owner, number, &all)?;
    }
    Ok(changed)
}

fn keep_part<L: Ledger>(parts: &mut Parts<L>, owner: &Owner<'_, L>, number: u32, credits: &[Credit]) -> Result<()> {
    let at = L::at(owner, number);
    if credits.is_empty() {
        parts.remove(at)?;
        return Ok(());
    }
    let mut bytes = Vec::with_capacity(credits.len() * 3);
    credit::put_all(&mut bytes, credits);
    parts.insert(at, bytes.as_slice())?;
    Ok(())
}

/// Takes out a ledger whose owner has this row, parts and all.
///
/// # Errors
/// When the store fails, or what stands there is not a ledger.
pub fn take<L: Ledger>(parts: &mut Parts<L>, owner: &Owner<'_, L>, row: &[u8]) -> Result<Vec<Credit>> {
    match head(row) {
        Some((count, Head::Whole(bytes))) => credits::<L>(owner, count, bytes),
        Some((_, Head::Parted)) => gather::<L>(parts, owner),
        None => Err(wrong::<L>(owner)),
    }
}

/// Takes the parts of a ledger out of their table.
fn gather<L: Ledger>(parts: &mut Parts<L>, owner: &Owner<'_, L>) -> Result<Vec<Credit>> {
    let (mut numbers, mut all) = (Vec::new(), Vec::new());
    for row in parts.range(L::at(owner, 0)..=L::at(owner, u32::MAX))? {
        let (at, bytes) = row?;
        let (_, number) = L::split(&at.value());
        all.extend(part::<L>(owner, number, bytes.value())?);
        numbers.push(number);
    }
    for number in numbers {
        parts.remove(L::at(owner, number))?;
    }
    Ok(all)
}

/// Lays a ledger: in parts where it is long. Returns the owner's row; none where there is nothing.
///
/// # Errors
/// When the store fails.
pub fn keep<L: Ledger>(parts: &mut Parts<L>, owner: &Owner<'_, L>, credits: &[Credit]) -> Result<Option<Vec<u8>>> {
    if credits.len() <= LONG {
        return Ok((!credits.is_empty()).then(|| whole(credits)));
    }
    for some in credits.chunk_by(|a, b| L::part_of(a.movie) == L::part_of(b.movie)) {
        keep_part::<L>(parts, owner, L::part_of(some[0].movie), some)?;
    }
    Ok(Some(head_of(credits.len())))
}

#[cfg(test)]
mod tests;
