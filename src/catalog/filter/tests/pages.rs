//! Pages and counts of what a query lets through, against records sorted and counted plainly.

use super::world::{COUNTRIES, Dice, GENRES, World};
use super::{MOVIE_LEAVES, PERSON_LEAVES, answer, movies, people, query};
use crate::catalog::facets::facets;
use crate::catalog::list::page;
use crate::catalog::query::{List, MovieFilter, MovieOrder, PageQuery, PersonFilter, PersonOrder, Start};
use crate::domain::sort::{name_key, title_key};
use crate::domain::{CountryId, GenreId, Key, Movie, PartialDate, Person, PersonId};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The ids of a list, page by page from its first row on, or from its last row back.
fn paged(world: &World, list: &List, count: usize, back: bool) -> Vec<u32> {
    let txn = world.store.begin_read().unwrap();
    let (mut start, mut ids) = (if back { Start::Last } else { Start::First }, Vec::new());
    loop {
        let query = PageQuery { list: list.clone(), start, count };
        let page = page(&txn, world.asking(), &query).unwrap();
        let mut rows = page.rows;
        if back {
            rows.reverse();
        }
        ids.extend(rows.iter().map(|row| match row.key {
            Key::Movie(id) => id.0,
            Key::Person(id) => id.0,
            other => panic!("{other}"),
        }));
        let goes_on = if back { page.before } else { page.after };
        match rows.pop().filter(|_| goes_on) {
            Some(row) if back => start = Start::Before(row.cursor),
            Some(row) => start = Start::After(row.cursor),
            None => break,
        }
        assert!(ids.len() < 1_000, "pages go round");
    }
    if back {
        ids.reverse();
    }
    ids
}

/// However large its pages are, and from either end, a list has these ids.
#[track_caller]
fn pages_are(world: &World, dice: &mut Dice, list: &List, expected: &[u32]) {
    for count in [1, 1 + dice.up_to(9) as usize, 100] {
        for back in [false, true] {
            assert_eq!(paged(world, list, count, back), expected, "{list:?} by {count}");
        }
    }
}

/// Rows whose value is known by value and id, or the other way round; the others after them by id.
fn sorted(mut rows: Vec<(Option<Vec<u8>>, u32)>, reverse: bool) -> Vec<u32> {
    rows.sort();
    let (unknown, mut known): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(value, _)| value.is_none());
    if reverse {
        known.reverse();
    }
    known.into_iter().chain(unknown).map(|(_, id)| id).collect()
}

fn movie_value(order: MovieOrder, movie: &Movie) -> Option<Vec<u8>> {
    let packed = |date: Option<PartialDate>| date.map(|date| date.packed().to_be_bytes().to_vec());
    match order {
        MovieOrder::Title => Some(title_key(&movie.title, movie.language)),
        MovieOrder::Released => packed(movie.released),
        MovieOrder::Duration => movie.duration.map(|seconds| seconds.to_be_bytes().to_vec()),
        MovieOrder::Budget => movie.budget.map(|budget| budget.key().to_vec()),
        MovieOrder::Rating => movie.rating.map(|rating| rating.to_be_bytes().to_vec()),
        MovieOrder::Popularity => {
            let votes = movie.votes.unwrap_or(0).to_be_bytes().to_vec();
            Some([votes, packed(movie.released).unwrap_or_default()].concat())
        }
        MovieOrder::Added => Some(Vec::new()),
    }
}

fn person_value(world: &World, order: PersonOrder, id: u32, person: &Person) -> Option<Vec<u8>> {
    let plays = world.characters.iter().filter(|(_, part)| part.actors.contains(&PersonId(id))).count();
    let directs = world.movies.iter().filter(|(_, movie)| movie.directors.contains(&PersonId(id))).count();
    match order {
        PersonOrder::Name => Some(name_key(&person.first_name, &person.last_name)),
        PersonOrder::Born => person.born.map(|date| date.packed().to_be_bytes().to_vec()),
        PersonOrder::Popularity => Some((plays + directs).to_be_bytes().to_vec()),
        PersonOrder::Added => Some(Vec::new()),
    }
}

