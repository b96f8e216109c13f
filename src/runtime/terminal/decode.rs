//! Turns the bytes a terminal sends into messages. Pure, so that a later SSH session reads its channel with it too.
//!
//! crossterm cannot do this here: its reader spins once the terminal is gone, takes a lone `ESC` at the end of a packet
//! for the Escape key even where the rest of an arrow follows, and keeps a paste of any size.

use crate::app::{Code, Msg, Press};

/// Of a paste so many bytes are kept; the rest is dropped.
pub const PASTE_LIMIT: usize = 64 * 1024;

const PASTE_END: &[u8] = b"\x1b[201~";
const SEQUENCE_LIMIT: usize = 32;

/// Reads bytes as they come, split anywhere.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    /// Bytes of the unfinished sequence, without its introducer.
    held: Vec<u8>,
    /// The character to come was preceded by `ESC`.
    alt: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    Escape,
    /// After `ESC [`.
    Csi,
    /// After `ESC O`.
    Ss3,
    /// In a reply nobody asked for; ends with `BEL` or `ESC \`.
    Reply,
    ReplyEscape,
    /// In a character of this many bytes.
    Char(usize),
    /// In an old mouse report, this many bytes before its end.
    Skip(u8),
    /// In a paste, so many bytes into its end mark.
    Paste(usize),
}

impl Decoder {
    /// Reads on; what became complete is added to `out`.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Msg>) {
        for &byte in bytes {
            self.step(byte, out);
        }
    }

    /// Whether a sequence has begun that may stay unfinished: after a moment without bytes, call [`Decoder::settle`].
    #[must_use]
    pub fn pending(&self) -> bool {
        !matches!(self.state, State::Ground | State::Paste(_))
    }

    /// Nothing more came: what looked like the start of a sequence was a key of its own.
    pub fn settle(&mut self, out: &mut Vec<Msg>) {
        let key = match self.state {
            State::Escape => Some(Press::plain(Code::Esc)),
            State::Csi if self.held.is_empty() => Some(alt('[')),
            State::Ss3 => Some(alt('O')),
            State::Reply if self.held.len() == 1 => Some(alt(char::from(self.held[0]))),
            State::Paste(_) => return,
            _ => None,
        };
        out.extend(key.map(Msg::Press));
        self.ground();
    }

    fn ground(&mut self) {
        self.state = State::Ground;
        self.held.clear();
        self.alt = false;
    }

    fn step(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match self.state {
            State::Ground => self.plain(byte, out),
            State::Escape => self.escape(byte, out),
            State::Csi => self.csi(byte, out),
            State::Ss3 => self.finish(ss3(byte), out),
            State::Reply => self.reply(byte),
            State::ReplyEscape if byte == b'\\' => self.ground(),
            State::ReplyEscape => {
                self.ground();
                self.escape(byte, out);
            }
            State::Char(length) => self.char(byte, length, out),
            State::Skip(0..=1) => self.ground(),
            State::Skip(left) => self.state = State::Skip(left - 1),
            State::Paste(matched) => self.paste(byte, matched, out),
        }
    }

    fn finish(&mut self, key: Option<Press>, out: &mut Vec<Msg>) {
        let alt = self.alt;
        out.extend(key.map(|press| Msg::Press(Press { alt: press.alt || alt, ..press })));
        self.ground();
    }

    fn plain(&mut self, byte: u8, out: &mut Vec<Msg>) {
        let key = match byte {
            0x1b => {
                self.state = State::Escape;
                return;
            }
            0xc2..=0xf4 => {
                self.held.push(byte);
                self.state = State::Char(1 + usize::from(byte >= 0xe0) + usize::from(byte >= 0xf0) + 1);
                return;
            }
            _ => ascii(byte),
        };
        self.finish(key, out);
    }

    fn escape(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match byte {
            b'[' => self.state = State::Csi,
            b'O' => self.state = State::Ss3,
            b']' | b'P' | b'_' | b'^' | b'X' => {
                self.held.push(byte);
                self.state = State::Reply;
            }
            0x1b => {
                out.push(Msg::Press(Press::plain(Code::Esc)));
                self.state = State::Escape;
            }
            _ => {
                self.alt = true;
                self.plain(byte, out);
            }
        }
    }

    fn csi(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match byte {
            0x1b => {
                self.ground();
                self.state = State::Escape;
            }
            b'[' if self.held.is_empty() => self.held.push(byte),
            b'M' if self.held.is_empty() => self.state = State::Skip(3),
            0x20..=0x3f if self.held.len() < SEQUENCE_LIMIT => self.held.push(byte),
            0x20..=0x3f => {}
            b'~' if self.held == b"200" => {
                self.ground();
                self.state = State::Paste(0);
            }
            0x40..=0x7e => {
                let key = csi(&self.held, byte);
                self.finish(key, out);
            }
            _ => self.ground(),
        }
    }

    fn reply(&mut self, byte: u8) {
        match byte {
            0x07 => self.ground(),
            0x1b => self.state = State::ReplyEscape,
            _ if self.held.len() < 2 => self.held.push(byte),
            _ => {}
        }
    }

    fn char(&mut self, byte: u8, length: usize, out: &mut Vec<Msg>) {
        if byte & 0xc0 != 0x80 {
            self.ground();
            return self.step(byte, out);
        }
        self.held.push(byte);
        if self.held.len() == length {
            let letter = std::str::from_utf8(&self.held).ok().and_then(|text| text.chars().next());
            let letter = letter.filter(|letter| !letter.is_control());
            self.finish(letter.map(|letter| Press::plain(Code::Char(letter))), out);
        }
    }

    fn paste(&mut self, byte: u8, matched: usize, out: &mut Vec<Msg>) {
        if byte == PASTE_END[matched] {
            self.state = State::Paste(matched + 1);
            if matched + 1 == PASTE_END.len() {
                out.push(Msg::Paste(String::from_utf8_lossy(&self.held).into_owned()));
                self.ground();
            }
            return;
        }
        self.keep(&PASTE_END[..matched]);
        // `ESC` stands only at the head of the mark, so a mark begun in vain can begin again only here.
        let again = usize::from(byte == PASTE_END[0]);
        self.state = State::Paste(again);
        if again == 0 {
            self.keep(&[byte]);
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = PASTE_LIMIT.saturating_sub(self.held.len()).min(bytes.len());
        self.held.extend_from_slice(&bytes[..room]);
    }
}

