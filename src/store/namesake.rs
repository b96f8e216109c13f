//! Characters of one name: the ledgers of folded names.

use super::ledger::{At, Ledger, Owner};
use super::tables::{NAMESAKE_PARTS, NAMESAKES};
use redb::TableDefinition;

/// The ledgers of names, by the folded name.
#[derive(Clone, Copy, Debug)]
pub enum Namesake {}

impl Ledger for Namesake {
    type Row = &'static [u8];
    type Part = (&'static [u8], u32);
    const ROWS: TableDefinition<'static, &'static [u8], &'static [u8]> = NAMESAKES;
    const PARTS: TableDefinition<'static, (&'static [u8], u32), &'static [u8]> = NAMESAKE_PARTS;
    const NAME: &'static str = "characters by name";
    const PART_BITS: u32 = 14;
    const REPEATS: bool = false;

    fn at<'o>(name: &Owner<'o, Self>, part: u32) -> At<'o, Self> {
        (*name, part)
    }

    fn split<'o>(at: &At<'o, Self>) -> (Owner<'o, Self>, u32) {
        *at
    }

    fn head(name: &Owner<'_, Self>) -> Vec<u8> {
        [name, &[0][..]].concat()
    }

    fn show_head(head: &[u8]) -> String {
        format!("“{}”", String::from_utf8_lossy(head).trim_end_matches('\0'))
    }
}
