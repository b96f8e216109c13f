//! Whether the file is sound: every record decodes, every reference resolves, every number is true, every index
//! entry that must exist does, and no other. Reads each table once, in bounded memory, within one transaction.

mod files;
mod ids;
mod kept;
mod locate;
mod present;
mod source;
mod sums;
mod survey;

pub(super) use files::{orphans, piece_fault};
pub(super) use ids::Ids;
pub(super) use kept::{journal, tokens, true_numbers};
pub(super) use survey::Survey;

use super::entry::Index;
use super::error::{Result, StoreError};
use super::finder;
use super::open::{Store, unpanicked};
use super::read::Read;
use crate::domain::{Entity, Key};
use std::fmt;
use sums::Sums;

/// At most so many faults are listed; the others are counted.
pub const FAULTS: usize = 200;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The table it is in.
    pub table: &'static str,
    /// The record, or the row where no record can be named.
    pub record: String,
    /// What is wrong with it.
    pub says: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.table, self.record, self.says)
    }
}

/// Faults as they are found: the first ones listed, all of them counted.
#[derive(Debug, Default)]
pub struct Faults {
    list: Vec<Fault>,
    more: u64,
}

impl Faults {
    /// Takes one more.
    pub fn add(&mut self, table: &'static str, record: impl fmt::Display, says: impl Into<String>) {
        if self.list.len() < FAULTS {
            self.list.push(Fault { table, record: record.to_string(), says: says.into() });
        } else {
            self.more += 1;
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list.iter().try_for_each(|fault| writeln!(f, "{fault}"))
    }
}

/// What became of the check of the file's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pages {
    /// Every page's checksum is right.
    Sound,
    /// Some were not; the store fell back on pages that are.
    Mended,
    /// Not checked: why.
    Skipped(String),
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many records there are of each kind, counted.
    pub counts: Vec<(Entity, u64)>,
    /// What is wrong, at most [`FAULTS`].
    pub faults: Vec<Fault>,
    /// How many more faults there are.
    pub unlisted: u64,
    /// Whether the file's pages are sound.
    pub pages: Pages,
    /// Bytes the file takes on the disk.
    pub allocated: u64,
    /// Bytes of them that `compact` would give back; none where nobody may write.
    pub dead_space: Option<u64>,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty() && self.pages != Pages::Mended
    }
}

/// Checks all but the pages of a file, which others may use meanwhile.
///
/// # Errors
/// When the store cannot be read at all.
pub fn check(store: &Store) -> Result<Report> {
    let (counts, faults) = examine(store)?;
    Ok(Report {
        counts,
        faults: faults.list,
        unlisted: faults.more,
        pages: Pages::Skipped("others may have the file open".to_owned()),
        allocated: store.allocated()?,
        dead_space: store.dead_space()?,
    })
}

/// Checks everything, the checksum of every page first. Waits for another process's write to end.
///
/// # Errors
/// When the pages are damaged beyond mending, or the store cannot be read.
pub fn check_alone(store: &mut Store) -> Result<Report> {
    let pages = match store.verify_pages() {
        Ok(true) => Pages::Sound,
        Ok(false) => Pages::Mended,
        Err(StoreError::ReadOnly) => Pages::Skipped("the file can only be read".to_owned()),
        Err(error @ StoreError::Busy(..)) => Pages::Skipped(error.to_string()),
        Err(error) => return Err(error),
    };
    Ok(Report { pages, ..check(store)? })
}

/// Counts of records, and what is wrong with them.
pub(super) fn examine(store: &Store) -> Result<(Vec<(Entity, u64)>, Faults)> {
    unpanicked(store.path(), || look(&store.begin_read()?)).map_err(|error| store.explain(error))
}

fn look(txn: &impl Read) -> Result<(Vec<(Entity, u64)>, Faults)> {
    let mut expected = Sums::default();
    let mut survey = Survey::new(txn);
    survey.all(&mut |entry| {
        expected.add(entry);
        Ok(())
    })?;
    present::borne(txn, &mut |entry| expected.add(entry))?;
    let counts = survey.counts();
    let Survey { ids, mut faults, .. } = survey;
    let journal = journal(txn, &mut faults)?;
    tokens(txn, &ids, &mut faults)?;
    kept::numbers(txn, &ids, &counts, &journal, &mut faults)?;
    for file in orphans(txn, &ids.files, &journal.held)? {
        faults.add("pieces", Key::File(file), "is not there, but its bytes are");
    }
    let mut there = Sums::default();
    for index in Index::ALL {
        present::entries(txn, index, &mut faults, &mut |entry| there.add(entry))?;
    }
    finder::verify(txn, &mut faults)?;
    locate::differences(txn, &expected.differing(&there), &mut faults)?;
    Ok((counts, faults))
}
