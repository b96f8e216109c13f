//! A query's tree as a plan: sets of ids, and what is too dear to be one.

use super::among::Among;
use super::open::Asks;
use super::parts::{self, Roles};
use super::plan::Plan;
use super::{Asking, names, ranges, references};
use crate::catalog::Fault;
use crate::catalog::detail::favorites_of;
use crate::domain::Entity;
use crate::search::language::{Condition, Expr, Field, Node, Span, Subject, Text};
use crate::store::entry::Index;
use crate::store::{IdSet, Posting, Read, Whose};

/// A query being answered.
pub(super) struct Evaluation<'t, T> {
    pub(super) txn: &'t T,
    pub(super) asking: Asking<'t>,
    pub(super) subject: Subject,
    /// Those with the most credits or votes are looked at first.
    pub(super) best_known: bool,
}

impl<T> Clone for Evaluation<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Evaluation<'_, T> {}

/// What the members of one list of conditions share.
struct Context<'c> {
    /// Only what is said of these ids counts.
    within: Option<&'c IdSet>,
    roles: Roles,
}

impl<T: Read> Evaluation<'_, T> {
    /// What the query lets through; what it says of records not within those given means nothing.
    pub(super) fn run(&self, query: &Expr, within: Option<&IdSet>) -> Result<Plan, Fault> {
        let mut astray = None;
        query.each(&mut |condition, span| {
            if let Some(field) = condition.field().filter(|field| !field.suits(self.subject)) {
                astray.get_or_insert((field, span.clone()));
            }
        });
        match astray {
            Some((field, span)) => Err(self.astray(field, span)),
            None => self.any(query, within),
        }
    }

    fn astray(&self, field: Field, span: Span) -> Fault {
        let (here, there) = match self.subject {
            Subject::Movies => ("films", "people"),
            Subject::People => ("people", "films"),
        };
        Fault::Query { says: format!("{}: is asked of {there}, not of {here}", field.word()), span }
    }

    fn any(&self, query: &Expr, within: Option<&IdSet>) -> Result<Plan, Fault> {
        match &query.node {
            Node::All(parts) => self.all(parts, within),
            Node::Any(parts) => {
                let plans: Result<Vec<Plan>, Fault> = parts.iter().map(|part| self.any(part, within)).collect();
                Ok(Plan::any(plans?))
            }
            Node::Not(part) => Ok(self.any(part, within)?.not()),
            Node::Is(_) => self.all(std::slice::from_ref(query), within),
        }
    }

    /// The cheapest first; words last and all together, because they are words of one name.
    fn all(&self, parts: &[Expr], within: Option<&IdSet>) -> Result<Plan, Fault> {
        let roles = roles(parts)?;
        let words: Vec<&Text> = parts.iter().filter_map(words_of).collect();
        let mut others: Vec<&Expr> = parts.iter().filter(|part| words_of(part).is_none() && !is_role(part)).collect();
        others.sort_by_key(|part| cost(part));
        let mut found = Plan::Known(within.map_or(Among::all(), |ids| Among::Only(ids.clone())));
        for part in others {
            if cost(part) > 0 && found.is_none() {
                return Ok(found);
            }
            if self.subject == Subject::People && is_part(bare(part).0) {
                found = Plan::Known(self.settle(&found, within)?);
            }
            let context = Context { within: found.only(), roles: roles.clone() };
            let more = self.member(part, &context)?;
            found = Plan::all([found, more]);
        }
        if words.is_empty() {
            return Ok(found);
        }
        let named = self.perhaps(Asks::Named(words.into_iter().cloned().collect()), found.only())?;
        Ok(Plan::all([found, named]))
    }

    pub(super) fn entity(&self) -> Entity {
        match self.subject {
            Subject::Movies => Entity::Movie,
            Subject::People => Entity::Person,
        }
    }

    fn member(&self, part: &Expr, context: &Context) -> Result<Plan, Fault> {
        match &part.node {
            Node::Is(condition) => self.condition(condition, &part.span, context),
            Node::Not(inner) => match &inner.node {
                Node::Is(condition) if is_part(inner) => Ok(self.condition(condition, &inner.span, context)?.not()),
                _ => self.any(part, context.within),
            },
            _ => self.any(part, context.within),
        }
    }

    fn condition(&self, condition: &Condition, span: &Span, context: &Context) -> Result<Plan, Fault> {
        let ids = match condition {
            Condition::Words(text) => return self.perhaps(Asks::Named(vec![text.clone()]), context.within),
            Condition::Name(field, text) => return self.named(*field, text, span, context),
            Condition::Kind(kind) => self.txn.posting(Posting::Kind, u32::from(kind.code()))?,
            Condition::Gender(gender) => self.txn.posting(Posting::Gender, u32::from(gender.code()))?,
            Condition::Role(_) => return Err(lone_role(span)),
            Condition::Favorite(yes) => {
                let dear = Among::Only(self.favorites()?);
                return Ok(Plan::Known(if *yes { dear } else { dear.not() }));
            }
            Condition::Days(Field::Added, days) => ranges::added(self.txn, days)?,
            Condition::Days(Field::Born, days) => ranges::days(self.txn, Index::Born, days)?,
            Condition::Days(_, days) => ranges::days(self.txn, Index::Released, days)?,
            Condition::Duration(times) => ranges::durations(self.txn, times)?,
            Condition::Budget(currency, amounts) => ranges::budgets(self.txn, *currency, amounts)?,
            Condition::Rating(ratings) => ranges::ratings(self.txn, ratings)?,
            Condition::Votes(votes) => ranges::votes(self.txn, votes)?,
        };
        Ok(Plan::Known(Among::Only(ids)))
    }

    fn named(&self, field: Field, text: &Text, span: &Span, context: &Context) -> Result<Plan, Fault> {
        let (txn, within, roles) = (self.txn, context.within, &context.roles);
        let movies = self.subject == Subject::Movies;
        let ids = match field {
            Field::Genre => super::union(txn, Posting::Genre, references::genres(txn, text, span)?.into_iter())?,
            Field::Country => {
                let kind = if movies { Posting::Country } else { Posting::People };
                super::union(txn, kind, references::countries(txn, text, span)?.into_iter())?
            }
            Field::Director => parts::credited(txn, Whose::Director, text, roles, self.asking)?,
            Field::Actor => parts::credited(txn, Whose::Actor, text, roles, self.asking)?,
            Field::Character if movies => parts::with_characters(txn, text, roles, self.asking)?,
            Field::Character => {
                let parts = parts::called(txn, text, roles, self.asking)?;
                let movies = parts.iter().map(|part| part.movie.0).collect();
                return self.perhaps(Asks::Plays(parts, movies), within);
            }
            Field::Title if movies => return self.perhaps(Asks::Named(vec![text.clone()]), within),
            _ => {
                let called = names::having(txn, Entity::Movie, std::slice::from_ref(text), None, self.asking)?;
                parts::people_in(txn, &called, roles, within, span)?
            }
        };
        Ok(Plan::Known(Among::Only(ids)))
    }

    /// A condition as a set, where that is easy.
    fn perhaps(&self, asks: Asks, within: Option<&IdSet>) -> Result<Plan, Fault> {
        let open = self.open(asks)?;
        let easy = self.is_easy(&open, within);
        let plan = Plan::Open(Box::new(open));
        if easy { self.settle(&plan, within).map(Plan::Known) } else { Ok(plan) }
    }

    fn favorites(&self) -> Result<IdSet, Fault> {
        let me = self.asking.actor.account().ok_or(Fault::SignInFirst)?;
        Ok(favorites_of(self.txn, me)?.into_iter().map(|movie| movie.0).collect())
    }
}

