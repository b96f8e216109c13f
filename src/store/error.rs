//! Why the store failed.

use crate::domain::Key;
use crate::sorter::SortError;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why the store failed: facts here, the sentence in `Display`.
#[derive(Debug)]
pub enum StoreError {
    /// There is no such file.
    Missing(PathBuf),
    /// The file is a folder, or something else that is not a file.
    NotAFile(PathBuf),
    /// The file is not a catalogue.
    NotACatalogue(PathBuf),
    /// The file was written by a newer cinedex: its format and ours.
    Newer(PathBuf, u32),
    /// The file was written by an older cinedex and must be brought up to date, and can only be read: its format.
    Older(PathBuf, u32),
    /// No permission to read or write.
    Denied(PathBuf),
    /// The file cannot be shared: another program holds it whole, or the file system has no locks.
    Busy(PathBuf, String),
    /// A crash left work that only a writer can finish, and the file can only be read.
    NeedsWriter(PathBuf),
    /// There is a file already where a new one was to be made.
    Exists(PathBuf),
    /// The disk is full.
    Full(PathBuf),
    /// The store was opened for reading only.
    ReadOnly,
    /// A record or a block cannot be decoded.
    Damaged {
        /// Table.
        table: &'static str,
        /// Key of the row.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// A record takes more bytes than can be kept: which, and how many.
    TooLarge(Key, usize),
    /// A value that is kept once only belongs to another record: what it is.
    Taken(&'static str, String),
    /// An input or output error on a file.
    Io(PathBuf, io::Error),
    /// Anything else redb reports.
    Redb(Box<redb::Error>),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Missing(path) => write!(f, "{}: there is no such file", path.display()),
            StoreError::NotAFile(path) => {
                write!(f, "{}: is not a file; name the catalogue's file itself", path.display())
            }
            StoreError::NotACatalogue(path) => {
                write!(f, "{}: is not a cinedex catalogue; it was left as it is", path.display())
            }
            StoreError::Newer(path, format) => write!(
                f,
                "{}: was written by a newer cinedex (format {format}, this one reads up to {}); update cinedex",
                path.display(),
                super::tables::FORMAT
            ),
            StoreError::Older(path, format) => write!(
                f,
                "{}: is of format {format}; open it once with write permission, so that it is brought up to date",
                path.display()
            ),
            StoreError::Denied(path) => {
                write!(f, "{}: permission denied; check who owns it and its mode", path.display())
            }
            StoreError::Busy(path, why) => write!(f, "{}: cannot be shared: {why}", path.display()),
            StoreError::NeedsWriter(path) => write!(
                f,
                "{}: a crash left it to be mended, which takes a writer; open it once with write permission",
                path.display()
            ),
            StoreError::Exists(path) => write!(f, "{}: is there already; nothing was overwritten", path.display()),
            StoreError::Full(path) => write!(f, "{}: no space left on the disk; nothing was changed", path.display()),
            StoreError::ReadOnly => f.write_str("the catalogue was opened for reading only"),
            StoreError::Damaged { table, key, why } => {
                write!(f, "table {table}, row {key}: {why}; run `cinedex check`")
            }
            StoreError::TooLarge(key, bytes) => write!(
                f,
                "{key}: takes {bytes} bytes, at most {} can be kept; shorten its texts",
                super::codec::KEPT_MAX
            ),
            StoreError::Taken(what, value) => write!(f, "{what} “{value}” belongs to another record"),
            StoreError::Io(path, error) => write!(f, "{}: {error}", path.display()),
            StoreError::Redb(error) => write!(f, "the store failed: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

macro_rules! from_redb {
    ($($error:ty),*) => {$(
        impl From<$error> for StoreError {
            fn from(error: $error) -> Self {
                StoreError::Redb(Box::new(error.into()))
            }
        }
    )*};
}

from_redb!(
    redb::StorageError,
    redb::TableError,
    redb::TransactionError,
    redb::CommitError,
    redb::CursorError,
    redb::CompactionError,
    redb::SetDurabilityError
);

impl From<SortError> for StoreError {
    fn from(SortError { folder, error }: SortError) -> Self {
        super::open::io_error(&folder, error)
    }
}

/// What the store answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
