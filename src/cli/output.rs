//! What commands print. Data goes to standard output, talk to standard error; nothing that is printed can move the
//! cursor, colour the screen or turn the writing direction, wherever it came from.

use crate::domain::text::width;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Stdout, Write};

/// Standard output: one line at a time, made harmless.
pub struct Output<W: Write = Stdout> {
    to: BufWriter<W>,
}

impl Output {
    /// Writes to standard output.
    #[must_use]
    pub fn stdout() -> Output {
        Output { to: BufWriter::new(io::stdout()) }
    }
}

impl<W: Write> Output<W> {
    /// Writes elsewhere.
    pub fn to(to: W) -> Output<W> {
        Output { to: BufWriter::new(to) }
    }

    /// Prints one line.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.to, "{}", harmless(text))
    }

    /// Prints text of several lines, each behind the indent.
    pub fn prose(&mut self, indent: &str, text: &str) -> io::Result<()> {
        text.lines().try_for_each(|line| self.line(format!("{indent}{line}").trim_end()))
    }

    /// Prints one object on a line of its own.
    pub fn json(&mut self, value: &Value) -> io::Result<()> {
        writeln!(self.to, "{}", escaped(&value.to_string()))
    }

    /// Where bytes go that are harmless already.
    pub fn writer(&mut self) -> &mut impl Write {
        &mut self.to
    }

    /// Prints bytes that are made here: completions, manual pages.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// Sends on what is still held back.
    pub fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Talks on standard error. That nobody listens is no failure.
pub fn say(text: &str) {
    let lines = text.lines().map(|line| format!("{}\n", harmless(line)));
    let _ = io::stderr().write_all(lines.collect::<String>().as_bytes());
}

/// The text with whatever a terminal would act on replaced.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let replaced = |c: char| match c {
        '\t' | '\n' | '\r' => ' ',
        c if acts(c) => '\u{FFFD}',
        c => c,
    };
    Cow::Owned(text.chars().map(replaced).collect())
}

/// JSON with the same characters escaped. They can only stand inside its strings.
fn escaped(json: &str) -> Cow<'_, str> {
    if !json.contains(acts) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if acts(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Controls, and what turns the writing direction or breaks a line.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// At the right, as numbers do.
    Right,
}

/// A table for people: aligned by display width. The columns are as wide as the first page needs, within reason;
/// a longer text later on is printed whole and moves the rest of its line.
pub struct Table {
    columns: Vec<(&'static str, Align)>,
    widths: Option<Vec<usize>>,
}

/// A column is not made wider than this for the sake of one long text.
const WIDEST: usize = 60;

impl Table {
    /// A table of these columns.
    #[must_use]
    pub fn new(columns: &[(&'static str, Align)]) -> Table {
        Table { columns: columns.to_vec(), widths: None }
    }

    /// Prints a page of rows; the first page behind a line of headings.
    pub fn page<W: Write>(&mut self, rows: &[Vec<String>], out: &mut Output<W>) -> io::Result<()> {
        if self.widths.is_none() && !rows.is_empty() {
            self.widths = Some(self.measure(rows));
            let heads: Vec<String> = self.columns.iter().map(|(head, _)| (*head).to_owned()).collect();
            self.row(&heads, out)?;
        }
        rows.iter().try_for_each(|row| self.row(row, out))
    }

    fn measure(&self, rows: &[Vec<String>]) -> Vec<usize> {
        let widest = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
        let heads = self.columns.iter().enumerate();
        heads.map(|(column, (head, _))| widest(column).min(WIDEST).max(head.len())).collect()
    }

    fn row<W: Write>(&self, cells: &[String], out: &mut Output<W>) -> io::Result<()> {
        let mut line = String::new();
        let widths = self.widths.as_deref().unwrap_or_default();
        for ((cell, (_, align)), &wide) in cells.iter().zip(&self.columns).zip(widths) {
            let cell = harmless(cell);
            let gap = " ".repeat(wide.saturating_sub(width(&cell)));
            match align {
                Align::Left => line.extend([cell.as_ref(), &gap]),
                Align::Right => line.extend([gap.as_str(), &cell]),
            }
            line.push_str("  ");
        }
        out.line(line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(print: impl FnOnce(&mut Output<&mut Vec<u8>>) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        let mut out = Output::to(&mut bytes);
        print(&mut out).unwrap();
        out.flush().unwrap();
        drop(out);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn nothing_printed_acts_on_a_terminal() {
        let hostile = "a\u{1b}[2J\u{9b}31m\u{7f}\u{202e}b\tc\r\nd";
        let line = printed(|out| out.line(hostile));
        assert_eq!(line, "a\u{fffd}[2J\u{fffd}31m\u{fffd}\u{fffd}b c  d\n");
        let json = printed(|out| out.json(&serde_json::json!({ "t": hostile, "\u{1b}k": "\u{E0041}" })));
        assert!(!json.trim_end().contains(acts), "{json}");
        let back: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["t"], hostile);
        assert_eq!(back["\u{1b}k"], "\u{E0041}");
    }

    #[test]
    fn columns_stand_by_display_width() {
        let mut table = Table::new(&[("ID", Align::Right), ("TITLE", Align::Left), ("YEAR", Align::Left)]);
        let rows = [["7", "七人の侍", "1954"], ["12", "Amélie", "2001"], ["3", "M", ""]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let text = printed(|out| {
            table.page(&rows[..2], out)?;
            table.page(&rows[2..], out)
        });
        assert_eq!(text, "ID  TITLE     YEAR\n 7  七人の侍  1954\n12  Amélie    2001\n 3  M\n");
    }

    #[test]
    fn prose_keeps_its_lines() {
        assert_eq!(printed(|out| out.prose("  ", "one\n\ntwo\u{1b}")), "  one\n\n  two\u{fffd}\n");
    }
}
