//! Sorting more pairs of bytes than fit into memory: sorted runs in nameless files beside the catalogue, which the
//! system takes away with the process, merged while they are read.

use super::codec::{put_number, take_number};
use super::error::Result;
use super::open::io_error;
use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A run is read in steps of so many bytes.
const STEP: usize = 128 << 10;
/// Two numbers of a pair's head take at most so many bytes.
const HEAD: usize = 20;

/// Takes pairs in any order.
pub struct Sorter {
    folder: PathBuf,
    budget: usize,
    pairs: Pairs,
    runs: Vec<File>,
    len: u64,
}

/// Pairs in memory: their bytes one after another, and where each is.
#[derive(Default)]
struct Pairs {
    arena: Vec<u8>,
    places: Vec<Place>,
}

/// Where a pair is in the arena: the length of its value in four bytes, the key, the value.
#[derive(Clone, Copy)]
struct Place {
    /// The first bytes of the key, which settle most comparisons.
    head: u64,
    at: u32,
    key: u32,
}

impl Pairs {
    fn push(&mut self, key: &[u8], value: &[u8]) {
        let at = u32::try_from(self.arena.len()).expect("the arena is spilled long before");
        self.arena.extend_from_slice(&(value.len() as u32).to_le_bytes());
        self.arena.extend_from_slice(key);
        self.arena.extend_from_slice(value);
        self.places.push(Place { head: head(key), at, key: key.len() as u32 });
    }

    fn get(&self, place: Place) -> (&[u8], &[u8]) {
        let (length, rest) = self.arena[place.at as usize..].split_first_chunk::<4>().expect("a pair starts here");
        let (key, rest) = rest.split_at(place.key as usize);
        (key, &rest[..u32::from_le_bytes(*length) as usize])
    }

    fn sort(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        places.sort_unstable_by(|a, b| a.head.cmp(&b.head).then_with(|| self.get(*a).cmp(&self.get(*b))));
        self.places = places;
    }

    fn size(&self) -> usize {
        self.arena.len() + self.places.len() * size_of::<Place>()
    }
}

/// The first eight bytes of a key as a number of the same order.
fn head(key: &[u8]) -> u64 {
    let mut head = [0; 8];
    let length = key.len().min(8);
    head[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(head)
}

impl Sorter {
    /// A sorter that keeps at most `budget` bytes in memory and the rest in this folder.
    #[must_use]
    pub fn new(folder: &Path, budget: usize) -> Sorter {
        Sorter { folder: folder.to_owned(), budget, pairs: Pairs::default(), runs: Vec::new(), len: 0 }
    }

    /// Whether no pair was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a pair.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        let coming = key.len() + value.len() + 4 + size_of::<Place>();
        if !self.pairs.places.is_empty() && self.pairs.size() + coming > self.budget {
            self.spill()?;
        }
        self.pairs.push(key, value);
        self.len += 1;
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        self.pairs.sort();
        let run = self.write_run().map_err(|error| io_error(&self.folder, error))?;
        self.runs.push(run);
        self.pairs.arena.clear();
        self.pairs.places.clear();
        Ok(())
    }

    fn write_run(&self) -> io::Result<File> {
        let mut out = BufWriter::with_capacity(STEP, tempfile::tempfile_in(&self.folder)?);
        let mut lengths = Vec::with_capacity(HEAD);
        for place in &self.pairs.places {
            let (key, value) = self.pairs.get(*place);
            lengths.clear();
            put_number(&mut lengths, key.len() as u64);
            put_number(&mut lengths, value.len() as u64);
            out.write_all(&lengths)?;
            out.write_all(key)?;
            out.write_all(value)?;
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)
    }

    /// Sorts what is still in memory; from here on the pairs can be walked, any number of times.
    #[must_use]
    pub fn finish(mut self) -> Sorted {
        self.pairs.sort();
        Sorted { folder: self.folder, pairs: self.pairs, runs: self.runs, len: self.len }
    }
}

/// Pairs ready to be walked in order.
pub struct Sorted {
    folder: PathBuf,
    pairs: Pairs,
    runs: Vec<File>,
    len: u64,
}

impl Sorted {
    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// A walk over all pairs by key, then value, standing on the first.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn walk(&self) -> Result<Walk<'_>> {
        let memory = Source::Memory { pairs: &self.pairs, next: 0 };
        let runs = self.runs.iter().map(|file| Source::Run(Run::new(file)));
        let mut walk = Walk { folder: &self.folder, sources: runs.chain([memory]).collect(), heap: Vec::new() };
        for source in 0..walk.sources.len() {
            if walk.step(source)? {
                walk.heap.push(source);
            }
        }
        for place in (0..walk.heap.len() / 2).rev() {
            walk.sift(place);
        }
        Ok(walk)
    }
}

/// A place among sorted pairs.
pub struct Walk<'s> {
    folder: &'s Path,
    sources: Vec<Source<'s>>,
    /// Sources that stand on a pair, the least one on top.
    heap: Vec<usize>,
}

