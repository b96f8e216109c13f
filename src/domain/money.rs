//! Exact amounts of money. Nothing is ever converted.

mod parse;

use super::text::group;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Amounts count ten-thousandths of the unit.
const SCALE: i64 = 10_000;

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// An amount in ten-thousandths of the unit, and its currency. Ordered by currency, then amount.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// Ten-thousandths of the unit, not negative.
    pub amount: i64,
}

/// Why a text is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// It is not written as an amount.
    Shape,
    /// It is less than nothing.
    Negative,
    /// It has more than four decimals.
    TooFine,
    /// It is more than can be kept.
    TooMuch,
    /// Its currency is missing or none.
    Currency,
}

impl Currency {
    /// The US dollar.
    pub const USD: Currency = Currency(*b"USD");

    /// The currency of a code, in capitals or not.
    #[must_use]
    pub fn new(code: &str) -> Option<Currency> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_alphabetic).then(|| Currency(code.map(|letter| letter.to_ascii_uppercase())))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is three ASCII letters")
    }

    fn symbol(self) -> Option<&'static str> {
        match &self.0 {
            b"USD" => Some("$"),
            b"EUR" => Some("€"),
            b"GBP" => Some("£"),
            b"JPY" => Some("¥"),
            _ => None,
        }
    }
}

impl Money {
    /// Reads an amount as people write it: `878000`, `$878,000`, `10M EUR`, `1.5m`, `€2k`, `USD 5`.
    /// Where it names no currency it is of the `default` one.
    pub fn parse(text: &str, default: Currency) -> Result<Money, MoneyError> {
        let (currency, amount) = parse::amount(text)?;
        Ok(Money { currency: currency.unwrap_or(default), amount })
    }

    /// The amount for people: `$878,000`, `425,000,000 INR`.
    #[must_use]
    pub fn human(&self) -> String {
        let (whole, fraction) = self.digits();
        let mut text = group(&whole);
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(&fraction);
            if fraction.len() == 1 {
                text.push('0');
            }
        }
        let sign = if self.amount < 0 { "-" } else { "" };
        match self.currency.symbol() {
            Some(symbol) => format!("{sign}{symbol}{text}"),
            None => format!("{sign}{text} {}", self.currency),
        }
    }

    /// The amount alone, without a currency or marks between its digits: `878000`, `0.5`.
    #[must_use]
    pub fn number(&self) -> String {
        let (whole, fraction) = self.digits();
        let sign = if self.amount < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }

    /// The key whose byte order is the order of money.
    #[must_use]
    pub fn key(&self) -> [u8; 11] {
        let mut key = [0; 11];
        key[..3].copy_from_slice(&self.currency.0);
        key[3..].copy_from_slice(&self.amount.to_be_bytes());
        key
    }

    /// The money of a key, if it is one.
    #[must_use]
    pub fn from_key(key: [u8; 11]) -> Option<Money> {
        let (code, amount) = key.split_first_chunk::<3>()?;
        let amount = i64::from_be_bytes(amount.try_into().ok()?);
        let currency = Currency(*code);
        (code.iter().all(u8::is_ascii_uppercase) && amount >= 0).then_some(Money { currency, amount })
    }

    /// The digits before the point, and those after it without their last noughts.
    fn digits(self) -> (String, String) {
        let (amount, scale) = (self.amount.unsigned_abs(), SCALE.unsigned_abs());
        let fraction = format!("{:04}", amount % scale);
        ((amount / scale).to_string(), fraction.trim_end_matches('0').to_owned())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({self})")
    }
}

impl fmt::Display for Money {
    /// The form that reads back as the same money: `878000 USD`, `0.5 EUR`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.number(), self.currency))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        Currency::new(&text).ok_or(MoneyError::Currency)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.to_string()
    }
}

impl std::str::FromStr for Money {
    type Err = MoneyError;

    /// Reads an amount that names its currency.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (currency, amount) = parse::amount(text)?;
        Ok(Money { currency: currency.ok_or(MoneyError::Currency)?, amount })
    }
}

impl TryFrom<String> for Money {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Money> for String {
    fn from(money: Money) -> String {
        money.to_string()
    }
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MoneyError::Shape => "write an amount as 878000, $878,000, 1.5m or 10M EUR",
            MoneyError::Negative => "an amount cannot be less than nothing",
            MoneyError::TooFine => "an amount has at most four decimals",
            MoneyError::TooMuch => "an amount that large cannot be kept",
            MoneyError::Currency => "name a currency by its three letters, such as EUR",
        })
    }
}

impl std::error::Error for MoneyError {}

#[cfg(test)]
mod tests;
