//! How well known each movie is among all of the main layer, by its id: tells the best known of some movies without
//! reading any of them.

use super::super::names::Trouble;
use super::fresh::MAIN;
use super::pages::Pages;
use super::rows::{key_of, kind};
use std::collections::BTreeMap;

/// Movies in a row: with its key no more than four pages of the disk.
const ROW: usize = 8_000;
/// No movie of the layer has this id.
const NONE: u16 = u16::MAX;
/// Ids from here on are not noted: what is damaged cannot ask for memory without end.
const IDS_MAX: u32 = 1 << 27;

/// The place of a name among so many, best-known first, in two bytes.
pub fn place(number: u32, count: u32) -> u16 {
    (u64::from(number) * u64::from(NONE) / u64::from(count.max(1))) as u16
}

/// Places being noted.
pub struct Filling {
    count: u32,
    places: Vec<u16>,
}

impl Filling {
    /// For so many movies.
    pub fn new(count: u32) -> Self {
        Self { count, places: Vec::new() }
    }

    /// Notes the number of a movie.
    pub fn add(&mut self, id: u32, number: u32) {
        if id < IDS_MAX {
            let at = id as usize;
            if self.places.len() <= at {
                self.places.resize(at + 1, NONE);
            }
            self.places[at] = place(number, self.count);
        }
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = (u32, Vec<u8>)> + '_ {
        let rows = self.places.chunks(ROW).map(|row| row.iter().flat_map(|place| place.to_le_bytes()));
        (0..).zip(rows.map(Iterator::collect))
    }
}

/// The movies of a row and their places.
pub fn places(row: u32, bytes: &[u8]) -> impl Iterator<Item = (u32, u16)> + '_ {
    let ids = row.wrapping_mul(ROW as u32)..;
    let places = bytes.as_chunks::<2>().0.iter().map(|place| u16::from_le_bytes(*place));
    ids.zip(places).filter(|(_, place)| *place != NONE)
}

/// Of each of these sets of movies those among which is the best known: most often one. All of a set, where the main
/// layer has none of them or knows of no places.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn best_known(pages: &dyn Pages, sets: &mut [Vec<u32>]) -> Result<(), Trouble> {
    let row_of = |id: &u32| *id / ROW as u32;
    let wanted = sets.iter().filter(|set| set.len() > 1).flatten();
    let mut rows: BTreeMap<u32, _> = wanted.map(|id| (row_of(id), None)).collect();
    pages.ahead(&rows.keys().map(|row| key_of(MAIN, kind::RENOWN, *row)).collect::<Vec<_>>());
    for (row, page) in &mut rows {
        *page = pages.get(&key_of(MAIN, kind::RENOWN, *row))?;
    }
    let place = |id: &u32| {
        let page = rows.get(&row_of(id))?.as_ref()?;
        let bytes = page.get(*id as usize % ROW * 2..)?.first_chunk::<2>()?;
        Some(u16::from_le_bytes(*bytes)).filter(|place| *place != NONE)
    };
    for set in sets.iter_mut().filter(|set| set.len() > 1) {
        if let Some(best) = set.iter().filter_map(place).min() {
            set.retain(|id| place(id).is_none_or(|place| place == best));
        }
    }
    Ok(())
}
