//! The local terminal: taken over, and given back in every case as it was.

pub mod decode;
pub mod input;
pub mod paint;
pub mod writer;

use super::event::Events;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use ratatui::layout::Size;
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, isatty, tcgetattr, tcgetwinsize, tcsetattr};
use std::fmt;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use writer::Writer;

/// Giving the terminal back waits so long for a terminal that takes no bytes.
const PATIENCE: Duration = Duration::from_secs(1);

/// Cells in a row or a column at most; a terminal may claim any number.
const LONGEST: u16 = 1000;

/// The terminal of this process, taken over or given back.
#[derive(Debug)]
pub struct Tty {
    kind: Kind,
    writer: Writer,
    /// The modes to give back; none while the terminal is not ours.
    before: Mutex<Option<Termios>>,
}

/// What kind of terminal it says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One that knows at least to ignore what it does not know.
    Usual,
    /// The console of Linux.
    Console,
}

/// Why the screens cannot be shown here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Input or output is a file or a pipe.
    NoTerminal,
    /// The terminal cannot place its cursor.
    Dumb,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unfit::NoTerminal => "the screens need a terminal, and input or output is none",
            Unfit::Dumb => "the screens need a terminal that can place its cursor, and TERM is dumb",
        })?;
        f.write_str("; `cinedex search`, `cinedex list` and `cinedex show` work without one, see `cinedex --help`")
    }
}

impl std::error::Error for Unfit {}

/// Whether the screens can be shown here; `term` is the variable `TERM`.
pub fn fit(term: Option<&str>) -> Result<Kind, Unfit> {
    match term {
        _ if !isatty(io::stdin()) || !isatty(io::stdout()) => Err(Unfit::NoTerminal),
        None | Some("" | "dumb") => Err(Unfit::Dumb),
        Some("linux") => Ok(Kind::Console),
        Some(_) => Ok(Kind::Usual),
    }
}

impl Tty {
    /// A hold on the terminal; it is not taken over yet.
    pub fn new(kind: Kind, events: &Events) -> io::Result<Self> {
        Ok(Tty { kind, writer: Writer::start(events)?, before: Mutex::new(None) })
    }

    /// Whether frames are wrapped in synchronized output.
    #[must_use]
    pub fn synchronized(&self) -> bool {
        self.kind == Kind::Usual
    }

    /// The way out.
    #[must_use]
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Takes the terminal over, or sets its modes again after others may have changed them.
    pub fn enter(&self) -> io::Result<()> {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let modes = match before.take() {
            Some(modes) => modes,
            None => tcgetattr(io::stdin())?,
        };
        let mut raw = modes.clone();
        raw.make_raw();
        *before = Some(modes);
        set(&raw)?;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen)?;
        self.writer.send(&bytes);
        self.refresh();
        Ok(())
    }

    /// Says again what the terminal should be like, in case somebody wrote over us. The other screen is not entered
    /// again: that would forget where the cursor was on the first.
    pub fn refresh(&self) {
        let mut bytes = Vec::new();
        // Writing into a vector cannot fail.
        let _ = queue!(bytes, EnableBracketedPaste, Hide);
        bytes.extend_from_slice(b"\x1b[m");
        self.writer.send(&bytes);
    }

    /// Gives the terminal back as it was. Never fails and never waits for long: a terminal that is gone or frozen
    /// gets what it can take.
    pub fn leave(&self) {
        let Some(modes) = self.before.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let mut bytes = Vec::new();
        if self.synchronized() {
            let _ = queue!(bytes, EndSynchronizedUpdate);
        }
        bytes.extend_from_slice(b"\x1b[m");
        let _ = queue!(bytes, DisableBracketedPaste, Show, LeaveAlternateScreen);
        if self.kind == Kind::Console {
            // It has no other screen to go back to: the prompt comes below what was drawn.
            bytes.extend_from_slice(b"\x1b[999H\r\n");
        }
        self.writer.send(&bytes);
        self.writer.drain(PATIENCE);
        let _ = set(&modes);
    }
}

/// The size in columns and rows.
#[must_use]
pub fn size() -> Size {
    let (cols, rows) = tcgetwinsize(io::stdout()).map_or((0, 0), |size| (size.ws_col, size.ws_row));
    let or = |cells: u16, usual: u16| if cells == 0 { usual } else { cells.min(LONGEST) };
    Size::new(or(cols, 80), or(rows, 24))
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Sets the modes at once, without waiting for output that may never drain.
fn set(modes: &Termios) -> rustix::io::Result<()> {
    loop {
        match tcsetattr(io::stdin(), OptionalActions::Now, modes) {
            Err(Errno::INTR) => {}
            done => return done,
        }
    }
}
