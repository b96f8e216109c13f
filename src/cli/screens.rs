//! No command: the screens.

use super::exit::{Exit, sentence};
use super::newborn;
use super::session::{Place, Session, World};
use crate::app::Opening;
use crate::app::desk::Notice;
use crate::catalog::report::{Options, Progress, Report};
use crate::catalog::task::{Import, Sight, Task};
use crate::catalog::{
    Actor, Answer, Catalog, Command, Consequences, Done, Facets, Fault, Hits, Outcome, Page, Query, Summary, now,
};
use crate::domain::Key;
use crate::runtime::{self, Cancel, Past, Service, Start};
use crate::store::StoreError;
use crate::transfer::formats::Outgoing;
use crate::transfer::{ImportError, formats, review, starter};
use crate::ui::Look;
use color_eyre::Result;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// Opens the screens, and stays until their user leaves.
pub fn run(world: &World) -> Result<Exit> {
    let kind = runtime::fit(world.around.term.as_deref())?;
    let settings = world.settings()?;
    let places = World::places().ok();
    // A session without a log is better than none.
    let _ = places.as_ref().map(|places| runtime::log::start(&places.log()));
    let past = places.map(|places| Past::at(places.past()));
    let file = world.path()?;
    let home = std::env::home_dir();
    let door = Door { place: world.place()?, home, catalog: Mutex::default() };
    let (actor, notice) = enter(world, &door)?;
    let empty = matches!(door.ask(actor, &Query::Summary, &Cancel::default())?, Answer::Summary(all) if all.empty);
    let look = Look {
        color: settings.color && !world.around.no_color && !world.global.no_color,
        ascii: settings.ascii || world.global.ascii,
    };
    let path = file.display().to_string();
    let imports = formats::IMPORTS.iter().map(|row| row.format).collect();
    let exports = formats::EXPORTS.iter().map(|row| row.format).collect();
    let lines = past.as_ref().map(Past::lines).unwrap_or_default();
    let opening = Opening { path, welcome: empty, notice, imports, exports, past: lines };
    let editor = world.around.editor.clone();
    let ending = runtime::run(Start { service: Arc::new(door), file, actor, opening, look, editor, kind, past })?;
    Ok(Exit::Ended(u8::try_from(ending.code()).unwrap_or(2)))
}

/// Who comes in, and what is said of it.
fn enter(world: &World, door: &Door) -> Result<(Actor, Option<Notice>)> {
    let Some(catalog) = door.catalog()? else { return Ok((Actor::Guest, None)) };
    if world.global.account.is_some() {
        return Ok((Session::begin(world, catalog)?.actor(), None));
    }
    Ok(match catalog.remembered() {
        Ok(Some(who)) => {
            let notice = Notice::news(format!("signed in as {}", who.username));
            (Actor::Account(who.id), Some(notice))
        }
        Ok(None) => (Actor::Guest, None),
        Err(fault) => (Actor::Guest, Some(Notice::news(fault.to_string()))),
    })
}

/// The catalogue as the screens have it. Where there is none yet it answers as an empty one, and the first thing that
/// is to be kept makes the file.
struct Door {
    place: Place,
    home: Option<PathBuf>,
    catalog: Mutex<Option<Arc<Catalog>>>,
}

impl Door {
    /// The catalogue, once its file is there.
    fn catalog(&self) -> Result<Option<Arc<Catalog>>, StoreError> {
        let mut held = self.catalog.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() && self.place.path.exists() {
            *held = Some(Arc::new(self.place.open()?));
        }
        Ok(held.clone())
    }

    fn catalog_or_new(&self) -> Result<Arc<Catalog>, StoreError> {
        if let Some(catalog) = self.catalog()? {
            return Ok(catalog);
        }
        let mut held = self.catalog.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(held.insert(Arc::new(self.place.create()?)).clone())
    }

