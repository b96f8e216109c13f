//! The entries that are in the file: every index table read back into the entries it is made of.

use super::Faults;
use super::source::table_name;
use super::survey::says;
use crate::domain::Entity;
use crate::store::credit::Credit;
use crate::store::entry::{Entry, Index, names_key};
use crate::store::error::Result;
use crate::store::filmography::{self, Head};
use crate::store::read::{Read, Tables};
use crate::store::row::{self, Place, with_order};
use crate::store::tables::{
    ADDED_ORDER, BORN_ORDER, BUDGET_ORDER, CREDIT_PARTS, CREDITS, CREDITS_ORDER, DEAR_TO, DURATION_ORDER, EXTERNALS,
    NAME_ORDER, NAMESAKES, POPULARITY_ORDER, POSTINGS, RATING_ORDER, RELEASED_ORDER, SMALL_ORDER, TITLE_ORDER, UNIQUES,
    counter,
};
use crate::store::{IdSet, namesake, posting};
use redb::{ReadableTable, TableDefinition};
use std::ops::ControlFlow;

type Visit<'v> = dyn FnMut(&Entry) + 'v;

/// Visits every entry of an index. Blocks that cannot be read are faults.
///
/// # Errors
/// When the store fails.
pub fn entries(txn: &impl Read, index: Index, faults: &mut Faults, visit: &mut Visit) -> Result<()> {
    let mut entry = Entry { index, key: Vec::new(), value: Vec::new() };
    match index {
        Index::Unique => owned(txn, UNIQUES, &mut entry, visit),
        Index::External => owned(txn, EXTERNALS, &mut entry, visit),
        Index::Names => names(txn, &mut entry, visit),
        Index::Posting => postings(txn, &mut entry, faults, visit),
        Index::Credit => credits(txn, &mut entry, faults, visit),
        Index::Namesake => namesakes(txn, &mut entry, faults, visit),
        order => {
            macro_rules! keys {
                ($table:ident) => {
                    keys(txn, $table, &mut entry, visit)
                };
            }
            with_order!(order, keys)
        }
    }
}

fn put(bytes: &mut Vec<u8>, parts: &[&[u8]]) {
    bytes.clear();
    for part in parts {
        bytes.extend_from_slice(part);
    }
}

fn keys<K>(txn: &impl Tables, table: TableDefinition<K, ()>, entry: &mut Entry, visit: &mut Visit) -> Result<()>
where
    K: redb::Key + 'static,
    for<'a> K::SelfType<'a>: Place<'a>,
{
    for row in txn.table(table)?.iter()? {
        put(&mut entry.key, &[row?.0.value().bytes()]);
        visit(entry);
    }
    Ok(())
}

fn owned(
    txn: &impl Tables,
    table: TableDefinition<&'static [u8], u32>,
    entry: &mut Entry,
    visit: &mut Visit,
) -> Result<()> {
    for row in txn.table(table)?.iter()? {
        let (key, owner) = row?;
        put(&mut entry.key, &[key.value()]);
        put(&mut entry.value, &[&owner.value().to_be_bytes()]);
        visit(entry);
    }
    Ok(())
}

fn names(txn: &impl Read, entry: &mut Entry, visit: &mut Visit) -> Result<()> {
    for entity in [Entity::Movie, Entity::Person] {
        txn.scan_names(entity, &mut |id, name| {
            put(&mut entry.key, &[&names_key(entity, id)]);
            entry.value = name.encode();
            visit(entry);
            ControlFlow::Continue(())
        })?;
    }
    if txn.counter(counter::CAST_DUE)? == 0 {
        txn.scan_names(Entity::Character, &mut |_, name| {
            put(&mut entry.key, &[&[Entity::Character.code()], name.texts.as_bytes()]);
            entry.value.clear();
            visit(entry);
            ControlFlow::Continue(())
        })?;
    }
    Ok(())
}

/// The names of characters that the finder must know, out of the lists of who bears them; none while they wait to
/// be indexed.
///
/// # Errors
/// When the store fails.
pub fn borne(txn: &impl Read, visit: &mut Visit) -> Result<()> {
    if txn.counter(counter::CAST_DUE)? > 0 {
        return Ok(());
    }
    let mut entry = Entry { index: Index::Names, key: Vec::new(), value: Vec::new() };
    txn.scan_namesakes(&mut |name, _| {
        put(&mut entry.key, &[&[Entity::Character.code()], name.as_bytes()]);
        visit(&entry);
        ControlFlow::Continue(())
    })
}

