//! What reaches a session and what it asks for in return, both as data.

use super::press::Press;
use crate::catalog::report::{Progress, Report};
use crate::catalog::task::{Sight, Task};
use crate::catalog::{Answer, Command, Done, Fault, Query};
use crate::domain::{FileId, Key};
use std::path::PathBuf;

/// Ties an answer to its question. Answers to tickets nobody waits for are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What reaches a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A key.
    Press(Press),
    /// Pasted text, as it came.
    Paste(String),
    /// The terminal is now so many columns and rows.
    Resized(u16, u16),
    /// The answer to an [`Effect::Ask`].
    Answered(Ticket, Result<Answer, Fault>),
    /// What an [`Effect::Do`] came to.
    Done(Ticket, Result<Done, Fault>),
    /// Another session committed.
    Changed,
    /// An [`Effect::Do`] waits for a writer: whom, such as `another cinedex`.
    Waiting(Ticket, String),
    /// The text came back from `$EDITOR`, or why it did not.
    Edited(Ticket, Result<String, String>),
    /// A picture scaled to the cells that were asked for.
    Picture(Ticket, Option<Picture>),
    /// How far a task is.
    Progressed(Ticket, Progress),
    /// What a task came to.
    Finished(Ticket, Result<Box<Report>, Fault>),
    /// What lies at the path that was asked for.
    Looked(Ticket, Result<Sight, Fault>),
}

/// What a session asks of its driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answer a question. Of finder questions only the newest need be answered.
    Ask(Ticket, Query),
    /// Carry out a use case.
    Do(Ticket, Command),
    /// Edit a text in `$EDITOR`.
    Edit(Ticket, String),
    /// Scale a stored picture to so many columns and rows, after a moment's rest; a newer one replaces it.
    Picture(Ticket, FileId, u16, u16),
    /// Note that a record was opened, for the finder.
    Opened(Key),
    /// Begin a task, of which only one is under way at a time.
    Begin(Ticket, Task),
    /// Stop the task.
    Stop(Ticket),
    /// See what lies at a path. Only the newest need be answered.
    Look(Ticket, PathBuf),
    /// Keep a command line for sessions to come.
    Remember(String),
    /// Put a text on the terminal's clipboard.
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back to the shell until it continues us.
    Suspend,
    /// End the session.
    Quit,
}

/// A picture as half blocks: two pixels a cell, the upper one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Columns.
    pub cols: u16,
    /// Rows.
    pub rows: u16,
    /// Row by row: the upper and the lower pixel of each cell as red, green, blue.
    pub cells: Vec<([u8; 3], [u8; 3])>,
}
