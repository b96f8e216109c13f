//! Dates of which parts may be unknown.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar date whose day, or month and day, may be unknown: `1950`, `1950-03`, `1950-03-01`.
///
/// Packed as year << 9 | month << 5 | day with 0 for an unknown part, so missing parts sort first
/// and the packed order is the order of dates. Years run from 1 to 9999. Serialized as its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate(u32);

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not written as a date.
    Shape,
    /// It is written as a date that no calendar has.
    NoSuchDate,
}

impl PartialDate {
    /// The date, if the calendar has it; a day needs a month.
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<PartialDate> {
        let real = (1..=9999).contains(&year)
            && match (month, day) {
                (None, None) => true,
                (None, Some(_)) => false,
                (Some(month), day) => {
                    (1..=12).contains(&month) && day.is_none_or(|day| (1..=days_in(year, month)).contains(&day))
                }
            };
        let (month, day) = (month.unwrap_or(0), day.unwrap_or(0));
        real.then(|| PartialDate(u32::from(year) << 9 | u32::from(month) << 5 | u32::from(day)))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        u16::try_from(self.0 >> 9).expect("a year is at most 9999")
    }

    /// The month, 1 to 12, where known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        part(self.0 >> 5 & 15)
    }

    /// The day of the month where known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        part(self.0 & 31)
    }

    /// The date as one number, in the order of dates.
    #[must_use]
    pub fn packed(self) -> u32 {
        self.0
    }

    /// The date of a packed number, if it is one.
    #[must_use]
    pub fn from_packed(packed: u32) -> Option<Self> {
        PartialDate::new(u16::try_from(packed >> 9).ok()?, part(packed >> 5 & 15), part(packed & 31))
    }

    /// The first day it may be.
    #[must_use]
    pub fn earliest(self) -> PartialDate {
        PartialDate(self.0 & !511 | u32::from(self.month().unwrap_or(1)) << 5 | u32::from(self.day().unwrap_or(1)))
    }

    /// The last day it may be.
    #[must_use]
    pub fn latest(self) -> PartialDate {
        let month = self.month().unwrap_or(12);
        let day = self.day().unwrap_or_else(|| days_in(self.year(), month));
        PartialDate(self.0 & !511 | u32::from(month) << 5 | u32::from(day))
    }
}

/// A part of a packed date; 0 is an unknown one.
fn part(bits: u32) -> Option<u8> {
    u8::try_from(bits).ok().filter(|&part| part > 0)
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut parts = text.trim().split('-');
        let year = parts.next().filter(|year| year.len() == 4).and_then(digits).ok_or(DateError::Shape)?;
        let mut small = || match parts.next() {
            None => Ok(None),
            Some(part) if part.len() <= 2 => digits(part).map(Some).ok_or(DateError::Shape),
            Some(_) => Err(DateError::Shape),
        };
        let (month, day) = (small()?, small()?);
        if parts.next().is_some() {
            return Err(DateError::Shape);
        }
        let byte = |part: u16| u8::try_from(part).expect("two digits are less than 256");
        PartialDate::new(year, month.map(byte), day.map(byte)).ok_or(DateError::NoSuchDate)
    }
}

/// Digits and nothing else; `parse` alone would take a sign.
fn digits(text: &str) -> Option<u16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.month(), self.day()) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year()),
            (Some(month), None) => format!("{:04}-{month:02}", self.year()),
            _ => format!("{:04}", self.year()),
        };
        f.pad(&text)
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartialDate({self})")
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> String {
        date.to_string()
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateError::Shape => "write a date as 1950, 1950-03 or 1950-03-01",
            DateError::NoSuchDate => "the calendar has no such date",
        })
    }
}

impl std::error::Error for DateError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_writes_what_it_knows() {
        for text in ["1950", "1950-03", "1950-03-01", "0001", "9999-12-31", "2000-02-29"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date(" 1950-3-1 ").to_string(), "1950-03-01");
        assert_eq!(format!("{:>12}|{:?}", date("1950-03"), date("1950")), "     1950-03|PartialDate(1950)");
    }

    #[test]
    fn tells_a_wrong_shape_from_a_wrong_day() {
        for text in ["", "50", "19500", "1950-", "1950-03-", "1950-03-01-02", "+950", "1950-+3", "1950/03", "195O"] {
            assert_eq!(text.parse::<PartialDate>(), Err(DateError::Shape), "{text}");
        }
        for text in ["0000", "1950-13", "1950-00", "1950-02-29", "1900-02-29", "1950-04-31", "1950-04-00"] {
            assert_eq!(text.parse::<PartialDate>(), Err(DateError::NoSuchDate), "{text}");
        }
    }

    #[test]
    fn bounds_the_interval() {
        let bounds = |text| (date(text).earliest().to_string(), date(text).latest().to_string());
        assert_eq!(bounds("1952"), ("1952-01-01".into(), "1952-12-31".into()));
        assert_eq!(bounds("1952-02"), ("1952-02-01".into(), "1952-02-29".into()));
        assert_eq!(bounds("1952-02-03"), ("1952-02-03".into(), "1952-02-03".into()));
    }

    #[test]
    fn missing_parts_sort_first() {
        let order = ["1949-12-31", "1950", "1950-01", "1950-01-01", "1950-02"].map(date);
        assert!(order.is_sorted());
        assert!(PartialDate::new(1950, None, Some(1)).is_none());
    }

    proptest! {
        #[test]
        fn packed_numbers_are_dates_or_refused(packed in 0u32..6_000_000) {
            if let Some(date) = PartialDate::from_packed(packed) {
                prop_assert_eq!(date.packed(), packed);
                prop_assert_eq!(date.to_string().parse(), Ok(date));
                prop_assert!(date.earliest() >= date && date.earliest() <= date.latest());
                prop_assert_eq!(PartialDate::from_packed(date.latest().packed()), Some(date.latest()));
            }
        }
    }
}
