//! The parts of a screen that hold something to move in.

pub mod detail;
pub mod filter;
pub mod list;
mod marks;
mod reviewing;
pub mod sheet;
mod telling;

pub use detail::DetailPane;
pub use filter::FilterPane;
pub use list::ListPane;

/// A step inside a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many rows down, or up.
    Rows(isize),
    /// So many halves of a page down, or up.
    Halves(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    /// The rows of a step through a pane of this height; none for the ends.
    #[must_use]
    pub fn rows(self, height: usize) -> Option<isize> {
        let height = isize::try_from(height).unwrap_or(isize::MAX).max(1);
        match self {
            Step::Rows(rows) => Some(rows),
            Step::Halves(1) => Some((height / 2).max(1)),
            Step::Halves(-1) => Some(-(height / 2).max(1)),
            Step::Halves(halves) => Some(halves.signum() * (height - 1).max(1)),
            Step::First | Step::Last => None,
        }
    }
}
