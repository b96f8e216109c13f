//! Filmographies: everything one person did. A row a person; beside it, where there is very much of it, a row for all
//! that belongs to neighbouring movies, so that one credit more costs the same whoever gets it.

use super::codec::{put_number, take_number};
use super::credit::{self, Credit};
use super::error::Result;
use super::row::{Effect, change_sorted, damaged};
use super::tables::{CREDIT_PARTS, CREDITS};
use crate::domain::MovieId;
use redb::{ReadableTable, Table, WriteTransaction};
use std::ops::ControlFlow;

/// A longer filmography is laid in parts.
pub const LONG: usize = 512;

/// A part is what belongs to so many neighbouring movies, as a power of two.
const PART_BITS: u32 = 14;

/// Which part a movie's credits stand in.
#[must_use]
pub fn part_of(movie: MovieId) -> u32 {
    movie.0 >> PART_BITS
}

/// What stands in a person's own row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head<'b> {
    /// The credits themselves, as bytes.
    Whole(&'b [u8]),
    /// They stand in parts.
    Parted,
}

/// A person's row and how many credits they have; none where the bytes are no such row.
#[must_use]
pub fn head(mut bytes: &[u8]) -> Option<(u32, Head<'_>)> {
    let count = take_number(&mut bytes).and_then(|count| u32::try_from(count).ok())?;
    let is_long = count as usize > LONG;
    let head = if is_long { Head::Parted } else { Head::Whole(bytes) };
    (!is_long || bytes.is_empty()).then_some((count, head))
}

/// How many credits a person has, by their row.
#[must_use]
pub fn count(bytes: &[u8]) -> Option<u32> {
    head(bytes).map(|(count, _)| count)
}

fn head_of(count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2);
    put_number(&mut bytes, count as u64);
    bytes
}

/// A person's row with these credits in it.
fn whole(credits: &[Credit]) -> Vec<u8> {
    let mut bytes = head_of(credits.len());
    credit::put_all(&mut bytes, credits);
    bytes
}

/// The credits of a person's own row, which has so many.
///
/// # Errors
/// [`super::StoreError::Damaged`] where they are not that many in order.
pub fn credits(person: u32, count: u32, bytes: &[u8]) -> Result<Vec<Credit>> {
    let credits = credit::decode(bytes).filter(|credits| credits.len() == count as usize);
    credits.ok_or_else(|| damaged("credits", person, "is not a filmography"))
}

/// The credits of a part.
///
/// # Errors
/// [`super::StoreError::Damaged`] where the bytes are not those of this part.
pub fn part(person: u32, part: u32, bytes: &[u8]) -> Result<Vec<Credit>> {
    let belong = |credits: &Vec<Credit>| !credits.is_empty() && credits.iter().all(|one| part_of(one.movie) == part);
    let credits = credit::decode(bytes).filter(belong);
    credits.ok_or_else(|| damaged("credits in parts", format!("{person}, part {part}"), "is not part of a filmography"))
}

/// Filmographies as two tables have them.
pub struct Filmographies<H, P> {
    heads: H,
    parts: P,
}

/// A table of parts.
pub trait PartsTable: ReadableTable<(u32, u32), &'static [u8]> {}

impl<T: ReadableTable<(u32, u32), &'static [u8]>> PartsTable for T {}

impl<H: ReadableTable<u32, &'static [u8]>, P: PartsTable> Filmographies<H, P> {
    /// Those of these tables: [`CREDITS`] and [`CREDIT_PARTS`].
    pub fn new(heads: H, parts: P) -> Self {
        Filmographies { heads, parts }
    }

    /// How many credits a person has.
    ///
    /// # Errors
    /// When the store fails, as everything here.
    pub fn count(&self, person: u32) -> Result<u32> {
        Ok(self.heads.get(person)?.and_then(|bytes| count(bytes.value())).unwrap_or(0))
    }

    /// Whether a person did anything of a kind.
    ///
    /// # Errors
    /// When the store fails, or what stands there is not a filmography.
    pub fn any(&self, person: u32, of: &mut dyn FnMut(Credit) -> bool) -> Result<bool> {
        let mut look = |credit| if of(credit) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        Ok(self.visit(person, &mut look)?.is_break())
    }

    /// Shows what a person did, by movie, until `visit` has seen enough: whether it has.
    ///
    /// # Errors
    /// When the store fails, or what stands there is not a filmography.
    pub fn visit(&self, person: u32, visit: &mut dyn FnMut(Credit) -> ControlFlow<()>) -> Result<ControlFlow<()>> {
        let Some(bytes) = self.heads.get(person)? else { return Ok(ControlFlow::Continue(())) };
        let wrong = || damaged("credits", person, "is not a filmography");
        let (count, head) = head(bytes.value()).ok_or_else(wrong)?;
        let mut seen = 0;
        let mut show = |bytes: &[u8]| {
            credit::take_all(bytes).try_for_each(|credit| {
                seen += 1;
                visit(credit)
            })
        };
        let mut flow = ControlFlow::Continue(());
        match head {
            Head::Whole(bytes) => flow = show(bytes),
            Head::Parted => {
                for row in self.parts.range((person, 0)..=(person, u32::MAX))? {
                    flow = show(row?.1.value());
                    if flow.is_break() {
                        break;
                    }
                }
            }
        }
        if flow.is_break() || seen == count { Ok(flow) } else { Err(wrong()) }
    }
}

