//! Neighbouring values of a sort index laid together in bands, each a packed set of ids: a range of values is the
//! sets of the bands within it and a short walk at each of its ends, and a walk may pass over bands it wants nothing of.

use super::entry::{Index, Posting};

/// How the values of a sort index are laid in bands. A band's number is the key of its set; both grow with the values.
#[derive(Clone, Copy, Debug)]
pub struct Bands {
    /// The index.
    pub index: Index,
    /// The kind of its bands' sets.
    pub posting: Posting,
    /// The bytes of a value, at the head of a place.
    width: usize,
    scale: Scale,
}

#[derive(Clone, Copy, Debug)]
enum Scale {
    /// Packed dates by year.
    Years,
    /// So many values from the first one on.
    Steps { first: u128, size: u128 },
    /// [`FINE`] bits of them from one power of two to the next.
    Powers,
    /// Amounts by powers, currency by currency.
    Money,
}

/// Few votes are those of very many films: the finer their bands, the shorter the walk at a range's end.
const FINE: u32 = 5;

/// Bits of the number of a band of amounts.
const AMOUNT: u32 = 6 + FINE;

impl Bands {
    /// Those of an index, if it has some.
    #[must_use]
    pub fn of(index: Index) -> Option<Bands> {
        let (posting, width, scale) = match index {
            Index::Released => (Posting::Year, 4, Scale::Years),
            Index::Born => (Posting::Born, 4, Scale::Years),
            Index::Duration => (Posting::Minute, 4, Scale::Steps { first: 0, size: 60 }),
            // Ratings are kept plus one.
            Index::Rating => (Posting::Rating, 2, Scale::Steps { first: 1, size: 10 }),
            Index::Popularity => (Posting::Votes, 4, Scale::Powers),
            Index::Budget => (Posting::Budget, 11, Scale::Money),
            _ => return None,
        };
        Some(Bands { index, posting, width, scale })
    }

    /// The value at the head of a place; 0 stands for one that is not known.
    #[must_use]
    pub fn value(&self, place: &[u8]) -> u128 {
        let head = &place[..self.width.min(place.len())];
        head.iter().fold(0, |value, byte| value << 8 | u128::from(*byte))
    }

    /// The head of the places of a value.
    #[must_use]
    pub fn head(&self, value: u128) -> Vec<u8> {
        value.to_be_bytes()[16 - self.width..].to_vec()
    }

    /// The band of a value.
    #[must_use]
    pub fn band(&self, value: u128) -> u32 {
        match self.scale {
            Scale::Years => (value >> 9) as u32,
            Scale::Steps { first, size } => (value.saturating_sub(first) / size) as u32,
            Scale::Powers => power(value as u64),
            Scale::Money => {
                let letters = [80, 72, 64].iter().fold(0, |code, at| code << 5 | (value >> at & 31) as u32);
                letters << AMOUNT | power(value as u64)
            }
        }
    }

    /// The smallest value of a band.
    #[must_use]
    pub fn first(&self, band: u32) -> u128 {
        match self.scale {
            Scale::Years => u128::from(band) << 9,
            Scale::Steps { first, size } => u128::from(band) * size + first,
            Scale::Powers => u128::from(least(band)),
            Scale::Money => {
                let letters =
                    [10, 5, 0].iter().fold(0, |code, at| code << 8 | 64 | u128::from(band >> AMOUNT >> at & 31));
                letters << 64 | u128::from(least(band & ((1 << AMOUNT) - 1)))
            }
        }
    }

    /// The largest value of a band.
    #[must_use]
    pub fn last(&self, band: u32) -> u128 {
        self.first(band + 1) - 1
    }
}

const MASK: u32 = (1 << FINE) - 1;

/// The number of the band of powers that a value lies in.
fn power(value: u64) -> u32 {
    match value.checked_ilog2() {
        Some(log @ FINE..) => (log - FINE + 1) << FINE | (value >> (log - FINE)) as u32 & MASK,
        _ => value as u32,
    }
}

/// The smallest value of a band of powers; beyond the last one, the largest there is.
fn least(band: u32) -> u64 {
    match band >> FINE {
        0 => u64::from(band),
        up if up <= u64::BITS - FINE => u64::from(1 << FINE | band & MASK) << (up - 1),
        _ => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Money;
    use proptest::prelude::*;

    const BANDED: [Index; 6] =
        [Index::Released, Index::Born, Index::Duration, Index::Rating, Index::Popularity, Index::Budget];

    fn values(index: Index) -> BoxedStrategy<u128> {
        match index {
            Index::Budget => ("[A-Z]{3}", 0..=i64::MAX)
                .prop_map(|(code, amount)| {
                    let currency = crate::domain::Currency::new(&code).unwrap();
                    Bands::of(Index::Budget).unwrap().value(&Money { currency, amount }.key())
                })
                .boxed(),
            Index::Rating => (1..=u128::from(u16::MAX)).boxed(),
            _ => prop_oneof![1..1_000_u128, 1..=u128::from(u32::MAX >> 1)].boxed(),
        }
    }

    proptest! {
        #[test]
        fn bands_grow_with_values(
            (index, one, other) in (0..BANDED.len()).prop_flat_map(|at| (Just(BANDED[at]), values(BANDED[at]), values(BANDED[at])))
        ) {
            let bands = Bands::of(index).unwrap();
            let (low, high) = (one.min(other), one.max(other));
            prop_assert!(bands.band(low) <= bands.band(high));
            let band = bands.band(one);
            prop_assert!((bands.first(band)..=bands.last(band)).contains(&one));
            prop_assert_eq!(bands.band(bands.first(band).max(1)), band);
            prop_assert_eq!(bands.band(bands.last(band)), band);
            prop_assert_eq!(bands.value(&bands.head(one)), one);
        }
    }
}
