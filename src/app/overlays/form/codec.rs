//! How each kind of value is shown in a field and read out of it.

use super::value::{Address, Chip, Value};
use crate::catalog::Pick;
use crate::domain::duration::{exact_duration, parse_duration};
use crate::domain::enums::NotAChoice;
use crate::domain::text::{clean_line, clean_prose};
use crate::domain::{
    Currency, Entity, External, Gender, Language, Money, MovieKind, PartialDate, Role, Source, Standing,
};

/// How one kind of value is shown and read. What cannot be read says why.
pub struct Codec<T> {
    /// As the field shows it.
    pub show: fn(&T) -> Value,
    /// Out of what was entered.
    pub read: fn(&Value) -> Result<T, String>,
}

/// A line that must not be empty.
pub const NEEDED: Codec<String> = Codec {
    show: |text| Value::Text(text.clone()),
    read: |value| some_line(value).ok_or_else(|| "is needed".to_owned()),
};

/// A line that may be empty.
pub const LINE: Codec<String> =
    Codec { show: |text| Value::Text(text.clone()), read: |value| Ok(clean_line(value.text())) };

/// A line that may be absent.
pub const MAYBE: Codec<Option<String>> =
    Codec { show: |text| Value::Text(text.clone().unwrap_or_default()), read: |value| Ok(some_line(value)) };

/// Prose that may be absent.
pub const PROSE: Codec<Option<String>> = Codec {
    show: |text| Value::Text(text.clone().unwrap_or_default()),
    read: |value| Ok(Some(clean_prose(value.text())).filter(|text| !text.is_empty())),
};

/// Several lines, each a value of its own.
pub const LINES: Codec<Vec<String>> = Codec {
    show: |lines| Value::Text(lines.join("\n")),
    read: |value| {
        let mut lines: Vec<String> = Vec::new();
        for line in value.text().lines().map(clean_line).filter(|line| !line.is_empty()) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        Ok(lines)
    },
};

/// A date of which parts may be unknown.
pub const DATE: Codec<Option<PartialDate>> = Codec {
    show: |date| Value::Text(date.map(|date| date.to_string()).unwrap_or_default()),
    read: |value| read_some(value, |text| text.parse().map_err(|_| "write 1942, 1942-11 or 1942-11-26".to_owned())),
};

/// A running time in seconds.
pub const DURATION: Codec<Option<u32>> = Codec {
    show: |seconds| Value::Text(seconds.map(exact_duration).unwrap_or_default()),
    read: |value| {
        read_some(value, |text| parse_duration(text).map_err(|_| "write 1h42, 1:42:30, or 102 for minutes".to_owned()))
    },
};

/// An amount of money; without a currency it is in US dollars.
pub const MONEY: Codec<Option<Money>> = Codec {
    show: |money| Value::Text(money.map(|money| money.to_string()).unwrap_or_default()),
    read: |value| read_some(value, |text| Money::parse(text, Currency::USD).map_err(|wrong| wrong.to_string())),
};

/// A language.
pub const LANGUAGE: Codec<Option<Language>> = Codec {
    show: |language| Value::Text(language.map(|language| language.to_string()).unwrap_or_default()),
    read: |value| read_some(value, |text| Language::new(text).ok_or_else(|| "two letters: en, fr, ja".to_owned())),
};

/// Ids of a movie in other databases, one a line.
pub const MOVIE_IDS: Codec<Vec<External>> =
    Codec { show: show_externals, read: |value| read_externals(Entity::Movie, value) };

/// Ids of a person in other databases, one a line.
pub const PERSON_IDS: Codec<Vec<External>> =
    Codec { show: show_externals, read: |value| read_externals(Entity::Person, value) };

/// A rating from 0 to 10, kept in hundredths.
pub const RATING: Codec<Option<u16>> = Codec {
    show: |rating| Value::Text(rating.map(show_rating).unwrap_or_default()),
    read: |value| {
        read_some(value, |text| read_rating(text).ok_or_else(|| "a number from 0 to 10, like 7.4".to_owned()))
    },
};

/// A count that may be unknown.
pub const COUNT: Codec<Option<u32>> = Codec {
    show: |count| Value::Text(count.map(|count| count.to_string()).unwrap_or_default()),
    read: |value| {
        read_some(value, |text| text.replace([',', ' '], "").parse().map_err(|_| "a whole number".to_owned()))
    },
};

