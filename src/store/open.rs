//! Opening a catalogue's file. The only place that sets how processes share it, its cache and its repair.

use super::error::{Result, StoreError};
use super::read::Read;
use super::tables::{self, COUNTERS, FORMAT, counter, with_every_table};
use super::write::Writer;
use redb::{
    ConcurrencyMode, Database, DatabaseError, ReadOnlyDatabase, ReadTransaction, ReadableDatabase, StorageError,
};
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A failed handle's last users are waited for so long.
const REVIVAL: Duration = Duration::from_secs(1);
/// Pages kept in memory, in bytes.
const CACHE: usize = 24 << 20;

/// An open catalogue file. Share it by reference between threads.
pub struct Store {
    path: PathBuf,
    read_only: bool,
    /// None only while a failed handle is replaced.
    handle: Mutex<Option<Arc<Handle>>>,
}

enum Handle {
    Shared(Database),
    ReadOnly(ReadOnlyDatabase),
}

impl Handle {
    fn open(path: &Path, read_only: bool) -> Result<Handle> {
        if read_only {
            fs::File::open(path).map_err(|error| io_error(path, error))?;
            return guarded(path, || builder().open_read_only(path)).map(Handle::ReadOnly);
        }
        guarded(path, || builder().open(path)).map(Handle::Shared)
    }

    fn begin_read(&self) -> Result<ReadTransaction> {
        let begun = match self {
            Handle::Shared(database) => database.begin_read(),
            Handle::ReadOnly(database) => database.begin_read(),
        };
        Ok(begun?)
    }

    fn shared(&self) -> Result<&Database> {
        match self {
            Handle::Shared(database) => Ok(database),
            Handle::ReadOnly(_) => Err(StoreError::ReadOnly),
        }
    }
}

/// How to open a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To read and write; to read only where the file does not let us write.
    Best,
    /// To read and write, or not at all.
    Write,
    /// To read only.
    Read,
}

fn builder() -> redb::Builder {
    let mut builder = Database::builder();
    builder.set_concurrency_mode(ConcurrencyMode::MultiWriter).set_cache_size(CACHE);
    builder
}

impl Store {
    /// Opens a catalogue that is there.
    ///
    /// # Errors
    /// One of [`StoreError`]'s with the file's name; the file is left as it was.
    pub fn open(path: &Path, access: Access) -> Result<Store> {
        let meta = fs::metadata(path).map_err(|error| io_error(path, error))?;
        if !meta.is_file() {
            return Err(StoreError::NotAFile(path.to_owned()));
        }
        if meta.len() == 0 {
            return Err(StoreError::NotACatalogue(path.to_owned()));
        }
        let writable = fs::OpenOptions::new().read(true).write(true).open(path);
        let read_only = match (access, writable) {
            (Access::Best | Access::Write, Ok(_)) => false,
            (Access::Write, Err(error)) => return Err(io_error(path, error)),
            (Access::Best, Err(error)) if !denied(&error) => return Err(io_error(path, error)),
            _ => true,
        };
        let store = Store::over(path, read_only, Handle::open(path, read_only)?);
        if unpanicked(path, || store.format())? < FORMAT {
            super::migrate::migrate(&store)?;
        }
        Ok(store)
    }

    fn over(path: &Path, read_only: bool, handle: Handle) -> Store {
        Store { path: path.to_owned(), read_only, handle: Mutex::new(Some(Arc::new(handle))) }
    }

