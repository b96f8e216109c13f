//! A query as a tree.

use super::{Condition, Span};

/// A query or a part of one, and where it stands in the text.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub node: Node,
}

/// What a part of a query is. No list holds a list of its own kind, nor plain words beside plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of these hold; of nothing, always.
    All(Vec<Expr>),
    /// Any of these holds.
    Any(Vec<Expr>),
    /// This does not hold.
    Not(Box<Expr>),
    /// A condition.
    Is(Condition),
}

/// Two queries are the same if they ask the same, wherever it stands in their texts.
impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for Expr {}

impl Expr {
    /// All of these; one alone is itself, plain words side by side are one condition.
    pub(super) fn all(parts: Vec<Expr>) -> Expr {
        let mut flat: Vec<Expr> = Vec::with_capacity(parts.len());
        for part in parts {
            match part.node {
                Node::All(more) => more.into_iter().for_each(|one| join(&mut flat, one)),
                _ => join(&mut flat, part),
            }
        }
        one_or(flat, Node::All)
    }

    /// Any of these; one alone is itself.
    pub(super) fn any(parts: Vec<Expr>) -> Expr {
        let flat = parts.into_iter().flat_map(|part| match part.node {
            Node::Any(more) => more,
            _ => vec![part],
        });
        one_or(flat.collect(), Node::Any)
    }

    /// The opposite; the opposite of an opposite is itself.
    pub(super) fn not(span: Span, part: Expr) -> Expr {
        match part.node {
            Node::Not(inner) => *inner,
            _ => Expr { span, node: Node::Not(Box::new(part)) },
        }
    }

    /// Whether it asks for nothing, so that everything is meant.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(&self.node, Node::All(parts) if parts.is_empty())
    }

    /// Visits every condition and where it stands.
    pub fn each<'e>(&'e self, visit: &mut dyn FnMut(&'e Condition, &Span)) {
        match &self.node {
            Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| part.each(visit)),
            Node::Not(part) => part.each(visit),
            Node::Is(condition) => visit(condition, &self.span),
        }
    }
}

fn one_or(mut parts: Vec<Expr>, node: fn(Vec<Expr>) -> Node) -> Expr {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    let start = parts.first().map_or(0, |part| part.span.start);
    let end = parts.last().map_or(0, |part| part.span.end);
    Expr { span: start..end, node: node(parts) }
}

fn join(flat: &mut Vec<Expr>, part: Expr) {
    if let (Some(Expr { span, node: Node::Is(Condition::Words(words)) }), Node::Is(Condition::Words(more))) =
        (flat.last_mut(), &part.node)
        && !words.quoted
        && !more.quoted
    {
        words.text = format!("{} {}", words.text, more.text);
        span.end = part.span.end;
        return;
    }
    flat.push(part);
}
