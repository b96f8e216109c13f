//! Records as the file keeps them. Numbers and texts only, so that no type of the program becomes part
//! of the file; 0 and empty stand for "not known".

mod late;
mod lent;
mod review;

pub use late::Late;
pub use lent::{LentCast, LentCharacter};
pub use review::{PartShape, ReviewShape, ToldShape};

use super::error::{Result, StoreError};
use crate::domain::{
    Account, Character, Country, CountryId, Currency, External, FileId, Genre, GenreId, Language, Money, Movie,
    MovieKind, Origins, PartialDate, Person, PersonId, Role, Source, Timestamp,
};
use crate::domain::{Entity, File, Gender, Standing, View};
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
    type Shape;
    /// The value in its kept shape.
    fn shape(&self) -> Self::Shape;
    /// The value of a kept shape.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a code stands for nothing.
    fn from_shape(shape: Self::Shape) -> Result<Self>;
}

/// A movie as kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct MovieShape {
    /// Title.
    pub title: String,
    /// Original title.
    pub original: String,
    /// Alternative titles.
    pub alternative: Vec<String>,
    /// Two letters, or nothing.
    pub language: String,
    /// Kind.
    pub kind: u8,
    /// Description.
    pub description: String,
    /// Currency and ten-thousandths.
    pub budget: Option<(String, i64)>,
    /// Packed date.
    pub released: u32,
    /// Seconds.
    pub duration: u32,
    /// Directors.
    pub directors: Vec<u32>,
    /// Countries.
    pub countries: Vec<u32>,
    /// Genres.
    pub genres: Vec<u32>,
    /// Poster, or 0.
    pub poster: u32,
    /// Further pictures.
    pub images: Vec<u32>,
    /// Source and id.
    pub external: Vec<(u8, String)>,
    /// Hundredths.
    pub rating: Option<u16>,
    /// Votes.
    pub votes: Option<u32>,
    /// Origins, two bits a field.
    pub origins: u64,
    /// Created, updated.
    pub times: Times,
}

impl Shaped for Movie {
    type Shape = MovieShape;

    fn shape(&self) -> MovieShape {
        MovieShape {
            title: self.title.clone(),
            original: self.original_title.clone().unwrap_or_default(),
            alternative: self.alternative_titles.clone(),
            language: self.language.map(|language| language.as_str().to_owned()).unwrap_or_default(),
            kind: self.kind.code(),
            description: self.description.clone().unwrap_or_default(),
            budget: self.budget.map(|money| (money.currency.as_str().to_owned(), money.amount)),
            released: self.released.map_or(0, PartialDate::packed),
            duration: self.duration.unwrap_or(0),
            directors: numbers(&self.directors, |id| id.0),
            countries: numbers(&self.countries, |id| id.0),
            genres: numbers(&self.genres, |id| id.0),
            poster: self.poster.map_or(0, |id| id.0),
            images: numbers(&self.images, |id| id.0),
            external: keep_externals(&self.external),
            rating: self.rating,
            votes: self.votes,
            origins: self.origins.0,
            times: times(self.created, self.updated),
        }
    }

