//! Sorts byte strings of which there may be more than memory should hold: sorted runs on disk, then merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A run is sorted and written out at this size.
const RUN: usize = 24 << 20;

/// Takes byte strings in any order and gives them back sorted.
pub struct Sorter {
    folder: PathBuf,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    runs: Vec<File>,
}

impl Sorter {
    /// Keeps its runs in nameless files of a folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.into(), bytes: Vec::new(), ends: Vec::new(), runs: Vec::new() }
    }

    /// Takes one.
    pub fn push(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        for part in parts {
            self.bytes.extend_from_slice(part);
        }
        self.ends.push(self.bytes.len() as u32);
        if self.bytes.len() + self.ends.len() * 8 >= RUN {
            self.spill()?;
        }
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 18, tempfile::tempfile_in(&self.folder)?);
        for item in self.sorted() {
            out.write_all(&(item.len() as u32).to_le_bytes())?;
            out.write_all(item)?;
        }
        self.runs.push(out.into_inner().map_err(io::IntoInnerError::into_error)?);
        self.bytes.clear();
        self.ends.clear();
        Ok(())
    }

    fn sorted(&self) -> Vec<&[u8]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        let mut items: Vec<&[u8]> =
            starts.zip(&self.ends).map(|(start, &end)| &self.bytes[start as usize..end as usize]).collect();
        items.sort_unstable();
        items
    }

    /// Takes no more; from here on they can be seen, any number of times.
    pub fn finish(mut self) -> io::Result<Sorted> {
        if !self.runs.is_empty() {
            self.spill()?;
            self.bytes = Vec::new();
        }
        Ok(Sorted(self))
    }

    /// Shows all of them in order.
    pub fn drain<E: From<io::Error>>(self, visit: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        self.finish()?.each(visit)
    }
}

/// Byte strings ready to be seen in order.
pub struct Sorted(Sorter);

impl Sorted {
    /// Shows all of them in order.
    pub fn each<E: From<io::Error>>(&self, mut visit: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        if self.0.runs.is_empty() {
            return self.0.sorted().into_iter().try_for_each(visit);
        }
        let mut runs = Vec::new();
        for mut run in &self.0.runs {
            run.rewind()?;
            runs.push(BufReader::with_capacity(1 << 18, run));
        }
        let mut heads = BinaryHeap::new();
        for (at, run) in runs.iter_mut().enumerate() {
            if let Some(item) = next(run)? {
                heads.push(Reverse((item, at)));
            }
        }
        while let Some(Reverse((item, at))) = heads.pop() {
            visit(&item)?;
            if let Some(item) = next(&mut runs[at])? {
                heads.push(Reverse((item, at)));
            }
        }
        Ok(())
    }
}

fn next(run: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut len = [0; 4];
    match run.read_exact(&mut len) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        done => done?,
    }
    let mut item = vec![0; u32::from_le_bytes(len) as usize];
    run.read_exact(&mut item)?;
    Ok(Some(item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_beyond_a_run() {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path());
        for number in 0..3_000_u32 {
            sorter.push(&[&number.wrapping_mul(2_654_435_761).to_be_bytes(), b"x"]).unwrap();
            if number % 1_000 == 500 {
                sorter.spill().unwrap();
            }
        }
        let sorted = sorter.finish().unwrap();
        for _ in 0..2 {
            let mut seen: Vec<Vec<u8>> = Vec::new();
            sorted
                .each(|item| -> io::Result<()> {
                    seen.push(item.to_vec());
                    Ok(())
                })
                .unwrap();
            assert_eq!(seen.len(), 3_000);
            assert!(seen.is_sorted());
        }
    }
}
