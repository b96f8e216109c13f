//! Ids in other databases as keys: those that are numbers as numbers, so that millions of them take less room.

use super::row::number;
use crate::domain::{Entity, External, Source};

/// Stands before a number; no text begins with it.
const NUMBER: u8 = 0;

/// The key of an id in another database: entity, source, the id.
#[must_use]
pub fn key(entity: Entity, external: &External) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 + external.id.len());
    key.extend([entity.code(), external.source.code()]);
    match number_of(entity, external) {
        Some(number) => {
            key.push(NUMBER);
            key.extend(number.to_be_bytes());
        }
        None => key.extend_from_slice(external.id.as_bytes()),
    }
    key
}

/// What all keys of a database begin with.
#[must_use]
pub fn head(entity: Entity, source: Source) -> [u8; 2] {
    [entity.code(), source.code()]
}

/// The id of a key.
#[must_use]
pub fn id(key: &[u8]) -> String {
    match key {
        [entity, source, NUMBER, number @ ..] if number.len() == 4 => {
            let number = self::number(number, 0);
            match letters(Entity::from_code(*entity), Source::from_code(*source)) {
                "" => number.to_string(),
                letters => format!("{letters}{number:07}"),
            }
        }
        key => String::from_utf8_lossy(key.get(2..).unwrap_or_default()).into_owned(),
    }
}

/// The letters before the number of an id.
fn letters(entity: Option<Entity>, source: Option<Source>) -> &'static str {
    match (source, entity) {
        (Some(Source::Imdb), Some(Entity::Person)) => "nm",
        (Some(Source::Imdb), _) => "tt",
        _ => "",
    }
}

/// The number of an id that is one, written as [`id`] writes it.
fn number_of(entity: Entity, external: &External) -> Option<u32> {
    let letters = letters(Some(entity), Some(external.source));
    let digits = external.id.strip_prefix(letters)?;
    let least = if letters.is_empty() { 1 } else { 7 };
    let is_usual = digits.len() == least || digits.len() > least && !digits.starts_with('0');
    let is_number = is_usual && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_take_five_bytes() {
        for (entity, source, id, length) in [
            (Entity::Movie, Source::Imdb, "tt0034583", 7),
            (Entity::Person, Source::Imdb, "nm10872600", 7),
            (Entity::Movie, Source::Tmdb, "289", 7),
            (Entity::Person, Source::Imdb, "tt0034583", 11),
            (Entity::Movie, Source::Imdb, "tt034583", 10),
            (Entity::Movie, Source::Imdb, "tt4294967296", 14),
            (Entity::Movie, Source::Wikipedia, "1984", 7),
            (Entity::Movie, Source::Wikipedia, "007", 5),
            (Entity::Movie, Source::Table, "films:7", 9),
        ] {
            assert_eq!(key(entity, &External { source, id: id.to_owned() }).len(), length, "{id}");
        }
    }

    proptest! {
        #[test]
        fn a_key_tells_its_id_and_no_other(
            ids in prop::collection::vec((0..7_u8, any::<bool>(), "(tt|nm|~)?[0-9]{1,11}|[ -~]{1,12}"), 2)
        ) {
            let read = |(source, of_movie, id): &(u8, bool, String)| {
                let entity = if *of_movie { Entity::Movie } else { Entity::Person };
                (entity, External { source: Source::from_code(*source).unwrap(), id: id.clone() })
            };
            let keys: Vec<Vec<u8>> = ids.iter().map(read).map(|(entity, one)| key(entity, &one)).collect();
            for (one, key) in ids.iter().zip(&keys) {
                let (entity, external) = read(one);
                prop_assert_eq!(id(key), external.id);
                prop_assert!(key.starts_with(&head(entity, external.source)));
            }
            prop_assert_eq!(ids[0] == ids[1], keys[0] == keys[1]);
        }
    }
}
