//! Dates of which parts may be unknown.

use serde::{Deserialize, Serialize};

/// A calendar date whose day, or month and day, may be unknown: `1950`, `1950-03`, `1950-03-01`.
///
/// Packed as year << 9 | month << 5 | day with 0 for an unknown part, so missing parts sort first
/// and the packed order is the order of dates. Years run from 1 to 9999. Serialized as its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate(u32);
