//! Pictures: scaled after a moment's rest, so that walking down a list decodes nothing.

use super::{contained, spawn, tell};
use crate::app::{Msg, Picture, Ticket};
use crate::catalog::{Actor, Answer, Query};
use crate::domain::FileId;
use crate::posters::Gallery;
use crate::runtime::event::Events;
use crate::runtime::service::{Cancel, Service};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

const REST: Duration = Duration::from_millis(150);

/// The way to the worker. Dropping it ends the worker.
#[derive(Debug)]
pub struct Easel {
    orders: Sender<Order>,
}

/// A picture to be scaled.
#[derive(Debug)]
pub struct Order {
    /// Whom to tell.
    pub ticket: Ticket,
    /// In whose name.
    pub actor: Actor,
    /// Which file.
    pub file: FileId,
    /// Columns at most.
    pub cols: u16,
    /// Rows at most.
    pub rows: u16,
}

impl Easel {
    /// Starts the worker.
    pub fn start(service: &Arc<dyn Service>, events: &Events) -> io::Result<Self> {
        let (orders, waiting) = channel();
        let (service, sender) = (service.clone(), events.clone());
        spawn("pictures", events, move || {
            let mut gallery = Gallery::default();
            while let Some(order) = rested(&waiting) {
                let picture = contained(|| Ok(draw(service.as_ref(), &mut gallery, &order))).ok().flatten();
                if !tell(&sender, Msg::Picture(order.ticket, picture)) {
                    return;
                }
            }
        })?;
        Ok(Easel { orders })
    }

    /// Wants a picture; one still waiting is forgotten.
    pub fn want(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

/// The newest order once no newer one came for a while.
fn rested(orders: &Receiver<Order>) -> Option<Order> {
    let mut order = orders.recv().ok()?;
    loop {
        match orders.recv_timeout(REST) {
            Ok(newer) => order = newer,
            Err(RecvTimeoutError::Timeout) => return Some(order),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

fn draw(service: &dyn Service, gallery: &mut Gallery, order: &Order) -> Option<Picture> {
    let Ok(Answer::Bytes(bytes)) = service.ask(order.actor, &Query::Bytes(order.file), &Cancel::default()) else {
        return None;
    };
    let scaled = gallery.scaled(&bytes, order.cols, order.rows)?;
    Some(Picture { cols: scaled.cols, rows: scaled.rows, cells: scaled.cells })
}
