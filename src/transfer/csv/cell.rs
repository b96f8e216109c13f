//! What a cell says, as tables of all sorts write it.

use crate::domain::{
    Currency, Gender, Money, MoneyError, MovieKind, PartialDate, clean_line, parse_duration, place_by_code,
    place_by_name, place_from_tmdb,
};

/// Minutes that a film may last; a number beyond is something else.
const MINUTES: std::ops::RangeInclusive<u32> = 1..=1_200;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A cell that says something, but nothing that can be kept in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Odd;

/// What a cell says, if anything.
pub(super) type Said<T> = Result<Option<T>, Odd>;

/// Whether a cell of a number, a date or a choice says that it is not known.
fn is_blank(text: &str) -> bool {
    let words = ["null", "nan", "none", "n/a", "na", "unknown", "?", "-"];
    text.is_empty() || words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn said<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Said<T> {
    if is_blank(text) { Ok(None) } else { read(text).map(Some).ok_or(Odd) }
}

/// The parts of a list: a JSON or Python list, else what a separator parts: the one that is given, or the first of
/// `|`, `;` and, where `commas` may part it, a comma that is there.
pub(super) fn list(text: &str, separator: Option<&str>, commas: Option<&str>) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    if let Some(parts) = bracketed(text) {
        return parts;
    }
    let separator = separator.or_else(|| ["|", ";"].into_iter().find(|sign| text.contains(sign))).or(commas);
    let Some(separator) = separator else { return vec![text.to_owned()] };
    text.split(separator).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The parts of a list in square brackets, as JSON or Python writes it.
fn bracketed(text: &str) -> Option<Vec<String>> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    if let Ok(parts) = serde_json::from_str::<Vec<serde_json::Value>>(text) {
        return Some(parts.iter().map(plain).filter(|part| !part.is_empty()).collect());
    }
    let mut parts = Vec::new();
    let mut rest = inside.trim_start();
    while !rest.is_empty() {
        let (part, after) = python(rest)?;
        parts.extend(Some(part.trim().to_owned()).filter(|part| !part.is_empty() && part != "None"));
        rest = after.trim_start();
        rest = match rest.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(parts)
}

/// A JSON value as a cell has it.
pub(super) fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The first part of a Python list's inside, and what follows it: a text in quotes, a number or `None`.
fn python(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let Some(quote) = quote else {
        let end = text.find(',').unwrap_or(text.len());
        let (bare, after) = (text[..end].trim(), &text[end..]);
        return (bare == "None" || bare.parse::<f64>().is_ok()).then(|| (bare.to_owned(), after));
    };
    let mut part = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => part.push(match chars.next()?.1 {
                'n' | 't' | 'r' => ' ',
                c => c,
            }),
            c if c == quote => return Some((part, &text[at + 1..])),
            c => part.push(c),
        }
    }
    None
}

/// A day, a month or a year.
pub(super) fn date(text: &str) -> Said<PartialDate> {
    said(text, |text| {
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        let exact = |text: &str| text.parse().ok();
        exact(text)
            .or_else(|| exact(&day.replace('/', "-")))
            .or_else(|| numbered(text))
            .or_else(|| worded(text))
            .or_else(|| year(text).ok().flatten())
    })
}

/// A year: `1999`, `1999.0`, `(1999)`, `1999/I`.
pub(super) fn year(text: &str) -> Said<PartialDate> {
    said(text, |text| {
        let bare = text.trim_start_matches('(').trim_end_matches(')');
        let bare = bare.trim_end_matches(['I', 'V', 'X']).trim_end_matches('/'); // `1992/II`: the second of that year
        let whole = bare.split_once('.').map_or(bare, |(whole, rest)| if is_nought(rest) { whole } else { bare });
        whole.parse().ok().filter(|date: &PartialDate| date.month().is_none())
    })
}

fn is_nought(digits: &str) -> bool {
    digits.bytes().all(|byte| byte == b'0')
}

/// `18.12.2009`, and `12/18/2009` where the numbers tell the day from the month.
fn numbered(text: &str) -> Option<PartialDate> {
    let sign = ['.', '/', '-'].into_iter().find(|sign| text.matches(*sign).count() == 2)?;
    let numbers: Vec<u16> = text.split(sign).map(str::parse).collect::<Result<_, _>>().ok()?;
    let [one, other, year] = numbers[..] else { return None };
    let (day, month) = match (one, other) {
        _ if sign == '.' || one > 12 || one == other => (one, other),
        _ if other > 12 => (other, one),
        _ => return None,
    };
    full_year(PartialDate::new(year, u8::try_from(month).ok(), u8::try_from(day).ok()))
}

