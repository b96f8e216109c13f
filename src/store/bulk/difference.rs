//! Which index entries come and go where a record becomes another. Room for them is made once, and most of them, which
//! stay, are passed over.

use crate::domain::{Key, Record};
use crate::store::entry::{Index, lend_entries};
use crate::store::error::Result;

/// Entries of a record before and after.
#[derive(Default)]
pub(super) struct Difference {
    before: Entries,
    after: Entries,
}

/// Entries one behind the other.
#[derive(Default)]
struct Entries {
    bytes: Vec<u8>,
    /// The index of each, where it begins, where its key and where its value end.
    places: Vec<(Index, usize, usize, usize)>,
}

/// An entry: its index, key and value.
type Entry<'e> = (Index, &'e [u8], &'e [u8]);

impl Entries {
    fn fill(&mut self, key: Key, record: &Record) {
        self.bytes.clear();
        self.places.clear();
        let Entries { bytes, places } = self;
        lend_entries(key, record, 0, &mut |index, key, value| {
            let start = bytes.len();
            bytes.extend_from_slice(key);
            let middle = bytes.len();
            bytes.extend_from_slice(value);
            places.push((index, start, middle, bytes.len()));
        });
    }

    fn len(&self) -> usize {
        self.places.len()
    }

    fn at(&self, place: usize) -> Entry<'_> {
        let (index, start, middle, end) = self.places[place];
        (index, &self.bytes[start..middle], &self.bytes[middle..end])
    }
}

impl Difference {
    /// Shows the entries that go, then those that come, each with whether it comes.
    pub(super) fn each(
        &mut self,
        key: Key,
        (before, after): (&Record, &Record),
        show: &mut dyn FnMut(Entry, bool) -> Result<()>,
    ) -> Result<()> {
        self.before.fill(key, before);
        self.after.fill(key, after);
        let (old, new) = (&self.before, &self.after);
        let most = old.len().min(new.len());
        let head = (0..most).take_while(|at| old.at(*at) == new.at(*at)).count();
        let tail = (1..=most - head).take_while(|at| old.at(old.len() - at) == new.at(new.len() - at)).count();
        let (gone, come) = (head..old.len() - tail, head..new.len() - tail);
        let is_in = |side: &Entries, mut range: std::ops::Range<usize>, entry| range.any(|at| side.at(at) == entry);
        for entry in gone.clone().map(|at| old.at(at)).filter(|entry| !is_in(new, come.clone(), *entry)) {
            show(entry, false)?;
        }
        for entry in come.map(|at| new.at(at)).filter(|entry| !is_in(old, gone.clone(), *entry)) {
            show(entry, true)?;
        }
        Ok(())
    }
}
