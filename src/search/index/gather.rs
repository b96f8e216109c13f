//! Which names may answer a question: a short list, best-known first, that leaves out no good answer.

use super::super::Trouble;
use super::super::question::{Question, Word};
use super::lists::{Segment, Set, Source};
use super::near::near;
use super::sieve::Trail;
use std::ops::Range;

/// How far the search goes; each stage is for when those before it found too little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Words as typed, the last one unfinished.
    Typed,
    /// Every word may be a beginning.
    Shortened,
    /// One typo in a word.
    Typo,
    /// Two typos in a word, or one word beyond recognition.
    Typos,
}

/// Stages in order.
pub const STAGES: [Stage; 4] = [Stage::Typed, Stage::Shortened, Stage::Typo, Stage::Typos];

/// A list of names longer than this is only looked at in part.
const LONG: usize = 120_000;
/// Few enough names to be looked at one by one.
const SHORT: usize = 300;
/// So many of the best-known names that have one word of the question are looked at for the others.
const FIRM: usize = 400;

/// Finds candidates of one kind in one segment.
pub struct Gather<'a, 'p> {
    /// Where to look.
    pub segment: &'a Segment<'p>,
    /// What is asked.
    pub question: &'a Question,
    /// The numbers of the names that are wanted.
    pub span: Range<u32>,
}

impl Gather<'_, '_> {
    /// The candidates of a stage, each once, those to look at first before the others.
    pub fn candidates(&self, stage: Stage, most: usize) -> Result<Vec<u32>, Trouble> {
        let words = self.question.words();
        let mut names = Vec::new();
        if stage == Stage::Typed {
            names.extend(self.segment.literal(self.question.text(), &self.span, most)?);
            self.run_together(&mut names)?;
            self.torn_apart(&mut names)?;
            self.initials(&mut names)?;
        }
        let all: Vec<&Word> = words.iter().collect();
        names.extend(self.together(&all, stage)?);
        if words.len() > 1 && words[0].article {
            names.extend(self.together(&all[1..], stage)?);
        }
        if stage == Stage::Typo {
            for at in 0..words.len() {
                if let Some(reading) = self.paired(at) {
                    names.extend(self.together(&reading, stage)?);
                }
            }
        }
        if stage == Stage::Typos && words.len() > 1 {
            for word in words.iter().filter(|word| word.len() >= 3) {
                let set = self.segment.set(&self.sources(word, Stage::Shortened)?, &self.span, FIRM)?;
                names.extend(set.names.into_iter().take(FIRM));
            }
        }
        Ok(names)
    }

    /// The words of the question, two of them run together.
    fn paired(&self, at: usize) -> Option<Vec<&Word>> {
        let words = self.question.words();
        let pair = self.question.pair(at)?;
        Some(words[..at].iter().chain([pair]).chain(&words[at + 2..]).collect())
    }

    /// Names with two words of the question as one.
    fn run_together(&self, names: &mut Vec<u32>) -> Result<(), Trouble> {
        for at in 0..self.question.words().len() {
            let Some(reading) = self.paired(at) else { break };
            if self.known(&reading[at].chars, reading[at].unfinished)? {
                names.extend(self.together(&reading, Stage::Typed)?);
            }
        }
        Ok(())
    }

    /// Names with a word of the question as two.
    fn torn_apart(&self, names: &mut Vec<u32>) -> Result<(), Trouble> {
        let words = self.question.words();
        for (at, word) in words.iter().enumerate() {
            for cut in 1..word.len() {
                let (first, second) = word.chars.split_at(cut);
                if !self.known(first, false)? || !self.known(second, word.unfinished)? {
                    continue;
                }
                let others = (0..words.len()).filter(|other| *other != at).map(|other| &words[other]);
                let mut sources = vec![vec![Source::Word(first.iter().collect())], whole(second, word.unfinished)];
                for other in others {
                    sources.push(self.sources(other, Stage::Typed)?);
                }
                names.extend(self.meet(sources)?);
            }
        }
        Ok(())
    }

