//! A ratatui backend that only composes bytes: one frame at a time, as few as will do, and none for a frame that
//! changes nothing. It never asks a terminal for anything, so it serves any session.

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::convert::Infallible;
use std::io::Write as _;
use unicode_width::UnicodeWidthChar;

/// A letter and its marks: so many characters of one cell are shown.
const CELL_LIMIT: usize = 16;

/// Composes frames.
#[derive(Debug)]
pub struct Painter {
    frame: Vec<u8>,
    size: Size,
    /// Wrap frames in synchronized output.
    synchronized: bool,
    /// Where the terminal's cursor is, as far as every terminal agrees.
    at: Option<Position>,
    pen: Pen,
    cursor_shown: bool,
    /// What the terminal shows, row by row, where it is a narrow character; blank until something is drawn.
    shown: Vec<Option<(char, Pen)>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    ink: Color,
    paper: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen { ink: Color::Reset, paper: Color::Reset, modifier: Modifier::empty() };

impl Painter {
    /// A painter for a terminal in its plain state with its cursor hidden.
    #[must_use]
    pub fn new(size: Size, synchronized: bool) -> Self {
        Painter { frame: Vec::new(), size, synchronized, at: None, pen: PLAIN, cursor_shown: false, shown: Vec::new() }
    }

    /// The terminal has another size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.at = None;
        self.shown.clear();
    }

    /// The terminal is in its plain state again, its cursor hidden, whatever was drawn before.
    pub fn forget(&mut self) {
        *self = Painter::new(self.size, self.synchronized);
    }

    /// The bytes since the last call; none if nothing changed.
    pub fn take(&mut self) -> Option<Vec<u8>> {
        let frame = std::mem::take(&mut self.frame);
        match (frame.is_empty(), self.synchronized) {
            (true, _) => None,
            (false, false) => Some(frame),
            (false, true) => Some([b"\x1b[?2026h".as_slice(), &frame, b"\x1b[?2026l"].concat()),
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        self.frame.extend_from_slice(bytes);
    }

    fn go(&mut self, to: Position) {
        if self.bridge(to) {
            return;
        }
        let (x, y) = (to.x + 1, to.y + 1);
        // Writing into a vector cannot fail.
        let _ = match self.at {
            Some(at) if at == to => Ok(()),
            Some(at) if at.y == to.y && at.x + 1 == to.x => write!(self.frame, "\x1b[C"),
            Some(at) if at.y == to.y && at.x < to.x => write!(self.frame, "\x1b[{}C", to.x - at.x),
            _ if x == 1 => write!(self.frame, "\x1b[{y}H"),
            _ => write!(self.frame, "\x1b[{y};{x}H"),
        };
        self.at = Some(to);
    }

    /// Writes a few cells anew where that takes no more bytes than to step over them.
    fn bridge(&mut self, to: Position) -> bool {
        let Some(at) = self.at.filter(|at| at.y == to.y && at.x < to.x) else { return false };
        let gap = usize::from(to.x - at.x);
        let start = self.place(at);
        let Some(cells) = self.shown.get(start..start + gap) else { return false };
        let mut bridge = String::new();
        for cell in cells {
            match cell {
                Some((letter, pen)) if *pen == self.pen => bridge.push(*letter),
                _ => return false,
            }
        }
        let step = if gap == 1 { 3 } else { 4 };
        let shorter = bridge.len() <= step;
        if shorter {
            self.put(bridge.as_bytes());
            self.at = Some(to);
        }
        shorter
    }

    fn place(&self, at: Position) -> usize {
        usize::from(at.y) * usize::from(self.size.width) + usize::from(at.x)
    }

    /// Remembers what a cell shows from now on, and that a wide character covers the next one.
    fn remember(&mut self, at: Position, symbol: &str) {
        let mut letters = symbol.chars();
        let only = letters.next().filter(|letter| letters.next().is_none() && letter.width() == Some(1));
        let place = self.place(at);
        let cells = usize::from(self.size.width) * usize::from(self.size.height);
        self.shown.resize(cells, Some((' ', PLAIN)));
        let pen = self.pen;
        if let Some(cell) = self.shown.get_mut(place) {
            *cell = only.filter(|letter| harmless(*letter)).map(|letter| (letter, pen));
        }
        if only.is_none() {
            self.shown.get_mut(place + 1).into_iter().for_each(|next| *next = None);
        }
    }

    fn dip(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        let mut codes = Vec::new();
        if !pen.modifier.contains(self.pen.modifier) {
            codes.push("0".to_owned());
            self.pen = PLAIN;
        }
        for (modifier, code) in MODIFIERS {
            if (pen.modifier - self.pen.modifier).contains(*modifier) {
                codes.push((*code).to_owned());
            }
        }
        if pen.ink != self.pen.ink {
            codes.push(color(pen.ink, 0));
        }
        if pen.paper != self.pen.paper {
            codes.push(color(pen.paper, 10));
        }
        let codes = codes.join(";");
        self.put(format!("\x1b[{}m", if codes == "0" { "" } else { &codes }).as_bytes());
        self.pen = pen;
    }

    fn print(&mut self, symbol: &str) {
        let mut letters = symbol.chars().filter(|letter| harmless(*letter)).take(CELL_LIMIT);
        let first = letters.next().unwrap_or(' ');
        let start = self.frame.len();
        let mut bytes = [0; 4];
        self.put(first.encode_utf8(&mut bytes).as_bytes());
        let alone = letters.fold(true, |_, mark| {
            self.put(mark.encode_utf8(&mut bytes).as_bytes());
            false
        });
        debug_assert!(self.frame.len() > start);
        // Terminals disagree on the width of anything but one narrow character, and on what the last column does.
        let sure = alone && first.width() == Some(1);
        self.at = self.at.filter(|at| sure && at.x + 1 < self.size.width).map(|at| Position::new(at.x + 1, at.y));
    }
}

impl Backend for Painter {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.go(Position::new(x, y));
            self.dip(Pen { ink: cell.fg, paper: cell.bg, modifier: cell.modifier });
            self.remember(Position::new(x, y), cell.symbol());
            self.print(cell.symbol());
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        if std::mem::take(&mut self.cursor_shown) {
            self.put(b"\x1b[?25l");
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        if !std::mem::replace(&mut self.cursor_shown, true) {
            self.put(b"\x1b[?25h");
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.go(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Infallible> {
        self.shown.clear();
        // Many terminals clear with the colour of the pen.
        self.dip(PLAIN);
        self.put(match region {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// The last gate: whatever a cell holds, it moves no cursor and turns no text around.
fn harmless(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

const MODIFIERS: &[(Modifier, &str)] = &[
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

const ANSI: &[Color] = &[
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// The code of a colour; `shift` is 10 for the paper.
fn color(color: Color, shift: u8) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", 38 + shift),
        Color::Indexed(index) => format!("{};5;{index}", 38 + shift),
        _ => match ANSI.iter().position(|known| *known == color) {
            Some(index) if index < 8 => (30 + usize::from(shift) + index).to_string(),
            Some(index) => (82 + usize::from(shift) + index).to_string(),
            None => (39 + shift).to_string(),
        },
    }
}

#[cfg(test)]
mod tests;
