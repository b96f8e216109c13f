//! From the text after a field to a condition.

use super::step::Step;
use super::{Bounds, Condition, Field, Span, Text, Why, Wrong};
use crate::domain::{
    Currency, Gender, Money, MovieKind, PartialDate, Role, exact_duration, parse_duration, place_by_adjective,
    place_by_name,
};
use std::str::FromStr;

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// It is this.
    Is,
    /// It is more.
    Above,
    /// It is this or more.
    Least,
    /// It is less.
    Below,
    /// It is this or less.
    Most,
}

impl Op {
    /// How it is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Op::Is => "=",
            Op::Above => ">",
            Op::Least => ">=",
            Op::Below => "<",
            Op::Most => "<=",
        }
    }
}

/// A value as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) quoted: bool,
    pub(super) span: Span,
}

impl Piece {
    /// A value without quotes around it. Quotes inside it go: they match nothing, and with both kinds in it the value
    /// could not be written down again.
    pub(super) fn bare(text: &str, start: usize) -> Piece {
        Piece { text: text.replace(['"', '“', '”'], ""), quoted: false, span: start..start + text.len() }
    }
}

/// What stands after a field: a comparison, or a range whose ends may be left out.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    pub(super) op: Op,
    pub(super) first: Option<Piece>,
    pub(super) second: Option<Piece>,
    pub(super) range: bool,
    pub(super) span: Span,
}

/// Reads one value as the smallest and the largest it may mean; whole where it is not compared.
type Reader<'r, T> = &'r dyn Fn(&str, bool) -> Result<(T, T), String>;

/// The condition of a field and what stands after it.
pub(super) fn condition(field: Field, spec: &Spec) -> Result<Condition, Wrong> {
    if let Some(spec) = at_least(field, spec) {
        return condition(field, &spec);
    }
    Ok(match field {
        Field::Year => Condition::Days(field, bounds(field, spec, &read_year)?),
        Field::Date | Field::Born | Field::Added => Condition::Days(field, bounds(field, spec, &read_date)?),
        Field::Duration => Condition::Duration(duration(spec)?),
        Field::Rating => Condition::Rating(bounds(field, spec, &read_rating)?),
        Field::Votes => Condition::Votes(bounds(field, spec, &read_votes)?),
        Field::Budget => budget(spec)?,
        Field::Kind => Condition::Kind(kind(spec)?),
        Field::Gender => Condition::Gender(gender(spec)?),
        Field::Role => Condition::Role(choice(field, spec)?),
        Field::Favorite => Condition::Favorite(yes_or_no(spec)?),
        Field::Title | Field::Director | Field::Actor | Field::Character | Field::Genre | Field::Country => {
            let piece = only(field, spec)?;
            // A country's words belong together, in quotes or not.
            let quoted = piece.quoted || field == Field::Country;
            Condition::Name(field, Text { text: piece.text.clone(), quoted })
        }
    })
}

/// Values that are parted by commas: `drama,comedy`.
pub(super) fn list(field: Field, spec: &Spec) -> Vec<Spec> {
    let listed = |piece: &&Piece| field.takes_lists() && !piece.quoted && piece.text.contains(',');
    let Some(whole) = spec.first.as_ref().filter(|piece| listed(piece)) else {
        return Vec::new();
    };
    if spec.op != Op::Is || spec.range || whole.text.len() != whole.span.len() {
        return Vec::new();
    }
    let mut start = whole.span.start;
    let piece = |text: &str| {
        let piece = Piece::bare(text, start);
        start += text.len() + 1;
        piece
    };
    let pieces: Vec<Piece> = whole.text.split(',').map(piece).filter(|piece| !piece.text.is_empty()).collect();
    let one = |piece: Piece| Spec { span: piece.span.clone(), first: Some(piece), second: None, ..spec.clone() };
    pieces.into_iter().map(one).collect()
}

/// What `7+` says otherwise.
fn at_least(field: Field, spec: &Spec) -> Option<Spec> {
    let first = spec.first.as_ref().filter(|_| field.compares() && spec.op == Op::Is && !spec.range)?;
    let text = first.text.strip_suffix('+').filter(|text| !text.is_empty())?.to_owned();
    let first = Piece { span: first.span.start..first.span.end - 1, text, ..first.clone() };
    Some(Spec { op: Op::Least, first: Some(first), ..spec.clone() })
}

