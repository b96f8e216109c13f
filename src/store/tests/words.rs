//! Credits by the words of names, against a plain reading of the records.

use crate::domain::fold::fold;
use crate::domain::{Character, Key, PersonId, Record, Role};
use crate::store::bulk::world::{Dice, World, one_by_one};
use crate::store::{Read, Store, Whose, check};
use std::collections::{BTreeMap, BTreeSet};

/// Movie, ordinal and role.
type Found = Vec<(u32, u32, u8)>;

fn words(names: &[String]) -> BTreeSet<String> {
    names.iter().flat_map(|name| fold(name).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// What stands under each word of one sort.
fn plainly(records: &BTreeMap<Key, Record>, whose: Whose) -> BTreeMap<String, Found> {
    let mut all: BTreeMap<String, Found> = BTreeMap::new();
    let mut under = |names: &[String], found| {
        for word in words(names).into_iter().filter(|word| !word.is_empty()) {
            all.entry(word).or_default().push(found);
        }
    };
    let named = |id: &PersonId| match &records[&Key::Person(*id)] {
        Record::Person(person) => [vec![person.name()], person.other_names.clone()].concat(),
        _ => unreachable!(),
    };
    for (key, record) in records {
        match (key, record, whose) {
            (Key::Movie(id), Record::Movie(movie), Whose::Director) => {
                let directors: BTreeSet<&PersonId> = movie.directors.iter().collect();
                for one in directors {
                    under(&named(one), (id.0, 0, Role::Leading.code()));
                }
            }
            (Key::Character(id), Record::Character(Character { actors, role, .. }), Whose::Actor) => {
                let actors: BTreeSet<&PersonId> = actors.iter().collect();
                for one in actors {
                    under(&named(one), (id.movie.0, id.ordinal, role.code()));
                }
            }
            (Key::Character(id), Record::Character(character), Whose::Character) => {
                under(std::slice::from_ref(&character.name), (id.movie.0, id.ordinal, character.role.code()));
            }
            _ => {}
        }
    }
    for found in all.values_mut() {
        found.sort_unstable();
    }
    all
}

fn found(store: &Store, whose: Whose, word: &str, beginning: bool) -> Found {
    let txn = store.begin_read().unwrap();
    let mut found = Found::new();
    txn.each_credit_by_word(whose, word, beginning, &mut |credits| {
        found.extend(credits.map(|credit| (credit.movie.0, credit.ordinal, credit.role.code())));
    })
    .unwrap();
    let counted = txn.count_credits_by_word(whose, word, beginning).unwrap();
    assert_eq!(counted, found.len() as u64, "{whose:?} {word}");
    found.sort_unstable();
    found
}

#[test]
fn they_say_what_the_records_say() {
    for seed in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("films.cinedex")).unwrap();
        let (mut dice, mut world) = (Dice(seed), World::default());
        for _ in 0..3 {
            let steps = world.round(&mut dice, 10);
            one_by_one(&store, &steps);
            for whose in [Whose::Actor, Whose::Character, Whose::Director] {
                let all = plainly(&world.records, whose);
                for (word, expected) in &all {
                    assert_eq!(found(&store, whose, word, false), *expected, "{whose:?} {word}");
                }
                for beginning in ["", "n", "lo", "t", "王"] {
                    let words = all.iter().filter(|(word, _)| word.starts_with(beginning));
                    let mut expected: Found = words.flat_map(|(_, found)| found.clone()).collect();
                    expected.sort_unstable();
                    assert_eq!(found(&store, whose, beginning, true), expected, "{whose:?} {beginning}");
                }
                assert_eq!(found(&store, whose, "nobody else", false), []);
            }
        }
        assert!(check::check(&store).unwrap().is_clean());
    }
}
