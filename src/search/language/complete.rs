//! What can follow what is typed: fields, and values of the small sets; names are left to whoever knows them.

use super::lex::is_blank;
use super::{Field, Span, Subject};
use crate::domain::{Entity, Gender, MovieKind, Role, genres_beginning, places_beginning};

/// Words of so many letters may stand for a genre or a country.
const WORD: usize = 3;
/// So many of either are offered.
const VALUES: usize = 3;

/// What fits at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a choice takes the place of.
    pub span: Span,
    /// What to choose from.
    pub wanted: Wanted,
}

/// What to choose from at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// These.
    Offers(Vec<Offer>),
    /// Names of records of this kind that answer what is typed; in a query they are written by [`Completion::quote`].
    Names(Entity, String),
    /// Anything the field takes.
    Any(Field),
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is written as.
    pub text: String,
    /// What it means.
    pub help: &'static str,
}

impl Completion {
    /// A name as a query writes it.
    #[must_use]
    pub fn quote(name: &str) -> String {
        let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '\'';
        match (name.chars().all(plain) && !name.starts_with('-'), name.contains('"')) {
            (true, _) => name.to_owned(),
            (false, false) => format!("\"{name}\""),
            (false, true) => format!("“{name}”"),
        }
    }
}

/// What fits at the cursor, a byte of the text, in a query about this subject.
#[must_use]
pub fn complete(text: &str, cursor: usize, subject: Subject) -> Completion {
    let cursor = text.floor_char_boundary(cursor.min(text.len()));
    let start = word_start(&text[..cursor]);
    let word = &text[start..cursor];
    let start = start + (word.len() - word.trim_start_matches('-').len());
    let word = &text[start..cursor];
    if let Some((name, value)) = word.split_once(':')
        && let Some(field) = Field::named(name)
    {
        return value_of(field, value, start + name.len() + 1..cursor);
    }
    if let Some(field) = field_before(&text[..start]) {
        return value_of(field, word, start..cursor);
    }
    let mut offers = fields(word, subject);
    offers.extend(values(word, subject));
    Completion { span: start..cursor, wanted: Wanted::Offers(offers) }
}

/// Where the word that ends here begins; what stands in quotes is part of it.
fn word_start(text: &str) -> usize {
    let (mut start, mut quote) = (0, None);
    for (at, c) in text.char_indices() {
        let fresh = at == start || text[..at].ends_with(':');
        match (quote, c) {
            (Some(close), _) if c == close => quote = None,
            (Some(_), _) => {}
            (None, '"') if fresh => quote = Some('"'),
            (None, '“') if fresh => quote = Some('”'),
            (None, '(' | ')') => start = at + 1,
            (None, _) if is_blank(c) => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

/// The field whose colon was the last thing before a blank.
fn field_before(text: &str) -> Option<Field> {
    let name = text.trim_end_matches(is_blank).strip_suffix(':')?;
    let start = name.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    Field::named(name.get(start..)?)
}

fn value_of(field: Field, value: &str, span: Span) -> Completion {
    if let Some((before, last)) = value.rsplit_once(',').filter(|(before, _)| !before.contains(['"', '“']))
        && field.takes_lists()
    {
        return value_of(field, last, span.start + before.len() + 1..span.end);
    }
    let typed = value.trim_start_matches(['"', '“']).trim_end_matches(['"', '”']).to_owned();
    let words = |words: Vec<&'static str>| Wanted::Offers(choices(&typed, &words));
    let wanted = match field {
        Field::Director | Field::Actor => Wanted::Names(Entity::Person, typed),
        Field::Genre => Wanted::Names(Entity::Genre, typed),
        Field::Country => Wanted::Names(Entity::Country, typed),
        Field::Title => Wanted::Names(Entity::Movie, typed),
        Field::Character => Wanted::Names(Entity::Character, typed),
        Field::Kind => words(MovieKind::ALL.iter().map(|kind| kind.word()).collect()),
        Field::Gender => words(Gender::ALL.iter().map(|gender| gender.word()).collect()),
        Field::Role => words(Role::ALL.iter().map(|role| role.word()).collect()),
        Field::Favorite => words(vec!["yes", "no"]),
        _ => Wanted::Any(field),
    };
    Completion { span, wanted }
}

fn choices(typed: &str, words: &[&'static str]) -> Vec<Offer> {
    let bare = |text: &str| text.to_lowercase().replace(['-', ' '], "");
    let fits = |word: &&&str| bare(word).starts_with(&bare(typed));
    words.iter().filter(fits).map(|word| Offer { text: Completion::quote(word), help: "" }).collect()
}

fn fields(typed: &str, subject: Subject) -> Vec<Offer> {
    let typed = typed.to_lowercase();
    let fits = |field: &Field| field.suits(subject) && field.names().iter().any(|name| name.starts_with(&typed));
    let offer = |field: Field| Offer { text: format!("{}:", field.word()), help: field.help() };
    Field::all().filter(fits).map(offer).collect()
}

/// Genres and countries that a word without a field may stand for.
fn values(typed: &str, subject: Subject) -> Vec<Offer> {
    if typed.chars().count() < WORD {
        return Vec::new();
    }
    let offer =
        |field: Field, name: &str, help| Offer { text: format!("{}:{}", field.word(), Completion::quote(name)), help };
    let genres = genres_beginning(typed).filter(|_| Field::Genre.suits(subject));
    let genres = genres.take(VALUES).map(|name| offer(Field::Genre, name, "a genre"));
    genres
        .chain(places_beginning(typed).take(VALUES).map(|place| offer(Field::Country, place.name, "a country")))
        .collect()
}
