//! The lines of a file, one after the other.

use super::{FORMAT, Line};
use crate::transfer::ImportError;
use crate::transfer::input::Input;
use crate::transfer::intake::Watch;
use crate::transfer::report::Phase;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A line takes at most so many bytes.
const LINE_MAX: u64 = 16 << 20;
/// Lines between two words on how far it is.
const PACE: u64 = 1 << 10;

/// A file of lines, plain or gzipped, whose first says that it is one.
pub(super) struct Lines {
    file: PathBuf,
    reader: BufReader<Input>,
    bytes: Vec<u8>,
    number: u64,
    total: u64,
}

/// What is wrong with a line, and at which column.
pub(super) struct Flaw {
    pub column: u64,
    pub why: String,
}

impl Lines {
    pub(super) fn open(file: &Path) -> Result<Lines, ImportError> {
        let total = std::fs::metadata(file).map_err(|error| ImportError::File(file.to_owned(), error))?.len();
        let reader = BufReader::new(Input::open(file)?);
        let mut lines = Lines { file: file.to_owned(), reader, bytes: Vec::new(), number: 0, total };
        let why = match lines.next()? {
            Some(Ok(Line::Cinedex { format: FORMAT })) => return Ok(lines),
            Some(Ok(Line::Cinedex { .. })) => "a newer cinedex wrote it; update cinedex",
            Some(Err(flaw)) => return Err(lines.damaged(flaw)),
            _ => "the first line of an exported catalogue says cinedex",
        };
        Err(lines.damaged(Flaw { column: 1, why: why.to_owned() }))
    }

    /// The line read last, counted from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Tells now and then how far it is.
    pub(super) fn tell(&self, watch: &mut Watch) -> Result<(), ImportError> {
        if !self.number.is_multiple_of(PACE) {
            return Ok(());
        }
        watch.tell(Phase::Reading, self.reader.get_ref().taken(), self.total)
    }

    /// The next line, or what is wrong with it; none behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Result<Line, Flaw>>, ImportError> {
        self.bytes.clear();
        self.number += 1;
        let read = (&mut self.reader).take(LINE_MAX).read_until(b'\n', &mut self.bytes);
        if read.map_err(|error| ImportError::reading(&self.file, error))? == 0 {
            return Ok(None);
        }
        if self.bytes.len() as u64 == LINE_MAX {
            let why = "a line takes more than 16 MiB".to_owned();
            return Err(self.damaged(Flaw { column: 1, why }));
        }
        let flaw = |error: serde_json::Error| Flaw { column: error.column().max(1) as u64, why: error.to_string() };
        Ok(Some(serde_json::from_slice(&self.bytes).map_err(flaw)))
    }

    /// The line read last makes the file one that is not taken.
    pub(super) fn damaged(&self, Flaw { column, why }: Flaw) -> ImportError {
        ImportError::Damaged { file: self.file.clone(), line: self.number, column, why }
    }
}
