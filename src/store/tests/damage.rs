//! Files that are not what they should be: each gets a sentence, and stays as it is.

use super::dice::Dice;
use super::operations::lived;
use crate::store::check::check_alone;
use crate::store::tables::{COUNTERS, FORMAT, counter};
use crate::store::{Access, Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};

fn catalogue(folder: &Path) -> PathBuf {
    let path = folder.join("films.cinedex");
    fs::write(&path, lived(11, 40).file()).unwrap();
    path
}

/// Opens, expects a sentence that names the file, and the file as it was.
fn refused(path: &Path) -> StoreError {
    let before = fs::read(path).ok();
    let error = Store::open(path, Access::Best).err().unwrap_or_else(|| panic!("{} opens", path.display()));
    let sentence = error.to_string();
    assert!(sentence.contains(&path.display().to_string()), "{sentence}");
    assert_eq!(fs::read(path).ok(), before, "the file was touched: {sentence}");
    error
}

#[test]
fn cut_off_files_are_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(catalogue(folder.path())).unwrap();
    let path = folder.path().join("cut");
    let pages = whole.len() / 4096;
    for page in (0..pages).step_by(pages.div_ceil(60)) {
        fs::write(&path, &whole[..page * 4096]).unwrap();
        refused(&path);
    }
}

#[test]
fn flipped_bytes_are_told_or_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(catalogue(folder.path())).unwrap();
    let path = folder.path().join("flipped");
    let mut dice = Dice(1);
    for round in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..=round / 8 {
            let end = if round % 4 == 0 { 4096 } else { bytes.len() };
            bytes[dice.below(end)] ^= 1 << dice.below(8);
        }
        fs::write(&path, &bytes).unwrap();
        match Store::open(&path, Access::Best) {
            Err(error) => assert!(!error.to_string().is_empty()),
            Ok(mut store) => match check_alone(&mut store) {
                Err(error) => assert!(!error.to_string().is_empty()),
                Ok(report) => assert!(report.faults.iter().all(|fault| !fault.to_string().is_empty())),
            },
        }
    }
}

#[test]
fn what_is_no_catalogue_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut dice = Dice(3);
    let noise: Vec<u8> = (0..20_000).map(|_| dice.roll() as u8).collect();
    assert!(matches!(refused(&file("noise", &noise)), StoreError::NotACatalogue(_)));
    assert!(matches!(refused(&file("short", b"x")), StoreError::NotACatalogue(_)));
    assert!(matches!(refused(&file("empty", b"")), StoreError::NotACatalogue(_)));
    assert!(matches!(refused(folder.path()), StoreError::NotAFile(_)));
    assert!(matches!(refused(&folder.path().join("none")), StoreError::Missing(_)));
    let other = folder.path().join("other.redb");
    let database = redb::Database::create(&other).unwrap();
    let txn = database.begin_write().unwrap();
    txn.open_table(redb::TableDefinition::<u8, u8>::new("something")).unwrap();
    txn.commit().unwrap();
    drop(database);
    assert!(matches!(Store::open(&other, Access::Best), Err(StoreError::NotACatalogue(_))));
}

#[test]
fn a_newer_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = catalogue(folder.path());
    let store = Store::open(&path, Access::Write).unwrap();
    let mut writer = store.begin_write().unwrap();
    writer.txn().open_table(COUNTERS).unwrap().insert(counter::FORMAT, u64::from(FORMAT) + 1).unwrap();
    writer.touch();
    writer.commit().unwrap();
    drop(store);
    let error = Store::open(&path, Access::Best).err().unwrap();
    let newer = format!("newer cinedex (format {}", FORMAT + 1);
    assert!(error.to_string().contains(&newer), "{error}");
}

#[cfg(unix)]
#[test]
fn permissions_are_respected() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = catalogue(folder.path());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_ok() {
        return; // root may do everything
    }
    assert!(matches!(Store::open(&path, Access::Best), Err(StoreError::Denied(_))));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    assert!(Store::open(&path, Access::Best).unwrap().read_only());
    assert!(matches!(Store::open(&path, Access::Write), Err(StoreError::Denied(_))));
}

#[test]
fn a_file_held_whole_by_another_program_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let path = catalogue(folder.path());
    let _held = redb::Database::open(&path).unwrap();
    let error = Store::open(&path, Access::Best).err().unwrap();
    assert!(error.to_string().contains("cannot be shared"), "{error}");
}
