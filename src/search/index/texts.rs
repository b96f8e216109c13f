//! Reads names by their numbers, and by their literal keys.

use super::super::Trouble;
use super::super::names::Name;
use super::lists::Segment;
use super::rows::{KINDS, key, kind, literal, take};
use crate::domain::Entity;
use std::ops::{ControlFlow, Range};

impl Segment<'_> {
    /// The kind of a name.
    pub fn entity(&self, number: u32) -> Option<Entity> {
        KINDS.into_iter().enumerate().find(|(at, _)| self.span(*at).contains(&number)).map(|(_, entity)| entity)
    }

    /// Shows the names of these numbers, which ascend. Neighbours share a read.
    pub fn names(&self, numbers: &[u32], visit: &mut dyn FnMut(Name<'_>)) -> Result<(), Trouble> {
        self.pages.names(self.layer, numbers, &mut |_, mut row| {
            let (id, weight, year, _) = (take(&mut row), take(&mut row), take(&mut row), take(&mut row));
            visit(Name { id, weight, year: year as u16, texts: std::str::from_utf8(row)? });
            Ok(())
        })
    }

    /// The best-known names whose text begins with the letters of `text`, blanks and article aside, at most so
    /// many; those whose text is no longer come first. Where very many texts begin so, only those.
    pub fn literal(&self, text: &str, spans: &[Range<u32>], most: usize) -> Result<Vec<u32>, Trouble> {
        let wanted = literal(text);
        let own = key(self.layer, kind::LITERAL, &wanted);
        let exact_end = [&own[..], &[1]].concat();
        let start = match self.pages.last_to(&[&own[..], &[0, 0, 0, 0, 0]].concat())? {
            Some((key, _)) if key.starts_with(&own[..2]) => key,
            _ => own.clone(),
        };
        let (mut exact, mut begins) = (Vec::new(), Vec::new());
        self.pages.walk(&start, &mut |key, row| {
            let after = !key.starts_with(&own) && key > &own[..];
            if after || !key.starts_with(&own[..2]) || begins.len() > LONG {
                return ControlFlow::Break(());
            }
            let names = if key < &exact_end[..] { &mut exact } else { &mut begins };
            let mut row = row;
            while !row.is_empty() {
                names.extend(Some(take(&mut row)).filter(|name| spans.iter().any(|span| span.contains(name))));
            }
            ControlFlow::Continue(())
        })?;
        if begins.len() > LONG {
            // The best of them may be further on; those that have its words are known.
            begins.clear();
        }
        Ok(best(exact, most).into_iter().chain(best(begins, most)).collect())
    }
}

/// No more names of one prefix are looked at.
const LONG: usize = 3_000;

/// The smallest numbers, at most so many.
fn best(mut names: Vec<u32>, most: usize) -> Vec<u32> {
    if names.len() > most {
        names.select_nth_unstable(most);
        names.truncate(most);
    }
    names
}
