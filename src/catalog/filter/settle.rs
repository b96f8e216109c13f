//! Plans carried out: as sets, or record by record.

use super::among::Among;
use super::evaluate::Evaluation;
use super::names;
use super::open::{Asks, Open};
use super::parts;
use super::plan::Plan;
use crate::catalog::Fault;
use crate::domain::{CharacterId, Entity};
use crate::store::credit::Credit;
use crate::store::{IdSet, Read, StoreError};

/// So many records are tested between two looks at whether anybody still waits.
const PACE: usize = 512;
/// Of so many characters some are played by nearly everybody who has very many credits.
const MANY: u64 = 2_000;

impl<T: Read> Evaluation<'_, T> {
    /// The set of a plan; what it says of records not within those given means nothing.
    pub(super) fn settle(&self, plan: &Plan, within: Option<&IdSet>) -> Result<Among, Fault> {
        Ok(match plan {
            Plan::Known(among) => among.clone(),
            Plan::Open(open) => Among::Only(self.set_of(open, within)?),
            Plan::Not(inner) => self.settle(inner, within)?.not(),
            Plan::Any(parts) => {
                let none = Among::Only(IdSet::default());
                parts.iter().try_fold(none, |sum, part| Ok::<_, Fault>(sum.or(self.settle(part, within)?)))?
            }
            Plan::All(parts) => {
                let mut dearest_last: Vec<&Plan> = parts.iter().collect();
                dearest_last.sort_by_key(|part| self.cost(part, within));
                let mut found = within.map_or(Among::all(), |ids| Among::Only(ids.clone()));
                for part in dearest_last {
                    if found.only().is_some_and(IdSet::is_empty) {
                        break;
                    }
                    let more = self.settle(part, found.only())?;
                    found = found.and(more);
                }
                found
            }
        })
    }

    /// The set of a condition: out of its names, or of the few records that may meet it.
    fn set_of(&self, open: &Open, within: Option<&IdSet>) -> Result<IdSet, Fault> {
        match within {
            Some(few) if self.tests(few.len()) <= open.cost => {
                let ids: Vec<u32> = few.iter().collect();
                let mut spent = 0;
                let held = self.hold(open, &ids, &mut spent)?;
                Ok(ids.into_iter().zip(held).filter(|(_, held)| *held).map(|(id, _)| id).collect())
            }
            _ => match &open.asks {
                Asks::Named(texts) => names::having(self.txn, self.entity(), texts, within, self.asking),
                Asks::Plays(parts, _) => parts::players_of(self.txn, parts, self.asking),
            },
        }
    }

    /// What making the set of a plan costs.
    pub(super) fn cost(&self, plan: &Plan, within: Option<&IdSet>) -> u64 {
        let (mut cost, tests) = (0_u64, within.map_or(u64::MAX, |few| self.tests(few.len())));
        plan.opens(&mut |open| cost = cost.saturating_add(open.cost.min(tests)));
        cost
    }

    /// What testing so many records costs.
    fn tests(&self, records: u64) -> u64 {
        records.saturating_mul(self.asking.memory.costs.read)
    }

    /// Whether so few may meet a condition, or so few names answer it, that its set is made right away.
    pub(super) fn is_easy(&self, open: &Open, within: Option<&IdSet>) -> bool {
        let tests = within.map_or(u64::MAX, |few| self.tests(few.len()));
        open.cost.min(tests) <= self.asking.memory.costs.easy
    }

    /// Which of these records pass; `spent` grows by what that cost.
    pub(super) fn pass(&self, plan: &Plan, ids: &[u32], spent: &mut u64) -> Result<Vec<bool>, Fault> {
        match plan {
            Plan::Known(Among::Only(among)) => Ok(ids.iter().map(|id| among.contains(*id)).collect()),
            Plan::Known(Among::Except(gone)) => Ok(ids.iter().map(|id| !gone.contains(*id)).collect()),
            Plan::Open(open) => self.hold(open, ids, spent),
            Plan::Not(inner) => Ok(self.pass(inner, ids, spent)?.into_iter().map(|held| !held).collect()),
            Plan::All(parts) => self.until(parts, false, ids, spent),
            Plan::Any(parts) => self.until(parts, true, ids, spent),
        }
    }

    /// Asks one part after another, each of the records that the parts before it left undecided.
    fn until(&self, parts: &[Plan], decided: bool, ids: &[u32], spent: &mut u64) -> Result<Vec<bool>, Fault> {
        let mut left: Vec<usize> = (0..ids.len()).collect();
        let mut passes = vec![!decided; ids.len()];
        for part in parts {
            let asked: Vec<u32> = left.iter().map(|at| ids[*at]).collect();
            let held = self.pass(part, &asked, spent)?;
            for (at, held) in left.iter().zip(&held) {
                passes[*at] = *held;
            }
            let mut held = held.into_iter();
            left.retain(|_| held.next() != Some(decided));
        }
        Ok(passes)
    }

    fn hold(&self, open: &Open, ids: &[u32], spent: &mut u64) -> Result<Vec<bool>, Fault> {
        let mut held = Vec::with_capacity(ids.len());
        for some in ids.chunks(PACE) {
            self.asking.go_on()?;
            match &open.asks {
                Asks::Named(texts) => held.extend(names::have(self.txn, self.entity(), texts, some)?),
                Asks::Plays(parts, movies) => self.play(parts, movies, some, &mut held)?,
            }
            *spent += some.len() as u64 * open.asks.price(&self.asking.memory.costs);
        }
        Ok(held)
    }

    fn play(
        &self,
        parts: &[CharacterId],
        movies: &IdSet,
        people: &[u32],
        held: &mut Vec<bool>,
    ) -> Result<(), StoreError> {
        let filmographies = self.txn.filmographies()?;
        for person in people {
            let mut played = |credit: Credit| {
                let part = credit.character().filter(|part| movies.contains(part.movie.0));
                part.is_some_and(|part| parts.binary_search(&part).is_ok())
            };
            held.push(filmographies.any(person, &mut played)?);
        }
        Ok(())
    }

    /// What it takes to make the set of a condition, and how many will meet it.
    pub(super) fn open(&self, asks: Asks) -> Result<Open, Fault> {
        let costs = self.asking.memory.costs;
        let count = |entity| self.txn.count(entity).map(|count| count.max(1));
        let (cost, meeting, of) = match &asks {
            Asks::Named(texts) => {
                let names = names::bearing(self.txn, self.entity(), texts, self.asking)?;
                (names * costs.entry, names, count(Entity::Movie)? + count(Entity::Person)?)
            }
            Asks::Plays(parts, _) => {
                let (parts, people) = (parts.len() as u64, count(Entity::Person)?);
                // Who has the most credits plays one of many characters sooner or later.
                let meeting = if self.best_known && parts > MANY { people / 2 } else { parts };
                (parts * costs.read, meeting, people)
            }
        };
        Ok(Open { asks, cost, share: (meeting as f64 / of as f64).min(1.0) })
    }
}
