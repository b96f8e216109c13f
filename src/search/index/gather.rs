//! Which names may answer a question: a short list, best-known first, that leaves out no good answer.

use super::super::Trouble;
use super::super::question::{Question, Word};
use super::lists::{Segment, Source};
use super::meaning::Meaning;
use super::sieve::Trail;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// How far the search goes; each stage is for when those before it found too little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// Few enough names to be looked at one by one.
const SHORT: usize = 300;
/// So many of the best-known names that have one word of the question are looked at for the others.
const FIRM: usize = 200;

/// Words by stage and letters.
type Known<'a> = HashMap<(Stage, String), Rc<Meaning<'a>>>;

/// Finds candidates in one segment.
pub struct Gather<'a, 'p> {
    /// Where to look.
    pub segment: &'a Segment<'p>,
    /// What is asked.
    pub question: &'a Question,
    /// The numbers of the names that are wanted, kind by kind.
    pub spans: Vec<Range<u32>>,
    /// Words looked up before, by their letters.
    known: RefCell<Known<'a>>,
}

impl<'a, 'p> Gather<'a, 'p> {
    /// For one question and the names in some spans.
    pub fn new(segment: &'a Segment<'p>, question: &'a Question, spans: Vec<Range<u32>>) -> Self {
        Self { segment, question, spans, known: RefCell::default() }
    }

    /// The candidates of a stage, those to look at first before the others; some may come twice.
    pub fn candidates(&self, stage: Stage, most: usize) -> Result<Vec<u32>, Trouble> {
        let words = self.question.words();
        let mut names = Vec::new();
        match stage {
            Stage::Typed => {
                names.extend(self.segment.literal(self.question.text(), &self.spans, most)?);
                if let Some(turned) = self.question.turned() {
                    names.extend(self.segment.literal(turned, &self.spans, most)?);
                }
                self.initials(&mut names)?;
            }
            Stage::Shortened => {
                self.run_together(&mut names)?;
                self.torn_apart(&mut names)?;
            }
            Stage::Typo => {
                for reading in self.places().filter_map(|at| self.paired(at)) {
                    names.extend(self.together(&reading, stage)?);
                }
            }
            Stage::Typos => self.firm(&mut names)?,
        }
        let all: Vec<&Word> = words.iter().collect();
        let mut likely = self.together(&all, stage)?;
        if words.len() > 1 && words[0].article {
            likely.extend(self.together(&all[1..], stage)?);
        }
        Ok(match stage {
            Stage::Typed | Stage::Shortened => [names, likely].concat(),
            Stage::Typo | Stage::Typos => by_turns(&likely, &names),
        })
    }

    /// The best-known names that have one of several words as typed.
    fn firm(&self, names: &mut Vec<u32>) -> Result<(), Trouble> {
        let words = self.question.words();
        for word in words.iter().filter(|word| words.len() > 1 && word.len() >= 3) {
            let meaning = self.meaning(word, Stage::Shortened);
            let set = meaning.set(self.segment, &self.spans)?;
            for span in &self.spans {
                names.extend(set.names.iter().filter(|name| span.contains(name)).take(FIRM));
            }
        }
        Ok(())
    }

