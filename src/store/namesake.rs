//! Characters of one name, packed: all those of 4,096 neighbouring movies in one row.

use super::credit::{self, Credit};

const CHUNK_BITS: u32 = 12;

/// The row of a name's characters in this movie: name, 0, chunk.
#[must_use]
pub fn row_key(name: &[u8], movie: u32) -> Vec<u8> {
    let chunk = (movie >> CHUNK_BITS).to_be_bytes();
    [name, &[0], &chunk[1..]].concat()
}

/// Whether a row is that of a name's characters in this movie.
#[must_use]
pub fn is_row(row: &[u8], name: &[u8], movie: u32) -> bool {
    let chunk = (movie >> CHUNK_BITS).to_be_bytes();
    row.strip_prefix(name).and_then(|rest| rest.strip_prefix(&[0])) == Some(&chunk[1..])
}

/// The name of a row.
#[must_use]
pub fn row_name(key: &[u8]) -> &[u8] {
    key.len().checked_sub(4).map_or(&[], |end| &key[..end])
}

/// The name, and with it the movie, of an index entry's key: name, 0, credit.
#[must_use]
pub fn entry_row(key: &[u8]) -> Option<(&[u8], u32)> {
    let credit = Credit::of_key(key)?;
    Some((&key[..key.len() - credit::KEY - 1], credit.movie.0))
}

/// Characters in order as bytes.
#[must_use]
pub fn encode(characters: &[Credit]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(characters.len() * 4);
    credit::put_all(&mut bytes, characters);
    bytes
}

/// Bytes as characters; none where they are not in order.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Vec<Credit>> {
    credit::decode(bytes).filter(|all| !all.is_empty() && all.iter().all(|one| one.ordinal != 0))
}
