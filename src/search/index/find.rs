//! The finder over segments of the index.

use super::super::Trouble;
use super::super::align::Aligner;
use super::super::best::{Best, SPARE};
use super::super::names::Name;
use super::super::question::Question;
use super::super::rank::{Found, Tier};
use super::super::scan::best_text;
use super::fresh::{CAST, Layers};
use super::gather::{Gather, STAGES, Stage};
use super::lists::Segment;
use super::pages::Pages;
use super::rows::KINDS;
use crate::domain::Entity;
use std::collections::HashSet;

/// So many names of each kind are looked at in one stage.
const MOST: usize = 250;
/// So many where lists tell most of how well they answer: they have several words, or words cut short.
const MOST_TOLD: usize = 125;
/// In no more names of characters typos are forgiven.
const FORGIVEN: u32 = 200_000;
/// With so many better answers, worse ones are not looked for.
const ENOUGH: usize = 10;
/// An answer as close as this has one typo and all else as asked: worse ones are not looked for either.
const CLOSE: u32 = 880;

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
    if question.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let layers = Layers::open(pages, CAST)?;
    let wanted = |entity| only.is_none_or(|only| only == entity);
    let gathers: Vec<Gather<'_, '_>> = layers
        .segments
        .iter()
        .map(|segment| {
            let spans = KINDS.into_iter().enumerate().filter(|(_, kind)| wanted(*kind)).map(|(at, _)| segment.span(at));
            Gather::new(segment, question, spans.filter(|span| !span.is_empty()).collect())
        })
        .filter(|gather| !gather.spans.is_empty())
        .collect();
    let mut search = Search::new(question, limit, boost, &layers);
    for entity in KINDS.into_iter().filter(|kind| wanted(*kind)) {
        layers.fresh.names(entity).for_each(|name| search.weigh(entity, &name));
    }
    for stage in STAGES {
        if cancelled() {
            return Ok(Vec::new());
        }
        if search.enough(stage, limit.min(ENOUGH)) {
            break;
        }
        let told = stage == Stage::Shortened || stage != Stage::Typed && question.words().len() > 1;
        let most = if told { MOST_TOLD } else { MOST };
        for gather in gathers.iter().filter(|gather| goes_so_far(gather.segment, stage)) {
            search.look(gather, gather.candidates(stage, most)?, most)?;
        }
    }
    let Search { best, mut aligner, .. } = search;
    let mut found = best.into_sorted(|text| aligner.look(text));
    found.truncate(limit);
    Ok(found)
}

/// Whether a segment is searched in a stage: of many characters only those that need no typo forgiven are found.
fn goes_so_far(segment: &Segment<'_>, stage: Stage) -> bool {
    segment.layer != CAST || stage == Stage::Typed || stage == Stage::Shortened || segment.counts[2] <= FORGIVEN
}

/// A search under way.
struct Search<'a, 'p> {
    question: &'a Question,
    aligner: Aligner<'a>,
    best: Best,
    layers: &'a Layers<'p>,
    seen: HashSet<(u8, u32)>,
    /// Answers that need no typo forgiven.
    good: usize,
    /// All answers.
    all: usize,
    /// How close the closest of them is.
    closest: u32,
    boost: &'a dyn Fn(Entity, u32) -> bool,
}

impl<'a, 'p> Search<'a, 'p> {
    fn new(
        question: &'a Question,
        limit: usize,
        boost: &'a dyn Fn(Entity, u32) -> bool,
        layers: &'a Layers<'p>,
    ) -> Self {
        let (aligner, best) = (Aligner::new(question), Best::new(limit + SPARE));
        Self { question, aligner, best, layers, seen: HashSet::new(), good: 0, all: 0, closest: 0, boost }
    }

    /// Whether what a stage finds would come too far down to matter.
    fn enough(&self, stage: Stage, enough: usize) -> bool {
        match stage {
            Stage::Typed => false,
            Stage::Shortened | Stage::Typo => self.good >= enough,
            Stage::Typos => self.good > 0 || self.all >= enough || self.closest >= CLOSE,
        }
    }

    /// Looks at so many candidates of each kind.
    fn look(&mut self, gather: &Gather<'_, '_>, candidates: Vec<u32>, most: usize) -> Result<(), Trouble> {
        let mut wanted: Vec<Vec<u32>> = vec![Vec::new(); gather.spans.len()];
        for number in candidates {
            let kind = gather.spans.iter().position(|span| span.contains(&number));
            if let Some(wanted) = kind.and_then(|kind| wanted.get_mut(kind))
                && wanted.len() < most
                && self.seen.insert((gather.segment.layer, number))
            {
                wanted.push(number);
            }
        }
        for mut wanted in wanted {
            wanted.sort_unstable();
            let Some(entity) = wanted.first().and_then(|first| gather.segment.entity(*first)) else { continue };
            let (layers, layer) = (self.layers, gather.segment.layer);
            let mut outcome = Ok(());
            gather.segment.names(&wanted, &mut |name| match layers.outdated(layer, entity, &name) {
                Ok(false) => self.weigh(entity, &name),
                Ok(true) => {}
                Err(trouble) => outcome = Err(trouble),
            })?;
            outcome?;
        }
        Ok(())
    }

    fn weigh(&mut self, entity: Entity, name: &Name<'_>) {
        if let Some((at, fit)) = best_text(&mut self.aligner, self.question, name.texts) {
            self.all += 1;
            self.closest = self.closest.max(fit.closeness);
            self.good += usize::from(fit.tier != Tier::Typo);
            self.best.offer(entity, name, at, fit, (self.boost)(entity, name.id));
        }
    }
}
