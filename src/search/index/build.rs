//! Builds a layer of the index from all names at once.
//!
//! Names are numbered from the best known down, movies first, then people, then characters; so every list of
//! names is in the order in which they are worth looking at, and packs well.

use super::super::articles::is_article;
use super::super::edits::LONGEST;
use super::super::names::{Names, Trouble};
use super::fresh::{FRESH, MAIN, change};
use super::heads::Heads;
use super::pages::Write;
use super::renown;
use super::rows::{
    FEW, IDS, KINDS, LITERALS, MANY, NAMES, WORDS, key, key_of, kind, literals_of, many_key, put, put_ascending, tail,
};
use super::sieve::{Filling, Trail, shared, trails};
use crate::sorter::{Sorted, Sorter};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

/// So many of the best-known names of each kind are found by their initials.
pub const INITIALS: u32 = 50_000;

/// Rows, words and literal keys each wait to be sorted in so many bytes of memory.
const MEMORY: usize = 24 << 20;

fn sorter(folder: &Path) -> Sorter {
    Sorter::new(folder, MEMORY)
}

/// Writes all rows of the main layer, in the order of their keys; no other layer is to remain. `folder` takes
/// temporary files.
///
/// # Errors
/// Whatever reading the names, writing the rows or the temporary files fails with.
pub fn build(names: &dyn Names, folder: &Path, write: &mut Write<'_>) -> Result<(), Trouble> {
    prepare(MAIN, names, BTreeSet::new(), folder)?.each(write)
}

/// All rows of a layer and, among them, some empty rows. `folder` takes temporary files.
///
/// # Errors
/// Whatever reading the names or writing the temporary files fails with.
pub fn prepare(layer: u8, names: &dyn Names, marks: BTreeSet<Vec<u8>>, folder: &Path) -> Result<Ready, Trouble> {
    let mut rows = Rows { layer, sorter: sorter(folder) };
    for mark in marks {
        rows.put(&mark, &[])?;
    }
    let (numbered, counts) = collect(names, folder)?;
    let mut words = sorter(folder);
    let mut literals = sorter(folder);
    let mut renown = renown::Filling::new(counts[0]);
    write_names(numbered, &counts, &mut rows, &mut words, &mut literals, &mut renown)?;
    for (at, row) in renown.rows().filter(|_| layer == MAIN) {
        rows.put(&key_of(layer, kind::RENOWN, at), &row)?;
    }
    write_literals(literals, &mut rows)?;
    let sieve = write_words(words, &mut rows, [counts[0], counts[0] + counts[1]])?;
    for (at, row) in sieve.rows() {
        rows.put(&key_of(layer, kind::SIEVE, at), &row)?;
    }
    let mut info = Vec::new();
    counts.iter().chain([&sieve.size()]).for_each(|&number| put(&mut info, number));
    rows.put(&key(layer, kind::INFO, &[]), &info)?;
    rows.finish()
}

