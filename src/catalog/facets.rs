//! Counts of the filter pane: how many of the listed movies fall on each genre, country and decade.

use super::Fault;
use super::answer::Facets;
use super::filter::{Asking, movie_ids};
use super::query::MovieFilter;
use crate::domain::{CountryId, GenreId};
use crate::store::{IdSet, Posting, Read, StoreError};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Exact counts over the movies a filter lets through; genres and countries most first, decades newest first.
pub(super) fn facets(txn: &impl Read, asking: Asking, filter: &MovieFilter) -> Result<Facets, Fault> {
    let listed = movie_ids(txn, asking, filter)?.map(|ids| ids.widened());
    let mut facets = Facets::default();
    for (id, count) in counts(txn, Posting::Genre, listed.as_ref())? {
        if let Some(genre) = txn.genre(GenreId(id))? {
            facets.genres.push((GenreId(id), genre.name, count));
        }
    }
    asking.go_on()?;
    for (id, count) in counts(txn, Posting::Country, listed.as_ref())? {
        if let Some(country) = txn.country(CountryId(id))? {
            facets.countries.push((CountryId(id), country.name, count));
        }
    }
    let mut decades = BTreeMap::new();
    for (year, count) in counts(txn, Posting::Year, listed.as_ref())? {
        *decades.entry(year as u16 / 10 * 10).or_insert(0) += count;
    }
    facets.decades = decades.into_iter().rev().collect();
    facets.genres.sort_by(|a, b| (Reverse(a.2), &a.1).cmp(&(Reverse(b.2), &b.1)));
    facets.countries.sort_by(|a, b| (Reverse(a.2), &a.1).cmp(&(Reverse(b.2), &b.1)));
    Ok(facets)
}

fn counts(txn: &impl Read, kind: Posting, listed: Option<&IdSet>) -> Result<Vec<(u32, u64)>, StoreError> {
    let mut counts = Vec::new();
    txn.scan_postings(kind, 0..=u32::MAX, false, &mut |key, set| {
        let count = listed.map_or_else(|| set.len(), |listed| listed.and_len(&set));
        if count > 0 {
            counts.push((key, count));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(counts)
}
