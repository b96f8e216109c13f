//! A dump in the form of IMDb's datasets, and a table of countries and budgets by the same ids.

use super::random::Random;
use super::words::Stream;
use super::{people, titles};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A prime beyond all numbers of people.
const SCATTER: u64 = 2_654_435_761;

/// What a dump is made of. A film has two people, seven parts and one director on the average.
#[derive(Clone, Copy)]
pub struct Dump {
    /// How many films there are, of all kinds.
    pub films: u32,
    /// Another seed is another dump.
    pub seed: u64,
}

impl Dump {
    /// Writes the files of the dump into a folder.
    pub fn write(self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        std::thread::scope(|scope| {
            let people = scope.spawn(|| people::write(self, folder));
            titles::write(self, folder)?;
            people.join().expect("nothing panics there")
        })
    }

    /// How many people there are.
    pub fn people(self) -> u32 {
        2 * self.films
    }

    /// The number of a film. Ids have seven digits until they need eight.
    pub fn tconst(self, film: u32) -> u32 {
        numbered(film, self.films)
    }

    /// The number of a person. Those whom the films name first are anywhere among the ids.
    pub fn nconst(self, person: u32) -> u32 {
        let place = u64::from(person) * SCATTER % u64::from(self.people());
        numbered(place as u32, self.people())
    }
}

/// The number of the one at a place, of so many: the last third has eight digits.
pub fn numbered(place: u32, of: u32) -> u32 {
    if place < of / 3 * 2 { place + 1 } else { 10_000_000 + place }
}

/// A table being written, header first.
pub fn table(folder: &Path, name: &str, header: &str) -> io::Result<BufWriter<File>> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(folder.join(name))?);
    writeln!(out, "{}", header.replace(' ', "\t"))?;
    Ok(out)
}

/// A draw from things of different weight.
pub fn weighted<T: Copy>(things: &[(T, usize)], random: &mut Random) -> T {
    let mut left = random.below(things.iter().map(|(_, weight)| weight).sum());
    for (thing, weight) in things {
        if left < *weight {
            return *thing;
        }
        left -= weight;
    }
    things[0].0
}

/// Writes a word as it stands in a name: with a capital, one in eleven with an accent.
pub fn spell(words: &Stream, word: u32, text: &mut String) {
    let accent = word % 11 == 10;
    for (at, c) in words.words[word as usize].chars().enumerate() {
        text.push(match c {
            _ if at == 0 => c.to_ascii_uppercase(),
            'e' if accent => 'é',
            'u' if accent => 'ü',
            'o' if accent => 'ø',
            _ => c,
        });
    }
}
