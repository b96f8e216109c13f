//! What the index needs of a store: rows of bytes under keys of bytes, in order.

use super::super::Trouble;
use super::rows::{NAMES, key_of, kind, take, take_bytes};
use std::ops::{ControlFlow, Deref};

/// The bytes of one row, held as long as they are looked at.
pub type Page<'a> = Box<dyn Deref<Target = [u8]> + 'a>;

/// Takes rows, one by one: key, row.
pub type Write<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), Trouble> + 'a;

/// Looks at rows, one by one, until it breaks off: key, row.
pub type See<'a> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'a;

/// Looks at names, one by one: number, packed name.
pub type SeeName<'a> = dyn FnMut(u32, &[u8]) -> Result<(), Trouble> + 'a;

/// Rows of bytes, sorted by key, as of one moment.
pub trait Pages {
    /// The row of a key.
    ///
    /// # Errors
    /// Whatever reading may fail with.
    fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble>;

    /// The last row whose key is at most `key`.
    ///
    /// # Errors
    /// Whatever reading may fail with.
    fn last_to(&self, key: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble>;

    /// Shows the rows from `key` on, in order, until `visit` breaks off.
    ///
    /// # Errors
    /// Whatever reading may fail with.
    fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble>;

    /// Reads rows ahead that are asked for soon, where that is faster than one by one.
    fn ahead(&self, _keys: &[Vec<u8>]) {}

    /// Shows the packed names of a layer that have these numbers, which ascend.
    ///
    /// # Errors
    /// Whatever reading may fail with, and what `visit` fails with.
    fn names(&self, layer: u8, numbers: &[u32], visit: &mut SeeName<'_>) -> Result<(), Trouble> {
        let blocks = || numbers.chunk_by(|a, b| a / NAMES == b / NAMES);
        let keys: Vec<Vec<u8>> = blocks().map(|block| key_of(layer, kind::NAME, block[0] / NAMES)).collect();
        self.ahead(&keys);
        for (key, block) in keys.iter().zip(blocks()) {
            let Some(page) = self.get(key)? else { continue };
            let mut wanted = block.iter().copied().peekable();
            let (mut row, mut number) = (&page[..], block[0] / NAMES * NAMES);
            while let Some(&next) = wanted.peek() {
                if row.is_empty() {
                    break;
                }
                let name = take_name(&mut row);
                if number == next {
                    wanted.next();
                    visit(number, name)?;
                }
                number += 1;
            }
        }
        Ok(())
    }
}

/// Takes one packed name off a block of them.
fn take_name<'a>(row: &mut &'a [u8]) -> &'a [u8] {
    let whole = *row;
    let [_, _, _, len] = [take(row), take(row), take(row), take(row)];
    take_bytes(row, len as usize);
    &whole[..whole.len() - row.len()]
}
