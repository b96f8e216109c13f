//! `import`: films from elsewhere. A catalogue that is not there yet is made.

use super::exit::Exit;
use super::newborn;
use super::output::{Output, say};
use super::session::{Place, World};
use super::watch::watch;
use crate::catalog::now;
use crate::catalog::task::Import;
use crate::domain::AccountId;
use crate::store::backup::shrink;
use crate::store::{Store, scratch};
use crate::transfer::{Note, Report, Skip, Tally, formats};
use color_eyre::Result;
use serde_json::{Value, json};

/// Takes films in.
pub fn run(world: &World, import: &Import, json: bool, out: &mut Output) -> Result<Exit> {
    formats::look_over(import)?;
    fill(world, import.dry_run, |store, account| {
        let report = watch(|progress, cancelled| formats::import(store, import, account, now(), progress, cancelled))?;
        if json {
            out.json(&as_json(&report))?;
        } else {
            report.lines().iter().for_each(|line| say(line));
        }
        Ok(())
    })
}

fn as_json(report: &Report) -> Value {
    let tally =
        |Tally { new, changed, unchanged }: Tally| json!({ "new": new, "changed": changed, "unchanged": unchanged });
    let skip = |skip: &Skip| json!({ "file": skip.file, "line": skip.line, "record": skip.record, "why": skip.why });
    let note = |note: &Note| json!({ "file": note.file, "line": note.line, "says": note.says });
    json!({
        "dry_run": report.dry_run,
        "read": report.read,
        "merged": report.merged,
        "skipped": report.skipped,
        "skips": report.skips.iter().map(skip).collect::<Vec<_>>(),
        "noted": report.noted,
        "notes": report.notes.iter().map(note).collect::<Vec<_>>(),
        "told": report.told.iter().map(Note::to_string).collect::<Vec<_>>(),
        "doubtful": report.doubtful,
        "put_aside": report.put_aside,
        "movies": tally(report.movies),
        "people": tally(report.people),
        "characters": tally(report.characters),
        "favorites": tally(report.favorites),
        "not_kept": report.unkept,
        "undoable": !report.for_good,
        "seconds": report.took.as_secs_f64(),
    })
}

/// Hands over the store that films go into, and the account that acts. A catalogue that is not there yet gets its name
/// once they are in, and none where it is only `passing`.
fn fill(world: &World, passing: bool, load: impl FnOnce(&Store, Option<AccountId>) -> Result<()>) -> Result<Exit> {
    let place = world.place()?;
    if place.path.exists() || world.global.account.is_some() {
        let session = world.session()?;
        scratch::clear(session.catalog().store().folder());
        session.catalog().may_edit(session.actor())?;
        let before = session.catalog().store().allocated()?;
        load(session.catalog().store(), session.actor().account())?;
        drop(session);
        tidy(&place, before);
        return Ok(Exit::Done);
    }
    newborn::fill(&place, passing, |store| load(store, None))?;
    if !passing {
        tidy(&place, 0);
        say(&format!("a new catalogue: {}", place.path.display()));
    }
    Ok(Exit::Done)
}

/// Indexes what a load left to be indexed, and gives back what it left dead of the bytes that were there `before`, where
/// nobody else has the file open. That it cannot is no failure.
fn tidy(place: &Place, before: u64) {
    let Ok(catalog) = place.open() else { return };
    let _ = catalog.tidy();
    let _ = shrink(&mut catalog.into_store(), before);
}
