//! What is kept beside the records: the journal, sign-in tokens, counters.

use super::survey::says;
use super::{Faults, Ids};
use crate::domain::{AccountId, Entity, FileId, Key};
use crate::store::error::Result;
use crate::store::journal::files_of;
use crate::store::posting::IdSet;
use crate::store::read::Read;
use crate::store::tables::{CASTS, JOURNAL, TOKENS, counter};
use redb::ReadableTable;
use std::collections::BTreeSet;

/// What the journal holds.
#[derive(Debug, Default)]
pub struct Journal {
    /// Files whose bytes it can bring back.
    pub held: BTreeSet<FileId>,
    /// Bytes of all its steps.
    pub bytes: u64,
    /// The number after its last step.
    pub next: u64,
    /// Steps that cannot be read.
    pub damaged: Vec<u64>,
}

/// Reads every step of the journal.
///
/// # Errors
/// When the store fails.
pub fn journal(txn: &impl Read, faults: &mut Faults) -> Result<Journal> {
    let mut journal = Journal::default();
    for row in txn.table(JOURNAL)?.iter()? {
        let (number, bytes) = row?;
        let number = number.value();
        journal.bytes += bytes.value().len() as u64;
        journal.next = number + 1;
        match says(files_of(bytes.value(), number))? {
            Ok(files) => journal.held.extend(files),
            Err(says) => {
                faults.add("journal", format!("step {number}"), says);
                journal.damaged.push(number);
            }
        }
    }
    Ok(journal)
}

/// Finds sign-in tokens of accounts that are not there.
///
/// # Errors
/// When the store fails.
pub fn tokens(txn: &impl Read, ids: &Ids, faults: &mut Faults) -> Result<Vec<[u8; 32]>> {
    let mut astray = Vec::new();
    for row in txn.table(TOKENS)?.iter()? {
        let (hash, held) = row?;
        let account = Key::Account(AccountId(held.value().0));
        if !ids.has(account) {
            faults.add("tokens", account, "is not there, but a sign-in of it is");
            astray.push(*hash.value());
        }
    }
    Ok(astray)
}

/// The counters as they must be at least, and whether each must be exactly so.
///
/// # Errors
/// When the store fails.
pub fn true_numbers(
    txn: &impl Read,
    ids: &Ids,
    counts: &[(Entity, u64)],
    journal: &Journal,
) -> Result<Vec<(u8, u64, bool)>> {
    // The block of a removed movie stays for its ordinals, and bytes of a removed file: those ids were given too.
    let cast = txn.table(CASTS)?.last()?.map_or(0, |(movie, _)| u64::from(movie.value()) + 1);
    let held = journal.held.last().map_or(0, |last| u64::from(last.0) + 1);
    let mut numbers: Vec<(u8, u64, bool)> =
        counts.iter().map(|(entity, count)| (entity.code(), *count, true)).collect();
    let mut next = |entity: Entity, ids: &IdSet, beyond: u64| {
        let after = ids.last().map_or(0, |last| u64::from(last) + 1);
        numbers.push((entity.code() + counter::NEXT, after.max(beyond), false));
    };
    next(Entity::Movie, &ids.movies, cast);
    next(Entity::Person, &ids.people, 0);
    next(Entity::Genre, &ids.genres, 0);
    next(Entity::Country, &ids.countries, 0);
    next(Entity::File, &ids.files, held);
    next(Entity::Account, &ids.accounts, 0);
    next(Entity::Review, &ids.reviews, 0);
    numbers.push((counter::STEP, journal.next, false));
    numbers.push((counter::JOURNAL_BYTES, journal.bytes, true));
    Ok(numbers)
}

/// Compares the counters with what was counted.
///
/// # Errors
/// When the store fails.
pub fn numbers(
    txn: &impl Read,
    ids: &Ids,
    counts: &[(Entity, u64)],
    journal: &Journal,
    faults: &mut Faults,
) -> Result<()> {
    for (number, least, exactly) in true_numbers(txn, ids, counts, journal)? {
        let kept = txn.counter(number)?;
        if kept < least || exactly && kept != least {
            faults.add("counters", name(number), format!("is {kept}, and must be {least}"));
        }
    }
    Ok(())
}

fn name(number: u8) -> String {
    let entity = |code| Entity::from_code(code).map(|entity| entity.to_string()).unwrap_or_default();
    match number {
        counter::STEP => "the next step".to_owned(),
        counter::JOURNAL_BYTES => "the journal's bytes".to_owned(),
        counter::NEXT.. => format!("the next {}", entity(number - counter::NEXT)),
        _ => format!("the number of records of kind {}", entity(number)),
    }
}
