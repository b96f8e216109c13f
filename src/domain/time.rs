//! Moments in UTC.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl fmt::Display for Timestamp {
    /// `2026-11-22 15:04:05Z`; a moment outside the calendar's range prints as its number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => write!(f, "{}", moment.strftime("%Y-%m-%d %H:%M:%SZ")),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}
