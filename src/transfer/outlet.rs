//! Files that exports make: there whole, or not at all.

use super::error::ImportError;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file under way, that gets its name when it is whole.
pub(super) struct Made {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    overwrite: bool,
}

impl Made {
    /// Begins a file, in place of one that is there only where that may be written over.
    pub(super) fn new(path: PathBuf, overwrite: bool) -> Result<Made, ImportError> {
        let fault = |error| ImportError::File(path.clone(), error);
        if !overwrite && fs::exists(&path).map_err(fault)? {
            return Err(ImportError::InTheWay(path, "is there already; --overwrite replaces it".to_owned()));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let made = tempfile::Builder::new().prefix(".cinedex-").tempfile_in(folder).map_err(fault)?;
        Ok(Made { path, file: BufWriter::new(made), overwrite })
    }

    /// Where its bytes go.
    pub(super) fn file(&mut self) -> &mut dyn Write {
        &mut self.file
    }

    /// Writes all of these.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        self.file.write_all(bytes).map_err(|error| ImportError::File(self.path.clone(), error))
    }

    /// Gives it its name.
    pub(super) fn keep(self) -> Result<(), ImportError> {
        let Made { path, file, overwrite } = self;
        let fault = |error: io::Error| ImportError::File(path.clone(), error);
        let made = file.into_inner().map_err(|error| fault(error.into_error()))?;
        made.as_file().sync_all().map_err(fault)?;
        let kept = if overwrite { made.persist(&path) } else { made.persist_noclobber(&path) };
        kept.map(drop).map_err(|error| fault(error.error))
    }
}

/// `name.csv`, `name-2.csv`, `name-3.csv` ...
pub(super) fn part_path(path: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbered_from_the_second() {
        let part = |path: &str, number| part_path(Path::new(path), number).display().to_string();
        assert_eq!((part("a/b.c.csv", 1), part("a/b.c.csv", 2)), ("a/b.c.csv".to_owned(), "a/b.c-2.csv".to_owned()));
        assert_eq!(part("mine", 3), "mine-3");
    }

    #[test]
    fn a_file_is_there_once_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let mut made = Made::new(path.clone(), false).unwrap();
        made.write(b"rows").unwrap();
        assert!(!path.exists());
        made.keep().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"rows");
        assert!(Made::new(path.clone(), false).is_err());
        drop(Made::new(path.clone(), true).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "what is dropped leaves nothing");
    }
}
