//! Decisions on rows of the review queue. What waits there goes the way of every import, told what it is.

use super::assemble::look;
use super::error::ImportError;
use super::intake::{Intake, Watch};
use super::pipeline::{Format, run};
use super::report::{Options, Phase, Progress, Report};
use super::told;
use crate::catalog::{Actor, Catalog, Change, Done, Fault, Outcome, Reviewed, Rows, Verdict};
use crate::domain::{Key, MovieId, Record, Review, ReviewId, Source};
use crate::store::read::Read;
use crate::store::{Store, StoreError};
use std::cell::RefCell;
use std::time::Instant;

/// What came of decisions.
#[derive(Debug, PartialEq, Eq)]
pub struct Decided {
    /// In numbers.
    pub report: Report,
    /// In short.
    pub reviewed: Reviewed,
    /// The rows that wait no longer.
    pub settled: Vec<ReviewId>,
}

impl From<Decided> for Done {
    fn from(decided: Decided) -> Done {
        let change = |id: &ReviewId| Change { key: Key::Review(*id), before: None, after: None };
        let changes = decided.settled.iter().map(change).collect();
        Done { outcome: Outcome::Reviewed(decided.reviewed), changes }
    }
}

impl From<Decided> for Report {
    fn from(decided: Decided) -> Report {
        Report { reviewed: Some(decided.reviewed), ..decided.report }
    }
}

/// Decides on rows of the queue, in one step.
///
/// # Errors
/// Where the account may not edit, a row or the movie chosen is gone, or the store fails, and [`Fault::Cancelled`] where
/// it was stopped. Then nothing happened.
pub fn decide(
    catalog: &Catalog,
    actor: Actor,
    rows: &Rows,
    verdict: Verdict,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Decided, Fault> {
    catalog.may_edit(actor)?;
    let store = catalog.store();
    let reviewed = |rows: usize, left: usize, title| Reviewed { verdict, rows: rows as u64, left: left as u64, title };
    let Some(what) = Waiting::new(store, rows, verdict)? else {
        return Ok(Decided { report: Report::default(), reviewed: reviewed(0, 0, String::new()), settled: Vec::new() });
    };
    let mut watch = Watch { progress, cancelled };
    let done = if verdict == Verdict::Skip {
        put_aside(store, &what, options, &mut watch)
    } else {
        run(store, &what, options, &mut watch)
    };
    let report = done.map_err(|error| match error {
        ImportError::Store(error) => error.into(),
        ImportError::Cancelled => Fault::Cancelled,
        other => Fault::Refused(other.to_string()),
    })?;
    let Waiting { rows, title, settled, .. } = what;
    let settled = settled.into_inner();
    Ok(Decided { report, reviewed: reviewed(settled.len(), rows.len() - settled.len(), title), settled })
}

/// Rows to be decided on, as a format that can be read.
struct Waiting {
    rows: Vec<ReviewId>,
    verdict: Verdict,
    /// The title of the first.
    title: String,
    /// Those that could be decided on.
    settled: RefCell<Vec<ReviewId>>,
}

impl Waiting {
    /// None where there are no such rows.
    fn new(store: &Store, rows: &Rows, verdict: Verdict) -> Result<Option<Waiting>, Fault> {
        let txn = store.begin_read()?;
        let rows: Vec<ReviewId> = match rows {
            Rows::These(rows) => rows.clone(),
            Rows::Alike { why, source } => txn.queue(false, *why, *source)?.iter().map(ReviewId).collect(),
        };
        for id in &rows {
            if txn.review(*id)?.is_none() {
                return Err(Fault::Gone(Key::Review(*id)));
            }
        }
        if let Verdict::Accept(Some(movie)) = verdict
            && txn.movie(movie)?.is_none()
        {
            return Err(Fault::Gone(Key::Movie(movie)));
        }
        let Some(first) = rows.first() else { return Ok(None) };
        let title = txn.review(*first)?.map(|row| row.film.movie.title).unwrap_or_default();
        Ok(Some(Waiting { rows, verdict, title, settled: RefCell::default() }))
    }

    fn named(&self) -> String {
        match self.rows.len() {
            1 => format!("“{}”", self.title),
            rows => format!("{rows} films"),
        }
    }
}

impl Format for Waiting {
    /// Of every source; nothing here is looked for by its title.
    fn source(&self) -> Source {
        Source::Table
    }

    fn label(&self, _: &Options) -> String {
        format!("the review of {}", self.named())
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        self.settled.borrow_mut().clear();
        for (done, id) in (0..).zip(&self.rows) {
            watch.tell(Phase::Reading, done, self.rows.len() as u64)?;
            let txn = look!(intake.glance);
            let Some(row) = txn.review(*id)? else { continue };
            let movie = match self.verdict {
                Verdict::Accept(None) => match best(&row, txn)? {
                    None => continue,
                    best => best,
                },
                Verdict::Accept(chosen) => chosen,
                Verdict::New | Verdict::Skip => None,
            };
            let mut film = row.film;
            let people = std::mem::take(&mut film.people).into_iter();
            let numbers = people.map(|person| intake.person(told::person(person))).collect::<Result<Vec<u32>, _>>()?;
            intake.decided(told::draft(film, &numbers), movie)?;
            intake.settled.push(*id);
            self.settled.borrow_mut().push(*id);
        }
        Ok(())
    }
}

/// The best candidate that is still there.
fn best(row: &Review, txn: &impl Read) -> Result<Option<MovieId>, StoreError> {
    for candidate in &row.candidates {
        if txn.movie(candidate.movie)?.is_some() {
            return Ok(Some(candidate.movie));
        }
    }
    Ok(None)
}

/// Puts rows aside: they wait no longer, and the next import does not ask again.
fn put_aside(store: &Store, what: &Waiting, options: &Options, watch: &mut Watch) -> Result<Report, ImportError> {
    let (start, now, total) = (Instant::now(), options.now, what.rows.len() as u64);
    let mut writer = store.begin_write()?;
    for (done, id) in (0..).zip(&what.rows) {
        watch.tell(Phase::Writing, done, total)?;
        let Some(row) = writer.read().review(*id)? else { continue };
        let row = Review { skipped: true, updated: if row.skipped { row.updated } else { now }, ..row };
        writer.set(Key::Review(*id), Some(Record::Review(Box::new(row))))?;
        what.settled.borrow_mut().push(*id);
    }
    writer.journal(options.account, &format!("putting {} aside", what.named()), now)?;
    writer.commit()?;
    Ok(Report { read: total, took: start.elapsed(), ..Report::default() })
}

#[cfg(test)]
mod tests;
