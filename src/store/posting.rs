//! Sets of ids packed in chunks of 65,536: a sorted array of 16-bit numbers while few, a bitmap of 8 KiB when many.
//!
//! An index such as genre to movies is one such set a genre; its chunk for ids `n << 16 ..` is one row.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;

/// An array holds at most so many. One more would take as many bytes as a bitmap, and the length tells the two apart.
const ARRAY_MAX: usize = 4095;
const WORDS: usize = 1024;
const BITMAP_BYTES: usize = WORDS * 8;

/// The ids of one chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// Sorted, without repeats.
    Array(Vec<u16>),
    /// One bit an id.
    Bitmap(Box<[u64; WORDS]>),
}

impl Default for Chunk {
    fn default() -> Self {
        Chunk::Array(Vec::new())
    }
}

impl Chunk {
    /// How many ids it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Chunk::Array(ids) => ids.len(),
            Chunk::Bitmap(words) => words.iter().map(|word| word.count_ones() as usize).sum(),
        }
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it holds this id.
    #[must_use]
    pub fn contains(&self, low: u16) -> bool {
        match self {
            Chunk::Array(ids) => ids.binary_search(&low).is_ok(),
            Chunk::Bitmap(words) => is_set(words, low),
        }
    }

    /// Adds an id; false where it was there.
    pub fn insert(&mut self, low: u16) -> bool {
        match self {
            Chunk::Array(ids) => match ids.binary_search(&low) {
                Ok(_) => false,
                Err(place) => {
                    ids.insert(place, low);
                    if ids.len() > ARRAY_MAX {
                        *self = Chunk::Bitmap(bitmap(ids.iter().copied()));
                    }
                    true
                }
            },
            Chunk::Bitmap(words) => {
                let word = &mut words[usize::from(low >> 6)];
                let fresh = *word >> (low & 63) & 1 == 0;
                *word |= 1 << (low & 63);
                fresh
            }
        }
    }

    /// Takes an id out; false where it was not there.
    pub fn remove(&mut self, low: u16) -> bool {
        match self {
            Chunk::Array(ids) => ids.binary_search(&low).map(|place| ids.remove(place)).is_ok(),
            Chunk::Bitmap(words) => {
                let word = &mut words[usize::from(low >> 6)];
                let there = *word >> (low & 63) & 1 == 1;
                *word &= !(1 << (low & 63));
                if there && self.len() <= ARRAY_MAX {
                    *self = Chunk::Array(self.ids().collect());
                }
                there
            }
        }
    }

    /// The ids in order.
    #[must_use]
    pub fn ids(&self) -> Box<dyn Iterator<Item = u16> + '_> {
        match self {
            Chunk::Array(ids) => Box::new(ids.iter().copied()),
            Chunk::Bitmap(words) => Box::new(words.iter().enumerate().flat_map(|(place, word)| bits(place, *word))),
        }
    }

    /// As bytes: an array as its numbers, a bitmap as its 8,192 bytes, little-endian.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Chunk::Array(ids) => ids.iter().flat_map(|id| id.to_le_bytes()).collect(),
            Chunk::Bitmap(words) => words.iter().flat_map(|word| word.to_le_bytes()).collect(),
        }
    }

    /// Bytes as a chunk; none where they are not one. 8,192 bytes are a bitmap, fewer an array.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Chunk> {
        if bytes.len() == BITMAP_BYTES {
            let words: Vec<u64> =
                bytes.chunks_exact(8).map(|word| u64::from_le_bytes(word.try_into().expect("eight bytes"))).collect();
            let chunk = Chunk::Bitmap(words.into_boxed_slice().try_into().ok()?);
            return (chunk.len() > ARRAY_MAX).then_some(chunk);
        }
        if bytes.len() > BITMAP_BYTES {
            return None;
        }
        let ids: Vec<u16> = bytes.chunks_exact(2).map(|id| u16::from_le_bytes([id[0], id[1]])).collect();
        let sorted = bytes.len().is_multiple_of(2) && ids.is_sorted_by(|a, b| a < b);
        (sorted && !ids.is_empty()).then_some(Chunk::Array(ids))
    }

    /// Those of a chunk's ids, as bytes, that are here too; and how many ids it has.
    #[must_use]
    pub fn and_bytes(&self, bytes: &[u8]) -> (Chunk, usize) {
        if bytes.len() == BITMAP_BYTES
            && let Some(wide) = Chunk::decode(bytes)
        {
            return (self.and(&wide), wide.len());
        }
        let met = match self {
            Chunk::Bitmap(words) => numbers(bytes).filter(|id| is_set(words, *id)).collect(),
            Chunk::Array(_) => numbers(bytes).filter(|id| self.contains(*id)).collect(),
        };
        (Chunk::Array(met), bytes.len() / 2)
    }

    fn and(&self, other: &Chunk) -> Chunk {
        match (self, other) {
            (Chunk::Bitmap(a), Chunk::Bitmap(b)) => pack(Box::new(std::array::from_fn(|i| a[i] & b[i]))),
            (Chunk::Array(a), Chunk::Array(b)) => Chunk::Array(met(a, b, true)),
            (Chunk::Array(ids), wide) | (wide, Chunk::Array(ids)) => {
                Chunk::Array(ids.iter().copied().filter(|id| wide.contains(*id)).collect())
            }
        }
    }

    fn minus(&self, other: &Chunk) -> Chunk {
        match (self, other) {
            (Chunk::Array(ids), Chunk::Array(gone)) => Chunk::Array(met(ids, gone, false)),
            (Chunk::Array(ids), gone) => Chunk::Array(ids.iter().copied().filter(|id| !gone.contains(*id)).collect()),
            (Chunk::Bitmap(a), Chunk::Bitmap(b)) => pack(Box::new(std::array::from_fn(|i| a[i] & !b[i]))),
            (Chunk::Bitmap(words), Chunk::Array(gone)) => {
                let mut words = words.clone();
                for id in gone {
                    words[usize::from(id >> 6)] &= !(1 << (id & 63));
                }
                pack(words)
            }
        }
    }

    /// Takes the ids of another chunk in.
    pub fn join(&mut self, other: &Chunk) {
        match (&mut *self, other) {
            (Chunk::Bitmap(a), Chunk::Bitmap(b)) => a.iter_mut().zip(b.iter()).for_each(|(a, b)| *a |= b),
            (Chunk::Bitmap(words), Chunk::Array(ids)) => set_bits(words, ids),
            (Chunk::Array(ids), Chunk::Bitmap(words)) => {
                let mut all = words.clone();
                set_bits(&mut all, ids);
                *self = Chunk::Bitmap(all);
            }
            (Chunk::Array(ids), Chunk::Array(more)) => *self = Chunk::gather(ids.iter().chain(more).copied().collect()),
        }
    }

    /// A chunk of ids in any order, with repeats.
    fn gather(mut ids: Vec<u16>) -> Chunk {
        if ids.len() > ARRAY_MAX {
            return pack(bitmap(ids.into_iter()));
        }
        ids.sort_unstable();
        ids.dedup();
        Chunk::Array(ids)
    }

    fn and_len(&self, other: &Chunk) -> usize {
        match (self, other) {
            (Chunk::Bitmap(a), Chunk::Bitmap(b)) => {
                a.iter().zip(b.iter()).map(|(a, b)| (a & b).count_ones() as usize).sum()
            }
            (Chunk::Array(ids), wide) | (wide, Chunk::Array(ids)) => {
                ids.iter().filter(|id| wide.contains(**id)).count()
            }
        }
    }
}

