//! Records as bytes: a format byte, then bincode's `standard()` encoding. The only module that names bincode.

use super::error::{Result, StoreError};
use crate::domain::Key;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// The first byte of a value whose layout never changed.
pub const VERSION: u8 = 1;

/// No record is kept that takes more bytes.
pub const KEPT_MAX: usize = 4 << 20;

/// What decoding may claim. A number claims its full width, up to eight times the bytes it is kept in.
const LIMIT: usize = 8 * KEPT_MAX;

fn config() -> impl bincode::config::Config {
    bincode::config::standard().with_limit::<LIMIT>()
}

/// What is read of a record's bytes: of those written today, and of those of the layout before.
pub trait Layout<'b>: Deserialize<'b> {
    /// The first byte of those written today; one more than that of the layout before.
    const VERSION: u8;
    /// The layout before; itself where there was none.
    type Before: Deserialize<'b> + Into<Self>;
}

/// A record in the layout it is kept in.
pub trait Kept: Serialize + for<'b> Layout<'b> {}

impl<S: Serialize + for<'b> Layout<'b>> Kept for S {}

fn version<S: Kept>() -> u8 {
    <S as Layout<'static>>::VERSION
}

/// A value as bytes.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_into(&mut bytes, value);
    bytes
}

/// A value as bytes, in the place of those that were in this room.
pub fn encode_into<T: Serialize>(room: &mut Vec<u8>, value: &T) {
    encode_as(VERSION, room, value);
}

fn encode_as<T: Serialize>(version: u8, room: &mut Vec<u8>, value: &T) {
    room.clear();
    room.push(version);
    bincode::serde::encode_into_std_write(value, room, config()).expect("plain values encode into memory");
}

/// A record as bytes, however many.
pub fn encode_shape<S: Kept>(value: &S) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_as(version::<S>(), &mut bytes, value);
    bytes
}

/// A record as bytes, if they are not more than can be kept and decoded again.
///
/// # Errors
/// [`StoreError::TooLarge`] naming the record.
pub fn encode_kept<S: Kept>(key: Key, value: &S) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    encode_kept_into(&mut bytes, key, value)?;
    Ok(bytes)
}

/// The same, in the place of the bytes that were in this room.
///
/// # Errors
/// As [`encode_kept`].
pub fn encode_kept_into<S: Kept>(room: &mut Vec<u8>, key: Key, value: &S) -> Result<()> {
    encode_as(version::<S>(), room, value);
    if room.len() > KEPT_MAX { Err(StoreError::TooLarge(key, room.len())) } else { Ok(()) }
}

/// Bytes as a value: every byte must be used. Texts are borrowed until they are known to be there, so that a
/// length that promises too much allocates nothing.
///
/// # Errors
/// [`StoreError::Damaged`] naming the table and the row.
pub fn decode<T: DeserializeOwned>(bytes: &[u8], table: &'static str, key: impl Display) -> Result<T> {
    let value = match bytes.split_first() {
        Some((&VERSION, rest)) => decode_as(rest),
        other => Err(unknown(other)),
    };
    value.map_err(|why| damaged(table, &key, why))
}

/// Bytes as a record, of today's layout or of the one before; the rest as [`decode`].
///
/// # Errors
/// As [`decode`].
pub fn decode_kept<'b, S: Layout<'b>>(bytes: &'b [u8], table: &'static str, key: impl Display) -> Result<S> {
    let value = match bytes.split_first() {
        Some((version, rest)) if *version == S::VERSION => decode_as(rest),
        Some((version, rest)) if *version > 0 && *version == S::VERSION - 1 => {
            decode_as::<S::Before>(rest).map(Into::into)
        }
        other => Err(unknown(other)),
    };
    value.map_err(|why| damaged(table, &key, why))
}

fn decode_as<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, String> {
    match bincode::serde::borrow_decode_from_slice::<T, _>(bytes, config()) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        Ok((_, used)) => Err(format!("{} bytes too many", bytes.len() - used)),
        Err(error) => Err(error.to_string()),
    }
}

fn unknown(bytes: Option<(&u8, &[u8])>) -> String {
    bytes.map_or_else(|| "it is empty".to_owned(), |(version, _)| format!("its format {version} is not known"))
}

fn damaged(table: &'static str, key: &impl Display, why: String) -> StoreError {
    StoreError::Damaged { table, key: key.to_string(), why }
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
