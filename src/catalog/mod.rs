//! Floor `catalog`: the use cases. Questions and commands are data; permissions are decided here, by who asks.
//! Uses `search`, `store`, `domain`.

pub mod answer;
mod ask;
pub mod command;
mod dear;
mod detail;
mod draft;
mod facets;
pub mod fault;
mod filter;
mod find;
mod foremost;
mod label;
mod lane;
mod list;
pub mod password;
mod pick;
pub mod picture;
pub mod query;
mod recent;
mod remove;
mod renown;
pub mod report;
mod review;
mod save;
mod sign;
pub mod task;
#[cfg(test)]
mod tests;
pub mod throttle;
pub mod token;
mod view;

pub use answer::*;
pub use command::*;
pub use detail::favorites_of;
pub use fault::Fault;
pub use filter::movies_of;
pub use query::*;
pub use view::{list_of, named as view_named, view_of};

/// The language of filters, for whoever lets people type it.
pub use crate::search::language;

use crate::domain::{AccountId, Entity, Favorite, Key, MovieId, Record, Standing, Timestamp};
use crate::search::Trouble;
use crate::store::finder;
use crate::store::journal::Turn;
use crate::store::{Access, Read, Store, StoreError, Writer};
use dear::Dear;
use filter::{Asking, Memory};
use find::Asker;
use foremost::Foremost;
use password::Cost;
use recent::Recent;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use throttle::Throttle;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody signed in.
    Guest,
    /// A signed-in account.
    Account(AccountId),
}

impl Actor {
    /// The account, if one is signed in.
    #[must_use]
    pub fn account(self) -> Option<AccountId> {
        match self {
            Actor::Guest => None,
            Actor::Account(id) => Some(id),
        }
    }
}

/// An open catalogue. Share it by reference between threads.
pub struct Catalog {
    store: Store,
    cost: Cost,
    /// The folder that remembers sign-ins.
    state: Option<PathBuf>,
    throttle: Mutex<Throttle>,
    dear: Dear,
    memory: Memory,
    foremost: Foremost,
    clock: fn() -> Timestamp,
}

/// The moment, by the system's clock.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

impl Catalog {
    /// Opens a catalogue that is there; `state` is the folder that remembers sign-ins.
    ///
    /// # Errors
    /// [`StoreError`], whose sentence names the file.
    pub fn open(path: &Path, access: Access, cost: Cost, state: Option<PathBuf>) -> Result<Catalog, StoreError> {
        Ok(Catalog::over(Store::open(path, access)?, cost, state))
    }

    /// The use cases over an open store.
    #[must_use]
    pub fn over(store: Store, cost: Cost, state: Option<PathBuf>) -> Catalog {
        let dear = Dear::new(Recent::read(state.as_deref(), store.path()));
        Catalog {
            store,
            cost,
            state,
            throttle: Mutex::default(),
            dear,
            memory: Memory::default(),
            foremost: Foremost::default(),
            clock: now,
        }
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(self, clock: fn() -> Timestamp) -> Catalog {
        Catalog { clock, ..self }
    }

    /// The store, for the floors that move whole tables: transfer, check, backup.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store, to close or compact it.
    #[must_use]
    pub fn into_store(self) -> Store {
        self.store
    }

    /// Moves with every commit, of whatever session.
    ///
    /// # Errors
    /// When the store fails.
    pub fn revision(&self) -> Result<u64, Fault> {
        Ok(self.store.begin_read()?.revision()?)
    }

    /// Does what use cases left to be done when nobody waits: merges changed names into the finder's index where
    /// there are many by now, and keeps what was opened lately.
    ///
    /// # Errors
    /// When the store fails.
    pub fn tidy(&self) -> Result<(), Fault> {
        // What was opened lately is a convenience: that it cannot be kept is no failure.
        let _ = self.dear.recent().save();
        self.guarded(|| Ok(finder::tidy(&self.store)?))
    }

    /// Notes that somebody opened a record, for the finder; kept by the next [`Catalog::tidy`].
    pub fn opened(&self, actor: Actor, key: Key) {
        self.dear.recent().open(actor, key);
    }

    /// Answers a question.
    ///
    /// # Errors
    /// See [`Fault`].
    pub fn ask(&self, actor: Actor, query: &Query) -> Result<Answer, Fault> {
        self.ask_while(actor, query, &|| true)
    }

    /// Answers a question as long as it is wanted; [`Fault::Cancelled`] once it is not.
    ///
    /// # Errors
    /// See [`Fault`].
    pub fn ask_while(&self, actor: Actor, query: &Query, wanted: &dyn Fn() -> bool) -> Result<Answer, Fault> {
        self.guarded(|| {
            let txn = self.store.begin_read()?;
            let asking = Asking { actor, memory: &self.memory, wanted };
            Ok(match query {
                Query::Page(query) => Answer::Page(list::page(&txn, asking, query)?),
                Query::Detail(key) => Answer::Detail(Box::new(detail::detail(&txn, actor, *key)?)),
                Query::Draft(key) => Answer::Draft(Box::new(draft::draft(&txn, actor, *key)?)),
                Query::Find(query) => Answer::Hits(match ask::query_of(&query.text) {
                    Some(text) => ask::ask(&txn, asking, query, text)?,
                    None => find::find(&txn, self.asker(actor), query, wanted)?,
                }),
                Query::Facets(filter) => Answer::Facets(facets::facets(&txn, asking, filter)?),
                Query::Count(list) => Answer::Count(list::count(&txn, asking, list)?),
                Query::Consequences(keys) => Answer::Consequences(remove::consequences(&txn, keys)?),
                Query::Choices { entity, text, limit } => {
                    Answer::Choices(find::choices(&txn, self.asker(actor), *entity, text, *limit, wanted)?)
                }
                Query::Bytes(file) => Answer::Bytes(txn.bytes(*file)?),
                Query::Summary => Answer::Summary(self.summary(&txn, actor)?),
            })
        })
    }

    fn asker(&self, actor: Actor) -> Asker<'_> {
        Asker { actor, dear: &self.dear, kept: &self.memory.rows, foremost: &self.foremost }
    }

