//! How a command ends.

use std::io;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done: 0.
    Done,
    /// Nothing was found, or faults were found: 1.
    Nothing,
    /// It could not be done: 2.
    Failed,
    /// The screens ended with this status.
    Ended(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Nothing => 1,
            Exit::Failed => 2,
            Exit::Ended(status) => status,
        })
    }
}

/// Whether the reader of our output is gone, which is success: it had all it wanted.
#[must_use]
pub fn is_broken_pipe(report: &color_eyre::Report) -> bool {
    report.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        io == Some(io::ErrorKind::BrokenPipe)
    })
}

/// A report as one sentence: what failed, and why, without the full stop.
#[must_use]
pub fn sentence(report: &color_eyre::Report) -> String {
    let causes: Vec<String> = report.chain().map(ToString::to_string).collect();
    causes.join(": ")
}