/// Enters a credit into a filmography, or takes it out.
///
/// # Errors
/// When the store fails, or what stands there is not a filmography.
pub fn change(txn: &WriteTransaction, person: u32, one: Credit, add: bool) -> Result<Effect> {
    let mut heads = txn.open_table(CREDITS)?;
    let mut parts = txn.open_table(CREDIT_PARTS)?;
    let kept = heads.get(person)?.map_or_else(|| head_of(0), |bytes| bytes.value().to_vec());
    let (before, after) = match head(&kept) {
        Some((count, Head::Parted)) => {
            if !change_part(&mut parts, person, one, add)? {
                return Ok(Effect::AsWas);
            }
            let after = if add { count + 1 } else { count - 1 };
            let head =
                if after as usize > LONG { head_of(after as usize) } else { whole(&gather(&mut parts, person)?) };
            heads.insert(person, head.as_slice())?;
            (count, after)
        }
        Some((count, Head::Whole(bytes))) => {
            let mut all = credits(person, count, bytes)?;
            if !change_sorted(&mut all, one, add) {
                return Ok(Effect::AsWas);
            }
            match keep(&mut parts, person, &all)? {
                Some(head) => heads.insert(person, head.as_slice()).map(drop)?,
                None => heads.remove(person).map(drop)?,
            }
            (count, all.len() as u32)
        }
        None => return Err(damaged("credits", person, "is not a filmography")),
    };
    Ok(Effect::Credits { person, before, after })
}

/// The rows of the second table.
pub type Parts<'t> = Table<'t, (u32, u32), &'static [u8]>;

fn change_part(parts: &mut Parts, person: u32, one: Credit, add: bool) -> Result<bool> {
    let number = part_of(one.movie);
    let mut all = match parts.get((person, number))? {
        Some(bytes) => part(person, number, bytes.value())?,
        None => Vec::new(),
    };
    let changed = change_sorted(&mut all, one, add);
    if changed {
        keep_part(parts, (person, number), &all)?;
    }
    Ok(changed)
}

fn keep_part(parts: &mut Parts, at: (u32, u32), credits: &[Credit]) -> Result<()> {
    if credits.is_empty() {
        parts.remove(at)?;
        return Ok(());
    }
    let mut bytes = Vec::with_capacity(credits.len() * 3);
    credit::put_all(&mut bytes, credits);
    parts.insert(at, bytes.as_slice())?;
    Ok(())
}

/// Takes out a filmography whose person has this row, parts and all.
///
/// # Errors
/// When the store fails, or what stands there is not a filmography.
pub fn take(parts: &mut Parts, person: u32, row: &[u8]) -> Result<Vec<Credit>> {
    match head(row) {
        Some((count, Head::Whole(bytes))) => credits(person, count, bytes),
        Some((_, Head::Parted)) => gather(parts, person),
        None => Err(damaged("credits", person, "is not a filmography")),
    }
}

/// Takes the parts of a filmography out of their table.
fn gather(parts: &mut Parts, person: u32) -> Result<Vec<Credit>> {
    let (mut numbers, mut all) = (Vec::new(), Vec::new());
    for row in parts.range((person, 0)..=(person, u32::MAX))? {
        let (at, bytes) = row?;
        let number = at.value().1;
        all.extend(part(person, number, bytes.value())?);
        numbers.push(number);
    }
    for number in numbers {
        parts.remove((person, number))?;
    }
    Ok(all)
}

/// Lays a filmography: in parts where it is long. Returns the person's own row; none where there is nothing.
///
/// # Errors
/// When the store fails.
pub fn keep(parts: &mut Parts, person: u32, credits: &[Credit]) -> Result<Option<Vec<u8>>> {
    if credits.len() <= LONG {
        return Ok((!credits.is_empty()).then(|| whole(credits)));
    }
    for some in credits.chunk_by(|a, b| part_of(a.movie) == part_of(b.movie)) {
        keep_part(parts, (person, part_of(some[0].movie)), some)?;
    }
    Ok(Some(head_of(credits.len())))
}

#[cfg(test)]
mod tests;
