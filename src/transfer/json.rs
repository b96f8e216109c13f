//! The elements of a JSON array, one by one, of whatever length the array is; or of objects one behind the other.

use super::error::ImportError;
use super::input::Input;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::io::Read;
use std::path::{Path, PathBuf};

/// An element takes at most so many bytes.
const ELEMENT_MAX: usize = 8 << 20;
const ROOM: usize = 64 << 10;
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What the bytes read last are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Nothing yet: the array's bracket comes.
    Start,
    /// The bracket: an element or the end comes.
    Open,
    /// A comma: an element comes.
    Comma,
    /// An element.
    Element,
    /// The whole array.
    End,
}

/// What stands around the elements.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// A list.
    List,
    /// A list or nothing: the first byte says which.
    Any,
    /// Nothing: objects stand one behind the other.
    Nothing,
}

/// Reads the elements of the array that a file is.
pub(super) struct Elements {
    file: PathBuf,
    input: Input,
    /// Bytes read; those from `next` to `end` are still to come.
    room: Vec<u8>,
    next: usize,
    end: usize,
    at: At,
    around: Around,
    /// The element in hand.
    element: Vec<u8>,
    depth: u32,
    quoted: bool,
    escaped: bool,
    /// Where the next byte is, and where the element in hand starts.
    place: Place,
    start: Place,
    count: u64,
}

#[derive(Clone, Copy)]
struct Place {
    line: u64,
    column: u64,
}

/// What became of an element.
pub(super) enum Element<T> {
    /// It is what was wanted.
    Value(T),
    /// It is JSON, but not what was wanted: why.
    Other(String),
}

impl Elements {
    pub(super) fn open(file: &Path) -> Result<Elements, ImportError> {
        let place = Place { line: 1, column: 1 };
        Ok(Elements {
            file: file.to_owned(),
            input: Input::open(file)?,
            room: vec![0; ROOM],
            next: 0,
            end: 0,
            at: At::Start,
            around: Around::List,
            element: Vec::new(),
            depth: 0,
            quoted: false,
            escaped: false,
            place,
            start: place,
            count: 0,
        })
    }

    /// Reads objects too that stand one behind the other, on lines of their own or not.
    pub(super) fn open_loose(file: &Path) -> Result<Elements, ImportError> {
        Ok(Elements { around: Around::Any, ..Elements::open(file)? })
    }

    /// How many bytes were taken from the file so far.
    pub(super) fn taken(&self) -> u64 {
        self.input.taken()
    }

    /// The number of the element read last, counted from 1.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The line the element read last starts on.
    pub(super) fn line(&self) -> u64 {
        self.start.line
    }

