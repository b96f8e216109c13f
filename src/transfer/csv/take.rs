//! Rows become drafts.

use super::cell::{self, Said, list};
use super::columns::Columns;
use super::field::Field;
use crate::domain::{
    Currency, Entity, External, Language, Money, PartialDate, Source, canonical_genre, clean_line, clean_prose, fold,
    join_name, place_by_name,
};
use crate::transfer::ImportError;
use crate::transfer::draft::{MovieDraft, Part, PersonDraft, Picture};
use crate::transfer::intake::Intake;
use crate::transfer::table::Cells;
use std::path::Path;

/// What belongs to the name before it, and not to a list.
const SUFFIXES: [&str; 7] = ["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"];
/// A list of more is damage.
const LIST_MAX: usize = 5_000;

/// A row of a table.
pub(super) struct Row<'r> {
    pub file: &'r Path,
    pub line: u64,
    pub columns: &'r Columns,
    pub cells: &'r Cells,
}

/// What holds for all tables of an import.
#[derive(Clone, Debug)]
pub(super) struct Book {
    /// What the tables' own ids are kept under.
    pub name: String,
    /// What parts lists in cells, where that is said.
    pub separator: Option<String>,
    /// Credits name films by title and year.
    pub by_title: bool,
}

/// What became of a row: taken, or why not.
pub(super) type Taken = Result<Result<(), String>, ImportError>;

/// Takes rows.
pub(super) struct Taker<'t, 's> {
    pub book: &'t Book,
    pub intake: &'t mut Intake<'s>,
}

impl<'r> Row<'r> {
    pub(super) fn text(&self, field: Field) -> &'r str {
        self.columns.texts(field, self.cells).next().unwrap_or_default()
    }

    /// An id: what several columns say is one together.
    pub(super) fn id(&self, field: Field) -> String {
        self.columns.texts(field, self.cells).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn line(&self, field: Field) -> Option<String> {
        Some(clean_line(self.text(field))).filter(|text| !text.is_empty())
    }

    /// The names of the character, as one text: some tables have them in a list.
    pub(super) fn character(&self) -> String {
        let names = list(self.text(Field::Character), None, None);
        clean_line(&names.join(" / "))
    }

    pub(super) fn prose(&self, field: Field) -> Option<String> {
        Some(clean_prose(self.text(field))).filter(|text| !text.is_empty())
    }
}

impl Book {
    /// An id of the tables' own.
    pub(super) fn own(&self, entity: Entity, id: &str) -> Option<External> {
        if let Some(external) = imdb(entity, id) {
            return Some(external);
        }
        let id = clean_line(id);
        if id.is_empty() { None } else { External::new(Source::Table, entity, &format!("{}:{id}", self.name)) }
    }

    /// What a record is known by that has but a name.
    pub(super) fn named(&self, entity: Entity, name: &str, year: Option<PartialDate>) -> Option<External> {
        let folded = Some(fold(name)).filter(|folded| !folded.is_empty());
        let name = folded.unwrap_or_else(|| clean_line(name));
        let year = year.map_or(String::new(), |year| format!(" {}", year.year()));
        External::new(Source::Table, entity, &format!("{}:~{name}{year}", self.name))
    }

    pub(super) fn list(&self, row: &Row, field: Field, commas: Option<&str>) -> Vec<String> {
        let texts = row.columns.texts(field, row.cells);
        texts.flat_map(|text| list(text, self.separator.as_deref(), commas)).take(LIST_MAX).collect()
    }

    /// Names of people, of which `, Jr.` is a part.
    pub(super) fn names(&self, row: &Row, field: Field, commas: Option<&str>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for part in self.list(row, field, commas).iter().map(|part| clean_line(part)) {
            match names.last_mut() {
                Some(last) if SUFFIXES.iter().any(|suffix| part.eq_ignore_ascii_case(suffix)) => {
                    *last = format!("{last}, {part}");
                }
                _ if part.is_empty() => {}
                _ => names.push(part),
            }
        }
        names
    }
}

/// An id that shows by its form that it is IMDb's.
fn imdb(entity: Entity, id: &str) -> Option<External> {
    let prefix = if entity == Entity::Movie { "tt" } else { "nm" };
    let digits = id.strip_prefix(prefix)?;
    let fits = digits.len() >= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { External::new(Source::Imdb, entity, id) } else { None }
}

