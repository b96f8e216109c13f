//! Rows that say who directed or played what.

use super::cell;
use super::field::Field;
use super::take::{Row, Taken, Taker, pairs};
use crate::domain::{Entity, External, PartialDate, Role, Source, clean_line, fold};
use crate::transfer::ImportError;
use crate::transfer::draft::{MovieDraft, NOBODY, Part};

/// What somebody did for a film.
enum Job {
    Directed,
    /// Acted; of how much of the film rests on the part, where the table says so.
    Played(Option<Role>),
    /// Stands in it by old footage.
    Archive,
    /// Something that has no place here.
    Other,
}

/// What the word for a job says; none where it is no job but, perhaps, a character.
fn job(word: &str) -> Option<Job> {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match bare.as_str() {
        "director" | "directors" | "directing" | "directedby" | "directed" => Job::Directed,
        "actor" | "actress" | "cast" | "acting" | "actedin" | "acted" | "self" | "voice" | "performer" => {
            Job::Played(None)
        }
        "archivefootage" | "archivesound" => Job::Archive,
        "producer" | "writer" | "composer" | "cinematographer" | "editor" | "productiondesigner"
        | "castingdirector" | "screenplay" | "creator" | "executiveproducer" | "crew" | "music" | "story" | "novel" => {
            Job::Other
        }
        _ => Job::Played(Some(word.parse().ok()?)),
    })
}

impl Taker<'_, '_> {
    /// Takes a credit.
    pub(super) fn credit(&mut self, row: &Row) -> Taken {
        let title = row.line(Field::Title).unwrap_or_default();
        let released = self.said(row, Field::Year, cell::year);
        let Some(film) = self.film_of(row, &title, released) else {
            return Ok(Err("it does not tell which film it belongs to".to_owned()));
        };
        let word = row.text(Field::Role);
        let told = job(word);
        let mut name = row.character();
        if told.is_none() && name.is_empty() && !word.is_empty() {
            name = clean_line(word); // `acted in` tables call the character a role
        }
        let people = self.people_of(row)?;
        let mut draft = MovieDraft { ids: vec![film], title, released, ..MovieDraft::default() };
        match told.unwrap_or(Job::Played(None)) {
            Job::Other => {
                self.intake.report.leave("credits other than direction and cast", 1);
                return Ok(Ok(()));
            }
            Job::Directed if people.is_empty() => return Ok(Err("it tells of nobody who is known".to_owned())),
            Job::Directed => draft.directors = people.into_iter().map(|(number, _)| number).collect(),
            job @ (Job::Played(_) | Job::Archive) => {
                if people.is_empty() && name.is_empty() {
                    return Ok(Err("it tells of nobody who is known, and of no character".to_owned()));
                }
                let (person, known_as) = people.first().cloned().unwrap_or((NOBODY, String::new()));
                draft.cast.push(Part {
                    person,
                    others: people.iter().skip(1).map(|(number, _)| *number).collect(),
                    known_as,
                    name,
                    description: row.prose(Field::Description),
                    role: if let Job::Played(role) = job { role } else { None },
                    billing: None,
                    archive: matches!(job, Job::Archive),
                    place: self.said(row, Field::Order, cell::count),
                    guest: false,
                });
            }
        }
        let taken = self.intake.movie(draft)?;
        Ok(taken.then_some(()).ok_or_else(|| "no film that is known has its id".to_owned()))
    }

    /// What the film of a credit is known by.
    fn film_of(&mut self, row: &Row, title: &str, released: Option<PartialDate>) -> Option<External> {
        if let Some(id) = self.book.own(Entity::Movie, &row.id(Field::Film)) {
            return Some(id);
        }
        for (field, source) in [(Field::FilmImdb, Source::Imdb), (Field::FilmTmdb, Source::Tmdb)] {
            let read = |text: &str| match text {
                "" => Ok(None),
                text => External::new(source, Entity::Movie, text).map(Some).ok_or(cell::Odd),
            };
            if let Some(id) = self.said(row, field, read) {
                return Some(id);
            }
        }
        if title.is_empty() { None } else { self.book.named(Entity::Movie, title, released) }
    }

    /// The people of a credit: their numbers, and what they are known as who have nothing but a name.
    fn people_of(&mut self, row: &Row) -> Result<Vec<(u32, String)>, ImportError> {
        let names = self.book.names(row, Field::Name, None);
        for (field, source) in [(Field::PersonImdb, Source::Imdb), (Field::PersonTmdb, Source::Tmdb)] {
            let ids: Vec<External> = self
                .book
                .list(row, field, None)
                .iter()
                .filter_map(|id| External::new(source, Entity::Person, id))
                .collect();
            if let [id] = &ids[..] {
                let name = names.first().map_or("", String::as_str);
                return Ok(self.known(id.clone(), name)?.map(|number| (number, String::new())).into_iter().collect());
            }
        }
        let ids = self.book.list(row, Field::Person, Some(","));
        let mut people = Vec::new();
        for (id, name) in pairs(&ids, &names) {
            let known_as = if id.is_empty() { fold(name) } else { String::new() };
            people.extend(self.somebody(id, name)?.map(|number| (number, known_as)));
        }
        Ok(people)
    }
}
