//! Lines of a detail, broken at the width of its pane, and the links in them.

use crate::app::desk::Target;
use crate::domain::FileId;
use crate::domain::text::width;
use unicode_segmentation::UnicodeSegmentation;

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// The name of what is shown.
    Title,
    /// A heading.
    Heading,
    /// What matters less.
    Faint,
    /// A sign of ours, which a plain terminal shows as another.
    Sign,
}

/// A run of text on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// The link it belongs to.
    pub link: Option<usize>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its runs, from the left.
    pub spans: Vec<Span>,
    /// Cells in use.
    pub cells: usize,
}

/// Something that can be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// Its words.
    pub name: String,
    /// The line it begins on.
    pub line: usize,
}

/// The room left of the first lines where a picture goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The picture's file.
    pub file: FileId,
    /// Its columns.
    pub cols: u16,
    /// Its rows.
    pub rows: u16,
}

/// A detail as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The lines.
    pub lines: Vec<Line>,
    /// The links in the order of the lines.
    pub links: Vec<Link>,
    /// Where a picture goes.
    pub slot: Option<Slot>,
}

/// Words that may lead somewhere.
#[derive(Clone, Debug)]
pub struct Piece {
    text: String,
    tone: Tone,
    target: Option<Target>,
}

impl Piece {
    /// Words.
    pub fn plain(text: impl Into<String>) -> Self {
        Piece { text: text.into(), tone: Tone::Plain, target: None }
    }

    /// Words that matter less.
    pub fn faint(text: impl Into<String>) -> Self {
        Piece { text: text.into(), tone: Tone::Faint, target: None }
    }

    /// A sign of ours.
    pub fn sign(text: impl Into<String>) -> Self {
        Piece { text: text.into(), tone: Tone::Sign, target: None }
    }

    /// Words that lead somewhere.
    pub fn link(text: impl Into<String>, target: Target) -> Self {
        Piece { text: text.into(), tone: Tone::Plain, target: Some(target) }
    }
}

/// Writes a sheet line by line.
#[derive(Debug)]
pub struct Writer {
    sheet: Sheet,
    width: usize,
}

impl Writer {
    /// Begins a sheet of so many columns; where there is room, with a slot for a picture.
    #[must_use]
    pub fn new(width: u16, picture: Option<FileId>) -> Self {
        let slot = picture.and_then(|file| slot(width, file));
        Writer { sheet: Sheet { slot, ..Sheet::default() }, width: usize::from(width.max(1)) }
    }

    /// The sheet; its lines reach at least to the end of the picture.
    #[must_use]
    pub fn finish(mut self) -> Sheet {
        self.below_picture();
        self.sheet
    }

    /// Goes on below the picture.
    pub fn below_picture(&mut self) {
        let rows = self.sheet.slot.map_or(0, |slot| usize::from(slot.rows));
        while self.sheet.lines.len() < rows {
            self.blank();
        }
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.sheet.lines.push(Line::default());
    }

    /// A heading after an empty line.
    pub fn heading(&mut self, text: &str) {
        self.below_picture();
        if self.sheet.lines.last().is_some_and(|line| line.cells > 0) {
            self.blank();
        }
        self.words(text, Tone::Heading);
    }

    /// A paragraph; line breaks in it stay.
    pub fn words(&mut self, text: &str, tone: Tone) {
        for paragraph in text.lines() {
            self.flow(vec![Piece { text: paragraph.to_owned(), tone, target: None }], "");
        }
    }

    /// Pieces on one line, or more, with something between them.
    pub fn flow(&mut self, pieces: Vec<Piece>, between: &str) {
        self.blank();
        let last = pieces.len().saturating_sub(1);
        for (at, piece) in pieces.into_iter().enumerate() {
            let link = piece.target.map(|target| {
                let line = self.sheet.lines.len() - 1;
                self.sheet.links.push(Link { target, name: piece.text.clone(), line });
                self.sheet.links.len() - 1
            });
            let began = self.put_words(&piece.text, piece.tone, link);
            if let (Some(link), Some(line)) = (link, began) {
                self.sheet.links[link].line = line;
            }
            if at < last {
                self.put(between, Tone::Sign, None);
            }
        }
    }

    /// One line of pieces that fit as they are.
    pub fn columns(&mut self, pieces: Vec<Piece>) {
        self.blank();
        for piece in pieces {
            self.put(&piece.text, piece.tone, None);
        }
    }

