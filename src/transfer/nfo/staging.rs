//! Files that come to stand in a folder together or not at all.

use super::write::MARK;
use crate::transfer::error::ImportError;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Files of a library that is being made, in a folder of their own inside the one they belong into.
pub(super) struct Staging {
    folder: PathBuf,
    /// Whether the folder was made for them.
    made: bool,
    own: Option<TempDir>,
}

/// What was moved where, to move it back.
type Moves = Vec<(PathBuf, PathBuf)>;

fn fault(path: &Path) -> impl FnOnce(io::Error) -> ImportError {
    |error| ImportError::File(path.to_owned(), error)
}

impl Staging {
    pub(super) fn new(folder: &Path) -> Result<Staging, ImportError> {
        let made = !folder.exists();
        fs::create_dir_all(folder).map_err(fault(folder))?;
        let mut staging = Staging { folder: folder.to_owned(), made, own: None };
        let own = tempfile::Builder::new().prefix(".cinedex-").tempdir_in(folder);
        staging.own = Some(own.map_err(fault(folder))?);
        Ok(staging)
    }

    fn own(&self) -> &Path {
        self.own.as_ref().expect("it has its folder from the start to the end").path()
    }

    /// Writes a file that shall stand at a place of the folder.
    pub(super) fn write(&self, place: &str, bytes: &[u8]) -> Result<(), ImportError> {
        let path = self.own().join("new").join(place);
        let write = |folder: &Path| fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes));
        path.parent().map_or(Ok(()), write).map_err(fault(&self.folder.join(place)))
    }

    /// Moves every file to its place.
    pub(super) fn land(mut self, overwrite: bool) -> Result<(), ImportError> {
        let new = self.own().join("new");
        if new.exists() {
            let mut in_the_way = Vec::new();
            look(&new, &self.folder, overwrite, &mut in_the_way)?;
            if let Some((first, why)) = in_the_way.first() {
                let others = in_the_way.len() - 1;
                let others = if others == 0 { String::new() } else { format!(" (and {others} more)") };
                return Err(ImportError::InTheWay(first.clone(), format!("{why}{others}")));
            }
            let mut moves = Moves::new();
            if let Err(error) = self.move_into(&new, &self.folder, &mut moves) {
                for (from, to) in moves.into_iter().rev() {
                    // What cannot be put back stays where it is; the first error says what is wrong.
                    let _ = fs::rename(to, from);
                }
                return Err(error);
            }
        }
        self.made = false;
        Ok(())
    }

    fn move_into(&self, from: &Path, to: &Path, moves: &mut Moves) -> Result<(), ImportError> {
        for name in entries(from)? {
            let (from, to) = (from.join(&name), to.join(&name));
            if to.is_dir() {
                self.move_into(&from, &to, moves)?;
                continue;
            }
            let mut step = |from: PathBuf, to: PathBuf| {
                fs::rename(&from, &to).map_err(fault(&to))?;
                moves.push((from, to));
                Ok::<_, ImportError>(())
            };
            if to.exists() {
                let old =
                    self.own().join(format!("old-{}", xxhash_rust::xxh3::xxh3_64(to.as_os_str().as_encoded_bytes())));
                step(to.clone(), old)?;
            }
            step(from, to)?;
        }
        Ok(())
    }
}

/// Looks for files in the way of those of a folder.
fn look(from: &Path, to: &Path, overwrite: bool, found: &mut Vec<(PathBuf, &'static str)>) -> Result<(), ImportError> {
    for name in entries(from)? {
        let (from, to) = (from.join(&name), to.join(&name));
        let Ok(there) = fs::symlink_metadata(&to) else { continue };
        if from.is_dir() {
            if fs::metadata(&to).is_ok_and(|there| there.is_dir()) {
                look(&from, &to, overwrite, found)?;
            } else {
                found.push((to, "is there already and no folder"));
            }
        } else if !there.is_file() {
            found.push((to, "is there already and no file"));
        } else if !overwrite {
            found.push((to, "is there already; --overwrite replaces what cinedex wrote"));
        } else if to.extension().is_some_and(|ending| ending == "nfo") && !is_ours(&to) {
            found.push((to, "was not written by cinedex and is not replaced; name another folder"));
        }
    }
    Ok(())
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.own = None;
        if self.made {
            // Only where nothing came into it meanwhile.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

fn entries(folder: &Path) -> Result<Vec<std::ffi::OsString>, ImportError> {
    let entries = fs::read_dir(folder).map_err(fault(folder))?;
    let mut names =
        entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>().map_err(fault(folder))?;
    names.sort();
    Ok(names)
}

/// Whether an NFO file is one that cinedex wrote.
fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(256).read_to_end(&mut head));
    read.is_ok() && head.windows(MARK.len()).any(|window| window == MARK.as_bytes())
}
