//! A page of those rows of a list that have certain ids. It walks the list, testing each row; where that leads far it
//! goes by bands of values and passes over those that hold none of the ids.

use super::{Order, Run};
use crate::domain::{Entity, Key, Record};
use crate::store::band::Bands;
use crate::store::entry::Index;
use crate::store::error::Result;
use crate::store::posting::{Gathered, IdSet};
use crate::store::read::Read;
use std::ops::ControlFlow;

/// So many rows are walked before anything else is tried; few where it is tested.
const STEPS: u64 = if cfg!(test) { 4 } else { 20_000 };
/// And so many where a page lies further, if its rows are spread evenly.
const FIRST_STEPS: u64 = if cfg!(test) { 2 } else { 500 };
/// Reading a record to know its place costs as much as walking over so many rows; less where a number will do.
const FETCH: u64 = 50;
const FETCH_COUNT: u64 = 33;

/// Rows of a list looked for.
struct Search<'s, T> {
    txn: &'s T,
    order: &'s Order,
    reverse: bool,
    up: bool,
    ids: &'s IdSet,
    /// The same ids, once rows are walked.
    wanted: Gathered,
    most: usize,
    places: Vec<Vec<u8>>,
}

impl Order {
    /// Up to `most` places of rows with these ids from the one after `from` (none: the first) towards the end of the
    /// list, or with `up` from the one before it (none: the last) towards its beginning; nearest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn among(
        &self,
        txn: &impl Read,
        (reverse, up): (bool, bool),
        from: Option<&[u8]>,
        ids: &IdSet,
        most: usize,
    ) -> Result<Vec<Vec<u8>>> {
        let most = most.min(usize::try_from(ids.len()).unwrap_or(usize::MAX));
        let wanted = Gathered::default();
        let mut search = Search { txn, order: self, reverse, up, ids, wanted, most, places: Vec::new() };
        if most > 0 {
            search.run(from)?;
        }
        Ok(search.places)
    }

    /// The place of each of these that is in the list, in its order.
    ///
    /// # Errors
    /// When the store fails.
    pub fn places(&self, txn: &impl Read, ids: &IdSet, reverse: bool) -> Result<Vec<Vec<u8>>> {
        let mut places = Vec::new();
        if *self == Order::all(Index::Credited) {
            txn.each_credit_count(ids, &mut |person, credits| {
                places.push([credits.to_be_bytes(), person.0.to_be_bytes()].concat());
            })?;
            places.sort_unstable_by(|a, b| self.compare(a, b, reverse));
            return Ok(places);
        }
        let clusters = self.clusters(txn, ids)?;
        if clusters.share > 0 {
            let others = self.take_clusters(txn, ids, &clusters, &mut places)?;
            places.append(&mut self.read_places(txn, &others)?);
        } else {
            places = self.read_places(txn, ids)?;
        }
        places.sort_unstable_by(|a, b| self.compare(a, b, reverse));
        Ok(places)
    }

    /// The places of these as their records tell them.
    pub(super) fn read_places(&self, txn: &impl Read, ids: &IdSet) -> Result<Vec<Vec<u8>>> {
        let mut places = Vec::new();
        let mut take = |key, record: &Record| {
            places.extend(self.place_of(txn, key, record)?);
            Ok(())
        };
        match self.entity() {
            Entity::Person => txn.each_person(ids, &mut |id, person| take(Key::Person(id), &Record::Person(person)))?,
            _ => txn.each_movie(ids, &mut |id, movie| take(Key::Movie(id), &Record::Movie(movie)))?,
        }
        Ok(places)
    }

    /// Whether so many of a list's rows are sooner fetched and sorted than walked to, for a page of `most`.
    #[must_use]
    pub fn is_sorted_sooner(&self, ids: u64, of: u64, most: usize) -> bool {
        let Order::Index(index, _) = self else { return false };
        let (fetched, walked) = (ids * self.fetch(), of / ids.max(1) * most as u64);
        fetched <= walked && (ids <= 2 * most as u64 || Bands::of(*index).is_none())
    }

    /// What a row's place costs to know, in rows walked.
    fn fetch(&self) -> u64 {
        if *self == Order::all(Index::Credited) { FETCH_COUNT } else { FETCH }
    }

    /// What the list is of.
    #[must_use]
    pub fn entity(&self) -> Entity {
        match self {
            Order::Reviews => Entity::Review,
            Order::People | Order::Index(Index::Name | Index::Born | Index::Credited, _) => Entity::Person,
            _ => Entity::Movie,
        }
    }
}

