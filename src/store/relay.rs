//! Work handed over to a thread of its own, beside whoever makes it. Little of it is done at the end, without a thread.

use super::error::Result;
use super::open::io_error;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

/// So many things are handed over at once, and so many such hands wait to be taken.
const HAND: usize = 128;
const WAITING: usize = 3;

/// Hands things to a worker.
pub struct Relay<T, W> {
    hand: Vec<T>,
    taker: Taker<T, W>,
    take: fn(&mut W, T) -> Result<()>,
    name: &'static str,
}

enum Taker<T, W> {
    /// Nothing is on its way.
    Idle(W),
    Busy(SyncSender<Vec<T>>, JoinHandle<Result<W>>),
    /// It failed, and said why.
    Gone,
}

impl<T: Send + 'static, W: Send + 'static> Relay<T, W> {
    /// A worker who will `take` things, in a thread of this name.
    pub fn new(name: &'static str, worker: W, take: fn(&mut W, T) -> Result<()>) -> Relay<T, W> {
        Relay { hand: Vec::new(), taker: Taker::Idle(worker), take, name }
    }

    /// Hands a thing over, together with those before it once they are many.
    ///
    /// # Errors
    /// What taking one of those before it failed with. `folder` is named where no thread can be started.
    pub fn push(&mut self, thing: T, folder: &Path) -> Result<()> {
        self.hand.push(thing);
        if self.hand.len() < HAND { Ok(()) } else { self.hand_over(folder) }
    }

    /// Hands over what is in hand.
    ///
    /// # Errors
    /// As [`Relay::push`].
    pub fn hand_over(&mut self, folder: &Path) -> Result<()> {
        let hand = std::mem::replace(&mut self.hand, Vec::with_capacity(HAND));
        self.taker = match std::mem::replace(&mut self.taker, Taker::Gone) {
            Taker::Idle(worker) => start(self.name, worker, self.take).map_err(|error| io_error(folder, error))?,
            other => other,
        };
        let Taker::Busy(to, _) = &self.taker else { unreachable!("nobody goes on after an error") };
        // A worker that is gone has failed, and says of what.
        if to.send(hand).is_err() { self.worker().map(drop) } else { Ok(()) }
    }

    /// The worker, once everything so far is taken.
    ///
    /// # Errors
    /// What taking failed with.
    pub fn worker(&mut self) -> Result<&mut W> {
        let hand = std::mem::take(&mut self.hand);
        let worker = match std::mem::replace(&mut self.taker, Taker::Gone) {
            Taker::Idle(mut worker) => {
                hand.into_iter().try_for_each(|thing| (self.take)(&mut worker, thing))?;
                worker
            }
            Taker::Busy(to, thread) => {
                // One that is gone takes nothing, and the join says why.
                let _ = to.send(hand);
                drop(to);
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?
            }
            Taker::Gone => unreachable!("nobody goes on after an error"),
        };
        self.taker = Taker::Idle(worker);
        let Taker::Idle(worker) = &mut self.taker else { unreachable!("it has just come back") };
        Ok(worker)
    }

    /// The worker for good.
    ///
    /// # Errors
    /// What taking failed with.
    pub fn finish(mut self) -> Result<W> {
        self.worker()?;
        let Taker::Idle(worker) = self.taker else { unreachable!("it has just come back") };
        Ok(worker)
    }
}

fn start<T: Send + 'static, W: Send + 'static>(
    name: &str,
    mut worker: W,
    take: fn(&mut W, T) -> Result<()>,
) -> std::io::Result<Taker<T, W>> {
    let (to, from) = sync_channel::<Vec<T>>(WAITING);
    let work = move || {
        from.into_iter().flatten().try_for_each(|thing| take(&mut worker, thing))?;
        Ok(worker)
    };
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(Taker::Busy(to, thread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    fn take(sum: &mut u64, number: u64) -> Result<()> {
        if number == 7_777 {
            return Err(io_error(Path::new("here"), std::io::ErrorKind::StorageFull.into()));
        }
        *sum += number;
        Ok(())
    }

    #[test]
    fn everything_is_taken_in_order() {
        for many in [0, 1, HAND as u64 - 1, HAND as u64, 5_000] {
            let mut relay = Relay::new("sum", Vec::new(), |all: &mut Vec<u64>, number| {
                all.push(number);
                Ok(())
            });
            (0..many).for_each(|number| relay.push(number, Path::new("here")).unwrap());
            assert_eq!(relay.finish().unwrap(), (0..many).collect::<Vec<_>>());
        }
    }

    #[test]
    fn whoever_hands_over_hears_of_a_failure() {
        let mut relay = Relay::new("sum", 0, take);
        let mut pushed = Ok(());
        for number in 0.. {
            pushed = relay.push(number, Path::new("here"));
            if pushed.is_err() {
                break;
            }
        }
        assert!(matches!(pushed, Err(StoreError::Full(_))), "{pushed:?}");
        let mut relay = Relay::new("sum", 0, take);
        relay.push(7_777, Path::new("here")).unwrap();
        assert!(relay.finish().is_err());
    }
}
