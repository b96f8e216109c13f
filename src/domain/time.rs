//! Moments in UTC.

use super::PartialDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment a day begins in UTC; none where the day is not known.
    #[must_use]
    pub fn at(date: PartialDate) -> Option<Timestamp> {
        let part = |part: u8| i8::try_from(part).ok();
        let year = i16::try_from(date.year()).ok()?;
        let date = jiff::civil::Date::new(year, part(date.month()?)?, part(date.day()?)?).ok()?;
        let moment = jiff::tz::Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
        Some(Timestamp(moment.as_millisecond()))
    }

    /// The day in UTC; none outside the years that dates have.
    #[must_use]
    pub fn day(self) -> Option<PartialDate> {
        let moment = jiff::Timestamp::from_millisecond(self.0).ok()?;
        let date = jiff::tz::Offset::UTC.to_datetime(moment).date();
        let part = |part: i8| u8::try_from(part).ok();
        PartialDate::new(u16::try_from(date.year()).ok()?, part(date.month()), part(date.day()))
    }
}

impl fmt::Display for Timestamp {
    /// `2026-11-22 15:04:05Z`; a moment outside the calendar's range prints as its number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => write!(f, "{}", moment.strftime("%Y-%m-%d %H:%M:%SZ")),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_a_day() {
        let day = |milliseconds| Timestamp(milliseconds).day().map(|day| day.to_string());
        assert_eq!(day(0).as_deref(), Some("1970-01-01"));
        assert_eq!(day(-1).as_deref(), Some("1969-12-31"));
        assert_eq!(day(1_709_251_199_999).as_deref(), Some("2024-02-29"));
        let begins = |text: &str| Timestamp::at(text.parse().unwrap()).map(|moment| moment.0);
        assert_eq!(begins("2024-02-29"), Some(1_709_164_800_000));
        assert_eq!(begins("1969-12-31"), Some(-86_400_000));
        assert_eq!((begins("2024-02"), begins("2024")), (None, None));
        assert_eq!((day(i64::MIN), day(i64::MAX), day(-100_000_000_000_000)), (None, None, None));
    }
}
