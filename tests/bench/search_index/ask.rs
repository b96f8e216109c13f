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
    side_by_side(&rows, &asked)?;
    slowest.sort_unstable();
    slowest.iter().rev().take(12).for_each(|(micros, asked)| println!("  {micros} µs  {asked}"));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .filter(|line| line.starts_with("VmHWM") || line.starts_with("RssAnon"))
        .for_each(|line| println!("{line}"));
    Ok(())
}

/// Every fortieth question again, and to frizbee on two threads with all texts in memory, in turns.
fn side_by_side(rows: &Rows, asked: &[(&str, String)]) -> Result<(), Trouble> {
    if std::env::var_os("FRIZBEE").is_none() {
        return Ok(());
    }
    let mut texts: Vec<String> = Vec::new();
    rows.walk(&[2, b'N'], &mut |key, mut row| {
        if key[1] != b'N' {
            return ControlFlow::Break(());
        }
        while !row.is_empty() {
            let (_, _, _, length) = (number(&mut row), number(&mut row), number(&mut row), number(&mut row));
            let (text, rest) = row.split_at(length as usize);
            texts.push(String::from_utf8_lossy(text).into_owned());
            row = rest;
        }
        ControlFlow::Continue(())
    })?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (_, asked) in asked.iter().step_by(40) {
        let start = Instant::now();
        find(rows, &Question::parse(asked), None, 50, &|| false, &|_, _| false)?;
        ours.push(start.elapsed().as_micros());
        let start = Instant::now();
        let typos = u16::from(asked.len() >= 4) + u16::from(asked.len() >= 8);
        let config = frizbee::Config::default().max_typos(Some(typos));
        std::hint::black_box(frizbee::Matcher::new(asked.as_str(), &config).match_list_parallel(&texts, 2));
        theirs.push(start.elapsed().as_micros());
    }
    for (who, mut micros) in [("ours, in turns", ours), ("frizbee", theirs)] {
        micros.sort_unstable();
        let at = |share: usize| micros[(micros.len() * share / 1000).min(micros.len() - 1)];
        println!("{who:<16} {:>6}  p50 {:>6}  p99 {:>6} µs by the clock", micros.len(), at(500), at(990));
    }
    Ok(())
}

/// A number as the rows write it.
fn number(row: &mut &[u8]) -> u32 {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let Some((&byte, rest)) = row.split_first() else { break };
        *row = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
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
