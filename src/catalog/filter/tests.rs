//! Queries over random catalogues, against a reference written plainly.

mod pages;
mod plain;
mod world;

use super::open::Costs;
use super::*;
use crate::domain::{Key, Movie, MovieId, Record};
use crate::search::language::{Expr, parse};
use plain::Plain;
use proptest::prelude::*;
use world::{Dice, World};

/// The ids that the indexes let through.
fn movies(world: &World, words: &str) -> Result<Vec<u32>, Fault> {
    let txn = world.store.begin_read().unwrap();
    let filter = MovieFilter { words: words.to_owned(), ..MovieFilter::default() };
    let ids = movie_ids(&txn, world.asking(), &filter)?;
    Ok(ids.map_or_else(|| world.movie_ids(), |ids| ids.iter().collect()))
}

fn people(world: &World, words: &str) -> Result<Vec<u32>, Fault> {
    let txn = world.store.begin_read().unwrap();
    let filter = PersonFilter { words: words.to_owned(), country: None };
    let ids = person_ids(&txn, world.asking(), &filter)?;
    Ok(ids.map_or_else(|| world.person_ids(), |ids| ids.iter().collect()))
}

const MOVIE_LEAVES: &[&str] = &[
    "red",
    "riv war",
    "\"red river\"",
    "\"red riv\"",
    "-peace",
    "title:war",
    "title:\"and peace\"",
    "genre:drama",
    "genre:com",
    "-genre:noir",
    "country:france",
    "country:us",
    "country:malta",
    "1950..1952",
    "1940s",
    "-year:1951",
    "year:<1945",
    "date:1950-03",
    "date:>1950-03",
    "date:<=1950-03-05",
    "date:1945-06..1952-02-10",
    ">1h30",
    "duration:90",
    "duration:..1h35",
    "rating:>=7",
    "rating:7",
    "-rating:<5",
    "votes:>500",
    "votes:10..1k",
    "budget:>=1M",
    "budget:..2M EUR",
    "budget:>1250000",
    "budget:300000..2100000 EUR",
    "duration:88m20s..92m10s",
    "duration:>97m",
    "rating:6.37..8.12",
    "votes:7..9",
    "votes:130..1311",
    "date:1941-01-01..1949-12",
    "date:1943..1944-02",
    "date:>=1947-01",
    "kind:short",
    "-kind:movie",
    "favorite:yes",
    "favorite:no",
    "added:1970-01",
    "added:>1970-01-20",
    "director:ada",
    "-director:\"ada mott\"",
    "actor:okri",
    "actor:ada role:leading",
    "actor:b -role:leading",
    "character:rick",
    "character:\"rick b\"",
    "character:i role:supporting",
    "-actor:cy role:background",
    "actor:\"ada mott\"",
    "actor:mo ad",
    "-director:o",
    "character:bl ri",
    "character:\"blaine\" -role:leading",
];

const PERSON_LEAVES: &[&str] = &[
    "ada",
    "mot ad",
    "\"ada mott\"",
    "-okri",
    "country:france",
    "-country:us",
    "gender:female",
    "gender:unknown",
    "born:1920s",
    "born:<1925-06",
    "born:>=1925-06-15",
    "born:1921-01..1926-12-31",
    "title:war",
    "title:red role:leading",
    "character:rick",
    "character:i -role:supporting",
    "-character:b ri",
    "character:\"rick b\"",
];

/// A query of these leaves, three deep at most.
fn query(dice: &mut Dice, leaves: &[&str], depth: u32) -> String {
    let mut parts = Vec::new();
    for _ in 0..=dice.up_to(3) {
        parts.push(match dice.up_to(6) {
            0 if depth > 0 => format!("({})", query(dice, leaves, depth - 1)),
            1 if depth > 0 => format!("-({})", query(dice, leaves, depth - 1)),
            _ => (*dice.one_of(leaves)).to_owned(),
        });
        if dice.up_to(4) == 0 {
            parts.push("or".to_owned());
        }
    }
    if parts.last().is_some_and(|part| part == "or") {
        parts.pop();
    }
    parts.join(" ")
}

