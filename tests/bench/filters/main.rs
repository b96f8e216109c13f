//! Filters of every shape over a catalogue, with values out of it: the first page as a tall screen asks for it, the
//! next one, and the counts of the filter pane, or of the rows where a page of people was had without. Each value is
//! asked once, by turns with all the others, after other values of the same shapes. `cargo bench --bench filters -- CATALOGUE [VALUES] [SEED]`

#[path = "../../made/random.rs"]
mod random;
mod sample;
mod shapes;

use cinedex::catalog::password::Cost;
use cinedex::catalog::{
    Actor, Answer, Catalog, Fault, List, MovieFilter, MovieOrder, PageQuery, PersonFilter, PersonOrder, Query, Start,
};
use cinedex::domain::Entity;
use cinedex::store::{Access, Read};
use random::Random;
use sample::Sample;
use shapes::{Order, SHAPES, Shape};
use std::path::Path;

/// What went wrong, whatever it was.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Rows that a screen of sixty lines asks for at a time.
const ROWS: usize = 168;

/// Figures of one shape, in microseconds of this thread's processor time.
#[derive(Default)]
struct Times {
    first: Vec<u64>,
    next: Vec<u64>,
    facets: Vec<u64>,
    /// The slowest first page or counts, and the query.
    worst: (u64, String),
    rows: Vec<u64>,
}

fn main() -> Outcome {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let path = args.first().ok_or("which catalogue? cargo bench --bench filters -- CATALOGUE [VALUES] [SEED]")?;
    let number = |place: usize, usual: u64| args.get(place).map_or(Ok(usual), |arg| arg.parse());
    let (values, mut random) = (number(1, 40)?, Random(number(2, 1)?));
    let only = std::env::var("SHAPE").unwrap_or_default();
    let shapes: Vec<&Shape> = SHAPES.iter().filter(|shape| shape.name.contains(&only)).collect();
    let catalog = Catalog::open(Path::new(path), Access::Best, Cost::default(), None)?;
    let sample = Sample::draw(&catalog.store().begin_read()?, &mut random)?;
    let mut times: Vec<Times> = shapes.iter().map(|_| Times::default()).collect();
    for round in 0..=values + values / 4 {
        for (shape, times) in shapes.iter().zip(&mut times) {
            let text = shape.text(&sample, &mut random);
            let taken = ask(&catalog, shape, &text).map_err(|fault| format!("{text}: {fault}"))?;
            if round > values / 4 {
                times.take(&text, &taken);
            }
        }
    }
    table(&shapes, &mut times);
    let read = catalog.store().begin_read()?;
    println!("{} films, {} people", read.count(Entity::Movie)?, read.count(Entity::Person)?);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of_memory = status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("RssAnon"));
    of_memory.for_each(|line| println!("{line}"));
    Ok(())
}

impl Times {
    fn take(&mut self, text: &str, taken: &Taken) {
        self.first.push(taken.first);
        self.next.extend(taken.next);
        self.facets.extend(taken.facets);
        self.rows.push(taken.total);
        self.worst = self.worst.clone().max((taken.first.max(taken.facets.unwrap_or(0) / 6), text.to_owned()));
    }
}

/// What one query took.
struct Taken {
    first: u64,
    next: Option<u64>,
    facets: Option<u64>,
    total: u64,
}

fn ask(catalog: &Catalog, shape: &Shape, text: &str) -> Result<Taken, Fault> {
    let filter = MovieFilter { words: text.to_owned(), ..MovieFilter::default() };
    let list = match shape.order {
        Order::Films(order, reverse) => List::Movies { order, reverse, filter: filter.clone() },
        Order::People(order, reverse) => {
            List::People { order, reverse, filter: PersonFilter { words: text.to_owned(), country: None } }
        }
    };
    let page = |start| {
        let query = Query::Page(PageQuery { list: list.clone(), start, count: ROWS });
        let (micros, answer) = timed(|| catalog.ask(Actor::Guest, &query));
        let Answer::Page(page) = answer? else { unreachable!("a page was asked for") };
        Ok::<_, Fault>((micros, page))
    };
    let (first, shown) = page(Start::First)?;
    let next = match shown.rows.last().filter(|_| shown.after) {
        Some(row) => Some(page(Start::After(row.cursor.clone()))?.0),
        None => None,
    };
    let facets = match shape.order {
        Order::Films(..) => {
            let (micros, answer) = timed(|| catalog.ask(Actor::Guest, &Query::Facets(filter)));
            answer.map(|_| Some(micros))?
        }
        Order::People(..) => None,
    };
    if let Some(total) = shown.total {
        return Ok(Taken { first, next, facets, total });
    }
    let (micros, answer) = timed(|| catalog.ask(Actor::Guest, &Query::Count(list.clone())));
    let Answer::Count(total) = answer? else { unreachable!("a count was asked for") };
    Ok(Taken { first, next, facets: facets.or(Some(micros)), total })
}

fn table(shapes: &[&Shape], times: &mut [Times]) {
    println!("{:<34} {:>9}  {:>15}  {:>15}  {:>15}", "p50 / p99 in ms", "rows", "first page", "next page", "counts");
    for (shape, times) in shapes.iter().zip(times) {
        times.rows.sort_unstable();
        let rows = times.rows.get(times.rows.len() / 2).copied().unwrap_or(0);
        let cells = [&mut times.first, &mut times.next, &mut times.facets].map(|micros| cell(micros));
        let [first, next, facets] = cells;
        println!("{:<34} {rows:>9}  {first:>15}  {next:>15}  {facets:>15}  {}", shape.name, times.worst.1);
    }
}

fn cell(micros: &mut [u64]) -> String {
    micros.sort_unstable();
    let at = |share: usize| micros.get((micros.len() * share / 100).min(micros.len().saturating_sub(1))).copied();
    match (at(50), at(99)) {
        (Some(middle), Some(most)) => format!("{:.1} / {:.1}", middle as f64 / 1e3, most as f64 / 1e3),
        _ => "–".to_owned(),
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (u64, T) {
    let start = spent();
    let done = run();
    (spent() - start, done)
}

/// Microseconds that this thread has run.
fn spent() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec.unsigned_abs() * 1_000_000 + time.tv_nsec.unsigned_abs() / 1_000
}