fn postings(txn: &impl Tables, entry: &mut Entry, faults: &mut Faults, visit: &mut Visit) -> Result<()> {
    for row in txn.table(POSTINGS)?.iter()? {
        let (at, bytes) = row?;
        let at = at.value();
        match says(row::chunk(*at, bytes.value()))? {
            Err(says) => faults.add(table_name(Index::Posting), format!("row {}", row::hex(at)), says),
            Ok(chunk) => {
                let high = u16::from_be_bytes([at[5], at[6]]);
                for low in chunk.ids() {
                    put(&mut entry.key, &[&at[..5], &posting::join(high, low).to_be_bytes()]);
                    visit(entry);
                }
            }
        }
    }
    Ok(())
}

/// A person's own row tells where their credits are; parts that no row speaks of are faults.
fn credits(txn: &impl Tables, entry: &mut Entry, faults: &mut Faults, visit: &mut Visit) -> Result<()> {
    let table = table_name(Index::Credit);
    let mut parted = IdSet::default();
    for row in txn.table(CREDITS)?.iter()? {
        let (person, bytes) = row?;
        let person = person.value();
        let mut fault = |says: &str| faults.add(table, format!("person {person}"), says);
        match filmography::head(bytes.value()) {
            None => fault("cannot be read: is not a filmography"),
            Some((0, _)) => fault("has an empty filmography"),
            Some((count, Head::Whole(bytes))) => match says(filmography::credits(person, count, bytes))? {
                Ok(all) => show_credits(person, &all, entry, visit),
                Err(says) => fault(&says),
            },
            Some((count, Head::Parted)) => {
                parted.insert(person);
                let counted = parts(txn, person, entry, faults, visit)?;
                if counted != count {
                    faults.add(table, format!("person {person}"), format!("has {counted} credits, not {count}"));
                }
            }
        }
    }
    for row in txn.table(CREDIT_PARTS)?.iter()? {
        let (person, part) = row?.0.value();
        if !parted.contains(person) {
            faults.add(table, format!("person {person}"), format!("has a part {part} of a filmography that has none"));
        }
    }
    Ok(())
}

/// Visits the parts of a filmography; how many credits they have.
fn parts(txn: &impl Tables, person: u32, entry: &mut Entry, faults: &mut Faults, visit: &mut Visit) -> Result<u32> {
    let mut count = 0;
    for row in txn.table(CREDIT_PARTS)?.range((person, 0)..=(person, u32::MAX))? {
        let (at, bytes) = row?;
        match says(filmography::part(person, at.value().1, bytes.value()))? {
            Ok(all) => {
                count += all.len() as u32;
                show_credits(person, &all, entry, visit);
            }
            Err(says) => faults.add(table_name(Index::Credit), format!("person {person}"), says),
        }
    }
    Ok(count)
}

fn show_credits(person: u32, credits: &[Credit], entry: &mut Entry, visit: &mut Visit) {
    for credit in credits {
        put(&mut entry.key, &[&person.to_be_bytes(), &credit.key()]);
        visit(entry);
    }
}

fn namesakes(txn: &impl Tables, entry: &mut Entry, faults: &mut Faults, visit: &mut Visit) -> Result<()> {
    for row in txn.table(NAMESAKES)?.iter()? {
        let (at, bytes) = row?;
        let (at, name) = (at.value(), namesake::row_name(at.value()));
        let mut fault = |says: &str| {
            faults.add(table_name(Index::Namesake), format!("“{}”", String::from_utf8_lossy(name)), says);
        };
        match says(row::namesakes(at, bytes.value()))? {
            Err(says) => fault(&says),
            Ok(all) if all.iter().any(|one| namesake::row_key(name, one.movie.0) != at) => {
                fault("lists characters of movies that belong elsewhere");
            }
            Ok(all) => {
                for one in all {
                    put(&mut entry.key, &[name, &[0], &one.key()]);
                    visit(entry);
                }
            }
        }
    }
    Ok(())
}
