//! Keeps command lines, on a disk that may be slow.

use super::spawn;
use crate::runtime::event::Events;
use crate::runtime::past::Past;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// The last line is given so long to be kept at the end of the session.
const PATIENCE: Duration = Duration::from_secs(1);

/// The way to the worker. Dropping it waits until the last line is kept.
#[derive(Debug)]
pub struct Keeper {
    lines: Option<Sender<String>>,
    /// Hangs up when the worker has ended.
    ended: Receiver<()>,
}

impl Keeper {
    /// Starts the worker. Where there is no place for lines they are forgotten.
    pub fn start(past: Option<Past>, events: &Events) -> io::Result<Self> {
        let (sender, lines) = channel::<String>();
        let (alive, ended) = channel::<()>();
        spawn("commands", events, move || {
            let _alive = alive;
            for line in lines {
                if let Some(Err(error)) = past.as_ref().map(|past| past.add(&line)) {
                    tracing::warn!("a command line could not be kept: {error}");
                }
            }
        })?;
        Ok(Keeper { lines: Some(sender), ended })
    }

    /// Keeps a line.
    pub fn keep(&self, line: String) {
        if let Some(lines) = &self.lines {
            let _ = lines.send(line);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.lines = None;
        let _ = self.ended.recv_timeout(PATIENCE);
    }
}
