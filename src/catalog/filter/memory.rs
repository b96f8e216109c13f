//! What questions leave for those after them.

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
pub(super) struct Sets(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    revision: u64,
    /// Who asked, for what, and what passed; the newest first.
    sets: VecDeque<(Actor, Filter, IdSet)>,
}

impl Sets {
    /// What a filter let through.
    pub(super) fn get(&self, revision: u64, actor: Actor, filter: &Filter) -> Option<IdSet> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sets = shelf.sets.iter().filter(|_| shelf.revision == revision);
        sets.find(|(whose, of, _)| *whose == actor && of == filter).map(|(_, _, ids)| ids.clone())
    }

    /// Remembers what a filter let through.
    pub(super) fn put(&self, revision: u64, actor: Actor, filter: &Filter, ids: &IdSet) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.revision != revision {
            *shelf = Shelf { revision, ..Shelf::default() };
        }
        shelf.sets.truncate(SETS - 1);
        shelf.sets.push_front((actor, filter.clone(), ids.clone()));
    }
}