/// Those of sorted numbers that are among others, or are not.
fn met(ids: &[u16], others: &[u16], among: bool) -> Vec<u16> {
    if ids.len() * 16 < others.len() {
        return ids.iter().copied().filter(|id| others.binary_search(id).is_ok() == among).collect();
    }
    let mut others = others.iter().copied().peekable();
    let mut is_met = |id: u16| {
        while others.next_if(|other| *other < id).is_some() {}
        others.peek() == Some(&id)
    };
    ids.iter().copied().filter(|id| is_met(*id) == among).collect()
}

fn bits(place: usize, word: u64) -> impl Iterator<Item = u16> {
    let mut left = word;
    std::iter::from_fn(move || {
        let bit = left.trailing_zeros();
        left &= left.wrapping_sub(1);
        (bit < 64).then(|| (place as u32 * 64 + bit) as u16)
    })
}

fn bitmap(ids: impl Iterator<Item = u16>) -> Box<[u64; WORDS]> {
    let mut words = Box::new([0; WORDS]);
    for id in ids {
        words[usize::from(id >> 6)] |= 1 << (id & 63);
    }
    words
}

fn is_set(words: &[u64; WORDS], id: u16) -> bool {
    words[usize::from(id >> 6)] >> (id & 63) & 1 == 1
}

