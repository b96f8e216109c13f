//! Who directed and who plays what: from people and characters to movies and back.

use super::{Asking, names};
use crate::catalog::Fault;
use crate::domain::{CharacterId, MovieId, Role};
use crate::search::language::{Span, Text};
use crate::store::credit::Credit;
use crate::store::shape::LentCharacter;
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

    pub(super) fn allow(&self, role: Role) -> bool {
        self.0.iter().all(|(other, wanted)| (*other == role) == *wanted)
    }

    /// The same of a role's number in the file.
    pub(super) fn allow_code(&self, role: u8) -> bool {
        self.0.is_empty() || Role::from_code(role).is_some_and(|role| self.allow(role))
    }

    /// Whether a credit is a part that has them; where none are asked for, a movie directed counts too.
    fn allow_credit(&self, credit: Credit) -> bool {
        if credit.character().is_some() { self.allow(credit.role) } else { self.0.is_empty() }
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
pub(super) fn played_by(txn: &impl Read, people: &IdSet, roles: &Roles, asking: Asking) -> Result<IdSet, Fault> {
    let mut movies = Gathered::default();
    txn.each_credit(people, &mut |_, credit| {
        asking.go_on()?;
        if credit.character().is_some() && roles.allow(credit.role) {
            movies.add(credit.movie.0);
        }
        Ok::<_, Fault>(())
    })?;
    Ok(movies.into_set())
}

/// The movies with a character of this name.
pub(super) fn with_characters(txn: &impl Read, name: &Text, roles: &Roles, asking: Asking) -> Result<IdSet, Fault> {
    let mut movies = Gathered::default();
    each_called(txn, name, roles, asking, &mut |part| movies.add(part.movie.0))?;
    Ok(movies.into_set())
}

/// The characters of this name, in order.
pub(super) fn called(txn: &impl Read, name: &Text, roles: &Roles, asking: Asking) -> Result<Vec<CharacterId>, Fault> {
    let mut parts = Vec::new();
    each_called(txn, name, roles, asking, &mut |part| parts.push(part))?;
    parts.sort_unstable();
    Ok(parts)
}

fn each_called(
    txn: &impl Read,
    name: &Text,
    roles: &Roles,
    asking: Asking,
    take: &mut dyn FnMut(CharacterId),
) -> Result<(), Fault> {
    let names = names::characters(txn, name, asking)?;
    txn.each_namesake(&names, &mut |credit| {
        asking.go_on()?;
        credit.character().filter(|_| roles.allow(credit.role)).into_iter().for_each(&mut *take);
        Ok::<_, Fault>(())
    })
}

/// The people who play these characters, given in order.
pub(super) fn players_of(txn: &impl Read, parts: &[CharacterId], asking: Asking) -> Result<IdSet, Fault> {
    let mut people = Gathered::default();
    each_part(txn, parts, asking, &mut |part| part.actors().for_each(|person| people.add(person.0)))?;
    Ok(people.into_set())
}

/// Looks at these parts, given in order: each cast is read once.
fn each_part(
    txn: &impl Read,
    parts: &[CharacterId],
    asking: Asking,
    visit: &mut dyn FnMut(&LentCharacter),
) -> Result<(), Fault> {
    let mut of_movies = parts.chunk_by(|a, b| a.movie == b.movie);
    let movies = of_movies.clone().map(|parts| parts[0].movie.0);
    txn.each_cast(movies, &mut |movie, cast| {
        asking.go_on()?;
        let parts = of_movies.find(|parts| parts[0].movie.0 == movie).unwrap_or_default();
        for one in &cast.characters {
            if parts.binary_search_by_key(&one.ordinal, |part| part.ordinal).is_ok() {
                visit(one);
            }
        }
        Ok(())
    })
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
    let filmographies = txn.filmographies()?;
    let mut found = Vec::new();
    for person in people.iter() {
        if filmographies.any(&person, &mut |credit| movies.contains(credit.movie.0) && roles.allow_credit(credit))? {
            found.push(person);
        }
    }
    Ok(found.into_iter().collect())
}
