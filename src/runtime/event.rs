//! What reaches the driver from its threads.

use crate::app::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::SyncSender;
use std::thread;

/// What reaches the driver.
#[derive(Debug)]
pub enum Event {
    /// For the session.
    Msg(Msg),
    /// The terminal may have another size.
    Resized,
    /// A signal asks us to end.
    Terminate(i32),
    /// A signal asks us to stop.
    Stop,
    /// We were stopped and go on.
    Continue,
    /// The terminal is gone.
    Vanished,
    /// The writer has nothing left to write, after a frame had to wait for it.
    Drained,
    /// A thread of ours panicked; what it said.
    Broken(String),
}

/// Where threads leave events. Bounded, so that a flood of input waits in the terminal, not in memory.
pub type Events = SyncSender<Event>;

/// Events that may wait.
pub const WAITING: usize = 256;

/// Starts a thread whose panic ends the session instead of leaving it deaf.
pub fn spawn(name: &str, events: &Events, body: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let events = events.clone();
    let run = move || {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(body)) {
            let _ = events.send(Event::Broken(said(panic.as_ref())));
        }
    };
    thread::Builder::new().name(name.to_owned()).spawn(run).map(drop)
}

/// What a panic said.
#[must_use]
pub fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}
