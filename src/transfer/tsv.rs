//! Tables of tab-separated values without quotes or escapes: a header, then a row a line.

use super::error::ImportError;
use super::input::Input;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A row takes at most so many bytes.
const ROW_MAX: usize = 16 << 20;
const ROOM: usize = 256 << 10;
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads the columns of a table that are wanted, found by their names.
pub(super) struct Table<const N: usize> {
    file: PathBuf,
    input: Input,
    /// Bytes read; those from `next` to `end` are still to come.
    room: Vec<u8>,
    next: usize,
    end: usize,
    line: u64,
    /// How many columns there are.
    width: usize,
    /// The place of each wanted column among them.
    places: [usize; N],
    /// Where the fields of the row in hand are.
    fields: Vec<Range<usize>>,
}

/// A row of a table.
pub(super) enum Row<'t, const N: usize> {
    /// The wanted fields.
    Fields([&'t [u8]; N]),
    /// It has another number of fields than the header.
    Torn(usize),
}

impl<const N: usize> Table<N> {
    /// Opens a table that must have these columns.
    pub(super) fn open(file: &Path, columns: [&'static str; N]) -> Result<Table<N>, ImportError> {
        let mut table = Table {
            file: file.to_owned(),
            input: Input::open(file)?,
            room: vec![0; ROOM],
            next: 0,
            end: 0,
            line: 0,
            width: 0,
            places: [0; N],
            fields: Vec::new(),
        };
        let row = table.take_line()?.unwrap_or(0..0);
        table.split(row);
        let mark = table.room[..table.end].starts_with(MARK);
        if let (true, Some(first)) = (mark, table.fields.first_mut()) {
            first.start += MARK.len();
        }
        table.width = table.fields.len();
        for (place, column) in table.places.iter_mut().zip(columns) {
            let found = table.fields.iter().position(|field| table.room[field.clone()] == *column.as_bytes());
            *place = found.ok_or_else(|| {
                let why = format!("its first line names no column {column}; is it the table it is called, unchanged?");
                ImportError::Refused(file.to_owned(), why)
            })?;
        }
        Ok(table)
    }

    /// The line of the row in hand, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many columns the header has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// How many bytes of the file were read.
    pub(super) fn taken(&self) -> u64 {
        self.input.taken()
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_, N>>, ImportError> {
        let Some(row) = self.take_line()? else { return Ok(None) };
        self.split(row);
        if self.fields.len() != self.width {
            return Ok(Some(Row::Torn(self.fields.len())));
        }
        Ok(Some(Row::Fields(self.places.map(|place| &self.room[self.fields[place].clone()]))))
    }

    fn split(&mut self, row: Range<usize>) {
        self.fields.clear();
        let mut start = row.start;
        for tab in memchr::memchr_iter(b'\t', &self.room[row.clone()]) {
            self.fields.push(start..row.start + tab);
            start = row.start + tab + 1;
        }
        self.fields.push(start..row.end);
    }

    /// Where the next line is, without its end.
    fn take_line(&mut self) -> Result<Option<Range<usize>>, ImportError> {
        let mut seen = 0;
        loop {
            let found = memchr::memchr(b'\n', &self.room[self.next + seen..self.end]);
            if let Some(length) = found {
                return Ok(Some(self.give(seen + length, 1)));
            }
            seen = self.end - self.next;
            if !self.fetch()? {
                return Ok((seen > 0).then(|| self.give(seen, 0)));
            }
        }
    }

    /// Hands out so many bytes as a line and goes on behind its end.
    fn give(&mut self, length: usize, end: usize) -> Range<usize> {
        let row = self.next..self.next + length;
        self.next = row.end + end;
        self.line += 1;
        let returned = self.room[row.clone()].ends_with(b"\r");
        row.start..row.end - usize::from(returned)
    }

    /// Reads more behind the bytes in the room; false at the end of the file.
    fn fetch(&mut self) -> Result<bool, ImportError> {
        self.room.copy_within(self.next..self.end, 0);
        (self.next, self.end) = (0, self.end - self.next);
        if self.end >= ROW_MAX {
            let (file, line) = (self.file.clone(), self.line + 1);
            let why = "the line is longer than 16 MiB".to_owned();
            return Err(ImportError::Damaged { file, line, column: 1, why });
        }
        if self.end == self.room.len() {
            self.room.resize(2 * self.room.len(), 0);
        }
        let read = self.input.read(&mut self.room[self.end..]);
        let read = read.map_err(|error| ImportError::reading(&self.file, error))?;
        self.end += read;
        Ok(read > 0)
    }
}