/// The other databases that a row can have ids of.
const OTHERS: [(Field, Source); 8] = [
    (Field::Imdb, Source::Imdb),
    (Field::Tmdb, Source::Tmdb),
    (Field::Letterboxd, Source::Letterboxd),
    (Field::Movielens, Source::Movielens),
    (Field::Wikipedia, Source::Wikipedia),
    (Field::Freebase, Source::Freebase),
    (Field::Nfo, Source::Nfo),
    (Field::Table, Source::Table),
];

impl Taker<'_, '_> {
    /// What a field says; what cannot be read is remarked on.
    pub(super) fn said<T>(&mut self, row: &Row, field: Field, read: impl Fn(&str) -> Said<T>) -> Option<T> {
        self.read(row, field, row.text(field), read)
    }

    fn read<T>(&mut self, row: &Row, field: Field, text: &str, read: impl Fn(&str) -> Said<T>) -> Option<T> {
        read(text).unwrap_or_else(|_| {
            let text = clean_line(&text.chars().take(60).collect::<String>());
            let says = format!("{text:?} cannot be taken as {}; it counts as unknown", row.columns.name(field));
            self.intake.report.note(row.file, row.line, says);
            None
        })
    }

    /// The ids of a row: the table's own first.
    fn ids(&mut self, row: &Row, entity: Entity) -> Vec<External> {
        let mut ids: Vec<External> = self.book.own(entity, &row.id(Field::Id)).into_iter().collect();
        for (field, source) in OTHERS {
            for text in self.book.list(row, field, None) {
                let read = |text: &str| External::new(source, entity, text).map(Some).ok_or(cell::Odd);
                let id = self.read(row, field, &text, read);
                ids.extend(id.filter(|id| !ids.contains(id)));
            }
        }
        ids
    }

    /// Takes a person.
    pub(super) fn person(&mut self, row: &Row) -> Taken {
        let mut ids = self.ids(row, Entity::Person);
        let (first, last) = (row.line(Field::First), row.line(Field::Last));
        let split = (first.is_some() || last.is_some()).then(|| (first.unwrap_or_default(), last.unwrap_or_default()));
        let joined = || split.as_ref().map(|(first, last)| join_name(first, last));
        let name = row.line(Field::Name).or_else(joined).unwrap_or_default();
        if ids.is_empty() && !name.is_empty() {
            ids.extend(self.book.named(Entity::Person, &name, None));
        }
        if ids.is_empty() {
            return Ok(Err("it has neither an id nor a name".to_owned()));
        }
        let (born, died) = (self.said(row, Field::Date, cell::date), self.said(row, Field::EndDate, cell::date));
        let draft = PersonDraft {
            ids,
            name,
            split,
            other_names: self.book.names(row, Field::Others, None),
            biography: row.prose(Field::Description),
            born,
            died,
            gender: self.said(row, Field::Gender, cell::gender).unwrap_or_default(),
            country: self.said(row, Field::Countries, cell::homeland),
            photos: self.book.list(row, Field::Images, None).iter().map(|url| Picture::at(url)).collect(),
            ..PersonDraft::default()
        };
        if born.zip(died).is_some_and(|(born, died)| died.latest() < born.earliest()) {
            return Ok(Err("it has somebody die before being born".to_owned()));
        }
        let taken = self.intake.person_if_known(draft)?;
        Ok(taken.map(|_| ()).ok_or_else(|| "it has no name, and nobody known has its id".to_owned()))
    }