    /// Names whose words begin with the letters of the question.
    fn initials(&self, names: &mut Vec<u32>) -> Result<(), Trouble> {
        if let [word] = self.question.words()
            && word.len() >= 3
        {
            let text: String = ['='].iter().chain(&word.chars).collect();
            names.extend(self.segment.set(&[Source::Prefix(text)], &self.span, LONG)?.names);
        }
        Ok(())
    }

    /// Whether a word is in the index, or begins one.
    fn known(&self, letters: &[char], unfinished: bool) -> Result<bool, Trouble> {
        let trail = letters.iter().fold(Trail::START, |trail, letter| trail.then(*letter));
        self.segment.sieve.has(if unfinished { trail } else { trail.end() })
    }

    /// Names that have all these words, as far as lists tell.
    fn together(&self, words: &[&Word], stage: Stage) -> Result<Vec<u32>, Trouble> {
        let sources: Result<Vec<_>, _> = words.iter().map(|word| self.sources(word, stage)).collect();
        self.meet(sources?)
    }

    /// Names that have one of each list of sources, as far as lists tell.
    fn meet(&self, sources: Vec<Vec<Source>>) -> Result<Vec<u32>, Trouble> {
        let mut sets = Vec::new();
        for sources in &sources {
            let set = self.segment.set(sources, &self.span, LONG)?;
            if set.complete && set.names.is_empty() {
                return Ok(Vec::new());
            }
            sets.push(set);
        }
        sets.sort_by_key(|set| (!set.complete, set.names.len()));
        let mut sets = sets.into_iter();
        let Some(mut names) = sets.next().map(|set| set.names) else { return Ok(Vec::new()) };
        for set in sets {
            if set.complete {
                keep(&mut names, &set.names);
            } else if names.len() > SHORT {
                prefer(&mut names, &set);
            }
        }
        Ok(names)
    }

    /// The words of the index that a word of the question may stand for.
    fn sources(&self, word: &Word, stage: Stage) -> Result<Vec<Source>, Trouble> {
        let mut sources = whole(&word.chars, word.unfinished || stage != Stage::Typed);
        sources.extend(word.twins.iter().map(|twin| Source::Word(twin.iter().collect())));
        let edits = match stage {
            Stage::Typed | Stage::Shortened => 0,
            Stage::Typo => word.usual.min(1),
            Stage::Typos => word.usual,
        };
        if edits > 0 {
            sources.extend(near(&self.segment.sieve, &word.chars, edits, false)?);
            if word.unfinished {
                let edits = edits.min(if word.len() >= 8 { 2 } else { u32::from(word.len() >= 4) });
                sources.extend(near(&self.segment.sieve, &word.chars, edits, true)?);
            }
            sources.sort();
            sources.dedup();
        }
        Ok(sources)
    }
}

/// A word, and what it may be the beginning of.
fn whole(letters: &[char], unfinished: bool) -> Vec<Source> {
    let text: String = letters.iter().collect();
    let prefix = unfinished.then(|| Source::Prefix(text.clone()));
    [Source::Word(text)].into_iter().chain(prefix).collect()
}

/// Keeps the names that are in both lists.
fn keep(names: &mut Vec<u32>, others: &[u32]) {
    let mut others = others.iter().copied().peekable();
    names.retain(|name| {
        while others.next_if(|other| other < name).is_some() {}
        others.peek() == Some(name)
    });
}

/// Moves the names that are in a list that is not complete to the front.
fn prefer(names: &mut Vec<u32>, set: &Set) {
    let mut first = names.clone();
    keep(&mut first, &set.names);
    let mut rest = std::mem::take(names);
    let mut chosen = first.iter().copied().peekable();
    rest.retain(|name| chosen.next_if_eq(name).is_none());
    first.extend(rest);
    *names = first;
}
