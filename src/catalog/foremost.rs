//! What people are known for, as of one revision: found out once, not at every key. Those whom a few letters find are
//! mostly the same, and the longest filmographies are theirs.

use crate::domain::{MovieId, PersonId};
use std::collections::HashMap;
use std::mem::take;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many people are remembered at most, half of them for sure.
const MOST: usize = 40_000;

/// Movies that people are known for, for all who ask one catalogue.
#[derive(Default)]
pub(super) struct Foremost(Mutex<Known>);

/// Movies by person, as of one revision.
#[derive(Default)]
pub(super) struct Known {
    revision: u64,
    /// Those asked for since the others became old.
    young: HashMap<PersonId, Vec<MovieId>>,
    old: HashMap<PersonId, Vec<MovieId>>,
}

impl Foremost {
    /// What is known as of this revision.
    pub(super) fn as_of(&self, revision: u64) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.revision != revision {
            *known = Known { revision, ..Known::default() };
        }
        known
    }
}

impl Known {
    /// The movies of a person.
    pub(super) fn of(&mut self, person: PersonId) -> Option<Vec<MovieId>> {
        if let Some(movies) = self.young.get(&person) {
            return Some(movies.clone());
        }
        let movies = self.old.remove(&person)?;
        self.remember(person, movies.clone());
        Some(movies)
    }

    /// Remembers what somebody is known for.
    pub(super) fn remember(&mut self, person: PersonId, movies: Vec<MovieId>) {
        self.young.insert(person, movies);
        if self.young.len() >= MOST / 2 {
            self.old = take(&mut self.young);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_known_until_something_changes_and_bounded() {
        let foremost = Foremost::default();
        foremost.as_of(3).remember(PersonId(1), vec![MovieId(7)]);
        assert_eq!(foremost.as_of(3).of(PersonId(1)), Some(vec![MovieId(7)]));
        let mut known = foremost.as_of(4);
        assert_eq!(known.of(PersonId(1)), None);
        for id in 0..=MOST as u32 {
            known.remember(PersonId(id), Vec::new());
            assert!(known.of(PersonId(0)).is_some() && known.young.len() + known.old.len() <= MOST);
        }
        assert_eq!(known.of(PersonId(1)), None);
    }
}
