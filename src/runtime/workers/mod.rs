//! The threads that carry out a session's effects, each with its own manners.

mod asking;
mod drawing;
mod looking;
mod remembering;
mod tasking;
mod tidying;
mod watching;
mod writing;

use super::event::{Event, Events, said, spawn};
use super::past::Past;
use super::service::Service;
use crate::app::{Effect, Msg};
use crate::catalog::{Actor, Fault, Query};
use asking::Lane;
use drawing::Easel;
use looking::Glance;
use remembering::Keeper;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Sender, SyncSender};
use std::sync::{Arc, Mutex};
use tasking::Bench;
use watching::Pulse;
use writing::Errand;

/// All workers of a session. They end when this is dropped, each after what it has in hand.
pub struct Crew {
    /// Pages and details, in order.
    pages: Lane,
    /// The finder: the newest question is the only one.
    finder: Lane,
    /// Counts of the filter pane and of lists, records to choose from: the newest of each kind.
    sides: Lane,
    errands: Sender<Errand>,
    service: Arc<dyn Service>,
    tidier: SyncSender<()>,
    easel: Easel,
    bench: Bench,
    looks: Sender<Glance>,
    keeper: Keeper,
    _pulse: Pulse,
}

impl Crew {
    /// Starts them. `path` is the catalogue's file, to be watched for what others commit; `past` keeps command lines.
    pub fn start(service: &Arc<dyn Service>, path: PathBuf, past: Option<Past>, events: &Events) -> io::Result<Self> {
        // Nothing is known before the first look: what is there then is what the session starts from.
        let seen = Arc::new(Mutex::new(service.revision().ok()));
        let tidier = tidying::start(service, events)?;
        // A command, or a session that ended early, may have left something.
        let _ = tidier.try_send(());
        Ok(Crew {
            pages: Lane::start("pages", service, events)?,
            finder: Lane::start("finder", service, events)?,
            sides: Lane::start("sides", service, events)?,
            errands: writing::start(service, &seen, tidier.clone(), events)?,
            service: service.clone(),
            tidier,
            easel: Easel::start(service, events)?,
            bench: Bench::start(service, events)?,
            looks: looking::start(service, events)?,
            keeper: Keeper::start(past, events)?,
            _pulse: Pulse::start(service, path, seen, events)?,
        })
    }

    /// Hands an effect of the session to whom it concerns; effects of the terminal are not for here.
    pub fn take(&self, actor: Actor, effect: Effect) {
        match effect {
            Effect::Ask(ticket, query) => match query {
                Query::Find(_) => self.finder.newest(0, ticket, actor, query),
                Query::Facets(_) => self.sides.newest(1, ticket, actor, query),
                Query::Count(_) => self.sides.newest(3, ticket, actor, query),
                Query::Choices { .. } => self.sides.newest(2, ticket, actor, query),
                _ => self.pages.next(ticket, actor, query),
            },
            Effect::Do(ticket, command) => {
                let _ = self.errands.send(Errand { ticket, actor, command });
            }
            Effect::Opened(key) => {
                self.service.opened(actor, key);
                let _ = self.tidier.try_send(());
            }
            Effect::Picture(ticket, file, cols, rows) => {
                self.easel.want(drawing::Order { ticket, actor, file, cols, rows });
            }
            Effect::Begin(ticket, task) => self.bench.begin(ticket, actor, task),
            Effect::Stop(ticket) => self.bench.stop(ticket),
            Effect::Look(ticket, path) => {
                let _ = self.looks.send(Glance { ticket, path });
            }
            Effect::Remember(line) => self.keeper.keep(line),
            _ => {}
        }
    }
}

/// What came of a piece of work; a panic in it is a fault, and the session goes on.
fn contained<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = said(panic.as_ref());
        Err(Fault::Store(format!("something broke inside cinedex, nothing was changed: {text} (see the log)")))
    })
}

fn tell(events: &Events, msg: Msg) -> bool {
    events.send(Event::Msg(msg)).is_ok()
}

#[cfg(test)]
mod tests;
