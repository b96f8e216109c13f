//! Marked rows of a list, and a range of them in the making.

use crate::catalog::Row;
use crate::domain::Key;
use std::collections::BTreeSet;

/// The marks of a list.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    keys: BTreeSet<Key>,
    /// Where the range in the making begins, and what was marked before it.
    range: Option<(Key, BTreeSet<Key>)>,
}

impl Marks {
    /// The marked records.
    #[must_use]
    pub fn keys(&self) -> &BTreeSet<Key> {
        &self.keys
    }

    /// A range is in the making.
    #[must_use]
    pub fn ranging(&self) -> bool {
        self.range.is_some()
    }

    /// Marks a record, or no longer.
    pub fn toggle(&mut self, key: Key) {
        if !self.keys.remove(&key) {
            self.keys.insert(key);
        }
    }

    /// Begins a range at this record, or ends the one in the making.
    pub fn turn_range(&mut self, key: Key) {
        if self.range.take().is_none() {
            self.range = Some((key, self.keys.clone()));
            self.keys.insert(key);
        }
    }

    /// Ends the range; its marks stay.
    pub fn end_range(&mut self) {
        self.range = None;
    }

    /// Stretches the range to the selected row. Where its beginning is not among the rows any more, it ends.
    pub fn stretch(&mut self, rows: &[Row], selected: usize) {
        let Some((anchor, before)) = &self.range else { return };
        let Some(from) = rows.iter().position(|row| row.key == *anchor) else { return self.end_range() };
        self.keys = before.clone();
        self.keys.extend(rows[from.min(selected)..=from.max(selected)].iter().map(|row| row.key));
    }

    /// Takes every mark away; false if there were none.
    pub fn clear(&mut self) -> bool {
        let had = !self.keys.is_empty();
        *self = Marks::default();
        had
    }

    /// Forgets records that are gone.
    pub fn forget(&mut self, keys: &[Key]) {
        self.keys.retain(|key| !keys.contains(key));
        if let Some((_, before)) = &mut self.range {
            before.retain(|key| !keys.contains(key));
        }
    }
}
