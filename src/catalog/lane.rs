//! A list whose rows can be walked from any place: which places a page has.

use super::filter::{Asked, Choice};
use super::query::Start;
use super::{Fault, renown};
use crate::domain::Entity;
use crate::search::index::Kept;
use crate::store::{IdSet, Order, Read, StoreError};
use std::ops::ControlFlow;

/// Places of rows: keys of their order.
pub(super) type Places = Vec<Vec<u8>>;

/// A list whose rows can be walked from any place.
pub(super) struct Lane<'t, T> {
    txn: &'t T,
    order: Order,
    reverse: bool,
    rows: Rows,
    /// What is asked of each row besides, where it is not known yet which are in the list.
    asked: Option<Box<Asked<'t, T>>>,
    total: Option<u64>,
    /// Rows of a page.
    page: usize,
    /// Places that all rows lie between, from small values to large ones.
    bounds: Option<(Vec<u8>, Vec<u8>)>,
    /// Where the finder's index is at hand, that knows the best-known movies.
    kept: Option<&'t Kept>,
}

/// Which rows of the order are in the list.
enum Rows {
    /// Every one.
    All,
    /// Those with these ids.
    Among(IdSet),
    /// These, sorted: few enough to be fetched.
    Sorted(Places),
}

impl<'t, T: Read> Lane<'t, T> {
    /// All rows of an order, so many.
    pub(super) fn all(txn: &'t T, order: Order, reverse: bool, total: u64) -> Self {
        Lane {
            txn,
            order,
            reverse,
            rows: Rows::All,
            asked: None,
            total: Some(total),
            page: 0,
            bounds: None,
            kept: None,
        }
    }

    /// Rows that were fetched and sorted.
    pub(super) fn sorted(txn: &'t T, order: Order, reverse: bool, places: Places) -> Self {
        let total = places.len() as u64;
        Lane { rows: Rows::Sorted(places), ..Lane::all(txn, order, reverse, total) }
    }

    /// The rows that a filter chose, of which a page of so many is wanted.
    pub(super) fn of(
        txn: &'t T,
        (order, reverse): (Order, bool),
        choice: Choice<'t, T>,
        entity: Entity,
        rows: usize,
    ) -> Result<Self, StoreError> {
        let all = txn.count(entity)?;
        let mut lane = Lane::all(txn, order, reverse, all);
        match choice {
            Choice::All => {}
            Choice::Ids(ids) => lane.keep(ids, rows),
            Choice::Asked(asked) => {
                if let Some(ids) = asked.among() {
                    lane.keep(ids.clone(), rows);
                }
                (lane.asked, lane.total) = (Some(asked), None);
            }
        }
        Ok(lane)
    }

    /// The same, with what is known besides of where its rows lie.
    pub(super) fn between(self, bounds: Option<(Vec<u8>, Vec<u8>)>, kept: &'t Kept) -> Self {
        Lane { bounds, kept: Some(kept), ..self }
    }

    fn keep(&mut self, ids: IdSet, rows: usize) {
        self.total = Some(ids.len());
        (self.rows, self.page) = (Rows::Among(ids), rows);
    }

    /// Up to `most` places after `from`, or before it going up; nearest first.
    fn collect(&mut self, from: Option<&[u8]>, up: bool, most: usize) -> Result<Places, Fault> {
        let (mut places, mut from) = (Places::new(), from.or(self.edge(up)).map(<[u8]>::to_vec));
        while let Some(asked) = &mut self.asked {
            let more = most - places.len();
            if asked.is_dear(more) {
                self.settle(most)?;
                continue;
            }
            let batch = asked.batch(more);
            let some = self.candidates(from.as_deref(), up, batch)?;
            let ids: Vec<u32> = some.iter().map(|place| Order::id(place)).collect();
            let Some(asked) = &mut self.asked else { break };
            let passes = asked.pass(&ids)?;
            let ended = some.len() < batch;
            from = some.last().cloned().or(from);
            places.extend(some.into_iter().zip(passes).filter(|(_, passes)| *passes).map(|(place, _)| place));
            if ended || places.len() >= most {
                places.truncate(most);
                return Ok(places);
            }
        }
        let more = most - places.len();
        places.extend(self.candidates(from.as_deref(), up, more)?);
        Ok(places)
    }

    /// The place before all rows, or behind them for whoever goes up.
    fn edge(&self, up: bool) -> Option<&[u8]> {
        let (low, high) = self.bounds.as_ref()?;
        Some(if self.reverse == up { low } else { high })
    }

    /// Up to `most` places of the rows that may be in the list after `from`, or before it going up; nearest first.
    fn candidates(&mut self, from: Option<&[u8]>, up: bool, most: usize) -> Result<Places, Fault> {
        if let Rows::Among(ids) = &self.rows {
            let is_first = from.is_none() && !up && ids.len() > 3 * most as u64;
            if let Some(kept) = self.kept.filter(|_| is_first && renown::is_known(&self.order, self.reverse))
                && let Some(places) = renown::foremost(self.txn, kept, ids, most, &self.order)?
            {
                return Ok(places);
            }
            let all = self.txn.count(self.order.entity())?;
            if self.order.is_sorted_sooner(ids.len(), all, self.page) {
                self.rows = Rows::Sorted(self.order.places(self.txn, ids, self.reverse)?);
            }
        }
        Ok(candidates(self.txn, &self.order, self.reverse, &self.rows, from, up, most)?)
    }

