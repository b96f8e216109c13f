//! Which number the intake gave to what has an id.

use crate::domain::{Entity, External, Source};
use crate::store::external;
use crate::store::warm;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// Numbers by id. The ids of IMDb, of which there are millions, are numbers themselves.
#[derive(Default)]
pub(super) struct Known {
    movies: Numbers,
    people: Numbers,
    others: HashMap<u128, u32>,
}

/// Numbers by what an IMDb id counts. Ids lie close together, so a page of them costs one look into memory where a
/// map would cost three; those that are larger than any there is lie in one.
#[derive(Default)]
pub(super) struct Numbers {
    pages: Vec<Option<Box<[u32; PAGE]>>>,
    far: HashMap<u32, u32>,
}

/// Ids to a page.
const PAGE: usize = 64;
/// Ids from here on are far.
const FAR: u32 = 1 << 27;

impl Numbers {
    /// The number of an id.
    pub(super) fn get(&self, id: u32) -> Option<u32> {
        if id >= FAR {
            return self.far.get(&id).copied();
        }
        let page = self.pages.get(id as usize / PAGE)?.as_ref()?;
        Some(page[id as usize % PAGE]).filter(|number| *number != NONE)
    }

    /// Asks memory for the numbers of many ids at once: one after another each would be waited for.
    pub(super) fn warm(&self, ids: impl Iterator<Item = u32>) {
        warm(ids.filter_map(|id| self.get(id)));
    }

    /// The number of an id; `number`, where it had none.
    pub(super) fn get_or_insert(&mut self, id: u32, number: u32) -> u32 {
        if id >= FAR {
            return *self.far.entry(id).or_insert(number);
        }
        let at = id as usize / PAGE;
        if self.pages.len() <= at {
            self.pages.resize_with(at + 1, || None);
        }
        let page = self.pages[at].get_or_insert_with(|| Box::new([NONE; PAGE]));
        let there = &mut page[id as usize % PAGE];
        if *there == NONE {
            *there = number;
        }
        *there
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
            Some(imdb) => self.imdb(entity).get(imdb),
            None => self.others.get(&mark(entity, id)).copied(),
        }
    }

    /// The number of what has this id; `number`, where it had none.
    pub(super) fn get_or_insert(&mut self, entity: Entity, id: &External, number: u32) -> u32 {
        match imdb(id) {
            Some(imdb) => self.imdb(entity).get_or_insert(imdb, number),
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
    xxh3_128(&external::key(entity, id))
}

/// Which record of the catalogue has which number, by its id.
#[derive(Default)]
pub(super) struct There(Vec<u32>);

/// Stands for no number.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn numbers_are_a_map(ids in prop::collection::vec(prop_oneof![0..300u32, any::<u32>()], 0..60)) {
            let (mut numbers, mut map) = (Numbers::default(), BTreeMap::new());
            for (number, id) in (0..).zip(&ids) {
                prop_assert_eq!(numbers.get_or_insert(*id, number), *map.entry(*id).or_insert(number));
            }
            for id in ids.iter().flat_map(|id| [*id, id.wrapping_add(1)]) {
                prop_assert_eq!(numbers.get(id), map.get(&id).copied());
            }
        }
    }
}
