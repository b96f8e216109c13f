//! Whether the bytes of files are there, whole and right.

use crate::domain::{File, FileId, Key};
use crate::store::error::Result;
use crate::store::posting::IdSet;
use crate::store::read::Read;
use crate::store::tables::PIECES;
use crate::store::write::PIECE;
use redb::ReadableTable;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What is wrong with a file's bytes, if anything is. One piece at a time is in memory.
///
/// # Errors
/// When the store fails.
pub fn piece_fault(txn: &impl Read, key: Key, file: &File) -> Result<Option<String>> {
    let Key::File(id) = key else { return Ok(None) };
    let (mut size, mut hash, mut order) = (0u64, Sha256::new(), true);
    for (number, row) in (0u32..).zip(txn.table(PIECES)?.range((id.0, 0)..=(id.0, u32::MAX))?) {
        let (at, piece) = row?;
        order &= at.value().1 == number && piece.value().len() <= PIECE;
        size += piece.value().len() as u64;
        hash.update(piece.value());
    }
    Ok(match file.key {
        None if size > 0 => Some("has bytes here but no key to know them by".to_owned()),
        None => None,
        Some(_) if size != file.size => Some(format!("has {size} bytes here instead of {}", file.size)),
        Some(_) if !order => Some("has pieces missing or too long".to_owned()),
        Some(key) if <[u8; 32]>::from(hash.finalize()) != key => Some("has other bytes than its key says".to_owned()),
        Some(_) => None,
    })
}

/// Files that are gone, that no step of the journal can bring back, and whose bytes are still here.
///
/// # Errors
/// When the store fails.
pub fn orphans(txn: &impl Read, files: &IdSet, held: &BTreeSet<FileId>) -> Result<Vec<FileId>> {
    let table = txn.table(PIECES)?;
    let (mut orphans, mut from) = (Vec::new(), Some(0));
    while let Some(first) = from
        && let Some(row) = table.range((first, 0)..)?.next()
    {
        let file = row?.0.value().0;
        if !files.contains(file) && !held.contains(&FileId(file)) {
            orphans.push(FileId(file));
        }
        from = file.checked_add(1);
    }
    Ok(orphans)
}
