//! Accounts: signing up, in and out, passwords and roles.

use super::command::{Done, Outcome, Secret};
use super::password::{self, HashError};
use super::save::{flawed, taken, touched};
use super::token::{self, Token};
use super::{Actor, Catalog, Fault, Who};
use crate::domain::text::clean_line;
use crate::domain::{Account, AccountId, Entity, Key, Record, Standing, Timestamp};
use crate::store::entry::Index;
use crate::store::tables::unique;
use crate::store::{Order, Read, StoreError};
use std::ops::ControlFlow;
use std::sync::PoisonError;
use std::time::Instant;

/// Whether the catalogue would be left without a curator: the last one cannot go.
pub(super) fn keep_a_curator(txn: &impl Read, going: AccountId) -> Result<(), Fault> {
    let curators = curators(txn)?;
    if curators == [going] {
        return Err(Fault::Refused("the last curator cannot be removed or made a member".to_owned()));
    }
    Ok(())
}

fn hashing(field: &'static str) -> impl Fn(HashError) -> Fault {
    move |error| match error {
        HashError::TooLong => Fault::Fields(vec![(field, error.to_string())]),
        other => Fault::Refused(other.to_string()),
    }
}

pub(super) fn who(id: AccountId, account: &Account) -> Who {
    Who { id, username: account.username.clone(), standing: account.standing }
}

/// A username in the form in which they are compared.
fn same_name(username: &str) -> String {
    clean_line(username).to_lowercase()
}

fn account_named(txn: &impl Read, username: &str) -> Result<Option<(AccountId, Account)>, StoreError> {
    let Some(id) = txn.owner(unique::USERNAME, same_name(username).as_bytes())? else { return Ok(None) };
    Ok(txn.account(AccountId(id))?.map(|account| (AccountId(id), account)))
}

impl Catalog {
    /// The account of this name.
    ///
    /// # Errors
    /// When the store fails.
    pub fn account_named(&self, username: &str) -> Result<Option<AccountId>, Fault> {
        Ok(account_named(&self.store.begin_read()?, username)?.map(|(id, _)| id))
    }

    /// The account that this machine remembers for this catalogue.
    ///
    /// # Errors
    /// When the store fails, or others may read the remembered token.
    pub fn remembered(&self) -> Result<Option<Who>, Fault> {
        let Some(folder) = &self.state else { return Ok(None) };
        let read = token::read(folder, self.store.path()).map_err(|error| Fault::Refused(error.to_string()))?;
        let Some(token) = read else { return Ok(None) };
        let txn = self.store.begin_read()?;
        let Some((id, _)) = txn.token(&token.hash())? else { return Ok(None) };
        Ok(txn.account(id)?.map(|account| who(id, &account)))
    }

    pub(super) fn sign_up(
        &self,
        (username, email): (&str, Option<String>),
        password: &Secret,
        remember: bool,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        password::judge(password).map_err(|says| Fault::Fields(vec![("password", says)]))?;
        let username = username.to_owned();
        let mut account = Account { username, email, created: now, updated: now, ..Account::default() };
        account.tidy();
        if let Some((_, kept)) = account_named(&self.store.begin_read()?, &account.username)? {
            return Err(Fault::Fields(vec![("username", format!("“{}” is taken", kept.username))]));
        }
        account.password_hash = password::hash(password, self.cost).map_err(hashing("password"))?;
        let flaws = account.faults();
        if !flaws.is_empty() {
            return Err(flawed(flaws));
        }
        let mut writer = self.store.begin_write()?;
        if writer.read().count(Entity::Account)? == 0 {
            account.standing = Standing::Curator;
        }
        let id = writer.next_account()?;
        let who = who(id, &account);
        writer.set(Key::Account(id), Some(Record::Account(account))).map_err(taken)?;
        let token = if remember { self.give_token(&mut writer, id, now)? } else { None };
        let changes = super::commit(writer)?;
        self.remember(token);
        Ok(Done { outcome: Outcome::SignedIn(who), changes })
    }

    /// The password is hashed outside of any transaction; failures are slowed name by name.
    pub(super) fn sign_in(
        &self,
        username: &str,
        password: &Secret,
        remember: bool,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        let name = same_name(username);
        let found = account_named(&self.store.begin_read()?, &name)?;
        let right = self.prove(&name, found.as_ref().map(|(_, account)| account), password, "password")?;
        let (Some((id, account)), true) = (found, right) else { return Err(Fault::WrongPassword) };
        self.renew_hash(id, &account, password, now)?;
        if remember && !self.store.read_only() {
            let mut writer = self.store.begin_write()?;
            let token = self.give_token(&mut writer, id, now)?;
            super::commit(writer)?;
            self.remember(token);
        }
        Ok(Done { outcome: Outcome::SignedIn(who(id, &account)), changes: Vec::new() })
    }