fn condition_of(part: &Expr) -> Option<&Condition> {
    match &part.node {
        Node::Is(condition) => Some(condition),
        _ => None,
    }
}

fn words_of(part: &Expr) -> Option<&Text> {
    match condition_of(part) {
        Some(Condition::Words(text)) => Some(text),
        _ => None,
    }
}

/// The condition itself, or the one that must not hold.
fn bare(part: &Expr) -> (&Expr, bool) {
    match &part.node {
        Node::Not(inner) => (inner, false),
        _ => (part, true),
    }
}

fn is_role(part: &Expr) -> bool {
    matches!(condition_of(bare(part).0), Some(Condition::Role(_)))
}

/// Whether a condition is about parts, so that a role beside it says which.
fn is_part(part: &Expr) -> bool {
    matches!(condition_of(part), Some(Condition::Name(Field::Actor | Field::Character | Field::Title, _)))
}

/// The roles that parts must have, or must not.
fn roles(parts: &[Expr]) -> Result<Roles, Fault> {
    let mut roles = Roles::default();
    for part in parts {
        let (inner, wanted) = bare(part);
        if let Some(Condition::Role(role)) = condition_of(inner) {
            if !parts.iter().any(|other| is_part(bare(other).0)) {
                return Err(lone_role(&part.span));
            }
            roles.push(*role, wanted);
        }
    }
    Ok(roles)
}

fn lone_role(span: &Span) -> Fault {
    let says = "role: says how large a part is; name the part beside it: actor:bogart role:leading".to_owned();
    Fault::Query { says, span: span.clone() }
}

/// How dear a condition is: a packed set, a walk, a search for names, a tree of more.
fn cost(part: &Expr) -> u8 {
    match condition_of(bare(part).0) {
        None => 4,
        Some(Condition::Name(Field::Genre | Field::Country, _) | Condition::Kind(_) | Condition::Gender(_)) => 0,
        Some(Condition::Favorite(_) | Condition::Days(..)) => 0,
        Some(Condition::Budget(..) | Condition::Duration(_) | Condition::Rating(_) | Condition::Votes(_)) => 1,
        Some(Condition::Name(Field::Director | Field::Actor, _)) => 2,
        Some(_) => 3,
    }
}
