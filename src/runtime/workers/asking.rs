//! A lane of questions: one thread, one mailbox, answers in order; a newer question of a kind replaces older ones.

use super::{contained, spawn, tell};
use crate::app::{Msg, Ticket};
use crate::catalog::{Actor, Fault, Query};
use crate::runtime::event::Events;
use crate::runtime::service::{Cancel, Service};
use std::collections::VecDeque;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The way to one worker. Dropping it ends the worker.
#[derive(Debug)]
pub struct Lane {
    mailbox: Arc<Mailbox>,
}

#[derive(Debug, Default)]
struct Mailbox {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Job>,
    /// The question in hand, if it can be replaced.
    running: Option<(u8, Cancel)>,
    closed: bool,
}

#[derive(Debug)]
struct Job {
    /// Questions of one kind replace each other.
    kind: Option<u8>,
    ticket: Ticket,
    actor: Actor,
    query: Query,
    cancel: Cancel,
}

impl Lane {
    /// Starts a worker.
    pub fn start(name: &str, service: &Arc<dyn Service>, events: &Events) -> io::Result<Self> {
        let mailbox = Arc::new(Mailbox::default());
        let (inbox, service, sender) = (mailbox.clone(), service.clone(), events.clone());
        spawn(name, events, move || {
            while let Some(job) = inbox.take() {
                let result = contained(|| service.ask(job.actor, &job.query, &job.cancel));
                let dropped = job.cancel.load(Ordering::Relaxed) || result == Err(Fault::Cancelled);
                if !dropped && !tell(&sender, Msg::Answered(job.ticket, result)) {
                    return;
                }
            }
        })?;
        Ok(Lane { mailbox })
    }

    /// A question to be answered after those before it.
    pub fn next(&self, ticket: Ticket, actor: Actor, query: Query) {
        self.mailbox.put(Job { kind: None, ticket, actor, query, cancel: Cancel::default() });
    }

    /// A question that makes older ones of its kind pointless: they are dropped, the one in hand is cancelled.
    pub fn newest(&self, kind: u8, ticket: Ticket, actor: Actor, query: Query) {
        self.mailbox.put(Job { kind: Some(kind), ticket, actor, query, cancel: Cancel::default() });
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let mut state = self.mailbox.state();
        state.closed = true;
        if let Some((_, cancel)) = &state.running {
            cancel.store(true, Ordering::Relaxed);
        }
        self.mailbox.moved.notify_all();
    }
}

impl Mailbox {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, job: Job) {
        let mut state = self.state();
        if let Some(kind) = job.kind {
            state.waiting.retain(|older| older.kind != Some(kind));
            if let Some((_, cancel)) = state.running.as_ref().filter(|(running, _)| *running == kind) {
                cancel.store(true, Ordering::Relaxed);
            }
        }
        state.waiting.push_back(job);
        self.moved.notify_all();
    }

    fn take(&self) -> Option<Job> {
        let mut state = self.state();
        state.running = None;
        let idle = |state: &mut State| state.waiting.is_empty() && !state.closed;
        state = self.moved.wait_while(state, idle).unwrap_or_else(PoisonError::into_inner);
        let job = state.waiting.pop_front().filter(|_| !state.closed)?;
        state.running = job.kind.map(|kind| (kind, job.cancel.clone()));
        Some(job)
    }
}
