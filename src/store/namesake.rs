//! Characters of one name: the ledgers of folded names.

use super::ledger::Texts;
use super::tables::{NAMESAKE_PARTS, NAMESAKES};
use redb::TableDefinition;

/// The ledgers of names, by the folded name.
#[derive(Clone, Copy, Debug)]
pub enum Namesake {}

impl Texts for Namesake {
    const ROWS: TableDefinition<'static, &'static [u8], &'static [u8]> = NAMESAKES;
    const PARTS: TableDefinition<'static, (&'static [u8], u32), &'static [u8]> = NAMESAKE_PARTS;
    const NAME: &'static str = "characters by name";
    const PART_BITS: u32 = 14;
    const REPEATS: bool = false;
}
