//! Records as bytes: a format byte, then bincode's `standard()` encoding. The only module that names bincode.

use super::error::{Result, StoreError};
use crate::domain::Key;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The first byte of every record written today.
pub const VERSION: u8 = 1;

/// No record is kept that takes more bytes.
pub const KEPT_MAX: usize = 4 << 20;

/// What decoding may claim. A number claims its full width, up to eight times the bytes it is kept in.
const LIMIT: usize = 8 * KEPT_MAX;

fn config() -> impl bincode::config::Config {
    bincode::config::standard().with_limit::<LIMIT>()
}

/// A record as bytes.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_into(&mut bytes, value);
    bytes
}

/// A record as bytes, in the place of those that were in this room.
pub fn encode_into<T: Serialize>(room: &mut Vec<u8>, value: &T) {
    room.clear();
    room.push(VERSION);
    bincode::serde::encode_into_std_write(value, room, config()).expect("plain values encode into memory");
}

/// A record as bytes, if they are not more than can be kept and decoded again.
///
/// # Errors
/// [`StoreError::TooLarge`] naming the record.
pub fn encode_kept<T: Serialize>(key: Key, value: &T) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    encode_kept_into(&mut bytes, key, value)?;
    Ok(bytes)
}

/// The same, in the place of the bytes that were in this room.
///
/// # Errors
/// As [`encode_kept`].
pub fn encode_kept_into<T: Serialize>(room: &mut Vec<u8>, key: Key, value: &T) -> Result<()> {
    encode_into(room, value);
    if room.len() > KEPT_MAX { Err(StoreError::TooLarge(key, room.len())) } else { Ok(()) }
}

/// Bytes as a record: every byte must be used. Texts are borrowed until they are known to be there, so that a
/// length that promises too much allocates nothing.
///
/// # Errors
/// [`StoreError::Damaged`] naming the table and the row.
pub fn decode<T: DeserializeOwned>(bytes: &[u8], table: &'static str, key: impl std::fmt::Display) -> Result<T> {
    decode_lent(bytes, table, key)
}

/// The same for what may hold on to texts in the bytes.
///
/// # Errors
/// As [`decode`].
pub fn decode_lent<'b, T: Deserialize<'b>>(
    bytes: &'b [u8],
    table: &'static str,
    key: impl std::fmt::Display,
) -> Result<T> {
    let damaged = |why: String| StoreError::Damaged { table, key: key.to_string(), why };
    match bytes.split_first() {
        Some((&VERSION, rest)) => match bincode::serde::borrow_decode_from_slice::<T, _>(rest, config()) {
            Ok((value, used)) if used == rest.len() => Ok(value),
            Ok((_, used)) => Err(damaged(format!("{} bytes too many", rest.len() - used))),
            Err(error) => Err(damaged(error.to_string())),
        },
        Some((version, _)) => Err(damaged(format!("its format {version} is not known"))),
        None => Err(damaged("it is empty".to_owned())),
    }
}

/// Appends a number in 7-bit groups, lowest first; the high bit says that more follow.
pub fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number as u8) | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number that [`put_number`] wrote off the front; none where the bytes are not one.
pub fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}
