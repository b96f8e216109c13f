//! Filmographies: the ledgers of people, everything one person did.

use super::ledger::{At, Ledger, Owner};
use super::row::number;
use super::tables::{CREDIT_PARTS, CREDITS};
use redb::TableDefinition;

/// The ledgers of people, by id.
#[derive(Clone, Copy, Debug)]
pub enum Filmography {}

impl Ledger for Filmography {
    type Row = u32;
    type Part = (u32, u32);
    const ROWS: TableDefinition<'static, u32, &'static [u8]> = CREDITS;
    const PARTS: TableDefinition<'static, (u32, u32), &'static [u8]> = CREDIT_PARTS;
    const NAME: &'static str = "credits";
    const PART_BITS: u32 = 14;
    const REPEATS: bool = false;

    fn at<'o>(person: &Owner<'o, Self>, part: u32) -> At<'o, Self> {
        (*person, part)
    }

    fn split<'o>(at: &At<'o, Self>) -> (Owner<'o, Self>, u32) {
        *at
    }

    fn head(person: &u32) -> Vec<u8> {
        person.to_be_bytes().to_vec()
    }

    fn show_head(head: &[u8]) -> String {
        format!("person {}", number(head, 0))
    }
}
