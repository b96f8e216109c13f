//! Who directed and who plays what: from people and characters to movies and back.

use super::Asking;
use super::names::{self, Wanted};
use crate::catalog::Fault;
use crate::domain::{CharacterId, Entity, MovieId, Role};
use crate::search::index::Part;
use crate::search::language::{Span, Text};
use crate::store::credit::Credit;
use crate::store::entry::namesake_key;
use crate::store::shape::LentCharacter;
use crate::store::word;
use crate::store::{Gathered, IdSet, Read, StoreError, Whose};

/// The people of at most so many films are gathered film by film.
const FILMS_MAX: u64 = 20_000;

/// Roles that a part must have, or must not.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles(Vec<(Role, bool)>);

impl Roles {
    pub(super) fn push(&mut self, role: Role, wanted: bool) {
        self.0.push((role, wanted));
    }

    /// Whether a credit of somebody or of a character will do; who directs has no role.
    fn allow(&self, whose: Whose, credit: Credit) -> bool {
        self.0.is_empty() || whose == Whose::Director || self.allow_role(credit.role)
    }

    fn allow_role(&self, role: Role) -> bool {
        self.0.iter().all(|(other, wanted)| (*other == role) == *wanted)
    }

    /// Whether a credit is a part that has them; where none are asked for, a movie directed counts too.
    fn allow_credit(&self, credit: Credit) -> bool {
        if credit.character().is_some() { self.allow_role(credit.role) } else { self.0.is_empty() }
    }
}

/// The movies that somebody of this name directed, or plays in.
pub(super) fn credited(
    txn: &impl Read,
    whose: Whose,
    name: &Text,
    roles: &Roles,
    asking: Asking,
) -> Result<IdSet, Fault> {
    if let [word] = &Wanted::new(name).parts()[..] {
        return Ok(by_word(txn, whose, word, roles)?);
    }
    let people = names::having(txn, Entity::Person, std::slice::from_ref(name), None, asking)?;
    let mut movies = Gathered::default();
    txn.each_credit(&people, &mut |_, credit| {
        asking.go_on()?;
        if word::whose(credit) == whose && roles.allow(whose, credit) {
            movies.add(credit.movie.0);
        }
        Ok::<_, Fault>(())
    })?;
    Ok(movies.into_set())
}

/// The movies with a character of this name.
pub(super) fn with_characters(txn: &impl Read, name: &Text, roles: &Roles, asking: Asking) -> Result<IdSet, Fault> {
    if let [word] = &Wanted::new(name).parts()[..] {
        return Ok(by_word(txn, Whose::Character, word, roles)?);
    }
    Ok(called(txn, name, roles, asking)?.into_iter().map(|part| part.movie.0).collect())
}

/// The movies that one word of names leads to.
fn by_word(txn: &impl Read, whose: Whose, word: &Part, roles: &Roles) -> Result<IdSet, StoreError> {
    let mut movies = Gathered::default();
    txn.each_credit_by_word(whose, &word.word, !word.whole, &mut |credits| {
        for credit in credits {
            if roles.allow(whose, credit) {
                movies.add(credit.movie.0);
            }
        }
    })?;
    Ok(movies.into_set())
}

/// The characters of this name, in order.
pub(super) fn called(txn: &impl Read, name: &Text, roles: &Roles, asking: Asking) -> Result<Vec<CharacterId>, Fault> {
    let wanted = Wanted::new(name);
    let mut words = wanted.parts();
    words.sort_by_cached_key(|word| {
        txn.count_credits_by_word(Whose::Character, &word.word, !word.whole).unwrap_or(u64::MAX)
    });
    let rarest = words.first().cloned().unwrap_or(Part { word: String::new(), whole: false });
    let mut parts = Vec::new();
    txn.each_credit_by_word(Whose::Character, &rarest.word, !rarest.whole, &mut |credits| {
        let fit = credits.filter(|credit| roles.allow(Whose::Character, *credit));
        parts.extend(fit.filter_map(Credit::character));
    })?;
    parts.sort_unstable();
    parts.dedup();
    for word in words.iter().skip(1) {
        asking.go_on()?;
        keep_called(txn, &mut parts, word)?;
    }
    if wanted.is_phrase() {
        let mut proven = Vec::new();
        each_part(txn, &parts, asking, &mut |id, part| {
            let name = namesake_key(part.name);
            proven.extend(std::str::from_utf8(&name).is_ok_and(|name| wanted.stands_in(name)).then_some(id));
        })?;
        return Ok(proven);
    }
    Ok(parts)
}

/// Keeps those of the parts whose name has a word.
fn keep_called(txn: &impl Read, parts: &mut Vec<CharacterId>, word: &Part) -> Result<(), StoreError> {
    let movies: IdSet = parts.iter().map(|part| part.movie.0).collect();
    let mut have = vec![false; parts.len()];
    txn.each_credit_by_word(Whose::Character, &word.word, !word.whole, &mut |credits| {
        let near = credits.filter(|credit| movies.contains(credit.movie.0)).filter_map(Credit::character);
        for at in near.filter_map(|part| parts.binary_search(&part).ok()) {
            have[at] = true;
        }
    })?;
    let mut have = have.into_iter();
    parts.retain(|_| have.next() == Some(true));
    Ok(())
}

/// The people who play these characters, given in order.
pub(super) fn players_of(txn: &impl Read, parts: &[CharacterId], asking: Asking) -> Result<IdSet, Fault> {
    let mut people = Gathered::default();
    each_part(txn, parts, asking, &mut |_, part| part.actors().for_each(|person| people.add(person.0)))?;
    Ok(people.into_set())
}

/// Looks at these parts, given in order: each cast is read once.
fn each_part(
    txn: &impl Read,
    parts: &[CharacterId],
    asking: Asking,
    visit: &mut dyn FnMut(CharacterId, &LentCharacter),
) -> Result<(), Fault> {
    let mut of_movies = parts.chunk_by(|a, b| a.movie == b.movie);
    let movies = of_movies.clone().map(|parts| parts[0].movie.0);
    txn.each_cast(movies, &mut |movie, cast| {
        asking.go_on()?;
        let parts = of_movies.find(|parts| parts[0].movie.0 == movie).unwrap_or_default();
        for one in &cast.characters {
            if parts.binary_search_by_key(&one.ordinal, |part| part.ordinal).is_ok() {
                visit(CharacterId { movie: MovieId(movie), ordinal: one.ordinal }, one);
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
        let cast = txn.cast(movie)?.into_iter().filter(|(_, character)| roles.allow_role(character.role));
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
