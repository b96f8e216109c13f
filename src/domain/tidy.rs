//! What every record goes through before it is stored: its texts are cleaned, its rules checked.

use super::External;
use super::text::{clean_line, clean_prose, is_settled_line};
use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;

/// What is wrong with one field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The field's name in the record.
    pub field: &'static str,
    /// What is wrong, as a part of a sentence that a form can show.
    pub says: String,
}

impl Flaw {
    /// The flaws whose condition holds.
    pub(super) fn list<const N: usize>(rules: [(bool, &'static str, &str); N]) -> Vec<Flaw> {
        let broken = rules.into_iter().filter(|(broken, ..)| *broken);
        broken.map(|(_, field, says)| Flaw { field, says: says.to_owned() }).collect()
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.says)
    }
}

impl std::error::Error for Flaw {}

pub(super) fn line(text: &mut String) {
    if !is_settled_line(text) {
        *text = clean_line(text);
    }
}

pub(super) fn optional_line(text: &mut Option<String>) {
    text.iter_mut().for_each(line);
    text.take_if(|text| text.is_empty());
}

pub(super) fn prose(text: &mut Option<String>) {
    *text = text.take().map(|text| clean_prose(&text)).filter(|text| !text.is_empty());
}

pub(super) fn lines(texts: &mut Vec<String>) {
    texts.iter_mut().for_each(line);
    texts.retain(|text| !text.is_empty());
    unique(texts);
}

pub(super) fn ids(external: &mut Vec<External>) {
    for external in external.iter_mut() {
        line(&mut external.id);
    }
    external.retain(|external| !external.id.is_empty());
    unique(external);
}

/// Keeps the first of equal entries.
pub(super) fn unique<T: Clone + Eq + Hash>(list: &mut Vec<T>) {
    if list.len() > 1 {
        let mut seen = HashSet::with_capacity(list.len());
        list.retain(|entry| seen.insert(entry.clone()));
    }
}

pub(super) fn has_twice<T: Eq + Hash>(list: &[T]) -> bool {
    let mut seen = HashSet::new();
    list.len() > 1 && !list.iter().all(|entry| seen.insert(entry))
}

#[cfg(test)]
mod tests;
