//! The catalogue that a command works on, and the account it acts as.

use super::args::Global;
use super::output::say;
use super::password::Passwords;
use crate::catalog::password::Cost;
use crate::catalog::{Actor, Answer, Catalog, Command, Done, Fault, Outcome, Page, PageQuery, Query, Secret};
use crate::config::{Places, Settings, Surroundings};
use crate::store::{Access, Store, StoreError};
use color_eyre::Result;
use color_eyre::eyre::eyre;
use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;

/// What the command line, the environment and the settings say.
pub struct World {
    /// What goes with every command.
    pub global: Global,
    /// What the environment says.
    pub around: Surroundings,
    settings: OnceCell<Settings>,
}

impl World {
    /// Reads the environment; the settings are read when they are first needed.
    pub fn new(global: Global) -> World {
        World { global, around: Surroundings::read(|name| std::env::var_os(name)), settings: OnceCell::new() }
    }

    /// Where files live.
    pub fn places() -> Result<Places> {
        Ok(Places::usual(|name| std::env::var_os(name))?)
    }

    /// The settings.
    pub fn settings(&self) -> Result<&Settings> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let settings = match World::places() {
            Ok(places) => Settings::read(&places.config)?,
            Err(_) => Settings::default(),
        };
        Ok(self.settings.get_or_init(|| settings))
    }

    /// The catalogue's file: the command line's, the environment's, that of the settings, the usual one.
    pub fn path(&self) -> Result<PathBuf> {
        let named = self.global.catalog.as_ref().or(self.around.catalog.as_ref());
        match named.or(self.settings()?.catalog.as_ref()) {
            Some(path) => Ok(path.clone()),
            None => Ok(World::places()?.catalog),
        }
    }

    /// Where passwords come from.
    pub fn passwords(&self) -> Passwords {
        if self.global.password_stdin { Passwords::Stdin } else { Passwords::Terminal }
    }

    /// Where the catalogue is and how it is opened.
    pub fn place(&self) -> Result<Place> {
        let cost = Cost::new(self.settings()?.password_memory, 0, 0);
        let state = World::places().ok().map(|places| places.state);
        Ok(Place { path: self.path()?, cost, state })
    }

    /// Opens the catalogue; where there is none yet, an empty one is made.
    pub fn session_or_new(&self) -> Result<Session> {
        let place = self.place()?;
        if place.path.exists() {
            return self.session();
        }
        let catalog = place.create()?;
        say(&format!("a new catalogue: {}", place.path.display()));
        Session::begin(self, catalog.into())
    }

    /// Opens the catalogue and finds out who asks.
    pub fn session(&self) -> Result<Session> {
        Session::begin(self, self.place()?.open()?.into())
    }
}

/// Where the catalogue is and how it is opened.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its file.
    pub path: PathBuf,
    cost: Cost,
    /// The folder that remembers sign-ins.
    state: Option<PathBuf>,
}

impl Place {
    /// Opens the catalogue, which must be there.
    pub fn open(&self) -> Result<Catalog, StoreError> {
        Catalog::open(&self.path, Access::Best, self.cost, self.state.clone())
    }

    /// Makes an empty catalogue where there is none.
    pub fn create(&self) -> Result<Catalog, StoreError> {
        Ok(Catalog::over(Store::create(&self.path)?, self.cost, self.state.clone()))
    }
}

/// An open catalogue and who asks.
pub struct Session {
    catalog: Arc<Catalog>,
    actor: Actor,
    /// The password that `--as` was proved with: the old one, should it be changed.
    proved: Option<Secret>,
}

impl Session {
    /// Signs `--as` in; without it, the account that this machine remembers acts.
    pub fn begin(world: &World, catalog: Arc<Catalog>) -> Result<Session> {
        let Some(name) = &world.global.account else {
            let actor = match catalog.remembered() {
                Ok(who) => who.map_or(Actor::Guest, |who| Actor::Account(who.id)),
                Err(fault) => {
                    say(&format!("cinedex: {fault}"));
                    Actor::Guest
                }
            };
            return Ok(Session { catalog, actor, proved: None });
        };
        let password = world.passwords().ask(&format!("Password of {name}: "))?;
        let sign_in = Command::SignIn { username: name.clone(), password: password.clone(), remember: false };
        match catalog.run(Actor::Guest, sign_in)?.outcome {
            Outcome::SignedIn(who) => Ok(Session { catalog, actor: Actor::Account(who.id), proved: Some(password) }),
            _ => Err(Session::astray()),
        }
    }

    /// Who asks.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// The catalogue.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The password that `--as` was proved with.
    pub fn proved(&self) -> Option<&Secret> {
        self.proved.as_ref()
    }

    /// Asks.
    pub fn ask(&self, query: &Query) -> Result<Answer, Fault> {
        self.catalog.ask(self.actor, query)
    }

    /// Does.
    pub fn run(&self, command: Command) -> Result<Done, Fault> {
        self.catalog.run(self.actor, command)
    }

    /// One page of a list.
    pub fn page(&self, query: PageQuery) -> Result<Page> {
        match self.ask(&Query::Page(query))? {
            Answer::Page(page) => Ok(page),
            _ => Err(Session::astray()),
        }
    }

    /// An answer to another question than was asked.
    pub fn astray() -> color_eyre::Report {
        eyre!("the catalogue answered another question: this is a mistake in cinedex")
    }
}
