//! Floor `sorter`: sorting more pairs of bytes than fit into memory: sorted runs in nameless files beside the catalogue, which the
//! system takes away with the process, merged while they are read. Sorting and merging go on in threads of their
//! own, beside whoever makes the pairs and whoever takes them.

mod merge;
mod pairs;
mod run;
#[cfg(test)]
mod tests;

use merge::Merged;
use pairs::Pairs;
use run::Run;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

/// A temporary file could not be written or read.
#[derive(Debug)]
pub struct SortError {
    /// The folder it lies in.
    pub folder: PathBuf,
    /// What the system says.
    pub error: io::Error,
}

impl fmt::Display for SortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: a temporary file: {}", self.folder.display(), self.error)
    }
}

impl std::error::Error for SortError {}

/// What sorting comes to.
pub type Result<T, E = SortError> = std::result::Result<T, E>;

/// Looks at numbers that lie far apart, all of them at once, so that none is waited for when it is needed.
pub fn warm(numbers: impl Iterator<Item = u32>) {
    std::hint::black_box(numbers.fold(0, u32::wrapping_add));
}

fn failed(folder: &Path, error: io::Error) -> SortError {
    SortError { folder: folder.to_owned(), error }
}

/// A thread is worth its while from so many bytes on.
const WORTH: usize = 1 << 20;

/// Takes pairs in any order.
pub struct Sorter {
    folder: PathBuf,
    /// Memory that the pairs in hand may take; as much is being written meanwhile.
    budget: usize,
    pairs: Pairs,
    /// A run on its way to its file, and the room it leaves.
    spilling: Option<JoinHandle<io::Result<(Run, Pairs)>>>,
    runs: Vec<Run>,
    len: u64,
}

impl Sorter {
    /// A sorter that keeps at most `budget` bytes in memory and the rest in this folder.
    #[must_use]
    pub fn new(folder: &Path, budget: usize) -> Sorter {
        let (pairs, runs) = (Pairs::default(), Vec::new());
        Sorter { folder: folder.to_owned(), budget: budget / 2, pairs, spilling: None, runs, len: 0 }
    }

    /// Adds a pair.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        self.push_parts([key], [value])
    }

    /// Adds a pair whose key and value are given in parts.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn push_parts<const K: usize, const V: usize>(&mut self, key: [&[u8]; K], value: [&[u8]; V]) -> Result<()> {
        if self.pairs.size() > self.budget {
            self.spill()?;
        }
        self.pairs.make_room(self.budget);
        self.pairs.push(key, value);
        self.len += 1;
        Ok(())
    }

    /// Begins to write what is in memory as a run, once the one before is written.
    fn spill(&mut self) -> Result<()> {
        let room = self.settle()?;
        let mut pairs = std::mem::replace(&mut self.pairs, room);
        let folder = self.folder.clone();
        let spill = move || {
            pairs.sort();
            let run = Run::write(&pairs, &folder)?;
            pairs.clear();
            Ok((run, pairs))
        };
        if self.budget < WORTH {
            let (run, _) = spill().map_err(|error| failed(&self.folder, error))?;
            self.runs.push(run);
        } else {
            let spilling = std::thread::Builder::new().name("sorter".to_owned()).spawn(spill);
            self.spilling = Some(spilling.map_err(|error| failed(&self.folder, error))?);
        }
        Ok(())
    }

    /// Waits for the run on its way; the room it leaves.
    fn settle(&mut self) -> Result<Pairs> {
        let Some(spilling) = self.spilling.take() else { return Ok(Pairs::default()) };
        let spilled = spilling.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let (run, room) = spilled.map_err(|error| failed(&self.folder, error))?;
        self.runs.push(run);
        Ok(room)
    }

    /// Sorts what is still in memory; from here on the pairs can be walked, any number of times.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn finish(mut self) -> Result<Sorted> {
        drop(self.settle()?);
        if !self.runs.is_empty() && !self.pairs.is_empty() {
            self.spill()?;
            drop(self.settle()?);
            self.pairs = Pairs::default();
        }
        self.pairs.sort();
        Ok(Sorted { folder: self.folder, pairs: self.pairs.into(), runs: self.runs.into(), len: self.len })
    }
}

/// Pairs ready to be walked in order.
pub struct Sorted {
    folder: PathBuf,
    /// All of them, or none where there are runs.
    pairs: Arc<Pairs>,
    runs: Arc<[Run]>,
    len: u64,
}

impl Sorted {
    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A walk over all pairs by key, then value, standing on the first.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn walk(&self) -> Result<Walk> {
        let pairs = Arc::clone(&self.pairs);
        let mut walk = Walk { folder: self.folder.clone(), source: Source::Memory { pairs, next: 0 } };
        if !self.runs.is_empty() {
            let merged = Merged::new(Arc::clone(&self.runs)).map_err(|error| failed(&self.folder, error))?;
            walk.source = Source::Merged(merged);
        }
        Ok(walk)
    }

    /// Shows all pairs in order.
    ///
    /// # Errors
    /// When a run cannot be read, and what `visit` fails with.
    pub fn each<E: From<SortError>>(&self, mut visit: impl FnMut(&[u8], &[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut walk = self.walk()?;
        while let Some((key, value)) = walk.pair() {
            visit(key, value)?;
            walk.advance()?;
        }
        Ok(())
    }
}

/// A place among sorted pairs.
pub struct Walk {
    folder: PathBuf,
    source: Source,
}

enum Source {
    Memory { pairs: Arc<Pairs>, next: usize },
    Merged(Merged),
}

impl Walk {
    /// The pair the walk stands on; none behind the last.
    #[must_use]
    pub fn pair(&self) -> Option<(&[u8], &[u8])> {
        match &self.source {
            Source::Memory { pairs, next } => pairs.get(*next),
            Source::Merged(merged) => merged.pair(),
        }
    }

    /// Goes on to the next pair.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn advance(&mut self) -> Result<()> {
        match &mut self.source {
            Source::Memory { next, .. } => *next += 1,
            Source::Merged(merged) => merged.advance().map_err(|error| failed(&self.folder, error))?,
        }
        Ok(())
    }
}
