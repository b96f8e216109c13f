//! A file being fetched: what is there of it, and what becomes of a reply.

use super::Fall;
use super::line::{Head, Line};
use super::stamp::Stamp;
use crate::domain::clean_line;
use crate::transfer::intake::Watch;
use crate::transfer::report::Phase;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use ureq::http::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderName};

const PART: &str = "part";
const NOTE: &str = "source";
/// What every gzipped file begins with.
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What is there of a file.
pub(super) enum Held {
    Nothing,
    /// So many bytes of this version.
    Some(Stamp, u64),
    /// All of it.
    Whole(Stamp),
}

impl Held {
    /// What to ask for.
    pub fn asks(&self) -> Vec<(&'static str, String)> {
        match self {
            Held::Nothing => Vec::new(),
            Held::Some(stamp, from) => stamp.rest(*from),
            Held::Whole(stamp) => stamp.unless_same().into_iter().collect(),
        }
    }
}

/// A file to be fetched.
pub(super) struct Target<'a> {
    pub url: &'a str,
    pub file: &'a Path,
    part: PathBuf,
    note: PathBuf,
    phase: Phase,
}

impl<'a> Target<'a> {
    /// A file that is to have what is at an address.
    pub fn new(url: &'a str, file: &'a Path, phase: Phase) -> Target<'a> {
        Target { url, file, part: beside(file, PART), note: beside(file, NOTE), phase }
    }

    /// How many bytes of it came so far.
    pub fn so_far(&self) -> u64 {
        size(&self.part).unwrap_or(0)
    }

    /// What is there of it.
    pub fn held(&self) -> Held {
        let Some(stamp) = Stamp::read(&self.note).filter(|stamp| stamp.url == self.url) else { return Held::Nothing };
        match (size(&self.part), size(self.file)) {
            (Some(part), _) if part == stamp.length => Held::Whole(stamp),
            (Some(part), _) if (1..stamp.length).contains(&part) => Held::Some(stamp, part),
            (None, Some(file)) if file == stamp.length => Held::Whole(stamp),
            _ => Held::Nothing,
        }
    }

    /// Takes what a server answers.
    pub fn take(&self, held: Held, line: &Line, head: &Head, watch: &mut Watch) -> Result<(), Fall> {
        match (head.status, held) {
            (304, Held::Whole(_)) => self.finish(),
            (200, _) => self.begin(line, head, watch),
            (206, Held::Some(stamp, from)) => self.go_on(line, head, &stamp, from, watch),
            (416, Held::Some(..)) => Err(self.changed()),
            (404 | 410, _) => {
                let why = "the server has no such file; check the address after --download";
                Err(Fall::Over(format!("{why} ({})", head.status)))
            }
            (408 | 429 | 500.., _) => Err(Fall::Dropped(format!("the server cannot send it now ({})", head.status))),
            _ => Err(Fall::Over(format!("the server does not send the file but answers {}", head.status))),
        }
    }

    /// Takes all of it. What was there before stays until it is known that this is a file.
    fn begin(&self, line: &Line, head: &Head, watch: &mut Watch) -> Result<(), Fall> {
        let length = told(head, CONTENT_LENGTH).and_then(|text| text.parse().ok()).ok_or_else(|| {
            Fall::Over(
                "the server does not say how long the file is, so it cannot be known when it is whole".to_owned(),
            )
        })?;
        let first = line.bytes(watch)?.unwrap_or_default();
        if !first.starts_with(&GZIP) {
            let kind = told(head, CONTENT_TYPE).map(|kind| format!(" but {}", clean_line(kind))).unwrap_or_default();
            let why = format!("what the server sends is no gzipped file{kind}; check the address after --download");
            return Err(Fall::Over(why));
        }
        let part = File::create(&self.part).map_err(|error| stuck(&self.part, &error))?;
        let stamp = Stamp::of(self.url, length, &head.headers);
        stamp.write(&self.note).map_err(|error| stuck(&self.note, &error))?;
        self.fill(part, 0..length, first, line, watch)
    }

    /// Takes the rest, if it is the rest of what is there.
    fn go_on(&self, line: &Line, head: &Head, stamp: &Stamp, from: u64, watch: &mut Watch) -> Result<(), Fall> {
        let sent = told(head, CONTENT_RANGE).and_then(range);
        if !sent.is_some_and(|(at, of)| at == from && stamp.may_be(&Stamp::of(self.url, of, &head.headers))) {
            return Err(self.changed());
        }
        let part = File::options().append(true).open(&self.part).map_err(|error| stuck(&self.part, &error))?;
        self.fill(part, from..stamp.length, Vec::new(), line, watch)
    }

    /// Fills these bytes of a part, and gives it its name when it is whole.
    fn fill(
        &self,
        mut part: File,
        span: std::ops::Range<u64>,
        first: Vec<u8>,
        line: &Line,
        watch: &mut Watch,
    ) -> Result<(), Fall> {
        let (mut at, mut piece) = (span.start, Some(first));
        while let Some(bytes) = piece {
            at += bytes.len() as u64;
            if at > span.end {
                forget(self.file);
                return Err(Fall::Over(format!("the server sends more than the {} bytes it promised", span.end)));
            }
            part.write_all(&bytes).map_err(|error| stuck(&self.part, &error))?;
            watch.tell(self.phase, at, span.end).map_err(|_| Fall::Stopped)?;
            piece = line.bytes(watch)?;
        }
        if at < span.end {
            return Err(Fall::Dropped(format!("the connection ended at {at} of {} bytes", span.end)));
        }
        part.sync_all().map_err(|error| stuck(&self.part, &error))?;
        self.finish()
    }

    fn finish(&self) -> Result<(), Fall> {
        match fs::rename(&self.part, self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(stuck(self.file, &error)),
            _ => Ok(()),
        }
    }

    /// The server has another version than the one that is there in part.
    fn changed(&self) -> Fall {
        forget(self.file);
        Fall::Dropped("the file changes at the server while it is fetched".to_owned())
    }
}

/// Forgets which version a file is of, where that is noted, so that all of it is fetched again. What cannot be
/// forgotten the next try finds out.
pub(in crate::transfer) fn forget(file: &Path) {
    let note = beside(file, NOTE);
    if Stamp::read(&note).is_some() {
        let _ = fs::remove_file(note).and_then(|()| fs::remove_file(beside(file, PART)));
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|meta| meta.len())
}

fn told(head: &Head, name: HeaderName) -> Option<&str> {
    head.headers.get(name)?.to_str().ok()
}

/// Where a part begins, and of how much: `bytes 100-999/1000`.
fn range(text: &str) -> Option<(u64, u64)> {
    let (span, length) = text.strip_prefix("bytes ")?.split_once('/')?;
    Some((span.split_once('-')?.0.parse().ok()?, length.parse().ok()?))
}

/// What cannot be written.
fn stuck(path: &Path, error: &io::Error) -> Fall {
    let advice = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; make room, and the same command goes on from there",
        ErrorKind::PermissionDenied => "; check who owns the folder and its mode",
        _ => "",
    };
    Fall::Over(format!("{} cannot be written: {error}{advice}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_part_says_where_it_begins() {
        assert_eq!(range("bytes 100-999/1000"), Some((100, 1000)));
        for wrong in ["bytes */1000", "bytes 1-2/*", "lines 1-2/3", "bytes 1/3", ""] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }
}
