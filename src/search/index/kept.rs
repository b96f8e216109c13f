//! Rows and names kept from one question to the next: those that were asked for lately, side by side and without the
//! tree of pages above them.

use super::super::Trouble;
use super::fresh::FRESH;
use super::pages::{Page, Pages, See, SeeName};
use super::rows::kind;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::mem::take;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many bytes of rows are kept at most, half of them for sure.
const ROWS: usize = 44 << 20;
/// So many of names.
const NAMES: usize = 16 << 20;
/// What a row takes besides its own bytes, about.
const BESIDES: usize = 80;

/// Rows and names asked for lately.
#[derive(Default)]
pub struct Kept(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// What the layers were when the rows were read.
    layers: u64,
    rows: Lately<Box<[u8]>, ROWS>,
    /// Packed names by layer and number.
    names: Lately<(u8, u32), NAMES>,
}

/// What was asked for lately, by its keys; at most so many bytes.
struct Lately<K, const MOST: usize> {
    /// What was asked for since the others became old.
    young: HashMap<K, Arc<[u8]>>,
    /// What the young take.
    bytes: usize,
    old: HashMap<K, Arc<[u8]>>,
}

impl<K, const MOST: usize> Default for Lately<K, MOST> {
    fn default() -> Self {
        Self { young: HashMap::new(), bytes: 0, old: HashMap::new() }
    }
}

impl<K: Eq + Hash, const MOST: usize> Lately<K, MOST> {
    fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<Arc<[u8]>>
    where
        K: Borrow<Q>,
    {
        if let Some(row) = self.young.get(key) {
            return Some(row.clone());
        }
        let (key, row) = self.old.remove_entry(key)?;
        self.put(key, row.clone());
        Some(row)
    }

    fn has<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.young.contains_key(key) || self.old.contains_key(key)
    }

    fn put(&mut self, key: K, row: Arc<[u8]>) {
        self.bytes += row.len() + BESIDES;
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

impl Warm<'_> {
    fn held(&self) -> MutexGuard<'_, Held> {
        let mut held = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.layers != self.layers {
            *held = Held { layers: self.layers, ..Held::default() };
        }
        held
    }
}

impl Pages for Warm<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble> {
        let is_other = |only| key.get(1) != Some(&only);
        if key.first() == Some(&FRESH) || self.only.is_some_and(is_other) {
            return self.pages.get(key);
        }
        let mut held = self.held();
        if let Some(row) = held.rows.get(key) {
            return Ok(Some(Box::new(Shared(row))));
        }
        let Some(page) = self.pages.get(key)? else { return Ok(None) };
        let row: Arc<[u8]> = page[..].into();
        held.rows.put(key.into(), row.clone());
        Ok(Some(Box::new(Shared(row))))
    }

    fn last_to(&self, key: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble> {
        self.pages.last_to(key)
    }

    fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble> {
        self.pages.walk(key, visit)
    }

    fn ahead(&self, keys: &[Vec<u8>]) {
        if self.only.is_some() {
            return self.pages.ahead(keys);
        }
        let held = self.held();
        let missing: Vec<Vec<u8>> = keys.iter().filter(|key| !held.rows.has(&key[..])).cloned().collect();
        drop(held);
        self.pages.ahead(&missing);
    }

    /// Those that are kept come first.
    fn names(&self, layer: u8, numbers: &[u32], visit: &mut SeeName<'_>) -> Result<(), Trouble> {
        if self.only.is_some() {
            return self.pages.names(layer, numbers, visit);
        }
        let (mut there, mut missing) = (Vec::new(), Vec::new());
        {
            let mut held = self.held();
            for number in numbers {
                match held.names.get(&(layer, *number)) {
                    Some(name) => there.push((*number, name)),
                    None => missing.push(*number),
                }
            }
        }
        there.iter().try_for_each(|(number, name)| visit(*number, name))?;
        let mut read: Vec<(u32, Arc<[u8]>)> = Vec::with_capacity(missing.len());
        self.pages.names(layer, &missing, &mut |number, name| {
            read.push((number, name.into()));
            visit(number, name)
        })?;
        let mut held = self.held();
        for (number, name) in read {
            held.names.put((layer, number), name);
        }
        Ok(())
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
    fn names_are_read_once() {
        let kept = Kept::default();
        let pages = Counted(0, Cell::default());
        let over = kept.over(&pages, 7);
        for _ in 0..3 {
            let mut seen = Vec::new();
            over.names(2, &[0, 64], &mut |number, name| {
                seen.push((number, name.to_vec()));
                Ok(())
            })
            .unwrap();
            assert_eq!((seen, pages.1.get()), (vec![(0, vec![0]), (64, vec![0])], 2));
        }
    }

    #[test]
    fn memory_is_bounded_and_what_is_asked_for_stays() {
        let mut rows = Lately::<u32, NAMES>::default();
        let row: Arc<[u8]> = vec![0; 1 << 20].into();
        for number in 0..200 {
            rows.put(number, row.clone());
            assert!(rows.get(&0).is_some(), "{number}");
            assert!(rows.young.len() + rows.old.len() <= NAMES >> 20);
        }
        assert!(rows.get(&1).is_none() && !rows.has(&1) && rows.has(&0));
    }
}
