//! `account`: create, list, passwd, role, remove.

use super::args::{Account, List, Listed, Role};
use super::exit::Exit;
use super::output::{Output, say};
use super::password::{confirm, has_terminal};
use super::session::{Session, World};
use super::{list, names};
use crate::catalog::{Answer, Command, Outcome, Query};
use crate::domain::Key;
use color_eyre::Result;
use color_eyre::eyre::{bail, eyre};

/// Does what `account` says.
pub fn run(world: &World, account: &Account, out: &mut Output) -> Result<Exit> {
    match account {
        Account::Create { name, email } => create(world, name, email.as_deref()),
        Account::List { json } => list::run(world, &List::all(Listed::Accounts, *json), out),
        Account::Passwd { name } => passwd(world, name.as_deref()),
        Account::Role { name, role } => change_role(world, name, *role),
        Account::Remove { name, yes } => remove(world, name, *yes),
    }
}

fn create(world: &World, name: &str, email: Option<&str>) -> Result<Exit> {
    let session = world.session_or_new()?;
    let password = world.passwords().ask_new(&format!("Password for {name}: "))?;
    let email = email.map(str::to_owned);
    let sign_up = Command::SignUp { username: name.to_owned(), password, email, remember: false };
    match session.run(sign_up)?.outcome {
        Outcome::SignedIn(who) => say(&format!("created {} {}", who.standing, who.username)),
        _ => return Err(Session::astray()),
    }
    Ok(Exit::Done)
}

/// One's own password needs the old one, whoever else one is; a curator changes another's without.
fn passwd(world: &World, name: Option<&str>) -> Result<Exit> {
    let session = world.session()?;
    let me = session.actor().account();
    let account = match name {
        Some(name) => names::account(&session, name)?,
        None => me.ok_or_else(|| eyre!("nobody is signed in: name the account"))?,
    };
    let old = match (me == Some(account), session.proved()) {
        (false, _) => None,
        (true, Some(proved)) => Some(proved.clone()),
        (true, None) => Some(world.passwords().ask("Old password: ")?),
    };
    let new = world.passwords().ask_new("New password: ")?;
    session.run(Command::Password { account, old, new })?;
    say("the password is changed; remembered sign-ins with the old one are over");
    Ok(Exit::Done)
}

fn change_role(world: &World, name: &str, role: Role) -> Result<Exit> {
    let session = world.session()?;
    let account = names::account(&session, name)?;
    match session.run(Command::Standing { account, standing: role.standing() })?.outcome {
        Outcome::StandingChanged(name, standing) => say(&format!("{name} is a {standing} now")),
        _ => say(&format!("{name} is a {} already", role.standing())),
    }
    Ok(Exit::Done)
}

fn remove(world: &World, name: &str, yes: bool) -> Result<Exit> {
    let session = world.session()?;
    let key = Key::Account(names::account(&session, name)?);
    if !yes {
        if !has_terminal() {
            bail!("there is no terminal to ask whether to remove {name}: use --yes");
        }
        if !confirm(&question(&session, key, name)?)? {
            bail!("nothing was removed");
        }
    }
    session.run(Command::Remove(vec![key]))?;
    say(&format!("removed {name}"));
    Ok(Exit::Done)
}

/// The question, with what goes besides counted.
fn question(session: &Session, key: Key, name: &str) -> Result<String> {
    let Answer::Consequences(besides) = session.ask(&Query::Consequences(vec![key]))? else {
        return Err(Session::astray());
    };
    Ok(match besides.besides.as_slice() {
        [] => format!("Remove {name}?"),
        besides => format!("Remove {name}, and {}?", besides.join(", ")),
    })
}
