//! What a source tells of one film or person, before it is known whether the catalogue has them.

use crate::domain::{External, Gender, Language, Money, MovieKind, Origins, PartialDate, Role, Source, Timestamp};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::PathBuf;

/// A movie as a source tells of it. What is empty the source does not know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct MovieDraft {
    /// The ids it has in other databases; by the first it is told from others of the input.
    pub ids: Vec<External>,
    /// The id it has instead, where the first is that of a film of another year: sources link the wrong one of two.
    pub fallback: Option<External>,
    /// Empty where the source has nothing but ids; then only a movie that is known is told of.
    pub title: String,
    pub original_title: Option<String>,
    pub alternative_titles: Vec<String>,
    pub language: Option<Language>,
    pub kind: Option<MovieKind>,
    pub description: Option<String>,
    pub budget: Option<Money>,
    pub released: Option<PartialDate>,
    pub duration: Option<u32>,
    /// Numbers that the intake gave.
    pub directors: Vec<u32>,
    /// Codes, or names where there is no code.
    pub countries: Vec<String>,
    /// Names as genres are called here.
    pub genres: Vec<String>,
    pub poster: Option<Picture>,
    pub images: Vec<Picture>,
    pub rating: Option<u16>,
    pub votes: Option<u32>,
    /// In the order of billing.
    pub cast: Vec<Part>,
    /// Since when it is a favorite of whoever imports.
    pub favorite: Option<Timestamp>,
    /// Which of the fields were concluded, not told.
    pub origins: Origins,
}

/// In place of an actor's number: the source does not know who plays a part.
pub(super) const NOBODY: u32 = u32::MAX;

/// A part of a movie and who plays it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    /// The number that the intake gave the actor.
    pub person: u32,
    /// Those of further actors.
    pub others: Vec<u32>,
    /// The actor's folded name, where the source knows people by nothing else.
    pub known_as: String,
    /// The character's name; empty where the source knows only who acted.
    pub name: String,
    pub description: Option<String>,
    /// Where the source says so; concluded from the billing elsewhere.
    pub role: Option<Role>,
    /// Its place in the billing, where the source tells of this part alone.
    pub billing: Option<u32>,
    /// Put together from archive footage.
    pub archive: bool,
    /// Its place in the billing, where the source numbers them; those without stand behind.
    pub place: Option<u32>,
    /// Somebody who is themself among actors, which is never a lead.
    pub guest: bool,
}

/// A person as a source tells of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct PersonDraft {
    /// The ids they have in other databases; by the first they are told from others of the input.
    pub ids: Vec<External>,
    /// In full, as the source writes it.
    pub name: String,
    /// First and last name, where the source has them apart.
    pub split: Option<(String, String)>,
    pub other_names: Vec<String>,
    pub biography: Option<String>,
    pub born: Option<PartialDate>,
    pub died: Option<PartialDate>,
    pub gender: Gender,
    /// A code, or a name where there is no code.
    pub country: Option<String>,
    pub photos: Vec<Picture>,
    /// Which of the fields were concluded, not told.
    pub origins: Origins,
}

/// A picture that a source has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Picture {
    /// At an address.
    Address { url: String, width: Option<u32>, height: Option<u32> },
    /// In a file here, whose bytes are read when the record is made.
    Here(OsString),
}

impl Picture {
    /// The picture in a file here.
    pub fn here(path: PathBuf) -> Picture {
        Picture::Here(path.into_os_string())
    }

    /// The picture at an address of which nothing else is known.
    pub fn at(url: &str) -> Picture {
        Picture::Address { url: url.to_owned(), width: None, height: None }
    }
}

/// An id that tells a film from others of one input, whose source has none for it. It is not kept.
pub(super) fn passing(source: Source, mark: u128) -> External {
    External { source, id: format!("~{mark:032x}") }
}

/// Whether an id is one of those.
pub(super) fn is_passing(id: &External) -> bool {
    id.source != Source::Wikipedia && id.id.starts_with('~')
}

fn or<T>(mine: &mut Option<T>, other: Option<T>) {
    *mine = mine.take().or(other);
}

fn add<T: PartialEq>(mine: &mut Vec<T>, other: Vec<T>) {
    for one in other {
        if !mine.contains(&one) {
            mine.push(one);
        }
    }
}

impl Part {
    /// The numbers of all who play it.
    pub fn actors(&self) -> impl Iterator<Item = u32> {
        let first = Some(self.person).filter(|person| *person != NOBODY);
        first.into_iter().chain(self.others.iter().copied())
    }
}

impl PersonDraft {
    /// Somebody of whom the source tells only id and name.
    pub fn named(id: External, name: &str) -> PersonDraft {
        PersonDraft { ids: vec![id], name: name.to_owned(), ..PersonDraft::default() }
    }

    /// Takes what another draft of the same person tells besides.
    pub fn join(mut self, other: PersonDraft) -> PersonDraft {
        or(&mut self.split, other.split);
        or(&mut self.biography, other.biography);
        or(&mut self.born, other.born);
        or(&mut self.died, other.died);
        or(&mut self.country, other.country);
        if self.gender == Gender::Unknown {
            self.gender = other.gender;
        }
        add(&mut self.ids, other.ids);
        add(&mut self.other_names, other.other_names);
        add(&mut self.photos, other.photos);
        self
    }
}

impl MovieDraft {
    /// Puts the cast in the order of billing, where the source numbers its parts.
    pub fn order_cast(&mut self) {
        self.cast.sort_by_key(|part| part.place.unwrap_or(u32::MAX));
    }

    /// Takes what another draft of the same movie tells besides.
    pub fn join(mut self, other: MovieDraft) -> MovieDraft {
        if self.title.is_empty() {
            self.title = other.title;
        }
        or(&mut self.original_title, other.original_title);
        or(&mut self.language, other.language);
        or(&mut self.kind, other.kind);
        or(&mut self.description, other.description);
        or(&mut self.budget, other.budget);
        or(&mut self.released, other.released);
        or(&mut self.duration, other.duration);
        or(&mut self.poster, other.poster);
        or(&mut self.rating, other.rating);
        or(&mut self.votes, other.votes);
        self.favorite = self.favorite.into_iter().chain(other.favorite).min();
        add(&mut self.ids, other.ids);
        add(&mut self.alternative_titles, other.alternative_titles);
        add(&mut self.directors, other.directors);
        add(&mut self.countries, other.countries);
        add(&mut self.genres, other.genres);
        add(&mut self.images, other.images);
        if self.cast.is_empty() {
            self.cast = other.cast;
            return self;
        }
        for part in other.cast {
            if !self.cast.iter().any(|one| one.person == part.person && one.name == part.name) {
                self.cast.push(part);
            }
        }
        self
    }
}
