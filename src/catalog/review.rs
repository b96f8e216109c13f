//! The review queue as it is shown.

use super::answer::{ReviewCells, ReviewDetail};
use super::detail::movie;
use super::{Actor, Fault, need_curator};
use crate::domain::{PartialDate, Review, ReviewId, Source, Why};
use crate::store::{IdSet, Read, StoreError};

/// The rows that wait, or were put aside. Only who may decide on them sees them.
pub(super) fn rows(
    txn: &impl Read,
    actor: Actor,
    skipped: bool,
    why: Option<Why>,
    source: Option<Source>,
) -> Result<IdSet, Fault> {
    need_curator(txn, actor)?;
    Ok(txn.queue(skipped, why, source)?)
}

/// How many rows wait for whoever asks.
pub(super) fn waiting(txn: &impl Read, actor: Actor) -> Result<u64, StoreError> {
    if need_curator(txn, actor).is_err() {
        return Ok(0);
    }
    Ok(txn.queue(false, None, None)?.len())
}

/// What a row shows in a list.
pub(super) fn cells(row: &Review) -> ReviewCells {
    let Review { source, why, film, .. } = row;
    let released: Option<PartialDate> = film.movie.released;
    ReviewCells { title: film.movie.title.clone(), released, source: *source, why: *why }
}

/// Everything shown of a row.
pub(super) fn detail(txn: &impl Read, actor: Actor, id: ReviewId) -> Result<Option<ReviewDetail>, Fault> {
    need_curator(txn, actor)?;
    let Some(review) = txn.review(id)? else { return Ok(None) };
    let mut candidates = Vec::with_capacity(review.candidates.len());
    for candidate in &review.candidates {
        candidates.extend(movie(txn, actor, candidate.movie)?.map(|movie| (candidate.clone(), movie)));
    }
    let by = match review.account {
        Some(id) => txn.account(id)?.map(|account| account.username),
        None => None,
    };
    let alike = txn.queue(review.skipped, Some(review.why), Some(review.source))?.len();
    Ok(Some(ReviewDetail { id, review, by, candidates, alike }))
}
