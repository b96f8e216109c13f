//! Parts of a movie become characters.

use super::assemble::{Assembler, look};
use super::draft::Part;
use super::error::ImportError;
use super::matching::named_cast;
use super::merge::Merge;
use crate::domain::{Character, Field, MovieId, Origin, Origins, PersonId, Timestamp, derive_role, fold};
use crate::store::read::Read;
use std::collections::HashSet;

/// The characters of one movie, by ordinal.
struct Cast {
    characters: Vec<(u32, Character)>,
    /// How many of them were there before.
    there: usize,
    next: u32,
    /// Only who acted is known, so that the place in the source's list is the place in the billing.
    plain: bool,
    changed: Vec<bool>,
}

impl Assembler<'_> {
    /// Makes the characters of a movie; whether any came or changed.
    pub(super) fn make_cast(&mut self, movie: MovieId, there: bool, parts: &[Part]) -> Result<bool, ImportError> {
        if parts.is_empty() {
            return Ok(false);
        }
        let block = if there { look!(self.glance).cast_block(movie)? } else { None };
        let mut characters = Vec::new();
        for one in block.iter().flat_map(|block| &block.characters) {
            characters.push((one.ordinal, one.character(block.as_ref().map_or(0, |block| block.since))?));
        }
        let mut cast = Cast {
            there: characters.len(),
            next: block.as_ref().map_or(1, |block| block.next.max(1)),
            plain: characters.iter().all(|(_, character)| character.name.is_empty()),
            changed: vec![false; characters.len()],
            characters,
        };
        let mut named: Option<Vec<(PersonId, String)>> = None;
        let mut seen = HashSet::new();
        for part in parts {
            let mut actors: Vec<PersonId> = part.actors().map(|number| self.people[number as usize]).collect();
            if cast.there > 0 && !part.known_as.is_empty() && !actors.first().is_some_and(|person| cast.has(*person)) {
                if named.is_none() {
                    let cast = named_cast(look!(self.glance), movie)?;
                    named = Some(cast.into_iter().map(|(id, name, _)| (id, name)).collect());
                }
                let found = named.iter().flatten().find(|(_, name)| *name == part.known_as);
                if let (Some((id, _)), Some(first)) = (found, actors.first_mut()) {
                    *first = *id;
                }
            }
            // Whoever stands in the list twice as the same has the first place.
            let place = seen.len() as u32;
            if seen.insert((actors.first().copied(), fold(&part.name))) {
                cast.take(place, actors, part, self.now, self.overwrite);
            }
        }
        for (place, changed) in cast.changed.iter().enumerate() {
            self.report.characters.count(place < cast.there, *changed);
        }
        let coming: Vec<(u32, Character)> = cast
            .characters
            .into_iter()
            .zip(&cast.changed)
            .filter(|(_, changed)| **changed)
            .map(|(one, _)| one)
            .collect();
        if coming.is_empty() {
            return Ok(false);
        }
        self.bulk.put_cast(movie, block, coming)?;
        Ok(true)
    }
}

impl Cast {
    fn has(&self, person: PersonId) -> bool {
        self.characters.iter().any(|(_, character)| character.actors.contains(&person))
    }

    /// The character that a part is: the actor's of that name. Where either side knows only who acted, any of the
    /// actor's that is not another of this list.
    fn find(&self, person: Option<&PersonId>, name: &str) -> Option<usize> {
        let name = fold(name);
        let Some(person) = person else {
            return self.characters.iter().position(|(_, one)| fold(&one.name) == name);
        };
        let by = |fits: &dyn Fn(&str) -> bool| {
            self.characters.iter().position(|(_, one)| one.actors.contains(person) && fits(&one.name))
        };
        by(&|other| fold(other) == name).or_else(|| by(&|other| name.is_empty() || other.is_empty()))
    }

    fn take(&mut self, place: u32, actors: Vec<PersonId>, part: &Part, now: Timestamp, overwrite: bool) {
        let derived = if part.role.is_some() { Origin::Imported } else { Origin::Derived };
        let told = Origins::default().with(Field::Kind, derived);
        let Some(at) = self.find(actors.first(), &part.name) else {
            let last = self.characters.iter().map(|(_, character)| character.billing).max();
            let billing = if self.plain { place } else { last.map_or(0, |last| last + 1) };
            let mut character = Character {
                name: part.name.clone(),
                description: part.description.clone(),
                role: part.role.unwrap_or_else(|| derive_role(billing as usize + 1, &part.name, part.archive)),
                actors,
                billing,
                origins: told,
                created: now,
                updated: now,
            };
            character.tidy();
            self.characters.push((self.next, character));
            self.changed.push(true);
            self.next += 1;
            return;
        };
        let character = &mut self.characters[at].1;
        let before = character.clone();
        let mut origins = character.origins;
        let mut merge = Merge { origins: &mut origins, told, overwrite };
        if character.name.is_empty() {
            merge.name(Field::Name, &mut character.name, &part.name);
        }
        merge.fill(Field::Description, &mut character.description, part.description.clone());
        merge.list(Field::People, &mut character.actors, actors);
        if let Some(role) = part.role {
            merge.set(Field::Kind, &mut character.role, role);
        }
        if self.plain {
            if merge.may(Field::Billing, true) {
                character.billing = place;
            }
            if part.role.is_none() && merge.may(Field::Kind, true) {
                character.role = derive_role(place as usize + 1, &character.name, part.archive);
            }
        }
        character.origins = origins;
        if *character != before {
            character.tidy();
            character.updated = now;
            self.changed[at] = true;
        }
    }
}