    /// Carries out a use case: one transaction, durable when it returns.
    ///
    /// # Errors
    /// See [`Fault`]; then nothing happened.
    pub fn run(&self, actor: Actor, command: Command) -> Result<Done, Fault> {
        let now = (self.clock)();
        if self.store.read_only() && !matches!(command, Command::SignIn { .. } | Command::SignOut) {
            return Err(self.no_writing());
        }
        self.guarded(|| match command {
            Command::Save(save) => self.save(actor, *save, now),
            Command::Remove(keys) => self.remove(actor, &keys, now),
            Command::Favorite { movies, on } => self.favorite(actor, &movies, on, now),
            Command::Undo => self.turn(actor, true),
            Command::Redo => self.turn(actor, false),
            Command::SignUp { username, password, email, remember } => {
                self.sign_up((&username, email), &password, remember, now)
            }
            Command::SignIn { username, password, remember } => self.sign_in(&username, &password, remember, now),
            Command::SignOut => self.sign_out(),
            Command::Password { account, old, new } => self.change_password(actor, account, old.as_ref(), &new, now),
            Command::Standing { account, standing } => self.change_standing(actor, account, standing, now),
            Command::Review { .. } => Err(Fault::Refused("films are taken out of the queue by the import".to_owned())),
            Command::SaveView(view) => self.save_view(actor, view, now),
            Command::RenameView { from, to } => self.rename_view(actor, &from, &to, now),
            Command::RemoveView(name) => self.remove_view(actor, &name, now),
            Command::LoadStarter => Err(Fault::Refused("the starter films are loaded by the import".to_owned())),
        })
    }

