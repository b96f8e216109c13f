//! Where the right answer came, kept by class.

use super::corpus::Corpus;
use cinedex::domain::Entity;
use cinedex::search::{Found, Question, Trouble, find, index};
use std::collections::BTreeMap;
use std::time::Instant;

#[derive(Clone, Copy, Default)]
struct Tally {
    queries: u32,
    first: u32,
    ten: u32,
    reciprocal: f64,
}

/// Places of right answers.
#[derive(Default)]
pub struct Scores {
    classes: BTreeMap<String, Tally>,
    all: Tally,
    micros: Vec<u128>,
}

/// Asks and times it.
pub fn ask(scores: &mut Scores, names: &Corpus, query: &str, only: Option<Entity>) -> Result<Vec<Found>, Trouble> {
    let start = Instant::now();
    let question = Question::parse(query);
    let found = match (&names.rows, &names.others) {
        (_, Some(others)) => others.ask(query, only),
        (Some(rows), _) => index::find(rows, &question, only, 50, &|| false, &|_, _| false)?,
        _ => find(names, &question, only, 50, &|| false, &|_, _| false)?,
    };
    scores.micros.push(start.elapsed().as_micros());
    Ok(found)
}

impl Scores {
    /// Notes at which place, counted from 0, the right answer came.
    pub fn note(&mut self, class: &str, place: Option<usize>) {
        for tally in [self.classes.entry(class.to_owned()).or_default(), &mut self.all] {
            tally.queries += 1;
            tally.first += u32::from(place == Some(0));
            tally.ten += u32::from(place.is_some_and(|place| place < 10));
            tally.reciprocal +=
                place.and_then(|place| u32::try_from(place).ok()).map_or(0.0, |place| 1.0 / f64::from(place + 1));
        }
    }

    /// Prints a table.
    pub fn print(&mut self, title: &str) {
        println!("\n{title}\n{:<28} {:>6} {:>7} {:>7} {:>7}", "class", "n", "MRR", "first", "ten");
        for (class, tally) in self.classes.iter().chain([(&"all".to_owned(), &self.all)]) {
            let share = |part: f64| part / f64::from(tally.queries.max(1));
            let (first, ten) = (share(f64::from(tally.first)), share(f64::from(tally.ten)));
            println!("{class:<28} {:>6} {:>7.3} {first:>7.3} {ten:>7.3}", tally.queries, share(tally.reciprocal));
        }
        self.micros.sort_unstable();
        let at = |share: usize| self.micros.get(self.micros.len() * share / 1000).copied().unwrap_or(0);
        println!("micros: p50 {}, p99 {}, p99.9 {}", at(500), at(990), at(999));
    }
}

/// Says what was missed, where asked to.
pub fn miss(class: &str, query: &str, wanted: &str, place: Option<usize>, first: Option<&str>) {
    if place != Some(0) && std::env::var_os("MISSES").is_some() {
        println!("  {class:<20} {query:<32} {wanted:<32} {place:?} {}", first.unwrap_or("-"));
    }
}
