//! Work of the catalogue's own that nobody waits for, after use cases that may have left some.

use super::{contained, spawn};
use crate::runtime::event::Events;
use crate::runtime::service::Service;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

/// Starts the worker; it ends when the sender is dropped. One wish that waits stands for all.
pub fn start(service: &Arc<dyn Service>, events: &Events) -> io::Result<SyncSender<()>> {
    let (sender, wishes) = sync_channel(1);
    let service = service.clone();
    spawn("tidies", events, move || {
        for () in wishes {
            if let Err(fault) = contained(|| service.tidy()) {
                tracing::warn!("the finder's index was not merged: {fault}");
            }
        }
    })?;
    Ok(sender)
}