    fn handle(&self) -> Result<Arc<Handle>> {
        let mut held = self.handle.lock().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some(handle) => Ok(handle.clone()),
            None => Ok(held.insert(Arc::new(Handle::open(&self.path, self.read_only)?)).clone()),
        }
    }

    fn handle_mut(&mut self) -> Result<&mut Handle> {
        let path = &self.path;
        let held = self.handle.get_mut().unwrap_or_else(PoisonError::into_inner);
        held.as_mut().and_then(Arc::get_mut).ok_or_else(|| in_use(path))
    }

    /// After a failed write, such as on a full disk, redb refuses everything: opens the file anew. Does nothing while
    /// the store is well.
    ///
    /// # Errors
    /// When the file cannot be opened again; the next question tries once more.
    pub fn revive(&self) -> Result<()> {
        match self.begin_read().and_then(|txn| txn.revision()) {
            Err(StoreError::Redb(error)) if matches!(*error, redb::Error::PreviousIo) => {}
            other => return other.map(drop),
        }
        let mut held = self.handle.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = held.take().map(|handle| Arc::downgrade(&handle));
        let patience = Instant::now() + REVIVAL;
        while failed.as_ref().is_some_and(|failed| failed.strong_count() > 0) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(1));
        }
        *held = Some(Arc::new(Handle::open(&self.path, self.read_only)?));
        Ok(())
    }

    /// Makes a new, empty catalogue under a temporary name beside `path` and gives it its name when whole.
    /// Folders on the way are made; the file's mode is 0600.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where there is a file already.
    pub fn create(path: &Path) -> Result<Store> {
        let draft = Draft::new(path)?;
        lay_tables(draft.database())?;
        draft.become_new()?;
        Store::open(path, Access::Write)
    }

    /// A store whose file is something else than a file.
    #[cfg(test)]
    pub(super) fn in_memory(backend: impl redb::StorageBackend, fresh: bool) -> Result<Store> {
        let path = PathBuf::from("memory");
        let database = guarded(&path, || builder().create_with_backend(backend))?;
        if fresh {
            lay_tables(&database)?;
        }
        let store = Store::over(&path, false, Handle::Shared(database));
        store.format()?;
        Ok(store)
    }

    /// The format of the file, which this program can read.
    ///
    /// # Errors
    /// [`StoreError::NotACatalogue`] or [`StoreError::Newer`].
    pub(super) fn format(&self) -> Result<u32> {
        let txn = self.begin_read()?;
        let format = match txn.open_table(COUNTERS) {
            Ok(_) => txn.counter(counter::FORMAT)?,
            Err(_) => 0,
        };
        match u32::try_from(format).unwrap_or(u32::MAX) {
            0 => Err(StoreError::NotACatalogue(self.path.clone())),
            newer if newer > FORMAT => Err(StoreError::Newer(self.path.clone(), newer)),
            format => Ok(format),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder the file is in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Whether the file can only be read.
    #[must_use]
    pub fn read_only(&self) -> bool {
        self.read_only
    }

    /// A look at the catalogue as it is now. Drop it soon: an open one makes every commit grow the file.
    ///
    /// # Errors
    /// When the store fails.
    pub fn begin_read(&self) -> Result<ReadTransaction> {
        self.handle()?.begin_read()
    }

    /// A write transaction; waits for any other writer, of this process or another.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] where the file can only be read.
    pub fn begin_write(&self) -> Result<Writer<'_>> {
        let begun = self.handle()?.shared()?.begin_write();
        Ok(Writer::new(self, begun.map_err(|error| self.explain(error.into()))?))
    }

    /// A write transaction, unless another writer is at work.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] where the file can only be read.
    pub fn try_begin_write(&self) -> Result<Option<Writer<'_>>> {
        match self.handle()?.shared()?.try_begin_write() {
            Ok(txn) => Ok(Some(Writer::new(self, txn))),
            Err(redb::TransactionError::WouldBlock) => Ok(None),
            Err(error) => Err(self.explain(error.into())),
        }
    }

    /// Verifies every page's checksum; needs the file alone.
    ///
    /// # Errors
    /// When the file is damaged or shared with others at this moment.
    pub fn verify_pages(&mut self) -> Result<bool> {
        let path = self.path.clone();
        match self.handle_mut()? {
            Handle::Shared(database) => guarded(&path, || database.check_integrity()),
            Handle::ReadOnly(_) => Err(StoreError::ReadOnly),
        }
    }

    /// Gives dead space back; needs the file alone. Returns whether the file shrank.
    ///
    /// # Errors
    /// When the file is shared with others at this moment.
    pub fn compact(&mut self) -> Result<bool> {
        let compacted = match self.handle_mut()? {
            Handle::Shared(database) => database.compact(),
            Handle::ReadOnly(_) => return Err(StoreError::ReadOnly),
        };
        compacted.map_err(|error| match error {
            redb::CompactionError::Storage(error) => self.explain(error.into()),
            _ => in_use(&self.path),
        })
    }

    /// Bytes the file takes on the disk.
    ///
    /// # Errors
    /// When the file cannot be looked at.
    pub fn allocated(&self) -> Result<u64> {
        allocated(&self.path)
    }

    /// Bytes that `compact` would give back; none where the file can only be read or another writer is at work.
    ///
    /// # Errors
    /// When the store fails.
    pub fn dead_space(&self) -> Result<Option<u64>> {
        let handle = self.handle()?;
        let Handle::Shared(database) = &*handle else { return Ok(None) };
        let txn = match database.try_begin_write() {
            Ok(txn) => txn,
            Err(redb::TransactionError::WouldBlock) => return Ok(None),
            Err(error) => return Err(self.explain(error.into())),
        };
        let stats = txn.stats()?;
        txn.abort()?;
        let used = stats.allocated_pages() * stats.page_size() as u64;
        Ok(Some(self.allocated()?.saturating_sub(used)))
    }

    /// An error of the store with the file's name where that says more.
    pub(super) fn explain(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Redb(inner) => match *inner {
                redb::Error::Io(io) => io_error(&self.path, io),
                other => StoreError::Redb(Box::new(other)),
            },
            other => other,
        }
    }
}

/// A new file under a temporary name beside the one it shall become. Its mode is 0600.
pub(super) struct Draft {
    path: PathBuf,
    file: tempfile::NamedTempFile,
    database: Database,
}

