//! What a panic does: on the session's own thread the terminal comes back before a word is printed; on any other it
//! goes to the log, and whoever waits for that thread is told.

use super::terminal::Tty;
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;
use std::thread;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// Panics are reported after the terminal is back, as long as this lives.
pub struct Guard {
    usual: Arc<Hook>,
}

impl Guard {
    /// Stands between a panic on this thread and the report that the hook in place prints.
    #[must_use]
    pub fn stand(tty: Arc<Tty>) -> Self {
        let usual: Arc<Hook> = Arc::new(panic::take_hook());
        let (report, session) = (usual.clone(), thread::current().id());
        panic::set_hook(Box::new(move |info| {
            tracing::error!("{info}");
            if thread::current().id() == session {
                tty.leave();
                report(info);
            }
        }));
        Guard { usual }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // During a panic the hook cannot be changed, and the program is about to end.
        if !thread::panicking() {
            let usual = self.usual.clone();
            panic::set_hook(Box::new(move |info| usual(info)));
        }
    }
}
