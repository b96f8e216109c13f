//! Use cases, one after the other.

use super::watching::Seen;
use super::{contained, spawn, tell};
use crate::app::{Msg, Ticket};
use crate::catalog::{Actor, Command};
use crate::runtime::event::Events;
use crate::runtime::service::Service;
use std::io;
use std::sync::mpsc::{Sender, SyncSender, channel};
use std::sync::{Arc, PoisonError};

/// A use case to be carried out.
#[derive(Debug)]
pub struct Errand {
    /// Whom to tell.
    pub ticket: Ticket,
    /// In whose name.
    pub actor: Actor,
    /// What.
    pub command: Command,
}

/// Starts the worker, which tells the `tidier` after each; it ends when the sender is dropped, after what it has in hand.
pub fn start(
    service: &Arc<dyn Service>,
    seen: &Seen,
    tidier: SyncSender<()>,
    events: &Events,
) -> io::Result<Sender<Errand>> {
    let (sender, errands) = channel::<Errand>();
    let (service, seen, events_out) = (service.clone(), seen.clone(), events.clone());
    spawn("writes", events, move || {
        for Errand { ticket, actor, command } in errands {
            // Held meanwhile, so that the watcher does not take our commit for another's.
            let mut known = seen.lock().unwrap_or_else(PoisonError::into_inner);
            let result = contained(|| service.run(actor, command));
            let now = service.revision().ok().or(*known);
            // One use case is at most one commit: anything beyond it came from others.
            let others = known.zip(now).is_some_and(|(before, now)| now > before + u64::from(result.is_ok()));
            *known = now;
            drop(known);
            // Where one wish waits already, another would add nothing.
            let _ = tidier.try_send(());
            if !tell(&events_out, Msg::Done(ticket, result)) || (others && !tell(&events_out, Msg::Changed)) {
                return;
            }
        }
    })?;
    Ok(sender)
}
