//! Copies of a catalogue: made while others write, put back only once proven, and the room that dead pages take.

use super::check::check_alone;
use super::error::{Result, StoreError};
use super::open::{Access, Draft, Store, hold_alone, io_error, unpanicked};
use super::tables::{self, with_every_table};
use redb::{ReadTransaction, ReadableTable, TableDefinition, WriteTransaction};
use std::fs;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// What a restore came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the catalogue that was there before is now.
    pub kept: Option<PathBuf>,
}

/// What a compaction came to, in bytes on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compacted {
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
}

/// Copies the catalogue as it is at this moment, while others go on reading and writing. The copy gets its name when
/// it is whole; its mode is 0600.
///
/// # Errors
/// [`StoreError::Exists`] where there is a file of that name and it shall not be overwritten.
pub fn backup(store: &Store, target: &Path, overwrite: bool) -> Result<()> {
    if fs::metadata(target).is_ok_and(|meta| !meta.is_file()) {
        return Err(StoreError::NotAFile(target.to_owned()));
    }
    if same_file(store.path(), target) {
        return Err(StoreError::Busy(target.to_owned(), "it is the catalogue itself; name another file".to_owned()));
    }
    if !overwrite && target.exists() {
        return Err(StoreError::Exists(target.to_owned()));
    }
    let draft = unpanicked(store.path(), || copy(store, target))?;
    if overwrite { draft.replace() } else { draft.become_new() }
}

/// Puts a copy in a catalogue's place once it is proven. What was there stays beside it under another name.
///
/// # Errors
/// When the copy is not clean, or others have the catalogue open; then nothing was changed.
pub fn restore(from: &Path, target: &Path) -> Result<Restored> {
    if same_file(from, target) {
        return Err(StoreError::Busy(from.to_owned(), "it is the catalogue itself; name another file".to_owned()));
    }
    let mut proven = Store::open(from, Access::Best)?;
    let report = check_alone(&mut proven)?;
    if let Some(fault) = report.faults.first() {
        let why = format!("{fault}; nothing was restored");
        return Err(StoreError::Damaged { table: "file", key: from.display().to_string(), why });
    }
    if fs::metadata(target).is_ok_and(|meta| !meta.is_file()) {
        return Err(StoreError::NotAFile(target.to_owned()));
    }
    let draft = copy(&proven, target)?;
    if !target.exists() {
        draft.become_new()?;
        return Ok(Restored { kept: None });
    }
    // Held until the new file has its name, so that nobody opens the old one meanwhile. A damaged one cannot be held.
    let held = match hold_alone(target) {
        Err(error @ StoreError::Busy(..)) => return Err(error),
        held => held.ok(),
    };
    let kept = free_name(target, "before-restore");
    fs::hard_link(target, &kept).or_else(|_| fs::rename(target, &kept)).map_err(|error| io_error(target, error))?;
    draft.replace()?;
    drop(held);
    Ok(Restored { kept: Some(kept) })
}

/// Gives dead space back.
///
/// # Errors
/// [`StoreError::Busy`] while others have the catalogue open.
pub fn compact(store: &mut Store) -> Result<Compacted> {
    let before = store.allocated()?;
    store.compact()?;
    Ok(Compacted { before, after: store.allocated()? })
}

/// Gives dead space back where it may be a quarter of the file. Dead is no more than what was there `before` much was
/// written, in bytes; to count it takes reading every page, and is left out where it must be less.
///
/// # Errors
/// As [`compact`].
pub fn shrink(store: &mut Store, before: u64) -> Result<Option<Compacted>> {
    let worth = store.allocated()? / 4;
    let is_worth = before > worth && store.dead_space()?.is_some_and(|dead| dead > worth);
    is_worth.then(|| compact(store)).transpose()
}

/// A name beside a file that no other has: `films.cinedex.before-restore-1`.
pub(super) fn free_name(path: &Path, why: &str) -> PathBuf {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{why}-{number}"));
        PathBuf::from(name)
    };
    (1..u32::MAX).map(name).find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_else(|| name(u32::MAX))
}

fn same_file(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| -> io::Result<PathBuf> { fs::canonicalize(path) };
    whole(one).is_ok_and(|one| whole(other).is_ok_and(|other| one == other))
}

fn copy(store: &Store, target: &Path) -> Result<Draft> {
    let named = |error: StoreError| match error {
        StoreError::Redb(inner) => match *inner {
            redb::Error::Io(error) => io_error(target, error),
            other => StoreError::Redb(Box::new(other)),
        },
        other => other,
    };
    let draft = Draft::new(target)?;
    let from = store.begin_read()?;
    copy_tables(&from, &draft).map_err(named)?;
    Ok(draft)
}

fn copy_tables(from: &ReadTransaction, draft: &Draft) -> Result<()> {
    let to = draft.database().begin_write()?;
    macro_rules! each {
        ($($table:ident),*) => {$( copy_table(from, &to, tables::$table)?; )*};
    }
    with_every_table!(each);
    to.commit()?;
    Ok(())
}

fn copy_table<K: redb::Key + 'static, V: redb::Value + 'static>(
    from: &ReadTransaction,
    to: &WriteTransaction,
    definition: TableDefinition<K, V>,
) -> Result<()> {
    let mut table = to.open_table(definition)?;
    let from = match from.open_table(definition) {
        // A file of an older format has none of it.
        Err(redb::TableError::TableDoesNotExist(_)) => return Ok(()),
        from => from?,
    };
    let mut cursor = table.upper_bound_mut(Bound::<K::SelfType<'_>>::Unbounded)?;
    for row in from.iter()? {
        let (key, value) = row?;
        cursor.insert_before(key.value(), value.value())?;
    }
    cursor.close()?;
    Ok(())
}
