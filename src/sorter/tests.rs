use super::run::STEP;
use super::*;
use proptest::prelude::*;

fn walked(sorted: &Sorted) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut walk = sorted.walk().unwrap();
    let mut pairs = Vec::new();
    while let Some((key, value)) = walk.pair() {
        pairs.push((key.to_vec(), value.to_vec()));
        walk.advance().unwrap();
    }
    pairs
}

proptest! {
    #[test]
    fn sorts_whatever_the_memory(
        mut pairs in prop::collection::vec((prop::collection::vec(0..4u8, 0..12), prop::collection::vec(any::<u8>(), 0..20)), 0..300),
        budget in 1..5_000usize,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), budget);
        for (key, value) in &pairs {
            sorter.push(key, value).unwrap();
        }
        let sorted = sorter.finish().unwrap();
        pairs.sort();
        prop_assert_eq!(sorted.len(), pairs.len() as u64);
        prop_assert_eq!(&walked(&sorted), &pairs);
        prop_assert_eq!(&walked(&sorted), &pairs);
        prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn sorts_beside_whoever_adds() {
    let folder = tempfile::tempdir().unwrap();
    let mut sorter = Sorter::new(folder.path(), 2 * WORTH);
    let number = |place: u32| (place.wrapping_mul(2_654_435_761) >> 8).to_be_bytes();
    for place in 0..200_000 {
        sorter.push_parts([b"k", &number(place)], [&number(place), b"v"]).unwrap();
    }
    let sorted = sorter.finish().unwrap();
    assert!(sorted.runs.len() > 3);
    let (one, two) = (walked(&sorted), sorted.walk().unwrap());
    assert!(one.len() == 200_000 && one.is_sorted());
    assert!(one.iter().all(|(key, value)| key[1..] == value[..4]));
    drop(two);
}

#[test]
fn values_may_be_longer_than_a_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut sorter = Sorter::new(folder.path(), 1);
    for key in [2u8, 1, 3] {
        sorter.push(&[key], &vec![key; 3 * STEP]).unwrap();
    }
    let pairs = walked(&sorter.finish().unwrap());
    assert_eq!(
        pairs.iter().map(|(key, value)| (key[0], value.len())).collect::<Vec<_>>(),
        [1, 2, 3].map(|key| (key, 3 * STEP))
    );
}
