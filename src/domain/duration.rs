//! Running times in seconds, as people write them.

use std::fmt;

/// Why a text is no running time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationError {
    /// It is not written as a running time.
    Shape,
    /// It lasts no time at all.
    Zero,
    /// It is longer than can be kept.
    TooLong,
}

/// The seconds of a running time: `102`, `102 min`, `1h42`, `1h 42m`, `1:42:00`, `2h15m30s`, `90m`.
/// A number alone is minutes; two parts with a colon are hours and minutes.
pub fn parse_duration(text: &str) -> Result<u32, DurationError> {
    let text = text.trim();
    let seconds = if text.contains(':') { clock(text)? } else { units(text)? };
    match u32::try_from(seconds) {
        Ok(0) => Err(DurationError::Zero),
        Ok(seconds) => Ok(seconds),
        Err(_) => Err(DurationError::TooLong),
    }
}

/// A running time for a column: `1h42`, `42m`, `42m30`, `30s`; at most 5 cells under 100 hours, for which
/// it leaves out the seconds of what lasts an hour or longer.
#[must_use]
pub fn show_duration(seconds: u32) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, second) => format!("{second}s"),
        (0, minute, 0) => format!("{minute}m"),
        (0, minute, second) => format!("{minute}m{second:02}"),
        (hour, minute, _) => format!("{hour}h{minute:02}"),
    }
}

/// A running time to the second, for a field that is read back: `1h42`, `1h42m05`.
#[must_use]
pub fn exact_duration(seconds: u32) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (1.., minute, second @ 1..) => format!("{}h{minute:02}m{second:02}", seconds / 3600),
        _ => show_duration(seconds),
    }
}

/// `h:mm` or `h:mm:ss`.
fn clock(text: &str) -> Result<u64, DurationError> {
    let parts = text.split(':').map(|part| number(part.trim())).collect::<Result<Vec<_>, _>>()?;
    match parts[..] {
        [hours, minutes @ 0..60] => Ok(sum(&[(hours, 3600), (minutes, 60)])),
        [hours, minutes @ 0..60, seconds @ 0..60] => Ok(sum(&[(hours, 3600), (minutes, 60), (seconds, 1)])),
        _ => Err(DurationError::Shape),
    }
}

/// Numbers with units, each smaller than the one before; the last may leave its unit out.
fn units(text: &str) -> Result<u64, DurationError> {
    let mut rest = text;
    let mut parts = Vec::new();
    let mut above = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let value = number(&rest[..end])?;
        rest = rest[end..].trim_start();
        if parts.is_empty() && !rest.is_empty() && matches!(rest.trim_end_matches('0'), ".") {
            rest = ""; // `162.0`, as tables write minutes
        }
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = match (rest[..end].to_ascii_lowercase().as_str(), above) {
            ("h" | "hr" | "hrs" | "hour" | "hours", _) => 3600,
            ("m" | "min" | "mins" | "minute" | "minutes", _) | ("", Some(3600)) => 60,
            ("", None) if rest.is_empty() => 60,
            ("s" | "sec" | "secs" | "second" | "seconds", _) | ("", Some(60)) => 1,
            _ => return Err(DurationError::Shape),
        };
        if above.is_some_and(|above| unit >= above || value * unit >= above) {
            return Err(DurationError::Shape);
        }
        above = Some(unit);
        parts.push((value, unit));
        rest = rest[end..].trim_start_matches(['.', ',']).trim_start();
    }
    if parts.is_empty() { Err(DurationError::Shape) } else { Ok(sum(&parts)) }
}

fn number(text: &str) -> Result<u64, DurationError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DurationError::Shape);
    }
    text.parse::<u32>().map(u64::from).map_err(|_| DurationError::TooLong)
}

fn sum(parts: &[(u64, u64)]) -> u64 {
    parts.iter().map(|(value, unit)| value * unit).sum()
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DurationError::Shape => "write a running time as 102, 1h42 or 1:42:00",
            DurationError::Zero => "a running time is longer than nothing",
            DurationError::TooLong => "a running time that long cannot be kept",
        })
    }
}

impl std::error::Error for DurationError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_running_times_as_people_write_them() {
        for (text, seconds) in [
            ("102", 6120),
            ("102 min", 6120),
            ("102 min.", 6120),
            ("162.0", 9720),
            ("1h42", 6120),
            ("1h 42m", 6120),
            ("1 h 42 min", 6120),
            ("1 hour, 42 minutes", 6120),
            ("1:42", 6120),
            ("1:42:00", 6120),
            ("2h15m30s", 8130),
            ("2H15M30", 8130),
            ("90m", 5400),
            ("42m30", 2550),
            ("30s", 30),
            ("2h", 7200),
        ] {
            assert_eq!(parse_duration(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in
            ["", "h", "1h90", "1:60", "1:2:3:4", ":30", "5 x", "-5", "1m2h", "1h42x", "1s5", "162.5", "1h1h", "٣"]
        {
            assert_eq!(parse_duration(text), Err(DurationError::Shape), "{text}");
        }
        assert_eq!(parse_duration("0"), Err(DurationError::Zero));
        assert_eq!(parse_duration("99999999999"), Err(DurationError::TooLong));
        assert_eq!(parse_duration("4000000000h"), Err(DurationError::TooLong));
    }

    #[test]
    fn fits_its_column() {
        for (seconds, text) in [
            (6120, "1h42"),
            (6125, "1h42"),
            (7200, "2h00"),
            (2520, "42m"),
            (2550, "42m30"),
            (30, "30s"),
            (359_999, "99h59"),
        ] {
            assert_eq!(show_duration(seconds), text);
        }
        assert_eq!(exact_duration(6125), "1h42m05");
        assert_eq!(exact_duration(6120), "1h42");
    }

    proptest! {
        #[test]
        fn exact_reads_back(seconds in 1u32..) {
            prop_assert_eq!(parse_duration(&exact_duration(seconds)), Ok(seconds));
            if seconds < 360_000 {
                prop_assert!(show_duration(seconds).len() <= 5);
            }
        }

        #[test]
        fn any_text_is_answered(text in "\\PC*") {
            let _ = parse_duration(&text);
        }
    }
}