impl Draft {
    /// An empty one; folders on the way are made.
    pub(super) fn new(path: &Path) -> Result<Draft> {
        let folder = folder_of(path);
        fs::create_dir_all(folder).map_err(|error| io_error(folder, error))?;
        let file = tempfile::Builder::new()
            .prefix(".cinedex-new-")
            .tempfile_in(folder)
            .map_err(|error| io_error(folder, error))?;
        let database = guarded(path, || builder().create(file.path()))?;
        Ok(Draft { path: path.to_owned(), file, database })
    }

    /// To write in.
    pub(super) fn database(&self) -> &Database {
        &self.database
    }

    /// Gives it its name, where there is none of that name.
    pub(super) fn become_new(self) -> Result<()> {
        let Draft { path, file, database } = self;
        drop(database);
        file.persist_noclobber(&path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => StoreError::Exists(path.clone()),
            _ => io_error(&path, error.error),
        })?;
        sync_folder(folder_of(&path));
        Ok(())
    }

    /// Gives it its name, in place of what had it.
    pub(super) fn replace(self) -> Result<()> {
        let Draft { path, file, database } = self;
        drop(database);
        file.persist(&path).map_err(|error| io_error(&path, error.error))?;
        sync_folder(folder_of(&path));
        Ok(())
    }
}

/// Holds a file so that nobody else can open it, while it is held.
pub(super) fn hold_alone(path: &Path) -> Result<Database> {
    let mut builder = Database::builder();
    builder.set_concurrency_mode(ConcurrencyMode::ExclusiveWriter).set_cache_size(CACHE);
    guarded(path, || builder.open(path)).map_err(|error| match error {
        StoreError::Busy(..) => in_use(path),
        other => other,
    })
}

fn lay_tables(database: &Database) -> Result<()> {
    let txn = database.begin_write()?;
    macro_rules! lay {
        ($($table:ident),*) => {$( txn.open_table(tables::$table)?; )*};
    }
    with_every_table!(lay);
    txn.open_table(COUNTERS)?.insert(counter::FORMAT, u64::from(FORMAT))?;
    txn.commit()?;
    Ok(())
}

/// Bytes a file takes on the disk, which may be fewer than it is long.
///
/// # Errors
/// When the file cannot be looked at.
pub fn allocated(path: &Path) -> Result<u64> {
    let meta = fs::metadata(path).map_err(|error| io_error(path, error))?;
    #[cfg(unix)]
    return Ok(std::os::unix::fs::MetadataExt::blocks(&meta) * 512);
    #[cfg(not(unix))]
    return Ok(meta.len());
}

/// Makes the rename last.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn denied(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

pub(super) fn io_error(path: &Path, error: io::Error) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => StoreError::Missing(path),
        io::ErrorKind::IsADirectory => StoreError::NotAFile(path),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            StoreError::Full(path)
        }
        _ if denied(&error) => StoreError::Denied(path),
        _ => StoreError::Io(path, error),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn in_use(path: &Path) -> StoreError {
    StoreError::Busy(path.to_owned(), "it is in use; close the other sessions first".to_owned())
}

fn damaged(path: &Path, why: &str) -> StoreError {
    StoreError::Damaged { table: "file", key: path.display().to_string(), why: why.to_owned() }
}

/// Runs what reads pages that may be damaged: redb trusts them and may panic.
pub(super) fn unpanicked<T>(path: &Path, run: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(damaged(path, "its pages contradict each other")))
}

/// Runs an operation of redb's that may panic on a damaged file, and names the file in what it reports.
fn guarded<T>(path: &Path, run: impl FnOnce() -> std::result::Result<T, DatabaseError>) -> Result<T> {
    unpanicked(path, || {
        run().map_err(|error| match error {
            DatabaseError::DatabaseAlreadyOpen => {
                StoreError::Busy(path.to_owned(), "another program, or an older cinedex, holds it whole".to_owned())
            }
            DatabaseError::LockProtocolMismatch => {
                StoreError::Busy(path.to_owned(), "another version of cinedex has it open; close that one".to_owned())
            }
            DatabaseError::RepairAborted => StoreError::NeedsWriter(path.to_owned()),
            DatabaseError::UpgradeRequired(_) => StoreError::NotACatalogue(path.to_owned()),
            DatabaseError::TransactionInProgress => in_use(path),
            DatabaseError::Storage(StorageError::Io(io)) if io.kind() == io::ErrorKind::InvalidData => {
                StoreError::NotACatalogue(path.to_owned())
            }
            DatabaseError::Storage(StorageError::Io(io)) if io.kind() == io::ErrorKind::Unsupported => {
                StoreError::Busy(path.to_owned(), "its file system has no locks".to_owned())
            }
            DatabaseError::Storage(StorageError::Io(io)) => io_error(path, io),
            DatabaseError::Storage(StorageError::Corrupted(why)) => damaged(path, &why),
            DatabaseError::Storage(other) => StoreError::from(other),
            other => StoreError::Redb(Box::new(other.into())),
        })
    })
}
