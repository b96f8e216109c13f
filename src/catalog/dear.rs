//! Whom the finder prefers: what an account holds dear, and what it opened lately.

use super::detail::favorites_of;
use super::recent::Recent;
use super::{Actor, Fault};
use crate::domain::{AccountId, Entity};
use crate::store::{IdSet, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What each account holds dear and opened lately, for all who ask one catalogue.
#[derive(Default)]
pub(super) struct Dear {
    recent: Mutex<Recent>,
    favorites: Mutex<Favorites>,
}

/// The favorites of whoever asked last, as of one revision: they are read once, not at every key.
#[derive(Default)]
struct Favorites {
    of: Option<(AccountId, u64)>,
    movies: Arc<IdSet>,
}

/// What one actor prefers.
pub(super) struct Preferred {
    favorites: Arc<IdSet>,
    recent: Vec<(u8, u32)>,
}

impl Preferred {
    /// Whether a record comes before others.
    pub(super) fn has(&self, entity: Entity, id: u32) -> bool {
        entity == Entity::Movie && self.favorites.contains(id) || self.recent.contains(&(entity.code(), id))
    }
}

impl Dear {
    /// With what is remembered of earlier sessions.
    pub(super) fn new(recent: Recent) -> Dear {
        Dear { recent: Mutex::new(recent), favorites: Mutex::default() }
    }

    /// What was opened lately.
    pub(super) fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an actor prefers.
    pub(super) fn of(&self, txn: &impl Read, actor: Actor) -> Result<Preferred, Fault> {
        let favorites = match actor.account() {
            Some(me) => self.favorites(txn, me)?,
            None => Arc::default(),
        };
        Ok(Preferred { favorites, recent: self.recent().of(actor) })
    }

    fn favorites(&self, txn: &impl Read, me: AccountId) -> Result<Arc<IdSet>, Fault> {
        let now = Some((me, txn.revision()?));
        let mut held = self.favorites.lock().unwrap_or_else(PoisonError::into_inner);
        if held.of != now {
            let movies: IdSet = favorites_of(txn, me)?.into_iter().map(|movie| movie.0).collect();
            *held = Favorites { of: now, movies: Arc::new(movies) };
        }
        Ok(held.movies.clone())
    }
}
