//! Credits by the words of names: the ledgers of words. Who directs and who plays is found by the words of their own
//! names, a character by the words of its name.

use super::credit::{Credit, Credits};
use super::error::Result;
use super::ledger::{self, Texts};
use super::read::{Read, Tables};
use super::tables::{WORD_PARTS, WORDS};
use crate::domain::{Key, PersonId};
use redb::{TableDefinition, WriteTransaction};
use std::ops::ControlFlow;

/// Whose name a word is of: the first byte of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Whose {
    /// Somebody's who plays.
    Actor = b'a',
    /// A character's.
    Character = b'c',
    /// Somebody's who directs.
    Director = b'd',
}

/// The ledgers of words, by whose name the word is of and its letters.
#[derive(Clone, Copy, Debug)]
pub enum Word {}

impl Texts for Word {
    const ROWS: TableDefinition<'static, &'static [u8], &'static [u8]> = WORDS;
    const PARTS: TableDefinition<'static, (&'static [u8], u32), &'static [u8]> = WORD_PARTS;
    const NAME: &'static str = "credits by word";
    const PART_BITS: u32 = 15;
    /// Two people of one name may play one character.
    const REPEATS: bool = true;

    fn letters(word: &[u8]) -> &[u8] {
        word.get(1..).unwrap_or_default()
    }
}

/// The key of a word.
#[must_use]
pub fn key(whose: Whose, word: &str) -> Vec<u8> {
    [&[whose as u8], word.as_bytes()].concat()
}

/// Each word of folded texts, once.
pub fn words(texts: &str) -> impl Iterator<Item = &str> {
    let all = || texts.split(['\n', ' ']).filter(|word| !word.is_empty());
    all().enumerate().filter(move |(at, word)| !all().take(*at).any(|before| before == *word)).map(|(_, word)| word)
}

/// The key of the entry of somebody's credit under a word of their name.
pub fn entry_key(word: &str, credit: Credit, key: &mut Vec<u8>) {
    key.clear();
    key.push(whose(credit) as u8);
    key.extend_from_slice(word.as_bytes());
    key.push(0);
    key.extend_from_slice(&credit.key());
}

/// Whose name leads to a credit that somebody has.
#[must_use]
pub fn whose(credit: Credit) -> Whose {
    if credit.character().is_some() { Whose::Actor } else { Whose::Director }
}

/// Enters a credit under each word of the name of whom it is, or takes it out.
///
/// # Errors
/// When the store fails, as everything here.
pub fn credited(txn: &WriteTransaction, person: u32, one: Credit, add: bool) -> Result<()> {
    let texts = txn.name_texts(Key::Person(PersonId(person)))?.unwrap_or_default();
    words(&texts).try_for_each(|word| change(txn, &key(whose(one), word), &[one], add))
}

/// Enters what somebody did under each word that their name has now, and takes it out where the word is gone.
///
/// # Errors
/// When the store fails.
pub fn renamed(txn: &WriteTransaction, person: PersonId, before: &str, after: &str) -> Result<()> {
    let gone = words(before).filter(|word| !words(after).any(|other| other == *word)).map(|word| (word, false));
    let come = words(after).filter(|word| !words(before).any(|other| other == *word)).map(|word| (word, true));
    let changes: Vec<(&str, bool)> = gone.chain(come).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let (directed, played): (Vec<Credit>, Vec<Credit>) =
        txn.credits(person)?.into_iter().partition(|credit| credit.character().is_none());
    for (word, add) in changes {
        change(txn, &key(Whose::Director, word), &directed, add)?;
        change(txn, &key(Whose::Actor, word), &played, add)?;
    }
    Ok(())
}

/// Enters credits under a word, or takes them out.
///
/// # Errors
/// When the store fails.
pub fn change(txn: &WriteTransaction, word: &[u8], some: &[Credit], add: bool) -> Result<()> {
    if !some.is_empty() {
        ledger::change::<Word>(txn, &word, some, add)?;
    }
    Ok(())
}

/// Shows the credits of a word, list by list; with `beginning` of every word that begins so, word by word.
///
/// # Errors
/// When the store fails.
pub fn each(txn: &impl Tables, word: &[u8], beginning: bool, visit: &mut dyn FnMut(Credits<'_>)) -> Result<()> {
    let ledgers = ledger::open::<Word>(txn)?;
    ledgers.rows_from(word, &mut |owner, row| {
        if !(owner == &word || beginning && owner.starts_with(word)) {
            return Ok(ControlFlow::Break(()));
        }
        ledgers.visit_lists(owner, row, &mut |credits| {
            visit(credits);
            ControlFlow::Continue(())
        })
    })
}

/// How many credits a word has; with `beginning` all words that begin so.
///
/// # Errors
/// When the store fails.
pub fn count(txn: &impl Tables, word: &[u8], beginning: bool) -> Result<u64> {
    let ledgers = ledger::open::<Word>(txn)?;
    let mut count = 0;
    ledgers.rows_from(word, &mut |owner, row| {
        if !(owner == &word || beginning && owner.starts_with(word)) {
            return Ok(ControlFlow::Break(()));
        }
        count += u64::from(ledger::count(row).unwrap_or(0));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}
