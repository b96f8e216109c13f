//! The bytes of an NFO file as text, and the ids of films in text that is no XML.

use crate::domain::{Entity, External, Source};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An XML declaration stands within so many bytes.
const HEAD: usize = 256;

/// Reads bytes by their byte order mark, else as the declaration says, else as UTF-8 if they are that, else as
/// Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| unmarked(bytes)).or_else(|| declared(bytes)).unwrap_or(UTF_8);
    if encoding == UTF_8 && marked.is_none() && std::str::from_utf8(bytes).is_err() {
        return WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    }
    encoding.decode(bytes).0.into_owned()
}

/// UTF-16 without its mark.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head = std::str::from_utf8(&head[..head.iter().position(|&byte| byte == b'>')?]).ok()?;
    let label = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let encoding = Encoding::for_label(label[1..].split(quote).next()?.as_bytes())?;
    // Whoever could read the declaration as it stands did not read UTF-16.
    (encoding != UTF_16LE && encoding != UTF_16BE && encoding != encoding_rs::REPLACEMENT).then_some(encoding)
}

/// The first id of each database among the addresses in a text: `tt0034583`, `themoviedb.org/movie/289-casablanca`.
pub(super) fn ids(text: &str) -> Vec<External> {
    let imdb = text.match_indices("tt").find_map(|(at, _)| {
        let digits = leading_digits(&text[at + 2..]);
        let starts_word = !text[..at].ends_with(|c: char| c.is_alphanumeric());
        (digits.len() >= 7 && starts_word).then(|| External::new(Source::Imdb, Entity::Movie, digits))?
    });
    const TMDB: &str = "themoviedb.org/movie/";
    let tmdb = text
        .match_indices(TMDB)
        .find_map(|(at, _)| External::new(Source::Tmdb, Entity::Movie, leading_digits(&text[at + TMDB.len()..])));
    imdb.into_iter().chain(tmdb).collect()
}

fn leading_digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_read() {
        let latin = b"<?xml version='1.0' encoding = 'ISO-8859-1'?><movie><title>Am\xe9lie</title></movie>";
        assert!(decode(latin).contains("Amélie"));
        assert!(decode(b"<movie><title>Am\xe9lie \x96 x</title></movie>").contains("Amélie – x"));
        assert!(decode("<title>Amélie</title>".as_bytes()).contains("Amélie"));
        assert_eq!(decode(b"\xef\xbb\xbf<movie/>"), "<movie/>");
        let wide = |bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            format!("{mark}<movie>Ω</movie>").encode_utf16().flat_map(bytes).collect()
        };
        for mark in ["\u{feff}", ""] {
            assert_eq!(decode(&wide(u16::to_le_bytes, mark)), "<movie>Ω</movie>");
            assert_eq!(decode(&wide(u16::to_be_bytes, mark)), "<movie>Ω</movie>");
        }
        assert_eq!(decode(b"<?xml encoding='UTF-16'?><a/>"), "<?xml encoding='UTF-16'?><a/>");
        assert_eq!(decode(b"<?xml encoding='utf-8'?>\xe9"), "<?xml encoding='utf-8'?>é");
        assert_eq!(decode(b"<?xml encoding='no such thing'?>\xe9"), "<?xml encoding='no such thing'?>é");
        assert_eq!(decode(b""), "");
    }

    #[test]
    fn ids_are_found_in_addresses() {
        let found = |text| ids(text).into_iter().map(|id| id.id).collect::<Vec<_>>().join(" ");
        for (text, expected) in [
            ("https://www.imdb.com/title/tt0012345/\n", "tt0012345"),
            ("see themoviedb.org/movie/15849-the-mummy", "15849"),
            ("https://www.themoviedb.org/movie/5836\nhttps://www.imdb.com/title/tt41547960", "tt41547960 5836"),
            ("tt0000001 tt0000002", "tt0000001"),
            ("tt12345 watt1234567 http://x/movie/5 themoviedb.org/tv/9", ""),
            ("", ""),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
