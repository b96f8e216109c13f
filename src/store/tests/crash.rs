//! Power cuts. Every act of the store on its file is logged; an image is made of what a disk may hold after any of
//! them, and must open to what an acknowledged commit left, with nothing wrong in it.

use super::dice::Dice;
use super::memory::{Act, Memory};
use super::operations::Pair;
use crate::domain::{Entity, Key, Record};
use crate::store::{Read, Store, check};
use std::collections::BTreeMap;

const SECTOR: usize = 512;

struct Life {
    start: Vec<u8>,
    log: Vec<Act>,
    /// How long the log was when a commit was acknowledged, and the records then.
    commits: Vec<(usize, BTreeMap<Key, Record>)>,
}

/// A short life, logged.
fn life(seed: u64, steps: usize) -> Life {
    let (mut pair, mut dice) = (Pair::new(), Dice(seed));
    (0..10).for_each(|_| pair.step(dice.roll()));
    pair.reopen();
    let start = pair.memory.bytes();
    pair.memory.record();
    let mut commits = vec![(0, pair.model.records.clone())];
    for _ in 0..steps {
        pair.step(dice.roll());
        commits.push((pair.memory.logged(), pair.model.records.clone()));
    }
    let memory = pair.memory.clone();
    drop(pair);
    Life { start, log: memory.log(), commits }
}

/// What becomes of writes that no sync has followed yet.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// They all arrive.
    Arrive,
    /// None arrives.
    Vanish,
    /// Each sector of each arrives or not.
    Torn,
}

fn apply(image: &mut Vec<u8>, act: &Act, fate: Fate, dice: &mut Dice) {
    match (act, fate) {
        (_, Fate::Vanish) | (Act::Sync, _) => {}
        (Act::SetLen(length), _) => {
            if !matches!(fate, Fate::Torn) || dice.once_in(2) {
                image.resize(*length as usize, 0);
            }
        }
        (Act::Write(at, data), _) => {
            let mut at = *at as usize;
            for sector in data.chunks(SECTOR) {
                if !matches!(fate, Fate::Torn) || dice.once_in(2) {
                    if image.len() < at + sector.len() {
                        image.resize(at + sector.len(), 0);
                    }
                    image[at..at + sector.len()].copy_from_slice(sector);
                }
                at += sector.len();
            }
        }
    }
}

fn image(life: &Life, cut: usize, fate: Fate, dice: &mut Dice) -> Vec<u8> {
    let synced = life.log[..cut].iter().rposition(|act| matches!(act, Act::Sync)).map_or(0, |at| at + 1);
    let mut image = life.start.clone();
    life.log[..synced].iter().for_each(|act| apply(&mut image, act, Fate::Arrive, dice));
    life.log[synced..cut].iter().for_each(|act| apply(&mut image, act, fate, dice));
    image
}

fn records(store: &Store, keys: impl Iterator<Item = Key>) -> (BTreeMap<Key, Record>, u64) {
    let txn = store.begin_read().unwrap();
    let total = Entity::ALL.iter().map(|entity| txn.count(*entity).unwrap()).sum();
    (keys.filter_map(|key| txn.record(key).unwrap().map(|record| (key, record))).collect(), total)
}

fn prove(life: &Life, cut: usize, fate: Fate, dice: &mut Dice) {
    let image = image(life, cut, fate, dice);
    let store = Store::in_memory(Memory::of(image), false)
        .unwrap_or_else(|error| panic!("cut at {cut}, unsynced writes {fate:?}: {error}"));
    let last = life.commits.iter().rposition(|(length, _)| *length <= cut).unwrap();
    let possible = &life.commits[last..life.commits.len().min(last + 2)];
    let found = possible.iter().any(|(_, expected)| {
        let (there, total) = records(&store, expected.keys().copied());
        there == *expected && total == expected.len() as u64
    });
    assert!(found, "cut at {cut}, unsynced writes {fate:?}: not what commit {last} or the next left");
    assert_eq!(check::examine(&store).unwrap().1.to_string(), "", "cut at {cut}, unsynced writes {fate:?}");
}

fn prove_many(seed: u64, steps: usize, images: usize) {
    let (life, mut dice) = (life(seed, steps), Dice(seed));
    for _ in 0..images {
        let cut = dice.below(life.log.len() + 1);
        let fate = dice.pick(&[Fate::Arrive, Fate::Vanish, Fate::Torn, Fate::Torn]);
        prove(&life, cut, fate, &mut dice);
    }
}

#[test]
fn a_power_cut_leaves_an_acknowledged_commit() {
    for seed in 0..3 {
        prove_many(seed, 14, 100);
    }
}

/// Long: `cargo test --release -- --ignored power`. `CRASH_IMAGES` and `CRASH_SEED` say how many, and from where.
#[test]
#[ignore = "takes minutes"]
fn power_cuts_by_the_ten_thousand() {
    let number =
        |name: &str, default: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (images, seed) = (number("CRASH_IMAGES", 30_000), number("CRASH_SEED", 1000));
    for life in 0..images / 1000 {
        println!("seed {}", seed + life);
        prove_many(seed + life, 25, 1000);
    }
}
