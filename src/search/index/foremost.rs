//! The best known of very many names, out of the order of their numbers.

use super::super::names::Trouble;
use super::fresh::{Layers, MAIN, RECENT};
use super::lists::Segment;
use super::pages::Pages;
use super::rows::{IDS, KINDS, key_of, kind, tail};
use crate::domain::Entity;
use std::collections::HashSet;

/// Where newer layers have more names, nobody asks.
const NEWER: u32 = 20_000;

/// The ids, in any order, of the `most` best known among the names of a kind that are `wanted`, of all others that
/// weigh as much as the last of them, and of all that newer layers speak for. None where they are more than `limit`,
/// or the layers do not tell soon.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn foremost(
    pages: &dyn Pages,
    entity: Entity,
    wanted: &dyn Fn(u32) -> bool,
    (most, limit): (usize, usize),
) -> Result<Option<Vec<u32>>, Trouble> {
    let layers = Layers::open(pages, MAIN)?;
    let main = layers.segments.iter().find(|segment| segment.layer == MAIN);
    let (Some(main), Some(at)) = (main, KINDS.into_iter().position(|kind| kind == entity)) else { return Ok(None) };
    let recent = layers.segments.iter().filter(|segment| segment.layer == RECENT);
    if recent.flat_map(|segment| segment.counts).sum::<u32>() > NEWER {
        return Ok(None);
    }
    let newer: HashSet<u32> = layers.newer(MAIN, entity)?.iter().map(|identity| tail(identity)).collect();
    let mut found = Vec::new();
    let mut span = main.span(at);
    while !span.is_empty() && found.len() <= limit {
        let Some(page) = pages.get(&key_of(MAIN, kind::ID, span.start / IDS))? else { break };
        let ids = page.as_chunks::<4>().0.iter().skip((span.start % IDS) as usize);
        let mut end = span.end;
        for (number, id) in (span.start..).zip(ids.map(|id| u32::from_be_bytes(*id))) {
            if number >= end {
                break;
            }
            if wanted(id) && !newer.contains(&id) {
                found.push(id);
                if found.len() == most {
                    end = main.end_of_weight(number, end)?;
                }
            }
        }
        span = (span.start / IDS + 1) * IDS..end;
    }
    found.extend(newer.into_iter().filter(|id| wanted(*id)));
    Ok((found.len() <= limit).then_some(found))
}

impl Segment<'_> {
    /// The first number before `end` of a name that weighs less than the one of this number.
    fn end_of_weight(&self, number: u32, end: u32) -> Result<u32, Trouble> {
        let weight = |number| {
            let mut weight = 0;
            self.names(&[number], &mut |name| weight = name.weight).map(|()| weight)
        };
        let least = weight(number)?;
        let (mut from, mut to) = (number + 1, end);
        while from < to {
            let middle = from + (to - from) / 2;
            if weight(middle)? < least { to = middle } else { from = middle + 1 }
        }
        Ok(from)
    }
}
