//! Tables of tab-separated values without quotes or escapes: a header, then a row a line. They are unpacked and split
//! in a thread of their own, some batches ahead of whoever takes the rows.

use super::error::ImportError;
use super::input::Input;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// A row takes at most so many bytes.
const ROW_MAX: usize = 16 << 20;
/// So many bytes are read at once ...
const ROOM: u64 = 256 << 10;
/// ... and so many such batches wait to be taken.
const AHEAD: usize = 2;
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The columns of a table that are wanted, found by their names.
pub(super) struct Table<const N: usize> {
    file: PathBuf,
    /// How many columns there are.
    width: usize,
    batches: Receiver<Message<N>>,
    /// Used batches on their way back.
    rooms: SyncSender<Batch<N>>,
    batch: Batch<N>,
    next: usize,
    line: u64,
}

/// A row of a table.
pub(super) enum Row<'t, const N: usize> {
    /// The wanted fields.
    Fields([&'t [u8]; N]),
    /// It has another number of fields than the header.
    Torn(usize),
}

type Message<const N: usize> = Result<Batch<N>, ImportError>;

/// Whole rows; none at the end of the file.
#[derive(Default)]
struct Batch<const N: usize> {
    bytes: Vec<u8>,
    rows: Vec<Split<N>>,
    /// Bytes of the file that were read so far.
    taken: u64,
}

/// Where the fields of a row begin and end, or how many there are.
#[derive(Clone, Copy)]
enum Split<const N: usize> {
    Fields([(u32, u32); N]),
    Torn(usize),
}

impl<const N: usize> Table<N> {
    /// Opens a table that must have these columns.
    pub(super) fn open(file: &Path, columns: [&'static str; N]) -> Result<Table<N>, ImportError> {
        let (opened, header) = sync_channel(1);
        let (sender, batches) = sync_channel(AHEAD);
        let (rooms, returned) = sync_channel(AHEAD + 2);
        let path = file.to_owned();
        let split = move || match Splitter::open(path, columns) {
            Ok(splitter) => {
                let _ = opened.send(Ok(splitter.slots.len()));
                splitter.send_all(&sender, &returned);
            }
            Err(error) => {
                let _ = opened.send(Err(error));
            }
        };
        let thread = std::thread::Builder::new().name("table".to_owned()).spawn(split);
        thread.map_err(|error| ImportError::File(file.to_owned(), error))?;
        let width = header.recv().map_err(|_| broken(file))??;
        Ok(Table { file: file.to_owned(), width, batches, rooms, batch: Batch::default(), next: 0, line: 1 })
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
        self.batch.taken
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_, N>>, ImportError> {
        if self.next == self.batch.rows.len() {
            let batch = self.batches.recv().map_err(|_| broken(&self.file))??;
            // A full channel means room enough.
            let _ = self.rooms.try_send(std::mem::replace(&mut self.batch, batch));
            self.next = 0;
        }
        let Some(row) = self.batch.rows.get(self.next) else { return Ok(None) };
        self.next += 1;
        self.line += 1;
        let bytes = &self.batch.bytes;
        Ok(Some(match *row {
            Split::Fields(fields) => Row::Fields(fields.map(|(start, end)| &bytes[start as usize..end as usize])),
            Split::Torn(fields) => Row::Torn(fields),
        }))
    }
}

fn broken(file: &Path) -> ImportError {
    ImportError::File(file.to_owned(), io::Error::other("the reading of it broke off"))
}

/// Splits a table.
struct Splitter<const N: usize> {
    file: PathBuf,
    input: Input,
    /// By column its place among those wanted.
    slots: Vec<Option<usize>>,
    /// Bytes read behind the last whole line.
    rest: Vec<u8>,
    /// Lines that were split.
    line: u64,
}

impl<const N: usize> Splitter<N> {
    fn open(file: PathBuf, columns: [&'static str; N]) -> Result<Splitter<N>, ImportError> {
        let input = Input::open(&file)?;
        let mut splitter = Splitter { file, input, slots: Vec::new(), rest: Vec::new(), line: 0 };
        let mut bytes = Vec::new();
        splitter.read(&mut bytes)?;
        let end = memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1);
        splitter.rest.splice(0..0, bytes.drain(end..));
        splitter.line = 1;
        let header = bytes.strip_prefix(MARK).unwrap_or(&bytes);
        let header = header.strip_suffix(b"\n").unwrap_or(header);
        let header = header.strip_suffix(b"\r").unwrap_or(header);
        let names: Vec<&[u8]> = header.split(|byte| *byte == b'\t').collect();
        splitter.slots = vec![None; names.len()];
        for (slot, column) in columns.into_iter().enumerate() {
            let place = names.iter().position(|name| *name == column.as_bytes()).ok_or_else(|| {
                let why = format!("its first line names no column {column}; is it the table it is called, unchanged?");
                ImportError::Refused(splitter.file.clone(), why)
            })?;
            splitter.slots[place] = Some(slot);
        }
        Ok(splitter)
    }

    /// Sends everything, and an empty batch behind it; ends early where nobody takes it any more.
    fn send_all(mut self, to: &SyncSender<Message<N>>, returned: &Receiver<Batch<N>>) {
        loop {
            let batch = self.fill(returned.try_recv().unwrap_or_default());
            let is_last = !batch.as_ref().is_ok_and(|batch| !batch.rows.is_empty());
            if to.send(batch).is_err() || is_last {
                return;
            }
        }
    }

    /// The next rows.
    fn fill(&mut self, mut batch: Batch<N>) -> Message<N> {
        batch.bytes.clear();
        batch.rows.clear();
        self.read(&mut batch.bytes)?;
        self.split(&mut batch);
        batch.taken = self.input.taken();
        Ok(batch)
    }

    /// Reads whole lines; the last one gets an end if it has none.
    fn read(&mut self, bytes: &mut Vec<u8>) -> Result<(), ImportError> {
        bytes.append(&mut self.rest);
        loop {
            let read = self.input.by_ref().take(ROOM).read_to_end(bytes);
            let read = read.map_err(|error| ImportError::reading(&self.file, error))?;
            if let (Some(last), true) = (memchr::memrchr(b'\n', bytes), read > 0) {
                self.rest.extend(bytes.drain(last + 1..));
                return Ok(());
            }
            if read == 0 {
                let open = bytes.last().is_some_and(|last| *last != b'\n');
                bytes.extend(open.then_some(b'\n'));
                return Ok(());
            }
            if bytes.len() >= ROW_MAX {
                let (file, line) = (self.file.clone(), self.line + 1);
                let why = "the line is longer than 16 MiB".to_owned();
                return Err(ImportError::Damaged { file, line, column: 1, why });
            }
        }
    }

    fn split(&mut self, Batch { bytes, rows, .. }: &mut Batch<N>) {
        let mut fields = [(0, 0); N];
        let (mut count, mut start) = (0, 0);
        for at in memchr::memchr2_iter(b'\t', b'\n', bytes) {
            let ends = bytes[at] == b'\n';
            let returned = ends && bytes[start..at].ends_with(b"\r");
            if let Some(Some(slot)) = self.slots.get(count) {
                fields[*slot] = (start as u32, (at - usize::from(returned)) as u32);
            }
            (count, start) = (count + 1, at + 1);
            if ends {
                rows.push(if count == self.slots.len() { Split::Fields(fields) } else { Split::Torn(count) });
                count = 0;
            }
        }
        self.line += rows.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn rows_are_those_of_the_lines(
            lines in prop::collection::vec(("[a-c]{0,3}(\t[a-cä]{0,4}){0,4}", 1..3_000_usize), 0..60),
            ends in prop_oneof![Just("\n"), Just("\r\n")],
            closed in any::<bool>(),
        ) {
            let lines: Vec<String> = lines.into_iter().flat_map(|(line, times)| vec![line; times]).collect();
            let mut text = format!("one\ttwo\tthree{ends}{}", lines.join(ends));
            if closed && !lines.is_empty() {
                text.push_str(ends);
            }
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("table.tsv");
            std::fs::write(&file, &text).unwrap();
            let mut table = Table::open(&file, ["three", "one"]).unwrap();
            let mut expected = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
            while let Some(row) = table.next().unwrap() {
                let expected = expected.next().unwrap();
                match row {
                    Row::Torn(fields) => prop_assert!(fields == expected.len() && fields != 3),
                    Row::Fields(fields) => {
                        prop_assert_eq!(&fields, &[expected[2].as_bytes(), expected[0].as_bytes()]);
                    }
                }
            }
            prop_assert_eq!(expected.next(), None);
            prop_assert_eq!(table.taken(), text.len() as u64);
        }
    }
}
