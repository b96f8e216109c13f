//! Casts as the file keeps them.

use super::{Times, created, first, known, rest, some, times, updated};
use crate::domain::{Character, Field, Origin, Origins, PersonId, Role};
use crate::store::codec::Layout;
use crate::store::error::Result;
use serde::{Deserialize, Serialize};

/// The characters of one movie as kept.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CastShape {
    /// The ordinal to give next.
    pub next: u32,
    /// The moment the characters' own are counted from.
    pub since: i64,
    /// The characters by ordinal.
    pub characters: Vec<CharacterShape>,
}

impl Layout<'_> for CastShape {
    const VERSION: u8 = 2;
    type Before = first::Cast;
}

impl CastShape {
    /// Puts a character at its ordinal, in place of any that is there.
    pub fn put(&mut self, ordinal: u32, character: Character) {
        if self.characters.is_empty() {
            self.since = character.created.0;
        }
        let shape = CharacterShape::new(ordinal, character, self.since);
        match self.characters.binary_search_by_key(&ordinal, |one| one.ordinal) {
            Ok(there) => self.characters[there] = shape,
            Err(there) => self.characters.insert(there, shape),
        }
        self.next = self.next.max(ordinal + 1);
    }

    /// Takes a character out; its ordinal is not given again.
    pub fn take(&mut self, ordinal: u32) {
        self.characters.retain(|one| one.ordinal != ordinal);
    }
}

/// A character as kept in its movie's block.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct CharacterShape {
    /// Ordinal in the movie.
    pub ordinal: u32,
    /// Role; its highest bit says that nothing but it was concluded.
    pub role: u8,
    /// Name.
    pub name: String,
    /// The first actor, or 0.
    pub actor: u32,
    /// What most characters have nothing in.
    pub rest: Option<CharacterRest>,
}

/// The role was concluded, and every other field was told.
pub(super) const DERIVED: u8 = 1 << 7;

/// What most characters have nothing in.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CharacterRest {
    /// Description.
    pub description: String,
    /// Further actors.
    pub others: Vec<u32>,
    /// Billing, counted from the place before the ordinal, which most have.
    pub billing: i64,
    /// Origins, two bits a field, where they are others than the role says.
    pub origins: u64,
    /// Created, counted from the block's moment; updated, counted from created.
    pub times: Times,
}

impl Layout<'_> for CharacterShape {
    const VERSION: u8 = 2;
    type Before = first::Character;
}

impl CharacterShape {
    /// A character in the shape kept in a block that counts from `since`.
    #[must_use]
    pub fn new(ordinal: u32, character: Character, since: i64) -> Self {
        let (made, later) = times(character.created, character.updated);
        CharacterShape::lay(first::Character {
            ordinal,
            name: character.name,
            description: character.description.unwrap_or_default(),
            role: character.role.code(),
            actors: character.actors.into_iter().map(|id| id.0).collect(),
            billing: character.billing,
            origins: character.origins.0,
            times: (made.wrapping_sub(since), later),
        })
    }

    /// The same in the layout of today.
    pub(super) fn lay(one: first::Character) -> Self {
        let is_derived = one.origins == derived();
        let mut actors = one.actors.into_iter();
        CharacterShape {
            ordinal: one.ordinal,
            role: one.role | if is_derived { DERIVED } else { 0 },
            name: one.name,
            actor: actors.next().unwrap_or(0),
            rest: rest(CharacterRest {
                description: one.description,
                others: actors.collect(),
                billing: i64::from(one.billing) - usual(one.ordinal),
                origins: if is_derived { 0 } else { one.origins },
                times: one.times,
            }),
        }
    }

    /// Who plays the character.
    pub fn actors(&self) -> impl Iterator<Item = PersonId> {
        actors(self.actor, self.rest.as_ref())
    }

    /// The character, of a block that counts from `since`.
    ///
    /// # Errors
    /// [`crate::store::StoreError::Damaged`] where a code stands for nothing.
    pub fn character(&self, since: i64) -> Result<Character> {
        let nothing = CharacterRest::default();
        let rest = self.rest.as_ref().unwrap_or(&nothing);
        let times = (since.wrapping_add(rest.times.0), rest.times.1);
        let billing = usual(self.ordinal).wrapping_add(rest.billing);
        Ok(Character {
            name: self.name.clone(),
            description: some(rest.description.clone()),
            role: known(Role::from_code(self.role & !DERIVED), "role")?,
            actors: self.actors().collect(),
            billing: known(u32::try_from(billing).ok(), "billing")?,
            origins: Origins(if self.role & DERIVED == 0 { rest.origins } else { derived() }),
            created: created(times),
            updated: updated(times),
        })
    }
}

/// The first actor and the further ones.
pub(super) fn actors(first: u32, rest: Option<&CharacterRest>) -> impl Iterator<Item = PersonId> {
    let others = rest.into_iter().flat_map(|rest| rest.others.iter().copied());
    Some(first).filter(|actor| *actor != 0).into_iter().chain(others).map(PersonId)
}

/// The place in the billing that most characters of an ordinal have.
fn usual(ordinal: u32) -> i64 {
    i64::from(ordinal) - 1
}

fn derived() -> u64 {
    Origins::default().with(Field::Kind, Origin::Derived).0
}
