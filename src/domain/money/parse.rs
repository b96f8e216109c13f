//! Reading amounts as people write them.

use super::{Currency, MoneyError, SCALE};

/// Signs that stand for a currency; longer ones first.
const SIGNS: [(&str, &str); 11] = [
    ("US$", "USD"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
];

/// Words after a number that multiply it by a power of ten.
const SUFFIXES: [(&str, u32); 8] =
    [("thousand", 3), ("million", 6), ("billion", 9), ("mln", 6), ("bn", 9), ("k", 3), ("m", 6), ("b", 9)];

/// The currency, where the text names one, and the ten-thousandths.
pub(super) fn amount(text: &str) -> Result<(Option<Currency>, i64), MoneyError> {
    let text = text.trim();
    let is_digit = |c: char| c.is_ascii_digit();
    let start = text.find(is_digit).ok_or(MoneyError::Shape)?;
    let end = text.rfind(is_digit).ok_or(MoneyError::Shape)? + 1;
    let (mut before, number, after) = (text[..start].trim(), &text[start..end], text[end..].trim());
    for minus in ['-', '\u{2212}'] {
        if before.starts_with(minus) || before.ends_with(minus) {
            return Err(MoneyError::Negative);
        }
    }
    // `.5` and `$.5` have their point before the first digit.
    let bare_point = before.ends_with('.');
    before = before.trim_end_matches('.').trim_end();
    let (shift, after) = suffix(after)?;
    let currency = match (before, after) {
        ("", "") => None,
        (name, "") | ("", name) => Some(currency(name)?),
        _ => return Err(MoneyError::Shape),
    };
    let (whole, fraction) = match number.rsplit_once('.') {
        _ if bare_point => ("0", number),
        Some((whole, fraction)) => (whole, fraction),
        None => (number, ""),
    };
    Ok((currency, scale(&ungroup(whole)?, fraction, shift)?))
}

/// The power of ten that the text begins with, and the rest: a currency or nothing.
fn suffix(text: &str) -> Result<(u32, &str), MoneyError> {
    let fits = |rest: &str| rest.is_empty() || currency(rest).is_ok();
    if text.is_empty() || currency(text).is_ok() {
        return Ok((0, text));
    }
    let found = SUFFIXES.iter().find_map(|(word, shift)| {
        let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        let rest = text[head.len()..].trim();
        fits(rest).then_some((*shift, rest))
    });
    found.ok_or(MoneyError::Shape)
}

fn currency(name: &str) -> Result<Currency, MoneyError> {
    let sign = SIGNS.iter().find(|(sign, _)| sign.eq_ignore_ascii_case(name));
    // `mln` looks like a code but is none that ever was.
    let code = sign.map_or(name, |(_, code)| code);
    if code.eq_ignore_ascii_case("mln") {
        return Err(MoneyError::Currency);
    }
    Currency::new(code).ok_or(MoneyError::Currency)
}

/// The digits of a whole number whose groups may be set apart, all by the same sign.
/// The last group has three digits, those before it two or three, as in India.
fn ungroup(text: &str) -> Result<String, MoneyError> {
    let Some(mark) = text.chars().find(|c| !c.is_ascii_digit()) else { return Ok(text.to_owned()) };
    if !(mark.is_whitespace() || matches!(mark, ',' | '\'' | '’' | '_')) {
        return Err(MoneyError::Shape);
    }
    let groups: Vec<&str> = text.split(mark).collect();
    let last = groups.len() - 1;
    let fits = |(place, group): (usize, &&str)| {
        group.bytes().all(|byte| byte.is_ascii_digit())
            && match place {
                0 => (1..=3).contains(&group.len()),
                _ if place == last => group.len() == 3,
                _ => (2..=3).contains(&group.len()),
            }
    };
    if groups.iter().enumerate().all(fits) { Ok(groups.concat()) } else { Err(MoneyError::Shape) }
}

/// `whole.fraction` times ten to the `shift`, in ten-thousandths.
fn scale(whole: &str, fraction: &str, shift: u32) -> Result<i64, MoneyError> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MoneyError::Shape);
    }
    let places = SCALE.ilog10() + shift;
    let missing = places.checked_sub(u32::try_from(fraction.len()).unwrap_or(u32::MAX)).ok_or(MoneyError::TooFine)?;
    let digits = format!("{whole}{fraction}{}", "0".repeat(missing as usize));
    digits.parse().map_err(|_| MoneyError::TooMuch)
}
