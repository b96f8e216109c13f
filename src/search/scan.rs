//! The finder, by looking at every name.

use super::align::{Aligner, Fit};
use super::best::{Best, SPARE};
use super::letters::letters;
use super::names::{Names, Trouble};
use super::question::Question;
use super::rank::Found;
use crate::domain::Entity;
use std::cmp::Reverse;
use std::ops::ControlFlow;

/// The kinds that are searched.
const KINDS: [Entity; 3] = [Entity::Movie, Entity::Person, Entity::Character];
/// Asks whether the answer is still wanted every so many names.
const BREATH: u32 = 256;

/// The best answers to a question, best first; none where nothing is asked, or once it is cancelled.
///
/// # Errors
/// Whatever reading the names fails with.
pub fn find(
    names: &dyn Names,
    question: &Question,
    only: Option<Entity>,
    limit: usize,
    cancelled: &dyn Fn() -> bool,
    boost: &dyn Fn(Entity, u32) -> bool,
) -> Result<Vec<Found>, Trouble> {
    if question.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let mut best = Best::new(limit + SPARE);
    let mut aligner = Aligner::new(question);
    let mut seen = 0_u32;
    for entity in KINDS.into_iter().filter(|entity| only.is_none_or(|only| only == *entity)) {
        names.scan(entity, &mut |name| {
            seen = seen.wrapping_add(1);
            if seen.is_multiple_of(BREATH) && cancelled() {
                return ControlFlow::Break(());
            }
            if let Some((at, fit)) = best_text(&mut aligner, question, name.texts) {
                best.offer(entity, &name, at, fit, boost(entity, name.id));
            }
            ControlFlow::Continue(())
        })?;
        if cancelled() {
            return Ok(Vec::new());
        }
    }
    let mut found = best.into_sorted(|text| aligner.look(text));
    found.truncate(limit);
    Ok(found)
}

/// The text of a name that answers best: its place and how it fits.
pub fn best_text(aligner: &mut Aligner<'_>, question: &Question, texts: &str) -> Option<(usize, Fit)> {
    let possible = texts.split('\n').enumerate().filter(|(_, text)| question.may_be_in(letters(text)));
    let fits = possible.filter_map(|(at, text)| Some((at, aligner.fit(text)?)));
    fits.min_by_key(|(at, fit)| (fit.tier, Reverse(fit.closeness), *at))
}
