//! The ids of every kind that are there: a few bits each, so that millions fit.

use crate::domain::Key;
use crate::store::posting::IdSet;

/// The ids that are there.
#[derive(Debug, Default)]
pub struct Ids {
    /// Of movies.
    pub movies: IdSet,
    /// Of people.
    pub people: IdSet,
    /// Of genres.
    pub genres: IdSet,
    /// Of countries.
    pub countries: IdSet,
    /// Of files.
    pub files: IdSet,
    /// Of accounts.
    pub accounts: IdSet,
    /// Of rows of the review queue.
    pub reviews: IdSet,
}

impl Ids {
    /// Whether a record is there. Characters and favorites are not asked for: nothing names them.
    #[must_use]
    pub fn has(&self, key: Key) -> bool {
        match key {
            Key::Movie(id) => self.movies.contains(id.0),
            Key::Person(id) => self.people.contains(id.0),
            Key::Genre(id) => self.genres.contains(id.0),
            Key::Country(id) => self.countries.contains(id.0),
            Key::File(id) => self.files.contains(id.0),
            Key::Account(id) => self.accounts.contains(id.0),
            Key::Review(id) => self.reviews.contains(id.0),
            Key::Character(_) | Key::Favorite(..) => true,
        }
    }
}
