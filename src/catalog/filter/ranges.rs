//! Ranges of dates and numbers: whole bands of values by their packed sets, what is left at both ends by walks of the
//! sort indexes.

use crate::domain::{Currency, Money, PartialDate};
use crate::search::language::Bounds;
use crate::store::entry::Index;
use crate::store::{Bands, IdSet, Order, Posting, Read, StoreError};
use std::ops::ControlFlow;

type Ids = Result<IdSet, StoreError>;

/// The smallest and the largest value of a range, as an index has them.
pub(super) type Ends = (u128, u128);

/// The ids whose values lie between two, both included; at the ends those whose places pass.
fn between(txn: &impl Read, index: Index, (low, high): Ends, pass: &dyn Fn(&[u8]) -> bool) -> Ids {
    let bands = Bands::of(index).expect("what is asked for in ranges is laid in bands");
    // 0 stands for a value that is not known.
    let low = low.max(1);
    let (first, last) = (bands.band(low), bands.band(high));
    let starts = bands.first(first).max(1) == low;
    let ends = bands.last(last) == high;
    let (from, to) = (u64::from(first) + u64::from(!starts), u64::from(last) + u64::from(ends));
    let mut ids =
        if from < to { txn.posting_union(bands.posting, from as u32..=to as u32 - 1)? } else { IdSet::default() };
    if !starts {
        ids = ids.or(&walk(txn, &bands, low, high.min(bands.last(first)), pass)?);
    }
    if !ends && (starts || first != last) {
        ids = ids.or(&walk(txn, &bands, low.max(bands.first(last)), high, pass)?);
    }
    Ok(ids)
}

fn walk(txn: &impl Read, bands: &Bands, low: u128, high: u128, pass: &dyn Fn(&[u8]) -> bool) -> Ids {
    let mut ids = Vec::new();
    Order::all(bands.index).walk_between(txn, &bands.head(low), &bands.head(high), &mut |place| {
        if pass(place) {
            ids.push(Order::id(place));
        }
        ControlFlow::Continue(())
    })?;
    Ok(ids.into_iter().collect())
}

/// Records whose date lies wholly between two days.
pub(super) fn days(txn: &impl Read, index: Index, days: &Bounds<PartialDate>) -> Ids {
    between(txn, index, ends_of_days(days), &|place| date_at(place).is_some_and(|date| days.hold_all(date)))
}

pub(super) fn ends_of_days(days: &Bounds<PartialDate>) -> Ends {
    let low = days.low.map_or(1, |low| u128::from(widest(low).packed()));
    let high = days.high.map_or(u128::from(u32::MAX), |high| {
        let year = PartialDate::new(high.year(), None, None).filter(|year| year.latest() == high);
        u128::from(year.map_or(high.packed(), |year| year.packed() | 511))
    });
    (low, high)
}

/// The month or year that begins with this day, which are before it in the index; or the day.
fn widest(day: PartialDate) -> PartialDate {
    let year = PartialDate::new(day.year(), None, None);
    let month = PartialDate::new(day.year(), day.month(), None);
    [year, month].into_iter().flatten().find(|date| date.earliest() == day).unwrap_or(day)
}

fn date_at(place: &[u8]) -> Option<PartialDate> {
    place.first_chunk::<4>().and_then(|bytes| PartialDate::from_packed(u32::from_be_bytes(*bytes)))
}

/// Movies that came in between two days.
pub(super) fn added(txn: &impl Read, days: &Bounds<PartialDate>) -> Ids {
    let packed = |date: PartialDate| date.packed();
    txn.posting_union(Posting::Added, days.low.map_or(0, packed)..=days.high.map_or(u32::MAX, packed))
}

/// Movies by a number that the index keeps plus `offset`.
fn numbers(low: Option<u32>, high: Option<u32>, offset: u32) -> Ends {
    let value = |number: u32| u128::from(number) + u128::from(offset);
    (low.map_or(1, value), high.map_or(u128::from(u32::MAX), value))
}

/// Movies by running time.
pub(super) fn durations(txn: &impl Read, times: &Bounds<u32>) -> Ids {
    between(txn, Index::Duration, ends_of_numbers(times), &|_| true)
}

/// Movies by votes; no votes are as good as unknown ones.
pub(super) fn votes(txn: &impl Read, votes: &Bounds<u32>) -> Ids {
    between(txn, Index::Popularity, ends_of_numbers(votes), &|_| true)
}

pub(super) fn ends_of_numbers(bounds: &Bounds<u32>) -> Ends {
    numbers(bounds.low, bounds.high, 0)
}

/// Movies by rating.
pub(super) fn ratings(txn: &impl Read, ratings: &Bounds<u16>) -> Ids {
    between(txn, Index::Rating, ends_of_ratings(ratings), &|_| true)
}

pub(super) fn ends_of_ratings(ratings: &Bounds<u16>) -> Ends {
    numbers(ratings.low.map(u32::from), Some(ratings.high.unwrap_or(u16::MAX - 1).into()), 1)
}

/// Movies by budget in one currency.
pub(super) fn budgets(txn: &impl Read, currency: Currency, amounts: &Bounds<i64>) -> Ids {
    between(txn, Index::Budget, ends_of_budgets(currency, amounts), &|_| true)
}

pub(super) fn ends_of_budgets(currency: Currency, amounts: &Bounds<i64>) -> Ends {
    let value = |amount| Money { currency, amount }.key().iter().fold(0, |value, byte| value << 8 | u128::from(*byte));
    (value(amounts.low.unwrap_or(0)), value(amounts.high.unwrap_or(i64::MAX)))
}
