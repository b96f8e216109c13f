//! From a filter to the ids it lets through.
//!
//! A query's tree becomes sets of ids out of the packed indexes, the cheapest first, so that what is dear looks at
//! the few records that are left.

mod among;
mod evaluate;
mod memory;
mod names;
mod parts;
mod ranges;
mod references;
#[cfg(test)]
mod tests;

use super::query::{MovieFilter, PersonFilter};
use super::{Actor, Fault};
use crate::domain::fold::fold;
use crate::search::language::{Subject, parse};
use crate::store::{IdSet, Posting, Read, StoreError};
use among::Among;
use evaluate::Evaluation;
pub(super) use memory::Memory;

/// Who asks about a list, and how.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) actor: Actor,
    /// What earlier questions left.
    pub(super) memory: &'a Memory,
    /// Whether they still wait for the answer.
    pub(super) wanted: &'a dyn Fn() -> bool,
}

impl Asking<'_> {
    /// Whether anybody still waits.
    pub(super) fn go_on(&self) -> Result<(), Fault> {
        if (self.wanted)() { Ok(()) } else { Err(Fault::Cancelled) }
    }
}

/// The movies a filter lets through; none where it lets all through.
pub(super) fn movie_ids(txn: &impl Read, asking: Asking, filter: &MovieFilter) -> Result<Option<IdSet>, Fault> {
    let mut ids = None;
    if !filter.genres.is_empty() {
        narrow(&mut ids, union(txn, Posting::Genre, filter.genres.iter().map(|id| id.0))?);
    }
    if !filter.countries.is_empty() {
        narrow(&mut ids, union(txn, Posting::Country, filter.countries.iter().map(|id| id.0))?);
    }
    if !filter.years.is_empty() {
        let mut years = IdSet::default();
        for (first, last) in &filter.years {
            years = years.or(&txn.posting_union(Posting::Year, u32::from((*first).max(1))..=u32::from(*last))?);
        }
        narrow(&mut ids, years);
    }
    if let Some(person) = filter.person {
        narrow(&mut ids, txn.credits(person)?.iter().map(|credit| credit.movie.0).collect());
    }
    queried(txn, asking, Subject::Movies, &filter.words, ids)
}

/// The movies that a query lets through, as typed after `=`; none where it lets all through.
///
/// # Errors
/// Where it is no query, the store fails, or it is not wanted any more.
pub fn movies_of(
    txn: &impl Read,
    actor: Actor,
    query: &str,
    wanted: &dyn Fn() -> bool,
) -> Result<Option<IdSet>, Fault> {
    let asking = Asking { actor, memory: &Memory::default(), wanted };
    movie_ids(txn, asking, &MovieFilter { words: query.to_owned(), ..MovieFilter::default() })
}

/// The people a filter lets through; none where it lets all through.
pub(super) fn person_ids(txn: &impl Read, asking: Asking, filter: &PersonFilter) -> Result<Option<IdSet>, Fault> {
    let ids = filter.country.map(|country| txn.posting(Posting::People, country.0)).transpose()?;
    queried(txn, asking, Subject::People, &filter.words, ids)
}

/// The movies among these that a query lets through.
pub(super) fn movies_among(txn: &impl Read, asking: Asking, words: &str, ids: IdSet) -> Result<IdSet, Fault> {
    Ok(queried(txn, asking, Subject::Movies, words, Some(ids))?.unwrap_or_default())
}

/// What a query leaves of these ids, or of all.
fn queried(
    txn: &impl Read,
    asking: Asking,
    subject: Subject,
    words: &str,
    ids: Option<IdSet>,
) -> Result<Option<IdSet>, Fault> {
    let query = parse(words)?;
    if query.is_empty() {
        return Ok(ids);
    }
    let found = Evaluation { txn, asking, subject }.run(&query, ids.as_ref())?;
    Ok(Some(match ids.map_or(Among::all(), Among::Only).and(found) {
        Among::Only(ids) => ids,
        Among::Except(gone) => all(txn, subject)?.minus(&gone),
    }))
}

/// Every id: each movie has a kind, each person a gender.
fn all(txn: &impl Read, subject: Subject) -> Result<IdSet, StoreError> {
    let kind = match subject {
        Subject::Movies => Posting::Kind,
        Subject::People => Posting::Gender,
    };
    txn.posting_union(kind, 0..=u32::MAX)
}

fn narrow(ids: &mut Option<IdSet>, more: IdSet) {
    *ids = Some(match ids.take() {
        Some(ids) => ids.and(&more),
        None => more,
    });
}

fn union(txn: &impl Read, kind: Posting, keys: impl Iterator<Item = u32>) -> Result<IdSet, StoreError> {
    let mut all = IdSet::default();
    for key in keys {
        all = all.or(&txn.posting(kind, key)?);
    }
    Ok(all)
}

/// Whether any of the names has every word typed; words may be unfinished.
pub(super) fn name_matches<'a>(words: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    let words = fold(words);
    names.any(|name| names::has_words(&fold(name), &words))
}
