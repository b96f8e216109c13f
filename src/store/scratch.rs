//! Folders beside a catalogue for what is not whole yet. They go with whoever made them; those of somebody who was
//! killed go when the next is made.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use tempfile::TempDir;

const PREFIX: &str = ".cinedex-new-";
/// Locked for as long as its folder is somebody's.
const OWNER: &str = "owner";

/// A folder that goes with everything in it.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    _owner: File,
}

impl Scratch {
    /// A new one in this folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(beside: &Path) -> io::Result<Scratch> {
        clear(beside);
        Scratch::of(tempfile::Builder::new().prefix(PREFIX).tempdir_in(beside)?)
    }

    /// A new one out of everyone's way.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn away() -> io::Result<Scratch> {
        Scratch::of(tempfile::tempdir()?)
    }

    fn of(folder: TempDir) -> io::Result<Scratch> {
        let owner = File::create_new(folder.path().join(OWNER))?;
        // Where files cannot be locked nobody clears up behind anybody, which does no harm.
        let _ = owner.try_lock();
        Ok(Scratch { folder, _owner: owner })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Takes away the folders of those who are gone. What cannot be taken away stays.
pub fn clear(beside: &Path) {
    let folders = fs::read_dir(beside).into_iter().flatten().flatten();
    for folder in folders.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        let is_left = File::open(folder.path().join(OWNER)).is_ok_and(|owner| owner.try_lock().is_ok());
        if is_left {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_goes_and_what_is_somebodys_stays() {
        let beside = tempfile::tempdir().unwrap();
        let left = beside.path().join(format!("{PREFIX}left"));
        let others = beside.path().join("others");
        for folder in [&left, &others] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join(OWNER), "").unwrap();
        }
        let mine = Scratch::new(beside.path()).unwrap();
        clear(beside.path());
        assert!(mine.path().exists() && others.exists() && !left.exists());
        let path = mine.path().to_owned();
        drop(mine);
        assert!(!path.exists());
    }
}