    /// Takes films in. A catalogue that is not there yet gets its name once they are in.
    fn import(
        &self,
        actor: Actor,
        import: &Import,
        progress: &mut dyn FnMut(Progress),
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Report, Fault> {
        if let Some(catalog) = self.catalog()? {
            catalog.may_edit(actor)?;
            let taken = formats::import(catalog.store(), import, actor.account(), now(), progress, cancelled);
            return taken.map_err(fault);
        }
        let filled = newborn::fill(&self.place, import.dry_run, |store| {
            Ok(formats::import(store, import, None, now(), progress, cancelled)?)
        });
        filled.map_err(|report| match report.downcast::<ImportError>() {
            Ok(error) => fault(error),
            Err(report) => Fault::Refused(sentence(&report)),
        })
    }
}

impl Service for Door {
    fn ask(&self, actor: Actor, query: &Query, cancel: &Cancel) -> Result<Answer, Fault> {
        match self.catalog()? {
            Some(catalog) => catalog.ask_while(actor, query, &|| !cancel.load(Ordering::Relaxed)),
            None => nothing(query),
        }
    }

    fn run(&self, actor: Actor, command: Command) -> Result<Done, Fault> {
        let catalog = self.catalog_or_new()?;
        match command {
            Command::LoadStarter => {}
            Command::Review { rows, verdict } => {
                let options = Options { account: actor.account(), ..Options::at(now()) };
                let decided = review::decide(&catalog, actor, &rows, verdict, &options, &mut |_| {}, &|| false);
                return decided.map(Done::from);
            }
            other => return catalog.run(actor, other),
        }
        catalog.may_edit(actor)?;
        let films = starter::load(catalog.store(), now())?;
        Ok(Done { outcome: Outcome::StarterLoaded(films), changes: Vec::new() })
    }

    fn revision(&self) -> Result<u64, Fault> {
        self.catalog()?.map_or(Ok(0), |catalog| catalog.revision())
    }

    fn opened(&self, actor: Actor, key: Key) {
        if let Ok(Some(catalog)) = self.catalog() {
            catalog.opened(actor, key);
        }
    }

    fn tidy(&self) -> Result<(), Fault> {
        self.catalog()?.map_or(Ok(()), |catalog| catalog.tidy())
    }

    fn carry_out(
        &self,
        actor: Actor,
        task: &Task,
        progress: &mut dyn FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<Report, Fault> {
        let cancelled = || cancel.load(Ordering::Relaxed);
        match task {
            Task::Import(import) => self.import(actor, import, progress, &cancelled),
            Task::Review { rows, verdict, .. } => {
                let options = Options { account: actor.account(), ..Options::at(now()) };
                let catalog = self.catalog_or_new()?;
                review::decide(&catalog, actor, rows, *verdict, &options, progress, &cancelled).map(Report::from)
            }
            Task::Export(export) => {
                let Some(catalog) = self.catalog()? else {
                    return Err(Fault::Refused("there is nothing to export yet".to_owned()));
                };
                let (store, account) = (catalog.store(), actor.account());
                let mut job = Outgoing { store, export, account, progress, cancelled: &cancelled };
                formats::export(&mut job, &mut io::sink()).map_err(fault)
            }
        }
    }

    fn look(&self, path: &Path) -> Result<Sight, Fault> {
        let path = match (path.strip_prefix("~"), &self.home) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => path.to_owned(),
        };
        let full =
            std::path::absolute(&path).map_err(|error| Fault::Refused(format!("{}: {error}", path.display())))?;
        Ok(formats::look(&full))
    }
}

/// The sentence of an import or export that came to nothing.
fn fault(error: ImportError) -> Fault {
    match error {
        ImportError::Cancelled | ImportError::Paused(_) => Fault::Cancelled,
        ImportError::Store(error) => error.into(),
        other => Fault::Refused(other.to_string()),
    }
}

/// What an empty catalogue answers.
fn nothing(query: &Query) -> Result<Answer, Fault> {
    Ok(match query {
        Query::Page(_) => {
            Answer::Page(Page { rows: Vec::new(), before: false, after: false, total: Some(0), focus: None })
        }
        Query::Find(_) => Answer::Hits(Hits { hits: Vec::new(), micros: 0 }),
        Query::Facets(_) => Answer::Facets(Facets::default()),
        Query::Count(_) => Answer::Count(0),
        Query::Consequences(_) => Answer::Consequences(Consequences::default()),
        Query::Choices { .. } => Answer::Choices(Vec::new()),
        Query::Summary => Answer::Summary(Summary { empty: true, ..Summary::default() }),
        Query::Detail(key) | Query::Draft(key) => return Err(Fault::Gone(*key)),
        Query::Bytes(file) => return Err(Fault::Gone(Key::File(*file))),
    })
}
