//! The best-known names of every prefix that many names have.

use super::super::Trouble;
use super::pages::Write;
use super::rows::{HEAD, HEAD_FROM, put, put_ascending};
use std::collections::BinaryHeap;

/// The prefixes of the word in hand, shortest first.
pub struct Heads {
    open: Vec<Open>,
    ends: [u32; 2],
}

/// A prefix that more words may have.
struct Open {
    prefix: String,
    count: u32,
    /// The smallest numbers of each kind, the largest of them on top.
    best: [BinaryHeap<u32>; 3],
}

impl Heads {
    /// `ends` are the numbers after the last movie and the last person.
    pub fn new(ends: [u32; 2]) -> Self {
        Self { open: Vec::new(), ends }
    }

    /// Takes the next word, in order, with its names.
    pub fn word(&mut self, word: &str, names: &[u32], write: &mut Write<'_>) -> Result<(), Trouble> {
        while self.open.last().is_some_and(|open| !word.starts_with(&open.prefix)) {
            self.close(write)?;
        }
        for (at, letter) in word.char_indices().skip(self.open.len()) {
            let prefix = word[..at + letter.len_utf8()].to_owned();
            self.open.push(Open { prefix, count: 0, best: Default::default() });
        }
        for open in &mut self.open {
            open.count += names.len() as u32;
            for &name in names {
                let best = &mut open.best[self.ends.iter().filter(|end| name >= **end).count()];
                if best.len() < HEAD {
                    best.push(name);
                } else if best.peek().is_some_and(|worst| name < *worst) {
                    best.pop();
                    best.push(name);
                }
            }
        }
        Ok(())
    }

    /// No more words come.
    pub fn finish(&mut self, write: &mut Write<'_>) -> Result<(), Trouble> {
        while !self.open.is_empty() {
            self.close(write)?;
        }
        Ok(())
    }

    fn close(&mut self, write: &mut Write<'_>) -> Result<(), Trouble> {
        let Some(open) = self.open.pop().filter(|open| open.count > HEAD_FROM) else { return Ok(()) };
        let mut names: Vec<u32> = open.best.into_iter().flatten().collect();
        names.sort_unstable();
        names.dedup();
        let mut row = Vec::new();
        put(&mut row, open.count);
        put_ascending(&mut row, &names);
        write(open.prefix.as_bytes(), &row)
    }
}
