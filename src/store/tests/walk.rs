//! Lists against sorted models: in order, both ways, from every place.

use super::operations::lived;
use crate::domain::{AccountId, Entity, Key, Record, fold, name_key, title_key};
use crate::store::Order;
use crate::store::entry::Index;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

type Records = BTreeMap<Key, Record>;
/// Whether the value is known, what it sorts by, whose it is.
type Row = (bool, Vec<u8>, Key);

fn number(value: u64) -> Vec<u8> {
    value.to_be_bytes().to_vec()
}

fn id(key: Key) -> u32 {
    match key {
        Key::Movie(id) | Key::Favorite(_, id) => id.0,
        Key::Person(id) => id.0,
        Key::Genre(id) => id.0,
        Key::Country(id) => id.0,
        Key::File(id) => id.0,
        Key::Account(id) => id.0,
        Key::Review(id) => id.0,
        Key::Character(_) => unreachable!("characters are listed nowhere"),
    }
}

fn movies(records: &Records, value: impl Fn(&crate::domain::Movie) -> Option<Vec<u8>>) -> Vec<Row> {
    let of = |(key, record): (&Key, &Record)| match record {
        Record::Movie(movie) => Some((value(movie).is_some(), value(movie).unwrap_or_default(), *key)),
        _ => None,
    };
    records.iter().filter_map(of).collect()
}

fn people(records: &Records, value: impl Fn(Key, &crate::domain::Person) -> Option<Vec<u8>>) -> Vec<Row> {
    let of = |(key, record): (&Key, &Record)| match record {
        Record::Person(person) => Some((value(*key, person).is_some(), value(*key, person).unwrap_or_default(), *key)),
        _ => None,
    };
    records.iter().filter_map(of).collect()
}

fn credits(records: &Records, key: Key) -> u64 {
    let Key::Person(id) = key else { return 0 };
    let counted = records.values().map(|record| match record {
        Record::Movie(movie) => movie.directors.contains(&id),
        Record::Character(character) => character.actors.contains(&id),
        _ => false,
    });
    counted.filter(|plays| *plays).count() as u64
}

fn small(records: &Records, entity: Entity) -> Vec<Row> {
    let of = |(key, record): (&Key, &Record)| {
        let name = match record {
            Record::Genre(genre) => &genre.name,
            Record::Country(country) => &country.name,
            Record::File(file) => &file.name,
            Record::Account(account) => &account.username,
            _ => return None,
        };
        (key.entity() == entity).then(|| (true, fold(name).into_bytes(), *key))
    };
    records.iter().filter_map(of).collect()
}

fn lists(records: &Records) -> Vec<(Order, Vec<Row>)> {
    let mut lists = vec![
        (Order::all(Index::Title), movies(records, |movie| Some(title_key(&movie.title, movie.language)))),
        (Order::all(Index::Released), movies(records, |movie| Some(number(movie.released?.packed().into())))),
        (Order::all(Index::Duration), movies(records, |movie| Some(number(movie.duration?.into())))),
        (Order::all(Index::Budget), movies(records, |movie| Some(movie.budget?.key().to_vec()))),
        (Order::all(Index::Rating), movies(records, |movie| Some(number(movie.rating?.into())))),
        (
            Order::all(Index::Popularity),
            movies(records, |movie| {
                let date = movie.released.map_or(0, crate::domain::PartialDate::packed);
                Some(number(u64::from(movie.votes.unwrap_or(0)) << 32 | u64::from(date)))
            }),
        ),
        (Order::Movies, movies(records, |_| Some(Vec::new()))),
        (Order::People, people(records, |_, _| Some(Vec::new()))),
        (Order::all(Index::Name), people(records, |_, one| Some(name_key(&one.first_name, &one.last_name)))),
        (Order::all(Index::Born), people(records, |_, one| Some(number(one.born?.packed().into())))),
        (Order::all(Index::Credited), people(records, |key, _| Some(number(credits(records, key))))),
    ];
    for entity in [Entity::Genre, Entity::Country, Entity::File, Entity::Account] {
        lists.push((Order::Index(Index::Small, vec![entity.code()]), small(records, entity)));
    }
    for account in 1..4u32 {
        let of = |(key, record): (&Key, &Record)| match (key, record) {
            (Key::Favorite(whose, _), Record::Favorite(favorite)) if *whose == AccountId(account) => {
                Some((true, number((favorite.added.0 + (1 << 40)).cast_unsigned()), *key))
            }
            _ => None,
        };
        let rows = records.iter().filter_map(of).collect();
        lists.push((Order::Index(Index::Added, account.to_be_bytes().to_vec()), rows));
    }
    lists
}

/// Known values one way or the other, then unknown ones always by id.
fn sorted(mut rows: Vec<Row>, reverse: bool) -> Vec<Key> {
    rows.sort_by(|(known, value, key), (other_known, other_value, other)| {
        let by_value = (value, id(*key)).cmp(&(other_value, id(*other)));
        let within = if reverse && *known { by_value.reverse() } else { by_value };
        other_known.cmp(known).then(within)
    });
    rows.into_iter().map(|(_, _, key)| key).collect()
}

#[test]
fn lists_walk_both_ways_from_everywhere() {
    for seed in 0..3 {
        let pair = lived(seed, 350);
        let txn = pair.store.begin_read().unwrap();
        for (order, rows) in lists(&pair.model.records) {
            for reverse in [false, true] {
                let expected = sorted(rows.clone(), reverse);
                let ids: Vec<u32> = expected.iter().map(|key| id(*key)).collect();
                let walk = |from: Option<&[u8]>, up| {
                    let mut seen = Vec::new();
                    let mut visit = |place: &[u8]| {
                        seen.push(Order::id(place));
                        ControlFlow::Continue(())
                    };
                    order.walk(&txn, reverse, from, up, &mut visit).unwrap();
                    if up {
                        seen.reverse();
                    }
                    seen
                };
                assert_eq!(walk(None, false), ids, "{order:?} reverse {reverse}");
                assert_eq!(walk(None, true), ids, "{order:?} reverse {reverse} from the end");
                for (at, key) in expected.iter().enumerate() {
                    let place = order.place(&txn, *key).unwrap().unwrap();
                    assert_eq!(walk(Some(&place), false), ids[at + 1..], "{order:?} after {key}");
                    assert_eq!(walk(Some(&place), true), ids[..at], "{order:?} before {key}");
                }
            }
        }
    }
}

#[test]
fn a_walk_goes_on_where_its_row_is_gone() {
    let pair = lived(7, 300);
    let order = Order::all(Index::Title);
    let txn = pair.store.begin_read().unwrap();
    let mut places = Vec::new();
    let keep = &mut |place: &[u8]| {
        places.push(place.to_vec());
        ControlFlow::Continue(())
    };
    order.walk(&txn, false, None, false, keep).unwrap();
    drop(txn);
    let gone = places.len() / 2;
    let movie = Key::Movie(crate::domain::MovieId(Order::id(&places[gone])));
    let mut writer = pair.store.begin_write().unwrap();
    writer.set(movie, None).unwrap();
    writer.commit().unwrap();
    let txn = pair.store.begin_read().unwrap();
    let mut next = None;
    let stop = &mut |place: &[u8]| {
        next = Some(place.to_vec());
        ControlFlow::Break(())
    };
    order.walk(&txn, false, Some(&places[gone]), false, stop).unwrap();
    assert_eq!(next.as_ref(), places.get(gone + 1));
}
