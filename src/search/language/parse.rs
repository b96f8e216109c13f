//! From the pieces of a query to its tree.

use super::lex::{Token, tokens};
use super::{Condition, DEEPEST, Expr, Field, MOST, Node, Span, Text, Why, Wrong};
use std::vec::IntoIter;

/// Reads a query. Nothing but blanks asks for everything.
///
/// # Errors
/// [`Wrong`], with the place in the text.
pub fn parse(text: &str) -> Result<Expr, Wrong> {
    let tokens = tokens(text)?;
    let plain = |(token, _): &(Token, Span)| {
        matches!(token, Token::Word(_) | Token::And { loud: false } | Token::Not { loud: false })
    };
    let mut parser = Parser { plain: tokens.iter().all(plain), tokens: tokens.into_iter(), depth: 0 };
    let query = parser.any()?;
    if let Some((_, span)) = parser.tokens.next() {
        return Wrong::new(span, Why::Unopened);
    }
    let mut places = Vec::new();
    query.each(&mut |_, span| places.push(span.clone()));
    places.get(MOST).map_or(Ok(query), |span| Wrong::new(span.clone(), Why::TooMany))
}

struct Parser {
    tokens: IntoIter<(Token, Span)>,
    /// Nothing but words: then `not` is one of them.
    plain: bool,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Expr, Wrong> {
        let mut parts = vec![self.all()?];
        while self.peek() == Some(&Token::Or) {
            let (_, span) = self.taken();
            if parts.last().is_some_and(Expr::is_empty) {
                return Wrong::new(span, Why::NothingBefore("or"));
            }
            let part = self.all()?;
            if part.is_empty() {
                return Wrong::new(span, Why::Nothing("or"));
            }
            parts.push(part);
        }
        Ok(Expr::any(parts))
    }

    fn all(&mut self) -> Result<Expr, Wrong> {
        let mut parts: Vec<Expr> = Vec::new();
        while let Some(token) = self.peek() {
            match token {
                Token::Or if self.goes_on(parts.last()) => {
                    self.taken();
                    let next = self.one()?;
                    let last = parts.pop();
                    parts.push(Expr::any(last.into_iter().chain([next]).collect()));
                }
                Token::Or | Token::Close => break,
                Token::And { loud } => {
                    let loud = *loud;
                    let (_, span) = self.taken();
                    if !loud && self.and_is_word(parts.last()) {
                        parts.push(word("and", span));
                    }
                }
                _ => parts.push(self.one()?),
            }
        }
        Ok(Expr::all(parts))
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.as_slice().first().map(|(token, _)| token)
    }

    /// Whether `or` stands between values of one field, which belong together before anything else does.
    fn goes_on(&self, before: Option<&Expr>) -> bool {
        let next = match self.tokens.as_slice().get(1) {
            Some((Token::Is(condition), _)) => condition.field(),
            _ => None,
        };
        next.is_some() && before.and_then(field_of) == next
    }

    /// Between words `and` is a word: `war and peace`.
    fn and_is_word(&mut self, before: Option<&Expr>) -> bool {
        let after = self.peek().is_none_or(|token| {
            matches!(token, Token::Word(_) | Token::And { .. } | Token::Or | Token::Close) || self.plain
        });
        after && before.is_none_or(is_plain)
    }

    fn taken(&mut self) -> (Token, Span) {
        self.tokens.next().unwrap_or((Token::Close, 0..0))
    }

    fn one(&mut self) -> Result<Expr, Wrong> {
        let (token, span) = self.taken();
        match token {
            Token::Open => self.group(span),
            Token::Minus => self.not(span, "-"),
            Token::Not { loud } if loud || !self.plain => self.not(span, "not"),
            Token::Not { .. } => Ok(word("not", span)),
            Token::And { .. } => Ok(word("and", span)),
            Token::Word(text) => Ok(word(&text, span)),
            Token::Is(condition) => Ok(is(condition, span)),
            Token::Either(values) => Ok(Expr::any(values.into_iter().map(|(value, span)| is(value, span)).collect())),
            Token::Or | Token::Close => Wrong::new(span, Why::Unopened),
        }
    }

    fn group(&mut self, open: Span) -> Result<Expr, Wrong> {
        self.descend(&open)?;
        let inside = self.any()?;
        self.depth -= 1;
        match self.tokens.next() {
            None => Wrong::new(open, Why::Unclosed),
            Some((_, close)) if inside.is_empty() => Wrong::new(open.start..close.end, Why::Empty),
            Some(_) => Ok(inside),
        }
    }

    fn not(&mut self, span: Span, sign: &'static str) -> Result<Expr, Wrong> {
        if matches!(self.peek(), None | Some(Token::Or | Token::Close)) {
            return Wrong::new(span, Why::Nothing(sign));
        }
        self.descend(&span)?;
        let part = self.one()?;
        self.depth -= 1;
        Ok(Expr::not(span.start..part.span.end, part))
    }

    fn descend(&mut self, span: &Span) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST { Wrong::new(span.clone(), Why::TooDeep) } else { Ok(()) }
    }
}

/// The field of a condition, or of any of several with one field.
fn field_of(expr: &Expr) -> Option<Field> {
    match &expr.node {
        Node::Is(condition) => condition.field(),
        Node::Any(parts) => parts.first().and_then(field_of).filter(|field| {
            parts.iter().all(|part| matches!(&part.node, Node::Is(other) if other.field() == Some(*field)))
        }),
        _ => None,
    }
}

fn is(condition: Condition, span: Span) -> Expr {
    Expr { span, node: Node::Is(condition) }
}

fn word(text: &str, span: Span) -> Expr {
    is(Condition::Words(Text { text: text.to_owned(), quoted: false }), span)
}

fn is_plain(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Is(Condition::Words(words)) if !words.quoted)
}
