//! What a server said of the version of a file that is being fetched, or was. It is kept in a small file beside it.

use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use ureq::http::header::{ETAG, HeaderName, LAST_MODIFIED};
use ureq::http::{HeaderMap, HeaderValue};

/// No honest one is longer.
const LONGEST: u64 = 16 << 10;

/// A version of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Where it is from.
    pub url: String,
    /// How many bytes it has.
    pub length: u64,
    etag: Option<String>,
    modified: Option<String>,
}

impl Stamp {
    /// The version that a reply is of.
    pub fn of(url: &str, length: u64, headers: &HeaderMap) -> Stamp {
        let told = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::to_owned);
        Stamp { url: url.to_owned(), length, etag: told(ETAG), modified: told(LAST_MODIFIED) }
    }

    /// The version that was noted in a file, where that can be read.
    pub fn read(path: &Path) -> Option<Stamp> {
        let mut bytes = Vec::new();
        fs::File::open(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
        let stamp: Stamp = serde_json::from_slice(&bytes).ok()?;
        let sound = |text: &String| HeaderValue::from_str(text).is_ok();
        stamp.etag.iter().chain(&stamp.modified).all(sound).then_some(stamp)
    }

    /// Notes it in a file.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, serde_json::to_vec_pretty(self)?)
    }

    /// Asks for the file only if it is another version.
    pub fn unless_same(&self) -> Option<(&'static str, String)> {
        let etag = self.etag.clone().map(|etag| ("if-none-match", etag));
        etag.or_else(|| Some(("if-modified-since", self.modified.clone()?)))
    }

    /// Asks for the rest from a byte on, but for all of it if that is another version; for nothing special where that
    /// cannot be told apart. A weak tag does not promise the same bytes.
    pub fn rest(&self, from: u64) -> Vec<(&'static str, String)> {
        let strong = self.etag.as_ref().filter(|etag| !etag.starts_with("W/")).or(self.modified.as_ref());
        let asks = |version: &String| vec![("range", format!("bytes={from}-")), ("if-range", version.clone())];
        strong.map(asks).unwrap_or_default()
    }

    /// Whether this may be the version that another stamp is of, which may say less.
    pub fn may_be(&self, other: &Stamp) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| other.is_none() || one == other;
        self.length == other.length && same(&self.etag, &other.etag) && same(&self.modified, &other.modified)
    }
}
