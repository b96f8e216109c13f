//! Filmographies: everything one person did, packed into one block a person.

use super::codec::{put_number, take_number};
use crate::domain::{CharacterId, MovieId};

/// One thing a person did: directed a movie, or plays a character of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    /// The movie.
    pub movie: MovieId,
    /// The ordinal of the character; 0 where the person directed.
    pub ordinal: u32,
}

impl Credit {
    /// The character played, if it is not a movie directed.
    #[must_use]
    pub fn character(self) -> Option<CharacterId> {
        (self.ordinal != 0).then_some(CharacterId { movie: self.movie, ordinal: self.ordinal })
    }
}

/// Credits in order as bytes: how many, then the step in movie ids and the ordinal of each.
#[must_use]
pub fn encode(credits: &[Credit]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2 + credits.len() * 4);
    put_number(&mut bytes, credits.len() as u64);
    let mut last = 0;
    for credit in credits {
        put_number(&mut bytes, u64::from(credit.movie.0 - last));
        put_number(&mut bytes, u64::from(credit.ordinal));
        last = credit.movie.0;
    }
    bytes
}

/// How many credits a block holds, from its head alone.
#[must_use]
pub fn count(mut bytes: &[u8]) -> Option<u32> {
    take_number(&mut bytes).and_then(|count| u32::try_from(count).ok())
}

/// The first credits of a block, as far as they can be read; a long filmography is not read to its end.
#[must_use]
pub fn first(mut bytes: &[u8], most: usize) -> Vec<Credit> {
    let count = take_number(&mut bytes).and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let mut movie = 0u32;
    let next = || {
        movie = movie.checked_add(u32::try_from(take_number(&mut bytes)?).ok()?)?;
        let ordinal = u32::try_from(take_number(&mut bytes)?).ok()?;
        Some(Credit { movie: MovieId(movie), ordinal })
    };
    std::iter::from_fn(next).take(most.min(count)).collect()
}

/// Bytes as credits; none where they are not in order, not as many as said, or too long.
#[must_use]
pub fn decode(mut bytes: &[u8]) -> Option<Vec<Credit>> {
    let count = usize::try_from(take_number(&mut bytes)?).ok()?;
    let mut credits = Vec::with_capacity(count.min(bytes.len()));
    let mut movie = 0u32;
    for _ in 0..count {
        movie = movie.checked_add(u32::try_from(take_number(&mut bytes)?).ok()?)?;
        let ordinal = u32::try_from(take_number(&mut bytes)?).ok()?;
        credits.push(Credit { movie: MovieId(movie), ordinal });
    }
    (bytes.is_empty() && credits.is_sorted_by(|a, b| a < b)).then_some(credits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn round_trip(set in prop::collection::btree_set((any::<u32>(), any::<u32>()), 0..50)) {
            let credits: Vec<Credit> = set.into_iter().map(|(movie, ordinal)| Credit { movie: MovieId(movie), ordinal }).collect();
            let bytes = encode(&credits);
            prop_assert_eq!(count(&bytes), Some(credits.len() as u32));
            prop_assert_eq!(first(&bytes, 20), credits.iter().copied().take(20).collect::<Vec<_>>());
            prop_assert_eq!(decode(&bytes), Some(credits));
        }

        #[test]
        fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(first(&bytes, 5).len() <= 5);
            if let Some(credits) = decode(&bytes) {
                prop_assert_eq!(decode(&encode(&credits)), Some(credits));
            }
        }
    }
}
