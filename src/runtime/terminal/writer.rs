//! Writes to the terminal on a thread of its own, so that a frozen terminal freezes nothing else.
//!
//! Nothing is ever dropped, since each frame builds on the one before; instead no frame is drawn while another waits
//! to be written. So memory is bounded by one frame, and what a slow terminal sees next is always the newest state.

use crate::runtime::event::{Event, Events, spawn};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The way out. Clones share one thread.
#[derive(Clone, Debug)]
pub struct Writer {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: Vec<u8>,
    writing: bool,
    /// Somebody wants to know when all is written.
    asked: bool,
    /// The terminal takes nothing any more: bytes are dropped.
    broken: bool,
}

impl Writer {
    /// Starts the thread. It ends with the process: it may be stuck in a write for as long.
    pub fn start(events: &Events) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (writer, sender) = (shared.clone(), events.clone());
        spawn("output", events, move || writer.run(&sender))?;
        Ok(Writer { shared })
    }

    /// Hands bytes over.
    pub fn send(&self, bytes: &[u8]) {
        self.shared.state().waiting.extend_from_slice(bytes);
        self.shared.moved.notify_all();
    }

    /// Whether all is written; if not, [`Event::Drained`] will say when.
    #[must_use]
    pub fn idle(&self) -> bool {
        let mut state = self.shared.state();
        state.asked = state.busy();
        !state.asked
    }

    /// Waits until all is written, but not longer than this.
    pub fn drain(&self, patience: Duration) {
        let state = self.shared.state();
        drop(self.shared.moved.wait_timeout_while(state, patience, |state| state.busy()));
    }
}

impl State {
    fn busy(&self) -> bool {
        self.writing || !self.waiting.is_empty()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Every change of the state is one assignment: it is sound even after a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, events: &Events) {
        let mut state = self.state();
        loop {
            state =
                self.moved.wait_while(state, |state| state.waiting.is_empty()).unwrap_or_else(PoisonError::into_inner);
            let bytes = std::mem::take(&mut state.waiting);
            let broken = state.broken;
            state.writing = true;
            drop(state);
            let failed = !broken && write(&bytes).is_err();
            state = self.state();
            state.writing = false;
            state.broken |= failed;
            self.moved.notify_all();
            if state.asked && !state.busy() {
                state.asked = false;
                drop(state);
                if events.send(Event::Drained).is_err() {
                    return;
                }
                state = self.state();
            }
        }
    }
}

fn write(mut bytes: &[u8]) -> rustix::io::Result<()> {
    let stdout = io::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(&stdout, bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(Errno::INTR) => {}
            // Somebody else's non-blocking mode lives in the file that we share with them.
            Err(Errno::AGAIN) => {
                poll(&mut [PollFd::new(&stdout, PollFlags::OUT)], None)?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
