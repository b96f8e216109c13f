//! Records by the words of their names.

use super::Asking;
use crate::catalog::Fault;
use crate::domain::fold::fold;
use crate::domain::{Entity, Key, MovieId, PersonId};
use crate::search::index::{self, Part};
use crate::search::language::Text;
use crate::store::{Gathered, IdSet, Read, StoreError};

/// The names of so few records are read one by one.
const FEW: u64 = 500;

/// A text to look for in folded names.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    text: String,
    whole: bool,
}

impl Wanted {
    pub(super) fn new(text: &Text) -> Self {
        Wanted { text: fold(&text.text), whole: text.quoted }
    }

    /// In quotes whole words side by side; else words in any order that may be unfinished.
    pub(super) fn stands_in(&self, name: &str) -> bool {
        if self.whole { has_phrase(name, &self.text) } else { has_words(name, &self.text) }
    }

    /// Whether it says in which order words stand.
    pub(super) fn is_phrase(&self) -> bool {
        self.whole && self.text.contains(' ')
    }

    /// Its words, for the index.
    pub(super) fn parts(&self) -> Vec<Part> {
        let words = self.text.split(' ').filter(|word| !word.is_empty());
        words.map(|word| Part { word: word.to_owned(), whole: self.whole }).collect()
    }
}

fn has_phrase(name: &str, phrase: &str) -> bool {
    name.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (&name[..at], &name[at + phrase.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

pub(super) fn has_words(name: &str, words: &str) -> bool {
    words.split(' ').all(|word| name.split(' ').any(|there| there.starts_with(word)))
}

/// The movies or people of whom one name has all of these texts.
pub(super) fn having(
    txn: &impl Read,
    entity: Entity,
    texts: &[Text],
    within: Option<&IdSet>,
    asking: Asking,
) -> Result<IdSet, Fault> {
    if let Some(few) = within.filter(|ids| ids.len() <= FEW) {
        let ids: Vec<u32> = few.iter().collect();
        let held = have(txn, entity, texts, &ids)?;
        return Ok(ids.into_iter().zip(held).filter(|(_, held)| *held).map(|(id, _)| id).collect());
    }
    let looked_for: Vec<Wanted> = texts.iter().map(Wanted::new).collect();
    let parts: Vec<Part> = looked_for.iter().flat_map(Wanted::parts).collect();
    let mut ids = Gathered::default();
    hold(txn, entity, &parts, &|names| fit(&looked_for, names), asking, &mut |id, _| ids.add(id))?;
    Ok(ids.into_set())
}

/// Whether one of the names of each of these records has all of the texts.
pub(super) fn have(txn: &impl Read, entity: Entity, texts: &[Text], ids: &[u32]) -> Result<Vec<bool>, StoreError> {
    let looked_for: Vec<Wanted> = texts.iter().map(Wanted::new).collect();
    let mut held = Vec::with_capacity(ids.len());
    for id in ids.iter().copied() {
        let key = if entity == Entity::Person { Key::Person(PersonId(id)) } else { Key::Movie(MovieId(id)) };
        held.push(txn.name_texts(key)?.is_some_and(|names| fit(&looked_for, &names)));
    }
    Ok(held)
}

/// Whether one of the names, one a line, has all of the texts.
fn fit(looked_for: &[Wanted], names: &str) -> bool {
    names.split('\n').any(|name| looked_for.iter().all(|text| text.stands_in(name)))
}

/// Takes the names of a kind out of the finder's index.
fn hold(
    txn: &impl Read,
    entity: Entity,
    parts: &[Part],
    fit: &dyn Fn(&str) -> bool,
    asking: Asking,
    take: &mut dyn FnMut(u32, &str),
) -> Result<(), Fault> {
    let rows = txn.finder()?;
    let rows = asking.memory.rows.ids_over(&rows, txn.finder_layers()?);
    if index::holding(&rows, entity, parts, fit, asking.wanted, take)? { Ok(()) } else { Err(Fault::Cancelled) }
}

/// How many names of movies and people may have all of these texts, about and at most.
pub(super) fn bearing(txn: &impl Read, entity: Entity, texts: &[Text], asking: Asking) -> Result<u64, Fault> {
    let rows = txn.finder()?;
    let rows = asking.memory.rows.ids_over(&rows, txn.finder_layers()?);
    let parts: Vec<Part> = texts.iter().flat_map(|text| Wanted::new(text).parts()).collect();
    let all = txn.count(entity)?;
    Ok(index::bearing(&rows, entity, &parts, all)?)
}
