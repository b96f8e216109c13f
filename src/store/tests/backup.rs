//! Copies made while others write, and put back.

use super::operations::lived;
use crate::domain::{Genre, Key, Record, Timestamp};
use crate::store::backup::{backup, compact, restore};
use crate::store::check::check_alone;
use crate::store::tables::{FORMAT, TITLE_ORDER};
use crate::store::{Access, Read, Store, StoreError, migrate};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

fn catalogue(folder: &Path) -> PathBuf {
    let path = folder.join("films.cinedex");
    fs::write(&path, lived(5, 120).file()).unwrap();
    path
}

fn add_genre(store: &Store, name: &str) {
    let mut writer = store.begin_write().unwrap();
    let id = writer.next_genre().unwrap();
    let genre = Genre { name: name.to_owned(), created: Timestamp(1), updated: Timestamp(1) };
    writer.set(Key::Genre(id), Some(Record::Genre(genre))).unwrap();
    writer.commit().unwrap();
}

#[test]
fn a_copy_made_while_others_write_is_one_moment_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&catalogue(folder.path()), Access::Write).unwrap();
    let other = Store::open(store.path(), Access::Write).unwrap();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                add_genre(&other, &format!("genre {number}"));
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        for number in 0..5 {
            let copy = folder.path().join(format!("copy-{number}"));
            backup(&store, &copy, false).unwrap();
            let report = check_alone(&mut Store::open(&copy, Access::Best).unwrap()).unwrap();
            assert!(report.is_clean(), "{report:?}");
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_copy_overwrites_nothing_unasked_and_is_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&catalogue(folder.path()), Access::Read).unwrap();
    let copy = folder.path().join("copy");
    backup(&store, &copy, false).unwrap();
    assert!(matches!(backup(&store, &copy, false), Err(StoreError::Exists(_))));
    backup(&store, &copy, true).unwrap();
    assert!(matches!(backup(&store, store.path(), true), Err(StoreError::Busy(..))));
    assert!(matches!(backup(&store, folder.path(), true), Err(StoreError::NotAFile(_))));
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&copy).unwrap().permissions()) & 0o777, 0o600);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_restore_proves_the_copy_and_keeps_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = catalogue(folder.path());
    let copy = folder.path().join("copy");
    let store = Store::open(&path, Access::Write).unwrap();
    backup(&store, &copy, false).unwrap();
    add_genre(&store, "made after the copy");
    assert!(matches!(restore(&copy, &path), Err(StoreError::Busy(..))), "others have it open");
    drop(store);
    let kept = restore(&copy, &path).unwrap().kept.unwrap();
    let genres = |path: &Path| {
        Store::open(path, Access::Read).unwrap().begin_read().unwrap().count(crate::domain::Entity::Genre).unwrap()
    };
    assert_eq!(genres(&kept), genres(&path) + 1);
    assert_eq!(kept, folder.path().join("films.cinedex.before-restore-1"));
    let elsewhere = folder.path().join("new/films");
    assert_eq!(restore(&copy, &elsewhere).unwrap().kept, None);
    assert_eq!(genres(&elsewhere), genres(&path));
}

#[test]
fn a_copy_that_is_not_clean_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = catalogue(folder.path());
    let before = fs::read(&path).unwrap();
    let copy = folder.path().join("copy");
    fs::copy(&path, &copy).unwrap();
    let spoiled = Store::open(&copy, Access::Write).unwrap();
    let mut writer = spoiled.begin_write().unwrap();
    writer.txn().open_table(TITLE_ORDER).unwrap().pop_last().unwrap();
    writer.touch();
    writer.commit().unwrap();
    drop(spoiled);
    let error = restore(&copy, &path).unwrap_err().to_string();
    assert!(error.contains("nothing was restored"), "{error}");
    fs::write(&copy, b"no catalogue").unwrap();
    assert!(restore(&copy, &path).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn compaction_needs_nobody_else_at_work() {
    let folder = tempfile::tempdir().unwrap();
    let path = catalogue(folder.path());
    let mut store = Store::open(&path, Access::Write).unwrap();
    let other = Store::open(&path, Access::Write).unwrap();
    let reading = other.begin_read().unwrap();
    let error = compact(&mut store).unwrap_err().to_string();
    assert!(error.contains("close the other sessions first"), "{error}");
    drop(reading);
    let compacted = compact(&mut store).unwrap();
    assert!(compacted.after <= compacted.before);
    assert!(check_alone(&mut store).unwrap().is_clean());
}

#[test]
fn a_migration_keeps_a_copy_and_happens_once_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&catalogue(folder.path()), Access::Write).unwrap();
    let works: migrate::Step = |_, writer| {
        writer.txn().open_table(TITLE_ORDER)?.pop_first()?;
        Ok(())
    };
    let fails: migrate::Step = |_, _| Err(StoreError::ReadOnly);
    let past: migrate::Step = |_, _| unreachable!("a step of a format before the file's");
    let titles = |store: &Store| {
        redb::ReadableTableMetadata::len(&store.begin_read().unwrap().open_table(TITLE_ORDER).unwrap()).unwrap()
    };
    let before = titles(&store);
    let steps = |next: &[migrate::Step]| [vec![past; FORMAT as usize - 1], next.to_vec()].concat();
    assert!(migrate::run(&store, &steps(&[works, fails])).is_err());
    assert_eq!((titles(&store), store.format().unwrap()), (before, FORMAT));
    let copy = migrate::run(&store, &steps(&[works])).unwrap();
    assert_eq!(titles(&store), before - 1);
    assert!(matches!(store.format(), Err(StoreError::Newer(_, newer)) if newer == FORMAT + 1));
    assert_eq!(titles(&Store::open(&copy, Access::Read).unwrap()), before);
}
