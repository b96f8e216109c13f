//! Words as in real names: few are everywhere, half of them occur once.

use super::random::Random;

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
pub struct Stream {
    drawn: Vec<u32>,
    pub words: Vec<String>,
    /// One draw in so many makes a new word.
    fresh: usize,
    /// So many new words come first; the fewer, the more the first one is drawn.
    start: usize,
}

impl Stream {
    /// `start` new words first; then one draw in `fresh` makes one.
    pub fn new(fresh: usize, start: usize) -> Self {
        Self { drawn: Vec::new(), words: Vec::new(), fresh, start }
    }

    /// The place of a word among all.
    pub fn draw(&mut self, random: &mut Random) -> u32 {
        let word = if self.words.len() < self.start || random.below(self.fresh) == 0 {
            self.words.push(word(self.words.len(), self.start, random));
            self.words.len() as u32 - 1
        } else {
            self.drawn[random.below(self.drawn.len())]
        };
        self.drawn.push(word);
        word
    }
}

/// A new word; the first ones, which become the most frequent, are short.
fn word(at: usize, start: usize, random: &mut Random) -> String {
    let syllables = match at {
        0..40 => 1,
        _ if at < start => 1 + random.below(2),
        _ => 2 + random.below(2) + random.below(2),
    };
    let mut word = String::new();
    for _ in 0..syllables {
        word += STARTS[random.below(STARTS.len())];
        word += HEARTS[random.below(HEARTS.len())];
        word += ENDS[random.below(ENDS.len())];
    }
    word
}
