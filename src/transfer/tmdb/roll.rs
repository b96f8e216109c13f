//! A daily list of ids: nothing of it comes in, it tells which ids of the catalogue TMDB has no more.

use super::facts::{has, id};
use crate::domain::{Entity, MovieId, PersonId, Source};
use crate::store::IdSet;
use crate::store::read::Read;
use crate::transfer::ImportError;
use crate::transfer::assemble::look;
use crate::transfer::intake::Intake;
use serde_json::Value;
use std::ops::ControlFlow;
use std::path::Path;

/// The ids of a list.
#[derive(Default)]
pub(super) struct Roll {
    movies: IdSet,
    people: IdSet,
}

impl Roll {
    /// What a line of a list is about, if it is one.
    pub(super) fn entity(of: &Value) -> Option<Entity> {
        let known = ["id", "adult", "popularity", "video", "original_title", "name"];
        if !of.as_object()?.keys().all(|key| known.contains(&key.as_str())) || !has(of, &["adult"]) {
            return None;
        }
        match (has(of, &["original_title"]), has(of, &["name"])) {
            (true, false) => Some(Entity::Movie),
            (false, true) => Some(Entity::Person),
            _ => None,
        }
    }

    pub(super) fn add(&mut self, of: &Value) {
        let Some(id) = id(of, "id").and_then(|id| id.parse().ok()) else { return };
        match Roll::entity(of) {
            Some(Entity::Movie) => self.movies.insert(id),
            _ => self.people.insert(id),
        };
    }

    /// Remarks on the ids of the catalogue that are not in the list.
    pub(super) fn compare(&self, file: &Path, intake: &mut Intake) -> Result<(), ImportError> {
        for (entity, ids, what) in [(Entity::Movie, &self.movies, "movies"), (Entity::Person, &self.people, "people")] {
            if ids.is_empty() {
                continue;
            }
            let (mut gone, mut there) = (Vec::new(), 0);
            look!(intake.glance).scan_external(entity, Source::Tmdb, &mut |id, owner| {
                if id.parse().is_ok_and(|id| ids.contains(id)) {
                    there += 1;
                } else {
                    gone.push((id.to_owned(), owner));
                }
                ControlFlow::Continue(())
            })?;
            let says = format!("of the {what} here it lists {there}, and {} no more", gone.len());
            intake.report.note(file, 0, says);
            let listed = intake.report.listed;
            for (place, (id, owner)) in gone.into_iter().enumerate() {
                // Who is not listed need not be looked up.
                let name = if place < listed { name(entity, owner, intake)? } else { String::new() };
                intake.report.note(file, 0, format!("{name} is not in it: it has no {id}"));
            }
        }
        Ok(())
    }
}

fn name(entity: Entity, owner: u32, intake: &mut Intake) -> Result<String, ImportError> {
    let txn = look!(intake.glance);
    let name = match entity {
        Entity::Movie => txn.movie(MovieId(owner))?.map(|movie| movie.title),
        _ => txn.person(PersonId(owner))?.map(|person| person.name()),
    };
    Ok(name.unwrap_or_default())
}
