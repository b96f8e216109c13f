//! Going through the tables, one after the other.

use super::characters;
use super::wanted::{self, Wanted};
use crate::domain::{
    Entity, External, Field, Gender, Origin, Origins, PartialDate, Source, canonical_genre, clean_line,
};
use crate::transfer::draft::{MovieDraft, Part, PersonDraft};
use crate::transfer::error::ImportError;
use crate::transfer::intake::{Intake, Watch};
use crate::transfer::report::Phase;
use crate::transfer::tsv::{Row, Table};
use std::collections::HashMap;
use std::path::Path;

/// Rows between two words on how far it is.
const PACE: u64 = 1 << 13;
/// What is not known.
const NULL: &[u8] = b"\\N";
/// No film is longer, in minutes.
const LONGEST: u32 = 1_200;

/// What the report calls rows that nobody asked for.
mod unkept {
    pub const KINDS: &str = "titles of kinds that were not asked for";
    pub const YEARS: &str = "titles of years that were not asked for";
    pub const VOTES: &str = "titles with fewer votes than asked for";
    pub const JOBS: &str = "credits of other jobs than acting and directing";
    pub const CREDITS: &str = "credits of titles that did not come in";
    pub const PEOPLE: &str = "people without a credit in what came in";
    pub const LENGTHS: &str = "running times that no film has";
}

/// One going through all tables.
pub(super) struct Pass<'p, 's, 'w> {
    intake: &'p mut Intake<'s>,
    watch: &'p mut Watch<'w>,
    total: u64,
    /// Bytes of the tables that are done.
    done: u64,
    /// Title, votes and rating, by title.
    ratings: Vec<(u32, u32, u16)>,
    genres: HashMap<Vec<u8>, Option<String>>,
    /// By number of the intake.
    people: Vec<Somebody>,
}

/// What the credits say of a person.
#[derive(Clone, Copy, Default)]
struct Somebody {
    gender: Gender,
    /// The people's table has told of them.
    told: bool,
}

/// What became of a row.
enum Verdict {
    Taken,
    /// It is of those that nobody asked for.
    Unkept(&'static str),
    /// It is no good: why.
    Bad(&'static str),
}

/// How a credit ranks in the billing: actors, then those who are themselves, then who was only filmed before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Actor,
    Own,
    Archive,
}

/// The credits of one title that stand together.
#[derive(Default)]
struct Casting {
    film: Option<u32>,
    parts: Vec<Credit>,
    /// What their ids count.
    directors: Vec<u32>,
}

/// A credit of somebody who acts; until all of a title are read, their id's count stands for their number.
struct Credit {
    class: Class,
    ordering: u32,
    gender: Gender,
    part: Part,
}

impl<'p, 's, 'w> Pass<'p, 's, 'w> {
    pub(super) fn new(intake: &'p mut Intake<'s>, watch: &'p mut Watch<'w>, total: u64) -> Self {
        let (ratings, genres, people) = (Vec::new(), HashMap::new(), Vec::new());
        Pass { intake, watch, total, done: 0, ratings, genres, people }
    }

