//! Asks every kind of question and prints how long each took.

use super::random::Random;
use super::table::{ROWS, Rows};
use cinedex::search::index::{Pages, find};
use cinedex::search::{Question, Trouble};
use redb::ReadableDatabase;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

/// Asks a few thousand questions about names of the file itself.
pub fn run(file: &Path, seed: u64) -> Result<(), Trouble> {
    let started = Instant::now();
    let database = redb::Builder::new().set_cache_size(48 << 20).open(file)?;
    let rows = Rows(database.begin_read()?.open_table(ROWS)?);
    find(&rows, &Question::parse("first"), None, 50, &|| false, &|_, _| false)?;
    println!("start to first answer: {} ms", started.elapsed().as_millis());
    let mut random = Random(seed);
    let names = sample(&rows, 150, &mut random)?;
    let asked: Vec<(&str, String)> = names.iter().flat_map(|name| questions(name, &mut random)).collect();
    // Warm, the time of this thread alone, the best of three: what else runs on the machine is not measured.
    let mut best = vec![u128::MAX; asked.len()];
    for _ in 0..3 {
        for (best, (_, asked)) in best.iter_mut().zip(&asked) {
            let start = spent();
            find(&rows, &Question::parse(asked), None, 50, &|| false, &|_, _| false)?;
            *best = ((spent() - start) / 1000).min(*best);
        }
    }
    let mut times: BTreeMap<&str, Vec<u128>> = BTreeMap::new();
    let mut slowest: Vec<(u128, &str)> = Vec::new();
    for (best, (class, asked)) in best.iter().zip(&asked) {
        times.entry(class).or_default().push(*best);
        slowest.push((*best, asked));
    }
    let all: Vec<u128> = times.values().flatten().copied().collect();
    for (class, mut micros) in times.into_iter().chain([("all", all)]) {
        micros.sort_unstable();
        let at = |share: usize| micros[(micros.len() * share / 1000).min(micros.len() - 1)];
        println!("{class:<16} {:>6}  p50 {:>6}  p99 {:>6}  p99.9 {:>6} µs", micros.len(), at(500), at(990), at(999));
    }
    slowest.sort_unstable();
    slowest.iter().rev().take(12).for_each(|(micros, asked)| println!("  {micros} µs  {asked}"));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .filter(|line| line.starts_with("VmHWM") || line.starts_with("RssAnon"))
        .for_each(|line| println!("{line}"));
    Ok(())
}

/// Nanoseconds that this thread has run.
fn spent() -> u128 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    u128::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000 + u128::try_from(time.tv_nsec).unwrap_or(0)
}

/// Some names of the file.
fn sample(rows: &Rows, count: usize, random: &mut Random) -> Result<Vec<String>, Trouble> {
    let mut names = Vec::new();
    while names.len() < count {
        let block = random.below(180_000) as u32;
        rows.walk(&[&[2, b'N'][..], &block.to_be_bytes()].concat(), &mut |_, row| {
            let text: String = String::from_utf8_lossy(row).chars().collect();
            let words = text.split(|c: char| !c.is_ascii_lowercase() && c != ' ');
            names.extend(
                words.filter(|name| name.len() > 6 && !name.starts_with(' ')).map(str::to_owned).nth(random.below(8)),
            );
            ControlFlow::Break(())
        })?;
    }
    Ok(names)
}

/// What may be typed on the way to a name.
fn questions(name: &str, random: &mut Random) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&str, String)> = (1..=name.len())
        .map(|end| (if end < 3 { "1 or 2 letters" } else { "prefix" }, name[..end].to_owned()))
        .collect();
    let typo = typo(name, random);
    all.extend((4..=typo.len()).map(|end| ("typo", typo[..end].to_owned())));
    let words: Vec<&str> = name.split(' ').collect();
    all.push(("reversed", words.iter().rev().copied().collect::<Vec<_>>().join(" ")));
    let short: Vec<String> = words.iter().map(|word| word.chars().take(3).collect()).collect();
    all.push(("shortened", short.join(" ")));
    all.push(("last word", (*words.last().unwrap_or(&"")).to_owned()));
    all.push(("blank lost", words.concat()));
    let nonsense = (0..4 + random.below(8)).map(|_| char::from(b'a' + random.below(26) as u8)).collect();
    all.push(("nonsense", nonsense));
    all
}

fn typo(name: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = name.chars().collect();
    let at = random.below(name.len() - 1);
    match random.below(3) {
        0 => chars.insert(at, 'e'),
        1 => drop(chars.remove(at)),
        _ => chars.swap(at, at + 1),
    }
    chars.into_iter().collect()
}
