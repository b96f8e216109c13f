//! Genres and countries by what people call them.

use super::names::has_words;
use crate::catalog::Fault;
use crate::domain::fold::fold;
use crate::domain::{CountryId, Entity, GenreId, canonical_genre, place_by_adjective, place_by_code, place_by_name};
use crate::search::choose;
use crate::search::language::{Span, Text};
use crate::store::entry::Index;
use crate::store::tables::unique;
use crate::store::{Order, Read, StoreError};
use std::ops::ControlFlow;

/// The genre of this name, else those whose names have these words, perhaps unfinished.
pub(super) fn genres(txn: &impl Read, text: &Text, span: &Span) -> Result<Vec<u32>, Fault> {
    let canonical = canonical_genre(&text.text).unwrap_or_default();
    for name in [fold(&text.text), fold(&canonical), singular(&fold(&text.text))] {
        if let Some(id) = txn.owner(unique::GENRE, name.as_bytes())? {
            return Ok(vec![id]);
        }
    }
    by_words(txn, Entity::Genre, &text.text, span)
}

/// The one of many: dramas, comedies.
fn singular(folded: &str) -> String {
    match (folded.strip_suffix("ies"), folded.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => folded.to_owned(),
    }
}

/// The country of this name or code, or whose films are called so. One that everybody knows but no film is from is none, not a mistake.
pub(super) fn countries(txn: &impl Read, text: &Text, span: &Span) -> Result<Vec<u32>, Fault> {
    if let Some(id) = txn.owner(unique::COUNTRY, fold(&text.text).as_bytes())? {
        return Ok(vec![id]);
    }
    let known = place_by_code(&text.text).or_else(|| place_by_name(&text.text));
    match known.or_else(|| place_by_adjective(&text.text)) {
        Some(place) => match txn.owner(unique::COUNTRY_CODE, place.code.as_bytes())? {
            Some(id) => Ok(vec![id]),
            None => Ok(txn.owner(unique::COUNTRY, fold(place.name).as_bytes())?.into_iter().collect()),
        },
        None => by_words(txn, Entity::Country, &text.text, span),
    }
}

fn by_words(txn: &impl Read, entity: Entity, text: &str, span: &Span) -> Result<Vec<u32>, Fault> {
    let names = names(txn, entity)?;
    let words = fold(text);
    let fitting: Vec<u32> = names.iter().filter(|(_, name)| has_words(name, &words)).map(|(id, _)| *id).collect();
    if !fitting.is_empty() {
        return Ok(fitting);
    }
    let near = choose(text, names.iter().map(|(_, name)| name.as_str())).first().map(|at| names[*at].0);
    let near = match near {
        Some(id) if entity == Entity::Genre => txn.genre(GenreId(id))?.map(|genre| genre.name),
        Some(id) => txn.country(CountryId(id))?.map(|country| country.name),
        None => None,
    };
    let question = near.map(|near| format!("; is it {near}?")).unwrap_or_default();
    Err(Fault::Query { says: format!("no {entity} is called “{text}”{question}"), span: span.clone() })
}

/// Ids and folded names.
fn names(txn: &impl Read, entity: Entity) -> Result<Vec<(u32, String)>, StoreError> {
    let mut names = Vec::new();
    Order::Index(Index::Small, vec![entity.code()]).walk(txn, false, None, false, &mut |place| {
        names.push((Order::id(place), String::from_utf8_lossy(&place[1..place.len() - 5]).into_owned()));
        ControlFlow::Continue(())
    })?;
    Ok(names)
}
