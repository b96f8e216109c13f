//! The finder over segments of the index.

use super::super::Trouble;
use super::super::align::Aligner;
use super::super::best::{Best, SPARE};
use super::super::names::Name;
use super::super::question::Question;
use super::super::rank::{Found, Tier};
use super::super::scan::best_text;
use super::gather::{Gather, STAGES};
use super::lists::Segment;
use super::pages::Pages;
use super::rows::KINDS;
use crate::domain::Entity;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// The segment that holds everything as of the last bulk build.
pub const MAIN: u8 = 2;
/// So many names of each kind are looked at in one stage.
const MOST: usize = 400;

/// The best answers to a question, best first; none where nothing is asked, or once it is cancelled. The same
/// as [`super::super::find`], but for answers so far down that nobody looks.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn find(
    pages: &dyn Pages,
    question: &Question,
    only: Option<Entity>,
    limit: usize,
    cancelled: &dyn Fn() -> bool,
    boost: &dyn Fn(Entity, u32) -> bool,
) -> Result<Vec<Found>, Trouble> {
    let segment = Segment::open(pages, MAIN)?;
    let Some(segment) = segment.filter(|_| !question.is_empty() && limit > 0) else { return Ok(Vec::new()) };
    let mut search =
        Search { question, aligner: Aligner::new(question), best: Best::new(limit + SPARE), seen: HashSet::new(), good: 0, boost };
    for stage in STAGES {
        if search.good >= limit {
            break;
        }
        for (at, entity) in KINDS.into_iter().enumerate().filter(|(_, kind)| only.is_none_or(|only| only == *kind)) {
            if cancelled() {
                return Ok(Vec::new());
            }
            let gather = Gather { segment: &segment, question, span: segment.span(at) };
            let candidates = gather.candidates(stage, MOST)?;
            search.look(&segment, entity, candidates)?;
        }
    }
    let Search { best, mut aligner, .. } = search;
    let mut found = best.into_sorted(|text| aligner.look(text));
    found.truncate(limit);
    Ok(found)
}

/// A search under way.
struct Search<'a> {
    question: &'a Question,
    aligner: Aligner<'a>,
    best: Best,
    seen: HashSet<u32>,
    /// Answers that need no typo forgiven.
    good: usize,
    boost: &'a dyn Fn(Entity, u32) -> bool,
}

impl Search<'_> {
    /// Looks at candidates, as far as it pays.
    fn look(&mut self, segment: &Segment<'_>, entity: Entity, candidates: Vec<u32>) -> Result<(), Trouble> {
        let mut wanted: Vec<u32> = Vec::new();
        for number in candidates {
            if wanted.len() == MOST {
                break;
            }
            if self.seen.insert(number) {
                wanted.push(number);
            }
        }
        wanted.sort_unstable();
        segment.names(&wanted, &mut |_, name| {
            self.weigh(entity, &name);
            ControlFlow::Continue(())
        })
    }

    fn weigh(&mut self, entity: Entity, name: &Name<'_>) {
        if let Some((at, fit)) = best_text(&mut self.aligner, self.question, name.texts) {
            self.good += usize::from(fit.tier != Tier::Typo);
            self.best.offer(entity, name, at, fit, (self.boost)(entity, name.id));
        }
    }
}
