//! Tables of comma separated values, row by row, of whatever length the table is.

use super::error::ImportError;
use super::input::Input;
use super::intake::{Intake, Watch};
use super::report::Phase;
use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder, Terminator};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A row takes at most so many bytes.
const ROW_MAX: u64 = 8 << 20;
/// Rows between two words on how far it is.
const PACE: u64 = 1 << 10;
/// Stands behind the last row; swallowed by it where a quote is never closed.
const END: &[u8] = b"\n\x04\n";
const END_CELL: &[u8] = b"\x04";

/// Reads the rows of a table whose columns have names.
pub(super) struct Table<R: Read> {
    file: PathBuf,
    reader: Reader<Leash<R>>,
    header: Vec<String>,
    row: ByteRecord,
    /// The row was looked at and is still to come.
    held: bool,
    line: u64,
    count: u64,
}

/// Whether a row was of use; why not.
pub(super) type Verdict = Result<(), String>;

/// How far the reading of several tables is.
pub(super) struct Meter<'a, 'w> {
    watch: &'a mut Watch<'w>,
    before: u64,
    total: u64,
}

impl<'a, 'w> Meter<'a, 'w> {
    /// Begins to read so many bytes.
    pub(super) fn new(watch: &'a mut Watch<'w>, total: u64) -> Meter<'a, 'w> {
        Meter { watch, before: 0, total }
    }

    /// Tells how far the table in hand is.
    pub(super) fn tell(&mut self, given: u64) -> Result<(), ImportError> {
        self.watch.tell(Phase::Reading, self.total.min(self.before + given), self.total)
    }

    /// Goes on to the next.
    pub(super) fn pass(&mut self, given: u64) {
        self.before += given;
    }
}

/// What became of a row.
pub(super) enum Row {
    /// Its cells are as many as the columns, and text.
    Cells(Cells),
    /// They are not: why.
    Other(String),
}

/// The cells of a row.
pub(super) struct Cells {
    row: csv::StringRecord,
    /// The line they start on.
    pub line: u64,
}

impl Cells {
    /// Cells of these texts.
    pub(super) fn of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Cells {
        Cells { row: texts.into_iter().collect::<Vec<T>>().into(), line: 0 }
    }

    /// The cell of a column without blanks around it; empty where the table has no such column.
    pub(super) fn get(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.row.get(column)).unwrap_or_default().trim()
    }
}

#[allow(dead_code)]
impl Table<Input> {
    /// Opens a file, plain or gzipped, whose first row names the columns.
    pub(super) fn open(file: &Path) -> Result<Table<Input>, ImportError> {
        Table::over(file, Input::open(file)?, |_| true)
    }
}

impl<R: Read> Table<R> {
    /// A table whose columns the first row names that `is_header` takes by its first cell. What stands before that
    /// row is no part of the table.
    pub(super) fn over(file: &Path, reader: R, is_header: impl Fn(&str) -> bool) -> Result<Table<R>, ImportError> {
        Table::below(Table::new(file, reader, &mut ReaderBuilder::new()), is_header)
    }

    /// A table read in this manner whose first row names the columns.
    pub(super) fn written(file: &Path, reader: R, builder: &mut ReaderBuilder) -> Result<Table<R>, ImportError> {
        Table::below(Table::new(file, reader, builder), |_| true)
    }

    /// A table read in this manner whose first row is one of its rows; its columns are called by their numbers.
    pub(super) fn headless(file: &Path, reader: R, builder: &mut ReaderBuilder) -> Result<Table<R>, ImportError> {
        let mut table = Table::new(file, reader, builder);
        table.held = table.fetch()?;
        table.header = (1..=table.row.len()).map(|number| number.to_string()).collect();
        Ok(table)
    }

    fn new(file: &Path, reader: R, builder: &mut ReaderBuilder) -> Table<R> {
        let leash = Leash { reader, length: ROW_MAX, given: 0, end: END };
        // The carriage return before a line's end is a blank at the end of its last cell: with both as one end the
        // reader counts lines late.
        let end = Terminator::Any(b'\n');
        let reader = builder.has_headers(false).flexible(true).terminator(end).from_reader(leash);
        let (header, row) = (Vec::new(), ByteRecord::new());
        Table { file: file.to_owned(), reader, header, row, held: false, line: 1, count: 0 }
    }

    fn below(mut table: Table<R>, is_header: impl Fn(&str) -> bool) -> Result<Table<R>, ImportError> {
        while table.fetch()? {
            let names: Vec<String> = table.row.iter().map(|name| String::from_utf8_lossy(name).trim().into()).collect();
            if names.iter().any(|name| name.contains('\0')) {
                return Err(table.refused("is no table in UTF-8; save it as such"));
            }
            if is_header(&names[0]) {
                table.header = names;
                table.count = 0;
                return Ok(table);
            }
        }
        Err(table.refused("holds no row that names the columns"))
    }