/// The numbers of an array as bytes.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
    bytes.as_chunks::<2>().0.iter().map(|id| u16::from_le_bytes(*id))
}

fn set_bits(words: &mut [u64; WORDS], ids: &[u16]) {
    for id in ids {
        words[usize::from(id >> 6)] |= 1 << (id & 63);
    }
}

/// The smaller form of a bitmap.
fn pack(words: Box<[u64; WORDS]>) -> Chunk {
    let wide = Chunk::Bitmap(words);
    let count = wide.len();
    match wide {
        Chunk::Bitmap(words) if count <= ARRAY_MAX => {
            let mut ids = Vec::with_capacity(count);
            for (place, word) in words.iter().enumerate().filter(|(_, word)| **word != 0) {
                ids.extend(bits(place, *word));
            }
            Chunk::Array(ids)
        }
        wide => wide,
    }
}

/// A set of ids in memory, chunk by chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdSet {
    chunks: BTreeMap<u16, Chunk>,
}

impl IdSet {
    /// How many ids it holds.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.chunks.values().map(|chunk| chunk.len() as u64).sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.values().all(Chunk::is_empty)
    }

    /// Whether it holds this id.
    #[must_use]
    pub fn contains(&self, id: u32) -> bool {
        let (high, low) = split(id);
        self.chunks.get(&high).is_some_and(|chunk| chunk.contains(low))
    }

    /// Adds an id; false where it was there.
    pub fn insert(&mut self, id: u32) -> bool {
        let (high, low) = split(id);
        self.chunks.entry(high).or_default().insert(low)
    }

    /// Adds a whole chunk whose ids are not in the set yet.
    pub fn put_chunk(&mut self, high: u16, chunk: Chunk) {
        self.chunks.insert(high, chunk);
    }

    /// The largest id.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        let (high, chunk) = self.chunks.iter().rev().find(|(_, chunk)| !chunk.is_empty())?;
        chunk.ids().last().map(|low| join(*high, low))
    }

    /// A chunk of it.
    #[must_use]
    pub fn chunk(&self, high: u16) -> Option<&Chunk> {
        self.chunks.get(&high)
    }

    /// Takes the ids of a chunk in.
    fn join_chunk(&mut self, high: u16, chunk: &Chunk) {
        match self.chunks.entry(high) {
            Entry::Occupied(mut there) => there.get_mut().join(chunk),
            Entry::Vacant(place) => drop(place.insert(chunk.clone())),
        }
    }

    /// Its chunks in order.
    pub fn into_chunks(self) -> impl Iterator<Item = (u16, Chunk)> {
        self.chunks.into_iter()
    }

    /// The ids in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.chunks.iter().flat_map(|(high, chunk)| chunk.ids().map(|low| join(*high, low)))
    }

    /// Visits the ids after one (none: from the first), or with `down` those before it (none: from the last).
    pub fn walk(&self, from: Option<u32>, down: bool, visit: &mut dyn FnMut(u32) -> ControlFlow<()>) {
        let beyond = |id: u32| from.is_none_or(|from| if down { id < from } else { id > from });
        let near = |high: u16| from.is_none_or(|from| if down { high <= split(from).0 } else { high >= split(from).0 });
        let mut chunks: Vec<_> = self.chunks.iter().filter(|(high, _)| near(**high)).collect();
        if down {
            chunks.reverse();
        }
        for (high, chunk) in chunks {
            let mut ids: Vec<u32> = chunk.ids().map(|low| join(*high, low)).filter(|id| beyond(*id)).collect();
            if down {
                ids.reverse();
            }
            if ids.into_iter().any(|id| visit(id).is_break()) {
                return;
            }
        }
    }

    /// The ids in both.
    #[must_use]
    pub fn and(&self, other: &IdSet) -> IdSet {
        let both = |(high, chunk): (&u16, &Chunk)| other.chunks.get(high).map(|more| (*high, chunk.and(more)));
        IdSet { chunks: self.chunks.iter().filter_map(both).collect() }
    }

    /// The ids in either.
    #[must_use]
    pub fn or(mut self, other: &IdSet) -> IdSet {
        other.chunks.iter().for_each(|(high, chunk)| self.join_chunk(*high, chunk));
        self
    }

    /// The ids that are not in the other.
    #[must_use]
    pub fn minus(mut self, other: &IdSet) -> IdSet {
        for (high, chunk) in &mut self.chunks {
            if let Some(gone) = other.chunks.get(high) {
                *chunk = chunk.minus(gone);
            }
        }
        self
    }

    /// The same set in bitmaps alone, for many comparisons: see [`IdSet::and_len`].
    #[must_use]
    pub fn widened(&self) -> IdSet {
        let wide = |chunk: &Chunk| match chunk {
            Chunk::Array(ids) => Chunk::Bitmap(bitmap(ids.iter().copied())),
            bitmap @ Chunk::Bitmap(_) => bitmap.clone(),
        };
        IdSet { chunks: self.chunks.iter().map(|(high, chunk)| (*high, wide(chunk))).collect() }
    }

    /// The same set as one that is asked sooner whether it holds an id.
    #[must_use]
    pub fn gathered(&self) -> Gathered {
        let mut gathered = Gathered::default();
        self.chunks.iter().for_each(|(high, chunk)| gathered.join(*high, chunk));
        gathered
    }

    /// How many ids are in both.
    #[must_use]
    pub fn and_len(&self, other: &IdSet) -> u64 {
        let (few, many) = if self.chunks.len() <= other.chunks.len() { (self, other) } else { (other, self) };
        few.chunks.iter().filter_map(|(high, chunk)| many.chunks.get(high).map(|more| chunk.and_len(more) as u64)).sum()
    }
}