    /// The places of the question whose word, and the one after it, did not stand side by side before.
    fn places(&self) -> impl Iterator<Item = usize> + use<'a> {
        let words = self.question.words();
        let here = move |at: usize| (&words[at].chars, words.get(at + 1).map(|word| &word.chars));
        (0..words.len()).filter(move |&at| (0..at).all(|before| here(before) != here(at)))
    }

    /// The words of the question, two of them run together.
    fn paired(&self, at: usize) -> Option<Vec<&'a Word>> {
        let words = self.question.words();
        let pair = self.question.pair(at)?;
        Some(words[..at].iter().chain([pair]).chain(&words[at + 2..]).collect())
    }

    /// Names with two words of the question as one.
    fn run_together(&self, names: &mut Vec<u32>) -> Result<(), Trouble> {
        for at in self.places() {
            let Some(reading) = self.paired(at) else { continue };
            if self.known(&reading[at].chars, reading[at].unfinished)? {
                names.extend(self.together(&reading, Stage::Typed)?);
            }
        }
        Ok(())
    }

    /// Names with a word of the question as two.
    fn torn_apart(&self, names: &mut Vec<u32>) -> Result<(), Trouble> {
        let words = self.question.words();
        for (at, word) in self.places().map(|at| (at, &words[at])) {
            for cut in 1..word.len() {
                let (first, second) = word.chars.split_at(cut);
                if !self.known(first, false)? || !self.known(second, word.unfinished)? {
                    continue;
                }
                let others = (0..words.len()).filter(|other| *other != at).map(|other| &words[other]);
                let halves = [Meaning::literal(first, false), Meaning::literal(second, word.unfinished)];
                let others = others.map(|other| self.meaning(other, Stage::Typed));
                names.extend(self.meet(halves.into_iter().map(Rc::new).chain(others).collect())?);
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
            names.extend(self.segment.set(&[Source::Prefix(text)], &self.spans, SHORT)?.names);
        }
        Ok(())
    }

    /// Whether a word is in the index, or begins one.
    fn known(&self, letters: &[char], unfinished: bool) -> Result<bool, Trouble> {
        let trail = letters.iter().fold(Trail::START, |trail, letter| trail.then(*letter));
        self.segment.sieve.has(if unfinished { trail } else { trail.end() })
    }

    /// Names that have all these words, as far as lists tell.
    fn together(&self, words: &[&'a Word], stage: Stage) -> Result<Vec<u32>, Trouble> {
        self.meet(words.iter().map(|word| self.meaning(word, stage)).collect())
    }

    /// What a word may stand for.
    fn meaning(&self, word: &'a Word, stage: Stage) -> Rc<Meaning<'a>> {
        let text: String = word.chars.iter().chain(word.unfinished.then_some(&'*')).collect();
        let mut known = self.known.borrow_mut();
        Rc::clone(known.entry((stage, text)).or_insert_with(|| Rc::new(Meaning::new(word, stage))))
    }

    /// Names that have all these words, as far as lists tell: those that surely do come first. The longest words
    /// are looked up first, as they are likely the rarest; once few names are left the others need no list.
    fn meet(&self, mut words: Vec<Rc<Meaning<'a>>>) -> Result<Vec<u32>, Trouble> {
        let mut seen = Vec::new();
        words.retain(|word| {
            let before = seen.contains(&Rc::as_ptr(word));
            seen.push(Rc::as_ptr(word));
            !before
        });
        words.sort_by_key(|word| Reverse(word.letters()));
        let mut meeting = Meeting::default();
        let mut frequent = Vec::new();
        for word in words {
            let set = word.set(self.segment, &self.spans)?;
            if !set.complete {
                frequent.push(word);
                continue;
            }
            meeting.keep(&set.names);
            if meeting.count().is_some_and(|count| count <= SHORT) {
                return Ok(meeting.into_names());
            }
        }
        if let ([word], None) = (&frequent[..], meeting.count()) {
            return Ok(word.set(self.segment, &self.spans)?.names.clone());
        }
        for word in &frequent {
            let long = word.long(self.segment, &self.spans)?;
            if long.complete {
                meeting.keep(&long.names);
            } else {
                meeting.prefer(&union(&word.set(self.segment, &self.spans)?.names, &long.names));
            }
        }
        Ok(meeting.into_names())
    }
}

/// Two lists by turns, so that none keeps the other out.
fn by_turns(one: &[u32], other: &[u32]) -> Vec<u32> {
    let both = one.len().min(other.len());
    let rest = one[both..].iter().chain(&other[both..]);
    one.iter().zip(other).flat_map(|(a, b)| [*a, *b]).chain(rest.copied()).collect()
}

/// Names that have all words seen so far.
#[derive(Default)]
struct Meeting {
    /// Those that may; `None` as long as they may be any.
    names: Option<Vec<u32>>,
    /// Those of them that also are in the lists which are not complete.
    first: Option<Vec<u32>>,
}

impl Meeting {
    fn count(&self) -> Option<usize> {
        self.names.as_ref().map(Vec::len)
    }

    /// Only names of a complete list are left.
    fn keep(&mut self, others: &[u32]) {
        for names in [&mut self.names, &mut self.first].into_iter().flatten() {
            keep(names, others);
        }
        self.names.get_or_insert_with(|| others.to_vec());
    }

    /// Names of a list that is not complete come before others.
    fn prefer(&mut self, others: &[u32]) {
        let names = self.names.get_or_insert_with(|| others.to_vec());
        let mut first = self.first.take().unwrap_or_else(|| names.clone());
        keep(&mut first, others);
        self.first = Some(first);
    }

    fn into_names(self) -> Vec<u32> {
        let (mut names, mut first) = (self.names.unwrap_or_default(), self.first.unwrap_or_default());
        let mut chosen = first.iter().copied().peekable();
        names.retain(|name| chosen.next_if_eq(name).is_none());
        first.append(&mut names);
        first
    }
}

/// Keeps the names that are in both lists.
pub fn keep(names: &mut Vec<u32>, others: &[u32]) {
    let mut others = others.iter().copied().peekable();
    names.retain(|name| {
        while others.next_if(|other| other < name).is_some() {}
        others.peek() == Some(name)
    });
}

/// The names of two lists.
#[expect(clippy::stable_sort_primitive, reason = "what comes is two sorted runs")]
fn union(names: &[u32], others: &[u32]) -> Vec<u32> {
    let mut names = [names, others].concat();
    names.sort();
    names.dedup();
    names
}