const MOVIE_ORDERS: [MovieOrder; 7] = [
    MovieOrder::Title,
    MovieOrder::Released,
    MovieOrder::Duration,
    MovieOrder::Budget,
    MovieOrder::Rating,
    MovieOrder::Popularity,
    MovieOrder::Added,
];
const PERSON_ORDERS: [PersonOrder; 4] =
    [PersonOrder::Name, PersonOrder::Born, PersonOrder::Popularity, PersonOrder::Added];

fn counted<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_insert(0) += 1);
    counts
}

/// Most first, then by name.
fn most_first<I: Copy>(
    counts: BTreeMap<u32, u64>,
    id: fn(u32) -> I,
    name: fn(u32) -> &'static str,
) -> Vec<(I, String, u64)> {
    let mut rows: Vec<_> = counts.into_iter().map(|(at, count)| (Reverse(count), name(at), at)).collect();
    rows.sort();
    rows.into_iter().map(|(Reverse(count), name, at)| (id(at), name.to_owned(), count)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn lists_of_films_are_sorted_and_whole(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let world = World::new(&mut dice);
        for order in MOVIE_ORDERS {
            for reverse in [false, true] {
                let words = query(&mut dice, MOVIE_LEAVES, 1);
                let Some(ids) = answer(movies(&world, &words), &words) else { continue };
                let found = world.movies.iter().filter(|(id, _)| ids.contains(id));
                let expected = sorted(found.map(|(id, movie)| (movie_value(order, movie), *id)).collect(), reverse);
                let list = List::Movies { order, reverse, filter: MovieFilter { words, ..MovieFilter::default() } };
                pages_are(&world, &mut dice, &list, &expected);
            }
        }
    }

    #[test]
    fn lists_of_people_are_sorted_and_whole(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let world = World::new(&mut dice);
        for order in PERSON_ORDERS {
            for reverse in [false, true] {
                let words = query(&mut dice, PERSON_LEAVES, 1);
                let Some(ids) = answer(people(&world, &words), &words) else { continue };
                let found = world.people.iter().filter(|(id, _)| ids.contains(id));
                let rows = found.map(|(id, person)| (person_value(&world, order, *id, person), *id));
                let expected = sorted(rows.collect(), reverse);
                let list = List::People { order, reverse, filter: PersonFilter { words, country: None } };
                pages_are(&world, &mut dice, &list, &expected);
            }
        }
    }

    #[test]
    fn counts_are_exact(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let world = World::new(&mut dice);
        let txn = world.store.begin_read().unwrap();
        for _ in 0..20 {
            let words = query(&mut dice, MOVIE_LEAVES, 1);
            let Some(ids) = answer(movies(&world, &words), &words) else { continue };
            let found: Vec<&Movie> =
                world.movies.iter().filter(|(id, _)| ids.contains(id)).map(|(_, movie)| movie).collect();
            let filter = MovieFilter { words, ..MovieFilter::default() };
            let facets = facets(&txn, world.asking(), &filter).unwrap();
            let genres = counted(found.iter().flat_map(|movie| movie.genres.iter().map(|genre| genre.0)));
            prop_assert_eq!(facets.genres, most_first(genres, GenreId, |at| GENRES[at as usize - 1]));
            let countries = counted(found.iter().flat_map(|movie| movie.countries.iter().map(|one| one.0)));
            prop_assert_eq!(facets.countries, most_first(countries, CountryId, |at| COUNTRIES[at as usize - 1].0));
            let decades = counted(found.iter().filter_map(|movie| movie.released).map(|date| date.year() / 10 * 10));
            prop_assert_eq!(facets.decades, decades.into_iter().rev().collect::<Vec<_>>());
        }
    }
}
