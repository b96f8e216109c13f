//! The finder after `=`: what a query lets through, the best known first.

use super::answer::{Cells, Hit, Hits, Row};
use super::filter::Asking;
use super::find::micros_since;
use super::query::{Find, List, MovieFilter, MovieOrder, PageQuery, PersonFilter, PersonOrder, Start};
use super::{Fault, list};
use crate::domain::{Entity, PartialDate};
use crate::search::language::{Subject, parse};
use crate::store::Read;
use std::time::Instant;

/// What the text asks for, if it begins with `=`.
pub(super) fn query_of(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('=')
}

/// The movies that a query lets through; the people where only they are wanted, or only they can be asked.
pub(super) fn ask(txn: &impl Read, asking: Asking, find: &Find, query: &str) -> Result<Hits, Fault> {
    let start = Instant::now();
    let words = query.to_owned();
    let only = find.only.or_else(|| is_of_people(query).then_some(Entity::Person));
    let list = match only {
        Some(Entity::Person) => List::People {
            order: PersonOrder::Popularity,
            reverse: true,
            filter: PersonFilter { words, country: None },
        },
        Some(Entity::Character) => return Err(Fault::Refused("a query finds films or people".to_owned())),
        _ => List::Movies {
            order: MovieOrder::Popularity,
            reverse: true,
            filter: MovieFilter { words, ..MovieFilter::default() },
        },
    };
    let page = list::page(txn, asking, &PageQuery { list, start: Start::First, count: find.limit })?;
    let best = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
    let hits = page.rows.into_iter().zip((0..best).rev());
    let hits = hits.map(|(row, score)| hit(row, score)).collect();
    Ok(Hits { hits, micros: micros_since(start) })
}

/// Whether a query asks what can be asked of people and not of movies.
fn is_of_people(query: &str) -> bool {
    let (mut of_movies, mut of_people) = (true, true);
    if let Ok(query) = parse(query) {
        query.each(&mut |condition, _| {
            let suits = |subject| condition.field().is_none_or(|field| field.suits(subject));
            of_movies &= suits(Subject::Movies);
            of_people &= suits(Subject::People);
        });
    }
    of_people && !of_movies
}

fn hit(row: Row, score: u32) -> Hit {
    let (text, date, note, favorite) = match row.cells {
        Cells::Movie(movie) => (movie.title, movie.released, movie.director.unwrap_or_default(), movie.favorite),
        Cells::Person(person) => (person.name, person.born, person.known_for.unwrap_or_default(), false),
        Cells::Name { name, note, .. } => (name, None, note, false),
        Cells::Review(row) => (row.title, row.released, row.source.to_string(), false),
    };
    Hit { key: row.key, text, marks: Vec::new(), year: date.map(PartialDate::year), note, score, favorite }
}

#[cfg(test)]
mod tests {
    use super::is_of_people;

    #[test]
    fn what_only_people_have_is_asked_of_people() {
        for (query, of_people) in [
            ("born:1920s", true),
            ("mott gender:f", true),
            ("country:fr", false),
            ("born:1920s year:1950", false),
            ("(", false),
        ] {
            assert_eq!(is_of_people(query), of_people, "{query}");
        }
    }
}
