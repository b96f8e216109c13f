//! Parts of a movie become characters.

use super::assemble::{Assembler, look};
use super::draft::Part;
use super::error::ImportError;
use super::matching::named_cast;
use super::merge::Merge;
use crate::domain::{Character, Field, MovieId, Origin, Origins, PersonId, Role, Timestamp, derive_role, fold};
use crate::store::read::Read;
use std::collections::{HashMap, HashSet};

/// What the report calls parts of people whom the source does not have.
const UNTOLD: &str = "credits of people who are not among its people";

/// Where a part stands in a source's list.
#[derive(Clone, Copy)]
struct Place {
    /// Counted from 0.
    place: u32,
    /// That of its actor among the actors, counted from 1.
    rank: u32,
}

/// The characters of one movie, by ordinal.
struct Cast {
    characters: Vec<(u32, Character)>,
    /// Those that were there before, as they were.
    before: Vec<(u32, Character)>,
    next: u32,
    /// Only who acted is known, so that the place in the source's list is the place in the billing.
    plain: bool,
    /// The places of the characters by their folded names, once a part comes that nobody plays.
    named: Option<HashMap<String, usize>>,
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
            before: characters.clone(),
            next: block.as_ref().map_or(1, |block| block.next.max(1)),
            plain: characters.iter().all(|(_, character)| character.name.is_empty()),
            characters,
            named: None,
        };
        let mut named: Option<Vec<(PersonId, String)>> = None;
        let mut seen: Vec<(Option<PersonId>, u32, &str)> = Vec::new();
        let mut unplayed: HashSet<String> = HashSet::new();
        let mut persons = 0;
        self.warm_people(parts.iter().flat_map(Part::actors));
        for part in parts {
            let mut actors: Vec<PersonId> = part.actors().filter_map(|number| self.somebody(number)).collect();
            if actors.is_empty() && part.actors().next().is_some() {
                self.report.leave(UNTOLD, 1);
                continue;
            }
            if !cast.before.is_empty()
                && !part.known_as.is_empty()
                && !actors.first().is_some_and(|person| cast.has(*person))
            {
                if named.is_none() {
                    let cast = named_cast(look!(self.glance), movie)?;
                    named = Some(cast.into_iter().map(|(id, name, _)| (id, name)).collect());
                }
                let found = named.iter().flatten().find(|(_, name)| *name == part.known_as);
                if let (Some((id, _)), Some(first)) = (found, actors.first_mut()) {
                    *first = *id;
                }
            }
            // Whoever stands in the list twice as the same has the first place; whoever plays several parts has one rank.
            let person = actors.first().copied();
            let before = seen.iter().filter(|(there, ..)| person.is_some() && *there == person);
            let is_told = match person {
                Some(_) => before.clone().any(|(.., name)| *name == part.name || fold(name) == fold(&part.name)),
                None => !unplayed.insert(fold(&part.name)),
            };
            if is_told {
                continue;
            }
            let rank = before.map(|(_, rank, _)| *rank).next().unwrap_or(persons + 1);
            persons = persons.max(rank);
            let place = Place { place: seen.len() as u32, rank };
            seen.push((person, rank, &part.name));
            cast.take(place, actors, part, self.now, self.overwrite);
        }
        let mut coming = Vec::new();
        for (place, one) in cast.characters.into_iter().enumerate() {
            let before = cast.before.get(place);
            let changed = before != Some(&one);
            self.report.characters.count(before.is_some(), changed);
            if changed {
                let (ordinal, mut character) = one;
                character.tidy();
                character.updated = self.now;
                coming.push((ordinal, character));
            }
        }
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
    fn find(&mut self, person: Option<&PersonId>, name: &str) -> Option<usize> {
        let folded = || fold(name);
        let is_same = |other: &str| other == name || fold(other) == folded();
        let Some(person) = person else {
            // The first of a name is the last to be put in.
            let all = self.characters.iter().enumerate().rev().map(|(at, (_, one))| (fold(&one.name), at));
            return self.named.get_or_insert_with(|| all.collect()).get(&folded()).copied();
        };
        let by = |fits: &dyn Fn(&str) -> bool| {
            self.characters.iter().position(|(_, one)| one.actors.contains(person) && fits(&one.name))
        };
        by(&is_same).or_else(|| by(&|other| other.is_empty() || folded().is_empty()))
    }

    fn take(
        &mut self,
        Place { place, rank }: Place,
        actors: Vec<PersonId>,
        part: &Part,
        now: Timestamp,
        overwrite: bool,
    ) {
        let derived = if part.role.is_some() { Origin::Imported } else { Origin::Derived };
        let told = Origins::default().with(Field::Kind, derived);
        let Some(at) = self.find(actors.first(), &part.name) else {
            let last = self.characters.iter().map(|(_, character)| character.billing).max();
            let (billing, rank) = match (part.billing, last.filter(|_| !self.plain)) {
                (Some(billing), _) => (billing, billing + 1),
                (None, Some(last)) => (last + 1, last + 2),
                (None, None) => (place, rank),
            };
            let character = Character {
                name: part.name.clone(),
                description: part.description.clone(),
                role: part.role.unwrap_or_else(|| role(rank, &part.name, part)),
                actors,
                billing,
                origins: told,
                created: now,
                updated: now,
            };
            if let Some(named) = &mut self.named {
                named.entry(fold(&character.name)).or_insert(self.characters.len());
            }
            self.characters.push((self.next, character));
            self.next += 1;
            return;
        };
        self.named.take_if(|_| self.characters[at].1.name.is_empty());
        let character = &mut self.characters[at].1;
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
            let (billing, rank) = part.billing.map_or((place, rank), |billing| (billing, billing + 1));
            if merge.may(Field::Billing, true) {
                character.billing = billing;
            }
            if part.role.is_none() && merge.may(Field::Kind, true) {
                character.role = role(rank, &character.name, part);
            }
        }
        character.origins = origins;
    }
}

/// The role that a rank suggests.
fn role(rank: u32, name: &str, part: &Part) -> Role {
    let role = derive_role(rank as usize, name, part.archive);
    if part.guest { role.max(Role::Supporting) } else { role }
}
