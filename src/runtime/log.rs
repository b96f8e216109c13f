//! The log: a capped file, never the terminal.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tracing_subscriber::fmt::MakeWriter;

/// A log that has grown to this is put aside, and the one put aside before is dropped.
const LIMIT: u64 = 1024 * 1024;

/// Sends what the program says of itself to this file from now on.
pub fn start(path: &Path) -> io::Result<()> {
    let log = Log::open(path.to_owned())?;
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_target(false)
        .with_max_level(tracing::Level::INFO)
        .with_writer(log)
        .finish();
    // A second session of this process writes to the log of the first.
    let _ = tracing::subscriber::set_global_default(subscriber);
    Ok(())
}

#[derive(Debug)]
struct Log {
    path: PathBuf,
    file: Mutex<File>,
}

impl Log {
    fn open(path: PathBuf) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            private_folder(folder)?;
        }
        let file = Mutex::new(append(&path)?);
        Ok(Log { path, file })
    }

    fn write(&self, line: &[u8]) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.metadata()?.len() + line.len() as u64 > LIMIT {
            // Another process may have put it aside already: then ours is the old one, and the new one is taken up.
            if fs::metadata(&self.path).is_ok_and(|meta| meta.len() + line.len() as u64 > LIMIT) {
                fs::rename(&self.path, self.path.with_extension("log.1"))?;
            }
            *file = append(&self.path)?;
        }
        file.write_all(line)
    }
}

fn append(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().create(true).append(true).mode(0o600).open(path)
}

/// Makes a folder that only its owner may look into, where there is none.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// One line on its way to the log.
struct Line<'a> {
    log: &'a Log,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.log.write(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { log: self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_capped_by_all_who_write_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/cinedex.log");
        let (one, two) = (Log::open(path.clone()).unwrap(), Log::open(path.clone()).unwrap());
        let line = [b'x'; 1000];
        for _ in 0..3000 {
            one.write(&line).unwrap();
            two.write(&line).unwrap();
        }
        let size = |path: &Path| fs::metadata(path).unwrap().len();
        assert!(size(&path) <= LIMIT);
        assert!(size(&path.with_extension("log.1")) <= LIMIT);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 2);
    }
}
