//! Records that are asked one after another whether they pass, until too many were asked for too few.

use super::evaluate::Evaluation;
use super::plan::Plan;
use super::{Filter, listed};
use crate::catalog::Fault;
use crate::store::{IdSet, Read};

/// At most so many records are asked at once, and so many at first.
const BATCH: usize = 2_048;
const FIRST: usize = 1_024;

/// A list of which it is not known yet what is in it.
pub(in crate::catalog) struct Asked<'t, T> {
    evaluation: Evaluation<'t, T>,
    filter: Filter,
    plan: Plan,
    /// How many were tried so far, what that cost, and how many passed.
    tried: u64,
    spent: u64,
    passed: u64,
    /// What the set costs.
    most: u64,
}

impl<'t, T: Read> Asked<'t, T> {
    /// What can be asked record by record for a page of `rows`; none where the set is had sooner.
    pub(super) fn new(evaluation: Evaluation<'t, T>, filter: &Filter, plan: &Plan, rows: usize) -> Option<Self> {
        let within = plan.only();
        let most = evaluation.cost(plan, within);
        let costs = evaluation.asking.memory.costs;
        let mut price = 0;
        plan.opens(&mut |open| price += open.asks.price(&costs));
        let records = (rows as f64 / plan.share()).min(within.map_or(f64::MAX, |few| few.len() as f64));
        let (filter, plan) = (filter.clone(), plan.clone());
        let asked = Asked { evaluation, filter, plan, tried: 0, spent: 0, passed: 0, most };
        (records * (price as f64) < most as f64).then_some(asked)
    }

    /// The records that may pass; none where any may.
    pub(in crate::catalog) fn among(&self) -> Option<&IdSet> {
        self.plan.only()
    }

    /// How many to ask for so many that pass, about.
    pub(in crate::catalog) fn batch(&self, rows: usize) -> usize {
        let most = if self.tried == 0 { FIRST } else { BATCH };
        ((rows as f64 / self.plan.share() * 1.2) as usize).clamp(rows.min(most), most.max(rows))
    }

    /// Which of these pass.
    pub(in crate::catalog) fn pass(&mut self, ids: &[u32]) -> Result<Vec<bool>, Fault> {
        let passes = self.evaluation.pass(&self.plan, ids, &mut self.spent)?;
        self.tried += ids.len() as u64;
        self.passed += passes.iter().filter(|passes| **passes).count() as u64;
        Ok(passes)
    }

    /// Whether so many more that pass would cost more than the set does.
    pub(in crate::catalog) fn is_dear(&self, more: usize) -> bool {
        let each = self.spent as f64 / (self.passed as f64).max(0.5);
        self.tried > 0 && each * more as f64 > self.most as f64
    }

    /// All that pass.
    pub(in crate::catalog) fn settle(&self) -> Result<IdSet, Fault> {
        let Evaluation { txn, asking, subject, .. } = self.evaluation;
        let ids = listed(txn, subject, self.evaluation.settle(&self.plan, None)?)?;
        asking.remember(txn, &self.filter, &ids)?;
        Ok(ids)
    }
}
