//! Asks every kind of question and prints how long each took.

use super::questions::questions;
use super::random::Random;
use super::table::{ROWS, Rows};
use super::times::{Times, line, memory, spent};
use cinedex::search::index::{Pages, find};
use cinedex::search::{Question, Trouble};
use redb::ReadableDatabase;
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
    let mut times = Times::default();
    best.iter().zip(&asked).for_each(|(best, (class, asked))| times.note(class, asked, *best));
    times.print();
    side_by_side(&rows, &asked)?;
    memory();
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
    println!("by the clock, in turns:");
    line("ours", ours);
    line("frizbee", theirs);
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
