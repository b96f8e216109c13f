//! Floor `domain`: the entities, their ids and values, and the rules of text. Pure: uses no other floor,
//! does no I/O, reads no clock.

pub mod character;
pub mod date;
pub mod duration;
pub mod enums;
pub mod external;
pub mod fold;
pub mod genre;
pub mod id;
pub mod money;
pub mod movie;
pub mod name;
pub mod origin;
pub mod person;
pub mod place;
pub mod record;
pub mod review;
pub mod small;
pub mod sort;
pub mod text;
pub mod tidy;
pub mod time;
pub mod view;

pub use character::{Character, Role, derive_role};
pub use date::{DateError, PartialDate};
pub use duration::{DurationError, exact_duration, parse_duration, show_duration};
pub use enums::NotAChoice;
pub use fold::{fold, fold_with_map};
pub use genre::{canonical_genre, genres_beginning, is_known_genre};
pub use id::{AccountId, CharacterId, CountryId, Entity, FileId, GenreId, Key, MovieId, PersonId, ReviewId};
pub use money::{Currency, Money, MoneyError};
pub use movie::{Movie, MovieKind};
pub use name::split_name;
pub use origin::{Field, Origin, Origins};
pub use person::{Gender, Person, join_name};
pub use place::{
    Place, place_by_adjective, place_by_code, place_by_name, place_from_imdb, place_from_tmdb, places, places_beginning,
};
pub use record::Record;
pub use review::{Candidate, Likeness, Review, Told, ToldPart, ToldPerson, ToldPicture, Why};
pub use small::{Account, Country, External, Favorite, File, Genre, Language, Source, Standing};
pub use sort::{head, name_key, title_key};
pub use text::{clean_line, clean_prose, clip, grouped, pad, width};
pub use tidy::Flaw;
pub use time::Timestamp;
pub use view::View;
