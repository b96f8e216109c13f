//! Order-free sums over index entries: equal where two sets of entries are, whatever order they come in. Entries are
//! dealt into buckets, so that a difference is known to lie in few of them.

use crate::store::entry::{Entry, Index};
use xxhash_rust::xxh3::xxh3_64_with_seed;

const BUCKETS: usize = 4096;

/// Where an entry is summed.
pub type Bucket = (Index, usize);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    hashes: u64,
    entries: u64,
}

/// The sums of every index.
pub struct Sums(Vec<Sum>);

impl Default for Sums {
    fn default() -> Self {
        Sums(vec![Sum::default(); BUCKETS * Index::ALL.len()])
    }
}

fn hashes(entry: &Entry) -> (u64, u64) {
    let place = xxh3_64_with_seed(&entry.key, entry.index as u64);
    let whole = if entry.value.is_empty() { place } else { xxh3_64_with_seed(&entry.value, place) };
    (place, whole)
}

/// The bucket of an entry, by its place alone.
#[must_use]
pub fn bucket(entry: &Entry) -> Bucket {
    (entry.index, (hashes(entry).0 % BUCKETS as u64) as usize)
}

impl Sums {
    /// Takes an entry in.
    pub fn add(&mut self, entry: &Entry) {
        let (place, whole) = hashes(entry);
        let sum = &mut self.0[entry.index as usize * BUCKETS + (place % BUCKETS as u64) as usize];
        sum.hashes = sum.hashes.wrapping_add(whole);
        sum.entries += 1;
    }

    /// The buckets in which these sums and others differ.
    #[must_use]
    pub fn differing(&self, others: &Sums) -> Vec<Bucket> {
        let pairs = self.0.iter().zip(&others.0).enumerate();
        let differing = pairs.filter(|(_, (one, other))| one != other);
        differing.map(|(at, _)| (Index::ALL[at / BUCKETS], at % BUCKETS)).collect()
    }
}
