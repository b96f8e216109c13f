//! Every name that has some words, for filters: nothing is ranked and nothing is left out.

use super::super::edits::LONGEST;
use super::super::names::Trouble;
use super::fresh::{CAST, Layers, identity};
use super::lists::Segment;
use super::pages::Pages;
use super::rows::{IDS, KINDS, key_of, kind};
use crate::domain::Entity;
use std::cmp::Reverse;
use std::ops::Range;

/// So few names are read one by one rather than told apart by one list more.
const FEW: usize = 500;
/// Names between two looks at whether to go on.
const PACE: usize = 4_096;

/// A word that a name must have, whole or as the beginning of one.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its folded letters.
    pub word: String,
    /// No letters follow.
    pub whole: bool,
}

/// Takes the names of a kind that have all of these words and whose texts `fit`: id and texts. Where there is one
/// word only, ids alone are read, and nothing is asked of texts. Whether it came to the end, or was not to `go_on`.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn holding(
    pages: &dyn Pages,
    entity: Entity,
    parts: &[Part],
    fit: &dyn Fn(&str) -> bool,
    go_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(u32, &str),
) -> Result<bool, Trouble> {
    let layers = Layers::open(pages, CAST)?;
    layers.fresh.names(entity).filter(|name| fit(name.texts)).for_each(|name| take(name.id, name.texts));
    let Some(at) = KINDS.into_iter().position(|kind| kind == entity) else { return Ok(true) };
    let ids_will_do = entity != Entity::Character && matches!(parts, [part] if is_kept(&part.word));
    for segment in &layers.segments {
        let names = segment.having(parts, segment.span(at))?;
        if names.is_empty() {
            continue;
        }
        let newer = layers.newer(segment.layer, entity)?;
        for some in names.chunks(PACE) {
            if !go_on() {
                return Ok(false);
            }
            if ids_will_do {
                segment.ids(some, &mut |id| {
                    if !newer.contains(&id.to_be_bytes()[..]) {
                        take(id, "");
                    }
                })?;
            } else {
                segment.names(some, &mut |name| {
                    if fit(name.texts) && !newer.contains(&identity(entity, &name)[..]) {
                        take(name.id, name.texts);
                    }
                })?;
            }
        }
    }
    Ok(true)
}

/// How many names of a kind have the rarest of these words, or words that begin so, at most; those of other kinds in
/// its layers are counted too, and a name may count twice. Counted to `most`, which is also what no words come to.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn bearing(pages: &dyn Pages, entity: Entity, parts: &[Part], most: u64) -> Result<u64, Trouble> {
    let layers = Layers::open(pages, CAST)?;
    let fresh = layers.fresh.len() as u64;
    let Some(at) = KINDS.into_iter().position(|kind| kind == entity) else { return Ok(fresh) };
    let mut rarest = most;
    for part in parts {
        let mut count = fresh;
        for segment in layers.segments.iter().filter(|segment| !segment.span(at).is_empty()) {
            let word: String = part.word.chars().take(LONGEST).collect();
            count += segment.count(&word, part.whole, most.saturating_sub(count))?;
        }
        rarest = rarest.min(count);
    }
    Ok(rarest)
}

/// Whether words are kept to their last letter and stand for nothing else.
fn is_kept(word: &str) -> bool {
    word.chars().count() <= LONGEST && !word.starts_with('=') && !word.is_empty()
}

impl Segment<'_> {
    /// The names in a span that may have all of these words; those that have not are few, or the words are odd.
    fn having(&self, parts: &[Part], span: Range<u32>) -> Result<Vec<u32>, Trouble> {
        let mut parts: Vec<&Part> = parts.iter().collect();
        parts.sort_by_key(|part| (Reverse(part.whole), Reverse(part.word.len())));
        let mut left: Option<Vec<u32>> = None;
        for part in parts {
            let word: String = part.word.chars().take(LONGEST).collect();
            let having = self.all(&word, part.whole, &span)?;
            match &mut left {
                Some(left) => super::gather::keep(left, &having),
                none => *none = Some(having),
            }
            if left.as_ref().is_some_and(|left| left.len() <= FEW) {
                break;
            }
        }
        Ok(left.unwrap_or_else(|| span.collect()))
    }

    /// Shows the ids of the names with these numbers. Neighbours in the list share a read.
    fn ids(&self, numbers: &[u32], visit: &mut dyn FnMut(u32)) -> Result<(), Trouble> {
        for block in numbers.chunk_by(|a, b| a / IDS == b / IDS) {
            let Some(page) = self.pages.get(&key_of(self.layer, kind::ID, block[0] / IDS))? else { continue };
            let ids = page.as_chunks::<4>().0;
            let ids = block.iter().filter_map(|number| ids.get((number % IDS) as usize));
            ids.for_each(|id| visit(u32::from_be_bytes(*id)));
        }
        Ok(())
    }
}
