//! Which number the intake gave to what has an id.

use crate::domain::{Entity, External, Source};
use crate::store::entry::external_key;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::xxh3_128;

/// Numbers by id. The ids of IMDb, of which there are millions, are numbers themselves and take eight bytes each.
#[derive(Default)]
pub(super) struct Known {
    movies: Numbers,
    people: Numbers,
    others: HashMap<u128, u32>,
}

pub(super) type Numbers = HashMap<u32, u32, BuildHasherDefault<Spread>>;

/// Spreads numbers over all bits.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        let mixed = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Known {
    /// The numbers of films or of people by what their IMDb ids count.
    pub(super) fn imdb(&mut self, entity: Entity) -> &mut Numbers {
        if entity == Entity::Movie { &mut self.movies } else { &mut self.people }
    }

    /// The number of what has this id.
    pub(super) fn get(&mut self, entity: Entity, id: &External) -> Option<u32> {
        match imdb(id) {
            Some(imdb) => self.imdb(entity).get(&imdb).copied(),
            None => self.others.get(&mark(entity, id)).copied(),
        }
    }

    /// The number of what has this id; `number`, where it had none.
    pub(super) fn get_or_insert(&mut self, entity: Entity, id: &External, number: u32) -> u32 {
        match imdb(id) {
            Some(imdb) => *self.imdb(entity).entry(imdb).or_insert(number),
            None => *self.others.entry(mark(entity, id)).or_insert(number),
        }
    }
}

/// What an IMDb id counts: `tt0000012` is 12.
fn imdb(id: &External) -> Option<u32> {
    (id.source == Source::Imdb).then(|| id.id.get(2..)?.parse().ok()).flatten()
}

/// What a record is known by: kind, database and id in one number.
fn mark(entity: Entity, id: &External) -> u128 {
    xxh3_128(&external_key(entity, id))
}

/// Which record of the catalogue has which number, by its id.
#[derive(Default)]
pub(super) struct There(Vec<u32>);

const NONE: u32 = u32::MAX;

impl There {
    /// The number of a record.
    pub(super) fn get(&self, id: u32) -> Option<u32> {
        self.0.get(id as usize).copied().filter(|number| *number != NONE)
    }

    /// Gives a record a number.
    pub(super) fn insert(&mut self, id: u32, number: u32) {
        let place = id as usize;
        if self.0.len() <= place {
            self.0.resize(place + 1, NONE);
        }
        self.0[place] = number;
    }
}

/// Bits of a sieve.
const BITS: usize = 1 << 26;

/// Tells of most things that they are not among some, at a bit each.
pub(super) struct Sieve(Vec<u64>);

impl Sieve {
    /// An empty one.
    pub(super) fn new() -> Sieve {
        Sieve(vec![0; BITS / 64])
    }

    fn place(mark: u128) -> (usize, u64) {
        let bit = mark as usize % BITS;
        (bit / 64, 1 << (bit % 64))
    }

    /// Takes one in.
    pub(super) fn insert(&mut self, mark: u128) {
        let (word, bit) = Sieve::place(mark);
        self.0[word] |= bit;
    }

    /// Whether it may be one of those taken in.
    pub(super) fn may_hold(&self, mark: u128) -> bool {
        let (word, bit) = Sieve::place(mark);
        self.0[word] & bit != 0
    }
}
