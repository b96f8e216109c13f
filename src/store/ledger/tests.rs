//! Ledgers as they grow and shrink, against a plain set.

use super::*;
use crate::domain::{CharacterId, PersonId, Role};
use crate::store::filmography::Filmography;
use crate::store::tables::{CREDIT_PARTS, CREDITS, WORD_PARTS, WORDS};
use crate::store::tests::dice::Dice;
use crate::store::word::Word;
use crate::store::{Read, Store};
use redb::ReadableTableMetadata;
use std::collections::BTreeMap;

const PERSON: u32 = 7;

/// A credit anywhere among 100,000 movies; of two in ten they directed.
fn credit(dice: &mut Dice) -> Credit {
    let movie = MovieId(1 + dice.below(100_000) as u32);
    if dice.below(10) < 2 {
        return Credit::directing(movie);
    }
    let ordinal = 1 + dice.below(60) as u32;
    Credit::playing(CharacterId { movie, ordinal }, Role::from_code(dice.below(3) as u8).unwrap())
}

/// The rows of both tables.
fn rows(txn: &WriteTransaction) -> Vec<(u32, Vec<u8>)> {
    let heads = txn.open_table(CREDITS).unwrap();
    let head = heads.get(PERSON).unwrap().map(|row| (u32::MAX, row.value().to_vec()));
    let parts = txn.open_table(CREDIT_PARTS).unwrap();
    let parts = parts.iter().unwrap().map(|row| {
        let (at, bytes) = row.unwrap();
        (at.value().1, bytes.value().to_vec())
    });
    head.into_iter().chain(parts).collect()
}

#[test]
fn they_say_what_was_entered_however_long_they_were_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("films.cinedex")).unwrap();
    let writer = store.begin_write().unwrap();
    let txn = writer.txn();
    let mut dice = Dice(11);
    let mut model: BTreeMap<(MovieId, u32), Credit> = BTreeMap::new();
    // Grows beyond the bound and shrinks to nothing, over it and under it several times.
    for goal in [LONG + 200, LONG - 50, LONG + 1, LONG, LONG + 300, 1, 0] {
        while model.len() != goal {
            let add = model.len() < goal;
            let one = if add || dice.once_in(8) {
                credit(&mut dice)
            } else {
                *model.values().nth(dice.below(model.len())).unwrap()
            };
            let place = (one.movie, one.ordinal);
            if add && model.contains_key(&place) {
                continue;
            }
            let before = model.len() as u32;
            let changes = if add { model.insert(place, one).is_none() } else { model.get(&place) == Some(&one) };
            if !add && changes {
                model.remove(&place);
            }
            let after = model.len() as u32;
            assert_eq!(change::<Filmography>(txn, &PERSON, &[one], add).unwrap(), (before, after));
        }
        let all: Vec<Credit> = model.values().copied().collect();
        assert_eq!(txn.credits(PersonId(PERSON)).unwrap(), all);
        assert_eq!(txn.credit_count(PersonId(PERSON)).unwrap() as usize, goal);
        assert_eq!(txn.first_credits(PersonId(PERSON), 5).unwrap(), all[..goal.min(5)]);
        let laid = rows(txn);
        let head = {
            let mut parts = txn.open_table(CREDIT_PARTS).unwrap();
            assert_eq!(parts.len().unwrap() > 0, goal > LONG);
            parts.retain(|_, _| false).unwrap();
            keep::<Filmography>(&mut parts, &PERSON, &all).unwrap()
        };
        if let Some(head) = head {
            txn.open_table(CREDITS).unwrap().insert(PERSON, head.as_slice()).unwrap();
        }
        assert!(rows(txn) == laid, "{goal} credits lie as if they had been laid at once");
    }
}

#[test]
fn a_word_leads_to_one_credit_twice_where_two_people_have_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("films.cinedex")).unwrap();
    let writer = store.begin_write().unwrap();
    let (txn, word) = (writer.txn(), &b"ajohn"[..]);
    let many: Vec<Credit> = (0..=LONG as u32).map(|movie| Credit::directing(MovieId(movie))).collect();
    let one = [many[7]];
    assert_eq!(change::<Word>(txn, &word, &one, true).unwrap(), (0, 1));
    assert_eq!(change::<Word>(txn, &word, &one, true).unwrap(), (1, 2));
    let long = LONG as u32 + 3;
    assert_eq!(change::<Word>(txn, &word, &many, true).unwrap(), (2, long), "it is laid in parts now");
    assert_eq!(change::<Word>(txn, &word, &one, false).unwrap(), (long, long - 1));
    let left = |txn| {
        let mut left = Vec::new();
        let all = &mut |credit| {
            left.push(credit);
            std::ops::ControlFlow::Continue(())
        };
        assert!(open::<Word>(txn).unwrap().visit(&word, all).unwrap().is_continue());
        left
    };
    assert_eq!(left(txn), [&many[..8], &many[7..]].concat());
    assert_eq!(change::<Word>(txn, &word, &many, false).unwrap(), (long - 1, 1));
    assert_eq!(left(txn), one);
    assert_eq!(txn.open_table(WORD_PARTS).unwrap().len().unwrap(), 0);
    assert_eq!(change::<Word>(txn, &word, &one, false).unwrap(), (1, 0));
    assert_eq!(txn.open_table(WORDS).unwrap().len().unwrap(), 0);
}

#[test]
fn what_is_no_filmography_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("films.cinedex")).unwrap();
    let writer = store.begin_write().unwrap();
    let txn = writer.txn();
    let long = head_of(LONG + 1);
    for bytes in [&[][..], &[3, 1, 4], &[1, 1, 4, 1, 4], &[0x80], &long] {
        txn.open_table(CREDITS).unwrap().insert(PERSON, bytes).unwrap();
        assert!(txn.credits(PersonId(PERSON)).is_err(), "{bytes:?}");
    }
    let astray = [whole(&[Credit::directing(MovieId(1))]), Vec::new()];
    for bytes in astray {
        assert!(part::<Filmography>(&PERSON, 3, &bytes).is_err());
    }
}
