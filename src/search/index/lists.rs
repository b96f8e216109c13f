//! Looks up words and the names that have them.

use super::super::Trouble;
use super::pages::Pages;
use super::rows::{FEW, ascending, key, key_of, kind, many_key, tail, take, take_bytes};
use super::sieve::Sieve;
use std::ops::{ControlFlow, Range};

/// One segment of the index, open for reading.
pub struct Segment<'p> {
    /// Its rows.
    pub pages: &'p dyn Pages,
    /// Its number.
    pub segment: u8,
    /// How many names of each kind it has.
    pub counts: [u32; 3],
    /// What may be a word.
    pub sieve: Sieve<'p>,
}

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

impl<'p> Segment<'p> {
    /// Opens a segment, if there is one.
    pub fn open(pages: &'p dyn Pages, segment: u8) -> Result<Option<Self>, Trouble> {
        let Some(info) = pages.get(&key(segment, kind::INFO, &[]))? else { return Ok(None) };
        let mut row = &info[..];
        let counts = [take(&mut row), take(&mut row), take(&mut row)];
        Ok(Some(Self { pages, segment, counts, sieve: Sieve::new(pages, segment, take(&mut row)) }))
    }

    /// The numbers of the names of one kind.
    pub fn span(&self, at: usize) -> Range<u32> {
        let start: u32 = self.counts[..at].iter().sum();
        start..start + self.counts[at]
    }

    /// Adds the names of a source that lie in a span, at most so many of the best-known of a long list. Tells
    /// whether those are all.
    pub fn add(&self, source: &Source, span: &Range<u32>, most: usize, out: &mut Vec<u32>) -> Result<bool, Trouble> {
        match source {
            Source::Word(word) => self.words(word, true, span, most, out),
            Source::Prefix(prefix) => match self.head(prefix, span, out)? {
                true => Ok(false),
                false => self.words(prefix, false, span, most, out),
            },
        }
    }

    /// The names of several sources.
    pub fn set(&self, sources: &[Source], span: &Range<u32>, most: usize) -> Result<Set, Trouble> {
        let mut set = Set { names: Vec::new(), complete: true };
        for source in sources {
            set.complete &= self.add(source, span, most, &mut set.names)?;
            if set.names.len() > 4 * most {
                set.complete = false;
                break;
            }
        }
        set.names.sort();
        set.names.dedup();
        Ok(set)
    }

    /// Adds the head of a prefix, if it has one.
    fn head(&self, prefix: &str, span: &Range<u32>, out: &mut Vec<u32>) -> Result<bool, Trouble> {
        let Some(page) = self.pages.get(&key(self.segment, kind::HEAD, prefix.as_bytes()))? else { return Ok(false) };
        let mut row = &page[..];
        take(&mut row);
        out.extend(ascending(row).filter(|name| span.contains(name)));
        Ok(true)
    }

    /// Adds the names of a word, or of all words that begin so.
    fn words(&self, text: &str, whole: bool, span: &Range<u32>, most: usize, out: &mut Vec<u32>) -> Result<bool, Trouble> {
        let mut many = Vec::new();
        self.blocks(text, whole, &mut |base, block, few| {
            let mut few = &few[..];
            each_word(base, block, &mut |word, entry| {
                let wanted = if whole { word == text.as_bytes() } else { word.starts_with(text.as_bytes()) };
                if entry.count > FEW {
                    many.extend(wanted.then_some(entry));
                    return;
                }
                let mut name = 0;
                for _ in 0..entry.count {
                    name += take(&mut few);
                    if wanted && span.contains(&name) {
                        out.push(name);
                    }
                }
            });
        })?;
        let mut complete = true;
        for entry in many {
            complete &= self.many(entry, span, most, out)?;
        }
        Ok(complete)
    }

    /// Shows the blocks where words that begin so may be, with the names of their rare words.
    fn blocks(&self, text: &str, whole: bool, visit: &mut dyn FnMut(u32, &[u8], &[u8])) -> Result<(), Trouble> {
        let wanted = key(self.segment, kind::WORD, text.as_bytes());
        let start = match self.pages.last_to(&wanted)? {
            Some((first, _)) if first.starts_with(&wanted[..2]) => first,
            _ => wanted.clone(),
        };
        let mut blocks = Vec::new();
        self.pages.walk(&start, &mut |key, row| {
            let within = key <= &wanted[..] || !whole && key.starts_with(&wanted);
            if !within || !key.starts_with(&wanted[..2]) {
                return ControlFlow::Break(());
            }
            blocks.push(row.to_vec());
            ControlFlow::Continue(())
        })?;
        for block in blocks {
            let Some((base, words)) = block.split_first_chunk::<4>() else { continue };
            let base = u32::from_be_bytes(*base);
            let few = self.pages.get(&key_of(self.segment, kind::FEW, base))?;
            visit(base, words, few.as_deref().map_or(&[][..], |few| few));
        }
        Ok(())
    }

    /// Adds the names of a word that many have.
    fn many(&self, entry: Entry, span: &Range<u32>, most: usize, out: &mut Vec<u32>) -> Result<bool, Trouble> {
        let own = many_key(self.segment, entry.number, 0);
        let from = many_key(self.segment, entry.number, span.start);
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
            let names = [0].into_iter().chain(ascending(row)).map(|difference| first + difference);
            out.extend(names.filter(|name| span.contains(name)));
            ControlFlow::Continue(())
        })?;
        Ok(complete)
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
