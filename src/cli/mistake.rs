//! A panic is our mistake. In a command it is held back until it is known whether somebody below makes a fault of it,
//! as the store does with pages that contradict each other.

use color_eyre::Result;
use color_eyre::eyre::bail;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// Runs a command. A panic that nobody caught becomes a report; none is printed on its way.
pub fn contain<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    let last = Arc::new(Mutex::new(String::new()));
    let usual = panic::take_hook();
    let said = last.clone();
    panic::set_hook(Box::new(move |info| {
        *said.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string().replace('\n', " ");
    }));
    let ended = catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(usual);
    ended.unwrap_or_else(|_| bail!("a mistake in cinedex: {}", last.lock().unwrap_or_else(PoisonError::into_inner)))
}
