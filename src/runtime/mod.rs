//! Floor `runtime`: drives a session on the local terminal: input, output, signals, workers, `$EDITOR`, the log, what is remembered.
//! Uses `ui`, `app`, `catalog`, `posters`, `config`, `domain`.

mod clipboard;
mod driver;
mod editor;
mod event;
pub mod log;
mod panic;
mod past;
mod service;
mod signals;
mod terminal;
mod workers;

pub use driver::{Ending, Start, run};
pub use past::Past;
pub use service::{Cancel, Service};
pub use terminal::{Kind, Unfit, fit};
