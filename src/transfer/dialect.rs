//! How a table is written: its encoding, what parts its columns, what quotes mean in it.

use super::error::ImportError;
use super::input::Input;
use csv::ReaderBuilder;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use std::cell::Cell;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

const ROOM: usize = 64 << 10;
/// What may part columns where nothing else is said, likelier first.
const SIGNS: [u8; 4] = *b",\t;|";
const BOM: &[u8] = b"\xef\xbb\xbf";
/// Stands for a separator of several characters.
const UNIT: u8 = 0x1f;

/// How a table is written. What is not said is found out.
#[derive(Clone, Debug, Default)]
pub(super) struct Dialect {
    /// What parts the columns.
    pub delimiter: Option<String>,
    /// What makes the next character of a quoted cell an ordinary one, where doubled quotes do not.
    pub escape: Option<u8>,
    /// Quotes are characters like any other.
    pub unquoted: bool,
    /// The encoding; UTF-8 where neither this nor the file says another.
    pub encoding: Option<&'static Encoding>,
    /// The first row is a row, and columns have numbers for names.
    pub headless: bool,
}

/// A table's text, and how to read it.
pub(super) struct Opened {
    pub reader: Box<dyn Read>,
    pub builder: ReaderBuilder,
    /// How many bytes were taken from the file so far.
    pub taken: Rc<Cell<u64>>,
    /// The text begins as a JSON array does.
    pub is_array: bool,
}

impl Dialect {
    /// Opens a file, plain or gzipped.
    pub(super) fn open(&self, file: &Path) -> Result<Opened, ImportError> {
        let input = Input::open(file)?;
        let taken = input.counter();
        let fault = |error| ImportError::reading(file, error);
        let (start, reader) = peek(Box::new(input)).map_err(fault)?;
        let marked = Encoding::for_bom(&start).map(|(encoding, _)| encoding);
        let encoding = marked.or(self.encoding).unwrap_or(UTF_8);
        let (start, reader) = if encoding == UTF_8 {
            (start, reader)
        } else {
            peek(Box::new(Decoded::new(reader, encoding.new_decoder_with_bom_removal()))).map_err(fault)?
        };
        let is_array = start.strip_prefix(BOM).unwrap_or(&start).trim_ascii_start().starts_with(b"[");
        let mut builder = ReaderBuilder::new();
        builder.quoting(!self.unquoted);
        if let Some(escape) = self.escape {
            builder.escape(Some(escape)).double_quote(false);
        }
        let reader = match self.delimiter.as_deref().map(str::as_bytes) {
            Some([sign]) => {
                builder.delimiter(*sign);
                reader
            }
            Some(sign) => {
                builder.delimiter(UNIT).quoting(false);
                Box::new(Parted { reader, sign: sign.to_vec(), text: Vec::new(), ready: 0, end: false })
            }
            None => {
                builder.delimiter(likely(&start));
                reader
            }
        };
        Ok(Opened { reader, builder, taken, is_array })
    }
}

/// The first bytes, and a reader of all of them.
fn peek(mut reader: Box<dyn Read>) -> io::Result<(Vec<u8>, Box<dyn Read>)> {
    let mut start = Vec::new();
    reader.by_ref().take(ROOM as u64).read_to_end(&mut start)?;
    let whole = io::Cursor::new(start.clone()).chain(reader);
    Ok((start, Box::new(whole)))
}

/// What parts the columns: the sign that the first line has most of, outside quotes.
fn likely(start: &[u8]) -> u8 {
    let mut counts = [0; SIGNS.len()];
    let mut quoted = false;
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            byte => {
                for (count, sign) in counts.iter_mut().zip(SIGNS) {
                    *count += u32::from(*byte == sign);
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|count| *count == most).map_or(SIGNS[0], |place| SIGNS[place])
}

/// Text in another encoding, as UTF-8.
struct Decoded<R> {
    reader: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    next: usize,
    end: bool,
}

impl<R: Read> Decoded<R> {
    fn new(reader: R, decoder: Decoder) -> Decoded<R> {
        Decoded { reader, decoder, raw: vec![0; ROOM], text: Vec::new(), next: 0, end: false }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.next == self.text.len() && !self.end {
            let read = self.reader.read(&mut self.raw)?;
            self.end = read == 0;
            let needed = self.decoder.max_utf8_buffer_length(read).expect("a buffer's length is no overflow");
            self.text.resize(needed, 0);
            let (result, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..read], &mut self.text, self.end);
            debug_assert_eq!(result, CoderResult::InputEmpty);
            self.text.truncate(written);
            self.next = 0;
        }
        let read = (&self.text[self.next..]).read(room)?;
        self.next += read;
        Ok(read)
    }
}

/// Text in which one byte stands for each separator of several.
struct Parted<R> {
    reader: R,
    sign: Vec<u8>,
    /// Those before `ready` have no separator in them any more.
    text: Vec<u8>,
    ready: usize,
    end: bool,
}

impl<R: Read> Parted<R> {
    fn refill(&mut self) -> io::Result<()> {
        let held = self.text.len();
        self.text.resize(held + ROOM, 0);
        let read = self.reader.read(&mut self.text[held..])?;
        self.text.truncate(held + read);
        self.end = read == 0;
        let raw = std::mem::take(&mut self.text);
        let mut at = 0;
        while at < raw.len() {
            if raw[at..].starts_with(&self.sign) {
                self.text.push(UNIT);
                at += self.sign.len();
            } else if !self.end && raw.len() - at < self.sign.len() {
                break; // the start of a separator, perhaps
            } else {
                self.text.push(raw[at]);
                at += 1;
            }
        }
        self.ready = self.text.len();
        self.text.extend_from_slice(&raw[at..]);
        Ok(())
    }
}

impl<R: Read> Read for Parted<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.ready == 0 && !self.end {
            self.refill()?;
        }
        let read = (&self.text[..self.ready]).read(room)?;
        self.text.drain(..read);
        self.ready -= read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16LE, WINDOWS_1252};

    /// Gives out a few bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let few = self.1.min(room.len());
            self.0.read(&mut room[..few])
        }
    }

    fn all(mut reader: impl Read) -> String {
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn text_is_decoded_however_it_comes() {
        let utf16: Vec<u8> = "\u{feff}Amélie;寅\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for few in [1, 2, 3, 100] {
            let decoder = || UTF_16LE.new_decoder_with_bom_removal();
            assert_eq!(all(Decoded::new(Slow(&utf16, few), decoder())), "Amélie;寅\n");
            let decoder = WINDOWS_1252.new_decoder_with_bom_removal();
            assert_eq!(all(Decoded::new(Slow(b"Caf\xe9 \x80", few), decoder)), "Café €");
        }
    }

    #[test]
    fn long_separators_become_short() {
        for few in [1, 2, 5, 100] {
            let reader = Slow(b"a +++ b + c +++ ++ +++\n +++", few);
            let parted = Parted { reader, sign: b" +++ ".to_vec(), text: Vec::new(), ready: 0, end: false };
            assert_eq!(all(parted), "a\u{1f}b + c\u{1f}++ +++\n +++", "{few}");
        }
    }

    #[test]
    fn the_first_line_tells_the_separator() {
        for (line, sign) in [
            ("a,b,c\n1;2;3;4;5\n", b','),
            ("a;b,c;d\n", b';'),
            ("a\tb\n", b'\t'),
            ("\"a|b|c\",d\n", b','),
            ("title\n", b','),
            ("", b','),
        ] {
            assert_eq!(likely(line.as_bytes()), sign, "{line}");
        }
    }
}
