//! What text may be kept, and how wide it is.
//!
//! Whatever is kept can be printed anywhere: it cannot move the cursor, colour the screen or turn the
//! writing direction, and no letter carries an endless tail of marks.

mod cells;

pub use cells::{clip, pad, width};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The most characters a line keeps.
pub const LINE_MAX: usize = 1_000;
/// The most characters prose keeps.
pub const PROSE_MAX: usize = 100_000;
/// The most marks that may hang on one character.
pub const MARKS_MAX: usize = 8;

const JOINER: char = '\u{200D}';

/// The text as one line fit to be kept: NFC, trimmed, each run of blanks one blank.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text, false)
}

/// The text as prose fit to be kept: as [`clean_line`], but line breaks and runs of blanks stay.
#[must_use]
pub fn clean_prose(text: &str) -> String {
    clean(text, true)
}

fn clean(text: &str, prose: bool) -> String {
    let max = if prose { PROSE_MAX } else { LINE_MAX };
    if text.len() <= max && is_settled(text, prose) {
        return text.to_owned();
    }
    settle(text, prose, max)
}

fn settle(text: &str, prose: bool, max: usize) -> String {
    // Marks are counted on decomposed text, so that composing and counting again finds no more of them.
    let mut sieve = Sieve::new(prose, text.len());
    let mut after_return = false;
    let admitted = text.chars().filter_map(|c| {
        let second_of_two = std::mem::replace(&mut after_return, c == '\r') && c == '\n';
        if second_of_two { None } else { admit(c) }
    });
    admitted.nfd().for_each(|c| sieve.take(c));
    let mut kept: String = sieve.text.nfc().collect();
    cut(&mut kept, max);
    kept
}

/// Whether a line is fit to be kept, as far as that is seen at once.
pub(super) fn is_settled_line(text: &str) -> bool {
    text.len() <= LINE_MAX && is_settled(text, false)
}

/// The common case, which needs no work.
fn is_settled(text: &str, prose: bool) -> bool {
    let bytes = text.as_bytes();
    let blank_at_end = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    let blanks = || bytes.windows(2).any(|two| two == b"  ");
    if bytes.is_empty() {
        return true;
    }
    if blank_at_end || !prose && blanks() {
        return false;
    }
    // Without a branch a byte, which lets it look at many at once.
    let plain = bytes.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    plain || text.chars().all(is_plain)
}

/// A character that stays as it is whatever stands beside it: it hangs on nothing, and composes with nothing of its
/// kind.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{C0}'..='\u{24F}' | 'Ѐ'..='џ' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='\u{9FFF}')
}

/// What becomes of a character by itself: every break a line feed, every other blank or control a blank,
/// and nothing of what is invisible and only there to move things.
fn admit(c: char) -> Option<char> {
    match c {
        '\n' | '\r' => Some('\n'),
        ' '..='~' => Some(c),
        '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' => None,
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' => None,
        '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}' => {
            None
        }
        _ if c.is_control() || c.is_whitespace() => Some(' '),
        _ => Some(c),
    }
}

/// Hangs on the character before it instead of standing by itself.
fn hangs(c: char) -> bool {
    match c {
        '\0'..='\u{02FF}' => false,
        '\u{200C}' | JOINER | '\u{1F3FB}'..='\u{1F3FF}' => true,
        // The vowels and final consonants of a Korean syllable.
        '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}' => true,
        _ => is_combining_mark(c),
    }
}

/// Takes decomposed characters, keeps what may stay.
struct Sieve {
    text: String,
    prose: bool,
    /// Blanks not yet known to be inside a line.
    blanks: usize,
    /// Line breaks not yet known to be inside the text.
    breaks: usize,
    /// How many marks the last character may still carry; none where there is no character to carry them.
    marks: usize,
    joined: bool,
}

impl Sieve {
    fn new(prose: bool, size: usize) -> Sieve {
        Sieve { text: String::with_capacity(size), prose, blanks: 0, breaks: 0, marks: 0, joined: false }
    }

    fn take(&mut self, c: char) {
        match c {
            '\n' if self.prose => {
                (self.breaks, self.blanks, self.marks) = (self.breaks + 1, 0, 0);
            }
            ' ' | '\n' => {
                (self.blanks, self.marks) = (self.blanks + 1, 0);
            }
            _ if hangs(c) => {
                if self.marks > 0 {
                    self.marks -= 1;
                    self.joined = c == JOINER;
                    self.text.push(c);
                }
            }
            _ => self.letter(c),
        }
    }

    fn letter(&mut self, c: char) {
        let apart = self.blanks + self.breaks > 0;
        if apart && !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n('\n', self.breaks));
            let blanks = if self.prose { self.blanks } else { 1 };
            self.text.extend(std::iter::repeat_n(' ', blanks));
        }
        // What a joiner glues to the character before is still part of it.
        if apart || !self.joined {
            self.marks = MARKS_MAX;
        }
        (self.blanks, self.breaks, self.joined) = (0, 0, false);
        self.text.push(c);
    }
}

/// Cuts to `max` characters where a grapheme ends.
fn cut(text: &mut String, max: usize) {
    let Some((limit, _)) = text.char_indices().nth(max) else { return };
    let border = text.grapheme_indices(true).map(|(at, _)| at).take_while(|&at| at <= limit).last();
    text.truncate(border.filter(|&at| at > 0).unwrap_or(limit));
    text.truncate(text.trim_end().len());
}

/// A number with a comma at every thousand: `29,332`.
#[must_use]
pub fn grouped(number: u64) -> String {
    group(&number.to_string())
}

/// The digits of a whole number with a comma at every thousand.
pub(super) fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests;
