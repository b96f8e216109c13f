//! The small entities: genres, countries, files, accounts, favorites, and the values they share.

use super::tidy::{Flaw, line, optional_line};
use super::{FileId, Timestamp, View};
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Standing {
    /// Edits the catalogue, and all a member does.
    Curator = 0,
    /// Keeps favorites.
    #[default]
    Member = 1,
}

/// An account. Username and email are unique when case-folded.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Its saved views, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
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
    /// The path of an NFO file, its library's name first; for people seen only by name, the folded name after `~`.
    Nfo = 5,
    /// A table imported by a column map.
    Table = 6,
    /// Freebase: a path such as `/en/casablanca` or `/m/0abc`.
    Freebase = 7,
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

impl Genre {
    /// Makes its text fit to be kept.
    pub fn tidy(&mut self) {
        line(&mut self.name);
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        Flaw::list([(self.name.is_empty(), "name", "a genre needs a name")])
    }
}

impl Country {
    /// Makes its texts fit to be kept, the code in capitals.
    pub fn tidy(&mut self) {
        line(&mut self.name);
        optional_line(&mut self.code);
        if let Some(code) = &mut self.code {
            code.make_ascii_uppercase();
        }
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        let is_code =
            |code: &String| (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase());
        Flaw::list([
            (self.name.is_empty(), "name", "a country needs a name"),
            (!self.code.as_ref().is_none_or(is_code), "code", "a country's code is two to four capital letters"),
        ])
    }
}

impl File {
    /// The most bytes a file kept here may have.
    pub const MAX: u64 = 16 << 20;

    /// Makes its texts fit to be kept; of a path as its name the last step stays.
    pub fn tidy(&mut self) {
        line(&mut self.name);
        if let Some(at) = self.name.rfind(['/', '\\']) {
            self.name.drain(..=at);
            line(&mut self.name);
        }
        line(&mut self.mime);
        self.mime.make_ascii_lowercase();
        optional_line(&mut self.url);
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        let web = |url: &String| {
            ["http://", "https://"].iter().any(|start| url.len() > start.len() && url.starts_with(start))
        };
        let is_mime = self.mime.split_once('/').is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty());
        Flaw::list([
            (matches!(self.name.as_str(), "" | "." | ".."), "name", "a file needs a name"),
            (self.name.contains(['/', '\\']), "name", "a file's name has no folder"),
            (!is_mime, "mime", "write a type as image/jpeg"),
            (self.key.is_none() && self.url.is_none(), "url", "a file needs bytes or an address"),
            (!self.url.as_ref().is_none_or(web), "url", "an address starts with http:// or https://"),
            (self.size > Self::MAX, "size", "a file has at most 16 MiB"),
        ])
    }
}

impl Account {
    /// The most characters of a username.
    pub const USERNAME_MAX: usize = 32;

    /// Makes its texts fit to be kept.
    pub fn tidy(&mut self) {
        line(&mut self.username);
        line(&mut self.first_name);
        line(&mut self.last_name);
        optional_line(&mut self.email);
        self.views.iter_mut().for_each(View::tidy);
    }

    /// What keeps it from being stored.
    #[must_use]
    pub fn faults(&self) -> Vec<Flaw> {
        let fits = (1..=Self::USERNAME_MAX).contains(&self.username.chars().count())
            && self.username.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        let mut faults = Flaw::list([
            (!fits, "username", "a username is 1 to 32 letters, digits, dots, dashes or underscores"),
            (!self.email.as_deref().is_none_or(is_email), "email", "write an email address as name@example.org"),
            (self.views.len() > View::MOST, "views", "an account has at most 64 views"),
        ]);
        faults.extend(self.views.iter().flat_map(View::faults));
        faults
    }
}

fn is_email(email: &str) -> bool {
    let parts = email.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !email.contains(char::is_whitespace)
        && email.len() <= 254
}

impl Language {
    /// The language of a code, in capitals or not.
    #[must_use]
    pub fn new(code: &str) -> Option<Language> {
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_alphabetic).then(|| Language(code.map(|letter| letter.to_ascii_lowercase())))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a language is two ASCII letters")
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Language({self})")
    }
}

impl TryFrom<String> for Language {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, &'static str> {
        Language::new(&code).ok_or("write a language as its two letters, such as fr")
    }
}

impl From<Language> for String {
    fn from(language: Language) -> String {
        language.to_string()
    }
}
