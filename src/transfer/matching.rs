//! Which of the films that no id found the catalogue has all the same, and which people are those of its casts.

use super::aside::numbers;
use super::draft::MovieDraft;
use super::error::ImportError;
use super::intake::{Intake, apart, titled};
use crate::domain::{Candidate, Entity, External, Likeness, MovieId, PartialDate, Person, PersonId, Why, fold};
use crate::store::read::Read;
use crate::store::spool::Wound;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

/// Of one title so many movies are looked at.
const MOST: usize = 100;

/// A film of which it is not certain whether the catalogue has it.
pub(super) struct Doubt {
    pub number: u32,
    pub why: Why,
    pub candidates: Vec<Candidate>,
}

impl Intake<'_> {
    /// Finds films by title and year: the one movie that has both, unless it is known as another film of the source,
    /// which `numbers` its films itself. Where that is not certain, which they may be.
    pub(super) fn match_titles(&mut self, numbers: &dyn Fn(&External) -> bool) -> Result<Vec<Doubt>, ImportError> {
        let wanted = std::mem::take(&mut self.titled);
        let pairs = self.pairs(&wanted)?;
        let mut doubts: Vec<Doubt> = Vec::new();
        let mut claims: BTreeMap<MovieId, Vec<(u32, Candidate)>> = BTreeMap::new();
        for pairs in pairs.chunk_by(|one, other| one.0 == other.0) {
            let mut candidates = Vec::new();
            for (number, movie) in pairs.iter().take(MOST) {
                candidates.extend(self.candidate(*number, *movie, numbers, &wanted)?);
            }
            let number = pairs[0].0;
            let mut exact = candidates.iter().filter(|one| is_exact(one));
            match (exact.next(), exact.next()) {
                (Some(one), None) => claims.entry(one.movie).or_default().push((number, one.clone())),
                (Some(_), Some(_)) => doubts.push(Doubt { number, why: Why::Several, candidates }),
                _ => doubts.extend(why(&candidates).map(|why| Doubt { number, why, candidates })),
            }
        }
        let claimed = |movie: &MovieId| claims.get(movie).is_some_and(|films| films.len() == 1);
        doubts.retain_mut(|doubt| {
            // What is another film of the input for certain is not this one.
            doubt.candidates.retain(|one| doubt.why == Why::Several || !claimed(&one.movie));
            !doubt.candidates.is_empty()
        });
        for (movie, films) in claims {
            match films[..] {
                [(number, _)] => self.films[number as usize].movie = Some(movie),
                _ => doubts.extend(films.into_iter().map(|(number, candidate)| Doubt {
                    number,
                    why: Why::Claimed,
                    candidates: vec![candidate],
                })),
            }
        }
        doubts.sort_unstable_by_key(|doubt| doubt.number);
        Ok(doubts)
    }

    /// Films of the input and the movies they may be, as far as titles, years and ids tell: one walk over all titles.
    fn pairs(&mut self, wanted: &HashMap<u128, Vec<u32>>) -> Result<Vec<(u32, MovieId)>, ImportError> {
        let mut pairs = self.rivals.clone();
        if !wanted.is_empty() {
            let films = &self.films;
            let txn = self.glance.look()?.ok_or(ImportError::Moved)?;
            txn.scan_names(Entity::Movie, &mut |id, name| {
                let year = Some(name.year).filter(|year| *year != 0);
                for text in name.texts.lines() {
                    let numbers = wanted.get(&titled(text)).into_iter().flatten();
                    let near = numbers.filter(|number| !apart(films[**number as usize].year, year));
                    pairs.extend(near.map(|number| (*number, MovieId(id))));
                }
                ControlFlow::Continue(())
            })?;
        }
        pairs.sort_unstable();
        pairs.dedup();
        Ok(pairs)
    }

    /// What speaks for a movie being a film; none where it is another for certain, or nothing does.
    fn candidate(
        &mut self,
        number: u32,
        id: MovieId,
        numbers: &dyn Fn(&External) -> bool,
        wanted: &HashMap<u128, Vec<u32>>,
    ) -> Result<Option<Candidate>, ImportError> {
        let is_rival = self.rivals.contains(&(number, id));
        let Some(movie) = self.glance.look()?.ok_or(ImportError::Moved)?.movie(id)? else { return Ok(None) };
        let film = &self.films[number as usize];
        let known = !film.passing && (movie.external.iter().any(numbers) || film.is_not(&movie.external));
        if self.films_there.get(id.0).is_some() || known && !is_rival {
            return Ok(None);
        }
        let is_wanted = |title: &String| wanted.get(&titled(&fold(title))).is_some_and(|all| all.contains(&number));
        let title = if std::iter::once(&movie.title).chain(&movie.original_title).any(is_wanted) {
            Likeness::Same
        } else if movie.alternative_titles.iter().any(is_wanted) {
            Likeness::Alternative
        } else {
            Likeness::Other
        };
        let years = self.films[number as usize].year.zip(movie.released.map(PartialDate::year));
        let apart = years.map(|(one, other)| one.abs_diff(other));
        let candidate = Candidate { movie: id, title, apart, people: 0, id: is_rival };
        Ok(Some(candidate).filter(|one| is_exact(one) || why(std::slice::from_ref(one)).is_some()))
    }

    /// Finds people whom the source knows by name alone among those who made their movies: somebody of that name
    /// whom no other source knows by an id is who is meant wherever the source has the name. Whoever is known by an id
    /// is meant in that movie only.
    pub(super) fn match_casts(&mut self, drafts: &Wound<MovieDraft>) -> Result<StandIns, ImportError> {
        let mut found = StandIns::default();
        if self.named.is_empty() || self.films.iter().all(|film| film.movie.is_none()) {
            return Ok(found);
        }
        let (mut taken, mut needed): (BTreeSet<PersonId>, HashSet<u32>) = Default::default();
        let mut groups = drafts.groups()?;
        while let Some((film, group)) = groups.next_group()? {
            let used: BTreeSet<u32> =
                group.iter().flat_map(numbers).filter(|number| self.named.contains_key(number)).collect();
            let Some(movie) = self.films[film as usize].movie.filter(|_| !used.is_empty()) else {
                needed.extend(used);
                continue;
            };
            let makers = makers(self.glance.look()?.ok_or(ImportError::Moved)?, movie)?;
            for number in used {
                let known = self.people[number as usize];
                if makers.iter().any(|(id, ..)| Some(*id) == known) {
                    continue;
                }
                match makers.iter().find(|(_, name, _)| *name == self.named[&number]) {
                    None => {
                        needed.insert(number);
                    }
                    Some((id, _, person)) if known.is_none() && is_nobody_else(person) && taken.insert(*id) => {
                        self.people[number as usize] = Some(*id);
                    }
                    Some((id, ..)) => {
                        found.of.insert((film, number), *id);
                    }
                }
            }
        }
        let stands = found.of.keys().map(|(_, number)| *number);
        found.idle =
            stands.filter(|number| !needed.contains(number) && self.people[*number as usize].is_none()).collect();
        self.settle(&mut found, &mut taken);
        Ok(found)
    }

    /// Whoever is the same person in every movie is that person, so that what is told of them is not lost.
    fn settle(&mut self, found: &mut StandIns, taken: &mut BTreeSet<PersonId>) {
        let mut meant: BTreeMap<u32, BTreeSet<PersonId>> = BTreeMap::new();
        for ((_, number), id) in found.of.iter().filter(|((_, number), _)| found.idle.contains(number)) {
            meant.entry(*number).or_default().insert(*id);
        }
        for (number, ids) in meant {
            let only = ids.first().copied().filter(|id| ids.len() == 1 && !self.is_told_of(*id) && taken.insert(*id));
            if only.is_some() {
                self.people[number as usize] = only;
                found.idle.remove(&number);
            }
        }
    }
}

