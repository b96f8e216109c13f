//! A catalogue in the making: it gets its name when all that belongs in it is there, and leaves nothing if not.

use super::session::Place;
use crate::store::{Scratch, Store, StoreError};
use color_eyre::Result;
use color_eyre::eyre::WrapErr;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// An empty catalogue under a temporary name.
struct Newborn {
    path: PathBuf,
    store: Store,
    /// Goes with everything in it.
    folder: Scratch,
}

/// Lets `load` fill a new catalogue. It gets its name once that is done; none where it is only `passing`.
pub fn fill<T>(place: &Place, passing: bool, load: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
    let newborn = Newborn::new(place, passing)?;
    let loaded = load(&newborn.store)?;
    if !passing {
        newborn.keep()?;
    }
    Ok(loaded)
}

impl Newborn {
    /// Makes it beside its future place, or, where it will not be kept, out of everyone's way.
    fn new(place: &Place, passing: bool) -> Result<Newborn> {
        let beside = place.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let named = || beside.display().to_string();
        let folder = if passing {
            Scratch::away()?
        } else {
            fs::create_dir_all(beside).wrap_err_with(named)?;
            Scratch::new(beside).wrap_err_with(named)?
        };
        let store = Store::create(&folder.path().join("catalog"))?;
        Ok(Newborn { path: place.path.clone(), store, folder })
    }

    /// Gives it its name; refused where somebody else was faster.
    fn keep(self) -> Result<()> {
        let made = TempPath::try_from_path(self.store.path())?;
        drop(self.store);
        let kept = made.persist_noclobber(&self.path);
        drop(self.folder);
        match kept {
            Ok(()) => Ok(()),
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(StoreError::Exists(self.path).into())
            }
            Err(error) => Err(error.error.into()),
        }
    }
}