    /// Finds out what is in the list at once, because asking row by row finds too little.
    fn settle(&mut self, rows: usize) -> Result<(), Fault> {
        let Some(asked) = self.asked.take() else { return Ok(()) };
        self.keep(asked.settle()?, rows);
        Ok(())
    }

    fn holds(&mut self, place: &[u8]) -> Result<bool, Fault> {
        let may = match &self.rows {
            Rows::All => true,
            Rows::Among(ids) => ids.contains(Order::id(place)),
            Rows::Sorted(sorted) => sorted.iter().any(|held| held == place),
        };
        match &mut self.asked {
            Some(asked) if may => Ok(asked.pass(&[Order::id(place)])? == [true]),
            _ => Ok(may),
        }
    }

    /// The places of a page, whether the list goes on before and after them, and where the wanted record stands.
    pub(super) fn page(&mut self, start: &Start, count: usize) -> Result<Slice, Fault> {
        let mut slice = self.slice(start, count)?;
        slice.total = self.total.or_else(|| (!slice.before && !slice.after).then_some(slice.places.len() as u64));
        Ok(slice)
    }

    fn slice(&mut self, start: &Start, count: usize) -> Result<Slice, Fault> {
        match start {
            Start::First => self.downwards(None, count, false),
            Start::After(cursor) => self.downwards(Some(&cursor.0), count, true),
            Start::Last => self.upwards(None, count, false),
            Start::Before(cursor) => self.upwards(Some(&cursor.0), count, true),
            Start::Around(key, cursor) => {
                let own = self.order.place(self.txn, *key)?;
                match (own, cursor) {
                    (Some(place), _) if self.holds(&place)? => self.around(&place, true, count),
                    (_, Some(cursor)) => self.around(&cursor.0, false, count),
                    (_, None) => self.downwards(None, count, false),
                }
            }
        }
    }

    fn downwards(&mut self, from: Option<&[u8]>, count: usize, before: bool) -> Result<Slice, Fault> {
        let mut places = self.collect(from, false, count + 1)?;
        let after = places.len() > count;
        places.truncate(count);
        Ok(Slice { places, before, after, focus: None, total: None })
    }

    fn upwards(&mut self, from: Option<&[u8]>, count: usize, after: bool) -> Result<Slice, Fault> {
        let mut places = self.collect(from, true, count + 1)?;
        let before = places.len() > count;
        places.truncate(count);
        places.reverse();
        Ok(Slice { places, before, after, focus: None, total: None })
    }

    /// About half of the page before the place. A place that is no row of the list is not shown itself.
    fn around(&mut self, place: &[u8], own: bool, count: usize) -> Result<Slice, Fault> {
        let mut above = self.collect(Some(place), true, count + 1)?;
        let below = self.collect(Some(place), false, count + 1)?;
        let room = count.saturating_sub(usize::from(own));
        let take_above = above.len().min((room / 2).max(room.saturating_sub(below.len())));
        let before = above.len() > take_above;
        above.truncate(take_above);
        above.reverse();
        let mut places = above;
        let focus = Some(places.len().min((places.len() + below.len() + usize::from(own)).saturating_sub(1)));
        if own {
            places.push(place.to_vec());
        }
        let take_below = below.len().min(count.saturating_sub(places.len()));
        let after = below.len() > take_below;
        places.extend(below.into_iter().take(take_below));
        Ok(Slice { places, before, after, focus, total: None })
    }
}

/// The places of a page.
pub(super) struct Slice {
    pub(super) places: Places,
    pub(super) before: bool,
    pub(super) after: bool,
    pub(super) focus: Option<usize>,
    /// Rows of the whole list, if that is known.
    pub(super) total: Option<u64>,
}

/// Up to `most` places of these rows after `from`, or before it going up; nearest first.
fn candidates<T: Read>(
    txn: &T,
    order: &Order,
    reverse: bool,
    rows: &Rows,
    from: Option<&[u8]>,
    up: bool,
    most: usize,
) -> Result<Places, StoreError> {
    let mut places = Places::new();
    if most == 0 {
        return Ok(places);
    }
    match rows {
        Rows::Sorted(sorted) => return Ok(part_of(sorted, order, reverse, from, up, most)),
        Rows::Among(ids) => return order.among(txn, (reverse, up), from, ids, most),
        Rows::All => {}
    }
    order.walk(txn, reverse, from, up, &mut |place| {
        places.push(place.to_vec());
        if places.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(places)
}

/// The same of places that are sorted.
fn part_of(sorted: &[Vec<u8>], order: &Order, reverse: bool, from: Option<&[u8]>, up: bool, most: usize) -> Places {
    use std::cmp::Ordering::{Greater, Less};
    let side = |place: &Vec<u8>, from: &[u8]| order.compare(place, from, reverse);
    if up {
        let end = from.map_or(sorted.len(), |from| sorted.partition_point(|place| side(place, from) == Less));
        return sorted[..end].iter().rev().take(most).cloned().collect();
    }
    let start = from.map_or(0, |from| sorted.partition_point(|place| side(place, from) != Greater));
    sorted[start..].iter().take(most).cloned().collect()
}
