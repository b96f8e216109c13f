//! Conditions that are dear to make sets of, because very many names answer them: each can be made a set, or be asked
//! of single records.

use super::names::Wanted;
use super::parts::Roles;
use crate::domain::CharacterId;
use crate::search::language::Text;
use crate::store::IdSet;

/// What things cost, in nanoseconds, about. Reading is from the system's cache.
#[derive(Clone, Copy, Debug)]
pub(in crate::catalog) struct Costs {
    /// To read a record, a cast or a filmography.
    pub(in crate::catalog) read: u64,
    /// To find the characters of one name.
    pub(in crate::catalog) name: u64,
    /// To take one name out of the finder's index.
    pub(in crate::catalog) entry: u64,
    /// To test a record that is remembered.
    pub(in crate::catalog) test: u64,
    /// What is done without looking for anything cheaper.
    pub(in crate::catalog) easy: u64,
    /// What is spent besides on reading casts that later questions will be glad of.
    pub(in crate::catalog) invest: u64,
}

impl Default for Costs {
    fn default() -> Self {
        Costs { read: 2_500, name: 6_000, entry: 30, test: 300, easy: 2_000_000, invest: 6_000_000 }
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
    /// Whether one of these people directed the movie.
    Directed(IdSet),
    /// Whether one of these people plays in the movie, in such a role.
    Played(IdSet, Roles),
    /// Whether the movie has a character of such a name, in such a role.
    Character(Text, Wanted, Roles),
    /// Whether the person plays one of these characters, in order.
    Plays(Vec<CharacterId>),
}

impl Asks {
    /// Whether what it reads of a record is remembered.
    pub(super) fn is_of_casts(&self) -> bool {
        matches!(self, Asks::Played(..) | Asks::Character(..))
    }

    /// What asking a record costs; with a cast, one that is remembered.
    pub(super) fn price(&self, costs: &Costs) -> u64 {
        match self {
            Asks::Named(_) => NAMES * costs.read,
            Asks::Directed(_) | Asks::Plays(..) => costs.read,
            Asks::Played(..) | Asks::Character(..) => costs.test,
        }
    }
}
