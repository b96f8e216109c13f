//! Floor `domain`: the entities, their ids and values, and the rules of text. Pure: uses no other floor,
//! does no I/O, reads no clock.

pub mod character;
pub mod date;
pub mod fold;
pub mod id;
pub mod money;
pub mod movie;
pub mod name;
pub mod origin;
pub mod person;
pub mod place;
pub mod record;
pub mod small;
pub mod sort;
pub mod text;
pub mod time;

pub use character::{Character, Role};
pub use date::PartialDate;
pub use id::{AccountId, CharacterId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId};
pub use money::{Currency, Money};
pub use movie::{Movie, MovieKind};
pub use origin::{Field, Origin, Origins};
pub use person::{Gender, Person, join_name};
pub use record::Record;
pub use small::{Account, Country, External, Favorite, File, Genre, Language, Source, Standing};
pub use time::Timestamp;
