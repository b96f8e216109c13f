//! Notices what others commit: twice a second a look at the file's own dates, and only where they moved, or moved so
//! lately that they cannot tell, a question to the catalogue.

use super::{spawn, tell};
use crate::app::Msg;
use crate::runtime::event::Events;
use crate::runtime::service::Service;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// The revision that the session knows of; none as long as it could not be read.
pub type Seen = Arc<Mutex<Option<u64>>>;

const BEAT: Duration = Duration::from_millis(500);
/// Two changes closer than a file system's clock look like one.
const BLUR: Duration = Duration::from_secs(1);

/// Keeps the watcher alive; dropping it ends the watcher.
#[derive(Debug)]
pub struct Pulse {
    _alive: Sender<()>,
}

impl Pulse {
    /// Starts to watch.
    pub fn start(service: &Arc<dyn Service>, path: PathBuf, seen: Seen, events: &Events) -> io::Result<Self> {
        let (alive, ended) = channel::<()>();
        let (service, sender) = (service.clone(), events.clone());
        spawn("watch", events, move || {
            let mut file = Watched { path, stamp: None };
            while ended.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                if file.quiet(SystemTime::now()) {
                    continue;
                }
                // While a use case of ours is under way its commit cannot be told from another's.
                let Ok(mut known) = seen.try_lock() else {
                    file.stamp = None;
                    continue;
                };
                let Ok(now) = service.revision() else { continue };
                let moved = known.replace(now).is_some_and(|before| before != now);
                drop(known);
                if moved && !tell(&sender, Msg::Changed) {
                    return;
                }
            }
        })?;
        Ok(Pulse { _alive: alive })
    }
}

struct Watched {
    path: PathBuf,
    stamp: Option<(SystemTime, u64)>,
}

impl Watched {
    /// Whether the file is as it was at the last look, for long enough to be sure.
    fn quiet(&mut self, now: SystemTime) -> bool {
        let stamp = stamp(&self.path);
        let same = std::mem::replace(&mut self.stamp, stamp) == stamp;
        let settled = |(at, _): (SystemTime, u64)| now.duration_since(at).is_ok_and(|age| age > BLUR);
        same && stamp.is_some_and(settled)
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let meta = fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}
