//! Records that are asked one after another whether they pass, until too many were asked for too few.

use super::evaluate::Evaluation;
use super::plan::Plan;
use super::{Asking, Filter, listed};
use crate::catalog::Fault;
use crate::search::language::Subject;
use crate::store::{IdSet, Read};

/// At most so many records are asked at once.
pub(in crate::catalog) const BATCH: usize = 8_192;

/// A list of which it is not known yet what is in it.
pub(in crate::catalog) struct Asked<'t, T> {
    txn: &'t T,
    asking: Asking<'t>,
    filter: Filter,
    subject: Subject,
    plan: Plan,
    spent: u64,
    most: u64,
}

impl<'t, T: Read> Asked<'t, T> {
    /// What can be asked record by record for a page of `rows`; none where the set is had sooner.
    pub(super) fn new(evaluation: &Evaluation<'t, T>, filter: Filter, plan: &Plan, rows: usize) -> Option<Self> {
        let Evaluation { txn, asking, subject } = *evaluation;
        let (mut remembered, within) = (true, plan.only());
        let most = evaluation.cost(plan, within);
        plan.opens(&mut |open| remembered &= open.asks.is_of_casts());
        let test = if remembered { asking.memory.costs.test } else { asking.memory.costs.read };
        let records = (rows as f64 / plan.share()).min(within.map_or(f64::MAX, |few| few.len() as f64));
        let expected = records * test as f64;
        let asked = Asked { txn, asking, filter, subject, plan: plan.clone(), spent: 0, most };
        (expected < most as f64).then_some(asked)
    }

    /// The records that may pass; none where any may.
    pub(in crate::catalog) fn among(&self) -> Option<&IdSet> {
        self.plan.only()
    }

    fn evaluation(&self) -> Evaluation<'t, T> {
        Evaluation { txn: self.txn, asking: self.asking, subject: self.subject }
    }

    /// Which of these pass.
    pub(in crate::catalog) fn pass(&mut self, ids: &[u32]) -> Result<Vec<bool>, Fault> {
        let mut spent = 0;
        let passes = self.evaluation().pass(&self.plan, ids, &mut spent);
        self.spent += spent;
        passes
    }

    /// How many are asked at first, for so many that pass: a few more than it takes, about.
    pub(in crate::catalog) fn batch(&self, rows: usize) -> usize {
        ((rows as f64 / self.plan.share() * 1.2) as usize).clamp(rows, BATCH)
    }

    /// Whether the set would have been had for what was asked so far.
    pub(in crate::catalog) fn is_spent(&self) -> bool {
        self.spent > self.most
    }

    /// All that pass.
    pub(in crate::catalog) fn settle(&self) -> Result<IdSet, Fault> {
        let found = self.evaluation().settle(&self.plan, None)?;
        let ids = listed(self.txn, self.subject, found)?;
        self.asking.remember(self.txn, &self.filter, &ids)?;
        Ok(ids)
    }
}
