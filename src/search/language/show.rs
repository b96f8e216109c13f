//! A query as a text that reads back as the same query.

use super::value::time;
use super::{Bounds, Condition, Expr, Field, Node, Text};
use crate::domain::{Money, PartialDate};
use std::fmt;

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::All(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    blank(f, at, " ")?;
                    let inner = (at > 0, at + 1 < parts.len());
                    bracket(f, part, matches!(part.node, Node::Any(_)) || and_at_end(part, inner))?;
                }
                Ok(())
            }
            Node::Any(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    blank(f, at, " or ")?;
                    bracket(f, part, matches!(part.node, Node::All(_)))?;
                }
                Ok(())
            }
            Node::Not(part) => {
                let several = part.node.words().is_some_and(|words| words.contains(' '));
                f.write_str("-")?;
                bracket(f, part, several || matches!(part.node, Node::All(_) | Node::Any(_)))
            }
            Node::Is(condition) => condition.fmt(f),
        }
    }
}

impl Node {
    /// Plain words.
    fn words(&self) -> Option<&str> {
        match self {
            Node::Is(Condition::Words(words)) if !words.quoted => Some(&words.text),
            _ => None,
        }
    }
}

fn blank(f: &mut fmt::Formatter<'_>, at: usize, between: &str) -> fmt::Result {
    if at > 0 { f.write_str(between) } else { Ok(()) }
}

fn bracket(f: &mut fmt::Formatter<'_>, part: &Expr, needed: bool) -> fmt::Result {
    if needed { write!(f, "({part})") } else { write!(f, "{part}") }
}

/// Whether words begin or end with an `and` that would be taken for an operator beside something else.
fn and_at_end(part: &Expr, (before, after): (bool, bool)) -> bool {
    let is_and = |word: Option<&str>| word == Some("and");
    part.node
        .words()
        .is_some_and(|words| before && is_and(words.split(' ').next()) || after && is_and(words.rsplit(' ').next()))
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.quoted, self.text.contains('"')) {
            (false, _) => f.write_str(&self.text),
            (true, false) => write!(f, "\"{}\"", self.text),
            (true, true) => write!(f, "“{}”", self.text),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.field().map_or("", Field::word);
        match self {
            Condition::Words(text) => text.fmt(f),
            // A sign of comparison at the head of a name would be taken for one: an `=` before it is.
            Condition::Name(_, text) if !text.quoted && text.text.starts_with(['=', '<', '>']) => {
                write!(f, "{word}:={text}")
            }
            Condition::Name(_, text) => write!(f, "{word}:{text}"),
            Condition::Kind(kind) => write!(f, "{word}:\"{kind}\""),
            Condition::Gender(gender) => write!(f, "{word}:{gender}"),
            Condition::Role(role) => write!(f, "{word}:{role}"),
            Condition::Favorite(yes) => write!(f, "{word}:{}", if *yes { "yes" } else { "no" }),
            Condition::Days(_, days) => write!(f, "{word}:{}", show_days(days)),
            Condition::Duration(times) => write!(f, "{word}:{}", range(times, |seconds| time(*seconds))),
            Condition::Rating(ratings) => {
                write!(f, "{word}:{}", range(ratings, |rating| format!("{}.{:02}", rating / 100, rating % 100)))
            }
            Condition::Votes(votes) => write!(f, "{word}:{}", range(votes, u32::to_string)),
            Condition::Budget(currency, amounts) => {
                let money = |amount: &i64| Money { currency: *currency, amount: *amount }.to_string().replace(' ', "");
                write!(f, "{word}:{}", range(amounts, money))
            }
        }
    }
}

fn range<T>(bounds: &Bounds<T>, show: impl Fn(&T) -> String) -> String {
    let end = |end: &Option<T>| end.as_ref().map(&show).unwrap_or_default();
    format!("{}..{}", end(&bounds.low), end(&bounds.high))
}

/// Years where whole years are meant, and one value where one is.
fn show_days(days: &Bounds<PartialDate>) -> String {
    let year = |date: PartialDate| PartialDate::new(date.year(), None, None).unwrap_or(date);
    let starts = days.low.is_none_or(|low| year(low).earliest() == low);
    let ends = days.high.is_none_or(|high| year(high).latest() == high);
    let text = range(days, |date| if starts && ends { year(*date) } else { *date }.to_string());
    match text.split_once("..") {
        Some((low, high)) if low == high => low.to_owned(),
        _ => text,
    }
}
