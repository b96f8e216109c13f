//! The best answers so far: few are kept, however many come by.

use super::align::Fit;
use super::names::Name;
use super::rank::{Found, score};
use crate::domain::Entity;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The key that sorts answers, best first: score, then the newer, then a fixed order.
type Order = (Reverse<u32>, Reverse<u16>, Entity, u32);

/// So many more than asked for are looked at closely.
pub const SPARE: usize = 30;

/// An answer and what is needed to weigh it again.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kept {
    order: Order,
    tier: super::Tier,
    at: usize,
    text: String,
}

/// At most so many answers, the worst on top of the heap.
pub struct Best {
    heap: BinaryHeap<Kept>,
    most: usize,
}

impl Best {
    /// Keeps at most so many.
    pub fn new(most: usize) -> Self {
        Self { heap: BinaryHeap::new(), most }
    }

    /// Keeps an answer if it is among the best. `at` is the place of the text that answered.
    pub fn offer(&mut self, entity: Entity, name: &Name<'_>, at: usize, fit: Fit, favorite: bool) {
        let order = (Reverse(score(fit, entity, name.weight, favorite)), Reverse(name.year), entity, name.id);
        if self.heap.len() >= self.most {
            if self.heap.peek().is_none_or(|worst| worst.order <= order) {
                return;
            }
            self.heap.pop();
        }
        let text = name.texts.split('\n').nth(at).unwrap_or_default().to_owned();
        self.heap.push(Kept { order, tier: fit.tier, at, text });
    }

    /// The answers, best first, their scores changed by what a closer look at each text says.
    pub fn into_sorted(self, mut look: impl FnMut(&str) -> i32) -> Vec<Found> {
        let mut kept: Vec<Kept> = self.heap.into_vec();
        for kept in &mut kept {
            kept.order.0.0 = kept.order.0.0.saturating_add_signed(look(&kept.text));
        }
        kept.sort_unstable();
        kept.into_iter().map(Kept::into_found).collect()
    }
}

impl Kept {
    fn into_found(self) -> Found {
        let (Reverse(score), _, entity, id) = self.order;
        Found { entity, id, text: self.text, place: self.at, tier: self.tier, score }
    }
}
