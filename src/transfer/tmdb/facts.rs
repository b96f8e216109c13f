//! What a JSON object tells, whatever it leaves out or writes otherwise than expected.

use crate::domain::{clean_line, clean_prose};
use serde_json::Value;

/// A text or number without blanks around it; none where it is empty.
pub(super) fn plain(of: &Value, key: &str) -> Option<String> {
    let text = match of.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// One line of text.
pub(super) fn line(of: &Value, key: &str) -> Option<String> {
    plain(of, key).map(|text| clean_line(&text)).filter(|text| !text.is_empty())
}

/// Text of many lines.
pub(super) fn prose(of: &Value, key: &str) -> Option<String> {
    plain(of, key).map(|text| clean_prose(&text)).filter(|text| !text.is_empty())
}

/// A number greater than 0, written as one or as text; 0 stands for what is not known.
pub(super) fn number(of: &Value, key: &str) -> Option<f64> {
    plain(of, key)?.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

/// The number of a record: digits, or a number without a fraction.
pub(super) fn id(of: &Value, key: &str) -> Option<String> {
    plain(of, key).map(|id| id.strip_suffix(".0").map(str::to_owned).unwrap_or(id))
}

/// The entries of a list; none where there is no list.
pub(super) fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether it tells anything under one of these keys.
pub(super) fn has(of: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| of.get(key).is_some())
}
