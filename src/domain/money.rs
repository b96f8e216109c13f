//! Exact amounts of money. Nothing is ever converted.

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// An amount in ten-thousandths of the unit, and its currency. Ordered by currency, then amount.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// Ten-thousandths of the unit, not negative.
    pub amount: i64,
}
