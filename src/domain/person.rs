//! People.

use super::tidy::{Flaw, has_twice, ids, line, lines, optional_line, prose, unique};
use super::{CountryId, External, FileId, Origins, PartialDate, Timestamp};
use serde::{Deserialize, Serialize};

/// Gender as known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Gender {
    /// Not known.
    #[default]
    Unknown = 0,
    /// Female.
    Female = 1,
    /// Male.
    Male = 2,
    /// Non-binary.
    NonBinary = 3,
}

/// A person. Rules: first and last name are not both empty; `primary_photo` is one of `photos`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
    /// The full name as its source wrote it, where first and last name do not make it up.
    pub full_name: Option<String>,
    /// Other names the person is known by.
    pub other_names: Vec<String>,
    /// Biography; may hold several lines.
    pub biography: Option<String>,
    /// Date of birth.
    pub born: Option<PartialDate>,
    /// Date of death.
    pub died: Option<PartialDate>,
    /// Gender.
    pub gender: Gender,
    /// Where the person is from.
    pub country: Option<CountryId>,
    /// Photos, in order.
    pub photos: Vec<FileId>,
    /// The photo shown first: one of `photos`.
    pub primary_photo: Option<FileId>,
    /// Ids in other databases.
    pub external: Vec<External>,
    /// Where each field came from.
    pub origins: Origins,
    /// When the record was made.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}

impl Person {
    /// The name to show: as the source wrote it, else first and last name.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.full_name {
            Some(full) => full.clone(),
            None => join_name(&self.first_name, &self.last_name),
        }
    }

    /// Makes every text fit to be kept and every list free of repeats; the primary photo becomes one of the photos.
    pub fn tidy(&mut self) {
        line(&mut self.first_name);
        line(&mut self.last_name);
        optional_line(&mut self.full_name);
        self.full_name.take_if(|full| *full == join_name(&self.first_name, &self.last_name));
        lines(&mut self.other_names);
        prose(&mut self.biography);
        self.photos.extend(self.primary_photo);
        unique(&mut self.photos);
        ids(&mut self.external);
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        let nameless = self.first_name.is_empty() && self.last_name.is_empty();
        let unborn = self.born.zip(self.died).is_some_and(|(born, died)| died.latest() < born.earliest());
        let astray = self.primary_photo.is_some_and(|photo| !self.photos.contains(&photo));
        Flaw::list([
            (nameless, "last_name", "a person needs a first or a last name"),
            (has_twice(&self.other_names), "other_names", "a name is listed twice"),
            (unborn, "died", "nobody dies before being born"),
            (has_twice(&self.photos), "photos", "a photo is listed twice"),
            (astray, "primary_photo", "the primary photo is one of the photos"),
            (has_twice(&self.external), "external", "an id is listed twice"),
        ])
    }
}

/// First and last name with a blank between them where both are there.
#[must_use]
pub fn join_name(first: &str, last: &str) -> String {
    match (first.is_empty(), last.is_empty()) {
        (true, _) => last.to_owned(),
        (_, true) => first.to_owned(),
        _ => format!("{first} {last}"),
    }
}
