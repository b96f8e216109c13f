//! Entries of credits by the words of names: of a load's credits and names, which meet here for the first time.

use super::words::Words;
use super::{act, table};
use crate::domain::{Entity, Key, PersonId};
use crate::sorter::{Sorted, Sorter, Walk};
use crate::store::credit::Credit;
use crate::store::entry::{Index, NameRow};
use crate::store::error::Result;
use crate::store::filmography::Filmography;
use crate::store::ledger;
use crate::store::read::Read;
use crate::store::row::{self, number};
use crate::store::word::{self, Whose, entry_key, words};

/// Enters what comes and goes under each word of whose credit it is, and all that somebody did where a word of their
/// name comes or goes. People from `first` on come along.
pub(super) fn enter(txn: &impl Read, first: u32, names: &Sorted, credits: &Sorted, sorter: &mut Sorter) -> Result<()> {
    let mut names = Names::new(names)?;
    let mut credits = Credits { walk: credits.walk()?, come: Vec::new(), gone: Vec::new() };
    let mut entries = Entries { sorter, words: Words::default(), key: Vec::new(), some: Vec::new() };
    while let Some(person) = names.person().into_iter().chain(credits.person()).min() {
        credits.gather(person)?;
        let named = names.person() == Some(person);
        let after = if named { Some(names.texts()) } else { None };
        if person >= first {
            words(after.unwrap_or_default()).try_for_each(|word| entries.put(word, &credits.come))?;
        } else {
            let before = txn.name_texts(Key::Person(PersonId(person)))?.unwrap_or_default();
            entries.change(txn, person, (&before, after.unwrap_or(&before)), &credits)?;
        }
        if named {
            names.advance()?;
        }
    }
    entries.words.settle(entries.sorter)
}

/// The names of people, by id.
struct Names(Walk);

impl Names {
    fn new(names: &Sorted) -> Result<Names> {
        let mut walk = names.walk()?;
        while walk.pair().is_some_and(|(key, _)| key[0] < Entity::Person.code()) {
            walk.advance()?;
        }
        Ok(Names(walk))
    }

    fn person(&self) -> Option<u32> {
        let (key, _) = self.0.pair()?;
        (key[0] == Entity::Person.code()).then(|| number(key, 1))
    }

    fn texts(&self) -> &str {
        self.0.pair().and_then(|(_, value)| NameRow::decode(value)).map_or("", |name| name.texts)
    }

    fn advance(&mut self) -> Result<()> {
        Ok(self.0.advance()?)
    }
}

/// The credits that come and go, by person, and those of one person.
struct Credits {
    walk: Walk,
    come: Vec<Credit>,
    gone: Vec<Credit>,
}

impl Credits {
    fn person(&self) -> Option<u32> {
        self.walk.pair().map(|(key, _)| number(key, 1))
    }

    /// Takes those of a person.
    fn gather(&mut self, person: u32) -> Result<()> {
        self.come.clear();
        self.gone.clear();
        while let Some((key, value)) = self.walk.pair().filter(|(key, _)| number(key, 1) == person) {
            let side = if value[0] == act::PUT { &mut self.come } else { &mut self.gone };
            side.push(row::credit_of(key));
            self.walk.advance()?;
        }
        self.come.dedup();
        self.gone.dedup();
        Ok(())
    }
}

/// Where the entries go.
struct Entries<'s> {
    sorter: &'s mut Sorter,
    words: Words,
    /// Bytes of a key, and credits of one sort, until they are sorted.
    key: Vec<u8>,
    some: Vec<Credit>,
}

impl Entries<'_> {
    fn put(&mut self, word: &str, credits: &[Credit]) -> Result<()> {
        for whose in [Whose::Director, Whose::Actor] {
            self.some.clear();
            self.some.extend(credits.iter().filter(|credit| word::whose(**credit) == whose));
            if !self.some.is_empty() {
                self.words.put(&word::key(whose, word), &self.some, self.sorter)?;
            }
        }
        Ok(())
    }

    fn remove(&mut self, word: &str, credits: &[Credit]) -> Result<()> {
        for credit in credits {
            entry_key(word, *credit, &mut self.key);
            self.sorter.push_parts([&[table::INDEX + Index::Word as u8], self.key.as_slice()], [&[act::REMOVE]])?;
        }
        Ok(())
    }

    /// The entries of somebody who is there, with folded names before and after.
    fn change(&mut self, txn: &impl Read, person: u32, names: (&str, &str), credits: &Credits) -> Result<()> {
        let (before, after) = names;
        let has = |texts, word: &&str| words(texts).any(|other| other == *word);
        for word in words(after).filter(|word| has(before, word)) {
            self.put(word, &credits.come)?;
            self.remove(word, &credits.gone)?;
        }
        if before == after {
            return Ok(());
        }
        let mut all = txn.credits(PersonId(person))?;
        for word in words(before).filter(|word| !has(after, word)) {
            self.remove(word, &all)?;
        }
        ledger::merge::<Filmography>(&mut all, &credits.gone, false);
        ledger::merge::<Filmography>(&mut all, &credits.come, true);
        for word in words(after).filter(|word| !has(before, word)) {
            self.put(word, &all)?;
        }
        Ok(())
    }
}
