//! What the finder needs of a store.

use crate::domain::Entity;
use std::error::Error;
use std::ops::ControlFlow;

/// Why names could not be read.
pub type Trouble = Box<dyn Error + Send + Sync>;

/// So many letters of a text are searched: no more are ever compared.
pub const TEXT: usize = 440;

/// What is searched of one movie, person or character.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    /// The record's id. A name of characters is known by its text; it has the id of the best-known movie with one, or 0.
    pub id: u32,
    /// How well known it is: votes of a movie, credits of a person.
    pub weight: u32,
    /// Year of release or birth, 0 where unknown.
    pub year: u16,
    /// Folded texts, one a line: title, original title, alternatives; or name, other names.
    pub texts: &'a str,
}

/// A store of names that can be walked through.
pub trait Names {
    /// Shows every name of one kind to `visit`, in any order, until it breaks off.
    ///
    /// # Errors
    /// Whatever reading may fail with.
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble>;
}
