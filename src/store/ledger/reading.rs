//! Reading ledgers.

use super::{Head, Ledger, Owner, count, head, wrong};
use crate::domain::MovieId;
use crate::store::credit::{self, Credit, Credits};
use crate::store::error::Result;
use crate::store::read::Tables;
use redb::ReadableTable;
use std::marker::PhantomData;
use std::ops::ControlFlow;

/// A table of owners' rows.
pub trait RowsTable<L: Ledger>: ReadableTable<L::Row, &'static [u8]> {}

impl<L: Ledger, T: ReadableTable<L::Row, &'static [u8]>> RowsTable<L> for T {}

/// A table of parts.
pub trait PartsTable<L: Ledger>: ReadableTable<L::Part, &'static [u8]> {}

impl<L: Ledger, T: ReadableTable<L::Part, &'static [u8]>> PartsTable<L> for T {}

/// Looks at an owner's row.
pub type SeeRow<'v, L> = dyn FnMut(&Owner<'_, L>, &[u8]) -> Result<ControlFlow<()>> + 'v;

/// The ledgers of a kind.
///
/// # Errors
/// When the store fails.
pub fn open<L: Ledger>(txn: &impl Tables) -> Result<Ledgers<L, impl RowsTable<L>, impl PartsTable<L>>> {
    Ok(Ledgers { rows: txn.table(L::ROWS)?, parts: txn.table(L::PARTS)?, kind: PhantomData })
}

/// Ledgers as two tables have them.
pub struct Ledgers<L, R, P> {
    rows: R,
    parts: P,
    kind: PhantomData<L>,
}

impl<L: Ledger, R: RowsTable<L>, P: PartsTable<L>> Ledgers<L, R, P> {
    /// The table of the owners' rows.
    pub fn rows(&self) -> &R {
        &self.rows
    }

    /// How many credits there are of an owner.
    ///
    /// # Errors
    /// When the store fails, as everything here.
    pub fn count(&self, owner: &Owner<'_, L>) -> Result<u32> {
        Ok(self.rows.get(owner)?.and_then(|bytes| count(bytes.value())).unwrap_or(0))
    }

    /// Whether an owner has any credit of a sort.
    ///
    /// # Errors
    /// When the store fails, or what stands there is not a ledger.
    pub fn any(&self, owner: &Owner<'_, L>, of: &mut dyn FnMut(Credit) -> bool) -> Result<bool> {
        let mut look = |credit| if of(credit) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        Ok(self.visit(owner, &mut look)?.is_break())
    }

    /// Shows an owner's credits, by movie, until `visit` has seen enough: whether it has.
    ///
    /// # Errors
    /// When the store fails, or what stands there is not a ledger.
    pub fn visit(
        &self,
        owner: &Owner<'_, L>,
        visit: &mut dyn FnMut(Credit) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        match self.rows.get(owner)? {
            Some(bytes) => self.visit_row(owner, bytes.value(), visit),
            None => Ok(ControlFlow::Continue(())),
        }
    }

    /// The same, of an owner whose row this is.
    ///
    /// # Errors
    /// When the store fails, or what stands there is not a ledger.
    pub fn visit_row(
        &self,
        owner: &Owner<'_, L>,
        row: &[u8],
        visit: &mut dyn FnMut(Credit) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        let (count, _) = head(row).ok_or_else(|| wrong::<L>(owner))?;
        let mut seen = 0;
        let flow = self.visit_lists(owner, row, &mut |mut credits| {
            credits.try_for_each(|credit| {
                seen += 1;
                visit(credit)
            })
        })?;
        if flow.is_break() || seen == count { Ok(flow) } else { Err(wrong::<L>(owner)) }
    }

    /// Shows the lists of credits of an owner whose row this is, one of each part, until `visit` has seen enough.
    ///
    /// # Errors
    /// When the store fails, or what stands there is not a ledger.
    pub fn visit_lists(
        &self,
        owner: &Owner<'_, L>,
        row: &[u8],
        visit: &mut dyn FnMut(Credits<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        match head(row).ok_or_else(|| wrong::<L>(owner))? {
            (_, Head::Whole(bytes)) => Ok(visit(credit::take_all(bytes))),
            (_, Head::Parted) => {
                for row in self.parts.range(L::at(owner, 0)..=L::at(owner, u32::MAX))? {
                    if visit(credit::take_all(row?.1.value())).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    /// Shows an owner's credits in one movie.
    ///
    /// # Errors
    /// When the store fails, or what stands there is not a ledger.
    pub fn in_movie(&self, owner: &Owner<'_, L>, movie: MovieId, visit: &mut dyn FnMut(Credit)) -> Result<()> {
        let Some(row) = self.rows.get(owner)? else { return Ok(()) };
        let mut show = |bytes| credit::take_all(bytes).filter(|one| one.movie == movie).for_each(&mut *visit);
        match head(row.value()).ok_or_else(|| wrong::<L>(owner))? {
            (_, Head::Whole(bytes)) => show(bytes),
            (_, Head::Parted) => {
                if let Some(part) = self.parts.get(L::at(owner, L::part_of(movie)))? {
                    show(part.value());
                }
            }
        }
        Ok(())
    }

    /// Shows the row of every owner from one on, until `visit` has seen enough.
    ///
    /// # Errors
    /// When the store fails, or `visit` does.
    pub fn rows_from<'o>(&self, first: Owner<'o, L>, visit: &mut SeeRow<L>) -> Result<()> {
        for row in self.rows.range::<Owner<'o, L>>(first..)? {
            let (owner, bytes) = row?;
            if visit(&owner.value(), bytes.value())?.is_break() {
                break;
            }
        }
        Ok(())
    }
}
