//! Edit distance of a typed word to the growing prefixes of a text, 64 letters at a time in one machine word
//! (Hyyrö 2003): insertion, deletion, substitution and a swap of neighbours count one each.

/// Longest word that is compared; longer ones are cut.
pub const LONGEST: usize = 64;

/// A typed word, prepared: for each letter the places where it stands.
#[derive(Clone, Debug)]
pub struct Pattern {
    ascii: Box<[u64; 128]>,
    others: Vec<(char, u64)>,
    len: u32,
}

impl Pattern {
    /// Prepares a word of one letter or more, at most [`LONGEST`] letters.
    pub fn new(word: &[char]) -> Self {
        let mut pattern = Self { ascii: Box::new([0; 128]), others: Vec::new(), len: 0 };
        for &letter in word.iter().take(LONGEST) {
            pattern.stand(letter, 1 << pattern.len);
            pattern.len += 1;
        }
        pattern
    }

    fn stand(&mut self, letter: char, place: u64) {
        if let Some(places) = self.ascii.get_mut(letter as usize) {
            *places |= place;
        } else if let Some((_, places)) = self.others.iter_mut().find(|(other, _)| *other == letter) {
            *places |= place;
        } else {
            self.others.push((letter, place));
        }
    }

    fn places(&self, letter: char) -> u64 {
        match self.ascii.get(letter as usize) {
            Some(&places) => places,
            None => self.others.iter().find(|(other, _)| *other == letter).map_or(0, |&(_, places)| places),
        }
    }

    /// Starts a comparison with an empty text.
    pub fn run(&self) -> Run<'_> {
        let last = 1_u64.checked_shl(self.len.saturating_sub(1)).unwrap_or(0);
        Run { pattern: self, last, up: u64::MAX, down: 0, level: 0, before: 0, edits: self.len }
    }
}

/// A comparison under way.
pub struct Run<'a> {
    pattern: &'a Pattern,
    last: u64,
    up: u64,
    down: u64,
    level: u64,
    before: u64,
    edits: u32,
}

impl Run<'_> {
    /// Takes the next letter of the text and returns the distance of the whole word to the text so far.
    pub fn push(&mut self, letter: char) -> u32 {
        let here = self.pattern.places(letter);
        let swapped = ((!self.level & here) << 1) & self.before;
        self.level = ((here & self.up).wrapping_add(self.up) ^ self.up) | here | self.down | swapped;
        let more = self.down | !(self.level | self.up);
        let less = self.level & self.up;
        self.edits += u32::from(more & self.last != 0);
        self.edits -= u32::from(less & self.last != 0);
        let more = more << 1 | 1;
        self.up = less << 1 | !(self.level | more);
        self.down = more & self.level;
        self.before = here;
        self.edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Optimal string alignment, written plainly.
    fn plain(a: &[char], b: &[char]) -> usize {
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1)
                };
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    rows[i][j] = rows[i][j].min(rows[i - 2][j - 2] + 1);
                }
            }
        }
        rows[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn agrees_with_the_plain_table(a in "[abcé]{1,12}", b in "[abcé]{0,12}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let pattern = Pattern::new(&a);
            let mut run = pattern.run();
            for (at, &letter) in b.iter().enumerate() {
                prop_assert_eq!(run.push(letter) as usize, plain(&a, &b[..=at]));
            }
        }
    }
}
