//! The characters of a movie as they stand in the bytes of their block: no text is copied.

use super::Times;
use serde::Deserialize;

/// The same bytes as [`super::CastShape`].
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
    /// Name.
    pub name: &'b str,
    #[expect(dead_code, reason = "stands in the bytes")]
    description: &'b str,
    /// Role.
    pub role: u8,
    /// Actors.
    pub actors: Vec<u32>,
    #[expect(dead_code, reason = "stands in the bytes")]
    billing: u32,
    #[expect(dead_code, reason = "stands in the bytes")]
    origins: u64,
    #[expect(dead_code, reason = "stands in the bytes")]
    times: Times,
}

#[cfg(test)]
mod tests {
    use super::super::{CastShape, CharacterShape};
    use super::LentCast;
    use crate::store::codec::{decode_lent, encode};

    #[test]
    fn bytes_are_read_as_they_were_written() {
        let one = |ordinal, name: &str, role, actors| CharacterShape {
            ordinal,
            name: name.to_owned(),
            description: "a sailor".to_owned(),
            role,
            actors,
            billing: 3,
            origins: 9,
            times: (-5, 7),
        };
        let characters = vec![one(1, "Jim", 2, vec![7, 70_000]), one(4, "", 0, Vec::new())];
        let bytes = encode(&CastShape { next: 5, since: 1 << 40, characters });
        let lent: LentCast = decode_lent(&bytes, "casts", 1).unwrap();
        let told: Vec<_> =
            lent.characters.iter().map(|one| (one.ordinal, one.name, one.role, &one.actors[..])).collect();
        assert_eq!(told, [(1, "Jim", 2, &[7, 70_000][..]), (4, "", 0, &[])]);
    }
}
