//! Characters: the parts of a movie and who plays them.

use super::{Origins, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// How much of the movie rests on a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Role {
    /// A lead.
    Leading = 0,
    /// A supporting part.
    #[default]
    Supporting = 1,
    /// In the background.
    Background = 2,
}

/// A character of one movie. Rules: name and actors are not both empty; no actor twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Character {
    /// The part's name; empty where a source knows only who acted.
    pub name: String,
    /// Description; may hold several lines.
    pub description: Option<String>,
    /// Leading, supporting or background.
    pub role: Role,
    /// Who plays it, the principal actor first.
    pub actors: Vec<PersonId>,
    /// Place in the billing, counted from 0; the cast is listed by it, then by ordinal.
    pub billing: u32,
    /// Where each field came from.
    pub origins: Origins,
    /// When the record was made.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}