    fn from_shape(kept: MovieShape) -> Result<Self> {
        let budget = |(code, amount): (String, i64)| {
            known(Currency::new(&code), "currency").map(|currency| Money { currency, amount })
        };
        Ok(Movie {
            title: kept.title,
            original_title: some(kept.original),
            alternative_titles: kept.alternative,
            language: some(kept.language).map(|code| known(Language::new(&code), "language")).transpose()?,
            kind: known(MovieKind::from_code(kept.kind), "kind")?,
            description: some(kept.description),
            budget: kept.budget.map(budget).transpose()?,
            released: date(kept.released, "release date")?,
            duration: (kept.duration != 0).then_some(kept.duration),
            directors: kept.directors.into_iter().map(PersonId).collect(),
            countries: kept.countries.into_iter().map(CountryId).collect(),
            genres: kept.genres.into_iter().map(GenreId).collect(),
            poster: (kept.poster != 0).then_some(FileId(kept.poster)),
            images: kept.images.into_iter().map(FileId).collect(),
            external: externals(kept.external)?,
            rating: kept.rating,
            votes: kept.votes,
            origins: Origins(kept.origins),
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}

/// A person as kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonShape {
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Full name, where the two do not make it up.
    pub full: String,
    /// Other names.
    pub other: Vec<String>,
    /// Biography.
    pub biography: String,
    /// Packed date.
    pub born: u32,
    /// Packed date.
    pub died: u32,
    /// Gender.
    pub gender: u8,
    /// Country, or 0.
    pub country: u32,
    /// Photos.
    pub photos: Vec<u32>,
    /// Primary photo, or 0.
    pub primary: u32,
    /// Source and id.
    pub external: Vec<(u8, String)>,
    /// Origins, two bits a field.
    pub origins: u64,
    /// Created, updated.
    pub times: Times,
}

impl Shaped for Person {
    type Shape = PersonShape;

    fn shape(&self) -> PersonShape {
        PersonShape {
            first: self.first_name.clone(),
            last: self.last_name.clone(),
            full: self.full_name.clone().unwrap_or_default(),
            other: self.other_names.clone(),
            biography: self.biography.clone().unwrap_or_default(),
            born: self.born.map_or(0, PartialDate::packed),
            died: self.died.map_or(0, PartialDate::packed),
            gender: self.gender.code(),
            country: self.country.map_or(0, |id| id.0),
            photos: numbers(&self.photos, |id| id.0),
            primary: self.primary_photo.map_or(0, |id| id.0),
            external: keep_externals(&self.external),
            origins: self.origins.0,
            times: times(self.created, self.updated),
        }
    }

    fn from_shape(kept: PersonShape) -> Result<Self> {
        Ok(Person {
            first_name: kept.first,
            last_name: kept.last,
            full_name: some(kept.full),
            other_names: kept.other,
            biography: some(kept.biography),
            born: date(kept.born, "birth date")?,
            died: date(kept.died, "death date")?,
            gender: known(Gender::from_code(kept.gender), "gender")?,
            country: (kept.country != 0).then_some(CountryId(kept.country)),
            photos: kept.photos.into_iter().map(FileId).collect(),
            primary_photo: (kept.primary != 0).then_some(FileId(kept.primary)),
            external: externals(kept.external)?,
            origins: Origins(kept.origins),
            created: created(kept.times),
            updated: updated(kept.times),
        })
    }
}

/// The characters of one movie as kept.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CastShape {
    /// The ordinal to give next.
    pub next: u32,
    /// The moment the characters' own are counted from.
    pub since: i64,
    /// The characters by ordinal.
    pub characters: Vec<CharacterShape>,
}

impl CastShape {
    /// Puts a character at its ordinal, in place of any that is there.
    pub fn put(&mut self, ordinal: u32, character: Character) {
        if self.characters.is_empty() {
            self.since = character.created.0;
        }
        let shape = CharacterShape::new(ordinal, character, self.since);
        match self.characters.binary_search_by_key(&ordinal, |one| one.ordinal) {
            Ok(there) => self.characters[there] = shape,
            Err(there) => self.characters.insert(there, shape),
        }
        self.next = self.next.max(ordinal + 1);
    }

    /// Takes a character out; its ordinal is not given again.
    pub fn take(&mut self, ordinal: u32) {
        self.characters.retain(|one| one.ordinal != ordinal);
    }
}

/// A character as kept in its movie's block.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct CharacterShape {
    /// Ordinal in the movie.
    pub ordinal: u32,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Role.
    pub role: u8,
    /// Actors.
    pub actors: Vec<u32>,
    /// Billing.
    pub billing: u32,
    /// Origins, two bits a field.
    pub origins: u64,
    /// Created, counted from the block's moment; updated, counted from created.
    pub times: Times,
}

impl CharacterShape {
    /// A character in the shape kept in a block that counts from `since`.
    #[must_use]
    pub fn new(ordinal: u32, character: Character, since: i64) -> Self {
        let (created, later) = times(character.created, character.updated);
        CharacterShape {
            ordinal,
            name: character.name,
            description: character.description.unwrap_or_default(),
            role: character.role.code(),
            actors: character.actors.into_iter().map(|id| id.0).collect(),
            billing: character.billing,
            origins: character.origins.0,
            times: (created.wrapping_sub(since), later),
        }
    }

    /// The character, of a block that counts from `since`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a code stands for nothing.
    pub fn character(&self, since: i64) -> Result<Character> {
        let times = (since.wrapping_add(self.times.0), self.times.1);
        Ok(Character {
            name: self.name.clone(),
            description: some(self.description.clone()),
            role: known(Role::from_code(self.role), "role")?,
            actors: self.actors.iter().copied().map(PersonId).collect(),
            billing: self.billing,
            origins: Origins(self.origins),
            created: created(times),
            updated: updated(times),
        })
    }
}

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