    fn refused(&self, why: &str) -> ImportError {
        ImportError::Refused(self.file.clone(), why.to_owned())
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// The place of a column, whatever the case of its name.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// The place of a column that must be there.
    pub(super) fn need(&self, name: &str) -> Result<Option<usize>, ImportError> {
        match self.column(name) {
            None => Err(self.refused(&format!("has no column {name}; its columns are {}", self.header.join(", ")))),
            there => Ok(there),
        }
    }

    /// The number of the row read last, counted from 1 behind the names of the columns.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The line the row read last starts on.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The next row that is not blank; none behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Row>, ImportError> {
        while self.fetch()? {
            if self.row.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(Some(self.read_row()));
            }
        }
        Ok(None)
    }

    /// Hands over the cells of every row. A row that has others than the table, and one that `take` has no use for, is
    /// counted as read and skipped.
    pub(super) fn each(
        &mut self,
        intake: &mut Intake,
        meter: &mut Meter,
        take: &mut dyn FnMut(&Cells, &mut Intake) -> Result<Verdict, ImportError>,
    ) -> Result<(), ImportError> {
        while let Some(row) = self.next()? {
            if self.count.is_multiple_of(PACE) {
                meter.tell(self.reader.get_ref().given)?;
            }
            let verdict = match row {
                Row::Cells(cells) => take(&cells, intake)?,
                Row::Other(why) => Err(why),
            };
            if let Err(why) = verdict {
                intake.report.read += 1;
                intake.skip(&self.file, self.line, self.count, why);
            }
        }
        meter.pass(self.reader.get_ref().given);
        Ok(())
    }

    /// Counts the rows that are left.
    pub(super) fn count_rows(&mut self, meter: &mut Meter) -> Result<u64, ImportError> {
        let mut rows = 0;
        while self.next()?.is_some() {
            rows += 1;
            if rows % PACE == 0 {
                meter.tell(self.reader.get_ref().given)?;
            }
        }
        meter.pass(self.reader.get_ref().given);
        Ok(rows)
    }

    fn read_row(&mut self) -> Row {
        let (cells, columns) = (self.row.len(), self.header.len());
        if cells != columns {
            return Row::Other(format!("it has {cells} cells where the table has {columns} columns"));
        }
        match csv::StringRecord::from_byte_record(std::mem::take(&mut self.row)) {
            Ok(row) => Row::Cells(Cells { row, line: self.line }),
            Err(_) => Row::Other("it is not written in UTF-8".to_owned()),
        }
    }

    /// Reads a row, whatever its cells; false behind the last.
    fn fetch(&mut self) -> Result<bool, ImportError> {
        if std::mem::take(&mut self.held) {
            return Ok(true);
        }
        self.line = self.reader.position().line();
        self.reader.get_mut().length = ROW_MAX;
        let there = self.reader.read_byte_record(&mut self.row).map_err(|error| self.fault(error))?;
        let within: usize = self.row.iter().map(|cell| cell.split(|byte| *byte == b'\n').count() - 1).sum();
        let swallowed = self.row.iter().next_back().is_some_and(|cell| cell.ends_with(END));
        let ended = u64::from(!swallowed);
        self.line = self.reader.position().line().saturating_sub(ended + within as u64).max(1);
        if !there || (self.row.len() == 1 && &self.row[0] == END_CELL) {
            return Ok(false);
        }
        if swallowed && self.reader.get_ref().end.is_empty() {
            let why = "a quote is opened in this row and never closed".to_owned();
            return Err(ImportError::Damaged { file: self.file.clone(), line: self.line, column: 1, why });
        }
        self.count += 1;
        Ok(true)
    }

    fn fault(&self, error: csv::Error) -> ImportError {
        match error.into_kind() {
            ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                let why = "a row takes more than 8 MiB, or a quote is opened in it and never closed".to_owned();
                ImportError::Damaged { file: self.file.clone(), line: self.line, column: 1, why }
            }
            ErrorKind::Io(error) => ImportError::reading(&self.file, error),
            other => self.refused(&format!("is no table ({other:?})")),
        }
    }
}

/// Gives out at most so many bytes until it is lengthened; at the end, the mark of the end.
struct Leash<R> {
    reader: R,
    length: u64,
    /// How many bytes it gave out.
    given: u64,
    end: &'static [u8],
}

