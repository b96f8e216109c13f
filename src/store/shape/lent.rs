//! The characters of a movie as they stand in the bytes of their block: no text is copied.

use super::Times;
use super::cast::{CastShape, CharacterRest, DERIVED};
use crate::domain::PersonId;
use crate::store::codec::Layout;
use serde::Deserialize;

/// The same bytes as [`CastShape`].
#[derive(Debug, Deserialize)]
pub struct LentCast<'b> {
    #[expect(dead_code, reason = "stands in the bytes")]
    next: u32,
    #[expect(dead_code, reason = "stands in the bytes")]
    since: i64,
    /// The characters by ordinal.
    #[serde(borrow)]
    pub characters: Vec<LentCharacter<'b>>,
}

/// The same bytes as [`super::CharacterShape`].
#[derive(Debug, Deserialize)]
pub struct LentCharacter<'b> {
    /// Ordinal in the movie.
    pub ordinal: u32,
    role: u8,
    /// Name.
    pub name: &'b str,
    actor: u32,
    rest: Option<CharacterRest>,
}

impl LentCharacter<'_> {
    /// The code of the role.
    #[must_use]
    pub fn role(&self) -> u8 {
        self.role & !DERIVED
    }

    /// Who plays the character.
    pub fn actors(&self) -> impl Iterator<Item = PersonId> {
        super::cast::actors(self.actor, self.rest.as_ref())
    }
}

impl<'b> Layout<'b> for LentCast<'b> {
    const VERSION: u8 = CastShape::VERSION;
    type Before = First<'b>;
}

/// The first layout.
#[derive(Deserialize)]
pub struct First<'b> {
    next: u32,
    since: i64,
    #[serde(borrow)]
    characters: Vec<FirstCharacter<'b>>,
}

#[derive(Deserialize)]
struct FirstCharacter<'b> {
    ordinal: u32,
    name: &'b str,
    #[expect(dead_code, reason = "stands in the bytes")]
    description: &'b str,
    role: u8,
    actors: Vec<u32>,
    #[expect(dead_code, reason = "stands in the bytes")]
    billing: u32,
    #[expect(dead_code, reason = "stands in the bytes")]
    origins: u64,
    #[expect(dead_code, reason = "stands in the bytes")]
    times: Times,
}

impl<'b> From<First<'b>> for LentCast<'b> {
    fn from(kept: First<'b>) -> LentCast<'b> {
        let lend = |FirstCharacter { ordinal, name, role, actors, .. }: FirstCharacter<'b>| {
            let mut actors = actors.into_iter();
            let actor = actors.next().unwrap_or(0);
            let rest = super::rest(CharacterRest { others: actors.collect(), ..CharacterRest::default() });
            LentCharacter { ordinal, role, name, actor, rest }
        };
        LentCast { next: kept.next, since: kept.since, characters: kept.characters.into_iter().map(lend).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CastShape, Times};
    use super::LentCast;
    use crate::domain::{Character, Origins, PersonId, Role, Timestamp};
    use crate::store::codec::{decode_kept, encode, encode_shape};

    type FirstShape<'t> = (u32, &'t str, &'t str, u8, Vec<u32>, u32, u64, Times);

    fn is_read(bytes: &[u8]) {
        let lent: LentCast = decode_kept(bytes, "casts", 1).unwrap();
        let actors = |one: &super::LentCharacter| one.actors().map(|id| id.0).collect();
        let told: Vec<(u32, &str, u8, Vec<u32>)> =
            lent.characters.iter().map(|one| (one.ordinal, one.name, one.role(), actors(one))).collect();
        assert_eq!(told, [(1, "Jim", 2, vec![7, 70_000]), (4, "", 0, vec![])]);
    }

    #[test]
    fn bytes_are_read_as_they_were_written() {
        let one = |name: &str, role, actors: &[u32]| Character {
            name: name.to_owned(),
            description: Some("a sailor".to_owned()),
            role,
            actors: actors.iter().copied().map(PersonId).collect(),
            billing: 3,
            origins: Origins(9),
            created: Timestamp(1),
            updated: Timestamp(7),
        };
        let mut cast = CastShape::default();
        cast.put(1, one("Jim", Role::from_code(2).unwrap(), &[7, 70_000]));
        cast.put(4, one("", Role::from_code(0).unwrap(), &[]));
        is_read(&encode_shape(&cast));
        let first: [FirstShape; 2] = [
            (1, "Jim", "a sailor", 2, vec![7, 70_000], 3, 9, (-5, 7)),
            (4, "", "a sailor", 0, Vec::new(), 3, 9, (-5, 7)),
        ];
        is_read(&encode(&(5_u32, 1_i64 << 40, first.to_vec())));
    }
}
