//! A key as pressed, free of any terminal library: the same from a local terminal, over SSH and in tests.

use std::fmt;

/// One key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Press {
    /// Which key.
    pub code: Code,
    /// With ctrl.
    pub ctrl: bool,
    /// With alt.
    pub alt: bool,
}

/// Which key. Shifted letters come as capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

impl Press {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Press { code, ctrl: false, alt: false }
    }

    /// A character with ctrl.
    #[must_use]
    pub const fn ctrl(letter: char) -> Self {
        Press { code: Code::Char(letter), ctrl: true, alt: false }
    }

    /// Reads one key as the key table and the tests write it: `j`, `G`, `ctrl-d`, `alt-b`, `enter`, `esc`, `space`,
    /// `tab`, `shift-tab`, `backspace`, `del`, `up`, `down`, `left`, `right`, `home`, `end`, `pgup`, `pgdn`, `f1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("ctrl-") {
            return Press::parse(rest).map(|press| Press { ctrl: true, ..press });
        }
        if let Some(rest) = text.strip_prefix("alt-") {
            return Press::parse(rest).map(|press| Press { alt: true, ..press });
        }
        let mut letters = text.chars();
        if let (Some(only), None) = (letters.next(), letters.next()) {
            return Some(Press::plain(Code::Char(only)));
        }
        let code = NAMES.iter().find(|(_, name)| *name == text).map(|(code, _)| *code);
        let function = || text.strip_prefix('f').and_then(|n| n.parse().ok()).map(Code::F);
        code.or_else(function).map(Press::plain)
    }
}

const NAMES: &[(Code, &str)] = &[
    (Code::Char(' '), "space"),
    (Code::Enter, "enter"),
    (Code::Esc, "esc"),
    (Code::Tab, "tab"),
    (Code::BackTab, "shift-tab"),
    (Code::Backspace, "backspace"),
    (Code::Delete, "del"),
    (Code::Up, "up"),
    (Code::Down, "down"),
    (Code::Left, "left"),
    (Code::Right, "right"),
    (Code::Home, "home"),
    (Code::End, "end"),
    (Code::PageUp, "pgup"),
    (Code::PageDown, "pgdn"),
];

impl fmt::Display for Press {
    /// As [`Press::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        match (NAMES.iter().find(|(code, _)| *code == self.code), self.code) {
            (Some((_, name)), _) => f.write_str(name),
            (None, Code::Char(letter)) => write!(f, "{letter}"),
            (None, Code::F(n)) => write!(f, "f{n}"),
            (None, _) => Ok(()),
        }
    }
}
