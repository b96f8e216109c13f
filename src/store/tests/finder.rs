//! The finder's index while names change and are merged.

use super::dice::Dice;
use super::make::{self, Stock};
use super::memory::Memory;
use crate::domain::{Key, Person, PersonId, Record};
use crate::search::Question;
use crate::search::index::{CHANGES, MAIN, find};
use crate::store::tables::{FRESH_NAMES, MAIN_NAMES, RECENT_NAMES, counter};
use crate::store::{Read, Store, check, finder, repair};
use redb::{ReadableTable, ReadableTableMetadata};

/// Five letters that belong to a number.
fn name(number: u32) -> String {
    (0..5).map(|place| char::from(b'a' + ((number >> (place * 4)) & 15) as u8)).collect()
}

fn person(number: u32) -> Record {
    let made = make::person(&mut Dice(u64::from(number)), &Stock::default());
    let last_name = name(number.wrapping_mul(2_654_435_761) >> 12);
    Record::Person(Person {
        first_name: "Ann".to_owned(),
        last_name,
        full_name: None,
        other_names: Vec::new(),
        external: Vec::new(),
        ..made
    })
}

/// Gives people in a range these names; the number of a name is the id plus `shift`.
fn rename(store: &Store, ids: std::ops::Range<u32>, shift: u32) {
    let mut writer = store.begin_write().unwrap();
    for id in ids {
        let key = Key::Person(PersonId(id));
        if writer.read().record(key).unwrap().is_none() {
            assert_eq!(writer.next_person().unwrap(), PersonId(id));
        }
        writer.set(key, Some(person(id + shift))).unwrap();
    }
    writer.commit().unwrap();
}

fn found(store: &Store, number: u32) -> Vec<u32> {
    let Record::Person(person) = person(number) else { unreachable!() };
    let txn = store.begin_read().unwrap();
    let question = Question::parse(&format!("{} ", person.name()));
    let found = find(&txn.finder().unwrap(), &question, None, 5, &|| false, &|_, _| false).unwrap();
    found.iter().filter(|found| found.tier == crate::search::Tier::Exact).map(|found| found.id).collect()
}

/// Rows of the fresh, the recent and the main layer.
fn sizes(store: &Store) -> [u64; 3] {
    let txn = store.begin_read().unwrap();
    [FRESH_NAMES, RECENT_NAMES, MAIN_NAMES].map(|table| txn.open_table(table).unwrap().len().unwrap())
}

#[test]
fn changed_names_are_found_through_every_merge() {
    let memory = Memory::default();
    let store = memory.open();
    let many = CHANGES as u32;
    rename(&store, 1..many * 12, 0);
    let revision = store.begin_read().unwrap().revision().unwrap();
    finder::tidy(&store).unwrap();
    assert!(matches!(sizes(&store), [0, 0, 1u64..=u64::MAX]), "everything is in the main layer: {:?}", sizes(&store));
    assert_eq!(store.begin_read().unwrap().revision().unwrap(), revision, "nobody has to look again");

    rename(&store, 1..3, 50_000);
    finder::tidy(&store).unwrap();
    assert_eq!(sizes(&store)[0], 2, "few stay as they are");
    assert_eq!((found(&store, 1), found(&store, 50_001), found(&store, 7)), (vec![], vec![1], vec![7]));

    rename(&store, 1..many + 2, 60_000);
    finder::tidy(&store).unwrap();
    assert!(matches!(sizes(&store), [0, 1u64..=u64::MAX, 1u64..=u64::MAX]), "{:?}", sizes(&store));
    let mut writer = store.begin_write().unwrap();
    writer.set(Key::Person(PersonId(9)), None).unwrap();
    writer.commit().unwrap();
    for (number, ids) in [(7, vec![]), (60_007, vec![7]), (60_009, vec![]), (1_000, vec![1_000])] {
        assert_eq!(found(&store, number), ids, "{number}");
    }
    assert_eq!(check::examine(&store).unwrap().1.to_string(), "");

    rename(&store, 10..many * 2, 70_000);
    finder::tidy(&store).unwrap();
    assert!(matches!(sizes(&store), [0, 0, 1u64..=u64::MAX]), "{:?}", sizes(&store));
    for (number, ids) in [(60_010, vec![]), (70_010, vec![10]), (60_008, vec![8]), (60_009, vec![])] {
        assert_eq!(found(&store, number), ids, "{number}");
    }
    assert_eq!(check::examine(&store).unwrap().1.to_string(), "");
}

#[test]
fn a_merge_loses_nothing_that_comes_meanwhile() {
    let memory = Memory::default();
    let store = memory.open();
    rename(&store, 1..600, 0);
    let plan = finder::plan(&store).unwrap().unwrap();
    rename(&store, 5..6, 50_000);
    rename(&store, 600..601, 0);
    finder::carry_out(&store, &plan).unwrap();
    assert_eq!(sizes(&store)[0], 2);
    for (number, ids) in [(5, vec![]), (50_005, vec![5]), (600, vec![600]), (6, vec![6])] {
        assert_eq!(found(&store, number), ids, "{number}");
    }
    assert_eq!(check::examine(&store).unwrap().1.to_string(), "");

    let layers = || store.begin_read().unwrap().counter(counter::LAYERS).unwrap();
    let before = layers();
    finder::carry_out(&store, &plan).unwrap();
    assert_eq!(layers(), before, "what another session merged meanwhile is not undone");
}

#[test]
fn lists_that_contradict_the_names_are_told_and_made_anew() {
    let memory = Memory::default();
    let store = memory.open();
    rename(&store, 1..3_000, 0);
    finder::tidy(&store).unwrap();
    for kind in [b'F', b'H', b'I', b'L', b'M', b'S', b'W'] {
        let mut writer = store.begin_write().unwrap();
        {
            let mut main = writer.txn().open_table(MAIN_NAMES).unwrap();
            let first = [MAIN, kind];
            let found = main.range::<&[u8]>(&first[..]..).unwrap().next().unwrap().unwrap();
            let (key, mut row) = (found.0.value().to_vec(), found.1.value().to_vec());
            drop(found);
            assert_eq!(key[1], kind);
            *row.last_mut().unwrap() ^= 1;
            main.insert(key.as_slice(), row.as_slice()).unwrap();
        }
        writer.touch();
        writer.commit().unwrap();
        let says = check::examine(&store).unwrap().1.to_string();
        assert!(says.contains("contradict"), "{}: {says}", char::from(kind));
        repair::mend(&store).unwrap();
        assert_eq!(check::examine(&store).unwrap().1.to_string(), "", "{}", char::from(kind));
    }
}
