//! Which of the films that no id found the catalogue has all the same, and which people are those of its casts.

use super::draft::{MovieDraft, Part};
use super::error::ImportError;
use super::intake::{Intake, titled};
use crate::domain::{Entity, External, Movie, MovieId, PartialDate, Person, PersonId, Source, fold};
use crate::store::read::Read;
use crate::store::spool::Wound;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

impl Intake<'_> {
    /// Finds films by title and year: the one movie that has both, unless it is known as another film of this source.
    pub(super) fn match_titles(&mut self, source: Source) -> Result<(), ImportError> {
        if self.titled.is_empty() {
            return Ok(());
        }
        let mut candidates: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let wanted = std::mem::take(&mut self.titled);
        let txn = self.glance.look()?.ok_or(ImportError::Moved)?;
        txn.scan_names(Entity::Movie, &mut |id, name| {
            for text in name.texts.lines() {
                for number in wanted.get(&titled(text, name.year)).into_iter().flatten() {
                    candidates.entry(*number).or_default().insert(id);
                }
            }
            ControlFlow::Continue(())
        })?;
        let mut claims: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (number, ids) in candidates {
            let mut fit = Vec::new();
            for id in ids {
                let movie = self.glance.look()?.ok_or(ImportError::Moved)?.movie(MovieId(id))?;
                let free = !self.films_there.contains_key(&MovieId(id));
                if movie.is_some_and(|movie| free && is_candidate(&movie, number, source, &wanted)) {
                    fit.push(id);
                }
            }
            match fit[..] {
                [] => {}
                [one] => claims.entry(one).or_default().push(number),
                _ => self.report.doubtful += 1,
            }
        }
        for (id, numbers) in claims {
            match numbers[..] {
                [number] => self.films[number as usize].movie = Some(MovieId(id)),
                _ => self.report.doubtful += numbers.len() as u64,
            }
        }
        Ok(())
    }

    /// Finds people whom the source knows by name alone in the casts of their movies: somebody of that name whom no
    /// other source knows by an id is who is meant wherever the source has the name.
    pub(super) fn match_casts(&mut self, drafts: &Wound<MovieDraft>) -> Result<(), ImportError> {
        if self.films.iter().all(|film| film.movie.is_none()) || self.people.iter().all(Option::is_some) {
            return Ok(());
        }
        let mut taken: BTreeSet<PersonId> = BTreeSet::new();
        let mut groups = drafts.groups()?;
        while let Some((number, group)) = groups.next_group()? {
            let Some(movie) = self.films[number as usize].movie else { continue };
            let unknown = |part: &&Part| !part.known_as.is_empty() && self.people[part.person as usize].is_none();
            let parts: Vec<Part> = group.iter().flat_map(|draft| &draft.cast).filter(unknown).cloned().collect();
            if parts.is_empty() {
                continue;
            }
            let cast = named_cast(self.glance.look()?.ok_or(ImportError::Moved)?, movie)?;
            for part in parts {
                let found = cast.iter().find(|(_, name, person)| *name == part.known_as && person.external.is_empty());
                if let Some((id, ..)) = found.filter(|(id, ..)| taken.insert(*id)) {
                    self.people[part.person as usize] = Some(*id);
                }
            }
        }
        Ok(())
    }
}

/// Has one of the titles, and is not known as another film of the source.
fn is_candidate(
    movie: &Movie,
    number: u32,
    source: Source,
    wanted: &std::collections::HashMap<u128, Vec<u32>>,
) -> bool {
    let Some(year) = movie.released.map(PartialDate::year) else { return false };
    let is_wanted = |title: &String| wanted.get(&titled(&fold(title), year)).is_some_and(|all| all.contains(&number));
    movie.external.iter().all(|External { source: other, .. }| *other != source)
        && std::iter::once(&movie.title).chain(&movie.original_title).any(is_wanted)
}

/// The people who play in a movie, with their folded names.
pub(super) fn named_cast(txn: &impl Read, movie: MovieId) -> Result<Vec<(PersonId, String, Person)>, ImportError> {
    let mut named: Vec<(PersonId, String, Person)> = Vec::new();
    for (_, character) in txn.cast(movie)? {
        for id in character.actors {
            if let Some(person) = txn.person(id)? {
                named.push((id, fold(&person.name()), person));
            }
        }
    }
    Ok(named)
}
