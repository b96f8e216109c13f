//! Text measured in terminal cells, as ratatui counts them: grapheme by grapheme.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells the text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.graphemes(true).map(cells).sum() }
}

/// The text, or as much of its start as fits `limit` cells with a `…` after it.
#[must_use]
pub fn clip(text: &str, limit: usize) -> Cow<'_, str> {
    if is_plain(text) {
        return match limit {
            _ if text.len() <= limit => Cow::Borrowed(text),
            0 => Cow::Borrowed(""),
            _ => Cow::Owned(format!("{}…", &text[..limit - 1])),
        };
    }
    // `room` is where the text would be cut if it turns out too wide, with a cell left for the `…`.
    let (mut used, mut room) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        used += cells(grapheme);
        if used > limit {
            return if limit == 0 { Cow::Borrowed("") } else { Cow::Owned(format!("{}…", &text[..room])) };
        }
        if used < limit {
            room = at + grapheme.len();
        }
    }
    Cow::Borrowed(text)
}

/// The text clipped to `limit` cells, then filled up with blanks.
#[must_use]
pub fn pad(text: &str, limit: usize) -> String {
    let mut padded = clip(text, limit).into_owned();
    let missing = limit.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A control character is not drawn; a half-width voicing mark takes a cell of its own.
fn cells(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    grapheme.width() + grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}
