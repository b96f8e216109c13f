//! Rows that hold many index entries, made of sorted entries that come and go.

use super::act;
use crate::store::credit;
use crate::store::entry::Index;
use crate::store::error::Result;
use crate::store::ledger::{self, Ledger, Owner, Parts};
use crate::store::posting::{self, Chunk};
use crate::store::row::{self, number};

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
            self.row.extend_from_slice(row_of(index, key));
        } else if row_of(index, key) != self.row {
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

/// How many bytes at the head of an entry's key are the key of its row.
fn row_of(index: Index, key: &[u8]) -> &[u8] {
    match index {
        Index::Posting => &key[..7],
        Index::Credit => &key[..4],
        Index::Namesake | Index::Word => ledger::text_of(key),
        _ => key,
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
    let (mut come, mut gone) = (Vec::new(), Vec::new());
    for (key, act, credits) in group.entries() {
        match act {
            act::JOIN => come.extend(credit::take_all(credits)),
            act::PUT => come.push(row::credit_of(key)),
            _ => gone.push(row::credit_of(key)),
        }
    }
    ledger::merge::<L>(&mut all, &come, true);
    ledger::merge::<L>(&mut all, &gone, false);
    Ok(ledger::keep::<L>(parts, owner, &all)?.unwrap_or_default())
}
