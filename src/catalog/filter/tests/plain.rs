//! What a query means, read off the records one by one.

use super::world::{COUNTRIES, GENRES, World};
use crate::domain::{Character, Movie, Person, PersonId, Role, fold};
use crate::search::language::{Condition, Expr, Field, Node, Text};

pub struct Plain<'w>(pub &'w World);

/// A role and whether it is wanted or not.
type Roles = Vec<(Role, bool)>;

impl Plain<'_> {
    pub fn movies(&self, query: &Expr) -> Vec<u32> {
        let holds = |(id, movie): &&(u32, Movie)| {
            let names: Vec<&String> = std::iter::once(&movie.title).chain(&movie.original_title).collect();
            all(query, &names, &|condition, roles| self.of_movie(*id, movie, condition, roles))
        };
        self.0.movies.iter().filter(holds).map(|(id, _)| *id).collect()
    }

    pub fn people(&self, query: &Expr) -> Vec<u32> {
        let holds = |(id, person): &&(u32, Person)| {
            let name = person.name();
            let names: Vec<&String> = std::iter::once(&name).chain(&person.other_names).collect();
            all(query, &names, &|condition, roles| self.of_person(*id, person, condition, roles))
        };
        self.0.people.iter().filter(holds).map(|(id, _)| *id).collect()
    }

    fn of_movie(&self, id: u32, movie: &Movie, condition: &Condition, roles: &Roles) -> bool {
        let cast = || self.cast(id).filter(|character| fits(character.role, roles));
        match condition {
            Condition::Name(Field::Title, text) => {
                said(text, &movie.title) || movie.original_title.as_ref().is_some_and(|title| said(text, title))
            }
            Condition::Name(Field::Genre, text) => {
                movie.genres.iter().any(|genre| begins(GENRES[genre.0 as usize - 1], &text.text))
            }
            Condition::Name(Field::Country, text) => {
                movie.countries.iter().any(|country| is_country(country.0, &text.text))
            }
            Condition::Name(Field::Director, text) => {
                movie.directors.iter().any(|person| self.is_called(*person, text))
            }
            Condition::Name(Field::Actor, text) => {
                cast().any(|character| character.actors.iter().any(|person| self.is_called(*person, text)))
            }
            Condition::Name(_, text) => cast().any(|character| said(text, &character.name)),
            Condition::Kind(kind) => movie.kind == *kind,
            Condition::Favorite(yes) => self.0.favorites.contains(&id) == *yes,
            Condition::Days(Field::Added, days) => days.hold_all(movie.created.day().unwrap()),
            Condition::Days(_, days) => movie.released.is_some_and(|date| days.hold_all(date)),
            Condition::Duration(times) => movie.duration.is_some_and(|seconds| times.hold(&seconds)),
            Condition::Budget(currency, amounts) => {
                movie.budget.is_some_and(|budget| budget.currency == *currency && amounts.hold(&budget.amount))
            }
            Condition::Rating(ratings) => movie.rating.is_some_and(|rating| ratings.hold(&rating)),
            Condition::Votes(votes) => movie.votes.is_some_and(|count| votes.hold(&count)),
            Condition::Words(_) | Condition::Role(_) | Condition::Gender(_) => unreachable!(),
        }
    }

    fn of_person(&self, id: u32, person: &Person, condition: &Condition, roles: &Roles) -> bool {
        let id = PersonId(id);
        let mut parts = self.0.characters.iter().filter(|(_, character)| character.actors.contains(&id));
        match condition {
            Condition::Name(Field::Country, text) => {
                person.country.is_some_and(|country| is_country(country.0, &text.text))
            }
            Condition::Name(Field::Character, text) => {
                parts.any(|(_, character)| fits(character.role, roles) && said(text, &character.name))
            }
            Condition::Name(_, text) => self.0.movies.iter().any(|(movie, record)| {
                let named = std::iter::once(&record.title).chain(&record.original_title).any(|title| said(text, title));
                let directs = roles.is_empty() && record.directors.contains(&id);
                let mut cast = self.cast(*movie).filter(|character| character.actors.contains(&id));
                named && (directs || cast.any(|character| fits(character.role, roles)))
            }),
            Condition::Gender(gender) => person.gender == *gender,
            Condition::Days(_, days) => person.born.is_some_and(|date| days.hold_all(date)),
            _ => unreachable!(),
        }
    }

    fn cast(&self, movie: u32) -> impl Iterator<Item = &Character> {
        self.0.characters.iter().filter(move |(id, _)| id.movie.0 == movie).map(|(_, character)| character)
    }

    fn is_called(&self, id: PersonId, text: &Text) -> bool {
        let person = self.0.people.iter().find(|(other, _)| *other == id.0).map(|(_, person)| person).unwrap();
        said(text, &person.name()) || person.other_names.iter().any(|name| said(text, name))
    }
}

/// Words are words of one name; roles are those of the parts beside them.
fn all(query: &Expr, names: &[&String], holds: &dyn Fn(&Condition, &Roles) -> bool) -> bool {
    let parts = match &query.node {
        Node::Any(parts) => return parts.iter().any(|part| all(part, names, holds)),
        Node::Not(part) => return !all(part, names, holds),
        Node::All(parts) => parts.as_slice(),
        Node::Is(_) => std::slice::from_ref(query),
    };
    let bare = |part: &Expr| match &part.node {
        Node::Is(condition) => Some((condition.clone(), true)),
        Node::Not(inner) => match &inner.node {
            Node::Is(condition) => Some((condition.clone(), false)),
            _ => None,
        },
        _ => None,
    };
    let roles: Roles = parts
        .iter()
        .filter_map(|part| match bare(part) {
            Some((Condition::Role(role), wanted)) => Some((role, wanted)),
            _ => None,
        })
        .collect();
    let words: Vec<Text> = parts
        .iter()
        .filter_map(|part| match bare(part) {
            Some((Condition::Words(text), true)) => Some(text),
            _ => None,
        })
        .collect();
    names.iter().any(|name| words.iter().all(|text| said(text, name)))
        && parts.iter().all(|part| match bare(part) {
            Some((Condition::Role(_), _) | (Condition::Words(_), true)) => true,
            Some((Condition::Words(text), false)) => !names.iter().any(|name| said(&text, name)),
            Some((condition, wanted)) => holds(&condition, &roles) == wanted,
            None => all(part, names, holds),
        })
}

fn fits(role: Role, roles: &Roles) -> bool {
    roles.iter().all(|(other, wanted)| (role == *other) == *wanted)
}

fn said(text: &Text, name: &str) -> bool {
    let (name, wanted) = (fold(name), fold(&text.text));
    if text.quoted {
        return format!(" {name} ").contains(&format!(" {wanted} "));
    }
    wanted.split(' ').all(|word| name.split(' ').any(|there| there.starts_with(word)))
}

fn begins(name: &str, text: &str) -> bool {
    fold(name).starts_with(&fold(text))
}

fn is_country(id: u32, text: &str) -> bool {
    let (name, code) = COUNTRIES[id as usize - 1];
    fold(name) == fold(text) || code.eq_ignore_ascii_case(text)
}
