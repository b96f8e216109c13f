//! Which records pass, without listing them all where nearly all do.

use crate::store::IdSet;

/// The records that pass.
#[derive(Clone, Debug)]
pub(super) enum Among {
    /// These.
    Only(IdSet),
    /// All but these.
    Except(IdSet),
}

use Among::{Except, Only};

impl Among {
    /// All of them.
    pub(super) fn all() -> Among {
        Except(IdSet::default())
    }

    /// These, where they are listed.
    pub(super) fn only(&self) -> Option<&IdSet> {
        match self {
            Only(ids) => Some(ids),
            Except(_) => None,
        }
    }

    /// The others.
    pub(super) fn not(self) -> Among {
        match self {
            Only(ids) => Except(ids),
            Except(ids) => Only(ids),
        }
    }

    /// Those in both.
    pub(super) fn and(self, other: Among) -> Among {
        match (self, other) {
            (Only(a), Only(b)) => Only(a.and(&b)),
            (Only(ids), Except(gone)) | (Except(gone), Only(ids)) => Only(ids.minus(&gone)),
            (Except(a), Except(b)) => Except(a.or(&b)),
        }
    }

    /// Those in either.
    pub(super) fn or(self, other: Among) -> Among {
        self.not().and(other.not()).not()
    }
}
