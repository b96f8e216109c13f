//! The catalogue as the workers need it; tests put a fake in its place.

use crate::catalog::report::{Progress, Report};
use crate::catalog::task::{Sight, Task};
use crate::catalog::{Actor, Answer, Command, Done, Fault, Query};
use crate::domain::Key;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
    /// Imports or exports, whole or not at all; gives up soon after `cancel` is set.
    fn carry_out(
        &self,
        actor: Actor,
        task: &Task,
        progress: &mut dyn FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<Report, Fault>;
    /// What lies at a path; `~` is the home folder.
    fn look(&self, path: &Path) -> Result<Sight, Fault>;
}
