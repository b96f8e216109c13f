//! `check`: whether the file is sound. Needs no account, only the file.

use super::args::Check;
use super::exit::Exit;
use super::output::{Align, Output, Table, say};
use super::session::World;
use crate::store::Store;
use crate::store::check::{Pages, Report, check_alone};
use crate::store::repair::repair;
use color_eyre::Result;
use serde_json::{Map, Value, json};
use std::io;

/// Checks.
pub fn run(world: &World, check: &Check, out: &mut Output) -> Result<Exit> {
    let mut store = world.place()?.open()?.into_store();
    let mut report = check_alone(&mut store)?;
    if check.repair && !report.is_clean() {
        mend(&store, check, out)?;
        report = check_alone(&mut store)?;
    }
    if check.json {
        print_objects(&report, out)?;
    } else {
        print(&report, out)?;
    }
    Ok(if report.is_clean() { Exit::Done } else { Exit::Nothing })
}

/// Repairs, and says what could not be kept.
fn mend(store: &Store, check: &Check, out: &mut Output) -> Result<()> {
    let repaired = repair(store)?;
    for dropped in &repaired.dropped {
        if check.json {
            out.json(&json!({ "dropped": dropped }))?;
        } else {
            out.line(dropped)?;
        }
    }
    if repaired.unlisted > 0 {
        say(&format!("and {} more", repaired.unlisted));
    }
    say(&format!("repaired; the file as it was is kept as {}", repaired.copy.display()));
    Ok(())
}

fn print(report: &Report, out: &mut Output) -> io::Result<()> {
    for fault in &report.faults {
        out.line(&fault.to_string())?;
    }
    if report.unlisted > 0 {
        out.line(&format!("and {} faults more", report.unlisted))?;
    }
    let counts: Vec<_> = report.counts.iter().map(|(kind, count)| vec![kind.to_string(), count.to_string()]).collect();
    Table::new(&[("KIND", Align::Left), ("RECORDS", Align::Right)]).page(&counts, out)?;
    out.flush()?;
    say(&pages(&report.pages));
    say(&space(report));
    say(&verdict(report));
    Ok(())
}

fn pages(pages: &Pages) -> String {
    match pages {
        Pages::Sound => "pages: every checksum is right".to_owned(),
        Pages::Mended => "pages: some were damaged; the file fell back on what was committed before".to_owned(),
        Pages::Skipped(why) => format!("pages: not checked: {why}"),
    }
}

fn space(report: &Report) -> String {
    let size = bytes(report.allocated);
    match report.dead_space {
        Some(dead) if dead > report.allocated / 4 => {
            format!("space: {size}; `cinedex compact` gives back {}", bytes(dead))
        }
        Some(dead) => format!("space: {size}, of which {} are dead", bytes(dead)),
        None => format!("space: {size}"),
    }
}

fn verdict(report: &Report) -> String {
    match report.faults.len() as u64 + report.unlisted {
        0 if report.is_clean() => "no faults".to_owned(),
        0 => "no other faults".to_owned(),
        1 => "1 fault; `cinedex check --repair` rebuilds the indexes".to_owned(),
        faults => format!("{faults} faults; `cinedex check --repair` rebuilds the indexes"),
    }
}

fn print_objects(report: &Report, out: &mut Output) -> io::Result<()> {
    for fault in &report.faults {
        out.json(&json!({ "table": fault.table, "record": fault.record, "says": fault.says }))?;
    }
    let counts: Map<String, Value> =
        report.counts.iter().map(|(kind, count)| (kind.to_string(), json!(count))).collect();
    let pages = match &report.pages {
        Pages::Sound => "sound",
        Pages::Mended => "mended",
        Pages::Skipped(_) => "skipped",
    };
    out.json(&json!({
        "clean": report.is_clean(),
        "faults": report.faults.len() as u64 + report.unlisted,
        "counts": counts,
        "pages": pages,
        "allocated": report.allocated,
        "dead_space": report.dead_space,
    }))
}

/// A size for people: `1.4 MiB`.
pub fn bytes(count: u64) -> String {
    const UNITS: [(u32, &str); 3] = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = UNITS.iter().find(|(shift, _)| count >> shift > 0);
    unit.map_or_else(
        || format!("{count} bytes"),
        |(shift, unit)| {
            let tenths = (u128::from(count) * 10) >> shift;
            format!("{}.{} {unit}", tenths / 10, tenths % 10)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            [0, 1023, 1024, 1536, 3 << 20, u64::MAX].map(bytes),
            ["0 bytes", "1023 bytes", "1.0 KiB", "1.5 KiB", "3.0 MiB", "17179869183.9 GiB"]
        );
    }
}