impl<R: Read> Read for Leash<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut read = self.reader.read(room)?;
        if read == 0 {
            read = self.end.read(room)?;
        }
        self.given += read as u64;
        match self.length.checked_sub(read as u64) {
            Some(rest) => self.length = rest,
            None => return Err(io::ErrorKind::FileTooLarge.into()),
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::input::Bounded;
    use std::cell::Cell;
    use std::rc::Rc;

    fn table(bytes: &[u8]) -> Result<Table<&[u8]>, ImportError> {
        Table::over(Path::new("films.csv"), bytes, |_| true)
    }

    fn rows(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
        let mut table = table(bytes)?;
        let (a, b) = (table.column("A"), table.column("b"));
        let mut rows = Vec::new();
        while let Some(row) = table.next()? {
            rows.push(match row {
                Row::Cells(cells) => format!("{}:{}|{}", table.line(), cells.get(a), cells.get(b)),
                Row::Other(why) => format!("{}: {why}", table.line()),
            });
        }
        Ok(rows)
    }

    fn fault(bytes: &[u8]) -> String {
        rows(bytes).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let bytes = b"\xef\xbb\xbfb, a ,c\r\n1,\"x \"\"y\"\"\r\nz\",\r\n,,\r\n\r\n 2 ,\"q, r\",3\r\n";
        assert_eq!(rows(bytes).unwrap(), ["2:x \"y\"\r\nz|1", "6:q, r|2"]);
        assert_eq!(rows(b"c\n1\n").unwrap(), ["2:|"]);
        assert_eq!(rows(b"a,b\n1,2").unwrap(), ["2:1|2"]);
        assert_eq!(rows(b"a,b\n").unwrap(), [""; 0]);
    }

    #[test]
    fn what_stands_before_the_header_is_no_part() {
        let bytes = b"Some list v7\nDate,Name\n2020-01-01,\"two\nlines\"\n\nPosition,a\n1,x\n";
        let mut table = Table::over(Path::new("list.csv"), &bytes[..], |first| first == "Position").unwrap();
        let a = table.need("a").unwrap();
        let Some(Row::Cells(cells)) = table.next().unwrap() else { panic!("a row") };
        assert_eq!((cells.get(a), table.count(), table.line()), ("x", 1, 7));
        assert!(table.next().unwrap().is_none() && table.next().unwrap().is_none());
        let error = table.need("Year").unwrap_err().to_string();
        assert!(error.contains("has no column Year; its columns are Position, a"), "{error}");
    }

    #[test]
    fn a_damaged_row_is_told_and_the_next_is_read() {
        let bytes = b"a,b\n1\n1,2,3\nCaf\xe9,1\n3,4\n";
        let said = rows(bytes).unwrap();
        assert_eq!(said[0], "2: it has 1 cells where the table has 2 columns");
        assert_eq!(said[1], "3: it has 3 cells where the table has 2 columns");
        assert_eq!(said[2], "4: it is not written in UTF-8");
        assert_eq!(said[3], "5:3|4");
    }

    #[test]
    fn damaged_tables_are_refused() {
        assert!(fault(b"").contains("holds no row that names the columns"));
        assert!(fault(b"a,b\n1,2\n3,\"4\n5,6\n").contains("films.csv: line 3, column 1: a quote is opened"));
        assert!(fault(b"a,b\n1,\"").contains("line 2"));
        assert!(fault(b"\xff\xfea\0,\0b\0\n\0").contains("save it as such"));
        let mut long = b"a,b\n1,\"".to_vec();
        long.resize(ROW_MAX as usize + 100_000, b'x');
        assert!(fault(&long).contains("line 2, column 1: a row takes more than 8 MiB"));
    }

    #[test]
    fn what_has_no_end_is_not_read_to_the_end() {
        let mut line = io::repeat(b'x').take(1 << 30);
        let error = Table::over(Path::new("films.csv"), &mut line, |_| true).err().map(|error| error.to_string());
        assert!(error.unwrap_or_default().contains("films.csv: line 1, column 1: a row takes more than 8 MiB"));
        assert!((1 << 30) - line.limit() < ROW_MAX + (1 << 20));
        let (packed, unpacked) = (Rc::default(), Rc::new(Cell::new(u64::MAX / 2)));
        let bomb = Bounded::over(&b"a,b\n1,2\n"[..], &packed, &unpacked);
        let error = Table::over(Path::new("films.csv"), bomb, |_| true).err().map(|error| error.to_string());
        let error = error.unwrap_or_default();
        assert!(error.contains("films.csv") && error.contains("unpacks to far more"), "{error}");
    }
}