    /// Two columns and a sign after them: who, as whom.
    pub fn pair(&mut self, left: Vec<Piece>, between: &str, right: Piece, sign: &str) {
        let column = self.room() / 2;
        self.flow(left, between);
        let line = self.sheet.lines.last().map_or(0, |line| line.cells);
        let sign_cells = width(sign) + usize::from(!sign.is_empty());
        if line < column {
            self.put(&" ".repeat(column - line), Tone::Plain, None);
        } else {
            self.put("  ", Tone::Faint, None);
        }
        let fits = self.cells() + width(&right.text) + sign_cells <= self.room();
        if !fits {
            self.blank();
            self.put("  ", Tone::Faint, None);
        }
        let link = right.target.map(|target| {
            self.sheet.links.push(Link { target, name: right.text.clone(), line: self.sheet.lines.len() - 1 });
            self.sheet.links.len() - 1
        });
        self.put_words(&right.text, right.tone, link);
        if !sign.is_empty() {
            self.put(" ", Tone::Plain, None);
            self.put_words(sign, Tone::Sign, None);
        }
    }

    /// Puts words, breaking lines between them; the line on which the first one came to stand.
    fn put_words(&mut self, text: &str, tone: Tone, link: Option<usize>) -> Option<usize> {
        let mut began = None;
        for word in text.split_inclusive(' ') {
            let bare = width(word.trim_end());
            if self.cells() > 0 && self.cells() + bare > self.room() {
                self.blank();
            }
            let mut rest = word;
            while self.cells() + width(rest.trim_end()) > self.room() {
                let (head, tail) = split_at_cells(rest, self.room() - self.cells());
                self.put(head, tone, link);
                began.get_or_insert(self.sheet.lines.len() - 1);
                self.blank();
                rest = tail;
            }
            self.put(rest, tone, link);
            began.get_or_insert(self.sheet.lines.len() - 1);
        }
        began
    }

    fn put(&mut self, text: &str, tone: Tone, link: Option<usize>) {
        let room = self.room();
        let Some(line) = self.sheet.lines.last_mut() else { return };
        let text = if line.cells + width(text) > room { text.trim_end() } else { text };
        if text.is_empty() {
            return;
        }
        line.cells += width(text);
        match line.spans.last_mut() {
            Some(span) if span.tone == tone && span.link == link => span.text.push_str(text),
            _ => line.spans.push(Span { text: text.to_owned(), tone, link }),
        }
    }

    fn cells(&self) -> usize {
        self.sheet.lines.last().map_or(0, |line| line.cells)
    }

    /// Cells of the line in hand: beside the picture there are fewer.
    fn room(&self) -> usize {
        let line = self.sheet.lines.len().saturating_sub(1);
        match self.sheet.slot {
            Some(slot) if line < usize::from(slot.rows) => self.width - usize::from(slot.cols) - 1,
            _ => self.width,
        }
    }
}

/// The head of a word that fits so many cells, at least one letter, and what is left of it.
fn split_at_cells(word: &str, cells: usize) -> (&str, &str) {
    let mut end = 0;
    let mut used = 0;
    for (at, letter) in word.grapheme_indices(true) {
        used += width(letter);
        if used > cells && at > 0 {
            break;
        }
        end = at + letter.len();
    }
    word.split_at(end)
}

/// A poster is two wide and three high, and a cell is twice as high as wide.
#[must_use]
pub fn slot(width: u16, file: FileId) -> Option<Slot> {
    let cols = match width {
        0..32 => return None,
        32..48 => 12,
        48..80 => 18,
        _ => 24,
    };
    Some(Slot { file, cols, rows: cols * 3 / 4 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Key, MovieId};

    fn text(sheet: &Sheet) -> Vec<String> {
        sheet.lines.iter().map(|line| line.spans.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    #[test]
    fn words_break_between_words_and_long_ones_inside() {
        let mut writer = Writer::new(10, None);
        writer.words("a quick brown foxglovesandmore", Tone::Plain);
        assert_eq!(text(&writer.finish()), ["a quick ", "brown ", "foxglovesa", "ndmore"]);
    }

    #[test]
    fn links_know_their_lines() {
        let mut writer = Writer::new(12, None);
        let to = |n| Target::Key(Key::Movie(MovieId(n)));
        writer.flow(vec![Piece::link("Alpha", to(1)), Piece::link("Beta Gamma", to(2))], ", ");
        let sheet = writer.finish();
        assert_eq!(text(&sheet), ["Alpha, Beta ", "Gamma"]);
        assert_eq!(sheet.links.iter().map(|link| link.line).collect::<Vec<_>>(), [0, 0]);
    }

    #[test]
    fn wide_letters_fill_two_cells() {
        let mut writer = Writer::new(5, None);
        writer.words("千と千尋", Tone::Plain);
        assert_eq!(text(&writer.finish()), ["千と", "千尋"]);
    }
}
