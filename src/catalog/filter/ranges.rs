//! Ranges of dates and numbers: whole years and days by their packed sets, the rest by walks of the sort indexes.

use crate::domain::{Currency, Money, PartialDate};
use crate::search::language::Bounds;
use crate::store::entry::Index;
use crate::store::{IdSet, Order, Posting, Read, StoreError};
use std::ops::ControlFlow;

type Ids = Result<IdSet, StoreError>;

/// The ids at the places between two heads of keys that pass.
fn walk(txn: &impl Read, index: Index, low: &[u8], high: &[u8], pass: impl Fn(&[u8]) -> bool) -> Ids {
    let mut ids = Vec::new();
    Order::all(index).walk_between(txn, low, high, &mut |place| {
        if pass(place) {
            ids.push(Order::id(place));
        }
        ControlFlow::Continue(())
    })?;
    Ok(ids.into_iter().collect())
}

/// Records whose date lies wholly between two days: of the years in between all, of the first and last year those
/// whose known parts allow it.
pub(super) fn days(txn: &impl Read, years: Posting, index: Index, days: &Bounds<PartialDate>) -> Ids {
    let year = |date: PartialDate| u32::from(date.year());
    let whole = |date: PartialDate| PartialDate::new(date.year(), None, None).unwrap_or(date);
    let starts = days.low.is_none_or(|low| low == whole(low).earliest());
    let ends = days.high.is_none_or(|high| high == whole(high).latest());
    let (first, last) = (days.low.map_or(1, year), days.high.map_or(9_999, year));
    let (from, to) = (first + u32::from(!starts), last.saturating_sub(u32::from(!ends)));
    let mut ids = if from <= to { txn.posting_union(years, from..=to)? } else { IdSet::default() };
    let mut edges = vec![(first, starts), (last, ends)];
    edges.dedup_by_key(|(year, _)| *year);
    for (year, _) in edges.into_iter().filter(|(year, _)| !(from..=to).contains(year)) {
        let held = |place: &[u8]| date_at(place).is_some_and(|date| days.hold_all(date));
        ids = ids.or(&walk(txn, index, &(year << 9).to_be_bytes(), &(year << 9 | 511).to_be_bytes(), held)?);
    }
    Ok(ids)
}

fn date_at(place: &[u8]) -> Option<PartialDate> {
    place.first_chunk::<4>().and_then(|bytes| PartialDate::from_packed(u32::from_be_bytes(*bytes)))
}

/// Movies that came in between two days.
pub(super) fn added(txn: &impl Read, days: &Bounds<PartialDate>) -> Ids {
    let packed = |date: PartialDate| date.packed();
    txn.posting_union(Posting::Added, days.low.map_or(0, packed)..=days.high.map_or(u32::MAX, packed))
}

/// Movies by running time; 0 in the index is an unknown one.
pub(super) fn durations(txn: &impl Read, times: &Bounds<u32>) -> Ids {
    let (low, high) = (times.low.unwrap_or(1).max(1), times.high.unwrap_or(u32::MAX));
    walk(txn, Index::Duration, &low.to_be_bytes(), &high.to_be_bytes(), |_| true)
}

/// Movies by rating, which the index keeps plus one; 0 there is an unknown one.
pub(super) fn ratings(txn: &impl Read, ratings: &Bounds<u16>) -> Ids {
    let (low, high) = (ratings.low.unwrap_or(0) + 1, ratings.high.map_or(u16::MAX, |high| high + 1));
    walk(txn, Index::Rating, &low.to_be_bytes(), &high.to_be_bytes(), |_| true)
}

/// Movies by votes; no votes are as good as unknown ones.
pub(super) fn votes(txn: &impl Read, votes: &Bounds<u32>) -> Ids {
    let (low, high) = (votes.low.unwrap_or(1).max(1), votes.high.unwrap_or(u32::MAX));
    walk(txn, Index::Popularity, &low.to_be_bytes(), &high.to_be_bytes(), |_| true)
}

/// Movies by budget in one currency.
pub(super) fn budgets(txn: &impl Read, currency: Currency, amounts: &Bounds<i64>) -> Ids {
    let key = |amount| Money { currency, amount }.key();
    let (low, high) = (key(amounts.low.unwrap_or(0)), key(amounts.high.unwrap_or(i64::MAX)));
    walk(txn, Index::Budget, &low, &high, |_| true)
}
