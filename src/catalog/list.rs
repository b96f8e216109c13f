//! Pages of lists: which places, and what their rows show.

use super::answer::{Cells, MovieCells, Page, PersonCells, Row};
use super::filter::{self, Asking, Choice, Paging, movies_among, name_matches};
use super::lane::{Lane, Places, Slice};
use super::query::{Cursor, FavoriteOrder, List, MovieOrder, PageQuery, PersonOrder, Start};
use super::{Actor, Fault, review};
use crate::catalog::label::Labels;
use crate::domain::duration::show_duration;
use crate::domain::sort::{head, name_key, title_key};
use crate::domain::{
    AccountId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId, ReviewId, Timestamp, grouped,
};
use crate::store::entry::Index;
use crate::store::{IdSet, Order, Posting, Read, StoreError};
use std::ops::ControlFlow;

/// One page of a list.
pub(super) fn page(txn: &impl Read, asking: Asking, query: &PageQuery) -> Result<Page, Fault> {
    let actor = asking.actor;
    let me = actor.account();
    match &query.list {
        List::Movies { order, reverse, filter } => {
            let best_known = *order == MovieOrder::Popularity && *reverse;
            let choice = filter::movies(txn, asking, filter, Paging { rows: query.count, best_known })?;
            let order_of = movie_order(*order);
            let bounds = filter::bounds(&filter.words, &order_of);
            let lane = Lane::of(txn, (order_of, *reverse), choice, Entity::Movie, query.count)?;
            let mut lane = lane.between(bounds, &asking.memory.rows);
            let mut labels = Labels::new(txn, me);
            finish(lane.page(&query.start, query.count)?, |place| {
                let id = MovieId(Order::id(place));
                let cells = labels.movie_cells(id)?;
                let head = cells.as_ref().map(|cells| movie_head(*order, cells, txn, id)).transpose()?;
                Ok(cells.map(|cells| (Key::Movie(id), head.unwrap_or_default(), Cells::Movie(cells))))
            })
        }
        List::People { order, reverse, filter } => {
            let best_known = *order == PersonOrder::Popularity && *reverse;
            let choice = filter::people(txn, asking, filter, Paging { rows: query.count, best_known })?;
            let order_of = person_order(*order);
            let bounds = filter::bounds(&filter.words, &order_of);
            let lane = Lane::of(txn, (order_of, *reverse), choice, Entity::Person, query.count)?;
            let mut lane = lane.between(bounds, &asking.memory.rows);
            let slice = lane.page(&query.start, query.count)?;
            let mut labels = Labels::new(txn, me);
            let rows = txn.finder()?;
            let rows = asking.memory.rows.over(&rows, txn.finder_layers()?);
            let people: Vec<PersonId> = slice.places.iter().map(|place| PersonId(Order::id(place))).collect();
            labels.expect(&people, &rows)?;
            finish(slice, |place| {
                let id = PersonId(Order::id(place));
                let Some((cells, key)) = labels.person_cells(id)? else { return Ok(None) };
                Ok(Some((Key::Person(id), person_head(*order, &cells, &key), Cells::Person(cells))))
            })
        }
        List::Favorites { order, reverse, words } => {
            let Some(me) = me else { return Err(Fault::SignInFirst) };
            favorites(txn, asking, me, (*order, *reverse), words, query)
        }
        List::Reviews { skipped, why, source } => {
            let ids = review::rows(txn, actor, *skipped, *why, *source)?;
            let choice = Choice::Ids(ids);
            let mut lane = Lane::of(txn, (Order::Reviews, false), choice, Entity::Review, query.count)?;
            finish(lane.page(&query.start, query.count)?, |place| {
                let id = ReviewId(Order::id(place));
                let cells = txn.review(id)?.map(|row| Cells::Review(review::cells(&row)));
                Ok(cells.map(|cells| (Key::Review(id), String::new(), cells)))
            })
        }
        List::Names { entity, reverse, words } => names(txn, actor, *entity, *reverse, words, query),
    }
}

