//! Who directed and who plays what: from people and characters to movies and back.

use super::{Asking, names};
use crate::catalog::Fault;
use crate::domain::{CharacterId, MovieId, PersonId, Role};
use crate::search::language::{Span, Text};
use crate::store::{Gathered, IdSet, Read, StoreError};

/// The people of at most so many films are gathered film by film.
const FILMS_MAX: u64 = 20_000;

/// Roles that a part must have, or must not.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles(Vec<(Role, bool)>);

impl Roles {
    pub(super) fn push(&mut self, role: Role, wanted: bool) {
        self.0.push((role, wanted));
    }

    fn allow(&self, role: Role) -> bool {
        self.0.iter().all(|(other, wanted)| (*other == role) == *wanted)
    }

    /// Whether a part has them; a record is read only where something is asked.
    fn held_by(&self, txn: &impl Read, part: CharacterId) -> Result<bool, StoreError> {
        if self.0.is_empty() {
            return Ok(true);
        }
        Ok(txn.character(part)?.is_some_and(|character| self.allow(character.role)))
    }
}

/// The movies that any of these people directed.
pub(super) fn directed(txn: &impl Read, people: &IdSet, asking: Asking) -> Result<IdSet, Fault> {
    let mut movies = Gathered::default();
    txn.each_credit(people, &mut |_, credit| {
        asking.go_on()?;
        if credit.character().is_none() {
            movies.add(credit.movie.0);
        }
        Ok::<_, Fault>(())
    })?;
    Ok(movies.into_set())
}

/// The movies that any of these people plays in.
pub(super) fn played_by(
    txn: &impl Read,
    people: &IdSet,
    roles: &Roles,
    within: Option<&IdSet>,
    asking: Asking,
) -> Result<IdSet, Fault> {
    let mut movies = Gathered::default();
    txn.each_credit(people, &mut |_, credit| {
        asking.go_on()?;
        if let Some(part) = credit.character()
            && here(within, part.movie)
            && roles.held_by(txn, part)?
        {
            movies.add(part.movie.0);
        }
        Ok::<_, Fault>(())
    })?;
    Ok(movies.into_set())
}

/// The movies with a character of this name.
pub(super) fn with_characters(
    txn: &impl Read,
    name: &Text,
    roles: &Roles,
    within: Option<&IdSet>,
    asking: Asking,
) -> Result<IdSet, Fault> {
    let names = names::characters(txn, name, asking)?;
    let mut movies = Gathered::default();
    txn.each_namesake(&names, &mut |part| {
        asking.go_on()?;
        if here(within, part.movie) && roles.held_by(txn, part)? {
            movies.add(part.movie.0);
        }
        Ok::<_, Fault>(())
    })?;
    Ok(movies.into_set())
}

/// The people who play a character of this name.
pub(super) fn players_of(
    txn: &impl Read,
    name: &Text,
    roles: &Roles,
    asking: Asking,
) -> Result<IdSet, Fault> {
    let names = names::characters(txn, name, asking)?;
    let mut people = Vec::new();
    txn.each_namesake(&names, &mut |part| {
        asking.go_on()?;
        if let Some(character) = txn.character(part)?.filter(|character| roles.allow(character.role)) {
            people.extend(character.actors.iter().map(|person| person.0));
        }
        Ok::<_, Fault>(())
    })?;
    Ok(people.into_iter().collect())
}

/// The people who directed or play in any of these movies; with roles, who play.
pub(super) fn people_in(
    txn: &impl Read,
    movies: &IdSet,
    roles: &Roles,
    within: Option<&IdSet>,
    span: &Span,
) -> Result<IdSet, Fault> {
    if let Some(few) = within.filter(|few| few.len() <= movies.len()) {
        return Ok(with_credit_in(txn, few, movies, roles)?);
    }
    if movies.len() > FILMS_MAX {
        let says = format!("{} films are called so: say more of the title", movies.len());
        return Err(Fault::Query { says, span: span.clone() });
    }
    let mut people = Vec::new();
    for movie in movies.iter().map(MovieId) {
        if roles.0.is_empty() {
            people.extend(txn.movie(movie)?.into_iter().flat_map(|movie| movie.directors));
        }
        let cast = txn.cast(movie)?.into_iter().filter(|(_, character)| roles.allow(character.role));
        people.extend(cast.flat_map(|(_, character)| character.actors));
    }
    Ok(people.into_iter().map(|person| person.0).collect())
}

/// Those of the people who have a credit in any of the movies.
fn with_credit_in(txn: &impl Read, people: &IdSet, movies: &IdSet, roles: &Roles) -> Result<IdSet, StoreError> {
    let mut found = Vec::new();
    for person in people.iter() {
        for credit in txn.credits(PersonId(person))? {
            let counts = movies.contains(credit.movie.0)
                && match credit.character() {
                    Some(part) => roles.held_by(txn, part)?,
                    None => roles.0.is_empty(),
                };
            if counts {
                found.push(person);
                break;
            }
        }
    }
    Ok(found.into_iter().collect())
}

fn here(within: Option<&IdSet>, movie: MovieId) -> bool {
    within.is_none_or(|ids| ids.contains(movie.0))
}
