//! Pages of a load on their way to the disk while more of them are made, so that the commit has few to wait for.

use std::fs::File;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What was written in so much time goes to the disk together.
const PACE: Duration = Duration::from_secs(1);

/// Sends to the disk what is written into a file, until it is dropped. That it cannot is no failure: the commit does it.
pub(super) struct Flush {
    going: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Flush {
    pub(super) fn start(path: &Path) -> Flush {
        let (going, gone) = channel::<()>();
        let thread = File::open(path).and_then(|file| {
            let work = move || {
                while gone.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) && file.sync_data().is_ok() {}
            };
            thread::Builder::new().name("flush".to_owned()).spawn(work)
        });
        Flush { going: Some(going), thread: thread.ok() }
    }
}

impl Drop for Flush {
    fn drop(&mut self) {
        self.going = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
