//! How well known each movie is among all of the main layer, by its id: tells the best known of some movies without
//! reading any of them.

use super::super::names::Trouble;
use super::fresh::{Layers, MAIN, RECENT};
use super::pages::{Page, Pages};
use super::rows::{key_of, kind, tail};
use crate::domain::Entity;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

/// Movies in a row: with its key no more than four pages of the disk.
const ROW: usize = 8_000;
/// No movie of the layer has this id.
const NONE: u16 = u16::MAX;
/// What newer layers speak for is listed where they have no more names than these.
const NEWER: u32 = 4_096;
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

/// Tells the places of movies, one by one.
pub struct Renown<'p> {
    pages: &'p dyn Pages,
    layers: Layers<'p>,
    /// What newer layers speak for, where that is little.
    newer: Option<HashSet<u32>>,
    rows: BTreeMap<u32, Option<Page<'p>>>,
}

impl<'p> Renown<'p> {
    /// Over these rows.
    ///
    /// # Errors
    /// Whatever reading the rows fails with, as below.
    pub fn open(pages: &'p dyn Pages) -> Result<Self, Trouble> {
        let layers = Layers::open(pages, RECENT)?;
        let recent: u32 = layers.segments.iter().flat_map(|segment| segment.counts).sum();
        let newer = (recent <= NEWER).then(|| layers.newer(MAIN, Entity::Movie)).transpose()?;
        let newer = newer.map(|newer| newer.iter().map(|identity| tail(identity)).collect());
        Ok(Self { pages, layers, newer, rows: BTreeMap::new() })
    }

    /// Whether it tells the places of very many movies soon.
    #[must_use]
    pub fn is_quick(&self) -> bool {
        self.newer.is_some()
    }

    /// The place of a movie; none where the main layer does not have it, or no longer speaks for it. One at a lower
    /// place has at least as many votes, and is as new where it has as many.
    pub fn place(&mut self, movie: u32) -> Result<Option<u16>, Trouble> {
        let at = movie / ROW as u32;
        let row = match self.rows.entry(at) {
            Entry::Occupied(row) => row.into_mut(),
            Entry::Vacant(room) => room.insert(self.pages.get(&key_of(MAIN, kind::RENOWN, at))?),
        };
        let Some(place) = row.as_ref().and_then(|row| place_in(row, movie)) else { return Ok(None) };
        let is_newer = match &self.newer {
            Some(newer) => newer.contains(&movie),
            None => self.layers.speak_for(Entity::Movie, movie)?,
        };
        Ok((!is_newer).then_some(place))
    }
}

/// The place of a movie in its row.
fn place_in(row: &[u8], movie: u32) -> Option<u16> {
    let bytes = row.get(movie as usize % ROW * 2..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*bytes)).filter(|place| *place != NONE)
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
    let place = |id: &u32| place_in(rows.get(&row_of(id))?.as_ref()?, *id);
    for set in sets.iter_mut().filter(|set| set.len() > 1) {
        if let Some(best) = set.iter().filter_map(place).min() {
            set.retain(|id| place(id).is_none_or(|place| place == best));
        }
    }
    Ok(())
}
