//! Which names may answer a question: a short list, best-known first, that leaves out no good answer.

use super::super::Trouble;
use super::super::question::{Question, Word};
use super::super::typo::compare;
use super::lists::{Segment, Set, Source};
use super::near::near;
use super::sieve::Trail;
use std::cell::RefCell;
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

/// So many of the best-known names of a word are read at first.
const FIRST: usize = 4_000;
/// So many are read where all words are frequent.
const LONG: usize = 60_000;
/// Few enough names to be looked at one by one.
const SHORT: usize = 300;
/// So many of the best-known names that have one word of the question are looked at for the others.
const FIRM: usize = 200;

/// The words of the index that one word of the question may stand for.
type Sources = Rc<[Source]>;

/// Finds candidates in one segment.
pub struct Gather<'a, 'p> {
    /// Where to look.
    pub segment: &'a Segment<'p>,
    /// What is asked.
    pub question: &'a Question,
    /// The numbers of the names that are wanted, kind by kind.
    pub spans: Vec<Range<u32>>,
    /// Sources of words, found before.
    known: RefCell<HashMap<(Stage, String), Sources>>,
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
                self.initials(&mut names)?;
            }
            Stage::Shortened => {
                self.run_together(&mut names)?;
                self.torn_apart(&mut names)?;
            }
            Stage::Typo => {
                for reading in (0..words.len()).map_while(|at| self.paired(at)) {
                    names.extend(self.together(&reading, stage)?);
                }
            }
            Stage::Typos => self.firm(&mut names)?,
        }
        let all: Vec<&Word> = words.iter().collect();
        names.extend(self.together(&all, stage)?);
        if words.len() > 1 && words[0].article {
            names.extend(self.together(&all[1..], stage)?);
        }
        Ok(names)
    }

    /// The best-known names that have one of several words as typed.
    fn firm(&self, names: &mut Vec<u32>) -> Result<(), Trouble> {
        let words = self.question.words();
        for word in words.iter().filter(|word| words.len() > 1 && word.len() >= 3) {
            let set = self.segment.set(&self.sources(word, Stage::Shortened)?, &self.spans, FIRM)?;
            for span in &self.spans {
                names.extend(set.names.iter().filter(|name| span.contains(name)).take(FIRM));
            }
        }
        Ok(())
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
                let mut sources: Vec<Sources> = vec![whole(first, false).into(), whole(second, word.unfinished).into()];
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
    fn together(&self, words: &[&Word], stage: Stage) -> Result<Vec<u32>, Trouble> {
        let sources: Result<Vec<_>, _> = words.iter().map(|word| self.sources(word, stage)).collect();
        self.meet(sources?)
    }

    /// Names that have one of each list of sources, as far as lists tell.
    fn meet(&self, mut sources: Vec<Sources>) -> Result<Vec<u32>, Trouble> {
        sources.sort();
        sources.dedup();
        let mut sets = Vec::new();
        for sources in sources {
            let set = self.segment.set(&sources, &self.spans, FIRST)?;
            if set.complete && set.names.is_empty() {
                return Ok(Vec::new());
            }
            let open = sources.iter().any(|source| matches!(source, Source::Prefix(_)));
            sets.push(((!set.complete, open, set.names.len()), set, sources));
        }
        sets.sort_by_key(|(order, ..)| *order);
        let alone = sets.len() == 1;
        let mut names: Option<Vec<u32>> = None;
        for ((_, open, _), mut set, sources) in sets {
            let few = names.as_ref().is_some_and(|names| names.len() <= SHORT);
            if !set.complete && !few && !alone {
                let words =
                    sources.iter().filter(|source| matches!(source, Source::Word(_))).cloned().collect::<Vec<_>>();
                let long = self.segment.set(&words, &self.spans, LONG)?;
                set = Set { complete: long.complete && !open, names: union(set.names, long.names) };
            }
            match &mut names {
                None => names = Some(set.names),
                Some(names) if set.complete => keep(names, &set.names),
                Some(names) if !few => prefer(names, &set.names),
                Some(_) => {}
            }
        }
        Ok(names.unwrap_or_default())
    }

    /// The words of the index that a word of the question may stand for.
    fn sources(&self, word: &Word, stage: Stage) -> Result<Sources, Trouble> {
        let text: String = word.chars.iter().chain(word.unfinished.then_some(&'*')).collect();
        if let Some(known) = self.known.borrow().get(&(stage, text.clone())) {
            return Ok(Rc::clone(known));
        }
        let sources: Sources = self.look_up(word, stage)?.into();
        self.known.borrow_mut().insert((stage, text), Rc::clone(&sources));
        Ok(sources)
    }

    fn look_up(&self, word: &Word, stage: Stage) -> Result<Vec<Source>, Trouble> {
        let mut sources = whole(&word.chars, word.unfinished || stage != Stage::Typed);
        sources.extend(word.twins.iter().map(|twin| Source::Word(twin.iter().collect())));
        let edits = match stage {
            Stage::Typed | Stage::Shortened => 0,
            Stage::Typo => word.usual.min(1),
            Stage::Typos => word.usual,
        };
        if edits == 0 {
            return Ok(sources);
        }
        let mut others = near(&self.segment.sieve, &word.chars, edits, false)?;
        if word.unfinished {
            let edits = edits.min(if word.len() >= 8 { 2 } else { u32::from(word.len() >= 4) });
            others.extend(near(&self.segment.sieve, &word.chars, edits, true)?);
        }
        others.retain(|other| !sources.contains(other));
        others.sort_by_cached_key(|other| compare(&word.chars, &other.letters()).cost);
        sources.extend(others);
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

/// Moves the names that are also in another list to the front.
fn prefer(names: &mut Vec<u32>, others: &[u32]) {
    let mut first = names.clone();
    keep(&mut first, others);
    let mut chosen = first.iter().copied().peekable();
    names.retain(|name| chosen.next_if_eq(name).is_none());
    first.append(names);
    *names = first;
}

/// The names of two lists.
#[expect(clippy::stable_sort_primitive, reason = "what comes is two sorted runs")]
fn union(mut names: Vec<u32>, others: Vec<u32>) -> Vec<u32> {
    names.extend(others);
    names.sort();
    names.dedup();
    names
}
