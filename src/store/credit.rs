//! Credits as bytes: lists of them in filmographies, and of the characters of one name.

use super::codec::{put_number, take_number};
use super::row::number;
use crate::domain::{CharacterId, MovieId, Role};

/// One thing a person did: directed a movie, or plays a character of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    /// The movie.
    pub movie: MovieId,
    /// The ordinal of the character; 0 where the person directed.
    pub ordinal: u32,
    /// The character's role; that of a director stands for nothing.
    pub role: Role,
}

/// So many bits of a number tell the role; the ordinal stands above them.
const ROLE_BITS: u32 = 2;

impl Credit {
    /// A movie directed.
    #[must_use]
    pub fn directing(movie: MovieId) -> Credit {
        Credit { movie, ordinal: 0, role: Role::Leading }
    }

    /// A character played, in a role.
    #[must_use]
    pub fn playing(part: CharacterId, role: Role) -> Credit {
        Credit { movie: part.movie, ordinal: part.ordinal, role }
    }

    /// The character played, if it is not a movie directed.
    #[must_use]
    pub fn character(self) -> Option<CharacterId> {
        (self.ordinal != 0).then_some(CharacterId { movie: self.movie, ordinal: self.ordinal })
    }

    /// The end of an index entry's key: movie, ordinal, role.
    #[must_use]
    pub fn key(self) -> [u8; KEY] {
        let mut key = [0; KEY];
        key[..4].copy_from_slice(&self.movie.0.to_be_bytes());
        key[4..8].copy_from_slice(&self.ordinal.to_be_bytes());
        key[8] = self.role.code();
        key
    }

    /// The credit that an index entry's key ends with.
    #[must_use]
    pub fn of_key(key: &[u8]) -> Option<Credit> {
        let at = key.len().checked_sub(KEY)?;
        let (movie, ordinal) = (MovieId(number(key, at)), number(key, at + 4));
        Some(Credit { movie, ordinal, role: Role::from_code(key[at + 8])? })
    }
}

/// How many bytes a credit takes in an index entry's key.
pub const KEY: usize = 9;

/// Appends credits in order: the step in movie ids, then ordinal and role of each.
pub fn put_all(bytes: &mut Vec<u8>, credits: &[Credit]) {
    let mut last = 0;
    for credit in credits {
        put_number(bytes, u64::from(credit.movie.0 - last));
        put_number(bytes, u64::from(credit.ordinal) << ROLE_BITS | u64::from(credit.role.code()));
        last = credit.movie.0;
    }
}

/// The credits of bytes, one after another, as far as they can be read.
pub struct Credits<'b> {
    bytes: &'b [u8],
    movie: u32,
}

/// Reads credits as [`put_all`] wrote them.
#[must_use]
pub fn take_all(bytes: &[u8]) -> Credits<'_> {
    Credits { bytes, movie: 0 }
}

impl Credits<'_> {
    fn one(&mut self) -> Option<Credit> {
        self.movie = self.movie.checked_add(u32::try_from(take_number(&mut self.bytes)?).ok()?)?;
        let number = take_number(&mut self.bytes)?;
        let role = Role::from_code((number & ((1 << ROLE_BITS) - 1)) as u8)?;
        Some(Credit { movie: MovieId(self.movie), ordinal: u32::try_from(number >> ROLE_BITS).ok()?, role })
    }
}

impl Iterator for Credits<'_> {
    type Item = Credit;

    fn next(&mut self) -> Option<Credit> {
        if self.bytes.is_empty() { None } else { self.one() }
    }
}

/// All credits of bytes; none where they are not in order, or something else stands there.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Vec<Credit>> {
    let mut reader = take_all(bytes);
    let mut credits: Vec<Credit> = Vec::with_capacity(bytes.len() / 3);
    while !reader.bytes.is_empty() {
        credits.push(reader.one()?);
    }
    let place = |credit: &Credit| (credit.movie, credit.ordinal);
    credits.is_sorted_by_key(place).then_some(credits)
}

/// How many credits bytes hold.
#[must_use]
pub fn count(bytes: &[u8]) -> u32 {
    let numbers = bytes.iter().filter(|byte| **byte < 0x80).count();
    (numbers / 2) as u32
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Credits of ordinals up to 40, in order.
    pub fn some(movies: u32, most: usize) -> impl Strategy<Value = Vec<Credit>> {
        prop::collection::btree_map((0..movies, 0..40_u32), 0..3_u8, 0..most).prop_map(|all| {
            let credit = |((movie, ordinal), role)| Credit {
                movie: MovieId(movie),
                ordinal,
                role: Role::from_code(role).unwrap(),
            };
            all.into_iter().map(credit).collect()
        })
    }

    proptest! {
        #[test]
        fn round_trip(credits in some(u32::MAX, 50)) {
            let mut bytes = Vec::new();
            put_all(&mut bytes, &credits);
            prop_assert_eq!(count(&bytes), credits.len() as u32);
            prop_assert_eq!(take_all(&bytes).collect::<Vec<_>>(), credits.clone());
            prop_assert_eq!(decode(&bytes), Some(credits.clone()));
            for credit in credits {
                prop_assert_eq!(Credit::of_key(&credit.key()), Some(credit));
            }
        }

        #[test]
        fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(take_all(&bytes).count() <= 20);
            if let Some(credits) = decode(&bytes) {
                let mut again = Vec::new();
                put_all(&mut again, &credits);
                prop_assert_eq!(decode(&again), Some(credits));
            }
        }
    }
}
