//! Lists that an account saved under names of its own.

use super::Entity;
use super::tidy::{Flaw, line};
use serde::{Deserialize, Serialize};

/// A list that an account saved under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its name, unique among the account's when folded.
    pub name: String,
    /// What it lists: movies, people or favorites.
    pub entity: Entity,
    /// The query that narrows it; may be empty.
    pub query: String,
    /// The word of the column that it is sorted by.
    pub sort: String,
    /// From large to small.
    pub reverse: bool,
}

impl View {
    /// The most characters of a name.
    pub const NAME_MAX: usize = 60;
    /// An account has at most so many.
    pub const MOST: usize = 64;

    /// Makes its texts fit to be kept.
    pub fn tidy(&mut self) {
        line(&mut self.name);
        line(&mut self.query);
        line(&mut self.sort);
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        let fits = (1..=Self::NAME_MAX).contains(&self.name.chars().count());
        let listed = matches!(self.entity, Entity::Movie | Entity::Person | Entity::Favorite);
        Flaw::list([
            (!fits, "views", "the name of a view has 1 to 60 characters"),
            (!listed, "views", "a view lists movies, people or favorites"),
        ])
    }
}