const fn alt(letter: char) -> Press {
    Press { code: Code::Char(letter), ctrl: false, alt: true }
}

fn ascii(byte: u8) -> Option<Press> {
    Some(match byte {
        0x00 => Press::ctrl(' '),
        // Some terminals send ctrl-h for Backspace, and ctrl-j for Enter, as the shell takes them too.
        0x08 | 0x7f => Press::plain(Code::Backspace),
        b'\t' => Press::plain(Code::Tab),
        b'\r' | b'\n' => Press::plain(Code::Enter),
        0x01..=0x1a => Press::ctrl(char::from(byte + 0x60)),
        0x1c..=0x1f => Press::ctrl(char::from(byte + 0x40)),
        0x20..=0x7e => Press::plain(Code::Char(char::from(byte))),
        _ => return None,
    })
}

fn ss3(last: u8) -> Option<Press> {
    let code = if last == b'M' { Some(Code::Enter) } else { letter(last) };
    code.map(Press::plain)
}

/// A key by the last letter of its sequence.
fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

/// A key by the number before `~`.
fn number(n: u32) -> Option<Code> {
    Some(match n {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(function(n - 10)),
        17..=21 => Code::F(function(n - 11)),
        23 | 24 => Code::F(function(n - 12)),
        _ => return None,
    })
}

fn function(n: u32) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

fn csi(held: &[u8], last: u8) -> Option<Press> {
    if held == b"[" {
        // The Linux console's function keys.
        return (b'A'..=b'E').contains(&last).then(|| Press::plain(Code::F(last - b'A' + 1)));
    }
    let text = std::str::from_utf8(held).ok()?;
    let mut numbers = text.split(';').map(|part| part.split(':').next().unwrap_or("").parse::<u32>().ok());
    let first = numbers.next().flatten();
    let second = numbers.next().flatten();
    let third = numbers.next().flatten();
    if text.starts_with(['<', '=', '>', '?']) {
        return None;
    }
    let code = match last {
        b'Z' => Some(Code::BackTab),
        b'~' if first == Some(27) => return spelled(third?, second),
        b'u' => return spelled(first?, second),
        b'~' => first.and_then(number),
        _ if first.is_none_or(|n| n == 1) => letter(last),
        _ => None,
    };
    code.map(|code| modified(code, second))
}

/// A key whose character is spelled out as a number, as newer keyboard protocols do.
fn spelled(point: u32, modifiers: Option<u32>) -> Option<Press> {
    let shift = modifiers.is_some_and(|m| m.saturating_sub(1) & 1 != 0);
    let code = match point {
        9 if shift => Code::BackTab,
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        127 => Code::Backspace,
        _ => {
            let letter = char::from_u32(point).filter(|letter| !letter.is_control())?;
            Code::Char(if shift { letter.to_ascii_uppercase() } else { letter })
        }
    };
    Some(modified(code, modifiers))
}

/// xterm counts 1 for no modifier, and adds 1 for shift, 2 for alt, 4 for ctrl, 8 for meta.
fn modified(code: Code, modifiers: Option<u32>) -> Press {
    let bits = modifiers.unwrap_or(1).saturating_sub(1);
    Press { code, alt: bits & 0b1010 != 0, ctrl: bits & 0b100 != 0 }
}

#[cfg(test)]
mod tests;
