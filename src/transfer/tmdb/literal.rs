//! Python's way to write lists and dictionaries, in which some tables keep what was JSON once.

use serde_json::{Map, Number, Value};

/// Lists in lists are at most so deep.
const DEPTH_MAX: u32 = 32;

/// What a cell holds: JSON, or the same as Python writes it.
pub(super) fn read(cell: &str) -> Option<Value> {
    serde_json::from_str(cell).ok().or_else(|| {
        let mut reader = Reader { rest: cell };
        let value = reader.value(0)?;
        reader.rest.trim_start().is_empty().then_some(value)
    })
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// Takes a letter if it comes next.
    fn eat(&mut self, letter: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(letter);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        if depth > DEPTH_MAX {
            return None;
        }
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '[' => self.list(depth, '[', ']'),
            '(' => self.list(depth, '(', ')'),
            '{' => self.dictionary(depth),
            quote @ ('\'' | '"') => self.text(quote).map(Value::String),
            _ => self.word(),
        }
    }

    fn list(&mut self, depth: u32, open: char, close: char) -> Option<Value> {
        self.eat(open);
        let mut values = Vec::new();
        while !self.eat(close) {
            values.push(self.value(depth + 1)?);
            if !self.eat(',') && !self.rest.trim_start().starts_with(close) {
                return None;
            }
        }
        Some(Value::Array(values))
    }

    fn dictionary(&mut self, depth: u32) -> Option<Value> {
        self.eat('{');
        let mut values = Map::new();
        while !self.eat('}') {
            let Value::String(key) = self.value(depth + 1)? else { return None };
            if !self.eat(':') {
                return None;
            }
            values.insert(key, self.value(depth + 1)?);
            if !self.eat(',') && !self.rest.trim_start().starts_with('}') {
                return None;
            }
        }
        Some(Value::Object(values))
    }

    fn text(&mut self, quote: char) -> Option<String> {
        let mut letters = self.rest[1..].chars();
        let mut text = String::new();
        loop {
            match letters.next()? {
                '\\' => unescape(&mut letters, &mut text)?,
                letter if letter == quote => break,
                letter => text.push(letter),
            }
        }
        self.rest = letters.as_str();
        Some(text)
    }

    fn word(&mut self) -> Option<Value> {
        let end = self.rest.find([',', ']', '}', ')', ':', ' ']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "None" | "nan" => Some(Value::Null),
            "True" => Some(Value::Bool(true)),
            "False" => Some(Value::Bool(false)),
            _ => match word.parse::<i64>() {
                Ok(number) => Some(Value::Number(number.into())),
                Err(_) => Number::from_f64(word.parse().ok()?).map(Value::Number),
            },
        }
    }
}

/// Takes the letter that stands behind a backslash, as it is meant.
fn unescape(letters: &mut std::str::Chars, text: &mut String) -> Option<()> {
    let digits = match letters.next()? {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        letter => {
            text.push(match letter {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            });
            return Some(());
        }
    };
    let code: String = letters.by_ref().take(digits).collect();
    text.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)?);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_are_read_as_json_and_as_python_writes_them() {
        for (cell, value) in [
            (r#"[{"id": 1, "name": "Drama \u00e9"}]"#, json!([{"id": 1, "name": "Drama é"}])),
            ("[{'id': 1, 'name': 'Drama'}, {'id': 2}]", json!([{"id": 1, "name": "Drama"}, {"id": 2}])),
            (r#"[{'name': "Ann's \"lamp\"", 'x': None}]"#, json!([{"name": "Ann's \"lamp\"", "x": null}])),
            (r"{'a': 'O\'Lee \xe9\u00e9\n', 'b': True, 'c': -1.5}", json!({"a": "O'Lee éé\n", "b": true, "c": -1.5})),
            ("[12, 14,]", json!([12, 14])),
            ("('a', [])", json!(["a", []])),
            ("[]", json!([])),
        ] {
            assert_eq!(read(cell), Some(value), "{cell}");
        }
        let deep = "[".repeat(10_000);
        for cell in
            ["", "[", "['a'", "['a' 'b']", "{'a'}", "{1: 2}", "['a'] b", r"['\x", r"['\ud800']", "[1e999]", &deep]
        {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
