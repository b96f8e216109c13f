//! Why an import failed. Nothing of it is in the catalogue then.

use crate::catalog::Fault;
use crate::sorter::SortError;
use crate::store::StoreError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why an import failed: facts here, the sentence in `Display`.
#[derive(Debug)]
pub enum ImportError {
    /// The catalogue's store failed.
    Store(StoreError),
    /// A file cannot be read.
    File(PathBuf, io::Error),
    /// A folder holds no file of the format; what such files are called.
    Nothing(PathBuf, &'static str),
    /// A file could not be fetched.
    NotFetched {
        /// Where it is.
        url: String,
        /// Where it should be.
        file: PathBuf,
        /// Why.
        why: String,
    },
    /// A file is damaged: where, and what is wrong there.
    Damaged {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// The byte of the line, counted from 1.
        column: u64,
        /// What is wrong.
        why: String,
    },
    /// A file is refused as a whole: why.
    Refused(PathBuf, String),
    /// What was asked for makes no sense: why.
    Unclear(String),
    /// A file stands where one should be written: why it stays.
    InTheWay(PathBuf, String),
    /// The films to give out cannot be found.
    Query(Fault),
    /// Somebody stopped it.
    Cancelled,
    /// Somebody stopped it while files were fetched into this folder.
    Paused(PathBuf),
    /// The catalogue changed while the import was made ready; it begins anew.
    Moved,
}

impl ImportError {
    /// The file that is at fault.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            ImportError::File(file, _) | ImportError::Refused(file, _) | ImportError::Damaged { file, .. } => {
                Some(file)
            }
            _ => None,
        }
    }

    /// What went wrong while a stream was written that is this file.
    pub(super) fn writing(self, file: &Path) -> ImportError {
        match self {
            ImportError::File(_, error) => ImportError::File(file.to_owned(), error),
            other => other,
        }
    }

    /// What went wrong while a file was read.
    pub(super) fn reading(file: &Path, error: io::Error) -> ImportError {
        match error.kind() {
            io::ErrorKind::Other => ImportError::Refused(file.to_owned(), error.to_string()),
            _ => ImportError::File(file.to_owned(), error),
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::Store(error) => error.fmt(f),
            ImportError::File(file, error) => match error.kind() {
                io::ErrorKind::NotFound => write!(f, "{}: there is no such file", file.display()),
                io::ErrorKind::PermissionDenied => {
                    write!(f, "{}: permission denied; check who owns it and its mode", file.display())
                }
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                    write!(f, "{}: no space left on the disk; make room, or name another place", file.display())
                }
                io::ErrorKind::UnexpectedEof => {
                    write!(f, "{}: is cut short; fetch it again. Nothing was imported", file.display())
                }
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                    write!(f, "{}: is damaged ({error}); fetch it again. Nothing was imported", file.display())
                }
                _ => write!(f, "{}: {error}", file.display()),
            },
            ImportError::Nothing(folder, names) => {
                write!(f, "{}: holds no file named {names}; name the files themselves", folder.display())
            }
            ImportError::NotFetched { url, file, why } => {
                write!(f, "{url}: {why}. {} was not fetched, and nothing was imported", file.display())
            }
            ImportError::Damaged { file, line, column, why } => write!(
                f,
                "{}: line {line}, column {column}: {why}; mend the file or fetch it again. Nothing was imported",
                file.display()
            ),
            ImportError::Refused(file, why) => write!(f, "{}: {why}. Nothing was imported", file.display()),
            ImportError::Unclear(why) => f.write_str(why),
            ImportError::InTheWay(file, why) => write!(f, "{}: {why}. Nothing was written", file.display()),
            ImportError::Query(fault) => fault.fmt(f),
            ImportError::Cancelled => f.write_str("cancelled; nothing was imported"),
            ImportError::Paused(folder) => write!(
                f,
                "cancelled; nothing was imported. What was fetched is in {}, and the same command goes on from there",
                folder.display()
            ),
            ImportError::Moved => f.write_str("the catalogue kept changing; nothing was imported, try again"),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        ImportError::Store(error)
    }
}

impl From<Fault> for ImportError {
    fn from(fault: Fault) -> Self {
        ImportError::Query(fault)
    }
}

impl From<SortError> for ImportError {
    fn from(error: SortError) -> Self {
        StoreError::from(error).into()
    }
}
