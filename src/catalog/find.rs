//! The finder and the pickers: names out of the store into `search`, its findings into hits.

use super::answer::{Choice, Hit, Hits};
use super::detail::favorites_of;
use super::label::{Labels, title_and_year};
use super::query::Find;
use super::recent::Recent;
use super::{Actor, Fault};
use crate::domain::fold::fold;
use crate::domain::{AccountId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId};
use crate::search::{self, Found, Question};
use crate::store::entry::Index;
use crate::store::{Order, Read, StoreError};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Whose favorites, and what they opened lately, come before others.
pub(super) struct Dear<'c> {
    pub(super) actor: Actor,
    pub(super) recent: &'c Mutex<Recent>,
}

/// Answers the finder.
pub(super) fn find(txn: &impl Read, dear: &Dear, find: &Find, wanted: &dyn Fn() -> bool) -> Result<Hits, Fault> {
    let start = Instant::now();
    let question = Question::parse(&find.text);
    let me = dear.actor.account();
    let recent = dear.recent.lock().unwrap_or_else(PoisonError::into_inner).of(dear.actor);
    let favorites: HashSet<MovieId> = match me {
        Some(me) => favorites_of(txn, me)?.into_iter().collect(),
        None => HashSet::new(),
    };
    let preferred = |entity: Entity, id| {
        entity == Entity::Movie && favorites.contains(&MovieId(id)) || recent.contains(&(entity.code(), id))
    };
    let found = search::index::find(&txn.finder()?, &question, find.only, find.limit, &|| !wanted(), &preferred)
        .map_err(|trouble| Fault::Store(trouble.to_string()))?;
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    if !wanted() {
        return Err(Fault::Cancelled);
    }
    let mut hits = Vec::with_capacity(found.len());
    let mut labels = Labels::new(txn, me);
    for one in &found {
        let hit = match one.entity {
            Entity::Movie => movie_hit(txn, &mut labels, me, one)?,
            Entity::Person => person_hit(txn, &mut labels, one)?,
            _ => character_hit(txn, &mut labels, one)?,
        };
        hits.extend(hit.map(|hit| Hit { marks: search::marks(&question, &hit.text), ..hit }));
    }
    Ok(Hits { hits, micros })
}

fn movie_hit(
    txn: &impl Read,
    labels: &mut Labels<'_, impl Read>,
    me: Option<AccountId>,
    found: &Found,
) -> Result<Option<Hit>, StoreError> {
    let id = MovieId(found.id);
    let Some(movie) = txn.movie(id)? else { return Ok(None) };
    let mut note = match movie.directors.first() {
        Some(director) => labels.person(*director)?.map(|named| named.name).unwrap_or_default(),
        None => String::new(),
    };
    let titles = std::iter::once(&movie.title).chain(&movie.original_title).chain(&movie.alternative_titles);
    let text = text_at(titles, found.place);
    if text != movie.title {
        note = if note.is_empty() { movie.title.clone() } else { format!("{} · {note}", movie.title) };
    }
    Ok(Some(Hit {
        key: Key::Movie(id),
        text,
        marks: Vec::new(),
        year: movie.released.map(crate::domain::PartialDate::year),
        note,
        score: found.score,
        favorite: match me {
            Some(me) => txn.favorite(me, id)?.is_some(),
            None => false,
        },
    }))
}

fn person_hit(txn: &impl Read, labels: &mut Labels<'_, impl Read>, found: &Found) -> Result<Option<Hit>, StoreError> {
    let id = PersonId(found.id);
    let Some(person) = txn.person(id)? else { return Ok(None) };
    let name = person.name();
    let text = text_at(std::iter::once(&name).chain(&person.other_names), found.place);
    let known = labels.known_for(id)?.unwrap_or_default();
    let note = match (text == name, known.is_empty()) {
        (true, _) => known,
        (false, true) => name,
        (false, false) => format!("{name} · {known}"),
    };
    Ok(Some(Hit {
        key: Key::Person(id),
        text,
        marks: Vec::new(),
        year: person.born.map(crate::domain::PartialDate::year),
        note,
        score: found.score,
        favorite: false,
    }))
}

