//! Files to be read: plain or gzipped, one by one or a folder of them, never more of them in memory than asked for.

use super::error::ImportError;
use flate2::bufread::MultiGzDecoder;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

const ROOM: usize = 64 << 10;
/// How a zip archive begins.
pub(super) const ZIP: &[u8; 4] = b"PK\x03\x04";
/// How a gzipped file begins.
const GZIP: &[u8] = &[0x1f, 0x8b];
/// A gzipped file may unpack to so many bytes whatever its size ...
const UNPACKED: u64 = 64 << 20;
/// ... and beyond that to so many times its size. JSON and tables shrink to a tenth, rarely to a fiftieth.
const RATIO: u64 = 200;

/// The files that these paths stand for: files as they are named, of a folder those whose name `wanted` takes, by name.
///
/// # Errors
/// Where a path cannot be read, or a folder holds no such file; `names` says what they are called.
pub(super) fn files(
    paths: &[PathBuf],
    wanted: impl Fn(&str) -> bool,
    names: &'static str,
) -> Result<Vec<PathBuf>, ImportError> {
    let mut files = Vec::new();
    for path in paths {
        let fault = |error| ImportError::File(path.clone(), error);
        if !std::fs::metadata(path).map_err(fault)?.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            if entry.file_name().to_str().is_some_and(&wanted) && entry.path().is_file() {
                found.push(entry.path());
            }
        }
        if found.is_empty() {
            return Err(ImportError::Nothing(path.clone(), names));
        }
        found.sort();
        files.append(&mut found);
    }
    Ok(files)
}

/// A file's name without the ending that says it is gzipped.
pub(super) fn plain_name(name: &str) -> &str {
    name.strip_suffix(".gz").unwrap_or(name)
}

/// How many bytes the files have together.
pub(super) fn size(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|meta| meta.len()).sum()
}

/// Unpacks what is gzipped by its first bytes; anything else is as it is.
pub(super) fn gunzip<'r>(
    mut file: impl BufRead + 'r,
    packed: &Rc<Cell<u64>>,
    unpacked: &Rc<Cell<u64>>,
) -> io::Result<Box<dyn Read + 'r>> {
    if file.fill_buf()?.starts_with(GZIP) {
        return Ok(Box::new(Bounded::over(MultiGzDecoder::new(file), packed, unpacked)));
    }
    Ok(Box::new(file))
}

/// A file being read, unpacked where it is gzipped.
pub(super) struct Input {
    reader: Box<dyn Read>,
    taken: Rc<Cell<u64>>,
}

impl Input {
    /// Opens a file. What it is, its first bytes say, not its name.
    pub(super) fn open(path: &Path) -> Result<Input, ImportError> {
        let fault = |error| ImportError::File(path.to_owned(), error);
        let taken = Rc::new(Cell::new(0));
        let file = Counted { file: File::open(path).map_err(fault)?, taken: Rc::clone(&taken) };
        let mut plain = BufReader::with_capacity(ROOM, file);
        let start = plain.fill_buf().map_err(fault)?;
        if start.starts_with(ZIP) {
            let why = "is a zip archive or a workbook; unpack it and name what is in it, or save it as CSV";
            return Err(ImportError::Refused(path.to_owned(), why.to_owned()));
        }
        Ok(Input { reader: gunzip(plain, &taken, &Rc::default()).map_err(fault)?, taken })
    }

    /// Counts the bytes taken from the file, for whoever hands the input over.
    pub(super) fn counter(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.taken)
    }

    /// How many bytes were taken from the file so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken.get()
    }
}

impl Read for Input {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.reader.read(room)
    }
}

struct Counted {
    file: File,
    taken: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(room)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

/// Stops what unpacks to more than any honest file.
pub(super) struct Bounded<R> {
    reader: R,
    packed: Rc<Cell<u64>>,
    unpacked: Rc<Cell<u64>>,
}

impl<R: Read> Bounded<R> {
    /// What unpacks these packed bytes, with others that were unpacked of them before.
    pub(super) fn over(reader: R, packed: &Rc<Cell<u64>>, unpacked: &Rc<Cell<u64>>) -> Bounded<R> {
        Bounded { reader, packed: Rc::clone(packed), unpacked: Rc::clone(unpacked) }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(room)?;
        self.unpacked.set(self.unpacked.get() + read as u64);
        if self.unpacked.get() > UNPACKED + RATIO * self.packed.get() {
            return Err(io::Error::other("unpacks to far more than a file of its size holds; it was not read further"));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_without_end_is_not_read_to_the_end() {
        let (packed, unpacked) = (Rc::new(Cell::new(10)), Rc::default());
        let mut sink = io::sink();
        let mut bomb = Bounded::over(io::repeat(b'x'), &packed, &unpacked);
        let error = io::copy(&mut bomb, &mut sink).unwrap_err();
        assert!(error.to_string().contains("unpacks to far more"));
        assert!(unpacked.get() < UNPACKED + RATIO * 10 + (1 << 20));
        let mut other = Bounded::over(&b"rows"[..], &packed, &unpacked);
        assert!(other.read(&mut [0; 8]).is_err(), "what one archive unpacks to is one sum");
    }
}
