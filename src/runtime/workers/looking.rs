//! Looks at folders, which may lie on slow disks.

use super::{contained, spawn, tell};
use crate::app::{Msg, Ticket};
use crate::runtime::event::Events;
use crate::runtime::service::Service;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

/// A path to be looked at.
#[derive(Debug)]
pub struct Glance {
    /// Whom to tell.
    pub ticket: Ticket,
    /// Where.
    pub path: PathBuf,
}

/// Starts the worker; it ends when the sender is dropped. The newest wish stands for those before it.
pub fn start(service: &Arc<dyn Service>, events: &Events) -> io::Result<Sender<Glance>> {
    let (sender, glances) = channel::<Glance>();
    let (service, events_out) = (service.clone(), events.clone());
    spawn("looks", events, move || {
        while let Ok(first) = glances.recv() {
            let Glance { ticket, path } = glances.try_iter().last().unwrap_or(first);
            if !tell(&events_out, Msg::Looked(ticket, contained(|| service.look(&path)))) {
                return;
            }
        }
    })?;
    Ok(sender)
}