/// Names as changes.
pub fn spread(names: Option<&dyn Names>, folder: &Path) -> Result<Ready, Trouble> {
    let mut rows = Rows { layer: FRESH, sorter: sorter(folder) };
    for (entity, names) in KINDS.into_iter().filter_map(|entity| Some((entity, names?))) {
        let mut outcome = Ok(());
        names.scan(entity, &mut |name| {
            let (key, row) = change(entity, &name, false);
            outcome = rows.put(&key, &row);
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        outcome?;
    }
    rows.finish()
}

/// All rows of one layer, ready to be written in the place of those it has.
pub struct Ready {
    layer: u8,
    rows: Sorted,
}

impl Ready {
    /// The layer.
    #[must_use]
    pub fn layer(&self) -> u8 {
        self.layer
    }

    /// Shows its rows in the order of their keys.
    ///
    /// # Errors
    /// Whatever writing them or reading the temporary files fails with.
    pub fn each(&self, write: &mut Write<'_>) -> Result<(), Trouble> {
        self.rows.each(write)
    }
}

/// Rows in any order.
struct Rows {
    layer: u8,
    sorter: Sorter,
}

impl Rows {
    fn put(&mut self, key: &[u8], row: &[u8]) -> Result<(), Trouble> {
        Ok(self.sorter.push(key, row)?)
    }

    fn finish(self) -> Result<Ready, Trouble> {
        Ok(Ready { layer: self.layer, rows: self.sorter.finish()? })
    }
}

/// All names, sorted into the order of their numbers, and how many there are of each kind.
fn collect(names: &dyn Names, folder: &Path) -> Result<(Sorter, [u32; 3]), Trouble> {
    let mut sorter = sorter(folder);
    let mut counts = [0; 3];
    for (at, entity) in (0_u8..).zip(KINDS) {
        let mut outcome = Ok(());
        names.scan(entity, &mut |name| {
            let order = [&[at][..], &(!name.weight).to_be_bytes(), &(!name.year).to_be_bytes(), &name.id.to_be_bytes()];
            outcome = sorter.push_parts(order, [name.texts.as_bytes()]);
            counts[at as usize] += 1;
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        outcome?;
    }
    Ok((sorter, counts))
}

/// Writes the texts and takes their words and literal keys apart.
fn write_names(
    numbered: Sorter,
    counts: &[u32; 3],
    rows: &mut Rows,
    words: &mut Sorter,
    literals: &mut Sorter,
    renown: &mut renown::Filling,
) -> Result<(), Trouble> {
    let (mut block, mut ids) = (Vec::new(), Vec::new());
    let mut number = 0_u32;
    numbered.finish()?.each(|order, texts| -> Result<(), Trouble> {
        let order: [u8; 11] = order.try_into().expect("collect wrote the order");
        let part = |from: usize| u32::from_be_bytes([order[from], order[from + 1], order[from + 2], order[from + 3]]);
        let year = !u16::from_be_bytes([order[5], order[6]]);
        let first = match order[0] {
            0 => 0,
            1 => counts[0],
            _ => counts[0] + counts[1],
        };
        let known = number - first < INITIALS;
        let texts = std::str::from_utf8(texts)?;
        for part in [part(7), !part(1), year.into(), texts.len() as u32] {
            put(&mut block, part);
        }
        block.extend_from_slice(texts.as_bytes());
        for word in words_of(texts, known) {
            words.push(word.as_bytes(), &number.to_be_bytes())?;
        }
        for key in keys_of(texts) {
            literals.push(&key, &number.to_be_bytes())?;
        }
        ids.extend_from_slice(&part(7).to_be_bytes());
        if number < counts[0] {
            renown.add(part(7), number);
        }
        number += 1;
        if number.is_multiple_of(IDS) {
            rows.put(&key_of(rows.layer, kind::ID, number / IDS - 1), &ids)?;
            ids.clear();
        }
        if number.is_multiple_of(NAMES) {
            rows.put(&key_of(rows.layer, kind::NAME, number / NAMES - 1), &block)?;
            block.clear();
        }
        Ok(())
    })?;
    for (kind, row, width) in [(kind::NAME, block, NAMES), (kind::ID, ids, IDS)] {
        if !row.is_empty() {
            rows.put(&key_of(rows.layer, kind, number / width), &row)?;
        }
    }
    Ok(())
}

/// The beginning of a word as far as words are told apart.
fn cut(word: &str) -> &str {
    let end = if word.len() <= LONGEST { None } else { word.char_indices().nth(LONGEST) };
    end.map_or(word, |(end, _)| &word[..end])
}

/// The words of a name's texts, each once; where asked, the initials of its texts too, after a `=`.
pub fn words_of(texts: &str, known: bool) -> Vec<Cow<'_, str>> {
    let all = texts.split(['\n', ' ']).filter(|word| !word.is_empty());
    let mut words: Vec<Cow<str>> = all.map(|word| Cow::Borrowed(cut(word))).collect();
    for text in texts.split('\n').filter(|_| known) {
        let initials: Vec<char> = text.split(' ').filter_map(|word| word.chars().next()).take(32).collect();
        let bare = text.split(' ').next().is_some_and(is_article);
        for start in 0..=usize::from(bare) {
            if initials.len() >= start + 3 {
                words.push(Cow::Owned(['='].iter().chain(&initials[start..]).collect()));
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// What a name's texts are found by as they stand, each once.
pub fn keys_of(texts: &str) -> Vec<Vec<u8>> {
    let mut keys: Vec<Vec<u8>> = texts.split('\n').flat_map(literals_of).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Writes the names in the order of their literal keys.
fn write_literals(literals: Sorter, rows: &mut Rows) -> Result<(), Trouble> {
    let mut block: Vec<u8> = Vec::new();
    let (mut first, mut count, mut blocks) = (Vec::new(), 0, 0_u32);
    let mut flush = |block: &mut Vec<u8>, first: &[u8]| {
        blocks += 1;
        rows.put(&key(rows.layer, kind::LITERAL, &[first, &[0], &blocks.to_be_bytes()].concat()), block)
    };
    literals.finish()?.each(|text, number| -> Result<(), Trouble> {
        if count == LITERALS {
            flush(&mut block, &first)?;
            block.clear();
            count = 0;
        }
        if count == 0 {
            first = text.to_vec();
        }
        put(&mut block, tail(number));
        count += 1;
        Ok(())
    })?;
    if block.is_empty() { Ok(()) } else { flush(&mut block, &first) }
}

/// Writes the words, their names and the heads, and fills the sieve.
fn write_words(words: Sorter, rows: &mut Rows, ends: [u32; 2]) -> Result<Filling, Trouble> {
    let mut writer = Words::default();
    let mut heads = Heads::new(ends);
    let mut current: Vec<u8> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    words.finish()?.each(|word, number| -> Result<(), Trouble> {
        if word != current {
            writer.word(&current, &numbers, &mut heads, rows)?;
            current = word.to_vec();
            numbers.clear();
        }
        numbers.push(tail(number));
        Ok(())
    })?;
    writer.word(&current, &numbers, &mut heads, rows)?;
    writer.flush(rows)?;
    heads.finish(&mut |prefix, row| rows.put(&key(rows.layer, kind::HEAD, prefix), row))?;
    let mut sieve = Filling::new(writer.trails.len() as u64);
    writer.trails.into_iter().for_each(|trail| sieve.add(trail));
    Ok(sieve)
}

/// Words being packed.
#[derive(Default)]
struct Words {
    /// The number of the next word.
    next: u32,
    /// The block in hand: its first word, its words, and the names of its rare words.
    first: String,
    last: String,
    block: Vec<u8>,
    few: Vec<u8>,
    trails: Vec<Trail>,
}

impl Words {
    fn word(&mut self, word: &[u8], numbers: &[u32], heads: &mut Heads, rows: &mut Rows) -> Result<(), Trouble> {
        if word.is_empty() {
            return Ok(());
        }
        let word = std::str::from_utf8(word)?;
        heads.word(word, numbers, &mut |prefix, row| rows.put(&key(rows.layer, kind::HEAD, prefix), row))?;
        if self.next.is_multiple_of(WORDS as u32) {
            self.flush(rows)?;
            word.clone_into(&mut self.first);
        }
        let shared = if self.block.is_empty() { 0 } else { shared(&self.last, word) };
        put(&mut self.block, shared as u32);
        put(&mut self.block, (word.len() - shared) as u32);
        self.block.extend_from_slice(&word.as_bytes()[shared..]);
        put(&mut self.block, numbers.len() as u32);
        self.names(numbers, rows)?;
        self.trails.extend(trails(&self.last, word));
        word.clone_into(&mut self.last);
        self.next += 1;
        Ok(())
    }

    fn names(&mut self, numbers: &[u32], rows: &mut Rows) -> Result<(), Trouble> {
        if numbers.len() <= FEW as usize {
            put_ascending(&mut self.few, numbers);
            return Ok(());
        }
        for block in numbers.chunks(MANY) {
            let differences: Vec<u32> = block.iter().map(|number| number - block[0]).collect();
            let mut row = Vec::new();
            put_ascending(&mut row, &differences[1..]);
            rows.put(&many_key(rows.layer, self.next, block[0]), &row)?;
        }
        Ok(())
    }

    fn flush(&mut self, rows: &mut Rows) -> Result<(), Trouble> {
        if self.block.is_empty() {
            return Ok(());
        }
        let base = (self.next - 1) / WORDS as u32 * WORDS as u32;
        let row = [&base.to_be_bytes()[..], &self.block].concat();
        rows.put(&key(rows.layer, kind::WORD, self.first.as_bytes()), &row)?;
        rows.put(&key_of(rows.layer, kind::FEW, base), &self.few)?;
        self.block.clear();
        self.few.clear();
        Ok(())
    }
}