/// The one value of a field without order.
fn only(field: Field, spec: &Spec) -> Result<&Piece, Wrong> {
    match &spec.first {
        _ if spec.op != Op::Is => Wrong::new(spec.span.clone(), Why::NoOrder(field)),
        Some(piece) => Ok(piece),
        None => Wrong::new(spec.span.clone(), Why::NoValue(field)),
    }
}

fn refuse<T>(field: Field, piece: &Piece, says: impl Into<String>) -> Result<T, Wrong> {
    Wrong::new(piece.span.clone(), Why::Value(field, piece.text.clone(), says.into()))
}

fn choice<T: FromStr>(field: Field, spec: &Spec) -> Result<T, Wrong>
where
    T::Err: ToString,
{
    let piece = only(field, spec)?;
    match piece.text.parse() {
        Ok(choice) => Ok(choice),
        Err(error) => refuse(field, piece, format!("is none: {}", ToString::to_string(&error))),
    }
}

fn kind(spec: &Spec) -> Result<MovieKind, Wrong> {
    match spec.first.as_ref().map(|piece| piece.text.to_lowercase()).as_deref() {
        Some("film" | "feature" | "feature film") if spec.op == Op::Is => Ok(MovieKind::Movie),
        _ => choice(Field::Kind, spec),
    }
}

fn gender(spec: &Spec) -> Result<Gender, Wrong> {
    match spec.first.as_ref().map(|piece| piece.text.to_lowercase()).as_deref() {
        Some("f" | "woman" | "women") => Ok(Gender::Female),
        Some("m" | "man" | "men") => Ok(Gender::Male),
        _ => choice(Field::Gender, spec),
    }
}

fn yes_or_no(spec: &Spec) -> Result<bool, Wrong> {
    let piece = only(Field::Favorite, spec)?;
    match piece.text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => refuse(Field::Favorite, piece, "is neither yes nor no"),
    }
}

fn bounds<T: Step>(field: Field, spec: &Spec, read: Reader<'_, T>) -> Result<Bounds<T>, Wrong> {
    let value = |piece: &Piece, whole| read(&piece.text, whole).or_else(|says| refuse(field, piece, says));
    let beyond = || Wrong { span: spec.span.clone(), why: Why::Beyond(field) };
    if spec.range {
        let low = spec.first.as_ref().map(|piece| value(piece, false)).transpose()?;
        let high = spec.second.as_ref().map(|piece| value(piece, false)).transpose()?;
        if let (Some(low), Some(high), Some(from), Some(to)) = (low, high, &spec.first, &spec.second)
            && low.0 > high.1
        {
            return Wrong::new(spec.span.clone(), Why::Backwards(field, format!("{}..{}", to.text, from.text)));
        }
        return Ok(Bounds { low: low.map(|low| low.0), high: high.map(|high| high.1) });
    }
    let Some(piece) = &spec.first else { return Wrong::new(spec.span.clone(), Why::NoValue(field)) };
    let (least, most) = value(piece, spec.op == Op::Is)?;
    let (low, high) = match spec.op {
        Op::Is => (Some(least), Some(most)),
        Op::Least => (Some(least), None),
        Op::Most => (None, Some(most)),
        Op::Above => (Some(most.after().ok_or_else(beyond)?), None),
        Op::Below => (None, Some(least.before().ok_or_else(beyond)?)),
    };
    Ok(Bounds { low, high })
}

/// Decades by name, as in the century of most films.
const DECADES: [(&str, u16); 8] = [
    ("twenties", 1920),
    ("thirties", 1930),
    ("forties", 1940),
    ("fifties", 1950),
    ("sixties", 1960),
    ("seventies", 1970),
    ("eighties", 1980),
    ("nineties", 1990),
];

