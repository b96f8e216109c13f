//! Characters: the parts of a movie and who plays them.

use super::tidy::{Flaw, has_twice, line, prose, unique};
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// The last rank of a leading part.
pub const LEADING: usize = 3;
/// The last rank of a supporting part.
pub const SUPPORTING: usize = 15;

/// The role that a place in the billing suggests, counted from 1. An extra, an uncredited part and a part put
/// together from archive footage are in the background wherever they stand.
#[must_use]
pub fn derive_role(rank: usize, character: &str, archive: bool) -> Role {
    if archive || is_noted(character) {
        Role::Background
    } else if rank <= LEADING {
        Role::Leading
    } else if rank <= SUPPORTING {
        Role::Supporting
    } else {
        Role::Background
    }
}

/// Whether the character's text says `extra`, or `uncredited` in brackets.
fn is_noted(character: &str) -> bool {
    let says = |text: &str, word: &str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|part| part.eq_ignore_ascii_case(word))
    };
    let notes = character.split('(').skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
    says(character, "extra") || notes.into_iter().any(|note| says(note, "uncredited"))
}

impl Character {
    /// Makes every text fit to be kept and every list free of repeats.
    pub fn tidy(&mut self) {
        line(&mut self.name);
        prose(&mut self.description);
        unique(&mut self.actors);
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        let nobody = self.name.is_empty() && self.actors.is_empty();
        Flaw::list([
            (nobody, "name", "a character needs a name or an actor"),
            (has_twice(&self.actors), "actors", "nobody plays the same character twice"),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn billing_suggests_the_role() {
        use Role::{Background, Leading, Supporting};
        for (rank, character, archive, role) in [
            (1, "Rick Blaine", false, Leading),
            (3, "", false, Leading),
            (4, "Captain Renault", false, Supporting),
            (15, "Sam", false, Supporting),
            (16, "Waiter", false, Background),
            (1, "Newsreader (uncredited)", false, Background),
            (1, "Pilot (voice, Uncredited)", false, Background),
            (2, "Extra", false, Background),
            (2, "Dinner Extra #2", false, Background),
            (1, "E.T. the Extra-Terrestrial", false, Leading),
            (1, "The Uncredited Man", false, Leading),
            (1, "Himself", true, Background),
        ] {
            assert_eq!(derive_role(rank, character, archive), role, "{rank} {character}");
        }
    }
}
