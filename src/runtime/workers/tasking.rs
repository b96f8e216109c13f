//! Imports and exports, one after the other, beside everything else.

use super::{contained, spawn, tell};
use crate::app::{Msg, Ticket};
use crate::catalog::Actor;
use crate::catalog::report::Progress;
use crate::catalog::task::Task;
use crate::runtime::event::{Event, Events};
use crate::runtime::service::{Cancel, Service};
use std::io;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Between two words on how far a task is.
const PACE: Duration = Duration::from_millis(100);
/// A task that was stopped is given so long to clear up behind itself at the end of the session.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug)]
struct Order {
    ticket: Ticket,
    actor: Actor,
    task: Task,
    cancel: Cancel,
}

/// The way to the worker. Dropping it stops every task and waits until they are gone.
#[derive(Debug)]
pub struct Bench {
    orders: Option<Sender<Order>>,
    /// Tasks that did not end yet.
    under_way: Arc<Mutex<Vec<(Ticket, Cancel)>>>,
    /// Hangs up when the worker has ended.
    ended: Receiver<()>,
}

impl Bench {
    /// Starts the worker.
    pub fn start(service: &Arc<dyn Service>, events: &Events) -> io::Result<Self> {
        let (sender, orders) = channel::<Order>();
        let (alive, ended) = channel::<()>();
        let under_way: Arc<Mutex<Vec<(Ticket, Cancel)>>> = Arc::default();
        let (service, events_out, left) = (service.clone(), events.clone(), under_way.clone());
        spawn("tasks", events, move || {
            let _alive = alive;
            for Order { ticket, actor, task, cancel } in orders {
                let mut teller = Teller { events: &events_out, ticket, last: None };
                let work = || service.carry_out(actor, &task, &mut |at| teller.tell(at), &cancel);
                let result = contained(work).map(Box::new);
                left.lock().unwrap_or_else(PoisonError::into_inner).retain(|(other, _)| *other != ticket);
                if cancel.load(Ordering::Relaxed) && result.is_err() {
                    tracing::info!("{} was stopped", task.title());
                }
                if !tell(&events_out, Msg::Finished(ticket, result)) {
                    return;
                }
            }
        })?;
        Ok(Bench { orders: Some(sender), under_way, ended })
    }

    /// Has a task carried out, after those before it.
    pub fn begin(&self, ticket: Ticket, actor: Actor, task: Task) {
        let cancel = Cancel::default();
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).push((ticket, cancel.clone()));
        if let Some(orders) = &self.orders {
            let _ = orders.send(Order { ticket, actor, task, cancel });
        }
    }

    /// Stops a task.
    pub fn stop(&self, ticket: Ticket) {
        self.stop_where(|other| other == ticket);
    }

    fn stop_where(&self, wanted: impl Fn(Ticket) -> bool) {
        let under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.iter().filter(|(ticket, _)| wanted(*ticket)).for_each(|(_, cancel)| {
            cancel.store(true, Ordering::Relaxed);
        });
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.stop_where(|_| true);
        self.orders = None;
        let _ = self.ended.recv_timeout(PATIENCE);
    }
}

/// Tells how far a task is, often enough and no more. Where nobody keeps up, a word is left out.
struct Teller<'a> {
    events: &'a Events,
    ticket: Ticket,
    last: Option<(Instant, Progress)>,
}

impl Teller<'_> {
    fn tell(&mut self, at: Progress) {
        let now = Instant::now();
        let news = self.last.is_none_or(|(when, last)| {
            last.phase != at.phase || (last.percent() != at.percent() && now.duration_since(when) >= PACE)
        });
        if news && self.events.try_send(Event::Msg(Msg::Progressed(self.ticket, at))).is_ok() {
            self.last = Some((now, at));
        }
    }
}
