//! One line of N-Quads or N-Triples: a statement.

use std::borrow::Cow;

/// What a statement is about, what it says of that, and what it names there. Which graph it is in is not kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quad<'l> {
    pub subject: Term<'l>,
    pub predicate: Cow<'l, str>,
    pub object: Term<'l>,
}

/// A thing or a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Term<'l> {
    /// A thing that has an address.
    Iri(Cow<'l, str>),
    /// A thing that has a label in this file only.
    Blank(&'l str),
    /// A text, and the language it says it is in.
    Text(Cow<'l, str>, &'l str),
}

const NO_STATEMENT: &str = "it is no statement of the form SUBJECT PREDICATE OBJECT .";

/// The statement of a line; none where it is blank or a comment.
///
/// # Errors
/// Why it is none.
pub(super) fn read(line: &str) -> Result<Option<Quad<'_>>, &'static str> {
    let mut rest = line.trim();
    if rest.is_empty() || rest.starts_with('#') {
        return Ok(None);
    }
    let (subject, predicate, object) = (term(&mut rest)?, term(&mut rest)?, term(&mut rest)?);
    if !rest.starts_with('.') && matches!(term(&mut rest)?, Term::Text(..)) {
        return Err(NO_STATEMENT);
    }
    let behind = rest.strip_prefix('.').ok_or(NO_STATEMENT)?.trim_start();
    match (subject, predicate) {
        (Term::Text(..), _) => Err(NO_STATEMENT),
        (subject, Term::Iri(predicate)) if behind.is_empty() || behind.starts_with('#') => {
            Ok(Some(Quad { subject, predicate, object }))
        }
        _ => Err(NO_STATEMENT),
    }
}

/// Takes the next term off a line.
fn term<'l>(rest: &mut &'l str) -> Result<Term<'l>, &'static str> {
    let line = *rest;
    let (term, behind) = if let Some(iri) = line.strip_prefix('<') {
        let (iri, behind) = iri.split_once('>').ok_or("an address in it is not closed")?;
        if iri.contains(|c: char| c <= ' ' || matches!(c, '<' | '"' | '{' | '}' | '|' | '^' | '`')) {
            return Err("an address in it holds what no address may");
        }
        (Term::Iri(unescape(iri)?), behind)
    } else if let Some(label) = line.strip_prefix("_:") {
        let end = label.find(|c: char| c.is_whitespace() || matches!(c, '<' | '"')).unwrap_or(label.len());
        let label = label[..end].trim_end_matches('.');
        if label.is_empty() {
            return Err(NO_STATEMENT);
        }
        (Term::Blank(label), &line["_:".len() + label.len()..])
    } else if let Some(text) = line.strip_prefix('"') {
        let end = end_of_text(text).ok_or("a quote in it is not closed")?;
        let (language, behind) = kind_of_text(&text[end + 1..])?;
        (Term::Text(unescape(&text[..end])?, language), behind)
    } else {
        return Err(NO_STATEMENT);
    };
    *rest = behind.trim_start();
    Ok(term)
}

/// Where the quote is that ends a text.
fn end_of_text(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

/// The language behind a text, and what stands behind that. A type means nothing here.
fn kind_of_text(behind: &str) -> Result<(&str, &str), &'static str> {
    if let Some(language) = behind.strip_prefix('@') {
        let end = language.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(language.len());
        return Ok(language.split_at(end));
    }
    let Some(kind) = behind.strip_prefix("^^") else { return Ok(("", behind)) };
    let (_, behind) = kind.strip_prefix('<').and_then(|kind| kind.split_once('>')).ok_or(NO_STATEMENT)?;
    Ok(("", behind))
}

/// A text with what stands behind backslashes.
fn unescape(text: &str) -> Result<Cow<'_, str>, &'static str> {
    const ODD: &str = "a backslash in it stands before what it may not";
    if !text.contains('\\') {
        return Ok(Cow::Borrowed(text));
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        plain.push_str(before);
        let sign = behind.chars().next().ok_or(ODD)?;
        let digits = match sign {
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        plain.push(match sign {
            't' => '\t',
            'b' => '\u{8}',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            '"' | '\'' | '\\' => sign,
            'u' | 'U' => {
                let code = behind.get(1..=digits).and_then(|code| u32::from_str_radix(code, 16).ok());
                code.and_then(char::from_u32).ok_or(ODD)?
            }
            _ => return Err(ODD),
        });
        rest = &behind[1 + digits..];
    }
    plain.push_str(rest);
    Ok(Cow::Owned(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let term = |term: Term| match term {
            Term::Iri(iri) => format!("<{iri}>"),
            Term::Blank(label) => format!("_{label}"),
            Term::Text(text, language) => format!("{text:?}{language}"),
        };
        match read(line) {
            Ok(Some(Quad { subject, predicate, object })) => {
                format!("{} {predicate} {}", term(subject), term(object))
            }
            Ok(None) => String::new(),
            Err(why) => why.to_owned(),
        }
    }

    #[test]
    fn statements_are_read() {
        for (line, says) in [
            ("</en/fog> <name> \"Fog\" .", "</en/fog> name \"Fog\""),
            ("_:7\t<p>\t_:8.\n", "_7 p _8"),
            ("_:a.b <p> </x> </graph> . # why", "_a.b p </x>"),
            ("<a><p>\"x\"@en-GB <g> .", "<a> p \"x\"en-GB"),
            ("<a> <p> \"1950\"^^<http://year> .", "<a> p \"1950\""),
            ("<a> <p> \"Ed \\\"Red\\\" \\u00c9\\U0001F600\\\\\" .", "<a> p \"Ed \\\"Red\\\" É😀\\\\\""),
            ("<\\u0041> <p> \"\" .", "<A> p \"\""),
            ("  # nothing", ""),
            ("", ""),
        ] {
            assert_eq!(shown(line), says, "{line}");
        }
    }

    #[test]
    fn what_is_no_statement_is_told() {
        for line in [
            "title,year",
            "<a> <p> .",
            "<a> <p> <b>",
            "<a> <p> <b> <g> <h> .",
            "<a> <p> <b> \"g\" .",
            "\"a\" <p> <b> .",
            "<a> _:p <b> .",
            "<a> \"p\" <b> .",
            "<a> <p> <b> . <c>",
            "<a> <p> <b",
            "<a b> <p> <c> .",
            "<a> <p> \"b .",
            "<a> <p> \"b\\\" .",
            "<a> <p> \"\\x\" .",
            "<a> <p> \"\\u12\" .",
            "<a> <p> \"\\uD800\" .",
            "<a> <p> \"\\u00é\" .",
            "<a> <p> \"b\"^^ .",
            "_: <p> <b> .",
            "\\",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
