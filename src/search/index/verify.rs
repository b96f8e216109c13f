//! Whether the lists of a layer say what its names say. Both are summed without regard to order, so that memory does
//! not grow with them.

use super::super::names::Trouble;
use super::build::{INITIALS, keys_of, words_of};
use super::heads::Heads;
use super::lists::Segment;
use super::pages::Pages;
use super::renown;
use super::rows::{IDS, KINDS, NAMES, key, key_of, kind, take};
use super::sieve::{Filling, trails};
use std::ops::ControlFlow;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What was summed: of words and their names, of literal keys' names, of movies' places, of the other rows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    words: u64,
    literals: u64,
    heads: u64,
    ids: u64,
    renown: u64,
}

fn sum(into: &mut u64, bytes: &[u8], seed: u64) {
    *into = into.wrapping_add(xxh3_64_with_seed(bytes, seed));
}

fn sum_place(sums: &mut Sums, movie: u32, place: u16) {
    sum(&mut sums.renown, &place.to_le_bytes(), movie.into());
}

/// Whether every name of a layer is found by each of its words and beginnings, and no other by them.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn verify(pages: &dyn Pages, layer: u8) -> Result<bool, Trouble> {
    let Some(segment) = Segment::open(pages, layer)? else { return Ok(true) };
    let mut wanted = of_names(&segment)?;
    let mut there = Sums::default();
    let ends = [segment.counts[0], segment.counts[0] + segment.counts[1]];
    let (mut heads, mut sieve, mut last) = (Heads::new(ends), Filling::of_size(segment.size), String::new());
    let mut head = |prefix: &[u8], row: &[u8]| {
        sum(&mut wanted.heads, &[prefix, &[0], row].concat(), 0);
        Ok(())
    };
    segment.every_word(&mut |word, names| {
        for name in names {
            sum(&mut there.words, word.as_bytes(), (*name).into());
        }
        trails(&last, word).for_each(|trail| sieve.add(trail));
        word.clone_into(&mut last);
        heads.word(word, names, &mut head)
    })?;
    heads.finish(&mut head)?;
    each(&segment, kind::HEAD, &mut |key, row| sum(&mut there.heads, &[key, &[0], row].concat(), 0))?;
    each(&segment, kind::LITERAL, &mut |_, mut row| {
        while !row.is_empty() {
            sum(&mut there.literals, &[], take(&mut row).into());
        }
    })?;
    each(&segment, kind::ID, &mut |key, row| sum(&mut there.ids, row, super::rows::tail(key).into()))?;
    let mut has_renown = false;
    each(&segment, kind::RENOWN, &mut |key, row| {
        has_renown = true;
        renown::places(super::rows::tail(key), row).for_each(|(id, place)| sum_place(&mut there, id, place));
    })?;
    if !has_renown {
        // Only the main layer has places, and not where an older program built it.
        wanted.renown = 0;
    }
    let mut sieves_agree = true;
    for (at, row) in sieve.rows() {
        sieves_agree &= pages.get(&key_of(layer, kind::SIEVE, at))?.is_some_and(|page| page[..] == row);
    }
    Ok(sieves_agree && wanted == there)
}

/// What the names ask for; of heads nothing, which words ask for.
fn of_names(segment: &Segment<'_>) -> Result<Sums, Trouble> {
    let mut sums = Sums::default();
    let (mut number, mut ids) = (0_u32, Vec::new());
    for at in 0..KINDS.len() {
        let span = segment.span(at);
        for start in span.clone().step_by(NAMES as usize) {
            let numbers: Vec<u32> = (start..span.end.min(start + NAMES)).collect();
            segment.names(&numbers, &mut |name| {
                for word in words_of(name.texts, number - span.start < INITIALS) {
                    sum(&mut sums.words, word.as_bytes(), number.into());
                }
                for _ in keys_of(name.texts) {
                    sum(&mut sums.literals, &[], number.into());
                }
                ids.extend_from_slice(&name.id.to_be_bytes());
                if at == 0 {
                    sum_place(&mut sums, name.id, renown::place(number, segment.counts[0]));
                }
                number += 1;
                if number.is_multiple_of(IDS) {
                    sum(&mut sums.ids, &ids, (number / IDS - 1).into());
                    ids.clear();
                }
            })?;
        }
    }
    if !ids.is_empty() {
        sum(&mut sums.ids, &ids, (number / IDS).into());
    }
    Ok(sums)
}

/// Shows the rows of a kind: what follows the kind in the key, and the row.
fn each(segment: &Segment<'_>, kind: u8, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<(), Trouble> {
    let first = key(segment.layer, kind, &[]);
    segment.pages.walk(&first, &mut |key, row| {
        let Some(rest) = key.strip_prefix(&first[..]) else { return ControlFlow::Break(()) };
        visit(rest, row);
        ControlFlow::Continue(())
    })
}
