//! What one condition asks.

use super::Field;
use crate::domain::{Currency, Gender, MovieKind, PartialDate, Role};

/// A name as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// As typed, without its quotes.
    pub text: String,
    /// In quotes: whole words, in this order, side by side. Else words in any order whose ends may be missing.
    pub quoted: bool,
}

/// From one value to another, both included; an end left out is open. Not both are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds<T> {
    /// At least.
    pub low: Option<T>,
    /// At most.
    pub high: Option<T>,
}

impl<T: PartialOrd> Bounds<T> {
    /// Whether a value lies between them.
    pub fn hold(&self, value: &T) -> bool {
        self.low.as_ref().is_none_or(|low| value >= low) && self.high.as_ref().is_none_or(|high| value <= high)
    }
}

impl Bounds<PartialDate> {
    /// Whether every day that the date may be lies between them.
    #[must_use]
    pub fn hold_all(&self, date: PartialDate) -> bool {
        self.hold(&date.earliest()) && self.hold(&date.latest())
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Words without a field: of a title, of a person's name.
    Words(Text),
    /// Title, director, actor, character, genre or country.
    Name(Field, Text),
    /// A kind of film.
    Kind(MovieKind),
    /// A gender.
    Gender(Gender),
    /// How large the part beside it is.
    Role(Role),
    /// A favorite of whoever asks, or none.
    Favorite(bool),
    /// Year, date, born or added: between two days.
    Days(Field, Bounds<PartialDate>),
    /// Running time in seconds.
    Duration(Bounds<u32>),
    /// Budget in ten-thousandths of a currency's unit.
    Budget(Currency, Bounds<i64>),
    /// Rating in hundredths.
    Rating(Bounds<u16>),
    /// Votes.
    Votes(Bounds<u32>),
}

impl Condition {
    /// The field it asks about; words have none.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        Some(match self {
            Condition::Words(_) => return None,
            Condition::Name(field, _) | Condition::Days(field, _) => *field,
            Condition::Kind(_) => Field::Kind,
            Condition::Gender(_) => Field::Gender,
            Condition::Role(_) => Field::Role,
            Condition::Favorite(_) => Field::Favorite,
            Condition::Duration(_) => Field::Duration,
            Condition::Budget(..) => Field::Budget,
            Condition::Rating(_) => Field::Rating,
            Condition::Votes(_) => Field::Votes,
        })
    }
}