/// A place kept from 0 and shown from 1; without one it comes last.
pub const PLACE: Codec<u32> = Codec {
    show: |place| Value::Text(place.checked_add(1).map(|place| place.to_string()).unwrap_or_default()),
    read: |value| match value.text().trim() {
        "" => Ok(u32::MAX),
        text => text.parse::<u32>().ok().and_then(|place| place.checked_sub(1)).ok_or("a number from 1".to_owned()),
    },
};

/// A kind of film.
pub const KIND: Codec<MovieKind> =
    Codec { show: |kind| place_in(MovieKind::ALL, kind), read: |value| at(MovieKind::ALL, value) };

/// A gender.
pub const GENDER: Codec<Gender> =
    Codec { show: |gender| place_in(Gender::ALL, gender), read: |value| at(Gender::ALL, value) };

/// What an account may do.
pub const STANDING: Codec<Standing> =
    Codec { show: |standing| place_in(Standing::ALL, standing), read: |value| at(Standing::ALL, value) };

/// A role.
pub const ROLE: Codec<Role> = Codec { show: |role| place_in(Role::ALL, role), read: |value| at(Role::ALL, value) };

/// Any number of references.
#[must_use]
pub const fn many<Id: Address>() -> Codec<Vec<Pick<Id>>> {
    Codec {
        show: |picks| Value::Chips(picks.iter().map(Chip::of).collect()),
        read: |value| Ok(value.chips().iter().map(Chip::pick).collect()),
    }
}

/// One reference, or none.
#[must_use]
pub const fn one<Id: Address>() -> Codec<Option<Pick<Id>>> {
    Codec {
        show: |pick| Value::Chips(pick.iter().map(Chip::of).collect()),
        read: |value| Ok(value.chips().first().map(Chip::pick)),
    }
}

/// One reference that must be there. An empty name stands for none.
#[must_use]
pub const fn exactly_one<Id: Address>() -> Codec<Pick<Id>> {
    Codec {
        show: |pick| Value::Chips(Some(Chip::of(pick)).filter(|chip| !chip.name.is_empty()).into_iter().collect()),
        read: |value| value.chips().first().map(Chip::pick).ok_or_else(|| "is needed".to_owned()),
    }
}

fn some_line(value: &Value) -> Option<String> {
    Some(clean_line(value.text())).filter(|line| !line.is_empty())
}

fn read_some<T>(value: &Value, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    some_line(value).map(|line| read(&line)).transpose()
}

fn place_in<T: PartialEq>(choices: &[T], wanted: &T) -> Value {
    Value::Choice(choices.iter().position(|choice| choice == wanted).unwrap_or(0))
}

fn at<T: Copy>(choices: &[T], value: &Value) -> Result<T, String> {
    let Value::Choice(place) = value else { return Err("choose one".to_owned()) };
    choices.get(*place).copied().ok_or_else(|| "choose one".to_owned())
}

#[allow(clippy::ptr_arg, reason = "the signature of a codec")]
fn show_externals(ids: &Vec<External>) -> Value {
    Value::Text(ids.iter().map(show_external).collect::<Vec<_>>().join("\n"))
}

fn show_external(external: &External) -> String {
    format!("{}:{}", external.source.word().to_lowercase(), external.id)
}

fn read_externals(entity: Entity, value: &Value) -> Result<Vec<External>, String> {
    let lines = value.text().lines().map(clean_line).filter(|line| !line.is_empty());
    lines.map(|line| read_external(entity, &line)).collect()
}

fn read_external(entity: Entity, line: &str) -> Result<External, String> {
    let (source, id) = line.split_once(':').ok_or_else(|| format!("{line}: write it like imdb:tt0034583"))?;
    let source: Source = source.parse().map_err(|wrong: NotAChoice| wrong.to_string())?;
    External::new(source, entity, id).ok_or_else(|| format!("{id} is no id of {source}"))
}

fn show_rating(hundredths: u16) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part % 10 == 0 { format!("{whole}.{}", part / 10) } else { format!("{whole}.{part:02}") }
}

fn read_rating(text: &str) -> Option<u16> {
    let text = text.replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if part.len() > 2 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<2}").parse().ok()?;
    let hundredths = whole.parse::<u16>().ok()?.checked_mul(100)? + part;
    (hundredths <= 1000).then_some(hundredths)
}

#[cfg(test)]
mod tests;