/// A year, a decade or some years: `1950`, `1950s`, `50s`, `fifties`, `1950-1969`.
fn read_year(text: &str, _: bool) -> Result<(PartialDate, PartialDate), String> {
    const NOT: &str = "is not a year";
    let year = |first: u16| PartialDate::new(first, None, None).ok_or(NOT);
    if let Some((first, last)) = text.split_once(['-', '–', '—'])
        && let (Some(first), Some(last)) = (whole_year(first), whole_year(last))
        && first <= last
    {
        return Ok((year(first)?.earliest(), year(last)?.latest()));
    }
    let (first, years) = match decade(text) {
        Some(first) => (first, 10),
        None => (whole_year(text).ok_or(NOT)?, 1),
    };
    Ok((year(first)?.earliest(), year(first + years - 1)?.latest()))
}

fn whole_year(text: &str) -> Option<u16> {
    Some(text).filter(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

/// The first year of a decade.
fn decade(text: &str) -> Option<u16> {
    if let Some((_, first)) = DECADES.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)) {
        return Some(*first);
    }
    let digits = text.strip_suffix(['s', 'S']).filter(|digits| digits.ends_with('0'))?;
    match digits.trim_start_matches(['\'', '’']) {
        short @ ("00" | "10") => short.parse().ok().map(|years: u16| 2000 + years),
        short if short.len() == 2 => short.parse().ok().map(|years: u16| 1900 + years),
        _ => whole_year(digits),
    }
}

/// A year, a decade, a month or a day.
fn read_date(text: &str, whole: bool) -> Result<(PartialDate, PartialDate), String> {
    if let Ok(years) = read_year(text, whole) {
        return Ok(years);
    }
    let date: PartialDate = text.parse().map_err(|error| format!("is not a date: {error}"))?;
    Ok((date.earliest(), date.latest()))
}

/// Seconds; by itself a time without seconds means its whole minute, as columns show it.
fn read_duration(text: &str, whole: bool) -> Result<(u32, u32), String> {
    let seconds = parse_duration(text).map_err(|error| format!("is not a running time: {error}"))?;
    let minute = if whole && seconds.is_multiple_of(60) { 59 } else { 0 };
    Ok((seconds, seconds.saturating_add(minute)))
}

fn duration(spec: &Spec) -> Result<Bounds<u32>, Wrong> {
    let times = bounds(Field::Duration, spec, &read_duration)?;
    if times.high == Some(0) {
        return Wrong::new(spec.span.clone(), Why::Beyond(Field::Duration));
    }
    Ok(times)
}

