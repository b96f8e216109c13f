//! What people are known for, as of one revision: found out once, not at every key. Those whom a few letters find are
//! mostly the same, and the longest filmographies are theirs.

use crate::domain::{MovieId, PersonId};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many people are remembered at most.
const MOST: usize = 10_000;

/// Movies that people are known for, for all who ask one catalogue.
#[derive(Default)]
pub(super) struct Foremost(Mutex<Known>);

/// Movies by person, as of one revision.
#[derive(Default)]
pub(super) struct Known {
    revision: u64,
    movies: HashMap<PersonId, Vec<MovieId>>,
}

impl Foremost {
    /// What is known as of this revision.
    pub(super) fn as_of(&self, revision: u64) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.revision != revision || known.movies.len() > MOST {
            *known = Known { revision, movies: HashMap::new() };
        }
        known
    }
}

impl Known {
    /// The movies of a person.
    pub(super) fn of(&self, person: PersonId) -> Option<&Vec<MovieId>> {
        self.movies.get(&person)
    }

    /// Remembers what these people are known for.
    pub(super) fn remember<'m>(&mut self, found: impl Iterator<Item = (&'m PersonId, &'m Vec<MovieId>)>) {
        self.movies.extend(found.map(|(person, movies)| (*person, movies.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_known_until_something_changes_and_bounded() {
        let foremost = Foremost::default();
        let one = [(PersonId(1), vec![MovieId(7)])];
        foremost.as_of(3).remember(one.iter().map(|(person, movies)| (person, movies)));
        assert_eq!(foremost.as_of(3).of(PersonId(1)), Some(&vec![MovieId(7)]));
        assert_eq!(foremost.as_of(4).of(PersonId(1)), None);
        let many: Vec<_> = (0..=MOST as u32).map(|id| (PersonId(id), Vec::new())).collect();
        foremost.as_of(4).remember(many.iter().map(|(person, movies)| (person, movies)));
        assert_eq!(foremost.as_of(4).of(PersonId(1)), None);
    }
}