    /// The next element; none behind the last.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Result<Option<Element<T>>, ImportError> {
        if !self.fetch()? {
            return Ok(None);
        }
        self.count += 1;
        match serde_json::from_slice(&self.element) {
            Ok(value) => Ok(Some(Element::Value(value))),
            Err(error) if error.is_data() => match serde_json::from_slice::<IgnoredAny>(&self.element) {
                Ok(_) => Ok(Some(Element::Other(without_place(&error)))),
                Err(error) => Err(self.broken(&error)),
            },
            Err(error) => Err(self.broken(&error)),
        }
    }

    fn damaged(&self, place: Place, why: &str) -> ImportError {
        let Place { line, column } = place;
        ImportError::Damaged { file: self.file.clone(), line, column, why: why.to_owned() }
    }

    fn broken(&self, error: &serde_json::Error) -> ImportError {
        let (line, column) = (error.line().saturating_sub(1) as u64, error.column() as u64);
        let before = if line == 0 { self.start.column - 1 } else { 0 };
        self.damaged(Place { line: self.start.line + line, column: before + column }, &without_place(error))
    }

    /// Gathers the next element's bytes; false behind the last.
    fn fetch(&mut self) -> Result<bool, ImportError> {
        self.element.clear();
        loop {
            if self.next == self.end && !self.refill()? {
                return match self.at {
                    At::End => Ok(false),
                    At::Element if self.around == Around::Nothing && self.element.is_empty() => Ok(false),
                    _ => Err(self.damaged(self.place, "the file ends inside its list")),
                };
            }
            if self.quoted && !self.escaped {
                self.take_text();
            }
            while self.next < self.end {
                let byte = self.room[self.next];
                self.next += 1;
                if self.take(byte)? {
                    return Ok(true);
                }
                if self.quoted {
                    break;
                }
            }
        }
    }

    fn refill(&mut self) -> Result<bool, ImportError> {
        let read = self.input.read(&mut self.room).map_err(|error| ImportError::reading(&self.file, error))?;
        (self.next, self.end) = (0, read);
        Ok(read > 0)
    }

    /// Takes what of a quoted text is in the room, up to what means something.
    fn take_text(&mut self) {
        let rest = &self.room[self.next..self.end];
        let rest = &rest[..rest.len().min(ELEMENT_MAX.saturating_sub(self.element.len()))];
        let run = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n')).unwrap_or(rest.len());
        self.element.extend_from_slice(&rest[..run]);
        self.place.column += run as u64;
        self.next += run;
    }

    /// Takes a byte; true where it ends an element.
    fn take(&mut self, byte: u8) -> Result<bool, ImportError> {
        let here = self.place;
        if byte == b'\n' {
            self.place = Place { line: here.line + 1, column: 1 };
        } else {
            self.place.column += 1;
        }
        if self.depth > 0 || self.quoted || !self.element.is_empty() {
            return self.within(byte, here);
        }
        match (self.at, byte) {
            (_, b' ' | b'\t' | b'\r' | b'\n') => {}
            (At::Start, b'[') => self.at = At::Open,
            (At::Start, b'{') if self.around == Around::Any => {
                (self.around, self.start) = (Around::Nothing, here);
                return self.within(byte, here);
            }
            (At::Element, b'{') if self.around == Around::Nothing => {
                self.start = here;
                return self.within(byte, here);
            }
            (At::Element, _) if self.around == Around::Nothing => {
                return Err(self.damaged(here, "another object was expected"));
            }
            // A byte order mark.
            (At::Start, _) if MARK.contains(&byte) && here.line == 1 && here.column <= 3 => {}
            (At::Start, _) => return Err(self.damaged(here, "a list of films starts with [")),
            (At::Open | At::Element, b']') => self.at = At::End,
            (At::Element, b',') => self.at = At::Comma,
            (At::Open | At::Comma, b',' | b']' | b'}' | b':') => return Err(self.damaged(here, "a film was expected")),
            (At::Open | At::Comma, _) => {
                self.start = here;
                return self.within(byte, here);
            }
            (At::Element, _) => return Err(self.damaged(here, "a comma or ] was expected")),
            (At::End, _) => return Err(self.damaged(here, "nothing was expected behind the list")),
        }
        Ok(false)
    }

    /// Takes a byte of an element.
    fn within(&mut self, byte: u8, here: Place) -> Result<bool, ImportError> {
        if self.element.len() >= ELEMENT_MAX {
            return Err(self.damaged(self.start, "this film takes more than 8 MiB"));
        }
        if self.depth == 0 && !self.quoted && matches!(byte, b',' | b']') {
            // A number or word has no end of its own.
            self.at = if byte == b',' { At::Comma } else { At::End };
            return Ok(true);
        }
        self.element.push(byte);
        let escaped = std::mem::take(&mut self.escaped);
        match byte {
            _ if escaped => {}
            b'\\' if self.quoted => self.escaped = true,
            b'"' => self.quoted = !self.quoted,
            _ if self.quoted => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.checked_sub(1).ok_or_else(|| self.damaged(here, "a bracket too many"))?;
            }
            _ => {}
        }
        let whole = self.depth == 0 && !self.quoted && matches!(byte, b'}' | b']' | b'"');
        if whole {
            self.at = At::Element;
        }
        Ok(whole)
    }
}

/// What is wrong, without the place that is counted from the element's own start.
fn without_place(error: &serde_json::Error) -> String {
    let says = error.to_string();
    says.rfind(" at line ").map_or(says.clone(), |end| says[..end].to_owned())
}
