//! Every form as data: its fields, each with the way into the draft and back.

use super::codec::{
    COUNT, DATE, DURATION, GENDER, KIND, LANGUAGE, LINE, LINES, MAYBE, MONEY, MOVIE_IDS, NEEDED, PERSON_IDS, PLACE,
    PROSE, RATING, ROLE, STANDING, exactly_one, many, one,
};
use super::value::Value;
use crate::catalog::Draft;
use crate::domain::{Entity, Gender, MovieKind, Role, Standing};

/// How a field is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Prose, which opens bigger and can go to the editor.
    Prose,
    /// Several values, one a line.
    Lines,
    /// One of these words.
    Words(&'static [&'static str]),
    /// One reference.
    One(Entity),
    /// References in order.
    Many(Entity),
}

/// One field of a form.
pub struct Spec {
    /// The catalogue's name for it, as in `Fault::Fields`.
    pub name: &'static str,
    /// The name people read.
    pub label: &'static str,
    /// How it is entered.
    pub kind: Kind,
    /// What to write, where that is not plain.
    pub hint: &'static str,
    /// Its value in a draft.
    pub get: fn(&Draft) -> Value,
    /// Puts a value into a draft, or says what is wrong with it.
    pub set: fn(&mut Draft, &Value) -> Result<(), String>,
}

macro_rules! field {
    ($name:literal, $label:literal, $kind:expr, $hint:literal, $codec:expr, $draft:pat => $place:expr) => {
        Spec {
            name: $name,
            label: $label,
            kind: $kind,
            hint: $hint,
            get: |draft| match draft {
                $draft => ($codec.show)(&$place),
                _ => Value::Text(String::new()),
            },
            set: |draft, value| {
                if let $draft = draft {
                    $place = ($codec.read)(value)?;
                }
                Ok(())
            },
        }
    };
}

/// The words of a chooser, in the order of its choices.
macro_rules! words {
    ($choices:ty) => {{
        const WORDS: [&str; <$choices>::ALL.len()] = {
            let mut words = [""; <$choices>::ALL.len()];
            let mut at = 0;
            while at < words.len() {
                words[at] = <$choices>::ALL[at].word();
                at += 1;
            }
            words
        };
        Kind::Words(&WORDS)
    }};
}

#[rustfmt::skip]
const MOVIE: &[Spec] = &[
    field!("title", "Title", Kind::Line, "", NEEDED, Draft::Movie { movie, .. } => movie.title),
    field!("original_title", "Original title", Kind::Line, "", MAYBE, Draft::Movie { movie, .. } => movie.original_title),
    field!("released", "Released", Kind::Line, "1942, 1942-11 or 1942-11-26", DATE, Draft::Movie { movie, .. } => movie.released),
    field!("duration", "Duration", Kind::Line, "1h42, 1:42:30 or 102 for minutes", DURATION, Draft::Movie { movie, .. } => movie.duration),
    field!("kind", "Kind", words!(MovieKind), "", KIND, Draft::Movie { movie, .. } => movie.kind),
    field!("directors", "Directors", Kind::Many(Entity::Person), "", many(), Draft::Movie { directors, .. } => *directors),
    field!("countries", "Countries", Kind::Many(Entity::Country), "", many(), Draft::Movie { countries, .. } => *countries),
    field!("genres", "Genres", Kind::Many(Entity::Genre), "", many(), Draft::Movie { genres, .. } => *genres),
    field!("description", "Description", Kind::Prose, "", PROSE, Draft::Movie { movie, .. } => movie.description),
    field!("budget", "Budget", Kind::Line, "878000, 10M EUR, $1.5M", MONEY, Draft::Movie { movie, .. } => movie.budget),
    field!("language", "Language", Kind::Line, "of the title: en, fr, ja", LANGUAGE, Draft::Movie { movie, .. } => movie.language),
    field!("alternative_titles", "Other titles", Kind::Lines, "one a line", LINES, Draft::Movie { movie, .. } => movie.alternative_titles),
    field!("poster", "Poster", Kind::One(Entity::File), "a stored file, or a path or URL of a new one", one(), Draft::Movie { poster, .. } => *poster),
    field!("images", "Pictures", Kind::Many(Entity::File), "stored files, or paths or URLs of new ones", many(), Draft::Movie { images, .. } => *images),
    field!("rating", "Rating", Kind::Line, "0 to 10", RATING, Draft::Movie { movie, .. } => movie.rating),
    field!("votes", "Votes", Kind::Line, "", COUNT, Draft::Movie { movie, .. } => movie.votes),
    field!("external", "External ids", Kind::Lines, "one a line: imdb:tt0034583", MOVIE_IDS, Draft::Movie { movie, .. } => movie.external),
];

