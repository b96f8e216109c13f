//! Ledgers whose owners are texts: names, and words of them.

use super::{At, Ledger, Owner};
use crate::store::credit;
use redb::TableDefinition;

/// A kind of ledgers by text.
pub trait Texts {
    /// As [`Ledger::ROWS`].
    const ROWS: TableDefinition<'static, &'static [u8], &'static [u8]>;
    /// As [`Ledger::PARTS`].
    const PARTS: TableDefinition<'static, (&'static [u8], u32), &'static [u8]>;
    /// As [`Ledger::NAME`].
    const NAME: &'static str;
    /// As [`Ledger::PART_BITS`].
    const PART_BITS: u32;
    /// As [`Ledger::REPEATS`].
    const REPEATS: bool;

    /// What people read of an owner.
    #[must_use]
    fn letters(owner: &[u8]) -> &[u8] {
        owner
    }
}

impl<T: Texts> Ledger for T {
    type Row = &'static [u8];
    type Part = (&'static [u8], u32);
    const ROWS: TableDefinition<'static, &'static [u8], &'static [u8]> = T::ROWS;
    const PARTS: TableDefinition<'static, (&'static [u8], u32), &'static [u8]> = T::PARTS;
    const NAME: &'static str = T::NAME;
    const PART_BITS: u32 = T::PART_BITS;
    const REPEATS: bool = T::REPEATS;

    fn at<'o>(text: &Owner<'o, Self>, part: u32) -> At<'o, Self> {
        (*text, part)
    }

    fn split<'o>(at: &At<'o, Self>) -> (Owner<'o, Self>, u32) {
        *at
    }

    fn head(text: &Owner<'_, Self>) -> Vec<u8> {
        [text, &[0][..]].concat()
    }

    fn show_head(head: &[u8]) -> String {
        let text = String::from_utf8_lossy(T::letters(head));
        format!("“{}”", text.trim_end_matches('\0'))
    }
}

/// What an index entry's key begins with where its owner is a text: all but 0 and the credit at its end.
#[must_use]
pub fn text_of(key: &[u8]) -> &[u8] {
    &key[..key.len() - credit::KEY - 1]
}
