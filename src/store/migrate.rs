//! Bringing files of older formats up to date. A step leads from one format to the next; once released it is never
//! changed. A copy of the file is kept before the first one runs.

use super::backup::{backup, free_name};
use super::band::Bands;
use super::entry::{Index, Posting};
use super::error::{Result, StoreError};
use super::open::Store;
use super::order::Order;
use super::posting::Gathered;
use super::repair;
use super::row;
use super::tables::{COUNTERS, FORMAT, POSTINGS, REVIEWS, counter};
use super::write::Writer;
use redb::WriteTransaction;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// One step, in the transaction that makes it last.
pub(super) type Step = fn(&Store, &Writer) -> Result<()>;

/// The first step leads from format 1 to 2.
const STEPS: &[Step] = &[lay_reviews, lay_bands, keep_thriftily, tell_roles, list_words];

/// 1 to 2: the review queue.
fn lay_reviews(_: &Store, writer: &Writer) -> Result<()> {
    writer.txn().open_table(REVIEWS)?;
    Ok(())
}

/// 2 to 3: sets of films of neighbouring running times, ratings, votes and budgets; none of films without a date.
fn lay_bands(_: &Store, writer: &Writer) -> Result<()> {
    let txn = writer.txn();
    let dateless = row::posting_row(Posting::Year as u8, 0, 0)..row::posting_row(Posting::Year as u8, 1, 0);
    txn.open_table(POSTINGS)?.retain_in::<&[u8; 7], _>(&dateless.start..&dateless.end, |_, _| false)?;
    for index in [Index::Duration, Index::Rating, Index::Popularity, Index::Budget] {
        let bands = Bands::of(index).expect("what these are sorted by is laid in bands");
        let (mut band, mut ids, mut laid) = (0, Gathered::default(), Ok(()));
        Order::all(index).walk_between(txn, &bands.head(1), &[], &mut |place| {
            let next = bands.band(bands.value(place));
            if next != band {
                laid = lay_band(txn, bands.posting, band, std::mem::take(&mut ids));
                band = next;
            }
            ids.add(Order::id(place));
            if laid.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        laid.and_then(|()| lay_band(txn, bands.posting, band, ids))?;
    }
    Ok(())
}

/// 3 to 4: records are kept in fewer bytes; those that are there are read as they are, see [`super::codec::Layout`].
/// Blocks of the finder's index are others, which a later step makes anew with all the rest.
#[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
fn keep_thriftily(_: &Store, _: &Writer) -> Result<()> {
    Ok(())
}

/// 4 to 5: credits and namesakes tell the role, and long filmographies stand in parts. The next step makes every index
/// anew.
#[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
fn tell_roles(_: &Store, _: &Writer) -> Result<()> {
    Ok(())
}

/// 5 to 6: credits by the words of names. Every index is made anew.
fn list_words(store: &Store, writer: &Writer) -> Result<()> {
    repair::rebuild(store, writer)
}

fn lay_band(txn: &WriteTransaction, kind: Posting, band: u32, ids: Gathered) -> Result<()> {
    let mut postings = txn.open_table(POSTINGS)?;
    for (high, chunk) in ids.into_set().into_chunks() {
        postings.insert(&row::posting_row(kind as u8, band, high), chunk.encode().as_slice())?;
    }
    Ok(())
}

const _: () = assert!(STEPS.len() + 1 == FORMAT as usize, "a step leads to every format but the first");

/// Brings an older file up to date; returns where its copy is.
///
/// # Errors
/// [`StoreError::Older`] where it can only be read. After any error the file is as it was.
pub(super) fn migrate(store: &Store) -> Result<PathBuf> {
    run(store, STEPS)
}

pub(super) fn run(store: &Store, steps: &[Step]) -> Result<PathBuf> {
    let format = store.format()?;
    if store.read_only() {
        return Err(StoreError::Older(store.path().to_owned(), format));
    }
    let copy = free_name(store.path(), &format!("format-{format}"));
    backup(store, &copy, false)?;
    let mut writer = store.begin_write()?;
    for step in &steps[format as usize - 1..] {
        step(store, &writer)?;
    }
    writer.txn().open_table(COUNTERS)?.insert(counter::FORMAT, steps.len() as u64 + 1)?;
    writer.touch();
    writer.commit()?;
    Ok(copy)
}
