//! The words near a misspelt one, found by walking through the sieve.

use super::super::Trouble;
use super::lists::Source;
use super::sieve::{Sieve, Trail};
use std::collections::BTreeSet;

/// No more places of the sieve are looked at for one word.
const STEPS: u32 = 20_000;

/// The words at most `edits` away from the letters typed; of an unfinished word also their beginnings.
pub fn near(sieve: &Sieve<'_>, typed: &[char], edits: u32, unfinished: bool) -> Result<Vec<Source>, Trouble> {
    sieve.ahead();
    let alphabet = alphabet(typed);
    let mut walk = Walk { sieve, typed, unfinished, alphabet, path: String::new(), found: BTreeSet::new(), steps: 0 };
    walk.from(0, Trail::START, edits)?;
    Ok(walk.found.into_iter().collect())
}

struct Walk<'a, 'p> {
    sieve: &'a Sieve<'p>,
    typed: &'a [char],
    unfinished: bool,
    alphabet: Vec<char>,
    path: String,
    found: BTreeSet<Source>,
    steps: u32,
}

impl Walk<'_, '_> {
    /// Goes on from a place: so many letters typed are behind, so many edits are left.
    fn from(&mut self, at: usize, trail: Trail, edits: u32) -> Result<(), Trouble> {
        if self.steps > STEPS {
            return Ok(());
        }
        let Some(&letter) = self.typed.get(at) else {
            self.arrive(trail)?;
            return if edits > 0 && !self.unfinished { self.any(at, trail, edits, None) } else { Ok(()) };
        };
        self.step(letter, at + 1, trail, edits)?;
        if edits == 0 {
            return Ok(());
        }
        self.from(at + 1, trail, edits - 1)?;
        self.any(at, trail, edits, Some(letter))?;
        match self.typed.get(at + 1) {
            Some(&next) if next != letter => {
                let middle = trail.then(next);
                self.steps += 1;
                if self.sieve.has(middle)? {
                    self.path.push(next);
                    self.step(letter, at + 2, middle, edits - 1)?;
                    self.path.pop();
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Takes any letter, in the place of the one typed or before it.
    fn any(&mut self, at: usize, trail: Trail, edits: u32, instead: Option<char>) -> Result<(), Trouble> {
        for index in 0..self.alphabet.len() {
            let letter = self.alphabet[index];
            let next = trail.then(letter);
            self.steps += 1;
            if instead == Some(letter) || !self.sieve.has(next)? {
                continue;
            }
            self.path.push(letter);
            if instead.is_some() {
                self.from(at + 1, next, edits - 1)?;
            }
            self.from(at, next, edits - 1)?;
            self.path.pop();
        }
        Ok(())
    }

    /// Takes one letter if words go on with it.
    fn step(&mut self, letter: char, at: usize, trail: Trail, edits: u32) -> Result<(), Trouble> {
        let next = trail.then(letter);
        self.steps += 1;
        if !self.sieve.has(next)? {
            return Ok(());
        }
        self.path.push(letter);
        self.from(at, next, edits)?;
        self.path.pop();
        Ok(())
    }

    /// All letters typed are used up.
    fn arrive(&mut self, trail: Trail) -> Result<(), Trouble> {
        if self.unfinished {
            self.found.insert(Source::Prefix(self.path.clone()));
        } else if self.sieve.has(trail.end())? {
            self.found.insert(Source::Word(self.path.clone()));
        }
        Ok(())
    }
}

/// The letters that may have been meant: those of the typed word's script.
fn alphabet(typed: &[char]) -> Vec<char> {
    let ranges = ['a'..='z', '0'..='9', 'α'..='ω', 'а'..='я', 'א'..='ת', 'ء'..='ي', 'ぁ'..='ん', 'ァ'..='ヶ'];
    let used = ranges.into_iter().filter(|range| typed.iter().any(|letter| range.contains(letter)));
    let letters: BTreeSet<char> = used.flatten().chain(typed.iter().copied()).collect();
    letters.into_iter().collect()
}
