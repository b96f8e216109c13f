//! Numbers and words for the small sets of choices. The numbers are kept in files and never change.

use super::{Entity, Gender, Likeness, MovieKind, Role, Source, Standing, Why};
use std::fmt;
use std::str::FromStr;

/// A word that is none of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAChoice {
    /// The words it could have been.
    pub choices: String,
}

impl fmt::Display for NotAChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "choose one of {}", self.choices)
    }
}

impl std::error::Error for NotAChoice {}

/// Letters and digits in lower case, which is all that tells choices apart.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

macro_rules! choices {
    ($($name:ident { $($variant:ident = $code:literal $word:literal),* $(,)? })*) => {$(
        impl $name {
            /// Every choice, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The number that files keep.
            #[must_use]
            pub fn code(self) -> u8 {
                match self { $(Self::$variant => $code),* }
            }

            /// The choice of a number.
            #[must_use]
            pub fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            /// The word for people.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }

        impl FromStr for $name {
            type Err = NotAChoice;

            /// The choice of a word, whatever its case, blanks and dashes.
            fn from_str(word: &str) -> Result<Self, NotAChoice> {
                let word = bare(word);
                let found = Self::ALL.iter().find(|choice| bare(choice.word()) == word);
                found.copied().ok_or_else(|| NotAChoice { choices: [$($word),*].join(", ") })
            }
        }
    )*};
}

choices! {
    MovieKind {
        Movie = 0 "movie",
        Short = 1 "short",
        TvMovie = 2 "TV movie",
        TvShort = 3 "TV short",
        TvSpecial = 4 "TV special",
        Video = 5 "video",
        Series = 6 "series",
        MiniSeries = 7 "miniseries",
    }
    Gender { Unknown = 0 "unknown", Female = 1 "female", Male = 2 "male", NonBinary = 3 "non-binary" }
    Role { Leading = 0 "leading", Supporting = 1 "supporting", Background = 2 "background" }
    Standing { Curator = 0 "curator", Member = 1 "member" }
    Source {
        Imdb = 0 "IMDb",
        Tmdb = 1 "TMDB",
        Letterboxd = 2 "Letterboxd",
        Movielens = 3 "MovieLens",
        Wikipedia = 4 "Wikipedia",
        Nfo = 5 "NFO",
        Table = 6 "table",
        Freebase = 7 "Freebase",
    }
    Entity {
        Movie = 0 "movie",
        Person = 1 "person",
        Character = 2 "character",
        Genre = 3 "genre",
        Country = 4 "country",
        File = 5 "file",
        Account = 6 "account",
        Favorite = 7 "favorite",
        Review = 8 "review",
    }
    Why {
        Several = 0 "several",
        Year = 1 "year",
        Alternative = 2 "alternative",
        Undated = 3 "undated",
        Id = 4 "id",
        Claimed = 5 "claimed",
    }
    Likeness { Same = 0 "same", Alternative = 1 "alternative", Other = 2 "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! check {
        ($($name:ident),*) => {$(
            for (place, &choice) in $name::ALL.iter().enumerate() {
                assert_eq!(usize::from(choice.code()), place);
                assert_eq!($name::from_code(choice.code()), Some(choice));
                assert_eq!(choice.word().parse(), Ok(choice));
                let written = serde_json::to_value(choice).unwrap();
                assert_eq!(written.as_str().unwrap().parse(), Ok(choice));
            }
            assert_eq!($name::from_code(u8::try_from($name::ALL.len()).unwrap()), None);
        )*};
    }

    #[test]
    fn numbers_and_words_lead_back() {
        check!(MovieKind, Gender, Role, Standing, Source, Entity, Why, Likeness);
        assert_eq!(MovieKind::TvMovie as u8, MovieKind::TvMovie.code());
    }

    #[test]
    fn words_are_read_generously() {
        assert_eq!("tv-movie".parse(), Ok(MovieKind::TvMovie));
        assert_eq!("TvMovie".parse(), Ok(MovieKind::TvMovie));
        assert_eq!(" Non Binary".parse(), Ok(Gender::NonBinary));
        let error = "boss".parse::<Standing>().unwrap_err();
        assert_eq!(error.to_string(), "choose one of curator, member");
    }
}
