//! From a filter to the ids it lets through.
//!
//! A query's tree becomes sets of ids out of the packed indexes, the cheapest first, so that what is dear looks at
//! the few records that are left.

mod among;
mod asked;
mod bounds;
mod evaluate;
mod memory;
mod names;
mod open;
mod parts;
mod plan;
mod ranges;
mod references;
mod settle;
#[cfg(test)]
mod tests;

use super::query::{MovieFilter, PersonFilter};
use super::{Actor, Fault};
use crate::domain::fold::fold;
use crate::search::language::{Subject, parse};
use crate::store::{IdSet, Posting, Read, StoreError};
use among::Among;
pub(super) use asked::Asked;
pub(super) use bounds::bounds;
use evaluate::Evaluation;
use memory::Filter;
pub(super) use memory::Memory;
use plan::Plan;

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

    /// What was found for this filter before, if nothing has changed since.
    fn recall(&self, txn: &impl Read, filter: &Filter) -> Result<Option<IdSet>, StoreError> {
        Ok(self.memory.sets.get(txn.revision()?, self.actor, filter))
    }

    fn remember(&self, txn: &impl Read, filter: &Filter, ids: &IdSet) -> Result<(), StoreError> {
        self.memory.sets.put(txn.revision()?, self.actor, filter, ids);
        Ok(())
    }
}

/// What a list is of.
pub(super) enum Choice<'t, T> {
    /// Every record.
    All,
    /// These.
    Ids(IdSet),
    /// Those that pass.
    Asked(Box<Asked<'t, T>>),
}

/// A page as it is wanted.
#[derive(Clone, Copy)]
pub(super) struct Paging {
    /// So many rows; none where all of the list is wanted.
    pub(super) rows: usize,
    /// Those with the most credits or votes come first.
    pub(super) best_known: bool,
}

/// All of a list.
const ALL: Paging = Paging { rows: 0, best_known: false };

/// The movies of a list of which a page is wanted.
pub(super) fn movies<'t, T: Read>(
    txn: &'t T,
    asking: Asking<'t>,
    filter: &MovieFilter,
    paging: Paging,
) -> Result<Choice<'t, T>, Fault> {
    choose(txn, asking, &Filter::Movies(filter.clone()), paging)
}

/// The people of a list of which a page is wanted.
pub(super) fn people<'t, T: Read>(
    txn: &'t T,
    asking: Asking<'t>,
    filter: &PersonFilter,
    paging: Paging,
) -> Result<Choice<'t, T>, Fault> {
    choose(txn, asking, &Filter::People(filter.clone()), paging)
}

/// The movies a filter lets through; none where it lets all through.
pub(super) fn movie_ids(txn: &impl Read, asking: Asking, filter: &MovieFilter) -> Result<Option<IdSet>, Fault> {
    ids(choose(txn, asking, &Filter::Movies(filter.clone()), ALL)?)
}

/// The people a filter lets through; none where it lets all through.
pub(super) fn person_ids(txn: &impl Read, asking: Asking, filter: &PersonFilter) -> Result<Option<IdSet>, Fault> {
    ids(choose(txn, asking, &Filter::People(filter.clone()), ALL)?)
}

fn ids<T: Read>(choice: Choice<'_, T>) -> Result<Option<IdSet>, Fault> {
    Ok(match choice {
        Choice::All => None,
        Choice::Ids(ids) => Some(ids),
        Choice::Asked(asked) => Some(asked.settle()?),
    })
}

/// What a filter lets through.
fn choose<'t, T: Read>(
    txn: &'t T,
    asking: Asking<'t>,
    filter: &Filter,
    paging: Paging,
) -> Result<Choice<'t, T>, Fault> {
    if let Some(ids) = asking.recall(txn, filter)? {
        return Ok(Choice::Ids(ids));
    }
    let (subject, words, chosen) = match filter {
        Filter::Movies(filter) => (Subject::Movies, &filter.words, chosen_movies(txn, filter)?),
        Filter::People(filter) => {
            let ids = filter.country.map(|country| txn.posting(Posting::People, country.0)).transpose()?;
            (Subject::People, &filter.words, ids)
        }
    };
    let query = parse(words)?;
    if query.is_empty() {
        return Ok(chosen.map_or(Choice::All, Choice::Ids));
    }
    let evaluation = Evaluation { txn, asking, subject, best_known: paging.best_known };
    let plan = evaluation.run(&query, chosen.as_ref())?;
    let plan = Plan::all([Plan::Known(chosen.map_or(Among::all(), Among::Only)), plan]);
    if let Plan::Known(found) = plan {
        return Ok(Choice::Ids(listed(txn, subject, found)?));
    }
    if let Some(asked) = Asked::new(evaluation, filter, &plan, paging.rows) {
        return Ok(Choice::Asked(Box::new(asked)));
    }
    let found = evaluation.settle(&plan, None)?;
    let ids = listed(txn, subject, found)?;
    asking.remember(txn, filter, &ids)?;
    Ok(Choice::Ids(ids))
}

fn chosen_movies(txn: &impl Read, filter: &MovieFilter) -> Result<Option<IdSet>, StoreError> {
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
    Ok(ids)
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

/// The movies among these that a query lets through.
pub(super) fn movies_among(txn: &impl Read, asking: Asking, words: &str, ids: IdSet) -> Result<IdSet, Fault> {
    let query = parse(words)?;
    let evaluation = Evaluation { txn, asking, subject: Subject::Movies, best_known: false };
    let plan = evaluation.run(&query, Some(&ids))?;
    let found = evaluation.settle(&plan, Some(&ids))?;
    listed(txn, Subject::Movies, found.and(Among::Only(ids)))
}

/// Those that pass, one by one.
fn listed(txn: &impl Read, subject: Subject, found: Among) -> Result<IdSet, Fault> {
    Ok(match found {
        Among::Only(ids) => ids,
        Among::Except(gone) => all(txn, subject)?.minus(&gone),
    })
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
