//! Records whose places lie side by side, as those of people do whom one last name found: a walk there finds the
//! places sooner than reading record after record.

use super::Order;
use crate::store::entry::Index;
use crate::store::error::Result;
use crate::store::posting::{Gathered, IdSet};
use crate::store::read::Read;
use std::ops::ControlFlow;

/// In smaller sets nobody looks for clusters.
const MANY: u64 = if cfg!(test) { 6 } else { 600 };
/// So many records tell where they are.
const SAMPLE: u64 = if cfg!(test) { 4 } else { 48 };
/// A cluster has one of so many.
const SHARE: usize = 6;
/// Bytes that the places in a cluster have in common, at least.
const HEAD: usize = 3;
/// So many rows are walked for each record of the set, at most.
const ROWS: u64 = 4;

/// What the places in clusters begin with.
#[derive(Default)]
pub(super) struct Clusters {
    heads: Vec<Vec<u8>>,
    /// How many of a hundred lie in them, about.
    pub(super) share: u64,
}

impl Order {
    /// Where the places of these records lie side by side, by some of them.
    pub(super) fn clusters(&self, txn: &impl Read, ids: &IdSet) -> Result<Clusters> {
        let count = ids.len();
        if count < MANY || !matches!(self, Order::Index(Index::Name | Index::Title, _)) {
            return Ok(Clusters::default());
        }
        let some: IdSet = ids.iter().step_by((count / SAMPLE) as usize).collect();
        let mut sample = self.read_places(txn, &some)?;
        sample.sort_unstable();
        let head = |place: &Vec<u8>| place[..HEAD.min(place.len())].to_vec();
        let groups = sample.chunk_by(|a, b| head(a) == head(b)).filter(|group| group.len() * SHARE >= sample.len());
        let groups: Vec<_> = groups.filter(|group| group.len() > 1).collect();
        let share = groups.iter().map(|group| group.len()).sum::<usize>() * 100 / sample.len().max(1);
        let heads = groups.iter().map(|group| common(&group[0], &group[group.len() - 1]).to_vec());
        Ok(Clusters { heads: heads.collect(), share: share as u64 })
    }

    /// Takes the places of those records that lie in clusters, and leaves the others.
    pub(super) fn take_clusters(
        &self,
        txn: &impl Read,
        ids: &IdSet,
        clusters: &Clusters,
        places: &mut Vec<Vec<u8>>,
    ) -> Result<IdSet> {
        let (wanted, mut found) = (ids.gathered(), Gathered::default());
        let mut left = ids.len() * ROWS;
        for head in &clusters.heads {
            self.walk_between(txn, head, head, &mut |place| {
                let id = Order::id(place);
                if wanted.contains(id) {
                    found.add(id);
                    places.push(place.to_vec());
                }
                left = left.saturating_sub(1);
                if left > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        Ok(ids.clone().minus(&found.into_set()))
    }
}

/// What two places begin with.
fn common<'p>(a: &'p [u8], b: &[u8]) -> &'p [u8] {
    let length = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    &a[..length]
}
