//! What can be wrong with a query, each with its sentence and its place.

use super::{DEEPEST, Field, LONGEST, MOST, Span};
use std::fmt;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The bytes of the text it speaks of.
    pub span: Span,
    /// What is wrong there.
    pub why: Why,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A bracket is never closed.
    Unclosed,
    /// A bracket was never opened.
    Unopened,
    /// Nothing stands in brackets.
    Empty,
    /// A quote is never closed.
    OpenQuote,
    /// Nothing stands in quotes.
    NoPhrase,
    /// Nothing follows an operator.
    Nothing(&'static str),
    /// Nothing stands before an operator.
    NothingBefore(&'static str),
    /// No field is called so; one that nearly is.
    UnknownField(String, Option<Field>),
    /// A field without a value.
    NoValue(Field),
    /// A comparison of a field that has no order.
    NoOrder(Field),
    /// A value that the field does not take, and what is said of it.
    Value(Field, String, String),
    /// A range whose ends are the wrong way round, and how it would be right.
    Backwards(Field, String),
    /// A range or comparison that nothing can meet.
    Beyond(Field),
    /// A comparison that does not say of what.
    Which(String),
    /// The text is too long.
    TooLong,
    /// Brackets and negations are too deep.
    TooDeep,
    /// There are too many conditions.
    TooMany,
}

impl Wrong {
    pub(super) fn new<T>(span: Span, why: Why) -> Result<T, Wrong> {
        Err(Wrong { span, why })
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.why.fmt(f)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Unclosed => f.write_str("this bracket is never closed"),
            Why::Unopened => f.write_str("this bracket was never opened"),
            Why::Empty => f.write_str("nothing stands in these brackets"),
            Why::OpenQuote => f.write_str("this quote is never closed"),
            Why::NoPhrase => f.write_str("nothing stands in these quotes"),
            Why::Nothing(operator) => write!(f, "something must follow “{operator}”"),
            Why::NothingBefore(operator) => {
                write!(f, "something must stand before “{operator}”; the word is \"{operator}\"")
            }
            Why::UnknownField(name, Some(near)) => {
                write!(f, "there is no {name}: to ask for; is it {}: ?", near.word())
            }
            Why::UnknownField(name, None) => write!(f, "there is no {name}: to ask for; in quotes it is words"),
            Why::NoValue(field) => write!(f, "{}: needs a value: {}", field.word(), field.help()),
            Why::NoOrder(field) => write!(f, "{}: has no more and less, nor ranges", field.word()),
            Why::Value(field, text, says) => write!(f, "{}: “{text}” {says}", field.word()),
            Why::Backwards(field, right) => write!(f, "{}: the range runs backwards; write {right}", field.word()),
            Why::Beyond(field) => write!(f, "{}: nothing can be so", field.word()),
            Why::Which(text) => write!(f, "say of what: year:{text}, duration:{text}, rating:{text} …"),
            Why::TooLong => write!(f, "a query has at most {LONGEST} letters"),
            Why::TooDeep => write!(f, "brackets stand in each other at most {DEEPEST} deep"),
            Why::TooMany => write!(f, "a query has at most {MOST} conditions"),
        }
    }
}

impl std::error::Error for Wrong {}