impl<T: Read> Search<'_, T> {
    fn run(&mut self, from: Option<&[u8]>) -> Result<()> {
        let Order::Index(index, _) = self.order else {
            self.by_id(from.map(Order::id));
            return Ok(());
        };
        self.wanted = self.ids.gathered();
        let bands = Bands::of(*index);
        let walked = self.distance()?;
        let steps = match bands {
            Some(_) if walked > STEPS => FIRST_STEPS,
            Some(_) => STEPS,
            None => STEPS.max(self.ids.len().saturating_mul(self.order.fetch())),
        };
        if bands.is_none() && walked > STEPS {
            let apart = 100 - self.order.clusters(self.txn, self.ids)?.share;
            if apart < 100 && self.ids.len() * self.order.fetch() * apart / 100 < walked {
                return self.fetch(from);
            }
        }
        let Some(last) = self.walk(from, steps)? else { return Ok(()) };
        if let Some(bands) = bands {
            return self.leap(bands, &last);
        }
        self.fetch(from)
    }

    /// How far the end of a page is, if its rows are spread evenly.
    fn distance(&self) -> Result<u64> {
        let rows = self.txn.count(self.order.entity())?;
        Ok(rows / self.ids.len().max(1) * self.most as u64)
    }

    /// Takes the rows out of all of them, sorted.
    fn fetch(&mut self, from: Option<&[u8]>) -> Result<()> {
        self.places.clear();
        let all = self.order.places(self.txn, self.ids, self.reverse)?;
        self.take_beyond(all, from);
        Ok(())
    }

    /// Whether values fall on the way.
    fn down(&self) -> bool {
        self.reverse != self.up
    }

    fn is_full(&self) -> bool {
        self.places.len() >= self.most
    }

    fn go_on(&self) -> ControlFlow<()> {
        if self.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// The lists that run by id have them for places.
    fn by_id(&mut self, from: Option<u32>) {
        let ids = self.ids;
        ids.walk(from, self.down(), &mut |id| {
            self.places.push(id.to_be_bytes().to_vec());
            self.go_on()
        });
    }

    /// Walks so many rows at most; where it came no further, if more are wanted.
    fn walk(&mut self, from: Option<&[u8]>, steps: u64) -> Result<Option<Vec<u8>>> {
        let (mut left, mut last) = (steps, None);
        self.order.walk(self.txn, self.reverse, from, self.up, &mut |place| {
            if self.wanted.contains(Order::id(place)) {
                self.places.push(place.to_vec());
            }
            left -= 1;
            if left == 0 && !self.is_full() {
                last = Some(place.to_vec());
                return ControlFlow::Break(());
            }
            self.go_on()
        })?;
        Ok(last)
    }

    /// Takes those of the list's places that lie beyond one.
    fn take_beyond(&mut self, mut sorted: Vec<Vec<u8>>, from: Option<&[u8]>) {
        if self.up {
            sorted.reverse();
        }
        let side = if self.up { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
        let beyond = |place: &Vec<u8>| from.is_none_or(|from| self.order.compare(place, from, self.reverse) == side);
        let room = self.most - self.places.len();
        let more: Vec<Vec<u8>> = sorted.into_iter().filter(beyond).take(room).collect();
        self.places.extend(more);
    }

    /// Goes on from a place by bands; rows whose value is not known are in none of them.
    fn leap(&mut self, bands: Bands, from: &[u8]) -> Result<()> {
        let known = bands.value(from) > 0;
        if known {
            self.through(bands, from)?;
        }
        let unknown_last = self.order.unknown() > 0 || self.reverse;
        let unknown_ahead = unknown_last != self.up;
        if !self.is_full() && (unknown_ahead || !known) {
            self.unknown(bands, (!known).then_some(from))?;
        }
        if !self.is_full() && !unknown_ahead && !known {
            self.through(bands, &bands.head(if self.down() { u128::MAX } else { 1 }))?;
        }
        Ok(())
    }

    /// Goes through the bands beyond a place.
    fn through(&mut self, bands: Bands, from: &[u8]) -> Result<()> {
        let at = bands.band(bands.value(from));
        let keys = if self.down() { 0..=at } else { at..=u32::MAX };
        let (txn, wide) = (self.txn, self.ids.widened());
        txn.scan_postings_among(bands.posting, keys, self.down(), &wide, &mut |band, rows, wanted| {
            if !wanted.is_empty() {
                let heads = (bands.head(bands.first(band)), bands.head(bands.last(band)));
                self.of_band(&heads, rows, &wanted, (band == at).then_some(from))?;
            }
            Ok(self.go_on())
        })
    }

    /// The wanted rows of a band of so many: by a walk where they are many, else by their records.
    fn of_band(&mut self, heads: &(Vec<u8>, Vec<u8>), rows: u64, ids: &IdSet, from: Option<&[u8]>) -> Result<()> {
        let wanted = ids.len();
        let walked = rows * wanted.min((self.most - self.places.len()) as u64) / wanted;
        if walked > wanted * FETCH {
            let sorted = self.order.places(self.txn, ids, self.reverse)?;
            self.take_beyond(sorted, from);
            return Ok(());
        }
        let (low, high) = heads;
        let run = Run { low: low.clone(), high: [high, &super::HIGHEST[..]].concat(), down: self.down() };
        let order = self.order;
        let walked = order.walk_run(self.txn, &run, from, run.down, &mut |place| {
            if ids.contains(Order::id(place)) {
                self.places.push(place.to_vec());
            }
            self.go_on()
        });
        walked.map(drop)
    }

    /// The wanted rows whose value is not known.
    fn unknown(&mut self, bands: Bands, from: Option<&[u8]>) -> Result<()> {
        let rest = self.ids.clone().minus(&self.txn.posting_union(bands.posting, 0..=u32::MAX)?);
        if self.order.unknown() == 0 {
            let rows = self.txn.count(self.order.entity())?;
            let head = bands.head(0);
            return if rest.is_empty() { Ok(()) } else { self.of_band(&(head.clone(), head), rows, &rest, from) };
        }
        let zeros = bands.head(0);
        rest.walk(from.map(Order::id), self.up, &mut |id| {
            self.places.push([&zeros[..], &id.to_be_bytes()].concat());
            self.go_on()
        });
        Ok(())
    }
}
