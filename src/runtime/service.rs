//! The catalogue as the workers need it; tests put a fake in its place.

use crate::catalog::{Actor, Answer, Catalog, Command, Done, Fault, Query};
use crate::domain::Key;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set when nobody waits for an answer any more.
pub type Cancel = Arc<AtomicBool>;

/// Answers questions and carries out use cases, from several threads at once.
pub trait Service: Send + Sync + 'static {
    /// Answers a question; a long search gives up with [`Fault::Cancelled`] soon after `cancel` is set.
    fn ask(&self, actor: Actor, query: &Query, cancel: &Cancel) -> Result<Answer, Fault>;
    /// Carries out a use case; durable when it returns.
    fn run(&self, actor: Actor, command: Command) -> Result<Done, Fault>;
    /// A number that every commit raises by one.
    fn revision(&self) -> Result<u64, Fault>;
    /// Notes that a record was opened; does not take long.
    fn opened(&self, _: Actor, _: Key) {}
    /// Does what use cases left to be done when nobody waits.
    fn tidy(&self) -> Result<(), Fault> {
        Ok(())
    }
}

impl Service for Catalog {
    fn ask(&self, actor: Actor, query: &Query, cancel: &Cancel) -> Result<Answer, Fault> {
        self.ask_while(actor, query, &|| !cancel.load(Ordering::Relaxed))
    }

    fn run(&self, actor: Actor, command: Command) -> Result<Done, Fault> {
        Catalog::run(self, actor, command)
    }

    fn revision(&self) -> Result<u64, Fault> {
        Catalog::revision(self)
    }

    fn opened(&self, actor: Actor, key: Key) {
        Catalog::opened(self, actor, key);
    }

    fn tidy(&self) -> Result<(), Fault> {
        Catalog::tidy(self)
    }
}