    /// Runs what may meet a damaged page, where redb panics, or a disk that fails, after which it wants to be opened
    /// anew.
    fn guarded<T>(&self, run: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        let result = catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
            let path = self.store.path().display();
            Err(Fault::Store(format!("{path}: a page could not be read; run `cinedex check` on it")))
        });
        if let Err(Fault::Store(says)) = &result {
            tracing::error!("{says}");
            if let Err(error) = self.store.revive() {
                tracing::error!("{error}");
            }
        }
        result
    }

    fn summary(&self, txn: &impl Read, actor: Actor) -> Result<Summary, StoreError> {
        let account = actor.account().map(|id| Ok::<_, StoreError>(txn.account(id)?.map(|account| (id, account))));
        let account = account.transpose()?.flatten();
        let who = account.as_ref().map(|(id, account)| sign::who(*id, account));
        let favorites = match &who {
            Some(who) => detail::favorites_of(txn, who.id)?.len() as u64,
            None => 0,
        };
        let (movies, people) = (txn.count(Entity::Movie)?, txn.count(Entity::Person)?);
        Ok(Summary {
            movies,
            people,
            characters: txn.count(Entity::Character)?,
            accounts: txn.count(Entity::Account)?,
            favorites,
            who,
            views: account.map(|(_, account)| account.views).unwrap_or_default(),
            read_only: self.store.read_only(),
            to_review: review::waiting(txn, actor)?,
            empty: movies == 0 && people == 0,
        })
    }

    /// Whether this account may edit the catalogue: what an import asks before it starts.
    ///
    /// # Errors
    /// [`Fault::SignInFirst`], [`Fault::NotAllowed`] or [`Fault::ReadOnly`].
    pub fn may_edit(&self, actor: Actor) -> Result<(), Fault> {
        if self.store.read_only() {
            return Err(self.no_writing());
        }
        need_curator(&self.store.begin_read()?, actor)
    }

    fn no_writing(&self) -> Fault {
        Fault::ReadOnly(format!("no permission to write {}", self.store.path().display()))
    }

    fn favorite(&self, actor: Actor, movies: &[MovieId], on: bool, now: Timestamp) -> Result<Done, Fault> {
        let me = actor.account().ok_or(Fault::SignInFirst)?;
        let mut writer = self.store.begin_write()?;
        if writer.read().account(me)?.is_none() {
            return Err(Fault::SignInFirst);
        }
        let mut first = None;
        let mut count = 0;
        for (place, id) in movies.iter().enumerate() {
            let movie = writer.read().movie(*id)?.ok_or(Fault::Gone(Key::Movie(*id)))?;
            if writer.read().favorite(me, *id)?.is_some() == on {
                continue;
            }
            count += 1;
            first.get_or_insert(movie.title);
            let added = Timestamp(now.0 + place as i64);
            writer.set(Key::Favorite(me, *id), on.then_some(Record::Favorite(Favorite { added })))?;
        }
        let first = first.unwrap_or_default();
        let label = if on { format!("favorite “{first}”") } else { format!("no favorite “{first}”") };
        writer.journal(Some(me), &label, now)?;
        let changes = commit(writer)?;
        let outcome = if on { Outcome::FavoritesAdded(count, first) } else { Outcome::FavoritesRemoved(count, first) };
        Ok(Done { outcome, changes })
    }

    fn turn(&self, actor: Actor, undo: bool) -> Result<Done, Fault> {
        let mut writer = self.store.begin_write()?;
        if actor == Actor::Guest && writer.read().count(Entity::Account)? > 0 {
            return Err(Fault::SignInFirst);
        }
        match writer.turn(actor.account(), undo)? {
            Turn::Turned(label) => {
                let changes = commit(writer)?;
                Ok(Done { outcome: if undo { Outcome::Undone(label) } else { Outcome::Redone(label) }, changes })
            }
            Turn::None if undo => Err(Fault::NothingToUndo),
            Turn::None => Err(Fault::NothingToRedo),
            Turn::Blocked(key) => {
                let record = writer.read().record(key)?;
                let name = record.map_or_else(|| key.to_string(), |record| format!("“{}”", save::name_of(&record)));
                Err(Fault::ChangedSince(name))
            }
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::ReadOnly => Fault::ReadOnly("it was opened for reading only".to_owned()),
            other => Fault::Store(other.to_string()),
        }
    }
}

/// What failed in the finder's index.
impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Fault::Store(trouble.to_string())
    }
}

/// Curators edit; until there is an account, everyone at the file is one.
fn need_curator(txn: &impl Read, actor: Actor) -> Result<(), Fault> {
    let Some(id) = actor.account() else {
        return if txn.count(Entity::Account)? == 0 { Ok(()) } else { Err(Fault::SignInFirst) };
    };
    match txn.account(id)? {
        Some(account) if account.standing == Standing::Curator => Ok(()),
        Some(_) => Err(Fault::NotAllowed("a curator")),
        None => Err(Fault::SignInFirst),
    }
}

fn commit(writer: Writer<'_>) -> Result<Vec<Change>, Fault> {
    let changes = writer.commit()?;
    let change = |one: crate::store::Changed| Change { key: one.key, before: one.before, after: one.after };
    Ok(changes.into_iter().map(change).collect())
}
