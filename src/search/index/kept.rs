//! Rows kept from one question to the next: those that were asked for lately, side by side and without the tree of
//! pages above them.

use super::super::Trouble;
use super::fresh::FRESH;
use super::pages::{Page, Pages, See};
use super::rows::kind;
use std::collections::HashMap;
use std::mem::take;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// So many bytes are kept at most, half of them for sure.
const MOST: usize = 48 << 20;
/// What a row takes besides its own bytes, about.
const BESIDES: usize = 80;

/// Rows asked for lately.
#[derive(Default)]
pub struct Kept(Mutex<Rows>);

#[derive(Default)]
struct Rows {
    /// What the layers were when the rows were read.
    layers: u64,
    /// Those asked for since the others became old.
    young: HashMap<Box<[u8]>, Arc<[u8]>>,
    /// What the young take.
    bytes: usize,
    old: HashMap<Box<[u8]>, Arc<[u8]>>,
}

impl Rows {
    fn get(&mut self, key: &[u8]) -> Option<Arc<[u8]>> {
        if let Some(row) = self.young.get(key) {
            return Some(row.clone());
        }
        let (key, row) = self.old.remove_entry(key)?;
        self.put(key, row.clone());
        Some(row)
    }

    fn put(&mut self, key: Box<[u8]>, row: Arc<[u8]>) {
        self.bytes += key.len() + row.len() + BESIDES;
        self.young.insert(key, row);
        if self.bytes > MOST / 2 {
            (self.old, self.bytes) = (take(&mut self.young), 0);
        }
    }
}

impl Kept {
    /// The rows of one moment. `layers` is another number whenever a layer below the fresh one is written anew.
    pub fn over<'a>(&'a self, pages: &'a dyn Pages, layers: u64) -> impl Pages + 'a {
        Warm { pages, kept: self, layers, only: None }
    }

    /// The same for whoever reads very many names: only where their ids stand is kept.
    pub fn ids_over<'a>(&'a self, pages: &'a dyn Pages, layers: u64) -> impl Pages + 'a {
        Warm { pages, kept: self, layers, only: Some(kind::ID) }
    }
}

/// Rows of one moment, some of them kept.
struct Warm<'a> {
    pages: &'a dyn Pages,
    kept: &'a Kept,
    layers: u64,
    /// Rows of this kind only.
    only: Option<u8>,
}

impl Pages for Warm<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble> {
        let is_other = |only| key.get(1) != Some(&only);
        if key.first() == Some(&FRESH) || self.only.is_some_and(is_other) {
            return self.pages.get(key);
        }
        let mut rows = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rows.layers != self.layers {
            *rows = Rows { layers: self.layers, ..Rows::default() };
        }
        if let Some(row) = rows.get(key) {
            return Ok(Some(Box::new(Shared(row))));
        }
        let Some(page) = self.pages.get(key)? else { return Ok(None) };
        let row: Arc<[u8]> = page[..].into();
        rows.put(key.into(), row.clone());
        Ok(Some(Box::new(Shared(row))))
    }

    fn last_to(&self, key: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble> {
        self.pages.last_to(key)
    }

    fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble> {
        self.pages.walk(key, visit)
    }
}

/// A row held beside whoever keeps it.
struct Shared(Arc<[u8]>);

impl Deref for Shared {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::ops::ControlFlow;

    /// Rows of one byte that count how often they are read.
    struct Counted(u8, Cell<u32>);

    impl Pages for Counted {
        fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble> {
            self.1.set(self.1.get() + 1);
            Ok((key.len() > 1).then(|| Box::new(std::slice::from_ref(&self.0)) as Page<'_>))
        }

        fn last_to(&self, _: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble> {
            Ok(None)
        }

        fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble> {
            let _: ControlFlow<()> = visit(key, &[self.0]);
            Ok(())
        }
    }

    #[test]
    fn rows_are_read_once_until_the_layers_are_others() {
        let kept = Kept::default();
        let (before, after) = (Counted(1, Cell::default()), Counted(2, Cell::default()));
        let row = |pages: &Counted, layers, key: &[u8]| kept.over(pages, layers).get(key).unwrap().map(|row| row[0]);
        for _ in 0..3 {
            assert_eq!(row(&before, 7, &[2, 9]), Some(1));
        }
        assert_eq!((before.1.get(), row(&before, 7, &[2])), (1, None));
        assert_eq!((row(&after, 8, &[2, 9]), row(&after, 8, &[2, 9]), after.1.get()), (Some(2), Some(2), 1));
        assert_eq!((row(&after, 8, &[FRESH, 9]), row(&after, 8, &[FRESH, 9]), after.1.get()), (Some(2), Some(2), 3));
    }

    #[test]
    fn memory_is_bounded_and_what_is_asked_for_stays() {
        let mut rows = Rows::default();
        let row: Arc<[u8]> = vec![0; 1 << 20].into();
        for number in 0_u8..200 {
            rows.put(vec![2, number].into(), row.clone());
            assert!(rows.get(&[2, 0]).is_some(), "{number}");
            assert!(rows.young.len() + rows.old.len() <= MOST >> 20);
        }
        assert!(rows.get(&[2, 1]).is_none());
    }
}
