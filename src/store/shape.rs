//! Records as the file keeps them. Numbers and texts only, so that no type of the program becomes part
//! of the file; 0 and empty stand for "not known".

mod cast;
mod first;
mod late;
mod lent;
mod movie;
mod person;
mod review;

pub use cast::{CastShape, CharacterShape};
pub use late::Late;
pub use lent::{LentCast, LentCharacter};
pub use movie::MovieShape;
pub use person::PersonShape;
pub use review::{PartShape, ReviewShape, ToldShape};

use super::codec::{Kept, Layout};
use super::error::{Result, StoreError};
use crate::domain::{
    Account, Country, Entity, External, File, FileId, Genre, PartialDate, Source, Standing, Timestamp, View,
};
use serde::{Deserialize, Serialize};

/// When a record was made, and how much later it last changed, in milliseconds.
type Times = (i64, i64);

fn times(created: Timestamp, updated: Timestamp) -> Times {
    (created.0, updated.0.wrapping_sub(created.0))
}

fn created(times: Times) -> Timestamp {
    Timestamp(times.0)
}

fn updated(times: Times) -> Timestamp {
    Timestamp(times.0.wrapping_add(times.1))
}

/// A code that no value has: the row is damaged.
fn known<T>(value: Option<T>, what: &str) -> Result<T> {
    value.ok_or_else(|| StoreError::Damaged {
        table: "record",
        key: what.to_owned(),
        why: "holds a value that is not known".to_owned(),
    })
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn date(packed: u32, what: &str) -> Result<Option<PartialDate>> {
    if packed == 0 { Ok(None) } else { known(PartialDate::from_packed(packed), what).map(Some) }
}

fn externals(kept: Vec<(u8, String)>) -> Result<Vec<External>> {
    kept.into_iter()
        .map(|(source, id)| Ok(External { source: known(Source::from_code(source), "source")?, id }))
        .collect()
}

fn keep_externals(external: &[External]) -> Vec<(u8, String)> {
    external.iter().map(|one| (one.source.code(), one.id.clone())).collect()
}

fn numbers<Id: Copy>(ids: &[Id], number: impl Fn(Id) -> u32) -> Vec<u32> {
    ids.iter().map(|id| number(*id)).collect()
}

/// A domain value that has a kept shape.
pub trait Shaped: Sized {
    /// The shape.
    type Shape: Kept;
    /// The value in its kept shape.
    fn shape(&self) -> Self::Shape;
    /// The value of a kept shape.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a code stands for nothing.
    fn from_shape(shape: Self::Shape) -> Result<Self>;
}

/// What most records have nothing in, kept apart: none where there is nothing.
fn rest<T: Default + PartialEq>(rest: T) -> Option<T> {
    (rest != T::default()).then_some(rest)
}

macro_rules! never_changed {
    ($($shape:ty),*) => {
        $(impl Layout<'_> for $shape {
            const VERSION: u8 = super::codec::VERSION;
            type Before = $shape;
        })*
    };
}
never_changed!(GenreShape, CountryShape, FileShape, AccountShape);

/// A genre as kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct GenreShape {
    /// Name.
    pub name: String,
    /// Created, updated.
    pub times: Times,
}

impl Shaped for Genre {
    type Shape = GenreShape;

    fn shape(&self) -> GenreShape {
        GenreShape { name: self.name.clone(), times: times(self.created, self.updated) }
    }

    fn from_shape(kept: GenreShape) -> Result<Self> {
        Ok(Genre { name: kept.name, created: created(kept.times), updated: updated(kept.times) })
    }
}

/// A country as kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct CountryShape {
    /// Name.
    pub name: String,
    /// Code, or nothing.
    pub code: String,
    /// Created, updated.
    pub times: Times,
}

impl Shaped for Country {
    type Shape = CountryShape;

    fn shape(&self) -> CountryShape {
        CountryShape {
            name: self.name.clone(),
            code: self.code.clone().unwrap_or_default(),
            times: times(self.created, self.updated),
        }
    }

    fn from_shape(kept: CountryShape) -> Result<Self> {
        Ok(Country {
            name: kept.name,
            code: some(kept.code),
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}

/// A file as kept, without its bytes.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct FileShape {
    /// File name.
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// SHA-256.
    pub key: Option<[u8; 32]>,
    /// URL, or nothing.
    pub url: String,
    /// Bytes.
    pub size: u64,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Created, updated.
    pub times: Times,
}

impl Shaped for File {
    type Shape = FileShape;

    fn shape(&self) -> FileShape {
        FileShape {
            name: self.name.clone(),
            mime: self.mime.clone(),
            key: self.key,
            url: self.url.clone().unwrap_or_default(),
            size: self.size,
            width: self.width,
            height: self.height,
            times: times(self.created, self.updated),
        }
    }

    fn from_shape(kept: FileShape) -> Result<Self> {
        Ok(File {
            name: kept.name,
            mime: kept.mime,
            key: kept.key,
            url: some(kept.url),
            size: kept.size,
            width: kept.width,
            height: kept.height,
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}

/// An account as kept.
#[derive(PartialEq, Serialize, Deserialize)]
pub struct AccountShape {
    /// Username.
    pub username: String,
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Email, or nothing.
    pub email: String,
    /// PHC string.
    pub hash: String,
    /// Avatar, or 0.
    pub avatar: u32,
    /// Curator or member.
    pub standing: u8,
    /// Created, updated.
    pub times: Times,
    /// Saved views.
    pub views: Late<Vec<ViewShape>>,
}

/// A view as kept: name, what it lists, query, column, from large to small.
type ViewShape = (String, u8, String, String, bool);

fn view_shape(view: &View) -> ViewShape {
    (view.name.clone(), view.entity.code(), view.query.clone(), view.sort.clone(), view.reverse)
}

fn view((name, entity, query, sort, reverse): ViewShape) -> Result<View> {
    Ok(View { name, entity: known(Entity::from_code(entity), "kind")?, query, sort, reverse })
}

impl Shaped for Account {
    type Shape = AccountShape;

    fn shape(&self) -> AccountShape {
        AccountShape {
            username: self.username.clone(),
            first: self.first_name.clone(),
            last: self.last_name.clone(),
            email: self.email.clone().unwrap_or_default(),
            hash: self.password_hash.clone(),
            avatar: self.avatar.map_or(0, |id| id.0),
            standing: self.standing.code(),
            views: Late(self.views.iter().map(view_shape).collect()),
            times: times(self.created, self.updated),
        }
    }

    fn from_shape(kept: AccountShape) -> Result<Self> {
        Ok(Account {
            username: kept.username,
            first_name: kept.first,
            last_name: kept.last,
            email: some(kept.email),
            password_hash: kept.hash,
            avatar: (kept.avatar != 0).then_some(FileId(kept.avatar)),
            standing: known(Standing::from_code(kept.standing), "standing")?,
            views: kept.views.0.into_iter().map(view).collect::<Result<_>>()?,
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}