/// So many bearers of a name are looked at.
const BEARERS: usize = 1_000;

fn character_hit(
    txn: &impl Read,
    labels: &mut Labels<'_, impl Read>,
    found: &Found,
) -> Result<Option<Hit>, StoreError> {
    let bearers = txn.namesakes(&found.text, BEARERS)?;
    let Some(&id) = bearers.first() else { return Ok(None) };
    let Some(character) = txn.character(id)? else { return Ok(None) };
    let movie = labels.movie(id.movie)?;
    let place = movie.as_ref().map(|line| format!("in {}", title_and_year(line))).unwrap_or_default();
    let note = match bearers.len() {
        1 => place,
        BEARERS => format!("{place} and many more"),
        more => format!("{place} and {} more", more - 1),
    };
    Ok(Some(Hit {
        key: Key::Character(id),
        text: character.name,
        marks: Vec::new(),
        year: movie.and_then(|line| line.released).map(crate::domain::PartialDate::year),
        note,
        score: found.score,
        favorite: false,
    }))
}

/// The text a finding speaks of: the store keeps texts folded, each once.
fn text_at<'a>(texts: impl Iterator<Item = &'a String>, place: usize) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut first = String::new();
    for text in texts {
        let folded = fold(text);
        if folded.is_empty() || seen.contains(&folded) {
            continue;
        }
        if seen.len() == place {
            return text.clone();
        }
        if seen.is_empty() {
            first.clone_from(text);
        }
        seen.push(folded);
    }
    first
}

/// Records of one kind whose names answer what was typed, for a picker.
pub(super) fn choices(
    txn: &impl Read,
    dear: &Dear,
    entity: Entity,
    text: &str,
    limit: usize,
    wanted: &dyn Fn() -> bool,
) -> Result<Vec<Choice>, Fault> {
    match entity {
        Entity::Movie | Entity::Person | Entity::Character => {
            let asked = Find { text: text.to_owned(), only: Some(entity), limit };
            let hits = find(txn, dear, &asked, wanted)?.hits;
            Ok(hits.into_iter().map(choice_of_hit).collect())
        }
        _ => small_choices(txn, entity, text, limit),
    }
}

fn choice_of_hit(hit: Hit) -> Choice {
    let note = match (hit.year, hit.note.is_empty()) {
        (Some(year), true) => year.to_string(),
        (Some(year), false) => format!("{year} · {}", hit.note),
        (None, _) => hit.note,
    };
    Choice { key: hit.key, name: hit.text, note, marks: hit.marks }
}

/// Small tables are looked through up to here.
const SMALL_MAX: usize = 20_000;

fn small_choices(txn: &impl Read, entity: Entity, text: &str, limit: usize) -> Result<Vec<Choice>, Fault> {
    let mut ids = Vec::new();
    let order = Order::Index(Index::Small, vec![entity.code()]);
    order.walk(txn, false, None, false, &mut |place| {
        ids.push((Order::id(place), String::from_utf8_lossy(&place[1..place.len() - 5]).into_owned()));
        if ids.len() < SMALL_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let question = Question::parse(text);
    let mut choices = Vec::new();
    for at in search::choose(text, ids.iter().map(|(_, name)| name.as_str())).into_iter().take(limit) {
        if let Some((key, name, note)) = small(txn, entity, ids[at].0)? {
            choices.push(Choice { key, marks: search::marks(&question, &name), name, note });
        }
    }
    Ok(choices)
}

fn small(txn: &impl Read, entity: Entity, id: u32) -> Result<Option<(Key, String, String)>, StoreError> {
    Ok(match entity {
        Entity::Genre => txn.genre(GenreId(id))?.map(|genre| (Key::Genre(GenreId(id)), genre.name, String::new())),
        Entity::Country => txn
            .country(CountryId(id))?
            .map(|country| (Key::Country(CountryId(id)), country.name, country.code.unwrap_or_default())),
        Entity::File => txn.file(FileId(id))?.map(|file| (Key::File(FileId(id)), file.name, file.mime)),
        Entity::Account => txn
            .account(AccountId(id))?
            .map(|account| (Key::Account(AccountId(id)), account.username, account.standing.to_string())),
        _ => None,
    })
}
