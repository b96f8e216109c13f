//! The countries of the world, present and former: their codes and what people call them.

use super::fold::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A country that everyone knows of, whether or not a catalogue has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 alpha-2; for former countries ISO 3166-3, or one of ours (`XWG`, `XKO`).
    pub code: &'static str,
    /// English short name.
    pub name: &'static str,
    /// Other names it goes by.
    pub aliases: Vec<&'static str>,
    /// What its films are called, where that does not begin its name.
    pub adjectives: Vec<&'static str>,
}

static PLACES: LazyLock<Vec<Place>> =
    LazyLock::new(|| include_str!("../../assets/countries.tsv").lines().filter_map(read).collect());

static BY_CODE: LazyLock<HashMap<&str, &Place>> =
    LazyLock::new(|| PLACES.iter().map(|place| (place.code, place)).collect());

static BY_NAME: LazyLock<HashMap<String, &Place>> = LazyLock::new(|| {
    let names = |place: &'static Place| place.aliases.iter().chain([&place.name]).map(move |name| (fold(name), place));
    PLACES.iter().flat_map(names).collect()
});

static BY_ADJECTIVE: LazyLock<HashMap<String, &Place>> = LazyLock::new(|| {
    let words = |place: &'static Place| place.adjectives.iter().map(move |word| (fold(word), place));
    PLACES.iter().flat_map(words).collect()
});

/// Codes that TMDB uses for a country of another code here, and the one that East Germany had while it was.
const TMDB: [(&str, &str); 7] =
    [("SU", "SUHH"), ("XC", "CSHH"), ("XG", "DDDE"), ("DD", "DDDE"), ("YU", "YUCS"), ("ZR", "ZRCD"), ("XI", "GB")];

/// Regions that IMDb uses for a country of another code here.
const IMDB: [(&str, &str); 4] = [("XYU", "YUCS"), ("XKV", "XK"), ("XPI", "PS"), ("XSI", "TH")];

/// A line of the table: code, name, aliases and adjectives.
fn read(line: &'static str) -> Option<Place> {
    let mut cells = line.split('\t');
    let (code, name) = (cells.next()?, cells.next()?);
    let mut words = || cells.next().unwrap_or_default().split('|').filter(|word| !word.is_empty()).collect();
    Some(Place { code, name, aliases: words(), adjectives: words() })
}

/// Every country, the present ones by code, then the former ones.
#[must_use]
pub fn places() -> &'static [Place] {
    &PLACES
}

/// The country of one of our codes.
#[must_use]
pub fn place_by_code(code: &str) -> Option<&'static Place> {
    BY_CODE.get(code.trim().to_ascii_uppercase().as_str()).copied()
}

/// The country of a name or alias, whatever its case and accents.
#[must_use]
pub fn place_by_name(name: &str) -> Option<&'static Place> {
    BY_NAME.get(&fold(name)).copied()
}

/// The country whose films are called so: French, Danish.
#[must_use]
pub fn place_by_adjective(word: &str) -> Option<&'static Place> {
    BY_ADJECTIVE.get(&fold(word)).copied()
}

/// The countries of which a name or an adjective begins so.
pub fn places_beginning(name: &str) -> impl Iterator<Item = &'static Place> {
    let head = fold(name);
    PLACES.iter().filter(move |place| {
        let mut names = place.aliases.iter().chain(&place.adjectives).chain([&place.name]);
        names.any(|name| fold(name).starts_with(&head))
    })
}

/// The country of a code as TMDB writes it.
#[must_use]
pub fn place_from_tmdb(code: &str) -> Option<&'static Place> {
    place_by_code(translate(code, &TMDB))
}

/// The country of a region as IMDb writes it; some of its regions, such as `XWW`, are none.
#[must_use]
pub fn place_from_imdb(region: &str) -> Option<&'static Place> {
    place_by_code(translate(region, &IMDB))
}

fn translate<'a>(code: &'a str, table: &[(&str, &'a str)]) -> &'a str {
    let found = table.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(code.trim()));
    found.map_or(code, |(_, ours)| ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(places().iter().filter(|place| place.code.len() == 2).count(), 250); // ISO's 249 and Kosovo
        let names: Vec<String> = places()
            .iter()
            .flat_map(|place| place.aliases.iter().chain([&place.name]))
            .map(|name| fold(name))
            .collect();
        let codes: HashSet<_> = places().iter().map(|place| place.code).collect();
        assert_eq!(codes.len(), places().len());
        for place in places() {
            assert!((2..=4).contains(&place.code.len()) && place.code.bytes().all(|byte| byte.is_ascii_uppercase()));
            assert_eq!(place_by_code(place.code), Some(place));
            assert_eq!(place_by_name(place.name), Some(place));
            assert!(place.aliases.iter().all(|alias| place_by_name(alias) == Some(place)), "{}", place.name);
        }
        assert!(names.iter().all(|name| !name.is_empty()));
    }

    #[test]
    fn finds_by_name_and_code() {
        let code = |place: Option<&Place>| place.map(|place| place.code);
        for (name, expected) in [
            ("usa", "US"),
            ("U.S.A.", "US"),
            ("England", "GB"),
            ("cote d’ivoire", "CI"),
            ("TURKIYE", "TR"),
            ("Czech Republic", "CZ"),
            ("USSR", "SUHH"),
            ("Federal Republic of Germany", "XWG"),
            ("Korea", "XKO"),
            ("Burma", "BUMM"),
            ("Siam", "TH"),
        ] {
            assert_eq!(code(place_by_name(name)), Some(expected), "{name}");
        }
        assert_eq!(code(place_by_name("Atlantis")), None);
        assert_eq!(code(place_by_adjective("south korean")), Some("KR"));
        assert_eq!(code(place_by_adjective("Korea")), None);
        assert_eq!(code(place_by_code("us")), Some("US"));
        assert_eq!(code(place_by_code("SU")), None);
        for (theirs, ours) in [("SU", "SUHH"), ("XC", "CSHH"), ("DD", "DDDE"), ("XI", "GB"), ("fr", "FR"), ("XK", "XK")]
        {
            assert_eq!(code(place_from_tmdb(theirs)), Some(ours));
        }
        for (theirs, ours) in [("XYU", "YUCS"), ("XWG", "XWG"), ("XSI", "TH"), ("XKO", "XKO"), ("SUHH", "SUHH")] {
            assert_eq!(code(place_from_imdb(theirs)), Some(ours));
        }
        assert_eq!(code(place_from_imdb("XWW")), None);
        assert_eq!(code(place_from_imdb("\\N")), None);
    }
}
