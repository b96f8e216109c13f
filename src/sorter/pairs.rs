//! Pairs in memory.

/// So many bytes are few.
const FEW: usize = 1 << 20;
/// So many pairs, which lie anywhere in the arena, are asked of memory at once.
const AHEAD: usize = 64;

/// Pairs: their bytes one after another, and where each is.
#[derive(Default)]
pub struct Pairs {
    arena: Vec<u8>,
    places: Vec<Place>,
}

/// Where a pair is in the arena: the length of its value in four bytes, the key, the value.
#[derive(Clone, Copy)]
struct Place {
    /// The first bytes of the key, which settle most comparisons.
    head: u64,
    at: u32,
    key: u32,
}

impl Pairs {
    /// Makes room for so many bytes at once, as soon as there are more than few: growing by and by would copy them.
    /// Room that is never used costs nothing.
    pub fn make_room(&mut self, bytes: usize) {
        if self.arena.len() > FEW && self.arena.capacity() < bytes {
            self.arena.reserve_exact(bytes - self.arena.len());
            self.places.reserve_exact((bytes / size_of::<Place>()).saturating_sub(self.places.len()));
        }
    }

    /// Adds a pair that is given in parts.
    pub fn push<const K: usize, const V: usize>(&mut self, key: [&[u8]; K], value: [&[u8]; V]) {
        let at = u32::try_from(self.arena.len()).expect("the arena is spilled long before");
        let length: usize = value.iter().map(|part| part.len()).sum();
        self.arena.extend_from_slice(&(length as u32).to_le_bytes());
        let start = self.arena.len();
        for part in key {
            self.arena.extend_from_slice(part);
        }
        let key = &self.arena[start..];
        self.places.push(Place { head: head(key), at, key: key.len() as u32 });
        for part in value {
            self.arena.extend_from_slice(part);
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Takes all of them out; the room stays.
    pub fn clear(&mut self) {
        self.arena.clear();
        self.places.clear();
    }

    /// How many bytes they take.
    pub fn size(&self) -> usize {
        self.arena.len() + self.places.len() * size_of::<Place>()
    }

    /// Key and value at a place.
    pub fn get(&self, place: usize) -> Option<(&[u8], &[u8])> {
        self.places.get(place).map(|place| self.pair(*place))
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let ahead = self.places.chunks(AHEAD).inspect(|places| self.warm(places));
        ahead.flatten().map(|place| self.pair(*place))
    }

    fn warm(&self, places: &[Place]) {
        super::warm(places.iter().map(|place| self.arena[place.at as usize].into()));
    }

    fn pair(&self, place: Place) -> (&[u8], &[u8]) {
        let (length, rest) = self.arena[place.at as usize..].split_first_chunk::<4>().expect("a pair starts here");
        let (key, rest) = rest.split_at(place.key as usize);
        (key, &rest[..u32::from_le_bytes(*length) as usize])
    }

    /// Sorts them by key, then value: by heads alone first, which is fast, then those of one head.
    pub fn sort(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        // Pairs of one head stay as they came, which often is their order.
        if !places.is_sorted_by_key(|place| place.head) {
            places.sort_unstable_by_key(|place| (place.head, place.at));
        }
        for alike in places.chunk_by_mut(|a, b| a.head == b.head).filter(|alike| alike.len() > 1) {
            if alike.len() <= AHEAD {
                self.warm(alike);
            }
            alike.sort_unstable_by(|a, b| self.pair(*a).cmp(&self.pair(*b)));
        }
        self.places = places;
    }
}

/// The first eight bytes of a key as a number of the same order.
pub fn head(key: &[u8]) -> u64 {
    if let Some(head) = key.first_chunk() {
        return u64::from_be_bytes(*head);
    }
    let mut head = [0; 8];
    head[..key.len()].copy_from_slice(key);
    u64::from_be_bytes(head)
}