    /// Whether this is the account's password; a name without an account costs the same work. Failures are slowed.
    fn prove(
        &self,
        name: &str,
        account: Option<&Account>,
        password: &Secret,
        field: &'static str,
    ) -> Result<bool, Fault> {
        let throttle = || self.throttle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seconds) = throttle().wait_seconds(name, Instant::now()) {
            return Err(Fault::SlowDown(seconds));
        }
        let proved = match account {
            Some(account) => password::verify(password, &account.password_hash),
            None => password::verify_nobody(password, self.cost).map(|()| false),
        };
        let right = proved.map_err(hashing(field))?;
        if right {
            throttle().succeeded(name);
        } else {
            throttle().failed(name, Instant::now());
        }
        Ok(right)
    }

    /// Raises a hash made with less work than today's.
    fn renew_hash(&self, id: AccountId, account: &Account, password: &Secret, now: Timestamp) -> Result<(), Fault> {
        if self.store.read_only() || !password::needs_rehash(&account.password_hash, self.cost) {
            return Ok(());
        }
        let password_hash = password::hash(password, self.cost).map_err(hashing("password"))?;
        let mut writer = self.store.begin_write()?;
        if let Some(current) = writer.read().account(id)?.filter(|now| now.password_hash == account.password_hash) {
            let renewed = Record::Account(Account { password_hash, ..current });
            writer.set(Key::Account(id), Some(touched(renewed, now)))?;
            super::commit(writer)?;
        }
        Ok(())
    }

    fn give_token(
        &self,
        writer: &mut crate::store::Writer<'_>,
        id: AccountId,
        now: Timestamp,
    ) -> Result<Option<Token>, Fault> {
        if self.state.is_none() {
            return Ok(None);
        }
        let token = Token::new().map_err(|error| Fault::Refused(format!("no randomness: {error}")))?;
        writer.put_token(&token.hash(), id, now)?;
        Ok(Some(token))
    }

    /// Keeps a token on this machine. A failure costs only the remembering.
    fn remember(&self, token: Option<Token>) {
        if let (Some(folder), Some(token)) = (&self.state, token)
            && let Err(error) = token::write(folder, self.store.path(), &token)
        {
            tracing::warn!("the sign-in could not be remembered: {error}");
        }
    }

    pub(super) fn sign_out(&self) -> Result<Done, Fault> {
        if let Some(folder) = &self.state {
            let token = token::read(folder, self.store.path()).ok().flatten();
            if let Some(token) = token.filter(|_| !self.store.read_only()) {
                let mut writer = self.store.begin_write()?;
                writer.forget_token(&token.hash())?;
                super::commit(writer)?;
            }
            token::forget(folder, self.store.path()).map_err(|error| Fault::Refused(error.to_string()))?;
        }
        Ok(Done { outcome: Outcome::SignedOut, changes: Vec::new() })
    }

    pub(super) fn change_password(
        &self,
        actor: Actor,
        id: AccountId,
        old: Option<&Secret>,
        new: &Secret,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        let own = actor.account() == Some(id);
        let account = {
            let txn = self.store.begin_read()?;
            if !own {
                super::need_curator(&txn, actor)?;
            }
            txn.account(id)?.ok_or(Fault::Gone(Key::Account(id)))?
        };
        let proved = |old| self.prove(&same_name(&account.username), Some(&account), old, "old");
        if own && !old.map_or(Ok(false), proved)? {
            return Err(Fault::Fields(vec![("old", "this is not the old password".to_owned())]));
        }
        password::judge(new).map_err(|says| Fault::Fields(vec![("password", says)]))?;
        let password_hash = password::hash(new, self.cost).map_err(hashing("password"))?;
        let mut writer = self.store.begin_write()?;
        let current = writer.read().account(id)?.ok_or(Fault::Gone(Key::Account(id)))?;
        let changed = Record::Account(Account { password_hash, ..current });
        writer.set(Key::Account(id), Some(touched(changed, now)))?;
        writer.forget_tokens(id)?;
        let changes = super::commit(writer)?;
        Ok(Done { outcome: Outcome::PasswordChanged, changes })
    }

    pub(super) fn change_standing(
        &self,
        actor: Actor,
        id: AccountId,
        standing: Standing,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        let mut writer = self.store.begin_write()?;
        super::need_curator(writer.read(), actor)?;
        let account = writer.read().account(id)?.ok_or(Fault::Gone(Key::Account(id)))?;
        if standing == Standing::Member {
            keep_a_curator(writer.read(), id)?;
        }
        let name = account.username.clone();
        if account.standing == standing {
            return Ok(Done { outcome: Outcome::Unchanged(Key::Account(id)), changes: Vec::new() });
        }
        let changed = Record::Account(Account { standing, ..account });
        writer.set(Key::Account(id), Some(touched(changed, now)))?;
        let changes = super::commit(writer)?;
        Ok(Done { outcome: Outcome::StandingChanged(name, standing), changes })
    }
}

#[cfg(test)]
mod tests;

/// The curators there are.
fn curators(txn: &impl Read) -> Result<Vec<AccountId>, StoreError> {
    let mut ids = Vec::new();
    Order::Index(Index::Small, vec![Entity::Account.code()]).walk(txn, false, None, false, &mut |place| {
        ids.push(AccountId(Order::id(place)));
        ControlFlow::Continue(())
    })?;
    let mut curators = Vec::new();
    for id in ids {
        if txn.account(id)?.is_some_and(|account| account.standing == Standing::Curator) {
            curators.push(id);
        }
    }
    Ok(curators)
}
