//! What can be asked for by name.

use crate::search::edits::Pattern;

/// What a list is of: some fields make sense for one of them only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Movies.
    Movies,
    /// People.
    People,
}

/// A field that a condition names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Words of a title.
    Title,
    /// Who directed.
    Director,
    /// Who plays.
    Actor,
    /// Who is played.
    Character,
    /// How large the part is.
    Role,
    /// A genre.
    Genre,
    /// A country.
    Country,
    /// The year of release.
    Year,
    /// The day of release.
    Date,
    /// The running time.
    Duration,
    /// What it cost.
    Budget,
    /// The rating, 0 to 10.
    Rating,
    /// How many votes.
    Votes,
    /// The kind of film.
    Kind,
    /// The gender of a person.
    Gender,
    /// The day of birth.
    Born,
    /// A favorite of whoever asks.
    Favorite,
    /// The day it came into the catalogue.
    Added,
}

use Field::{
    Actor, Added, Born, Budget, Character, Country, Date, Director, Duration, Favorite, Gender, Genre, Kind, Rating,
    Role, Title, Votes, Year,
};

/// Every field with its names, the first of which is its own, and an example of what it takes.
const TABLE: [(Field, &[&str], &str); 18] = [
    (Title, &["title", "t"], "words of a title"),
    (Director, &["director", "dir", "by"], "who directed it"),
    (Actor, &["actor", "cast", "with"], "who plays in it"),
    (Character, &["character", "char", "as"], "who is played in it"),
    (Role, &["role", "part"], "beside actor: or character: leading, supporting …"),
    (Genre, &["genre", "g"], "drama, \"science fiction\" …"),
    (Country, &["country", "from", "c"], "france, french, fr …"),
    (Year, &["year", "y"], "1950, 1950s, 1950..1969, >=1990"),
    (Date, &["date", "released"], "1950-03, >1950-03-01"),
    (Duration, &["duration", "length", "runtime"], "90, >2h15m, 1h30..2h"),
    (Budget, &["budget", "cost"], ">=10M, 1M..2M EUR"),
    (Rating, &["rating", "r"], ">=7.5, 7+, 6..7"),
    (Votes, &["votes", "v"], ">1000, 10k..1M"),
    (Kind, &["kind", "type"], "movie, short, TV movie …"),
    (Gender, &["gender", "sex"], "female, male, non-binary, unknown"),
    (Born, &["born", "birth"], "1920s, <1900-06"),
    (Favorite, &["favorite", "favourite", "fav"], "yes or no"),
    (Added, &["added"], ">=2026-05-01"),
];

impl Field {
    /// Every field.
    pub fn all() -> impl Iterator<Item = Field> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Field, &'static [&'static str], &'static str) {
        &TABLE[self as usize]
    }

    /// Its name.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().1[0]
    }

    /// Every name it goes by.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        self.row().1
    }

    /// What it takes.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.row().2
    }

    /// The field of a name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Field> {
        Field::all().find(|field| field.names().iter().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// The field whose name is nearest to one that is none.
    #[must_use]
    pub fn nearest(name: &str) -> Option<Field> {
        let name = name.to_lowercase();
        let near = |row: &(Field, &'static [&'static str], &str)| {
            let long = row.1.iter().filter(|known| known.len() > 2);
            (long.map(|known| edits(known, &name)).min().unwrap_or(u32::MAX), row.0)
        };
        TABLE.iter().map(near).min().filter(|(edits, _)| *edits <= 2).map(|(_, field)| field)
    }

    /// Whether it takes comparisons and ranges.
    #[must_use]
    pub fn compares(self) -> bool {
        matches!(self, Year | Date | Duration | Budget | Rating | Votes | Born | Added)
    }

    /// Whether several values may stand with commas between them; numbers and names have commas of their own.
    #[must_use]
    pub fn takes_lists(self) -> bool {
        matches!(self, Genre | Country | Kind | Year | Gender)
    }

    /// Whether it can be asked of movies or of people.
    #[must_use]
    pub fn suits(self, subject: Subject) -> bool {
        match subject {
            Subject::Movies => !matches!(self, Gender | Born),
            Subject::People => matches!(self, Title | Character | Role | Country | Gender | Born),
        }
    }
}

/// How many edits make one name of the other.
fn edits(known: &str, name: &str) -> u32 {
    let letters: Vec<char> = known.chars().collect();
    let pattern = Pattern::new(&letters);
    let mut run = pattern.run();
    name.chars().map(|letter| run.push(letter)).last().unwrap_or(u32::MAX)
}
