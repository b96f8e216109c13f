//! The characters of a credit: a JSON array of texts.

use std::borrow::Cow;

/// Hands the texts to `take`; false where it is no such array. Files that went through a table program have the
/// array in quotes, its own quotes doubled.
pub(super) fn each(field: &[u8], take: &mut dyn FnMut(&str)) -> bool {
    let Ok(text) = std::str::from_utf8(field) else { return false };
    let quoted = text.strip_prefix("\"[").and_then(|text| text.strip_suffix("]\""));
    let text = match quoted {
        Some(inner) => Cow::Owned(format!("[{}]", inner.replace("\"\"", "\""))),
        None => Cow::Borrowed(text),
    };
    // The common case, which needs no work.
    let plain = text.strip_prefix("[\"").and_then(|text| text.strip_suffix("\"]"));
    if let Some(plain) = plain.filter(|plain| memchr::memchr2(b'"', b'\\', plain.as_bytes()).is_none()) {
        take(plain);
        return true;
    }
    let Ok(texts) = serde_json::from_str::<Vec<String>>(&text) else { return false };
    for text in &texts {
        take(text);
    }
    true
}

#[cfg(test)]
mod tests {
    fn read(field: &str) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        super::each(field.as_bytes(), &mut |text| texts.push(text.to_owned())).then_some(texts)
    }

    #[test]
    fn arrays_of_texts() {
        for (field, texts) in [
            (r#"["Jake Sully"]"#, &["Jake Sully"][..]),
            (r#"["Twin","Other Twin"]"#, &["Twin", "Other Twin"]),
            (r#"["Jake \"Bud\" Sully"]"#, &["Jake \"Bud\" Sully"]),
            (r#"["Ren\u00e9e", "A\\B"]"#, &["Renée", "A\\B"]),
            (r#""[""Self""]""#, &["Self"]),
            (r#""[""Nick \""The Fish\"""",""B""]""#, &["Nick \"The Fish\"", "B"]),
            ("[]", &[]),
            (r#"[""]"#, &[""]),
        ] {
            assert_eq!(
                read(field).as_deref(),
                Some(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()[..]),
                "{field}"
            );
        }
        for none in ["", "Self", "{}", "[\"Self\"", "\"Self\"", "[1]", "[\"a\" \"b\"]", "\\N"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