/// People known by name alone whose places others take.
#[derive(Default)]
pub(super) struct StandIns {
    /// By film and person of the input who is meant there.
    pub of: HashMap<(u32, u32), PersonId>,
    /// Who is somebody else wherever they are named.
    pub idle: HashSet<u32>,
}

/// Whether nothing but a name tells who a person is.
fn is_nobody_else(person: &Person) -> bool {
    person.external.iter().all(External::is_name)
}

/// The people who direct a movie or play in it, with their folded names.
fn makers(txn: &impl Read, movie: MovieId) -> Result<Vec<(PersonId, String, Person)>, ImportError> {
    let mut makers = named_cast(txn, movie)?;
    for id in txn.movie(movie)?.into_iter().flat_map(|movie| movie.directors) {
        if let Some(person) = txn.person(id)?.filter(|_| makers.iter().all(|(there, ..)| *there != id)) {
            makers.push((id, fold(&person.name()), person));
        }
    }
    Ok(makers)
}

/// Title and year are the same, and nothing speaks against it.
fn is_exact(one: &Candidate) -> bool {
    one.title == Likeness::Same && one.apart == Some(0) && !one.id
}

/// Why it is not certain that one of these is the film; none where nothing says that any is.
fn why(candidates: &[Candidate]) -> Option<Why> {
    let any = |why, fits: fn(&Candidate) -> bool| candidates.iter().any(fits).then_some(why);
    any(Why::Id, |one| one.id)
        .or(any(Why::Year, |one| one.title == Likeness::Same && one.apart == Some(1)))
        .or(any(Why::Alternative, |one| one.title == Likeness::Alternative && one.apart == Some(0)))
        .or(any(Why::Undated, |one| one.title == Likeness::Same && one.apart.is_none()))
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