#[rustfmt::skip]
const PERSON: &[Spec] = &[
    field!("first_name", "First name", Kind::Line, "", LINE, Draft::Person { person, .. } => person.first_name),
    field!("last_name", "Last name", Kind::Line, "", LINE, Draft::Person { person, .. } => person.last_name),
    field!("full_name", "Full name", Kind::Line, "where first and last do not make it up", MAYBE, Draft::Person { person, .. } => person.full_name),
    field!("born", "Born", Kind::Line, "1899, 1899-12 or 1899-12-25", DATE, Draft::Person { person, .. } => person.born),
    field!("died", "Died", Kind::Line, "1957, 1957-01 or 1957-01-14", DATE, Draft::Person { person, .. } => person.died),
    field!("gender", "Gender", words!(Gender), "", GENDER, Draft::Person { person, .. } => person.gender),
    field!("country", "Country", Kind::One(Entity::Country), "", one(), Draft::Person { country, .. } => *country),
    field!("biography", "Biography", Kind::Prose, "", PROSE, Draft::Person { person, .. } => person.biography),
    field!("other_names", "Other names", Kind::Lines, "one a line", LINES, Draft::Person { person, .. } => person.other_names),
    field!("photos", "Photos", Kind::Many(Entity::File), "the first one is shown; a path or URL adds one", many(), Draft::Person { photos, .. } => *photos),
    field!("external", "External ids", Kind::Lines, "one a line: imdb:nm0000007", PERSON_IDS, Draft::Person { person, .. } => person.external),
];

#[rustfmt::skip]
const CHARACTER: &[Spec] = &[
    field!("movie", "Film", Kind::One(Entity::Movie), "", exactly_one(), Draft::Character { movie, .. } => *movie),
    field!("name", "Name", Kind::Line, "may be empty where there is an actor", LINE, Draft::Character { character, .. } => character.name),
    field!("actors", "Played by", Kind::Many(Entity::Person), "the principal actor first", many(), Draft::Character { actors, .. } => *actors),
    field!("role", "Role", words!(Role), "", ROLE, Draft::Character { character, .. } => character.role),
    field!("billing", "Billing", Kind::Line, "1 comes first in the cast", PLACE, Draft::Character { character, .. } => character.billing),
    field!("description", "Description", Kind::Prose, "", PROSE, Draft::Character { character, .. } => character.description),
];

#[rustfmt::skip]
const GENRE: &[Spec] = &[
    field!("name", "Name", Kind::Line, "", NEEDED, Draft::Genre(genre) => genre.name),
];

#[rustfmt::skip]
const COUNTRY: &[Spec] = &[
    field!("name", "Name", Kind::Line, "", NEEDED, Draft::Country(country) => country.name),
    field!("code", "Code", Kind::Line, "two letters: US, FR; four for a former country", MAYBE, Draft::Country(country) => country.code),
];

#[rustfmt::skip]
const FILE: &[Spec] = &[
    field!("source", "Path or URL", Kind::Line, "a picture on this machine, or where it is on the web", MAYBE, Draft::File { source, .. } => *source),
    field!("name", "File name", Kind::Line, "", LINE, Draft::File { file, .. } => file.name),
    field!("mime", "Type", Kind::Line, "image/jpeg; found out by itself", LINE, Draft::File { file, .. } => file.mime),
    field!("url", "Public URL", Kind::Line, "", MAYBE, Draft::File { file, .. } => file.url),
];

#[rustfmt::skip]
const ACCOUNT: &[Spec] = &[
    field!("username", "Username", Kind::Line, "", NEEDED, Draft::Account { account, .. } => account.username),
    field!("first_name", "First name", Kind::Line, "", LINE, Draft::Account { account, .. } => account.first_name),
    field!("last_name", "Last name", Kind::Line, "", LINE, Draft::Account { account, .. } => account.last_name),
    field!("email", "Email", Kind::Line, "", MAYBE, Draft::Account { account, .. } => account.email),
    field!("avatar", "Avatar", Kind::One(Entity::File), "a stored file, or a path or URL of a new one", one(), Draft::Account { avatar, .. } => *avatar),
    field!("standing", "Role", words!(Standing), "a curator edits the catalogue, a member keeps favorites", STANDING, Draft::Account { account, .. } => account.standing),
];

/// The fields of an entity's form; none for favorites and reviews, which are keys and no forms.
#[must_use]
pub fn fields(entity: Entity) -> &'static [Spec] {
    match entity {
        Entity::Movie => MOVIE,
        Entity::Person => PERSON,
        Entity::Character => CHARACTER,
        Entity::Genre => GENRE,
        Entity::Country => COUNTRY,
        Entity::File => FILE,
        Entity::Account => ACCOUNT,
        Entity::Favorite | Entity::Review => &[],
    }
}

/// The field that refers to records of this kind: where a new record is filled in from the one it was begun at.
#[must_use]
pub fn referring(entity: Entity, to: Entity) -> Option<usize> {
    fields(entity).iter().position(|spec| spec.kind == Kind::One(to) || spec.kind == Kind::Many(to))
}