/// `Dec 18, 2009`, `18 December 2009`, `December 2009`.
fn worded(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split([' ', ',', '-', '/']).filter(|part| !part.is_empty()).collect();
    let month = |word: &str| {
        let head = word.get(..3).filter(|_| word.chars().all(|c| c.is_alphabetic() || c == '.'))?;
        let place = MONTHS.iter().position(|month| head.eq_ignore_ascii_case(month))?;
        u8::try_from(place + 1).ok()
    };
    let day = |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u8>().ok();
    let (named, day, year) = match parts[..] {
        [one, two, year] => match month(one) {
            Some(month) => (month, Some(day(two)?), year),
            None => (month(two)?, Some(day(one)?), year),
        },
        [one, year] => (month(one)?, None, year),
        _ => return None,
    };
    full_year(PartialDate::new(year.parse().ok()?, Some(named), day))
}

/// Not one of which only the last two digits were written.
fn full_year(date: Option<PartialDate>) -> Option<PartialDate> {
    date.filter(|date| date.year() >= 1_000)
}

/// An amount of money; none and less than nothing mean that it is not known.
pub(super) fn money(text: &str, currency: Currency) -> Said<Money> {
    said(text, |text| match Money::parse(text, currency) {
        Ok(money) => Some(Some(money).filter(|money| money.amount > 0)),
        Err(MoneyError::Negative) => Some(None),
        Err(_) => None,
    })
    .map(Option::flatten)
}

/// Seconds of a running time; a bare number is minutes.
pub(super) fn duration(text: &str) -> Said<u32> {
    if is_nought(text.trim_end_matches(".0")) {
        return Ok(None);
    }
    said(text, |text| {
        let seconds = parse_duration(text).ok()?;
        let bare = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        (!bare || MINUTES.contains(&(seconds / 60))).then_some(seconds)
    })
}

/// A rating in hundredths: `8.3`, `8,3`, `8.3/10`, `83%`.
pub(super) fn rating(text: &str) -> Said<u16> {
    said(text, |text| {
        let (number, scale) = match (text.strip_suffix('%'), text.strip_suffix("/10")) {
            (Some(number), _) => (number, 10.0),
            (None, Some(number)) => (number, 100.0),
            (None, None) => (text, 100.0),
        };
        let number: f64 = number.trim().replace(',', ".").parse().ok()?;
        let hundredths = (number * scale).round();
        (0.0..=1_000.0).contains(&hundredths).then_some(hundredths as u16)
    })
}

/// A count: `40418`, `40418.0`, `40,418`.
pub(super) fn count(text: &str) -> Said<u32> {
    said(text, |text| {
        let whole = text.split_once('.').map_or(text, |(whole, rest)| if is_nought(rest) { whole } else { text });
        whole.replace([',', ' ', '\u{a0}'], "").parse().ok()
    })
}

/// What kind of film, in the words of many tables.
pub(super) fn kind(text: &str) -> Said<MovieKind> {
    said(text, |text| {
        let bare: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match bare.to_ascii_lowercase().as_str() {
            "film" | "feature" | "featurefilm" => MovieKind::Movie,
            "shortfilm" => MovieKind::Short,
            "show" | "tv" | "tvshow" | "tvseries" => MovieKind::Series,
            "tvminiseries" => MovieKind::MiniSeries,
            "tvfilm" | "telefilm" => MovieKind::TvMovie,
            _ => return text.parse().ok(),
        })
    })
}

/// A gender, as a word, a letter or TMDB's number.
pub(super) fn gender(text: &str) -> Said<Gender> {
    said(text, |text| {
        Some(match text.to_ascii_lowercase().as_str() {
            "f" | "w" | "woman" | "1" | "1.0" => Gender::Female,
            "m" | "man" | "2" | "2.0" => Gender::Male,
            "3" | "3.0" | "nb" => Gender::NonBinary,
            "0" | "0.0" => Gender::Unknown,
            _ => return text.parse().ok(),
        })
    })
}

/// A country: its code where it has one, else its name.
pub(super) fn country(text: &str) -> Said<String> {
    if matches!(text, "XX" | "XWW") {
        return Ok(None);
    }
    said(text, |text| {
        if let Some(place) = place_by_code(text).or_else(|| place_from_tmdb(text)).or_else(|| place_by_name(text)) {
            return Some(place.code.to_owned());
        }
        let is_code = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        Some(clean_line(text)).filter(|name| !is_code && !name.is_empty())
    })
}

