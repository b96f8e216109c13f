//! Signals, turned into events on a thread of their own.

use super::event::{Event, Events, spawn};
use super::terminal::Tty;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Watches for signals until dropped.
#[derive(Debug)]
pub struct Watch {
    handle: Handle,
    ours: Arc<AtomicBool>,
}

impl Watch {
    /// Starts to watch. Whoever asks twice to end us is obeyed at once, whatever the driver is doing.
    pub fn start(events: &Events, tty: &Arc<Tty>) -> io::Result<Self> {
        let mut signals = Signals::new([SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
        let handle = signals.handle();
        let ours = Arc::new(AtomicBool::new(false));
        let (sender, tty, stopping) = (events.clone(), tty.clone(), ours.clone());
        spawn("signals", events, move || {
            let mut asked = false;
            for signal in signals.forever() {
                let event = match signal {
                    SIGWINCH => Event::Resized,
                    SIGCONT => Event::Continue,
                    SIGTSTP if stopping.swap(false, Ordering::SeqCst) => continue,
                    SIGTSTP => Event::Stop,
                    // Interrupts are not counted: while an editor runs they are the editor's.
                    SIGTERM | SIGHUP if std::mem::replace(&mut asked, true) => {
                        tty.leave();
                        std::process::exit(128 + signal);
                    }
                    _ => Event::Terminate(signal),
                };
                if sender.send(event).is_err() {
                    return;
                }
            }
        })?;
        Ok(Watch { handle, ours })
    }

    /// Stops this process and those it was started with, as the terminal's own ctrl-z does, until the shell goes on
    /// with them; then [`Event::Continue`] comes. False where no shell could: then nothing happens.
    #[must_use]
    pub fn stop(&self) -> bool {
        if orphaned() {
            return false;
        }
        self.ours.store(true, Ordering::SeqCst);
        let _ = kill_current_process_group(Signal::TSTP);
        stop_alone()
    }
}

/// Stops this process only; false where no shell could continue it.
#[must_use]
pub fn stop_alone() -> bool {
    !orphaned() && signal_hook::low_level::raise(SIGSTOP).is_ok()
}

/// The group of a session's leader has nobody outside it who could continue it.
fn orphaned() -> bool {
    getsid(None).is_ok_and(|session| session == getpgrp())
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.handle.close();
    }
}
