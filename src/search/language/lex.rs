//! From a text to operators, brackets, words and conditions.

use super::value::{self, Op, Piece, Spec};
use super::{Condition, Field, LONGEST, Span, Text, Why, Wrong};

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-` right before something.
    Minus,
    /// `and`; in capitals it is never a word.
    And { loud: bool },
    /// `or`
    Or,
    /// `not`; in capitals it is never a word.
    Not { loud: bool },
    /// A word without a field, as typed.
    Word(String),
    /// Anything else.
    Is(Condition),
    /// Values of one field with commas between them: any of these, each with its place.
    Either(Vec<(Condition, Span)>),
}

/// The pieces of a text, each with its place.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Span)>, Wrong> {
    if text.len() > LONGEST {
        return Wrong::new(text.floor_char_boundary(LONGEST)..text.len(), Why::TooLong);
    }
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

/// Whether a character parts words.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn ends_word(c: char) -> bool {
    is_blank(c) || c == '(' || c == ')'
}

/// The quote that closes this one.
fn closing(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '“' => Some('”'),
        _ => None,
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(is_blank).len();
    }

    fn next(&mut self) -> Result<Option<(Token, Span)>, Wrong> {
        self.skip_blanks();
        let start = self.at;
        let Some(first) = self.peek() else { return Ok(None) };
        let token = match first {
            '(' => self.sign(Token::Open),
            ')' => self.sign(Token::Close),
            '-' if self.rest()[1..].chars().next().is_some_and(|c| c == '(' || !ends_word(c)) => {
                self.sign(Token::Minus)
            }
            '<' | '>' | '=' => Token::Is(self.bare_comparison()?),
            _ if closing(first).is_some() => {
                let text = self.quoted(first)?;
                Token::Is(Condition::Words(Text { text, quoted: true }))
            }
            _ => self.word()?,
        };
        Ok(Some((token, start..self.at)))
    }

    fn sign(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn word(&mut self) -> Result<Token, Wrong> {
        if let Some(field) = self.field()? {
            return self.condition(field);
        }
        let start = self.at;
        let word = self.run();
        Ok(match word {
            "and" => Token::And { loud: false },
            "AND" => Token::And { loud: true },
            "or" | "OR" => Token::Or,
            "not" => Token::Not { loud: false },
            "NOT" => Token::Not { loud: true },
            _ => match value::bare_range(&Piece::bare(word, start))? {
                Some(condition) => Token::Is(condition),
                None => Token::Word(word.to_owned()),
            },
        })
    }

    /// Characters up to a blank or bracket.
    fn run(&mut self) -> &'t str {
        let rest = self.rest();
        let length = rest.find(ends_word).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// A field's name and colon, or its name where a comparison follows. Anything else stays where it is.
    fn field(&mut self) -> Result<Option<Field>, Wrong> {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        let known = Field::named(name);
        let glued = |after: &str| after.chars().next().is_some_and(|c| !ends_word(c));
        let taken = match after.chars().next() {
            Some(':') if known.is_some() && (length > 1 || glued(&after[1..])) => length + 1,
            Some(':') if known.is_none() && length > 0 && glued(&after[1..]) && !after[1..].starts_with([':', '/']) => {
                let why = Why::UnknownField(name.to_owned(), Field::nearest(name));
                return Wrong::new(self.at..self.at + length + 1, why);
            }
            Some('<' | '>' | '=') if known.is_some() && length > 1 => length,
            _ => return Ok(None),
        };
        self.at += taken;
        Ok(known)
    }

    /// What stands after a field's colon.
    fn condition(&mut self, field: Field) -> Result<Token, Wrong> {
        let start = self.at;
        self.skip_blanks();
        let op = self.op();
        self.skip_blanks();
        let first = self.piece(field)?;
        let range = field.compares() && op == Op::Is && self.rest().starts_with("..");
        let second = if range {
            self.at += 2;
            self.piece(field)?
        } else {
            None
        };
        if first.is_none() && second.is_none() {
            return Wrong::new(start.saturating_sub(1)..self.at.max(start), Why::NoValue(field));
        }
        let spec = Spec { op, first, second, range, span: start..self.at };
        let values = value::list(field, &spec);
        if values.is_empty() {
            return value::condition(field, &spec).map(Token::Is);
        }
        let one = |spec: &Spec| value::condition(field, spec).map(|condition| (condition, spec.span.clone()));
        values.iter().map(one).collect::<Result<_, _>>().map(Token::Either)
    }

    fn op(&mut self) -> Op {
        const OPS: [(&str, Op); 5] =
            [(">=", Op::Least), ("<=", Op::Most), (">", Op::Above), ("<", Op::Below), ("=", Op::Is)];
        let found = OPS.iter().find(|(sign, _)| self.rest().starts_with(sign));
        let (sign, op) = found.unwrap_or(&("", Op::Is));
        self.at += sign.len();
        *op
    }

    /// A value in quotes, or up to a blank or bracket; of what can be a range up to its dots.
    fn piece(&mut self, field: Field) -> Result<Option<Piece>, Wrong> {
        let start = self.at;
        if let Some(quote) = self.peek().filter(|c| closing(*c).is_some()) {
            let text = self.quoted(quote)?;
            return Ok(Some(Piece { text, quoted: true, span: start..self.at }));
        }
        let mut word = self.run();
        if field.compares()
            && let Some(dots) = word.find("..")
        {
            word = &word[..dots];
            self.at = start + dots;
        }
        if word.is_empty() {
            return Ok(None);
        }
        let word = self.absorb(field, start).unwrap_or(word);
        Ok(Some(Piece::bare(word, start)).filter(|piece| !piece.text.is_empty()))
    }

    /// Takes the words that follow where they belong to the value: `2 hours`, `10M EUR`, `united states`.
    fn absorb(&mut self, field: Field, start: usize) -> Option<&'t str> {
        let first = self.at;
        let mut ends = Vec::new();
        while ends.len() < 3 {
            self.skip_blanks();
            if self.run().is_empty() {
                break;
            }
            ends.push(self.at);
        }
        let whole =
            ends.into_iter().rev().find(|end| value::belongs(field, &self.text[start..first], &self.text[first..*end]));
        self.at = whole.unwrap_or(first);
        whole.map(|end| &self.text[start..end])
    }

    /// What stands between quotes.
    fn quoted(&mut self, quote: char) -> Result<String, Wrong> {
        let (start, size) = (self.at, quote.len_utf8());
        let inside = &self.rest()[size..];
        let close = closing(quote).unwrap_or(quote);
        let Some(length) = inside.find(close) else {
            return Wrong::new(start..start + size, Why::OpenQuote);
        };
        self.at += size + length + close.len_utf8();
        let text = inside[..length].trim_matches(is_blank);
        if text.is_empty() { Wrong::new(start..self.at, Why::NoPhrase) } else { Ok(text.to_owned()) }
    }

    /// `>2h`, `>=1990`, `<$10M`: the value says of what.
    fn bare_comparison(&mut self) -> Result<Condition, Wrong> {
        let start = self.at;
        let op = self.op();
        let sign = &self.text[start..self.at];
        self.skip_blanks();
        let Some(piece) = self.piece(Field::Duration)? else {
            return Wrong::new(start..start + sign.len(), Why::Nothing(op.sign()));
        };
        let Some(field) = value::guess(&piece.text) else {
            return Wrong::new(start..self.at, Why::Which(format!("{}{}", op.sign(), piece.text)));
        };
        value::condition(field, &Spec { op, first: Some(piece), second: None, range: false, span: start..self.at })
    }
}