/// The country of a place: `Chicago, Illinois, USA`.
pub(super) fn homeland(text: &str) -> Said<String> {
    said(text, |text| {
        let bare = |text: &'_ str| text.split(['[', '(']).next().unwrap_or_default().trim().to_owned();
        let last = bare(text.rsplit(',').next().unwrap_or_default());
        let first = bare(text).rsplit(',').next().unwrap_or_default().trim().to_owned();
        let known = |name: &str| place_by_name(name).or_else(|| place_by_code(name)).map(|place| place.code.to_owned());
        known(text).or_else(|| known(&last)).or_else(|| known(&first)).or_else(|| {
            let name = clean_line(text);
            (!text.contains(',') && !name.is_empty()).then_some(name)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_are_read_in_every_dress() {
        let auto = |text| list(text, None, Some(", ")).join("~");
        for (text, parts) in [
            ("['drama', 'crime']", "drama~crime"),
            (r#"["Ada", 7, null]"#, "Ada~7"),
            (r#"["O'Hara", 'a\'b', None, 1.5]"#, "O'Hara~a'b~1.5"),
            ("[]", ""),
            ("['US']", "US"),
            ("Action|Sci-Fi", "Action~Sci-Fi"),
            ("a; b, c;", "a~b, c"),
            ("Ann Lee, Bob Ray", "Ann Lee~Bob Ray"),
            ("Ann Lee", "Ann Lee"),
            ("", ""),
        ] {
            assert_eq!(auto(text), parts, "{text}");
        }
        assert_eq!(list("a/b", Some("/"), None), ["a", "b"]);
        assert_eq!(list("I, Robot", None, None), ["I, Robot"]);
        assert_eq!(list("['never closed]", None, None), ["['never closed]"]);
        assert_eq!(list("[Rec]", None, None), ["[Rec]"]);
    }

    #[test]
    fn dates_are_read_in_every_dress() {
        for (text, day) in [
            ("2009-12-18", "2009-12-18"),
            ("2009-12-18T10:00:00Z", "2009-12-18"),
            ("2009-12-18 00:00", "2009-12-18"),
            ("2009/12/18", "2009-12-18"),
            ("Dec 18, 2009", "2009-12-18"),
            ("Jun 12 1998", "1998-06-12"),
            ("18 December 2009", "2009-12-18"),
            ("1st Sept. 1998", "1998-09-01"),
            ("18-Dec-2009", "2009-12-18"),
            ("December 2009", "2009-12"),
            ("18.12.2009", "2009-12-18"),
            ("12/18/2009", "2009-12-18"),
            ("18/12/2009", "2009-12-18"),
            ("1999", "1999"),
            ("1999.0", "1999"),
        ] {
            assert_eq!(date(text), Ok(Some(day.parse().unwrap())), "{text}");
        }
        for text in ["03/04/2009", "18-Dec-98", "tomorrow", "2009-02-30", "Dec 32, 2009", "1999.5"] {
            assert_eq!(date(text), Err(Odd), "{text}");
        }
        assert_eq!((date("NaN"), year("?"), year("2009-12")), (Ok(None), Ok(None), Err(Odd)));
        assert_eq!(year("(1999)"), Ok(Some("1999".parse().unwrap())));
    }

    #[test]
    fn numbers_are_read_in_every_dress() {
        for (text, seconds) in [
            ("110", Ok(Some(6_600))),
            ("110.0", Ok(Some(6_600))),
            ("1h 50m", Ok(Some(6_600))),
            ("120 min", Ok(Some(7_200))),
            ("0", Ok(None)),
            ("0.0", Ok(None)),
            ("5000", Err(Odd)),
            ("25:00:00", Ok(Some(90_000))),
            ("long", Err(Odd)),
        ] {
            assert_eq!(duration(text), seconds, "{text}");
        }
        for (text, hundredths) in
            [("8.3", 830), ("7,75", 775), ("8.3/10", 830), ("83%", 830), ("10", 1_000), ("8.3000", 830)]
        {
            assert_eq!(rating(text), Ok(Some(hundredths)), "{text}");
        }
        assert_eq!((rating("83"), rating("PG-13"), rating("-1")), (Err(Odd), Err(Odd), Err(Odd)));
        assert_eq!((count("40418.0"), count("40,418"), count("4.5")), (Ok(Some(40_418)), Ok(Some(40_418)), Err(Odd)));
    }

    #[test]
    fn choices_are_read_in_every_dress() {
        assert_eq!((kind("SHOW"), kind("tvMovie")), (Ok(Some(MovieKind::Series)), Ok(Some(MovieKind::TvMovie))));
        assert_eq!((kind("TV Mini Series"), kind("game")), (Ok(Some(MovieKind::MiniSeries)), Err(Odd)));
        assert_eq!(
            (gender("f"), gender("2"), gender("?")),
            (Ok(Some(Gender::Female)), Ok(Some(Gender::Male)), Ok(None))
        );
        let code = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!((country("USA"), country("SU"), country("XX")), (code("US"), code("SUHH"), Ok(None)));
        assert_eq!((country("Atlantis"), country("QQ")), (code("Atlantis"), Err(Odd)));
        assert_eq!((homeland("Chicago, Illinois, USA"), homeland("fr")), (code("US"), code("FR")));
        assert_eq!((homeland("Rome, Atlantis"), homeland("Lwow, Poland [now Mars]")), (Err(Odd), code("PL")));
    }

    proptest! {
        #[test]
        fn any_cell_is_answered(text in "\\PC{0,40}|\\[['\", a-c\\\\]{0,12}\\]|[0-9./,: -]{0,14}") {
            let _ = (date(&text), year(&text), duration(&text), rating(&text), count(&text));
            let _ = (kind(&text), gender(&text), country(&text), homeland(&text));
            prop_assert!(list(&text, None, Some(",")).iter().all(|part| !part.is_empty()));
        }
    }
}
