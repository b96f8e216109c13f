//! Reads names by their numbers, and by their literal keys.

use super::super::Trouble;
use super::super::names::Name;
use super::lists::Segment;
use super::rows::{KINDS, NAMES, key, key_of, kind, literal, take, take_bytes};
use crate::domain::Entity;
use std::ops::{ControlFlow, Range};

impl Segment<'_> {
    /// The kind of a name.
    pub fn entity(&self, number: u32) -> Option<Entity> {
        KINDS.into_iter().enumerate().find(|(at, _)| self.span(*at).contains(&number)).map(|(_, entity)| entity)
    }

    /// Shows the names of these numbers. Neighbours in the list share a read.
    pub fn names(&self, numbers: &[u32], visit: &mut dyn FnMut(Name<'_>)) -> Result<(), Trouble> {
        for block in numbers.chunk_by(|a, b| a / NAMES == b / NAMES) {
            let Some(page) = self.pages.get(&key_of(self.layer, kind::NAME, block[0] / NAMES))? else { continue };
            let mut wanted = block.iter().copied().peekable();
            let (mut row, mut number) = (&page[..], block[0] / NAMES * NAMES);
            while let Some(&next) = wanted.peek() {
                if row.is_empty() {
                    break;
                }
                let (id, weight, year, len) = (take(&mut row), take(&mut row), take(&mut row), take(&mut row));
                let texts = take_bytes(&mut row, len as usize);
                if number == next {
                    wanted.next();
                    visit(Name { id, weight, year: year as u16, texts: std::str::from_utf8(texts)? });
                }
                number += 1;
            }
        }
        Ok(())
    }

    /// The best-known names whose text begins with the letters of `text`, blanks and article aside, at most so
    /// many; those whose text is no longer come first.
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
