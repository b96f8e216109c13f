//! What a typed word may stand for, and the names that have it: looked up when first needed, and once.

use super::super::Trouble;
use super::super::question::Word;
use super::super::typo::compare;
use super::gather::Stage;
use super::lists::{Segment, Set, Source};
use super::near::near;
use std::cell::OnceCell;
use std::ops::Range;

/// So many of the best-known names of a word are read at first.
const FIRST: usize = 4_000;
/// So many are read where all words are frequent.
const LONG: usize = 60_000;
/// So many of its words are read so far.
const LIKELY: usize = 3;

/// A typed word, as far as a stage forgives.
pub struct Meaning<'a> {
    letters: usize,
    word: Option<(&'a Word, Stage)>,
    sources: OnceCell<Vec<Source>>,
    set: OnceCell<Set>,
    long: OnceCell<Set>,
}

impl<'a> Meaning<'a> {
    /// Of a word of the question.
    pub fn new(word: &'a Word, stage: Stage) -> Self {
        let (sources, set, long) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { letters: word.len(), word: Some((word, stage)), sources, set, long }
    }

    /// Of letters exactly as they are, or as the beginning of a word.
    pub fn literal(letters: &[char], unfinished: bool) -> Self {
        let sources = OnceCell::from(whole(letters, unfinished));
        Self { letters: letters.len(), word: None, sources, set: OnceCell::new(), long: OnceCell::new() }
    }

    /// How many letters were typed.
    pub fn letters(&self) -> usize {
        self.letters
    }

    /// The words of the index it may be, likeliest first.
    pub fn sources(&self, segment: &Segment<'_>) -> Result<&[Source], Trouble> {
        once(&self.sources, || self.word.map_or(Ok(Vec::new()), |(word, stage)| look_up(segment, word, stage)))
            .map(|sources| &sources[..])
    }

    /// The best-known names that have one of them.
    pub fn set(&self, segment: &Segment<'_>, spans: &[Range<u32>]) -> Result<&Set, Trouble> {
        once(&self.set, || segment.set(self.sources(segment)?, spans, FIRST))
    }

    /// Many more of those that have one of the likeliest whole words.
    pub fn long(&self, segment: &Segment<'_>, spans: &[Range<u32>]) -> Result<&Set, Trouble> {
        once(&self.long, || {
            let sources = self.sources(segment)?;
            let words = sources.iter().filter(|source| matches!(source, Source::Word(_)));
            let likely: Vec<Source> = words.take(LIKELY).cloned().collect();
            let mut set = segment.set(&likely, spans, LONG)?;
            set.complete &= likely.len() == sources.len();
            Ok(set)
        })
    }
}

/// What the cell holds, put there first if it is empty.
fn once<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, Trouble>) -> Result<&T, Trouble> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = make()?;
    Ok(cell.get_or_init(|| value))
}

fn look_up(segment: &Segment<'_>, word: &Word, stage: Stage) -> Result<Vec<Source>, Trouble> {
    let mut sources = whole(&word.chars, word.unfinished || stage != Stage::Typed);
    sources.extend(word.twins.iter().map(|twin| Source::Word(twin.iter().collect())));
    let edits = match stage {
        Stage::Typed | Stage::Shortened => 0,
        Stage::Typo => word.usual.min(1),
        Stage::Typos => word.usual,
    };
    if stage == Stage::Typo || stage == Stage::Typos {
        sources.extend(word.respelt.iter().map(|other| Source::Word(other.iter().collect())));
    }
    if edits == 0 {
        return Ok(sources);
    }
    let mut others = near(&segment.sieve, &word.chars, edits, false)?;
    if word.unfinished {
        let edits = edits.min(if word.len() >= 8 { 2 } else { u32::from(word.len() >= 4) });
        others.extend(near(&segment.sieve, &word.chars, edits, true)?);
    }
    others.retain(|other| !sources.contains(other));
    others.sort_by_cached_key(|other| compare(&word.chars, &other.letters()).cost);
    sources.extend(others);
    Ok(sources)
}

/// A word, and what it may be the beginning of.
fn whole(letters: &[char], unfinished: bool) -> Vec<Source> {
    let text: String = letters.iter().collect();
    let prefix = unfinished.then(|| Source::Prefix(text.clone()));
    [Source::Word(text)].into_iter().chain(prefix).collect()
}
