//! Text fields over `tui-textarea`: one line, or prose. Passwords have a field of their own, which remembers nothing.

use super::press::{Code, Press};
use crate::catalog::Secret;
use crate::domain::text::{LINE_MAX, PROSE_MAX, clean_line, clean_prose};
use ratatui::style::{Modifier, Style};
use std::fmt;
use std::ops::Range;
use tui_textarea::{CursorMove, TextArea, WrapMode};
use zeroize::Zeroizing;

/// Marks the cell where the cursor stands, for the terminal's own cursor to be put there. Nothing else blinks.
pub const CURSOR: Modifier = Modifier::SLOW_BLINK;

/// What a field made of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing: the key is somebody else's.
    Ignored,
    /// The cursor may have moved; the text is the same.
    Moved,
    /// The text is another.
    Changed,
}

/// A text being typed.
#[derive(Clone)]
pub struct Field {
    area: TextArea<'static>,
    prose: bool,
}

impl Field {
    /// A field of one line, the cursor at its end.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Field::new(vec![text.to_owned()], false)
    }

    /// A field of many lines, the cursor at its start.
    #[must_use]
    pub fn prose(text: &str) -> Self {
        Field::new(text.split('\n').map(str::to_owned).collect(), true)
    }

    fn new(lines: Vec<String>, prose: bool) -> Self {
        let mut area = TextArea::new(lines);
        area.set_cursor_line_style(Style::new());
        area.set_cursor_style(Style::new().add_modifier(CURSOR));
        if prose {
            area.set_wrap_mode(WrapMode::WordOrGlyph);
        } else {
            area.move_cursor(CursorMove::End);
        }
        Field { area, prose }
    }

    /// The text, lines parted by line feeds.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// The lines and the cursor, for drawing.
    #[must_use]
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Where the cursor is in a field of one line: the byte of the text.
    #[must_use]
    pub fn cursor(&self) -> usize {
        let text = self.text();
        let column = self.area.cursor().1;
        text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
    }

    /// Puts a text in place of some bytes of a field of one line, the cursor after it.
    pub fn replace(&mut self, span: Range<usize>, with: &str) {
        let mut text = self.text();
        if text.get(span.clone()).is_none() {
            return;
        }
        text.replace_range(span.clone(), with);
        let column = text[..span.start + with.len()].chars().count();
        self.set(&text);
        self.area.move_cursor(CursorMove::Jump(0, u16::try_from(column).unwrap_or(u16::MAX)));
    }

    /// Replaces the whole text.
    pub fn set(&mut self, text: &str) {
        *self = if self.prose { Field::prose(text) } else { Field::line(text) };
    }

    /// Takes a key: a letter, a movement, a deletion.
    pub fn press(&mut self, press: Press) -> Typed {
        let word = press.ctrl || press.alt;
        match press.code {
            Code::Char(letter) if !word => self.letter(letter),
            Code::Char(letter) => self.shortcut(letter, press.ctrl),
            Code::Backspace if word => changed(self.area.delete_word()),
            Code::Backspace => changed(self.area.delete_char()),
            Code::Delete if word => changed(self.area.delete_next_word()),
            Code::Delete => changed(self.area.delete_next_char()),
            Code::Left if word => self.go(CursorMove::WordBack),
            Code::Right if word => self.go(CursorMove::WordForward),
            Code::Left => self.go(CursorMove::Back),
            Code::Right => self.go(CursorMove::Forward),
            Code::Home => self.go(CursorMove::Head),
            Code::End => self.go(CursorMove::End),
            _ if self.prose => self.between_lines(press.code),
            _ => Typed::Ignored,
        }
    }

    fn shortcut(&mut self, letter: char, ctrl: bool) -> Typed {
        match (ctrl, letter) {
            (true, 'a') => self.go(CursorMove::Head),
            (true, 'e') => self.go(CursorMove::End),
            (true, 'w') => changed(self.area.delete_word()),
            (true, 'u') => changed(self.area.delete_line_by_head()),
            (true, 'k') => changed(self.area.delete_line_by_end()),
            (true, 'h') => changed(self.area.delete_char()),
            (true, 'y') => changed(self.area.paste()),
            (false, 'b') => self.go(CursorMove::WordBack),
            (false, 'f') => self.go(CursorMove::WordForward),
            (false, 'd') => changed(self.area.delete_next_word()),
            _ => Typed::Ignored,
        }
    }

    fn between_lines(&mut self, code: Code) -> Typed {
        match code {
            Code::Up => self.go(CursorMove::Up),
            Code::Down => self.go(CursorMove::Down),
            Code::PageUp => self.go(CursorMove::ParagraphBack),
            Code::PageDown => self.go(CursorMove::ParagraphForward),
            Code::Enter if self.room() > 0 => {
                self.area.insert_newline();
                Typed::Changed
            }
            _ => Typed::Ignored,
        }
    }

    fn letter(&mut self, letter: char) -> Typed {
        if !printable(letter) || self.room() == 0 {
            return Typed::Moved;
        }
        self.area.insert_char(letter);
        Typed::Changed
    }

    fn go(&mut self, whither: CursorMove) -> Typed {
        self.area.move_cursor(whither);
        Typed::Moved
    }

    /// Takes pasted text: made harmless, and cut to the room that is left.
    pub fn paste(&mut self, text: &str) -> Typed {
        let bounded: String = text.chars().take(PROSE_MAX).collect();
        let mut clean = if self.prose { clean_prose(&bounded) } else { clean_line(&bounded) };
        if bounded.starts_with(' ') {
            clean.insert(0, ' ');
        }
        if bounded.len() > 1 && bounded.ends_with(' ') {
            clean.push(' ');
        }
        let fitting: String = clean.chars().take(self.room()).collect();
        changed(self.area.insert_str(fitting))
    }

    fn room(&self) -> usize {
        let max = if self.prose { PROSE_MAX } else { LINE_MAX };
        let used: usize = self.area.lines().iter().map(|line| line.chars().count() + 1).sum();
        (max + 1).saturating_sub(used)
    }
}

