//! What tests of formats stand on: a catalogue, and files beside it.

use crate::domain::{Movie, MovieId, Person, PersonId};
use crate::store::Store;
use crate::store::read::Read;
use std::fs;
use std::io::Write;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A catalogue and a folder, for the tests of one format.
pub(super) struct Bench<Format> {
    pub folder: tempfile::TempDir,
    pub store: Store,
    format: PhantomData<Format>,
}

impl<Format> Bench<Format> {
    /// An empty catalogue.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("films.cinedex")).unwrap();
        Bench { folder, store, format: PhantomData }
    }

    /// Where a file is.
    pub fn at(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a file.
    pub fn file(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Makes an archive of these members.
    pub fn archive(&self, name: &str, members: &[(impl AsRef<str>, impl AsRef<[u8]>)]) -> PathBuf {
        let path = self.at(name);
        let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in members {
            zip.start_file(name.as_ref(), options).unwrap();
            zip.write_all(bytes.as_ref()).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    pub fn movie(&self, id: u32) -> Movie {
        self.store.begin_read().unwrap().movie(MovieId(id)).unwrap().unwrap()
    }

    pub fn person(&self, id: u32) -> Person {
        self.store.begin_read().unwrap().person(PersonId(id)).unwrap().unwrap()
    }

    pub fn revision(&self) -> u64 {
        self.store.begin_read().unwrap().revision().unwrap()
    }
}
