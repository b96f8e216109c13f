//! Names with the words of real ones: few words are everywhere, half of them occur once.

use super::random::Random;
use cinedex::domain::Entity;
use cinedex::search::{Name, Names, Trouble};
use std::ops::ControlFlow;

const STARTS: [&str; 40] = [
    "b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "pr", "r",
    "s", "sh", "st", "sch", "t", "th", "tr", "v", "w", "y", "z", "", "", "ma", "ka", "al", "an", "mc", "o",
];
const HEARTS: [&str; 16] = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ie", "oo", "ou", "y", "au"];
const ENDS: [&str; 24] = [
    "", "", "", "", "n", "r", "l", "s", "t", "m", "ng", "nd", "rt", "ck", "ll", "ss", "ns", "rd", "x", "d", "k", "v",
    "tz", "b",
];

/// Words drawn so that the more often one was drawn, the more often it is drawn again (Simon's process).
struct Stream {
    drawn: Vec<u32>,
    words: Vec<String>,
    /// One draw in so many makes a new word.
    fresh: usize,
}

impl Stream {
    fn new(fresh: usize) -> Self {
        Self { drawn: Vec::new(), words: Vec::new(), fresh }
    }

    fn draw(&mut self, random: &mut Random) -> u32 {
        let word = if self.words.is_empty() || random.below(self.fresh) == 0 {
            self.words.push(word(self.words.len(), random));
            self.words.len() as u32 - 1
        } else {
            self.drawn[random.below(self.drawn.len())]
        };
        self.drawn.push(word);
        word
    }
}

/// A new word; the first ones, which become the most frequent, are short.
fn word(at: usize, random: &mut Random) -> String {
    let syllables = if at < 40 { 1 } else { 2 + random.below(2) + random.below(2) };
    let mut word = String::new();
    for _ in 0..syllables {
        word += STARTS[random.below(STARTS.len())];
        word += HEARTS[random.below(HEARTS.len())];
        word += ENDS[random.below(ENDS.len())];
    }
    word
}

/// A third movies, two thirds people.
pub struct Made {
    movies: Vec<(String, u32)>,
    people: Vec<(String, u32)>,
}

impl Made {
    /// So many names.
    pub fn new(count: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let mut titles = Stream::new(18);
        let mut name = |streams: &mut [&mut Stream], least: usize, spread: usize| {
            let count = least + random.below(spread);
            let words: Vec<String> = (0..count)
                .map(|at| {
                    let last = streams.len() - 1;
                    let which = if at == 0 { 0 } else { last };
                    let word = streams[which].draw(&mut random) as usize;
                    streams[which].words[word].clone()
                })
                .collect();
            (words.join(" "), fame(&mut random))
        };
        let movies = (0..count / 3).map(|_| name(&mut [&mut titles], 1, 5)).collect();
        let (mut firsts, mut lasts) = (Stream::new(90), Stream::new(9));
        let people =
            (0..count - count / 3).map(|at| name(&mut [&mut firsts, &mut lasts], 2, 1 + usize::from(at % 10 == 0)));
        Self { movies, people: people.collect() }
    }
}

/// Votes or credits: very few have many.
fn fame(random: &mut Random) -> u32 {
    let share = (random.below(1 << 24) + 1) as f64 / f64::from(1 << 24);
    (2.0 / share.powf(1.0)) as u32
}

impl Names for Made {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        let names = match entity {
            Entity::Movie => &self.movies[..],
            Entity::Person => &self.people[..],
            _ => &[],
        };
        for (id, (texts, weight)) in (0..).zip(names) {
            if visit(Name { id, weight: *weight, year: 1900 + (id % 120) as u16, texts }).is_break() {
                break;
            }
        }
        Ok(())
    }
}
