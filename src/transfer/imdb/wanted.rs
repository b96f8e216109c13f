//! Which titles are wanted.

use super::dumps;
use crate::catalog::task::{Setting, Settings};
use crate::domain::MovieKind;
use crate::transfer::error::ImportError;
use std::path::PathBuf;

/// What can be said to an import of datasets.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "types",
        value: "TYPE,…",
        help: "Kinds of titles: movie (which it takes if not told), short, tvMovie, tvShort, tvSpecial, video, \
               tvSeries, tvMiniSeries",
    },
    Setting { name: "min-votes", value: "N", help: "Only titles with at least so many votes" },
    Setting { name: "years", value: "A..B", help: "Only titles of these years: 1942, 1940..1949, 1990.. or ..1930" },
    Setting { name: "akas", value: "", help: "Take the titles they go by in other countries too" },
    Setting {
        name: "download",
        value: "[URL]",
        help: "Fetch the files into the folder first, from this address or, if not told or `yes`, from \
               https://datasets.imdbws.com; goes on where it was cut off",
    },
];

/// Kinds of titles as the datasets call them; episodes and games are no films.
const KINDS: [(&str, MovieKind); 8] = [
    ("movie", MovieKind::Movie),
    ("short", MovieKind::Short),
    ("tvMovie", MovieKind::TvMovie),
    ("tvShort", MovieKind::TvShort),
    ("tvSpecial", MovieKind::TvSpecial),
    ("video", MovieKind::Video),
    ("tvSeries", MovieKind::Series),
    ("tvMiniSeries", MovieKind::MiniSeries),
];

/// Which titles are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of these kinds.
    pub kinds: Vec<MovieKind>,
    /// Released in these years, both ends included.
    pub years: Option<(u16, u16)>,
    /// With at least so many votes.
    pub min_votes: u32,
    /// With all the titles they go by elsewhere.
    pub akas: bool,
    /// Fetched from this address first.
    pub download: Option<String>,
}

impl Default for Wanted {
    fn default() -> Self {
        Wanted { kinds: vec![MovieKind::Movie], years: None, min_votes: 0, akas: false, download: None }
    }
}

impl Wanted {
    /// What the settings ask for.
    ///
    /// # Errors
    /// Where one of them cannot be understood.
    pub fn read(settings: &Settings) -> Result<Wanted, ImportError> {
        let refused = |name: &str, value: &str, why: &str| {
            ImportError::Refused(PathBuf::from(format!("--{name} {value}")), why.to_owned())
        };
        let mut wanted = Wanted { akas: settings.get("akas").is_some(), ..Wanted::default() };
        if let Some(value) = settings.get("types") {
            let kinds: Option<Vec<MovieKind>> = value.split(',').map(|name| kind(name.trim().as_bytes())).collect();
            let known: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
            let why = || format!("choose among {}", known.join(", "));
            wanted.kinds = kinds.ok_or_else(|| refused("types", value, &why()))?;
        }
        if let Some(value) = settings.get("years") {
            let why = "years are written 1942, 1940..1949, 1990.. or ..1930";
            wanted.years = Some(years(value).ok_or_else(|| refused("years", value, why))?);
        }
        if let Some(value) = settings.get("min-votes") {
            let votes = value.trim().parse().ok();
            wanted.min_votes = votes.ok_or_else(|| refused("min-votes", value, "give a number"))?;
        }
        wanted.download = settings.get("download").map(dumps::address).transpose()?;
        Ok(wanted)
    }
}

/// The kind of a title.
pub(super) fn kind(name: &[u8]) -> Option<MovieKind> {
    KINDS.iter().find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
}

fn years(span: &str) -> Option<(u16, u16)> {
    let (first, last) = span.split_once("..").unwrap_or((span, span));
    let year = |text: &str, open: u16| if text.trim().is_empty() { Some(open) } else { text.trim().parse().ok() };
    let (first, last) = (year(first, 1)?, year(last, 9999)?);
    (first <= last && !span.trim().is_empty()).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &'static str, value: &str) -> Result<Wanted, String> {
        Wanted::read(&Settings(vec![(name, value.to_owned())])).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_say_what_is_wanted() {
        use MovieKind::{Movie, Short, TvMovie};
        assert_eq!(Wanted::read(&Settings::default()).unwrap().kinds, [Movie]);
        assert_eq!(read("types", "movie, tvmovie,short").unwrap().kinds, [Movie, TvMovie, Short]);
        assert_eq!(read("min-votes", "50").unwrap().min_votes, 50);
        assert!(read("akas", "").unwrap().akas);
        const HOME: &str = "https://datasets.imdbws.com";
        for (value, address) in [("", HOME), ("yes", HOME), (" http://[::1]:80/imdb/ ", "http://[::1]:80/imdb")] {
            assert_eq!(read("download", value).unwrap().download.as_deref(), Some(address));
        }
        for (value, years) in
            [("1942", (1942, 1942)), ("1940..1949", (1940, 1949)), ("1990..", (1990, 9999)), ("..1930", (1, 1930))]
        {
            assert_eq!(read("years", value).unwrap().years, Some(years));
        }
        for (name, value, why) in [
            ("types", "movie,tvEpisode", "choose among movie, short"),
            ("years", "1950..1940", "years are written"),
            ("years", "", "years are written"),
            ("min-votes", "-1", "give a number"),
            ("download", "ftp://example.org", "begin with https:// or http://"),
            ("download", "example.org/imdb", "is no address; give one such as https://"),
            ("download", "http://", "is no address"),
            ("download", "http://ann:secret@example.org", "without a name and password"),
            ("download", "http://example.org/?of=imdb", "the address of a folder"),
        ] {
            let error = read(name, value).unwrap_err();
            assert!(error.contains(&format!("--{name} {value}")) && error.contains(why), "{error}");
        }
    }
}
