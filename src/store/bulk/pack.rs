//! Rows that hold many index entries, made of sorted entries that come and go.

use super::act;
use crate::store::credit::Credit;
use crate::store::entry::Index;
use crate::store::error::Result;
use crate::store::ledger::{self, Ledger, Owner, Parts};
use crate::store::namesake;
use crate::store::posting::{self, Chunk};
use crate::store::row::{self, change_sorted, number};
use crate::store::word;

/// Entries of one row.
#[derive(Default)]
pub(super) struct Group {
    row: Vec<u8>,
    bytes: Vec<u8>,
    /// What becomes of each entry, and where its key and its value end.
    ends: Vec<(u8, usize, usize)>,
}

impl Group {
    /// The key of the row.
    pub(super) fn row(&self) -> &[u8] {
        &self.row
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.row.clear();
        self.bytes.clear();
        self.ends.clear();
    }

    /// Takes an entry, if it belongs to the row of those taken before.
    pub(super) fn take(&mut self, index: Index, key: &[u8], act: u8, value: &[u8]) -> bool {
        if self.ends.is_empty() {
            row_of(index, key, &mut self.row);
        } else if !is_of(index, key, &self.row) {
            return false;
        }
        self.bytes.extend_from_slice(key);
        let key = self.bytes.len();
        self.bytes.extend_from_slice(value);
        self.ends.push((act, key, self.bytes.len()));
        true
    }

    /// Key, act and value of each entry.
    fn entries(&self) -> impl Iterator<Item = (&[u8], u8, &[u8])> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(.., end)| *end));
        starts.zip(&self.ends).map(|(start, (act, key, end))| (&self.bytes[start..*key], *act, &self.bytes[*key..*end]))
    }
}

/// How many bytes at the head of an entry's key are the key of its row; of a namesake it is not the head alone.
fn head(index: Index, key: &[u8]) -> &[u8] {
    match index {
        Index::Posting => &key[..7],
        Index::Credit => &key[..4],
        Index::Word => word::row_of(key),
        _ => key,
    }
}

fn row_of(index: Index, key: &[u8], row: &mut Vec<u8>) {
    match index {
        Index::Namesake => {
            let (name, movie) = namesake::entry_row(key).expect("its entries end with credits");
            *row = namesake::row_key(name, movie);
        }
        _ => row.extend_from_slice(head(index, key)),
    }
}

fn is_of(index: Index, key: &[u8], row: &[u8]) -> bool {
    match index {
        Index::Namesake => namesake::entry_row(key).is_some_and(|(name, movie)| namesake::is_row(row, name, movie)),
        _ => head(index, key) == row,
    }
}

pub(super) fn posting(row: &[u8], old: Option<&[u8]>, group: &Group) -> Result<Vec<u8>> {
    let place = row.try_into().expect("a posting's row has seven bytes");
    let mut chunk = old.map(|old| row::chunk(place, old)).transpose()?.unwrap_or_default();
    for (key, act, ids) in group.entries() {
        if act == act::JOIN {
            chunk.join(&row::chunk(place, ids)?);
            continue;
        }
        let (_, low) = posting::split(number(key, 5));
        if act == act::PUT {
            chunk.insert(low)
        } else {
            chunk.remove(low)
        };
    }
    Ok(if Chunk::is_empty(&chunk) { Vec::new() } else { chunk.encode() })
}

/// An owner's row; the parts of a long ledger are kept beside it.
pub(super) fn ledger<L: Ledger>(
    parts: &mut Parts<L>,
    owner: &Owner<'_, L>,
    old: Option<&[u8]>,
    group: &Group,
) -> Result<Vec<u8>> {
    let mut all = match old {
        Some(old) => ledger::take::<L>(parts, owner, old)?,
        None => Vec::new(),
    };
    for (act, add) in [(act::PUT, true), (act::REMOVE, false)] {
        let some = group.entries().filter(|(_, one, _)| *one == act);
        let some: Vec<Credit> = some.map(|(key, ..)| row::credit_of(key)).collect();
        ledger::merge::<L>(&mut all, &some, add);
    }
    Ok(ledger::keep::<L>(parts, owner, &all)?.unwrap_or_default())
}

pub(super) fn namesakes(row: &[u8], old: Option<&[u8]>, group: &Group) -> Result<Vec<u8>> {
    let mut all = old.map(|old| row::namesakes(row, old)).transpose()?.unwrap_or_default();
    for (key, act, _) in group.entries() {
        change_sorted(&mut all, row::credit_of(key), act == act::PUT);
    }
    Ok(if all.is_empty() { Vec::new() } else { namesake::encode(&all) })
}
