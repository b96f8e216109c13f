//! Looks up words and the names that have them.

use super::super::Trouble;
use super::pages::Pages;
use super::rows::{FEW, MANY, ascending, key, key_of, kind, many_key, tail, take, take_bytes};
use super::sieve::Sieve;
use std::ops::{ControlFlow, Range};

/// One segment of the index, open for reading.
pub struct Segment<'p> {
    /// Its rows.
    pub pages: &'p dyn Pages,
    /// Its number.
    pub layer: u8,
    /// How many names of each kind it has.
    pub counts: [u32; 3],
    /// What may be a word.
    pub sieve: Sieve<'p>,
    /// The sieve's size.
    pub size: u32,
}

/// Where fewer names are sorted sooner than marked among all, one of so many.
const SPARSE: usize = 1_024;
/// Words that so many names have are passed over sooner than their rows are read on.
const READ_ON: u32 = 4 * MANY as u32;

/// Looks at a block of words: the first one's number, the words, the names of the rare ones.
type Block<'a> = dyn FnMut(u32, &[u8], &[u8]) + 'a;

/// Looks at a word and the names that have it.
pub type SeeWord<'a> = dyn FnMut(&str, &[u32]) -> Result<(), Trouble> + 'a;

/// A word of the index.
#[derive(Clone, Copy, Debug)]
struct Entry {
    number: u32,
    count: u32,
}

/// Names of some words: in order, each once.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// The names.
    pub names: Vec<u32>,
    /// None were left out.
    pub complete: bool,
}

/// What words are wanted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// This word.
    Word(String),
    /// All words that begin so.
    Prefix(String),
}

impl Source {
    /// The letters of the word or prefix.
    pub fn letters(&self) -> Vec<char> {
        let (Self::Word(text) | Self::Prefix(text)) = self;
        text.chars().collect()
    }
}

impl<'p> Segment<'p> {
    /// Opens a segment, if there is one.
    pub fn open(pages: &'p dyn Pages, layer: u8) -> Result<Option<Self>, Trouble> {
        let Some(info) = pages.get(&key(layer, kind::INFO, &[]))? else { return Ok(None) };
        let mut row = &info[..];
        let counts = [take(&mut row), take(&mut row), take(&mut row)];
        let size = take(&mut row);
        Ok(Some(Self { pages, layer, counts, sieve: Sieve::new(pages, layer, size), size }))
    }

    /// The numbers of the names of one kind.
    pub fn span(&self, at: usize) -> Range<u32> {
        let start: u32 = self.counts[..at].iter().sum();
        start..start + self.counts[at]
    }

    /// The names of several sources that lie in some spans: of a word that many have at most so many in each span,
    /// the best-known.
    #[expect(clippy::stable_sort_primitive, reason = "what comes is sorted runs")]
    pub fn set(&self, sources: &[Source], spans: &[Range<u32>], most: usize) -> Result<Set, Trouble> {
        let mut set = Set { names: Vec::new(), complete: true };
        self.ahead(sources);
        for source in sources {
            if set.names.len() > 2 * most {
                set.complete = false;
                break;
            }
            set.complete &= match source {
                Source::Word(word) => self.words(word, true, spans, most, &mut set.names)?,
                Source::Prefix(prefix) if self.head(prefix, &mut set.names)? => false,
                Source::Prefix(prefix) => self.words(prefix, false, spans, most, &mut set.names)?,
            };
        }
        set.names.retain(|name| spans.iter().any(|span| span.contains(name)));
        set.names.sort();
        set.names.dedup();
        Ok(set)
    }

    /// Reads ahead where many sources lead.
    fn ahead(&self, sources: &[Source]) {
        if sources.len() > 2 {
            let keys = sources.iter().map(|source| match source {
                Source::Word(text) => key(self.layer, kind::WORD, text.as_bytes()),
                Source::Prefix(text) => key(self.layer, kind::HEAD, text.as_bytes()),
            });
            self.pages.ahead(&keys.collect::<Vec<_>>());
        }
    }

