//! Gzipped files fetched over HTTP: resumed where they were cut off, not fetched again while the server has the same.
//!
//! `FILE.part` is what is there of a file; `FILE.source` says which version that is, and of `FILE` once it is whole.
//! A part is emptied before another version is noted, and the note goes before a part does: a note never speaks of
//! other bytes than those that are there.

mod line;
mod stamp;
mod target;
#[cfg(test)]
mod tests;

use super::error::ImportError;
use super::intake::Watch;
use super::report::Phase;
use line::Line;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use target::Target;
pub(super) use target::forget;
use ureq::Agent;

/// Whoever got so much further has all tries again.
const FURTHER: u64 = 1 << 20;
/// So often somebody who rests looks whether it is still wanted.
const GLANCE: Duration = Duration::from_millis(100);

/// How patient a download is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// A connection is made in this time.
    pub connect: Duration,
    /// No silence is longer.
    pub silence: Duration,
    /// How long it rests before each further try.
    pub rests: &'static [Duration],
}

impl Patience {
    /// The usual one.
    pub const USUAL: Patience = Patience {
        connect: Duration::from_secs(20),
        silence: Duration::from_secs(45),
        rests: &[Duration::ZERO, Duration::from_secs(2), Duration::from_secs(8), Duration::from_secs(20)],
    };
}

/// Why a try came to nothing.
enum Fall {
    /// Another may come to more.
    Dropped(String),
    /// No other would.
    Over(String),
    /// Somebody stopped it.
    Stopped,
}

/// Fetches files into a folder, which no other download does meanwhile.
pub(super) struct Download {
    agent: Agent,
    patience: Patience,
    _lock: Option<File>,
}

impl Download {
    /// Fetches what is at an address; where that begins with `https:`, over nothing else.
    ///
    /// # Errors
    /// Where another download has the folder.
    pub fn new(address: &str, folder: &Path, patience: Patience) -> Result<Download, ImportError> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(address.starts_with("https:"))
            .user_agent(concat!("cinedex/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections(0)
            .timeout_connect(Some(patience.connect))
            .timeout_recv_response(Some(patience.silence))
            .timeout_per_read(Some(patience.silence));
        Ok(Download { agent: config.build().into(), patience, _lock: lock(folder)? })
    }

    /// Sees to it that a file is there as the server has it.
    ///
    /// # Errors
    /// Where it cannot be had, with why. What came is kept, and the next time goes on from there.
    pub fn fetch(&self, url: &str, file: &Path, phase: Phase, watch: &mut Watch) -> Result<(), ImportError> {
        let target = Target::new(url, file, phase);
        let fault = |why| ImportError::NotFetched { url: url.to_owned(), file: file.to_owned(), why };
        let (mut rests, mut furthest) = (self.patience.rests.iter(), target.so_far());
        loop {
            let why = match self.try_once(&target, watch) {
                Ok(()) => return Ok(()),
                Err(Fall::Stopped) => return Err(ImportError::Cancelled),
                Err(Fall::Over(why)) => return Err(fault(why)),
                Err(Fall::Dropped(why)) => why,
            };
            if target.so_far() >= furthest + FURTHER {
                (rests, furthest) = (self.patience.rests.iter(), target.so_far());
            }
            let Some(rest) = rests.next() else {
                return Err(fault(format!("{why}; try again later, it goes on from what came")));
            };
            wait(*rest, watch)?;
        }
    }

    fn try_once(&self, target: &Target, watch: &mut Watch) -> Result<(), Fall> {
        let held = target.held();
        // The bytes as they are: ranges of packed ones would be of something else.
        let request = self.agent.get(target.url).header("accept-encoding", "identity");
        let request = held.asks().into_iter().fold(request, |request, (name, value)| request.header(name, value));
        let (line, head) = Line::open(request, watch)?;
        target.take(held, &line, &head, watch)
    }
}

/// Has a folder for itself, where the system can lock one.
fn lock(folder: &Path) -> Result<Option<File>, ImportError> {
    let Ok(lock) = File::open(folder) else { return Ok(None) };
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::Error(_)) => Ok(None),
        Err(TryLockError::WouldBlock) => {
            let why = "another import is fetching files into it; wait until it has ended".to_owned();
            Err(ImportError::Refused(folder.to_owned(), why))
        }
    }
}

fn wait(rest: Duration, watch: &Watch) -> Result<(), ImportError> {
    let until = Instant::now() + rest;
    while !(watch.cancelled)() {
        match until.saturating_duration_since(Instant::now()) {
            Duration::ZERO => return Ok(()),
            left => thread::sleep(left.min(GLANCE)),
        }
    }
    Err(ImportError::Cancelled)
}