/// Hundredths; by itself a rating means all that begin with its digits.
fn read_rating(text: &str, whole: bool) -> Result<(u16, u16), String> {
    const NOT: &str = "is not a rating from 0 to 10";
    let (units, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || units.len() > 2 || part.len() > 2 || !digits(units) || !digits(part) {
        return Err(NOT.to_owned());
    }
    let hundredths: u16 = format!("{units}{part:0<2}").parse().map_err(|_| NOT)?;
    if hundredths > 1_000 {
        return Err(NOT.to_owned());
    }
    let unsaid = if whole && part.len() < 2 { 9 } else { 0 };
    Ok((hundredths, (hundredths + unsaid).min(1_000)))
}

/// A number; `10k` and `1.5M` too.
fn read_votes(text: &str, _: bool) -> Result<(u32, u32), String> {
    let (number, scale) = match text.to_ascii_lowercase() {
        text if text.ends_with('k') => (text, 1_000),
        text if text.ends_with('m') => (text, 1_000_000),
        text => (text, 1),
    };
    let number = number.trim_end_matches(['k', 'm']).replace([',', '_', '\''], "");
    let (units, part) = number.split_once('.').unwrap_or((&number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || !digits(units) || !digits(part) || part.len() > 6 || (scale == 1 && !part.is_empty()) {
        return Err("is not a number of votes".to_owned());
    }
    let millionths: u64 = format!("{part:0<6}").parse().map_err(|_| "is not a number of votes")?;
    let units: u64 = units.parse().map_err(|_| "is more votes than can be counted")?;
    let votes = units.saturating_mul(scale).saturating_add(millionths * scale / 1_000_000);
    u32::try_from(votes).map(|votes| (votes, votes)).map_err(|_| "is more votes than can be counted".to_owned())
}

/// Amounts are compared within one currency; one that only one end names is the other's too.
fn budget(spec: &Spec) -> Result<Condition, Wrong> {
    let pieces = || spec.first.iter().chain(&spec.second);
    let named = |piece: &Piece| piece.text.parse::<Money>().ok().map(|money| money.currency);
    let currency = pieces().find_map(named).unwrap_or(Currency::USD);
    if let Some(other) = pieces().find(|piece| named(piece).is_some_and(|named| named != currency)) {
        return refuse(Field::Budget, other, format!("is not in {currency}; amounts are never converted"));
    }
    let read = |text: &str, _: bool| {
        let money = Money::parse(text, currency).map_err(|error| format!("is not an amount: {error}"))?;
        Ok((money.amount, money.amount))
    };
    Ok(Condition::Budget(currency, bounds(Field::Budget, spec, &read)?))
}

/// Whether the words after a value are still part of it.
pub(super) fn belongs(field: Field, value: &str, more: &str) -> bool {
    let whole = format!("{value}{more}");
    let mut words = more.split_whitespace();
    if !words.clone().all(|word| word.starts_with(char::is_alphanumeric)) {
        return false;
    }
    match field {
        Field::Duration => {
            let unit = |word: &str| {
                let letters = word.trim_start_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
                !letters.is_empty() && letters.chars().all(char::is_alphabetic)
            };
            words.all(unit) && parse_duration(&whole).is_ok()
        }
        Field::Budget => {
            let scale = |word: &str| ["thousand", "million", "billion", "k", "m", "bn", "mln"].contains(&word);
            let code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
            words.all(|word| scale(&word.to_ascii_lowercase()) || code(word))
                && Money::parse(&whole, Currency::USD).is_ok()
        }
        Field::Kind => whole.parse::<MovieKind>().is_ok(),
        Field::Gender => whole.parse::<Gender>().is_ok(),
        Field::Role => whole.parse::<Role>().is_ok(),
        Field::Country => place_by_name(&whole).or_else(|| place_by_adjective(&whole)).is_some(),
        _ => false,
    }
}

/// What a value without a field speaks of.
pub(super) fn guess(text: &str) -> Option<Field> {
    let money = text.contains(['$', '€', '£', '¥']) || text.ends_with('M');
    match text {
        _ if is_year(text) => Some(Field::Year),
        _ if money && Money::parse(text, Currency::USD).is_ok() => Some(Field::Budget),
        _ if is_time(text) => Some(Field::Duration),
        _ => None,
    }
}

/// Years that cannot be taken for a word or for seconds.
fn is_year(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.len() >= 4 && read_year(text, true).is_ok()
}

/// A running time that cannot be taken for a mere number.
fn is_time(text: &str) -> bool {
    text.contains(|c: char| c.is_alphabetic() || c == ':') && parse_duration(text).is_ok()
}

/// A decade, years or a range of running times without a field; none where it is a word like any other.
pub(super) fn bare_range(word: &Piece) -> Result<Option<Condition>, Wrong> {
    let span = word.span.clone();
    let Some((low, high)) = word.text.split_once("..") else {
        let years = word.text.len() > 4 && is_year(&word.text);
        let spec = Spec { op: Op::Is, first: Some(word.clone()), second: None, range: false, span };
        return if years { condition(Field::Year, &spec).map(Some) } else { Ok(None) };
    };
    let all = |is: &dyn Fn(&str) -> bool| {
        [low, high].iter().all(|end| end.is_empty() || is(end)) && !(low.is_empty() && high.is_empty())
    };
    let field = match () {
        () if all(&is_year) => Field::Year,
        () if all(&is_time) => Field::Duration,
        () => return Ok(None),
    };
    let piece = |text: &str, start| Some(Piece::bare(text, start)).filter(|_| !text.is_empty());
    let first = piece(low, span.start);
    let second = piece(high, span.end - high.len());
    condition(field, &Spec { op: Op::Is, first, second, range: true, span }).map(Some)
}

/// How a condition's running time is written: with its units, so that no word after it can be taken for one.
pub(super) fn time(seconds: u32) -> String {
    let text = exact_duration(seconds);
    if seconds.is_multiple_of(60) || text.ends_with('s') { text } else { format!("{text}s") }
}