    /// All names in a span that have a word, or a word that begins so.
    pub fn all(&self, text: &str, whole: bool, span: &Range<u32>) -> Result<Vec<u32>, Trouble> {
        let mut names = Vec::new();
        self.words(text, whole, std::slice::from_ref(span), usize::MAX, &mut names)?;
        names.retain(|name| span.contains(name));
        if names.len() * SPARSE < span.len() {
            names.sort_unstable();
            names.dedup();
            return Ok(names);
        }
        let mut marks = vec![0_u64; span.len().div_ceil(64)];
        for place in names.iter().map(|name| name - span.start) {
            marks[place as usize / 64] |= 1 << (place % 64);
        }
        names.clear();
        for (at, mut mark) in (span.start..).step_by(64).zip(marks) {
            while mark != 0 {
                names.push(at + mark.trailing_zeros());
                mark &= mark - 1;
            }
        }
        Ok(names)
    }

    /// How many names have a word, or words that begin so, counted to `most`.
    pub fn count(&self, text: &str, whole: bool, most: u64) -> Result<u64, Trouble> {
        let mut count = 0;
        self.walk_words(text, whole, &mut |row| {
            if let Some((_, words)) = row.split_first_chunk::<4>() {
                each_word(0, words, &mut |word, entry| {
                    let wanted = if whole { word == text.as_bytes() } else { word.starts_with(text.as_bytes()) };
                    count += if wanted { u64::from(entry.count) } else { 0 };
                });
            }
            if count < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(count.min(most))
    }

    /// Adds the head of a prefix, if it has one.
    fn head(&self, prefix: &str, out: &mut Vec<u32>) -> Result<bool, Trouble> {
        let Some(page) = self.pages.get(&key(self.layer, kind::HEAD, prefix.as_bytes()))? else { return Ok(false) };
        let mut row = &page[..];
        take(&mut row);
        out.extend(ascending(row));
        Ok(true)
    }

    /// Adds the names of a word, or of all words that begin so.
    fn words(
        &self,
        text: &str,
        whole: bool,
        spans: &[Range<u32>],
        most: usize,
        out: &mut Vec<u32>,
    ) -> Result<bool, Trouble> {
        let mut many = Vec::new();
        self.blocks(text, whole, &mut |base, block, few| {
            let mut few = few;
            each_word(base, block, &mut |word, entry| {
                let wanted = if whole { word == text.as_bytes() } else { word.starts_with(text.as_bytes()) };
                if entry.count > FEW {
                    many.extend(wanted.then_some(entry));
                    return;
                }
                let mut name = 0;
                for _ in 0..entry.count {
                    name += take(&mut few);
                    if wanted {
                        out.push(name);
                    }
                }
            });
        })?;
        let rows =
            many.iter().flat_map(|entry| spans.iter().map(|span| many_key(self.layer, entry.number, span.start)));
        self.pages.ahead(&rows.collect::<Vec<_>>());
        let mut complete = true;
        let is_run = |a: &Entry, b: &Entry| most == usize::MAX && a.count.max(b.count) <= READ_ON;
        for run in many.chunk_by(is_run) {
            for span in spans {
                complete &= match run {
                    [entry] => self.many(*entry, span, most, out)?,
                    _ => self.run(run, span, out)?,
                };
            }
        }
        Ok(complete)
    }

    /// Shows every word in order and the names that have it.
    pub fn every_word(&self, visit: &mut SeeWord<'_>) -> Result<(), Trouble> {
        let everything = 0..u32::MAX;
        let mut outcome = Ok(());
        self.blocks("", false, &mut |base, block, few| {
            let mut few = few;
            each_word(base, block, &mut |word, entry| {
                let mut names = Vec::new();
                let read = if entry.count > FEW {
                    self.many(entry, &everything, usize::MAX, &mut names).map(drop)
                } else {
                    let mut name = 0;
                    names.extend((0..entry.count).map(|_| {
                        name += take(&mut few);
                        name
                    }));
                    Ok(())
                };
                if outcome.is_ok() {
                    outcome = read.and_then(|()| visit(std::str::from_utf8(word)?, &names));
                }
            });
        })?;
        outcome
    }

    /// Shows the blocks where words that begin so may be, with the names of their rare words.
    fn blocks(&self, text: &str, whole: bool, visit: &mut Block<'_>) -> Result<(), Trouble> {
        let mut blocks = Vec::new();
        self.walk_words(text, whole, &mut |row| {
            blocks.push(row.to_vec());
            ControlFlow::Continue(())
        })?;
        let base = |block: &Vec<u8>| block.first_chunk::<4>().map(|base| u32::from_be_bytes(*base));
        let few = blocks.iter().filter_map(base).map(|base| key_of(self.layer, kind::FEW, base));
        self.pages.ahead(&few.collect::<Vec<_>>());
        for block in blocks {
            let Some((base, words)) = block.split_first_chunk::<4>() else { continue };
            let base = u32::from_be_bytes(*base);
            let few = self.pages.get(&key_of(self.layer, kind::FEW, base))?;
            visit(base, words, few.as_deref().map_or(&[][..], |few| few));
        }
        Ok(())
    }

    /// Shows the rows of words where those that begin so may be.
    fn walk_words(
        &self,
        text: &str,
        whole: bool,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<(), Trouble> {
        let wanted = key(self.layer, kind::WORD, text.as_bytes());
        let start = match self.pages.last_to(&wanted)? {
            Some((first, _)) if first.starts_with(&wanted[..2]) => first,
            _ => wanted.clone(),
        };
        self.pages.walk(&start, &mut |key, row| {
            let within = key <= &wanted[..] || !whole && key.starts_with(&wanted);
            if !within || !key.starts_with(&wanted[..2]) { ControlFlow::Break(()) } else { visit(row) }
        })
    }

    /// Adds the names of neighbouring words that many have: their rows lie behind one another.
    fn run(&self, words: &[Entry], span: &Range<u32>, out: &mut Vec<u32>) -> Result<bool, Trouble> {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Ok(true) };
        let end = many_key(self.layer, last.number, u32::MAX);
        self.pages.walk(&many_key(self.layer, first.number, 0), &mut |key, row| {
            if key > &end[..] {
                return ControlFlow::Break(());
            }
            take_names(tail(key), row, span, out);
            ControlFlow::Continue(())
        })?;
        Ok(true)
    }

    /// Adds the names of a word that many have.
    fn many(&self, entry: Entry, span: &Range<u32>, most: usize, out: &mut Vec<u32>) -> Result<bool, Trouble> {
        let own = many_key(self.layer, entry.number, 0);
        let from = many_key(self.layer, entry.number, span.start);
        let start = match self.pages.last_to(&from)? {
            Some((key, _)) if key[..6] == own[..6] => key,
            _ => from,
        };
        let (before, mut complete) = (out.len(), true);
        self.pages.walk(&start, &mut |key, row| {
            let first = tail(key);
            if key[..6] != own[..6] || first >= span.end {
                return ControlFlow::Break(());
            }
            if out.len() - before >= most {
                complete = false;
                return ControlFlow::Break(());
            }
            take_names(first, row, span, out);
            ControlFlow::Continue(())
        })?;
        Ok(complete)
    }
}

/// Adds those names of a row that lie in a span.
fn take_names(first: u32, mut row: &[u8], span: &Range<u32>, out: &mut Vec<u32>) {
    let mut name = first;
    while name < span.end {
        if name >= span.start {
            out.push(name);
        }
        if row.is_empty() {
            return;
        }
        name = name.wrapping_add(take(&mut row));
    }
}

/// Shows the words of a block.
fn each_word(base: u32, mut block: &[u8], visit: &mut dyn FnMut(&[u8], Entry)) {
    let mut word = Vec::new();
    let mut number = base;
    while !block.is_empty() {
        word.truncate(take(&mut block) as usize);
        let more = take(&mut block) as usize;
        word.extend_from_slice(take_bytes(&mut block, more));
        visit(&word, Entry { number, count: take(&mut block) });
        number += 1;
    }
}
