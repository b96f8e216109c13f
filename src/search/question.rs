//! What was typed into the finder, cut into words.

use super::articles::is_article;
use super::edits::{LONGEST, Pattern};
use super::letters::{lacking, letters};
use super::numerals::twins;
use super::pieces::most_edits;
use super::sounds::respelt;
use crate::domain::fold::fold;

/// So many words of a question count.
const WORDS: usize = 12;
/// So many letters of a question count.
const LETTERS: usize = 200;

/// One folded word of a question, or two of them run together.
#[derive(Clone, Debug)]
pub struct Word {
    /// The letters.
    pub chars: Vec<char>,
    /// Their set.
    pub letters: u64,
    /// The word, ready for comparison.
    pub pattern: Pattern,
    /// More letters may follow.
    pub unfinished: bool,
    /// The same number, written otherwise.
    pub twins: Vec<Vec<char>>,
    /// The same sound, written otherwise.
    pub respelt: Vec<Vec<char>>,
    /// It is an article, which a text may do without.
    pub article: bool,
    /// Typos forgiven usually.
    pub usual: u32,
    /// Typos forgiven at most.
    pub most: u32,
}

impl Word {
    fn new(text: &str, unfinished: bool, alone: bool) -> Self {
        let chars: Vec<char> = text.chars().take(LONGEST).collect();
        let letters_of = |all: Vec<String>| all.iter().map(|text| text.chars().collect()).collect();
        let (usual, strained) = most_edits(chars.len());
        Self {
            letters: letters(text),
            pattern: Pattern::new(&chars),
            chars,
            unfinished,
            twins: letters_of(twins(text)),
            respelt: letters_of(respelt(text)),
            article: is_article(text),
            usual,
            most: if alone { usual } else { strained },
        }
    }

    /// Whether a text may do without its letters.
    pub fn free(&self) -> bool {
        self.article || !self.twins.is_empty() || !self.respelt.is_empty()
    }

    /// Number of letters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }
}

/// A text with one comma, as a list of names has it, turned to how the name is said; folded.
fn turned(text: &str) -> Option<String> {
    let (last, first) = text.split_once(',').filter(|(_, first)| !first.contains(','))?;
    let [last, first] = [last, first].map(fold);
    let words = || first.split_whitespace().chain(last.split_whitespace());
    (!last.is_empty() && !first.is_empty()).then(|| words().collect::<Vec<_>>().join(" "))
}

/// What was typed into the finder.
#[derive(Clone, Debug)]
pub struct Question {
    text: String,
    turned: Option<String>,
    words: Vec<Word>,
    pairs: Vec<Word>,
}

impl Question {
    /// Folds a text and cuts it into words. The last one is unfinished unless a blank follows it. Only the
    /// first 12 words of the first 200 letters count.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let cut: String = text.chars().take(LETTERS).collect();
        let folded = fold(&cut);
        let all: Vec<&str> = folded.split_whitespace().take(WORDS).collect();
        let unfinished = !cut.ends_with(char::is_whitespace);
        let word = |at: usize, text: &str, count: usize| {
            Word::new(text, unfinished && at + count == all.len(), all.len() == 1)
        };
        Self {
            text: all.join(" "),
            turned: turned(&cut),
            words: all.iter().enumerate().map(|(at, text)| word(at, text, 1)).collect(),
            pairs: all.windows(2).enumerate().map(|(at, two)| word(at, &two.concat(), 2)).collect(),
        }
    }

    /// Nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The folded words, one blank between them.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded words of what stands after a comma, then those before it: `curtiz, michael`, `matrix, the`.
    pub(super) fn turned(&self) -> Option<&str> {
        self.turned.as_deref()
    }

    /// The words.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word at `at` run together with the next.
    pub(super) fn pair(&self, at: usize) -> Option<&Word> {
        self.pairs.get(at)
    }

    /// More letters of the last word may follow.
    pub(super) fn unfinished(&self) -> bool {
        self.words.last().is_some_and(|word| word.unfinished)
    }

    /// Whether a text with these letters can answer. Only one word is forgiven more than usual.
    pub(super) fn may_be_in(&self, there: u64) -> bool {
        let mut strained = 0;
        self.words.iter().all(|word| {
            let lacking = lacking(word.letters, there);
            strained += u32::from(lacking > word.usual);
            lacking <= word.usual || lacking <= word.most && strained == 1 || word.free()
        })
    }
}
