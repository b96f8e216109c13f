//! Where in an order the rows of a filter begin and end, as far as its ranges tell: nobody needs to walk there.

use super::ranges::{Ends, ends_of_budgets, ends_of_days, ends_of_numbers, ends_of_ratings};
use crate::search::language::{Condition, Expr, Field, Node, parse};
use crate::store::entry::Index;
use crate::store::{Bands, Order};

/// Places before and after those of all that a query lets through, from small values to large ones.
pub(in crate::catalog) fn bounds(words: &str, order: &Order) -> Option<(Vec<u8>, Vec<u8>)> {
    let Order::Index(index, _) = order else { return None };
    let (bands, query) = (Bands::of(*index)?, parse(words).ok()?);
    let parts = match &query.node {
        Node::All(parts) => parts.as_slice(),
        _ => std::slice::from_ref(&query),
    };
    let all = parts.iter().filter_map(|part| ends(*index, part));
    let (low, high) = all.reduce(|(low, high), ends| (low.max(ends.0), high.min(ends.1)))?;
    // 0 stands for a value that is not known.
    (low <= high).then(|| (place(&bands, low.max(1), 0), place(&bands, high.max(1), u8::MAX)))
}

/// The values of an index that a condition allows.
fn ends(index: Index, part: &Expr) -> Option<Ends> {
    let Node::Is(condition) = &part.node else { return None };
    match (condition, index) {
        (Condition::Days(Field::Added, _), _) => None,
        (Condition::Days(Field::Born, days), Index::Born) => Some(ends_of_days(days)),
        (Condition::Days(Field::Year | Field::Date, days), Index::Released) => Some(ends_of_days(days)),
        (Condition::Duration(times), Index::Duration) => Some(ends_of_numbers(times)),
        (Condition::Votes(votes), Index::Popularity) => Some(ends_of_numbers(votes)),
        (Condition::Rating(ratings), Index::Rating) => Some(ends_of_ratings(ratings)),
        (Condition::Budget(currency, amounts), Index::Budget) => Some(ends_of_budgets(*currency, amounts)),
        _ => None,
    }
}

/// More bytes than a key of any order with values has.
const WIDTH: usize = 16;

/// A place at this value, before or after all that have it.
fn place(bands: &Bands, value: u128, fill: u8) -> Vec<u8> {
    let mut place = bands.head(value);
    place.resize(WIDTH, fill);
    place
}
