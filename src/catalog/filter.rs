//! From a filter to the ids it lets through.

use super::query::{MovieFilter, PersonFilter};
use crate::domain::Entity;
use crate::domain::fold::fold;
use crate::store::{IdSet, Posting, Read, StoreError};
use std::ops::ControlFlow;

/// The movies a filter lets through; none where it lets all through.
pub(super) fn movie_ids(txn: &impl Read, filter: &MovieFilter) -> Result<Option<IdSet>, StoreError> {
    let mut ids = None;
    if !filter.genres.is_empty() {
        narrow(&mut ids, union(txn, Posting::Genre, filter.genres.iter().map(|id| id.0))?);
    }
    if !filter.countries.is_empty() {
        narrow(&mut ids, union(txn, Posting::Country, filter.countries.iter().map(|id| id.0))?);
    }
    if !filter.years.is_empty() {
        let years = |(first, last): &(u16, u16)| u32::from((*first).max(1))..=u32::from(*last);
        narrow(&mut ids, union(txn, Posting::Year, filter.years.iter().flat_map(years))?);
    }
    if let Some(person) = filter.person {
        narrow(&mut ids, txn.credits(person)?.iter().map(|credit| credit.movie.0).collect());
    }
    if !filter.words.trim().is_empty() {
        narrow(&mut ids, named(txn, Entity::Movie, &filter.words)?);
    }
    Ok(ids)
}

/// The people a filter lets through; none where it lets all through.
pub(super) fn person_ids(txn: &impl Read, filter: &PersonFilter) -> Result<Option<IdSet>, StoreError> {
    let mut ids = None;
    if let Some(country) = filter.country {
        narrow(&mut ids, txn.posting(Posting::People, country.0)?);
    }
    if !filter.words.trim().is_empty() {
        narrow(&mut ids, named(txn, Entity::Person, &filter.words)?);
    }
    Ok(ids)
}

fn narrow(ids: &mut Option<IdSet>, more: IdSet) {
    *ids = Some(match ids.take() {
        Some(ids) => ids.and(&more),
        None => more,
    });
}

fn union(txn: &impl Read, kind: Posting, keys: impl Iterator<Item = u32>) -> Result<IdSet, StoreError> {
    let mut all = IdSet::default();
    for key in keys {
        all = all.or(&txn.posting(kind, key)?);
    }
    Ok(all)
}

fn named(txn: &impl Read, entity: Entity, words: &str) -> Result<IdSet, StoreError> {
    let words = fold(words);
    let mut ids = IdSet::default();
    txn.scan_names(entity, &mut |id, name| {
        if name.texts.split('\n').any(|text| has_words(text, &words)) {
            ids.insert(id);
        }
        ControlFlow::Continue(())
    })?;
    Ok(ids)
}

/// Whether any of the names has every word typed; words may be unfinished.
pub(super) fn name_matches<'a>(words: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    let words = fold(words);
    names.any(|name| has_words(&fold(name), &words))
}

fn has_words(text: &str, words: &str) -> bool {
    words.split(' ').all(|word| text.split(' ').any(|there| there.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_order_the_ends_left_out() {
        assert!(name_matches("war PEA", ["War and Peace"].into_iter()));
        assert!(name_matches("ame", ["Amélie"].into_iter()));
        assert!(!name_matches("peace wars", ["War and Peace"].into_iter()));
        assert!(name_matches("", ["anything"].into_iter()));
    }
}