/// A role beside nothing is refused; then there is nothing to compare.
fn answer(found: Result<Vec<u32>, Fault>, query: &str) -> Option<Vec<u32>> {
    match found {
        Ok(ids) => Some(ids),
        Err(Fault::Query { says, span }) => {
            assert!(says.starts_with("role:"), "{query}: {says}");
            assert!(query.get(span).is_some());
            None
        }
        Err(fault) => panic!("{query}: {fault}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_indexes_say_what_a_plain_reading_says(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let world = World::new(&mut dice);
        for _ in 0..120 {
            let text = query(&mut dice, MOVIE_LEAVES, 2);
            let read: Expr = parse(&text).unwrap();
            if let Some(found) = answer(movies(&world, &text), &text) {
                prop_assert_eq!(found, Plain(&world).movies(&read), "{}", text);
            }
            let text = query(&mut dice, PERSON_LEAVES, 2);
            let read: Expr = parse(&text).unwrap();
            if let Some(found) = answer(people(&world, &text), &text) {
                prop_assert_eq!(found, Plain(&world).people(&read), "{}", text);
            }
        }
    }
}

#[test]
fn what_cannot_be_asked_is_pointed_at() {
    let world = World::new(&mut Dice::new(7));
    let fault = |found: Result<Vec<u32>, Fault>| match found {
        Err(Fault::Query { says, span }) => (says, span),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        fault(movies(&world, "war genre:dramma")),
        ("no genre is called “dramma”; is it Drama?".to_owned(), 4..16)
    );
    assert_eq!(fault(movies(&world, "born:1920s")), ("born: is asked of people, not of films".to_owned(), 0..10));
    assert_eq!(fault(people(&world, "year:1920")), ("year: is asked of films, not of people".to_owned(), 0..9));
    assert_eq!(fault(movies(&world, "war role:leading")).1, 4..16);
    assert_eq!(fault(movies(&world, "year:19x0")), ("year: “19x0” is not a year".to_owned(), 5..9));
    let guest = movie_ids(
        &world.store.begin_read().unwrap(),
        Asking { actor: Actor::Guest, ..world.asking() },
        &MovieFilter { words: "fav:yes".to_owned(), ..MovieFilter::default() },
    );
    assert_eq!(guest, Err(Fault::SignInFirst));
}

/// What is asked row by row costs nothing, sets cost much; or the other way round.
fn memory(sets_are_dear: bool) -> Memory {
    let (entry, read) = if sets_are_dear { (1_000_000, 1) } else { (1, 1_000_000) };
    Memory { costs: Costs { read, entry, easy: 0 }, ..Memory::default() }
}

#[test]
fn what_is_dear_is_asked_row_by_row() {
    let world = World::new(&mut Dice::new(5));
    let txn = world.store.begin_read().unwrap();
    for words in ["r", "-title:r", "title:w 1940s", "kind:short or title:p"] {
        let filter = MovieFilter { words: words.to_owned(), ..MovieFilter::default() };
        for sets_are_dear in [true, false] {
            let memory = memory(sets_are_dear);
            let asking = Asking { memory: &memory, ..world.asking() };
            let choice = super::movies(&txn, asking, &filter, Paging { rows: 3, best_known: false }).unwrap();
            assert_eq!(matches!(choice, Choice::Asked(_)), sets_are_dear, "{words}");
        }
    }
}

#[test]
fn what_is_remembered_is_forgotten_with_a_change() {
    let world = World::new(&mut Dice::new(5));
    let memory = memory(true);
    let (id, movie) = &world.movies[0];
    let filter = MovieFilter { words: "title:zorro".to_owned(), ..MovieFilter::default() };
    let zorros = || {
        let txn = world.store.begin_read().unwrap();
        let asking = Asking { memory: &memory, ..world.asking() };
        let found = movie_ids(&txn, asking, &filter).unwrap().unwrap();
        assert_eq!(movie_ids(&txn, asking, &filter).unwrap().unwrap(), found);
        found.contains(*id)
    };
    assert!(!zorros());
    let mut writer = world.store.begin_write().unwrap();
    let zorro = Movie { title: "Zorro".to_owned(), ..movie.clone() };
    writer.set(Key::Movie(MovieId(*id)), Some(Record::Movie(zorro))).unwrap();
    writer.commit().unwrap();
    assert!(zorros());
}
