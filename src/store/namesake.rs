//! Characters of one name, packed: all those of 4,096 neighbouring movies in one row.

use super::codec::{put_number, take_number};
use crate::domain::{CharacterId, MovieId};

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

/// Characters in order as bytes: the step in movie ids and the ordinal of each.
#[must_use]
pub fn encode(characters: &[CharacterId]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(characters.len() * 4);
    let mut last = 0;
    for one in characters {
        put_number(&mut bytes, u64::from(one.movie.0 - last));
        put_number(&mut bytes, u64::from(one.ordinal));
        last = one.movie.0;
    }
    bytes
}

/// How many characters there are in bytes.
#[must_use]
pub fn count(bytes: &[u8]) -> u32 {
    let numbers = bytes.iter().filter(|byte| **byte < 0x80).count();
    (numbers / 2) as u32
}

/// Bytes as characters; none where they are not in order.
#[must_use]
pub fn decode(mut bytes: &[u8]) -> Option<Vec<CharacterId>> {
    let mut characters: Vec<CharacterId> = Vec::new();
    let mut movie = 0u32;
    while !bytes.is_empty() {
        movie = movie.checked_add(u32::try_from(take_number(&mut bytes)?).ok()?)?;
        let ordinal = u32::try_from(take_number(&mut bytes)?).ok()?;
        characters.push(CharacterId { movie: MovieId(movie), ordinal });
    }
    (!characters.is_empty() && characters.is_sorted_by(|a, b| a < b)).then_some(characters)
}
