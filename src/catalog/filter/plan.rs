//! A query on its way to an answer: what is known as sets, and what can still be asked of one record after another.

use super::among::Among;
use super::open::Open;
use crate::store::IdSet;

/// A query or a part of one.
#[derive(Clone, Debug)]
pub(super) enum Plan {
    /// Known of every record.
    Known(Among),
    /// To be found out.
    Open(Box<Open>),
    /// All of these.
    All(Vec<Plan>),
    /// Any of these.
    Any(Vec<Plan>),
    /// Not this.
    Not(Box<Plan>),
}

use Plan::{All, Any, Known, Not};

impl Plan {
    /// The records that are listed as those that may pass.
    pub(super) fn only(&self) -> Option<&IdSet> {
        match self {
            Known(among) => among.only(),
            All(parts) => parts.first().and_then(Plan::only),
            _ => None,
        }
    }

    /// Nothing passes, and that is known.
    pub(super) fn is_none(&self) -> bool {
        self.only().is_some_and(IdSet::is_empty)
    }

    /// All of several. What is known of them is one set, and stands first.
    pub(super) fn all(plans: impl IntoIterator<Item = Plan>) -> Plan {
        let (mut known, mut open) = (Among::all(), Vec::new());
        let mut waiting: Vec<Plan> = plans.into_iter().collect();
        waiting.reverse();
        while let Some(plan) = waiting.pop() {
            match plan {
                Known(among) => known = known.and(among),
                All(parts) => waiting.extend(parts.into_iter().rev()),
                other => open.push(other),
            }
        }
        if open.is_empty() || known.only().is_some_and(IdSet::is_empty) {
            return Known(known);
        }
        All([Known(known)].into_iter().chain(open).collect())
    }

    /// Any of several.
    pub(super) fn any(plans: impl IntoIterator<Item = Plan>) -> Plan {
        Plan::all(plans.into_iter().map(Plan::not)).not()
    }

    /// The opposite.
    pub(super) fn not(self) -> Plan {
        match self {
            Known(among) => Known(among.not()),
            All(parts) => Any(parts.into_iter().map(Plan::not).collect()),
            Any(parts) => All(parts.into_iter().map(Plan::not).collect()),
            Not(inner) => *inner,
            open @ Plan::Open(_) => Not(Box::new(open)),
        }
    }

    /// Everything that is open in it.
    pub(super) fn opens<'p>(&'p self, visit: &mut dyn FnMut(&'p Open)) {
        match self {
            Known(_) => {}
            Plan::Open(open) => visit(open),
            All(parts) | Any(parts) => parts.iter().for_each(|part| part.opens(visit)),
            Not(inner) => inner.opens(visit),
        }
    }

    /// Which share of the records that may pass will, about.
    pub(super) fn share(&self) -> f64 {
        match self {
            Known(_) => 1.0,
            Plan::Open(open) => open.share,
            All(parts) => parts.iter().map(Plan::share).product(),
            Any(parts) => 1.0 - parts.iter().map(|part| 1.0 - part.share()).product::<f64>(),
            Not(inner) => 1.0 - inner.share(),
        }
    }
}
