//! A sieve over every beginning of every word: says for certain that no word begins so, or that one very likely
//! does. It makes walking through all misspellings of a word cheap.

use super::super::Trouble;
use super::pages::{Page, Pages};
use super::rows::{key_of, kind};
use std::cell::{Cell, RefCell};

/// Numbers of 64 bits in a row.
const ROW: u32 = 4_000;
/// Bits of the sieve for each beginning.
const BITS: u64 = 10;

/// The hash of a beginning, which grows letter by letter.
#[derive(Clone, Copy)]
pub struct Trail(u64);

impl Trail {
    /// No letters yet.
    pub const START: Self = Self(0xcbf2_9ce4_8422_2325);

    /// One letter more.
    pub fn then(self, letter: char) -> Self {
        Self((self.0 ^ u64::from(u32::from(letter))).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
    }

    /// A whole word that ends here.
    pub fn end(self) -> Self {
        self.then('\0')
    }

    /// Where it falls in a sieve of so many numbers, and its bits there.
    fn place(self, size: u32) -> (u32, u64) {
        let mixed = (self.0 ^ (self.0 >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = [0, 6, 12, 18].iter().fold(0, |bits, shift| bits | 1 << ((mixed >> shift) & 63));
        ((((mixed >> 32) * u64::from(size)) >> 32) as u32, bits)
    }
}

/// The beginnings of a word that the word before it did not have, and the whole word.
pub fn trails<'w>(before: &str, word: &'w str) -> impl Iterator<Item = Trail> + use<'w> {
    let shared = shared(before, word);
    let mut trail = Trail::START;
    let ways = word.char_indices().map(move |(at, letter)| {
        trail = trail.then(letter);
        (at + letter.len_utf8() > shared).then_some(trail)
    });
    let whole = word.chars().fold(Trail::START, Trail::then).end();
    ways.flatten().chain([whole])
}

/// Bytes that two words share from their start, in whole letters.
pub fn shared(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b).map_or(a.len().min(b.len()), |((at, _), _)| at)
}

/// A sieve being filled.
pub struct Filling {
    numbers: Vec<u64>,
}

impl Filling {
    /// For about so many beginnings.
    pub fn new(beginnings: u64) -> Self {
        Self::of_size((beginnings * BITS / 64 + 1) as u32)
    }

    /// Of so many numbers.
    pub fn of_size(size: u32) -> Self {
        Self { numbers: vec![0; size as usize] }
    }

    /// Numbers it has.
    pub fn size(&self) -> u32 {
        self.numbers.len() as u32
    }

    /// Takes a beginning in.
    pub fn add(&mut self, trail: Trail) {
        let (at, bits) = trail.place(self.size());
        self.numbers[at as usize] |= bits;
    }

    /// Its rows in order.
    pub fn rows(&self) -> impl Iterator<Item = (u32, Vec<u8>)> + '_ {
        let rows = self.numbers.chunks(ROW as usize).map(|row| row.iter().flat_map(|number| number.to_le_bytes()));
        (0..).zip(rows.map(Iterator::collect))
    }
}

/// A sieve read row by row, as far as it is needed.
pub struct Sieve<'p> {
    pages: &'p dyn Pages,
    layer: u8,
    size: u32,
    rows: RefCell<Vec<Option<Page<'p>>>>,
    is_ahead: Cell<bool>,
}

impl<'p> Sieve<'p> {
    /// Of a segment, of so many numbers.
    pub fn new(pages: &'p dyn Pages, layer: u8, size: u32) -> Self {
        Self { pages, layer, size, rows: RefCell::default(), is_ahead: Cell::default() }
    }

    /// Reads all of it ahead, for whoever looks in many places.
    pub fn ahead(&self) {
        if !self.is_ahead.replace(true) {
            let rows = 0..self.size.div_ceil(ROW);
            self.pages.ahead(&rows.map(|row| key_of(self.layer, kind::SIEVE, row)).collect::<Vec<_>>());
        }
    }

    /// Whether a word may begin so.
    pub fn has(&self, trail: Trail) -> Result<bool, Trouble> {
        if self.size == 0 {
            return Ok(false);
        }
        let (at, bits) = trail.place(self.size);
        let (row, start) = ((at / ROW) as usize, (at % ROW) as usize * 8);
        let mut rows = self.rows.borrow_mut();
        if rows.len() <= row {
            rows.resize_with(row + 1, || None);
        }
        if rows[row].is_none() {
            rows[row] = self.pages.get(&key_of(self.layer, kind::SIEVE, row as u32))?;
        }
        let number = rows[row].as_ref().and_then(|page| page.get(start..)?.first_chunk::<8>().copied());
        Ok(number.is_some_and(|number| u64::from_le_bytes(number) & bits == bits))
    }
}
