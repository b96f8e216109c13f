//! One keystroke over a whole catalogue, through the use case that the screen's finder asks: films, people and
//! characters, an account's favorites and what it opened lately.
//!
//! `cargo bench --bench finder -- CATALOGUE [FAVORITES] [SEED]`. The catalogue gets an account with so many favorites,
//! 10,000 if not told otherwise, and is tidied: name a copy. `ONLY=warm`, `ONLY=cold` or `ONLY=start` measures a part.

#[path = "../search_index/questions.rs"]
mod questions;
#[path = "../../made/random.rs"]
mod random;
mod setting;
mod start;
#[path = "../search_index/times.rs"]
mod times;

use cinedex::catalog::{Actor, Catalog, Fault, Find, Query};
use questions::questions;
use random::Random;
use setting::Setting;
use std::error::Error;
use std::path::Path;
use std::time::Instant;
use times::{Times, memory, spent};

/// What the benchmark's steps come to.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// As many hits as the screen asks for.
const LIMIT: usize = 60;
/// Of the questions asked warm one in so many is asked again cold.
const COLD: usize = 8;

fn main() -> Outcome {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(file) = args.next() else {
        println!("usage: finder CATALOGUE [FAVORITES] [SEED]");
        return Ok(());
    };
    let favorites = args.next().map_or(Ok(10_000), |count| count.parse())?;
    let mut random = Random(args.next().map_or(Ok(1), |seed| seed.parse())?);
    let file = Path::new(&file);
    let Setting { catalog, actor, names } = setting::prepare(file, favorites, &mut random)?;
    let asked: Vec<(&str, String)> = names.iter().flat_map(|name| questions(name, &mut random)).collect();
    let only = std::env::var("ONLY").ok();
    let wanted = |part: &str| only.as_ref().is_none_or(|only| only == part);
    if wanted("warm") {
        warm(&catalog, Actor::Guest, "warm, nobody signed in", &asked)?;
        warm(&catalog, actor, &format!("warm, {favorites} favorites"), &asked)?;
        warm(&catalog, actor, "bad input", &bad())?;
        memory();
    }
    if wanted("cold") {
        cold(&catalog, actor, file, &asked)?;
        memory();
    }
    drop(catalog);
    if wanted("start") { start::run(file, &names[0]) } else { Ok(()) }
}

/// Asks as the finder does.
fn ask(catalog: &Catalog, actor: Actor, text: &str) -> Outcome {
    match catalog.ask(actor, &Query::Find(Find { text: text.to_owned(), only: None, limit: LIMIT })) {
        Ok(_) | Err(Fault::Query { .. }) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

/// The time of this thread alone, the best of three: what else runs on the machine is not measured.
fn warm(catalog: &Catalog, actor: Actor, title: &str, asked: &[(&str, String)]) -> Outcome {
    let mut best = vec![u128::MAX; asked.len()];
    for _ in 0..3 {
        for (best, (_, asked)) in best.iter_mut().zip(asked) {
            let start = spent();
            ask(catalog, actor, asked)?;
            *best = ((spent() - start) / 1000).min(*best);
        }
    }
    println!("\n{title}");
    let mut times = Times::default();
    best.iter().zip(asked).for_each(|(best, (class, asked))| times.note(class, asked, *best));
    times.print();
    Ok(())
}

/// By the clock, the file's pages dropped from the system's cache before every question.
fn cold(catalog: &Catalog, actor: Actor, file: &Path, asked: &[(&str, String)]) -> Outcome {
    let mut times = Times::default();
    for (class, asked) in asked.iter().step_by(COLD) {
        setting::forget(file)?;
        let start = Instant::now();
        ask(catalog, actor, asked)?;
        times.note(class, asked, start.elapsed().as_micros());
    }
    println!("\ncold, by the clock");
    times.print();
    Ok(())
}

/// What nobody means to type.
fn bad() -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("empty", String::new()),
        ("blanks", " \t\u{a0}\u{3000}".repeat(50)),
        ("blanks", " ".repeat(10_000)),
        ("combining marks", "\u{301}".repeat(10_000)),
        ("combining marks", format!("a{}b", "\u{301}\u{327}".repeat(5_000))),
        ("control characters", "\u{0}\u{1b}[2J\u{7}\r\n\u{9b}".repeat(200)),
        ("brackets and quotes", "((((\"\"\")]}{".repeat(300)),
        ("a query cut short", "=(genre:drama or \"".to_owned()),
        ("a query backwards", "=year:1990..1950 released:1999-02-31 votes:>99999999999999999999".to_owned()),
    ];
    for letters in ["x", "e", "ab ", "a ", "the of ", "mar jo ", "1", "é", "ж", "映", "ab\u{301}-", "mr mrs "] {
        let count = 10_000 / letters.chars().count();
        all.push(("10,000 characters", letters.repeat(count)));
    }
    all
}