/// How many rows a list has.
pub(super) fn count(txn: &impl Read, asking: Asking, list: &List) -> Result<u64, Fault> {
    let ids = match list {
        List::Movies { filter, .. } => filter::movie_ids(txn, asking, filter)?,
        List::People { filter, .. } => filter::person_ids(txn, asking, filter)?,
        _ => {
            let query = PageQuery { list: list.clone(), start: Start::First, count: 0 };
            return Ok(page(txn, asking, &query)?.total.unwrap_or_default());
        }
    };
    let entity = if matches!(list, List::People { .. }) { Entity::Person } else { Entity::Movie };
    Ok(ids.map_or_else(|| txn.count(entity), |ids| Ok(ids.len()))?)
}

fn finish(
    slice: Slice,
    mut show: impl FnMut(&[u8]) -> Result<Option<(Key, String, Cells)>, StoreError>,
) -> Result<Page, Fault> {
    let mut rows = Vec::with_capacity(slice.places.len());
    for place in slice.places {
        if let Some((key, head, cells)) = show(&place)? {
            rows.push(Row { key, cursor: Cursor(place), head, cells });
        }
    }
    let focus = slice.focus.filter(|_| !rows.is_empty()).map(|focus| focus.min(rows.len() - 1));
    Ok(Page { rows, before: slice.before, after: slice.after, total: slice.total, focus })
}

fn movie_order(order: MovieOrder) -> Order {
    match order {
        MovieOrder::Title => Order::all(Index::Title),
        MovieOrder::Released => Order::all(Index::Released),
        MovieOrder::Duration => Order::all(Index::Duration),
        MovieOrder::Budget => Order::all(Index::Budget),
        MovieOrder::Rating => Order::all(Index::Rating),
        MovieOrder::Popularity => Order::all(Index::Popularity),
        MovieOrder::Added => Order::Movies,
    }
}

fn person_order(order: PersonOrder) -> Order {
    match order {
        PersonOrder::Name => Order::all(Index::Name),
        PersonOrder::Born => Order::all(Index::Born),
        PersonOrder::Popularity => Order::all(Index::Credited),
        PersonOrder::Added => Order::People,
    }
}

/// The head of a movie's sort key, for showing the place.
fn movie_head(order: MovieOrder, cells: &MovieCells, txn: &impl Read, id: MovieId) -> Result<String, StoreError> {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    Ok(match order {
        MovieOrder::Title => {
            let language = txn.movie(id)?.and_then(|movie| movie.language);
            head(&title_key(&cells.title, language))
        }
        MovieOrder::Released => or_dash(cells.released.map(|date| date.year().to_string())),
        MovieOrder::Duration => or_dash(cells.duration.map(show_duration)),
        MovieOrder::Budget => or_dash(cells.budget.map(|budget| budget.human())),
        MovieOrder::Rating => or_dash(cells.rating.map(|rating| format!("{}.{}", rating / 100, rating / 10 % 10))),
        MovieOrder::Popularity => or_dash(cells.votes.map(|votes| format!("{} votes", grouped(votes.into())))),
        MovieOrder::Added => day(cells.added),
    })
}

fn person_head(order: PersonOrder, cells: &PersonCells, key: &[u8]) -> String {
    match order {
        PersonOrder::Name => head(key),
        PersonOrder::Born => cells.born.map_or_else(|| "–".to_owned(), |date| date.year().to_string()),
        PersonOrder::Popularity => format!("{} credits", grouped(cells.credits)),
        PersonOrder::Added => String::new(),
    }
}

fn day(moment: Timestamp) -> String {
    moment.to_string().chars().take(10).collect()
}