    /// Hands every row of a table to `take`, which says what became of it.
    fn each<const N: usize>(
        &mut self,
        file: &Path,
        columns: [&'static str; N],
        mut take: impl FnMut(&mut Self, [&[u8]; N]) -> Result<Verdict, ImportError>,
    ) -> Result<(), ImportError> {
        let mut table = Table::open(file, columns)?;
        let width = table.width();
        loop {
            let (line, taken) = (table.line() + 1, table.taken());
            if line.is_multiple_of(PACE) {
                self.watch.tell(Phase::Reading, self.done + taken, self.total)?;
            }
            let why = match table.next()? {
                None => break,
                Some(Row::Fields(fields)) => match take(self, fields)? {
                    Verdict::Taken => None,
                    Verdict::Unkept(what) => {
                        self.intake.report.leave(what, 1);
                        None
                    }
                    Verdict::Bad(why) => Some(why.to_owned()),
                },
                Some(Row::Torn(fields)) => Some(format!("it has {fields} columns, the first line {width}")),
            };
            self.intake.report.read += 1;
            if let Some(why) = why {
                self.intake.skip(file, line, line - 1, why);
            }
        }
        self.done += table.taken();
        self.watch.tell(Phase::Reading, self.done, self.total)
    }

    /// `title.ratings`
    pub(super) fn ratings(&mut self, file: &Path) -> Result<(), ImportError> {
        self.each(file, ["tconst", "averageRating", "numVotes"], |pass, [title, rating, votes]| {
            let Some(title) = number(title, b"tt") else { return Ok(Verdict::Bad(NO_TITLE)) };
            match (hundredths(rating), digits(votes)) {
                (Some(rating), Some(votes)) => pass.ratings.push((title, votes, rating)),
                _ => return Ok(Verdict::Bad("its rating or its votes are no number")),
            }
            Ok(Verdict::Taken)
        })?;
        self.ratings.sort_unstable();
        Ok(())
    }

    /// `title.basics`
    pub(super) fn titles(&mut self, file: &Path, wanted: &Wanted) -> Result<(), ImportError> {
        let columns = ["tconst", "titleType", "primaryTitle", "originalTitle", "startYear", "runtimeMinutes", "genres"];
        self.each(file, columns, |pass, [id, kind, title, original, year, minutes, genres]| {
            let Some(kind) = wanted::kind(kind).filter(|kind| wanted.kinds.contains(kind)) else {
                return Ok(Verdict::Unkept(unkept::KINDS));
            };
            let Some(number) = number(id, b"tt") else { return Ok(Verdict::Bad(NO_TITLE)) };
            let released = digits(year).and_then(|year| PartialDate::new(u16::try_from(year).ok()?, None, None));
            if year != NULL && released.is_none() {
                return Ok(Verdict::Bad("its year is none"));
            }
            let asked = |(first, last)| released.is_some_and(|date| (first..=last).contains(&date.year()));
            if !wanted.years.is_none_or(asked) {
                return Ok(Verdict::Unkept(unkept::YEARS));
            }
            let rated = pass.ratings.partition_point(|(title, ..)| *title < number);
            let rated = pass.ratings.get(rated).filter(|(title, ..)| *title == number).copied();
            if rated.map_or(0, |(_, votes, _)| votes) < wanted.min_votes {
                return Ok(Verdict::Unkept(unkept::VOTES));
            }
            let Some(title) = text(title) else { return Ok(Verdict::Bad("it has no title, or one that is no UTF-8")) };
            let told = digits(minutes);
            let minutes = told.filter(|minutes| (1..=LONGEST).contains(minutes));
            pass.intake.report.leave(unkept::LENGTHS, u64::from(told.is_some() && minutes.is_none()));
            let draft = MovieDraft {
                ids: vec![external("tt", number)],
                original_title: text(original).filter(|original| *original != title),
                title,
                kind: Some(kind),
                released,
                duration: minutes.map(|minutes| 60 * minutes),
                genres: pass.genres(genres),
                rating: rated.map(|(.., rating)| rating),
                votes: rated.map(|(_, votes, _)| votes),
                ..MovieDraft::default()
            };
            pass.intake.movie(draft)?;
            Ok(Verdict::Taken)
        })?;
        self.ratings = Vec::new();
        Ok(())
    }

    fn genres(&mut self, list: &[u8]) -> Vec<String> {
        let mut genres = Vec::new();
        for name in list.split(|byte| *byte == b',').filter(|name| *name != NULL) {
            if !self.genres.contains_key(name) {
                let genre = canonical_genre(&String::from_utf8_lossy(name));
                self.genres.insert(name.to_owned(), genre);
            }
            genres.extend(self.genres[name].clone());
        }
        genres
    }

    /// `title.akas`
    pub(super) fn akas(&mut self, file: &Path) -> Result<(), ImportError> {
        let mut last: Option<(u32, Vec<String>)> = None;
        self.each(file, ["titleId", "title"], |pass, [id, title]| {
            let Some(id) = number(id, b"tt") else { return Ok(Verdict::Bad(NO_TITLE)) };
            let Some(film) = pass.intake.film(id) else { return Ok(Verdict::Taken) };
            let Some(title) = text(title) else { return Ok(Verdict::Bad("it has no title, or one that is no UTF-8")) };
            match &mut last {
                Some((there, titles)) if *there == film => titles.push(title),
                _ => pass.titled(last.replace((film, vec![title])))?,
            }
            Ok(Verdict::Taken)
        })?;
        self.titled(last)
    }

    fn titled(&mut self, titles: Option<(u32, Vec<String>)>) -> Result<(), ImportError> {
        let Some((film, alternative_titles)) = titles else { return Ok(()) };
        self.intake.tell_film(film, MovieDraft { alternative_titles, ..MovieDraft::default() })
    }

    /// `title.crew`
    pub(super) fn crew(&mut self, file: &Path) -> Result<(), ImportError> {
        self.each(file, ["tconst", "directors"], |pass, [id, names]| {
            let Some(id) = number(id, b"tt") else { return Ok(Verdict::Bad(NO_TITLE)) };
            let Some(film) = pass.intake.film(id).filter(|_| names != NULL) else { return Ok(Verdict::Taken) };
            let mut directors = Vec::new();
            for name in names.split(|byte| *byte == b',') {
                let Some(name) = number(name, b"nm") else { return Ok(Verdict::Bad(NO_NAME)) };
                directors.push(pass.somebody(name, Gender::Unknown));
            }
            pass.intake.tell_film(film, MovieDraft { directors, ..MovieDraft::default() })?;
            Ok(Verdict::Taken)
        })
    }

    /// The number of a person whom a credit names.
    fn somebody(&mut self, name: u32, gender: Gender) -> u32 {
        let number = self.intake.somebody(name);
        let place = number as usize;
        if self.people.len() <= place {
            self.people.resize(place + 1, Somebody::default());
        }
        if self.people[place].gender == Gender::Unknown {
            self.people[place].gender = gender;
        }
        number
    }

    /// `title.principals`
    pub(super) fn credits(&mut self, file: &Path) -> Result<(), ImportError> {
        let mut casting = Casting::default();
        let columns = ["tconst", "ordering", "nconst", "category", "characters"];
        self.each(file, columns, |pass, [id, ordering, name, category, texts]| {
            let Some(id) = number(id, b"tt") else { return Ok(Verdict::Bad(NO_TITLE)) };
            let Some(film) = pass.intake.film(id) else { return Ok(Verdict::Unkept(unkept::CREDITS)) };
            let (class, gender) = match category {
                b"actor" => (Some(Class::Actor), Gender::Male),
                b"actress" => (Some(Class::Actor), Gender::Female),
                b"self" => (Some(Class::Own), Gender::Unknown),
                b"archive_footage" | b"archive_sound" => (Some(Class::Archive), Gender::Unknown),
                b"director" => (None, Gender::Unknown),
                _ => return Ok(Verdict::Unkept(unkept::JOBS)),
            };
            let (Some(name), Some(ordering)) = (number(name, b"nm"), digits(ordering)) else {
                return Ok(Verdict::Bad(NO_NAME));
            };
            if casting.film != Some(film) {
                pass.cast(&mut casting)?;
                casting.film = Some(film);
            }
            let Some(class) = class else {
                casting.directors.push(name);
                return Ok(Verdict::Taken);
            };
            let (person, archive, before) = (name, class == Class::Archive, casting.parts.len());
            let mut part = |name| {
                let part = Part { person, name, archive, ..Part::default() };
                casting.parts.push(Credit { class, ordering, gender, part });
            };
            if texts == NULL {
                part(String::new());
            } else if !characters::each(texts, &mut |text| part(clean_line(text))) {
                return Ok(Verdict::Bad("its characters are no JSON array of texts"));
            } else if casting.parts.len() == before {
                let part = Part { person, archive, ..Part::default() };
                casting.parts.push(Credit { class, ordering, gender, part });
            }
            Ok(Verdict::Taken)
        })?;
        self.cast(&mut casting)
    }

    /// Hands on the credits of one title, those who act first.
    fn cast(&mut self, casting: &mut Casting) -> Result<(), ImportError> {
        let Some(film) = casting.film.take() else { return Ok(()) };
        let acting = casting.parts.iter().map(|credit| credit.part.person);
        self.intake.warm_people(acting.chain(casting.directors.iter().copied()));
        for Credit { gender, part, .. } in &mut casting.parts {
            part.person = self.somebody(part.person, *gender);
        }
        let directors = casting.directors.drain(..).map(|name| self.somebody(name, Gender::Unknown)).collect();
        casting.parts.sort_by_key(|credit| (credit.class, credit.ordering));
        let acted = casting.parts.first().is_some_and(|credit| credit.class == Class::Actor);
        let guest = |class| acted && class == Class::Own;
        let place = |class, ordering: u32| Some((class as u32) << 24 | ordering.min((1 << 24) - 1));
        let ranked =
            |Credit { class, ordering, part, .. }| Part { guest: guest(class), place: place(class, ordering), ..part };
        let cast = casting.parts.drain(..).map(ranked).collect();
        self.intake.tell_film(film, MovieDraft { directors, cast, ..MovieDraft::default() })
    }

    /// `name.basics`
    pub(super) fn people(&mut self, file: &Path) -> Result<(), ImportError> {
        let columns = ["nconst", "primaryName", "birthYear", "deathYear"];
        self.each(file, columns, |pass, [id, name, born, died]| {
            let Some(id) = number(id, b"nm") else { return Ok(Verdict::Bad(NO_NAME)) };
            let Some(number) = pass.intake.known_person(id) else { return Ok(Verdict::Unkept(unkept::PEOPLE)) };
            let somebody = &mut pass.people[number as usize];
            if std::mem::replace(&mut somebody.told, true) {
                pass.intake.report.merged += 1;
                return Ok(Verdict::Taken);
            }
            let gender = somebody.gender;
            let Some(name) = text(name) else {
                return Ok(Verdict::Bad("it has no name, or one that is no UTF-8"));
            };
            let date = |year| digits(year).and_then(|year| PartialDate::new(u16::try_from(year).ok()?, None, None));
            let origins = Origins::default().with(Field::Kind, Origin::Derived);
            let ids = vec![external("nm", id)];
            let draft = PersonDraft {
                ids,
                name,
                born: date(born),
                died: date(died),
                gender,
                origins,
                ..PersonDraft::default()
            };
            pass.intake.tell_person(number, draft)?;
            Ok(Verdict::Taken)
        })
    }
}

const NO_TITLE: &str = "its title's id is none";
const NO_NAME: &str = "its person's id or its place in the order is none";

/// The number of an id.
fn number(field: &[u8], prefix: &[u8]) -> Option<u32> {
    digits(field.strip_prefix(prefix)?)
}

fn digits(field: &[u8]) -> Option<u32> {
    let all = !field.is_empty() && field.iter().all(u8::is_ascii_digit);
    let add = |sum: u32, digit: &u8| sum.checked_mul(10)?.checked_add(u32::from(digit - b'0'));
    if all { field.iter().try_fold(0, add) } else { None }
}

/// `7.5` as 750.
fn hundredths(field: &[u8]) -> Option<u16> {
    let text = std::str::from_utf8(field).ok()?;
    let rating: f64 = text.parse().ok().filter(|rating| (0.0..=10.0).contains(rating))?;
    Some((rating * 100.0).round() as u16)
}

/// A text that is known and not empty.
fn text(field: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(field).ok().filter(|_| field != NULL)?;
    Some(clean_line(text)).filter(|text| !text.is_empty())
}

fn external(prefix: &str, number: u32) -> External {
    let (source, entity) = (Source::Imdb, if prefix == "tt" { Entity::Movie } else { Entity::Person });
    External::new(source, entity, &format!("{prefix}{number:07}")).expect("a number makes an id")
}
