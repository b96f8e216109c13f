//! The small entities: genres, countries, files, accounts, favorites, and the values they share.

use super::{FileId, Timestamp};
use serde::{Deserialize, Serialize};

/// A genre. The name is unique when folded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Genre {
    /// Name.
    pub name: String,
    /// When the record was made.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}

/// A country, present or former. The name is unique when folded, the code where given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// English short name.
    pub name: String,
    /// ISO 3166-1 alpha-2; for former countries ISO 3166-3, or one of ours (`XWG`).
    pub code: Option<String>,
    /// When the record was made.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}

/// A file: bytes kept in the catalogue, or a public URL, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// File name, without a folder.
    pub name: String,
    /// MIME type, such as `image/jpeg`.
    pub mime: String,
    /// SHA-256 of the bytes; absent where the file is only a URL. The same bytes are stored once.
    pub key: Option<[u8; 32]>,
    /// Public URL.
    pub url: Option<String>,
    /// Bytes, where they are here.
    pub size: u64,
    /// Width in pixels, of a picture.
    pub width: Option<u32>,
    /// Height in pixels, of a picture.
    pub height: Option<u32>,
    /// When the record was made.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Standing {
    /// Edits the catalogue, and all a member does.
    Curator = 0,
    /// Keeps favorites.
    Member = 1,
}

/// An account. Username and email are unique when case-folded.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Username as its owner wrote it.
    pub username: String,
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
    /// Email address.
    pub email: Option<String>,
    /// argon2id hash as a PHC string, which carries its parameters.
    pub password_hash: String,
    /// Picture of the account's owner.
    pub avatar: Option<FileId>,
    /// Curator or member.
    pub standing: Standing,
    /// When the record was made.
    pub created: Timestamp,
    /// When the record last changed.
    pub updated: Timestamp,
}

impl std::fmt::Debug for Account {
    /// Leaves the password hash out, so that no log or test failure shows it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("username", &self.username)
            .field("standing", &self.standing)
            .finish_non_exhaustive()
    }
}

/// That an account holds a movie dear; addressed by the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Favorite {
    /// When it was added; favorites are listed by it.
    pub added: Timestamp,
}

/// A database that other ids come from. The number is what the file keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Source {
    /// imdb.com: `tt…`, `nm…`.
    Imdb = 0,
    /// themoviedb.org: digits.
    Tmdb = 1,
    /// letterboxd.com: a short link.
    Letterboxd = 2,
    /// movielens.org: digits.
    Movielens = 3,
    /// en.wikipedia.org: an article name; for people seen only by name, the folded name after `~`.
    Wikipedia = 4,
    /// The path of an NFO file, relative to its library.
    Nfo = 5,
    /// A table imported by a column map.
    Table = 6,
}

/// The id of one record in another database. A record may own several; an id owns one record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct External {
    /// Which database.
    pub source: Source,
    /// The id there, normalised: `tt0034583`.
    pub id: String,
}

/// An ISO 639-1 code: two lower-case letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 2]);
