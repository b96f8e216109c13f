//! Notices what others commit: where something was written to the catalogue's file, the catalogue is asked whether it
//! moved. While nobody writes, nothing here runs.

mod dates;
#[cfg(target_os = "linux")]
mod notices;

use super::{spawn, tell};
use crate::app::Msg;
use crate::runtime::event::Events;
use crate::runtime::service::Service;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io::{self, PipeReader, PipeWriter};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The revision that the session knows of; none as long as it could not be read.
pub type Seen = Arc<Mutex<Option<u64>>>;

/// Keeps the watcher alive; dropping it ends the watcher.
#[derive(Debug)]
pub struct Pulse {
    _alive: PipeWriter,
}

impl Pulse {
    /// Starts to watch.
    pub fn start(service: &Arc<dyn Service>, path: PathBuf, seen: Seen, events: &Events) -> io::Result<Self> {
        let (ended, alive) = io::pipe()?;
        let (service, sender) = (service.clone(), events.clone());
        spawn("watch", events, move || {
            let mut ear = ear(path, ended);
            // The first look is at what came between the session's start and the ear's.
            loop {
                if moved(service.as_ref(), &seen) && !tell(&sender, Msg::Changed) || !ear.listen() {
                    return;
                }
            }
        })?;
        Ok(Pulse { _alive: alive })
    }
}

/// Hears of a file that may have changed.
trait Ear {
    /// Waits until it may have changed; false at the end of the session.
    fn listen(&mut self) -> bool;
}

fn ear(path: PathBuf, ended: PipeReader) -> Box<dyn Ear> {
    #[cfg(target_os = "linux")]
    if let Ok(inotify) = notices::open() {
        return Box::new(notices::Notices::new(inotify, path, ended));
    }
    Box::new(dates::Dates::new(path, ended))
}

/// Whether others moved the catalogue since the session last knew.
fn moved(service: &dyn Service, seen: &Seen) -> bool {
    // While a use case of ours is under way this waits for it, so that its commit is not taken for another's.
    let mut known = seen.lock().unwrap_or_else(PoisonError::into_inner);
    let Ok(now) = service.revision() else { return false };
    known.replace(now).is_some_and(|before| before != now)
}

/// Waits for one of these to have something, or for so long; nothing when it was waited for long enough.
fn wait(fds: &mut [PollFd<'_>], patience: Option<&Timespec>) -> Option<()> {
    loop {
        match poll(fds, patience) {
            Ok(0) => return None,
            Err(Errno::INTR) => {}
            _ => return Some(()),
        }
    }
}

fn on<Fd: std::os::fd::AsFd>(fd: &Fd) -> PollFd<'_> {
    PollFd::new(fd, PollFlags::IN)
}
