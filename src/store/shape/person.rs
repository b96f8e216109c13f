//! People as the file keeps them.

use super::{
    Shaped, Times, created, date, externals, first, keep_externals, known, numbers, rest, some, times, updated,
};
use crate::domain::{CountryId, Field, FileId, Gender, Origins, PartialDate, Person};
use crate::store::codec::Layout;
use crate::store::error::Result;
use serde::{Deserialize, Serialize};

/// A person as kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonShape {
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Packed date.
    pub born: u32,
    /// Packed date.
    pub died: u32,
    /// Gender.
    pub gender: u8,
    /// Source and id.
    pub external: Vec<(u8, String)>,
    /// Origins, two bits a field; that of the split name changes places with that of the other names, so that what
    /// most people have is a small number.
    pub origins: u64,
    /// Created, updated.
    pub times: Times,
    /// What most people have nothing in.
    pub rest: Option<PersonRest>,
}

/// What most people have nothing in.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PersonRest {
    /// Full name, where the two do not make it up.
    pub full: String,
    /// Other names.
    pub other: Vec<String>,
    /// Biography.
    pub biography: String,
    /// Country, or 0.
    pub country: u32,
    /// Photos.
    pub photos: Vec<u32>,
    /// Primary photo, or 0.
    pub primary: u32,
}

impl Layout<'_> for PersonShape {
    const VERSION: u8 = 2;
    type Before = first::Person;
}

impl Shaped for Person {
    type Shape = PersonShape;

    fn shape(&self) -> PersonShape {
        PersonShape {
            first: self.first_name.clone(),
            last: self.last_name.clone(),
            born: self.born.map_or(0, PartialDate::packed),
            died: self.died.map_or(0, PartialDate::packed),
            gender: self.gender.code(),
            external: keep_externals(&self.external),
            origins: change_places(self.origins.0),
            times: times(self.created, self.updated),
            rest: rest(PersonRest {
                full: self.full_name.clone().unwrap_or_default(),
                other: self.other_names.clone(),
                biography: self.biography.clone().unwrap_or_default(),
                country: self.country.map_or(0, |id| id.0),
                photos: numbers(&self.photos, |id| id.0),
                primary: self.primary_photo.map_or(0, |id| id.0),
            }),
        }
    }

    fn from_shape(kept: PersonShape) -> Result<Self> {
        let rest = kept.rest.unwrap_or_default();
        Ok(Person {
            first_name: kept.first,
            last_name: kept.last,
            full_name: some(rest.full),
            other_names: rest.other,
            biography: some(rest.biography),
            born: date(kept.born, "birth date")?,
            died: date(kept.died, "death date")?,
            gender: known(Gender::from_code(kept.gender), "gender")?,
            country: (rest.country != 0).then_some(CountryId(rest.country)),
            photos: rest.photos.into_iter().map(FileId).collect(),
            primary_photo: (rest.primary != 0).then_some(FileId(rest.primary)),
            external: externals(kept.external)?,
            origins: Origins(change_places(kept.origins)),
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}

/// Lets the origins of the split name and of the other names change places.
pub(super) fn change_places(origins: u64) -> u64 {
    let (low, high) = (2 * Field::Others as u32, 2 * Field::Split as u32);
    let differ = (origins >> low ^ origins >> high) & 3;
    origins ^ differ << low ^ differ << high
}
