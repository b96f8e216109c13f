//! Any bytes where a record or a block should be: an answer, never a panic, never more memory than the bytes ask for.

use super::dice::Dice;
use super::make::{self, Stock};
use crate::store::codec::{VERSION, decode, decode_kept, encode, encode_shape, put_number, take_number};
use crate::store::entry::NameRow;
use crate::store::posting::Chunk;
use crate::store::shape::{
    AccountShape, CastShape, CountryShape, FileShape, GenreShape, MovieShape, PersonShape, Shaped,
};
use crate::store::{credit, journal, ledger};
use proptest::prelude::*;

fn everything(bytes: &[u8]) {
    let _ = decode_kept::<MovieShape>(bytes, "t", 1).and_then(crate::domain::Movie::from_shape);
    let _ = decode_kept::<PersonShape>(bytes, "t", 1).and_then(crate::domain::Person::from_shape);
    let _ = decode_kept::<GenreShape>(bytes, "t", 1).and_then(crate::domain::Genre::from_shape);
    let _ = decode_kept::<CountryShape>(bytes, "t", 1).and_then(crate::domain::Country::from_shape);
    let _ = decode_kept::<FileShape>(bytes, "t", 1).and_then(crate::domain::File::from_shape);
    let _ = decode_kept::<AccountShape>(bytes, "t", 1).and_then(crate::domain::Account::from_shape);
    if let Ok(block) = decode_kept::<CastShape>(bytes, "t", 1) {
        for one in &block.characters {
            let _ = one.character(block.since);
        }
    }
    let _ = journal::files_of(bytes, 1);
    let _ = (Chunk::decode(bytes), credit::decode(bytes), ledger::head(bytes));
    let _ = NameRow::decode(bytes);
}

proptest! {
    #[test]
    fn any_bytes_are_answered(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        everything(&bytes);
        for version in [VERSION, VERSION + 1] {
            bytes.insert(0, version);
            everything(&bytes);
            bytes.remove(0);
        }
    }

    #[test]
    fn spoiled_records_are_answered(seed: u64, spoil in prop::collection::vec((any::<u16>(), any::<u8>()), 1..6)) {
        let mut dice = Dice(seed);
        let mut bytes = match dice.below(3) {
            0 => encode_shape(&make::movie(&mut dice, &Stock::default()).shape()),
            1 => encode_shape(&make::person(&mut dice, &Stock::default()).shape()),
            _ => encode_shape(&make::file(&mut dice).0.shape()),
        };
        for (at, byte) in spoil {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        everything(&bytes);
    }

    #[test]
    fn records_come_back(seed: u64) {
        let mut dice = Dice(seed);
        let movie = make::movie(&mut dice, &Stock::default());
        let bytes = encode_shape(&movie.shape());
        prop_assert_eq!(decode_kept(&bytes, "t", 1).and_then(crate::domain::Movie::from_shape).unwrap(), movie);
        for length in 0..bytes.len() {
            prop_assert!(decode_kept::<MovieShape>(&bytes[..length], "t", 1).is_err());
        }
        prop_assert!(decode_kept::<MovieShape>(&[&bytes[..], &[0]].concat(), "t", 1).is_err());
    }

    #[test]
    fn numbers_come_back(number: u64) {
        let mut bytes = Vec::new();
        put_number(&mut bytes, number);
        let mut rest = bytes.as_slice();
        prop_assert_eq!(take_number(&mut rest), Some(number));
        prop_assert!(rest.is_empty());
    }
}

#[test]
fn a_length_that_promises_too_much_is_refused() {
    for length in [u64::MAX, 1 << 60, 1 << 40, 1 << 31] {
        let bytes = [&[VERSION, 253][..], &length.to_le_bytes(), b"abc"].concat();
        everything(&bytes);
        everything(&[&[VERSION + 1], &bytes[1..]].concat());
        assert!(decode_kept::<GenreShape>(&bytes, "t", 1).is_err());
        assert!(decode::<Vec<(u8, String)>>(&bytes, "t", 1).is_err());
        assert!(decode::<Vec<Vec<u32>>>(&bytes, "t", 1).is_err());
    }
}

#[test]
fn the_largest_record_that_is_kept_is_read() {
    let numbers = vec![0u32; crate::store::codec::KEPT_MAX - 10];
    assert_eq!(decode::<Vec<u32>>(&encode(&numbers), "t", 1).unwrap().len(), numbers.len());
    let texts = vec![String::new(); crate::store::codec::KEPT_MAX - 10];
    assert_eq!(decode::<Vec<String>>(&encode(&texts), "t", 1).unwrap().len(), texts.len());
}