impl FromIterator<u32> for IdSet {
    fn from_iter<I: IntoIterator<Item = u32>>(ids: I) -> Self {
        let mut gathered = Gathered::default();
        ids.into_iter().for_each(|id| gathered.add(id));
        gathered.into_set()
    }
}

/// Ids on their way into a set, in any order and with repeats: a bitmap a chunk until all are there.
#[derive(Default)]
pub struct Gathered {
    chunks: Vec<Option<Box<[u64; WORDS]>>>,
}

impl Gathered {
    fn words(&mut self, high: u16) -> &mut [u64; WORDS] {
        let place = usize::from(high);
        if self.chunks.len() <= place {
            self.chunks.resize(place + 1, None);
        }
        self.chunks[place].get_or_insert_with(|| Box::new([0; WORDS]))
    }

    /// Takes an id in.
    pub fn add(&mut self, id: u32) {
        let (high, low) = split(id);
        self.words(high)[usize::from(low >> 6)] |= 1 << (low & 63);
    }

    /// Takes the ids of a chunk in.
    pub fn join(&mut self, high: u16, chunk: &Chunk) {
        let words = self.words(high);
        match chunk {
            Chunk::Array(ids) => set_bits(words, ids),
            Chunk::Bitmap(more) => words.iter_mut().zip(more.iter()).for_each(|(word, more)| *word |= more),
        }
    }

    /// Takes the ids of a chunk in, as bytes; false where they are not one.
    pub fn join_bytes(&mut self, high: u16, bytes: &[u8]) -> bool {
        if bytes.len() == BITMAP_BYTES {
            let (mut count, words) = (0, self.words(high));
            for (word, more) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
                let more = u64::from_le_bytes(*more);
                count += more.count_ones() as usize;
                *word |= more;
            }
            return count > ARRAY_MAX;
        }
        if bytes.is_empty() || bytes.len() > BITMAP_BYTES || !bytes.len().is_multiple_of(2) {
            return false;
        }
        let (mut last, words) = (None, self.words(high));
        for id in numbers(bytes) {
            if last >= Some(id) {
                return false;
            }
            last = Some(id);
            words[usize::from(id >> 6)] |= 1 << (id & 63);
        }
        true
    }

    /// Whether an id is among them.
    #[must_use]
    pub fn contains(&self, id: u32) -> bool {
        let (high, low) = split(id);
        self.chunks.get(usize::from(high)).and_then(Option::as_ref).is_some_and(|words| is_set(words, low))
    }

    /// The set of them.
    #[must_use]
    pub fn into_set(self) -> IdSet {
        let chunks = (0..).zip(self.chunks).filter_map(|(high, words)| Some((high, pack(words?))));
        IdSet { chunks: chunks.collect() }
    }
}

/// The chunk of an id and its place there.
#[must_use]
pub fn split(id: u32) -> (u16, u16) {
    ((id >> 16) as u16, id as u16)
}