fn favorites(
    txn: &impl Read,
    asking: Asking,
    me: AccountId,
    (order, reverse): (FavoriteOrder, bool),
    words: &str,
    query: &PageQuery,
) -> Result<Page, Fault> {
    let added = Order::Index(Index::Added, me.0.to_be_bytes().to_vec());
    let mut mine = Places::new();
    added.walk(txn, reverse, None, false, &mut |place| {
        mine.push(place.to_vec());
        ControlFlow::Continue(())
    })?;
    if !words.is_empty() {
        let ids = mine.iter().map(|place| Order::id(place)).collect();
        let kept = movies_among(txn, asking, words, ids)?;
        mine.retain(|place| kept.contains(Order::id(place)));
    }
    let (order, rows) = match order {
        FavoriteOrder::Added => (added, mine),
        FavoriteOrder::Title => {
            let by_title = Order::all(Index::Title);
            let ids: IdSet = mine.iter().map(|place| Order::id(place)).collect();
            let rows = by_title.places(txn, &ids, reverse)?;
            (by_title, rows)
        }
    };
    let mut query = query.clone();
    if let (Start::Around(Key::Movie(movie), cursor), Order::Index(Index::Added, _)) = (&query.start, &order) {
        query.start = Start::Around(Key::Favorite(me, *movie), cursor.clone());
    }
    let by_title = order == Order::all(Index::Title);
    let mut lane = Lane::sorted(txn, order, reverse, rows);
    let mut labels = Labels::new(txn, Some(me));
    finish(lane.page(&query.start, query.count)?, |place| {
        let id = MovieId(Order::id(place));
        let Some(mut cells) = labels.movie_cells(id)? else { return Ok(None) };
        cells.added = txn.favorite(me, id)?.map_or(cells.added, |favorite| favorite.added);
        let head = if by_title { head(&title_key(&cells.title, None)) } else { day(cells.added) };
        Ok(Some((Key::Movie(id), head, Cells::Movie(cells))))
    })
}

fn names(
    txn: &impl Read,
    actor: Actor,
    entity: Entity,
    reverse: bool,
    words: &str,
    query: &PageQuery,
) -> Result<Page, Fault> {
    let order = Order::Index(Index::Small, vec![entity.code()]);
    let mut lane = if words.trim().is_empty() {
        Lane::all(txn, order, reverse, txn.count(entity)?)
    } else {
        let places = named(txn, &order, reverse, words)?;
        Lane::sorted(txn, order, reverse, places)
    };
    finish(lane.page(&query.start, query.count)?, |place| {
        let row = small_row(txn, actor, entity, Order::id(place))?;
        Ok(row.map(|(key, name, note, count)| (key, head(&name_key("", &name)), Cells::Name { name, note, count })))
    })
}

/// The places whose folded name has all the words.
fn named(txn: &impl Read, order: &Order, reverse: bool, words: &str) -> Result<Places, StoreError> {
    let mut places = Places::new();
    order.walk(txn, reverse, None, false, &mut |place| {
        let name = String::from_utf8_lossy(&place[1..place.len() - 5]);
        if name_matches(words, std::iter::once(name.as_ref())) {
            places.push(place.to_vec());
        }
        ControlFlow::Continue(())
    })?;
    Ok(places)
}

type SmallRow = (Key, String, String, Option<u64>);

fn small_row(txn: &impl Read, actor: Actor, entity: Entity, id: u32) -> Result<Option<SmallRow>, StoreError> {
    Ok(match entity {
        Entity::Genre => match txn.genre(GenreId(id))? {
            Some(genre) => {
                let movies = txn.posting(Posting::Genre, id)?.len();
                Some((Key::Genre(GenreId(id)), genre.name, String::new(), Some(movies)))
            }
            None => None,
        },
        Entity::Country => match txn.country(CountryId(id))? {
            Some(country) => {
                let movies = txn.posting(Posting::Country, id)?.len();
                Some((Key::Country(CountryId(id)), country.name, country.code.unwrap_or_default(), Some(movies)))
            }
            None => None,
        },
        Entity::File => txn
            .file(FileId(id))?
            .map(|file| (Key::File(FileId(id)), file.name, file.mime, file.key.is_some().then_some(file.size))),
        Entity::Account => txn.account(AccountId(id))?.map(|account| {
            let me = if actor.account() == Some(AccountId(id)) { ", you" } else { "" };
            (Key::Account(AccountId(id)), account.username, format!("{}{me}", account.standing), None)
        }),
        _ => None,
    })
}
