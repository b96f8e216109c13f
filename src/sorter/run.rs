//! Sorted pairs in a file: the lengths of key and value, the key, the value, one pair after another.

use super::pairs::Pairs;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A run is read and written in steps of so many bytes.
pub const STEP: usize = 256 << 10;
/// Two lengths take at most so many bytes.
const HEAD: usize = 10;
/// A length from here on takes four bytes more.
const LONG: u8 = u8::MAX;

/// A file of sorted pairs.
pub struct Run(Mutex<File>);

impl Run {
    /// Writes sorted pairs into a file without a name.
    pub fn write(pairs: &Pairs, folder: &Path) -> io::Result<Run> {
        let mut out = BufWriter::with_capacity(STEP, tempfile::tempfile_in(folder)?);
        let mut lengths = Vec::with_capacity(HEAD);
        for (key, value) in pairs.iter() {
            lengths.clear();
            put_length(&mut lengths, key.len());
            put_length(&mut lengths, value.len());
            out.write_all(&lengths)?;
            out.write_all(key)?;
            out.write_all(value)?;
        }
        Ok(Run(Mutex::new(out.into_inner().map_err(io::IntoInnerError::into_error)?)))
    }

    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        file.read(room)
    }
}

fn put_length(bytes: &mut Vec<u8>, length: usize) {
    if length < usize::from(LONG) {
        bytes.push(length as u8);
    } else {
        bytes.push(LONG);
        bytes.extend_from_slice(&(length as u32).to_le_bytes());
    }
}

fn take_length(bytes: &mut &[u8]) -> Option<usize> {
    let (&first, rest) = bytes.split_first()?;
    *bytes = rest;
    if first < LONG {
        return Some(first.into());
    }
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*length) as usize)
}

/// A place in a run.
#[derive(Default)]
pub struct Reader {
    /// How much of the file was read.
    offset: u64,
    /// Bytes read; those from `next` to `end` are still to come.
    room: Vec<u8>,
    next: usize,
    end: usize,
    key: Range<usize>,
    value: Range<usize>,
}

impl Reader {
    /// The pair it stands on.
    pub fn pair(&self) -> (&[u8], &[u8]) {
        (&self.room[self.key.clone()], &self.room[self.value.clone()])
    }

    /// Goes on to the next pair; false behind the last.
    pub fn step(&mut self, run: &Run) -> io::Result<bool> {
        if !self.fetch(run, HEAD)? && self.next == self.end {
            return Ok(false);
        }
        let mut rest = &self.room[self.next..self.end];
        let before = rest.len();
        let lengths = (take_length(&mut rest), take_length(&mut rest));
        let (Some(key), Some(value)) = lengths else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        self.next += before - rest.len();
        if !self.fetch(run, key + value)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.key = self.next..self.next + key;
        self.value = self.key.end..self.key.end + value;
        self.next = self.value.end;
        Ok(true)
    }

    /// Makes so many bytes wait in the room; false where the file has fewer.
    fn fetch(&mut self, run: &Run, bytes: usize) -> io::Result<bool> {
        if self.end - self.next >= bytes {
            return Ok(true);
        }
        self.room.copy_within(self.next..self.end, 0);
        (self.next, self.end) = (0, self.end - self.next);
        if self.room.len() < bytes.max(STEP) {
            self.room.resize(bytes.max(STEP), 0);
        }
        while self.end < self.room.len() {
            let read = run.read_at(self.offset, &mut self.room[self.end..])?;
            if read == 0 {
                break;
            }
            self.end += read;
            self.offset += read as u64;
        }
        Ok(self.end >= bytes)
    }
}