    /// Takes a film.
    pub(super) fn film(&mut self, row: &Row) -> Taken {
        let mut ids = self.ids(row, Entity::Movie);
        let title = row.line(Field::Title).unwrap_or_default();
        let released = self.said(row, Field::Date, cell::date).or_else(|| self.said(row, Field::Year, cell::year));
        if !title.is_empty() && (ids.is_empty() || self.book.by_title) {
            ids.extend(self.book.named(Entity::Movie, &title, released));
        }
        if ids.is_empty() {
            return Ok(Err("it has neither an id nor a title".to_owned()));
        }
        let votes = self.said(row, Field::Votes, cell::count);
        let (directors, cast) = (self.directors(row)?, self.cast(row)?);
        let draft = MovieDraft {
            ids,
            title,
            original_title: row.line(Field::Original),
            alternative_titles: self
                .book
                .list(row, Field::Titles, None)
                .iter()
                .map(|title| clean_line(title))
                .collect(),
            language: Language::new(row.text(Field::Language)),
            kind: self.said(row, Field::Kind, cell::kind),
            description: row.prose(Field::Description),
            budget: self.budget(row),
            released,
            duration: self.said(row, Field::Duration, cell::duration),
            directors,
            countries: self.countries(row),
            genres: self.genres(row),
            poster: Some(row.text(Field::Poster)).filter(|url| !url.is_empty()).map(Picture::at),
            images: self.book.list(row, Field::Images, None).iter().map(|url| Picture::at(url)).collect(),
            rating: self.said(row, Field::Rating, cell::rating).filter(|rating| *rating > 0 || votes != Some(0)),
            votes,
            cast,
            ..MovieDraft::default()
        };
        let taken = self.intake.movie(draft)?;
        Ok(taken.then_some(()).ok_or_else(|| "it has no title, and no film that is known has its id".to_owned()))
    }

    fn genres(&self, row: &Row) -> Vec<String> {
        self.book.list(row, Field::Genres, Some(",")).iter().filter_map(|name| canonical_genre(name)).collect()
    }

    fn countries(&mut self, row: &Row) -> Vec<String> {
        let whole = row.columns.texts(Field::Countries, row.cells).next().unwrap_or_default();
        if let Some(place) = place_by_name(whole) {
            return vec![place.code.to_owned()]; // `Korea, Republic of` is no list
        }
        let names = self.book.list(row, Field::Countries, Some(","));
        names.iter().filter_map(|name| self.read(row, Field::Countries, name, cell::country)).collect()
    }

    fn budget(&mut self, row: &Row) -> Option<Money> {
        let currency = Currency::new(row.text(Field::Currency)).unwrap_or(Currency::USD);
        self.said(row, Field::Budget, |text| cell::money(text, currency))
    }

    /// The numbers of the directors, by their ids, their names or both.
    fn directors(&mut self, row: &Row) -> Result<Vec<u32>, ImportError> {
        let names = self.book.names(row, Field::Directors, Some(","));
        let ids = self.book.list(row, Field::DirectorIds, Some(","));
        let mut numbers = Vec::new();
        for (id, name) in pairs(&ids, &names) {
            numbers.extend(self.somebody(id, name)?);
        }
        Ok(numbers)
    }

    /// The number of a person who is named in passing: by an id, a name, or both.
    pub(super) fn somebody(&mut self, id: &str, name: &str) -> Result<Option<u32>, ImportError> {
        // A list of names may hold ids.
        let (id, name) = if imdb(Entity::Person, name).is_some() { (name, "") } else { (id, name) };
        let id =
            if id.is_empty() { self.book.named(Entity::Person, name, None) } else { self.book.own(Entity::Person, id) };
        match id {
            Some(id) => self.known(id, name),
            None => Ok(None),
        }
    }

    /// The number of the person of an id.
    pub(super) fn known(&mut self, id: External, name: &str) -> Result<Option<u32>, ImportError> {
        let number = self.intake.person_if_known(PersonDraft::named(id, name))?;
        if number.is_none() {
            self.intake.report.leave("credits of people whose name no table tells, and whose id nobody known has", 1);
        }
        Ok(number)
    }

    fn cast(&mut self, row: &Row) -> Result<Vec<Part>, ImportError> {
        let mut cast = Vec::new();
        for name in self.book.names(row, Field::Cast, Some(",")) {
            let known_as = fold(&name);
            let person = self.somebody("", &name)?;
            cast.extend(person.map(|person| Part { person, known_as, ..Part::default() }));
        }
        Ok(cast)
    }
}

/// Ids with their names, where there are as many of both; else whichever there are.
pub(super) fn pairs<'a>(ids: &'a [String], names: &'a [String]) -> Vec<(&'a str, &'a str)> {
    let both = ids.len() == names.len();
    let of = |list: &'a [String], place: usize| list.get(place).map_or("", String::as_str);
    match (ids.is_empty(), both) {
        (false, true) => (0..ids.len()).map(|place| (of(ids, place), of(names, place))).collect(),
        (false, false) => (0..ids.len()).map(|place| (of(ids, place), "")).collect(),
        (true, _) => (0..names.len()).map(|place| ("", of(names, place))).collect(),
    }
}
