//! What questions leave for those after them.

use super::casts::Casts;
use super::open::Costs;
use crate::catalog::Actor;
use crate::catalog::query::{MovieFilter, PersonFilter};
use crate::search::index::Kept;
use crate::store::IdSet;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// So many sets are remembered.
const SETS: usize = 4;

/// What is remembered from one question to the next, of a bounded size.
#[derive(Default)]
pub(in crate::catalog) struct Memory {
    /// Rows of the finder's index.
    pub(in crate::catalog) rows: Kept,
    pub(super) casts: Casts,
    pub(super) sets: Sets,
    pub(super) costs: Costs,
}

/// What a set is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Movies(MovieFilter),
    People(PersonFilter),
}

/// Sets that were dear to make, of one revision.
#[derive(Default)]
pub(super) struct Sets(Mutex<(u64, VecDeque<(Actor, Filter, IdSet)>)>);

impl Sets {
    /// What a filter let through.
    pub(super) fn get(&self, revision: u64, actor: Actor, filter: &Filter) -> Option<IdSet> {
        let sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |(whose, of, _): &&(Actor, Filter, IdSet)| *whose == actor && of == filter;
        sets.1.iter().find(same).filter(|_| sets.0 == revision).map(|(_, _, ids)| ids.clone())
    }

    /// Remembers what a filter let through.
    pub(super) fn put(&self, revision: u64, actor: Actor, filter: &Filter, ids: &IdSet) {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sets.0 != revision {
            *sets = (revision, VecDeque::new());
        }
        sets.1.truncate(SETS - 1);
        sets.1.push_front((actor, filter.clone(), ids.clone()));
    }
}
