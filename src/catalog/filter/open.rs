//! Conditions that are dear to make sets of, because very many names answer them: each can be made a set, or be asked
//! of single records.

use crate::domain::CharacterId;
use crate::search::language::Text;
use crate::store::IdSet;

/// What things cost, in nanoseconds, about. Reading is from the system's cache.
#[derive(Clone, Copy, Debug)]
pub(in crate::catalog) struct Costs {
    /// To read a record, a cast or a filmography.
    pub(in crate::catalog) read: u64,
    /// To take one name out of the finder's index.
    pub(in crate::catalog) entry: u64,
    /// What is done without looking for anything cheaper.
    pub(in crate::catalog) easy: u64,
}

impl Default for Costs {
    fn default() -> Self {
        Costs { read: 2_500, entry: 30, easy: 2_000_000 }
    }
}

/// To read and fold a record's names costs as much as so many casts.
const NAMES: u64 = 3;

/// A condition that is open.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) asks: Asks,
    /// What making the set of it costs.
    pub(super) cost: u64,
    /// Which share of the records meets it, about.
    pub(super) share: f64,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(super) enum Asks {
    /// Whether one of the record's names has all of these.
    Named(Vec<Text>),
    /// Whether the person plays one of these characters, in order; and their movies.
    Plays(Vec<CharacterId>, IdSet),
}

impl Asks {
    /// What asking a record costs.
    pub(super) fn price(&self, costs: &Costs) -> u64 {
        match self {
            Asks::Named(_) => NAMES * costs.read,
            Asks::Plays(..) => costs.read,
        }
    }
}
