//! Copying: the terminal is asked to, by OSC 52.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// Terminals take about so much at once.
const LIMIT: usize = 64 * 1024;

/// What puts a text on the clipboard when it is written to the terminal.
#[must_use]
pub fn copying(text: &str) -> Vec<u8> {
    let clean: String = text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect();
    let end = (0..=clean.len().min(LIMIT)).rev().find(|end| clean.is_char_boundary(*end)).unwrap_or(0);
    let mut sequence = String::new();
    // Writing into a string cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(&clean[..end]).write_ansi(&mut sequence);
    sequence.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_packed_so_that_nothing_in_it_is_a_command() {
        assert_eq!(copying("Amélie\x07\x1b\nM"), b"\x1b]52;c;QW3DqWxpZQpN\x1b\\");
        assert!(copying(&"é".repeat(LIMIT)).len() < 2 * LIMIT);
    }
}
