//! What the index needs of a store: rows of bytes under keys of bytes, in order.

use super::super::Trouble;
use std::ops::{ControlFlow, Deref};

/// The bytes of one row, held as long as they are looked at.
pub type Page<'a> = Box<dyn Deref<Target = [u8]> + 'a>;

/// Takes rows, one by one: key, row.
pub type Write<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), Trouble> + 'a;

/// Looks at rows, one by one, until it breaks off: key, row.
pub type See<'a> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'a;

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
}
