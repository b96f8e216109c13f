//! The entries that are in the file: every index table read back into the entries it is made of.

use super::Faults;
use super::source::table_name;
use super::survey::says;
use crate::domain::Entity;
use crate::store::credit::Credit;
use crate::store::entry::{Entry, Index, names_key};
use crate::store::error::Result;
use crate::store::filmography::Filmography;
use crate::store::ledger::{self, Head, Ledger};
use crate::store::namesake::Namesake;
use crate::store::posting;
use crate::store::read::{Read, Tables};
use crate::store::row::{self, Place, with_order};
use crate::store::tables::{
    ADDED_ORDER, BORN_ORDER, BUDGET_ORDER, CREDITS_ORDER, DEAR_TO, DURATION_ORDER, EXTERNALS, NAME_ORDER,
    POPULARITY_ORDER, POSTINGS, RATING_ORDER, RELEASED_ORDER, SMALL_ORDER, TITLE_ORDER, UNIQUES, counter,
};
use crate::store::word::Word;
use redb::{ReadableTable, TableDefinition};
use std::collections::HashMap;
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
        Index::Credit => ledgers::<Filmography>(txn, &mut entry, faults, visit),
        Index::Namesake => ledgers::<Namesake>(txn, &mut entry, faults, visit),
        Index::Word => ledgers::<Word>(txn, &mut entry, faults, visit),
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
    txn.scan_namesakes(&mut |name| {
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

/// An owner's row tells where their credits are; parts that no row speaks of are faults.
fn ledgers<L: Ledger>(txn: &impl Tables, entry: &mut Entry, faults: &mut Faults, visit: &mut Visit) -> Result<()> {
    let table = table_name(entry.index);
    let mut counted = HashMap::new();
    for row in txn.table(L::PARTS)?.iter()? {
        let (at, bytes) = row?;
        let at = at.value();
        let (owner, number) = L::split(&at);
        match says(ledger::part::<L>(&owner, number, bytes.value()))? {
            Ok(all) => {
                let head = L::head(&owner);
                show(&head, &all, entry, visit);
                *counted.entry(head).or_insert(0) += all.len() as u32;
            }
            Err(says) => faults.add(table, L::show(&owner), says),
        }
    }
    for row in txn.table(L::ROWS)?.iter()? {
        let (owner, bytes) = row?;
        let owner = owner.value();
        let mut fault = |says: &str| faults.add(table, L::show(&owner), says);
        match ledger::head(bytes.value()) {
            None => fault("cannot be read: is not a list of credits"),
            Some((0, _)) => fault("has an empty list of credits"),
            Some((count, Head::Whole(bytes))) => match says(ledger::credits::<L>(&owner, count, bytes))? {
                Ok(all) => show(&L::head(&owner), &all, entry, visit),
                Err(says) => fault(&says),
            },
            Some((count, Head::Parted)) => {
                let counted = counted.remove(&L::head(&owner)).unwrap_or(0);
                if counted != count {
                    fault(&format!("has {counted} credits, not {count}"));
                }
            }
        }
    }
    for head in counted.keys() {
        faults.add(table, L::show_head(head), "has parts of a list of credits that it has not");
    }
    Ok(())
}

fn show(head: &[u8], credits: &[Credit], entry: &mut Entry, visit: &mut Visit) {
    for credit in credits {
        put(&mut entry.key, &[head, &credit.key()]);
        visit(entry);
    }
}
