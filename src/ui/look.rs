//! How things look: the 16 colours of the terminal, one of them as accent, and signs with plain stand-ins.

use ratatui::style::{Color, Modifier, Style};

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colours; without them only weight and inversion tell things apart.
    pub color: bool,
    /// Our own signs in ASCII.
    pub ascii: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look { color: true, ascii: false }
    }
}

/// The signs of a look.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    /// Before the selected row.
    pub bar: &'static str,
    /// A favorite.
    pub heart: &'static str,
    /// A marked row.
    pub mark: &'static str,
    /// A chosen filter.
    pub check: &'static str,
    /// Small first.
    pub rising: &'static str,
    /// Large first.
    pub falling: &'static str,
    /// Between words that belong to one line.
    pub dot: &'static str,
    /// There is more.
    pub more: &'static str,
    /// From one year to another.
    pub dash: &'static str,
    /// Corners and edges: top left, top right, bottom left, bottom right, across, down, branch left, branch right.
    pub frame: [&'static str; 8],
    /// Quotation marks.
    pub quotes: [&'static str; 2],
}

const FINE: Signs = Signs {
    bar: "▌",
    heart: "♥",
    mark: "+",
    check: "✓",
    rising: "▲",
    falling: "▼",
    dot: "·",
    more: "…",
    dash: "–",
    frame: ["┌", "┐", "└", "┘", "─", "│", "├", "┤"],
    quotes: ["“", "”"],
};

const PLAIN: Signs = Signs {
    bar: ">",
    heart: "*",
    mark: "+",
    check: "x",
    rising: "^",
    falling: "v",
    dot: "-",
    more: "..",
    dash: "-",
    frame: ["+", "+", "+", "+", "-", "|", "+", "+"],
    quotes: ["\"", "\""],
};

impl Look {
    /// The signs.
    #[must_use]
    pub fn signs(&self) -> &'static Signs {
        if self.ascii { &PLAIN } else { &FINE }
    }

    /// A text of ours with its signs as this look has them.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        if !self.ascii {
            return text.to_owned();
        }
        let mut plain = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '●' | '♥' => plain.push('*'),
                '○' => plain.push('o'),
                '·' | '–' | '—' => plain.push('-'),
                '…' => plain.push_str(".."),
                '“' | '”' => plain.push('"'),
                '▲' => plain.push('^'),
                '▼' => plain.push('v'),
                '✓' => plain.push('x'),
                '≠' => plain.push('!'),
                other => plain.push(other),
            }
        }
        plain
    }

    /// What the eye should find first. Of the bright colours magenta is the one that is read on black and on white.
    #[must_use]
    pub fn accent(&self) -> Style {
        self.colored(Color::Magenta).add_modifier(Modifier::BOLD)
    }

    /// Names and headings.
    #[must_use]
    pub fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What matters less.
    #[must_use]
    pub fn faint(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What Enter acts on inside a text.
    #[must_use]
    pub fn selected(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What went wrong.
    #[must_use]
    pub fn fault(&self) -> Style {
        self.colored(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// The letters that matched.
    #[must_use]
    pub fn matched(&self) -> Style {
        self.colored(Color::Magenta).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    fn colored(self, color: Color) -> Style {
        if self.color { Style::new().fg(color) } else { Style::new() }
    }
}
