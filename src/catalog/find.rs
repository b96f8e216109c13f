//! The finder and the pickers: names out of the store into `search`, its findings into hits.

use super::answer::{Choice, Hit, Hits};
use super::dear::Dear;
use super::foremost::Foremost;
use super::label::{Labels, title_and_year};
use super::query::Find;
use super::{Actor, Fault};
use crate::domain::fold::fold;
use crate::domain::{
    AccountId, CharacterId, CountryId, Entity, FileId, GenreId, Key, Movie, MovieId, PersonId, grouped,
};
use crate::search::index::{Kept, Pages};
use crate::search::{self, Found, Question};
use crate::store::entry::Index;
use crate::store::{Expected, Order, Read, StoreError};
use std::ops::ControlFlow;
use std::time::Instant;

/// Who asks, and what comes before others for them.
#[derive(Clone, Copy)]
pub(super) struct Asker<'c> {
    pub(super) actor: Actor,
    pub(super) dear: &'c Dear,
    pub(super) kept: &'c Kept,
    pub(super) foremost: &'c Foremost,
}

/// Answers the finder.
pub(super) fn find(txn: &impl Read, asker: Asker<'_>, find: &Find, wanted: &dyn Fn() -> bool) -> Result<Hits, Fault> {
    let start = Instant::now();
    let question = Question::parse(&find.text);
    let me = asker.actor.account();
    let dear = asker.dear.of(txn, asker.actor)?;
    let preferred = |entity, id| dear.has(entity, id);
    let rows = txn.finder()?;
    let rows = asker.kept.over(&rows, txn.finder_layers()?);
    let found = search::index::find(&rows, &question, find.only, find.limit, &|| !wanted(), &preferred)?;
    if !wanted() {
        return Err(Fault::Cancelled);
    }
    let mut labels = Labels::new(txn, me);
    let movies = look_up(txn, &mut labels, asker.foremost, &rows, &found)?;
    let mut hits = Vec::with_capacity(found.len());
    for (one, movie) in found.iter().zip(movies) {
        let hit = match one.entity {
            Entity::Movie => movie_hit(txn, &mut labels, me, one, movie)?,
            Entity::Person => person_hit(txn, &mut labels, one)?,
            _ => character_hit(txn, &mut labels, one)?,
        };
        hits.extend(hit.map(|hit| Hit { marks: search::marks(&question, &hit.text), ..hit }));
    }
    Ok(Hits { hits, micros: micros_since(start) })
}

/// The time since then.
pub(super) fn micros_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// The movies among what was found. What the others need is read ahead, and looked up all at once where that is less.
fn look_up(
    txn: &impl Read,
    labels: &mut Labels<'_, impl Read>,
    known: &Foremost,
    rows: &dyn Pages,
    found: &[Found],
) -> Result<Vec<Option<Movie>>, Fault> {
    let ids = |entity| found.iter().filter(move |one| one.entity == entity).map(|one| one.id);
    let revision = txn.revision()?;
    let mut strange = Vec::new();
    {
        let mut known = known.as_of(revision);
        for person in ids(Entity::Person).map(PersonId) {
            match known.of(person) {
                Some(movies) => drop(labels.foremost().insert(person, movies)),
                None => strange.push(person),
            }
        }
    }
    let characters = found.iter().filter(|one| one.entity == Entity::Character);
    let casts: Vec<u32> = ids(Entity::Character).collect();
    txn.expect(&Expected {
        movies: ids(Entity::Movie).chain(casts.iter().copied()).collect(),
        people: ids(Entity::Person).collect(),
        filmographies: strange.iter().map(|person| person.0).collect(),
        namesakes: characters.map(|one| one.text.clone()).collect(),
        casts,
    });
    let movie = |one: &Found| if one.entity == Entity::Movie { txn.movie(MovieId(one.id)) } else { Ok(None) };
    let movies = found.iter().map(movie).collect::<Result<Vec<_>, _>>()?;
    labels.renown(&strange, rows)?;
    let foremost = labels.foremost();
    let directors = movies.iter().flatten().filter_map(|movie| movie.directors.first());
    txn.expect(&Expected {
        movies: foremost.values().flatten().map(|movie| movie.0).collect(),
        people: directors.map(|person| person.0).collect(),
        ..Expected::default()
    });
    let mut known = known.as_of(revision);
    for (person, movies) in strange.iter().filter_map(|person| Some((*person, foremost.get(person)?.clone()))) {
        known.remember(person, movies);
    }
    Ok(movies)
}

fn movie_hit(
    txn: &impl Read,
    labels: &mut Labels<'_, impl Read>,
    me: Option<AccountId>,
    found: &Found,
    movie: Option<Movie>,
) -> Result<Option<Hit>, StoreError> {
    let (id, Some(movie)) = (MovieId(found.id), movie) else { return Ok(None) };
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

/// Among so many of a new name the best-known one is looked for.
const FIRST: usize = 32;

fn character_hit(
    txn: &impl Read,
    labels: &mut Labels<'_, impl Read>,
    found: &Found,
) -> Result<Option<Hit>, StoreError> {
    let bearers = txn.count_namesakes(&found.text)?;
    let Some(id) = best_known(txn, labels, found)? else { return Ok(None) };
    let Some(character) = txn.character(id)? else { return Ok(None) };
    let movie = labels.movie(id.movie)?;
    let place = movie.as_ref().map(|line| format!("in {}", title_and_year(line))).unwrap_or_default();
    let note = match bearers {
        1 => place,
        more => format!("{place} and {} more", grouped(u64::from(more) - 1)),
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

/// The character of a name in the best-known movie: as the index knows it, else among the first.
fn best_known(
    txn: &impl Read,
    labels: &mut Labels<'_, impl Read>,
    found: &Found,
) -> Result<Option<CharacterId>, StoreError> {
    if let Some(id) = txn.namesake_in(&found.text, MovieId(found.id))? {
        return Ok(Some(id));
    }
    let mut best: Option<(u32, CharacterId)> = None;
    for id in txn.namesakes(&found.text, FIRST)? {
        let votes = labels.votes(id.movie)?;
        if best.is_none_or(|(most, _)| votes > most) {
            best = Some((votes, id));
        }
    }
    Ok(best.map(|(_, id)| id))
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
    asker: Asker<'_>,
    entity: Entity,
    text: &str,
    limit: usize,
    wanted: &dyn Fn() -> bool,
) -> Result<Vec<Choice>, Fault> {
    match entity {
        Entity::Movie | Entity::Person | Entity::Character => {
            let asked = Find { text: text.to_owned(), only: Some(entity), limit };
            let hits = find(txn, asker, &asked, wanted)?.hits;
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
