//! Everything a key or a command can do by name. Keys are bound in `keymap`, nowhere else.

/// A named action. The footer, the help, the command line and the README's key table are made from these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Go to a screen.
    Movies,
    /// Go to a screen.
    People,
    /// Go to a screen.
    Favorites,
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// To the pane on the left.
    Left,
    /// To the pane on the right.
    Right,
    /// To the next pane, around.
    NextPane,
    /// To the previous pane, around.
    PreviousPane,
    /// First row.
    First,
    /// Last row.
    Last,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Open what is selected.
    Open,
    /// One level back.
    Escape,
    /// Where we were before.
    Back,
    /// Where we were before going back.
    Forward,
    /// The finder.
    Find,
    /// Filter the list in hand.
    Filter,
    /// Next hit of the last find.
    NextHit,
    /// Previous hit of the last find.
    PreviousHit,
    /// The sort menu.
    Sort,
    /// Show or hide the filter pane.
    FilterPane,
    /// Enlarge this pane, or shrink it again.
    Enlarge,
    /// Favorite on, off.
    Favorite,
    /// Add a record.
    Add,
    /// Edit the record.
    Edit,
    /// Delete the record, or the marked ones.
    Delete,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Mark this row, and step down.
    Mark,
    /// Mark a range.
    MarkRange,
    /// Copy.
    Copy,
    /// Help.
    Help,
    /// Command line.
    Command,
    /// Close this level, then quit.
    Quit,
    /// Quit at once, by command.
    Exit,
    /// Draw everything anew.
    Redraw,
    /// Suspend.
    Suspend,
    /// List of genres.
    Genres,
    /// List of countries.
    Countries,
    /// List of files.
    Files,
    /// List of accounts.
    Accounts,
    /// Sign in.
    SignIn,
    /// Sign out.
    SignOut,
    /// Create an account.
    SignUp,
    /// Change the password.
    Password,
    /// Edit one's own account.
    Profile,
    /// Clear every filter and mark.
    Clear,
    /// Take films in.
    Import,
    /// Give films out.
    Export,
    /// Imports and exports under way.
    Tasks,
    /// The review queue.
    Review,
    /// What was put aside.
    Aside,
    /// The film is the candidate in hand.
    Accept,
    /// The film is none of the candidates.
    MakeNew,
    /// Put the film aside.
    PutAside,
    /// Decide on all of a kind.
    Alike,
    /// The next candidate.
    NextCandidate,
    /// The candidate of the number pressed.
    Candidate,
    /// Find the film among all that are there.
    Match,
    /// Open the candidate in hand.
    OpenCandidate,
    /// Saved views.
    View,
}
