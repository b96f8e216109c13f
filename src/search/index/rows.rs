//! How the index's rows are keyed and packed.

use super::super::articles::after_article;
use crate::domain::Entity;

/// Kinds of rows, in the order of their keys. The first byte of a key is the layer, the second the kind.
pub mod kind {
    /// One row: how many names of each kind there are, and the size of the sieve.
    pub const INFO: u8 = b'A';
    /// Block of words: names of words that few names have.
    pub const FEW: u8 = b'F';
    /// Prefix: the best-known names that have words with it, where there are many.
    pub const HEAD: u8 = b'H';
    /// Block of names: their ids.
    pub const ID: u8 = b'I';
    /// Entity and id: this layer speaks for that name.
    pub const KNOWN: u8 = b'K';
    /// First literal key of a block: names in the order of their texts without blanks.
    pub const LITERAL: u8 = b'L';
    /// Word and first name of a block: names of words that many names have.
    pub const MANY: u8 = b'M';
    /// Block of names: their texts.
    pub const NAME: u8 = b'N';
    /// Block of movies' ids: how well known they are.
    pub const RENOWN: u8 = b'R';
    /// A part of the sieve.
    pub const SIEVE: u8 = b'S';
    /// First word of a block: words and how many names have them.
    pub const WORD: u8 = b'W';
}

/// Names in a block of texts.
pub const NAMES: u32 = 32;
/// Names in a block of ids: with its key no more than a page of the disk.
pub const IDS: u32 = 1_000;
/// Words in a block of words.
pub const WORDS: usize = 64;
/// A word that more names have gets rows of its own.
pub const FEW: u32 = 32;
/// Names in a row of such a word.
pub const MANY: usize = 1024;
/// Names in a block of literal keys.
pub const LITERALS: usize = 16;
/// A prefix with more names than this keeps the best of each kind apart.
pub const HEAD_FROM: u32 = 1_000;
/// So many of them.
pub const HEAD: usize = 1_000;
/// Literal keys are cut here.
pub const LITERAL: usize = 48;

/// The kinds of names, in the order in which a layer numbers them.
pub const KINDS: [Entity; 3] = [Entity::Movie, Entity::Person, Entity::Character];

/// A key: layer, kind, the rest.
pub fn key(layer: u8, kind: u8, rest: &[u8]) -> Vec<u8> {
    [&[layer, kind], rest].concat()
}

/// A key that ends with a number.
pub fn key_of(layer: u8, kind: u8, number: u32) -> Vec<u8> {
    key(layer, kind, &number.to_be_bytes())
}

/// The key of a row of a word that many names have.
pub fn many_key(layer: u8, word: u32, first: u32) -> Vec<u8> {
    key(layer, kind::MANY, &[word.to_be_bytes(), first.to_be_bytes()].concat())
}

/// The number at the end of a key.
pub fn tail(key: &[u8]) -> u32 {
    key.last_chunk::<4>().map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

/// Writes a number in as few bytes as it needs.
pub fn put(row: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        row.push(number as u8 | 0x80);
        number >>= 7;
    }
    row.push(number as u8);
}

/// Reads what [`put`] wrote; a row that ends early reads as 0.
#[inline]
pub fn take(row: &mut &[u8]) -> u32 {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let Some((&byte, rest)) = row.split_first() else { return 0 };
        *row = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}

/// Reads so many bytes, fewer where the row ends.
pub fn take_bytes<'a>(row: &mut &'a [u8], count: usize) -> &'a [u8] {
    let (bytes, rest) = row.split_at(count.min(row.len()));
    *row = rest;
    bytes
}

/// Writes ascending numbers as differences.
pub fn put_ascending(row: &mut Vec<u8>, numbers: &[u32]) {
    let mut last = 0;
    for &number in numbers {
        put(row, number - last);
        last = number;
    }
}

/// Reads ascending numbers until the row ends.
pub fn ascending(mut row: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut last = 0_u32;
    std::iter::from_fn(move || {
        if row.is_empty() {
            return None;
        }
        last = last.wrapping_add(take(&mut row));
        Some(last)
    })
}

/// A text without its blanks and leading article, cut short: what literal lookups sort by.
pub fn literal(text: &str) -> Vec<u8> {
    run_together(after_article(text).unwrap_or(text))
}

/// What a text is found by: without its leading article, and with it, as it may be run together.
pub fn literals_of(text: &str) -> impl Iterator<Item = Vec<u8>> + '_ {
    [after_article(text), Some(text)].into_iter().flatten().map(run_together)
}

fn run_together(text: &str) -> Vec<u8> {
    text.bytes().filter(|byte| *byte != b' ').take(LITERAL).collect()
}