enum Source<'s> {
    Memory { pairs: &'s Pairs, next: usize },
    Run(Run<'s>),
}

impl Source<'_> {
    fn pair(&self) -> (&[u8], &[u8]) {
        match self {
            Source::Memory { pairs, next } => pairs.get(pairs.places[next - 1]),
            Source::Run(run) => (&run.room[run.key.clone()], &run.room[run.value.clone()]),
        }
    }
}

impl Walk<'_> {
    /// The pair the walk stands on; none behind the last.
    #[must_use]
    pub fn pair(&self) -> Option<(&[u8], &[u8])> {
        self.heap.first().map(|&source| self.sources[source].pair())
    }

    /// Goes on to the next pair.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn advance(&mut self) -> Result<()> {
        let Some(&top) = self.heap.first() else { return Ok(()) };
        if !self.step(top)? {
            self.heap.swap_remove(0);
        }
        self.sift(0);
        Ok(())
    }

    fn step(&mut self, source: usize) -> Result<bool> {
        match &mut self.sources[source] {
            Source::Memory { pairs, next } => {
                *next += 1;
                Ok(*next <= pairs.places.len())
            }
            Source::Run(run) => run.step().map_err(|error| io_error(self.folder, error)),
        }
    }

    /// Lets the source at a place of the heap sink below those that stand on less.
    fn sift(&mut self, mut place: usize) {
        loop {
            let mut least = place;
            for child in [2 * place + 1, 2 * place + 2] {
                if child < self.heap.len() && self.order(child, least) == Ordering::Less {
                    least = child;
                }
            }
            if least == place {
                return;
            }
            self.heap.swap(place, least);
            place = least;
        }
    }

    fn order(&self, a: usize, b: usize) -> Ordering {
        self.sources[self.heap[a]].pair().cmp(&self.sources[self.heap[b]].pair())
    }
}

/// One sorted file being read.
struct Run<'s> {
    file: &'s File,
    /// How much of the file was read.
    offset: u64,
    /// Bytes read; those from `next` to `end` are still to come.
    room: Vec<u8>,
    next: usize,
    end: usize,
    key: Range<usize>,
    value: Range<usize>,
}

impl<'s> Run<'s> {
    fn new(file: &'s File) -> Run<'s> {
        Run { file, offset: 0, room: vec![0; STEP], next: 0, end: 0, key: 0..0, value: 0..0 }
    }

    /// Goes on to the next pair; false behind the last.
    fn step(&mut self) -> io::Result<bool> {
        if !self.fetch(HEAD)? && self.next == self.end {
            return Ok(false);
        }
        let mut rest = &self.room[self.next..self.end];
        let before = rest.len();
        let lengths = (take_number(&mut rest), take_number(&mut rest));
        let (Some(key), Some(value)) = lengths else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        self.next += before - rest.len();
        let (key, value) = (key as usize, value as usize);
        if !self.fetch(key + value)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.key = self.next..self.next + key;
        self.value = self.key.end..self.key.end + value;
        self.next = self.value.end;
        Ok(true)
    }

    /// Makes so many bytes wait in the room; false where the file has fewer.
    fn fetch(&mut self, bytes: usize) -> io::Result<bool> {
        if self.end - self.next >= bytes {
            return Ok(true);
        }
        self.room.copy_within(self.next..self.end, 0);
        (self.next, self.end) = (0, self.end - self.next);
        if self.room.len() < bytes {
            self.room.resize(bytes, 0);
        }
        self.file.seek(SeekFrom::Start(self.offset))?;
        while self.end < self.room.len() {
            let read = self.file.read(&mut self.room[self.end..])?;
            if read == 0 {
                break;
            }
            self.end += read;
            self.offset += read as u64;
        }
        Ok(self.end >= bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn walked(sorted: &Sorted) -> Vec<(Vec<u8>, Vec<u8>)> {
        let mut walk = sorted.walk().unwrap();
        let mut pairs = Vec::new();
        while let Some((key, value)) = walk.pair() {
            pairs.push((key.to_vec(), value.to_vec()));
            walk.advance().unwrap();
        }
        pairs
    }

    proptest! {
        #[test]
        fn sorts_whatever_the_memory(
            mut pairs in prop::collection::vec((prop::collection::vec(0..4u8, 0..12), prop::collection::vec(any::<u8>(), 0..20)), 0..300),
            budget in 1..5_000usize,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut sorter = Sorter::new(folder.path(), budget);
            for (key, value) in &pairs {
                sorter.push(key, value).unwrap();
            }
            let sorted = sorter.finish();
            pairs.sort();
            prop_assert_eq!(sorted.len(), pairs.len() as u64);
            prop_assert_eq!(&walked(&sorted), &pairs);
            prop_assert_eq!(&walked(&sorted), &pairs);
            prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn values_may_be_longer_than_a_step() {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), 1);
        for key in [2u8, 1, 3] {
            sorter.push(&[key], &vec![key; 3 * STEP]).unwrap();
        }
        let pairs = walked(&sorter.finish());
        assert_eq!(
            pairs.iter().map(|(key, value)| (key[0], value.len())).collect::<Vec<_>>(),
            [1, 2, 3].map(|key| (key, 3 * STEP))
        );
    }
}
