//! The best-known movies or people of a set, as the finder's index has them: nobody walks past all the others.

use super::Fault;
use super::lane::Places;
use crate::domain::Entity;
use crate::search::Trouble;
use crate::search::index::{self, Kept, Renown};
use crate::store::entry::Index;
use crate::store::{IdSet, Order, Read};

/// The first places, if they were found.
type Found = Result<Option<Places>, Fault>;

/// Walking past so few rows is as good.
const NEAR: u64 = if cfg!(test) { 2 } else { 8_000 };
/// Asking for the place of a movie takes as long as walking past so much of a row.
const ASKED: f64 = if cfg!(test) { 0.0 } else { 0.6 };
/// At most so many times the wanted movies are read; then many are as well known as the last of them.
const SPREAD: usize = 4;

/// Whether an order is that in which the finder's index numbers names, but for ties.
pub(super) fn is_known(order: &Order, reverse: bool) -> bool {
    reverse && (*order == Order::all(Index::Popularity) || *order == Order::all(Index::Credited))
}

/// The first places of these, best known first; none where that takes too long.
pub(super) fn foremost(txn: &impl Read, kept: &Kept, ids: &IdSet, most: usize, order: &Order) -> Found {
    let passed = txn.count(order.entity())? / ids.len().max(1) * most as u64;
    match order.entity() {
        _ if passed <= NEAR => Ok(None),
        Entity::Person => people(txn, kept, ids, most),
        _ if (passed - NEAR) as f64 <= ids.len() as f64 * ASKED => Ok(None),
        _ => movies(txn, kept, ids, most),
    }
}

fn people(txn: &impl Read, kept: &Kept, ids: &IdSet, most: usize) -> Found {
    let rows = txn.finder()?;
    let rows = kept.ids_over(&rows, txn.finder_layers()?);
    let (wanted, limit) = (ids.gathered(), most * SPREAD);
    let found = index::foremost(&rows, Entity::Person, &|id| wanted.contains(id), (most, limit))?;
    let Some(found) = found else { return Ok(None) };
    let mut places = Order::all(Index::Credited).places(txn, &found.into_iter().collect(), true)?;
    places.truncate(most);
    Ok(Some(places))
}

fn movies(txn: &impl Read, kept: &Kept, ids: &IdSet, most: usize) -> Found {
    let Some(mut ranked) = ranked(txn, kept, ids)? else { return Ok(None) };
    for times in 1..SPREAD {
        let reach = (most * times + most / 8).min(ranked.len());
        if reach == 0 {
            break;
        }
        let last = ranked.select_nth_unstable(reach - 1).1.0;
        let near = || ranked.iter().filter(|(place, _)| *place <= last);
        if near().count() > most * SPREAD {
            break;
        }
        let mut places = Order::all(Index::Popularity).places(txn, &near().map(|(_, id)| *id).collect(), true)?;
        let placed: IdSet = near().filter(|(place, _)| place.is_some()).map(|(_, id)| *id).collect();
        let least = places.iter().filter(|place| placed.contains(Order::id(place))).map(|place| fame(place)).min();
        let sure = places.iter().take_while(|place| least.is_some_and(|least| fame(place) > least)).count();
        if sure >= most || reach == ranked.len() {
            places.truncate(most);
            return Ok(Some(places));
        }
    }
    Ok(None)
}

/// A movie and its place in the finder's index; without one, what the index does not know.
type Ranked = (Option<u16>, u32);

/// The movies with their places; none where the index does not tell soon.
fn ranked(txn: &impl Read, kept: &Kept, ids: &IdSet) -> Result<Option<Vec<Ranked>>, Fault> {
    let rows = txn.finder()?;
    let rows = kept.over(&rows, txn.finder_layers()?);
    let mut renown = Renown::open(&rows)?;
    if !renown.is_quick() {
        return Ok(None);
    }
    let ranked: Result<_, Trouble> = ids.iter().map(|id| renown.place(id).map(|place| (place, id))).collect();
    Ok(Some(ranked?))
}

/// Votes and year at the head of a place: movies that differ in these stand in the index as they stand in the order.
fn fame(place: &[u8]) -> (&[u8], u16) {
    let (votes, rest) = place.split_at(4);
    (votes, (u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]]) >> 9) as u16)
}