/// The id at a place of a chunk.
#[must_use]
pub fn join(high: u16, low: u16) -> u32 {
    u32::from(high) << 16 | u32::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn array_and_bitmap_are_told_apart_at_the_edge() {
        let mut chunk = Chunk::default();
        let round_trips = |chunk: &Chunk| Chunk::decode(&chunk.encode()).as_ref() == Some(chunk);
        for id in 0..4_200u16 {
            chunk.insert(id * 13);
            assert!(id < 4_000 || round_trips(&chunk), "{} ids", chunk.len());
        }
        for id in 0..200u16 {
            chunk.remove(id * 13);
            assert!(round_trips(&chunk), "{} ids", chunk.len());
        }
    }

    #[test]
    fn bytes_that_are_no_chunk_are_told() {
        let few_bits = [&[1][..], &[0; BITMAP_BYTES - 1]].concat();
        for bytes in [&[][..], &[1], &[1, 0, 2], &[2, 0, 1, 0], &[1, 0, 1, 0], &[0; BITMAP_BYTES + 2], &few_bits] {
            assert_eq!((Gathered::default().join_bytes(0, bytes), Chunk::decode(bytes)), (false, None));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_set_is_a_set(ops in prop::collection::vec((any::<bool>(), prop_oneof![0..200_000u32, 60_000..70_000u32]), 0..6000)) {
            let mut model = BTreeSet::new();
            let mut chunks: BTreeMap<u16, Chunk> = BTreeMap::new();
            for (add, id) in ops {
                let (high, low) = split(id);
                let chunk = chunks.entry(high).or_default();
                if add {
                    prop_assert_eq!(chunk.insert(low), model.insert(id));
                } else {
                    prop_assert_eq!(chunk.remove(low), model.remove(&id));
                }
            }
            chunks.retain(|_, chunk| !chunk.is_empty());
            for chunk in chunks.values() {
                let decoded = Chunk::decode(&chunk.encode());
                prop_assert_eq!(decoded.as_ref(), Some(chunk));
            }
            let set = IdSet { chunks };
            let (mut read, gathered) = (Gathered::default(), set.gathered());
            prop_assert!(set.chunks.iter().all(|(high, chunk)| read.join_bytes(*high, &chunk.encode())));
            prop_assert_eq!(read.into_set(), set.clone());
            prop_assert!((0..200_000).step_by(7).all(|id| gathered.contains(id) == model.contains(&id)));
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), model.iter().copied().collect::<Vec<_>>());
            let evens: IdSet = (0..100_000).step_by(2).collect();
            let both: Vec<u32> = model.iter().copied().filter(|id| id % 2 == 0 && *id < 100_000).collect();
            prop_assert_eq!(set.and_len(&evens), both.len() as u64);
            prop_assert_eq!(set.and_len(&evens.widened()), both.len() as u64);
            for (high, chunk) in &set.chunks {
                let Some(others) = evens.chunk(*high) else { continue };
                let (met, all) = others.and_bytes(&chunk.encode());
                prop_assert_eq!((met.ids().collect::<Vec<_>>(), all), (chunk.and(others).ids().collect(), chunk.len()));
            }
            for from in [None, Some(65_536), both.first().copied()] {
                let (mut up, mut down) = (Vec::new(), Vec::new());
                for (ids, falling) in [(&mut up, false), (&mut down, true)] {
                    set.walk(from, falling, &mut |id| {
                        ids.push(id);
                        ControlFlow::Continue(())
                    });
                }
                prop_assert!(up.iter().eq(model.iter().filter(|id| from.is_none_or(|from| **id > from))));
                prop_assert!(down.iter().eq(model.iter().rev().filter(|id| from.is_none_or(|from| **id < from))));
            }
            prop_assert_eq!(set.and(&evens).iter().collect::<Vec<_>>(), both);
            let rest: Vec<u32> = model.iter().copied().filter(|id| id % 2 == 1 || *id >= 100_000).collect();
            prop_assert_eq!(set.clone().minus(&evens).iter().collect::<Vec<_>>(), rest);
            let gone: Vec<u32> = (0..100_000).step_by(2).filter(|id| !model.contains(id)).collect();
            prop_assert_eq!(evens.clone().minus(&set).iter().collect::<Vec<_>>(), gone);
            prop_assert_eq!(model.iter().rev().copied().collect::<IdSet>(), set.clone());
            let either: BTreeSet<u32> = model.iter().copied().chain((0..100_000).step_by(2)).collect();
            prop_assert_eq!(set.or(&evens).iter().collect::<Vec<_>>(), either.into_iter().collect::<Vec<_>>());
        }
    }
}