fn changed(yes: bool) -> Typed {
    if yes { Typed::Changed } else { Typed::Moved }
}

/// Whether a typed character may be kept; marks are, as they hang on the letter before.
fn printable(letter: char) -> bool {
    letter == ' ' || clean_line(&format!("x{letter}")).len() > 1
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").field("text", &self.text()).field("cursor", &self.area.cursor()).finish_non_exhaustive()
    }
}

/// The most bytes of a password. All of it is allocated at once, so that growing leaves no copy behind.
const PASSWORD_MAX: usize = 1024;

/// A password being typed. It is never shown, cannot be undone or yanked, and is wiped when dropped.
#[derive(PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Nothing typed yet.
    #[must_use]
    pub fn new() -> Self {
        Password(Zeroizing::new(String::with_capacity(PASSWORD_MAX)))
    }

    /// How many characters were typed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The password, on its way to the catalogue.
    #[must_use]
    pub fn secret(&self) -> Secret {
        Secret::new(String::clone(&self.0))
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        *self = Password::new();
    }

    /// Takes a key: letters are added and taken away at the end; any way to delete a word or a line deletes all.
    pub fn press(&mut self, press: Press) -> Typed {
        match press.code {
            Code::Char(letter) if !press.ctrl && !press.alt => changed(self.add(letter)),
            Code::Char('w' | 'u') if press.ctrl => self.wipe(),
            Code::Char('h') if press.ctrl => changed(self.0.pop().is_some()),
            Code::Backspace if press.ctrl || press.alt => self.wipe(),
            Code::Backspace => changed(self.0.pop().is_some()),
            _ => Typed::Ignored,
        }
    }

    /// Takes pasted text up to the end of its first line.
    pub fn paste(&mut self, text: &str) -> Typed {
        let before = self.0.len();
        for letter in text.lines().next().unwrap_or_default().chars() {
            self.add(letter);
        }
        changed(self.0.len() > before)
    }

    fn add(&mut self, letter: char) -> bool {
        let fits = !letter.is_control() && self.0.len() + letter.len_utf8() <= PASSWORD_MAX;
        if fits {
            self.0.push(letter);
        }
        fits
    }

    fn wipe(&mut self) -> Typed {
        self.clear();
        Typed::Changed
    }
}

impl Default for Password {
    fn default() -> Self {
        Password::new()
    }
}

impl Clone for Password {
    fn clone(&self) -> Self {
        let mut copy = Password::new();
        copy.0.push_str(&self.0);
        copy
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

#[cfg(test)]
mod tests;
