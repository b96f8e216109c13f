//! A file in memory that several stores may open one after the other, and that can be told to log what it is told.

use crate::store::open::Store;
use redb::{BackendError, StorageBackend};
use std::io;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard};

/// What a store asked of its file.
#[derive(Clone, Debug)]
pub enum Act {
    /// Write these bytes there.
    Write(u64, Vec<u8>),
    /// Make the file so long.
    SetLen(u64),
    /// Make all of it last.
    Sync,
}

#[derive(Debug, Default)]
struct Inner {
    bytes: Vec<u8>,
    log: Option<Vec<Act>>,
}

/// The file.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Inner>>);

impl Memory {
    /// A file of these bytes.
    pub fn of(bytes: Vec<u8>) -> Self {
        Memory(Arc::new(Mutex::new(Inner { bytes, log: None })))
    }

    /// The store in this file; an empty file becomes an empty catalogue.
    pub fn open(&self) -> Store {
        let fresh = self.inner().bytes.is_empty();
        Store::in_memory(self.clone(), fresh).unwrap()
    }

    /// Logs from now on.
    pub fn record(&self) {
        self.inner().log = Some(Vec::new());
    }

    /// Acts logged so far.
    pub fn logged(&self) -> usize {
        self.inner().log.as_ref().map_or(0, Vec::len)
    }

    /// The log.
    pub fn log(&self) -> Vec<Act> {
        self.inner().log.clone().unwrap_or_default()
    }

    /// The bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.inner().bytes.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }
}

fn log(inner: &mut Inner, act: impl FnOnce() -> Act) {
    if let Some(log) = &mut inner.log {
        log.push(act());
    }
}

impl StorageBackend for Memory {
    fn len(&self) -> io::Result<u64> {
        Ok(self.inner().bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let inner = self.inner();
        let start = offset as usize;
        let bytes = inner.bytes.get(start..start + out.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(bytes);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut inner = self.inner();
        inner.bytes.resize(len as usize, 0);
        log(&mut inner, || Act::SetLen(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        log(&mut self.inner(), || Act::Sync);
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut inner = self.inner();
        let (start, end) = (offset as usize, offset as usize + data.len());
        if inner.bytes.len() < end {
            inner.bytes.resize(end, 0);
        }
        inner.bytes[start..end].copy_from_slice(data);
        log(&mut inner, || Act::Write(offset, data.to_vec()));
        Ok(())
    }

    fn try_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn try_lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn unlock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn query_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(false)
    }
}
