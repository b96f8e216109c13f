//! `import`: films from elsewhere. A catalogue that is not there yet is made.

use super::args::Import;
use super::exit::Exit;
use super::newborn::Newborn;
use super::output::say;
use super::session::{Place, World};
use crate::catalog::now;
use crate::domain::AccountId;
use crate::store::Store;
use crate::transfer::{ImportError, Options, Phase, Progress, Report, Tally, jsonl, starter, wikipedia};
use color_eyre::Result;
use color_eyre::eyre::bail;
use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::consts::SIGINT;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Takes films in.
pub fn run(world: &World, import: &Import) -> Result<Exit> {
    match import {
        Import::Starter => load_starter(world),
        Import::Wikipedia { paths, dry_run } => load_lists(world, paths, *dry_run),
        Import::Jsonl { file } => fill(world, false, |store, _| {
            let records = take(|progress, cancelled| jsonl::import(store, file, progress, cancelled))?;
            say(&format!("{records} records came in"));
            Ok(())
        }),
    }
}

fn load_starter(world: &World) -> Result<Exit> {
    fill(world, false, |store, _| {
        match starter::load(store, now())? {
            0 => bail!("there are films in the catalogue already; the starter films are for an empty one"),
            films => say(&format!("{films} films came in")),
        }
        Ok(())
    })
}

/// Hands over the store that films go into, and the account that acts. A catalogue that is not there yet gets its name once they are in, and
/// none where it is only `passing`.
fn fill(world: &World, passing: bool, load: impl FnOnce(&Store, Option<AccountId>) -> Result<()>) -> Result<Exit> {
    let place = world.place()?;
    if place.path.exists() || world.global.account.is_some() {
        let session = world.session()?;
        session.catalog().may_edit(session.actor())?;
        load(session.catalog().store(), session.actor().account())?;
        drop(session);
        tidy(&place);
        return Ok(Exit::Done);
    }
    let newborn = Newborn::new(&place, passing)?;
    load(newborn.store(), None)?;
    if !passing {
        newborn.keep()?;
        tidy(&place);
        say(&format!("a new catalogue: {}", place.path.display()));
    }
    Ok(Exit::Done)
}

/// Gives back what a load left dead, where nobody else has the file open. That it cannot is no failure.
fn tidy(place: &Place) {
    let Ok(catalog) = place.open() else { return };
    let mut store = catalog.into_store();
    if let (Ok(Some(dead)), Ok(allocated)) = (store.dead_space(), store.allocated())
        && dead > allocated / 4
    {
        let _ = store.compact();
    }
}

fn load_lists(world: &World, paths: &[PathBuf], dry_run: bool) -> Result<Exit> {
    fill(world, dry_run, |store, account| {
        let options = Options { dry_run, account, ..Options::at(now()) };
        tell(&take(|progress, cancelled| wikipedia::import(store, paths, &options, progress, cancelled))?);
        Ok(())
    })
}

/// Runs an import under a progress bar; ctrl-c stops it, and then nothing came in.
fn take<T>(import: impl FnOnce(&mut dyn FnMut(Progress), &dyn Fn() -> bool) -> Result<T, ImportError>) -> Result<T> {
    let stopped = Arc::new(AtomicBool::new(false));
    let signal = signal_hook::flag::register(SIGINT, Arc::clone(&stopped))?;
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{msg:9} {wide_bar} {percent:>3} %")?);
    let mut phase = None;
    let mut progress = |at: Progress| {
        if phase != Some(at.phase) {
            phase = Some(at.phase);
            bar.set_message(word(at.phase));
        }
        bar.set_length(at.total);
        bar.set_position(at.done);
    };
    let taken = import(&mut progress, &|| stopped.load(Ordering::Relaxed));
    signal_hook::low_level::unregister(signal);
    bar.finish_and_clear();
    Ok(taken?)
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Reading => "reading",
        Phase::Matching => "matching",
        Phase::Writing => "writing",
    }
}

fn tell(report: &Report) {
    report.skips.iter().for_each(|skip| say(&skip.to_string()));
    let unlisted = report.skipped - report.skips.len() as u64;
    if unlisted > 0 {
        say(&format!("{unlisted} more were skipped"));
    }
    report.notes.iter().for_each(|note| say(&note.to_string()));
    let unlisted = report.noted - report.notes.len() as u64;
    if unlisted > 0 {
        say(&format!("{unlisted} more remarks like these"));
    }
    let Report { read, merged, skipped, doubtful, unkept, .. } = report;
    say(&format!("read {read}, of which {merged} told of a film read before and {skipped} were skipped"));
    for (name, Tally { new, changed, unchanged }) in
        [("movies", report.movies), ("people", report.people), ("characters", report.characters)]
    {
        say(&format!("{name}: {new} new, {changed} changed, {unchanged} unchanged"));
    }
    if report.favorites != Tally::default() {
        let Tally { new, unchanged, .. } = report.favorites;
        say(&format!("favorites: {new} new, {unchanged} unchanged"));
    }
    for (what, count) in unkept {
        say(&format!("not kept: {count} {what}"));
    }
    if *doubtful > 0 {
        say(&format!("{doubtful} movies could have been one of several and were made anew"));
    }
    let did = if report.dry_run { "a dry run, nothing was changed; it took" } else { "took" };
    say(&format!("{did} {:.1} s", report.took.as_secs_f64()));
}
