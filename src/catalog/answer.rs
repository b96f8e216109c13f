//! What a catalogue answers, as data. Nothing here refers back into the store.

use super::query::Cursor;
use crate::domain::{
    Account, Candidate, Character, CharacterId, Country, CountryId, FileId, Gender, Genre, GenreId, Key, Movie,
    MovieId, MovieKind, PartialDate, Person, PersonId, Review, ReviewId, Role, Source, Standing, Timestamp, View, Why,
};
use crate::domain::{Entity, File};

/// The answer to a [`super::Query`], of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One page of a list.
    Page(Page),
    /// Everything shown of one record.
    Detail(Box<Detail>),
    /// The start of an edit.
    Draft(Box<super::Draft>),
    /// What the finder found, best first.
    Hits(Hits),
    /// Counts of the filter pane.
    Facets(Facets),
    /// Rows of a list.
    Count(u64),
    /// What a removal would change besides.
    Consequences(Consequences),
    /// Records to choose from.
    Choices(Vec<Choice>),
    /// Bytes of a file.
    Bytes(Vec<u8>),
    /// Counts of everything.
    Summary(Summary),
}

/// Rows of a list, in display order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// The list goes on before the first row.
    pub before: bool,
    /// The list goes on after the last row.
    pub after: bool,
    /// Rows of the whole list; none where the page was had sooner than their number: see [`super::Query::Count`].
    pub total: Option<u64>,
    /// Where the record of [`super::Start::Around`] stands in `rows`.
    pub focus: Option<usize>,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The record.
    pub key: Key,
    /// Its place in the list.
    pub cursor: Cursor,
    /// The head of its sort key, for showing the place: `C`, `1942`, `· no date`.
    pub head: String,
    /// What the row shows.
    pub cells: Cells,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cells {
    /// A movie.
    Movie(MovieCells),
    /// A person.
    Person(PersonCells),
    /// A genre, country, file or account.
    Name {
        /// Its name.
        name: String,
        /// A code, a type, a role: whatever tells it apart; may be empty.
        note: String,
        /// How many movies (genre, country) or bytes (file) it stands for.
        count: Option<u64>,
    },
    /// A film that waits for review.
    Review(ReviewCells),
}

/// A row of the review queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewCells {
    /// The film's title.
    pub title: String,
    /// Its release date.
    pub released: Option<PartialDate>,
    /// Whose film it is.
    pub source: Source,
    /// Why it waits.
    pub why: Why,
}

/// A movie's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieCells {
    /// Title.
    pub title: String,
    /// Release date.
    pub released: Option<PartialDate>,
    /// Seconds.
    pub duration: Option<u32>,
    /// Name of the first country.
    pub country: Option<String>,
    /// Last name of the first director.
    pub director: Option<String>,
    /// Kind of film.
    pub kind: MovieKind,
    /// Rating in hundredths.
    pub rating: Option<u16>,
    /// Votes.
    pub votes: Option<u32>,
    /// Budget.
    pub budget: Option<crate::domain::Money>,
    /// A favorite of the account that asks.
    pub favorite: bool,
    /// When the record was made, or when the favorite was added.
    pub added: Timestamp,
}

/// A person's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCells {
    /// Name.
    pub name: String,
    /// Date of birth.
    pub born: Option<PartialDate>,
    /// Date of death.
    pub died: Option<PartialDate>,
    /// Name of the country.
    pub country: Option<String>,
    /// Number of credits.
    pub credits: u64,
    /// The best-known film and its year.
    pub known_for: Option<String>,
}

/// Everything shown of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A movie.
    Movie(MovieDetail),
    /// A person.
    Person(PersonDetail),
    /// A character.
    Character(CharacterDetail),
    /// A genre and how many movies it has.
    Genre(GenreId, Genre, u64),
    /// A country, its movies and its people.
    Country(CountryId, Country, u64, u64),
    /// A file and what uses it.
    File(FileId, File, Vec<Named>),
    /// An account and how many favorites it has; its password hash is left out.
    Account(crate::domain::AccountId, Account, u64),
    /// A film that waits for review.
    Review(Box<ReviewDetail>),
}

/// Everything shown of a film that waits for review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDetail {
    /// Its id.
    pub id: ReviewId,
    /// The row.
    pub review: Review,
    /// Who imported it, if the account is still there.
    pub by: Option<String>,
    /// What it may be, best first, as far as it is still there.
    pub candidates: Vec<(Candidate, MovieDetail)>,
    /// How many wait for the same reason and are of the same source, this one among them.
    pub alike: u64,
}

/// A record and the name to show for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The record.
    pub key: Key,
    /// Its name.
    pub name: String,
}

/// Everything shown of a movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieDetail {
    /// Its id.
    pub id: MovieId,
    /// The record.
    pub movie: Movie,
    /// Directors in order.
    pub directors: Vec<Named>,
    /// Countries in order.
    pub countries: Vec<Named>,
    /// Genres in order.
    pub genres: Vec<Named>,
    /// The cast by billing; at most [`LINES`].
    pub cast: Vec<CastLine>,
    /// How many characters there are in all.
    pub cast_total: u64,
    /// A favorite of the account that asks.
    pub favorite: bool,
    /// Accounts that hold it dear.
    pub favorites: u64,
}

/// A detail shows at most so many lines of one kind.
pub const LINES: usize = 500;

/// One character of a movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastLine {
    /// The character.
    pub id: CharacterId,
    /// Name of the part; may be empty.
    pub name: String,
    /// How much of the movie rests on it.
    pub role: Role,
    /// Who plays it.
    pub actors: Vec<Named>,
}

/// Everything shown of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonDetail {
    /// Their id.
    pub id: PersonId,
    /// The record.
    pub person: Person,
    /// Where they are from.
    pub country: Option<Named>,
    /// Photos.
    pub photos: Vec<Named>,
    /// Movies directed, newest first; at most [`LINES`].
    pub directed: Vec<MovieLine>,
    /// Parts played, newest first; at most [`LINES`].
    pub played: Vec<PlayedLine>,
    /// Number of movies directed.
    pub directed_total: u64,
    /// Number of parts played.
    pub played_total: u64,
}

/// A movie in somebody's filmography.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieLine {
    /// The movie.
    pub id: MovieId,
    /// Title.
    pub title: String,
    /// Release date.
    pub released: Option<PartialDate>,
}

/// A part in somebody's filmography.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayedLine {
    /// The movie.
    pub movie: MovieLine,
    /// The character.
    pub character: CharacterId,
    /// Name of the part; may be empty.
    pub name: String,
    /// How much of the movie rests on it.
    pub role: Role,
}

/// Everything shown of a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharacterDetail {
    /// Its id.
    pub id: CharacterId,
    /// The record.
    pub character: Character,
    /// Its movie.
    pub movie: MovieLine,
    /// Who plays it.
    pub actors: Vec<Named>,
    /// Characters of the same name in other movies, each with its movie; at most [`LINES`].
    pub namesakes: Vec<PlayedLine>,
}

/// What the finder found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Time from the question to the hits with all that is told of them, in microseconds.
    pub micros: u64,
}

/// One hit of the finder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// A movie, person or character.
    pub key: Key,
    /// The title or name that matched.
    pub text: String,
    /// Byte ranges of `text` to mark, in order.
    pub marks: Vec<(usize, usize)>,
    /// Year of release, of birth, or of the character's movie.
    pub year: Option<u16>,
    /// What tells it from its namesakes: director, best-known film, the movie it is in.
    pub note: String,
    /// Larger is better.
    pub score: u32,
    /// A favorite of the account that asks.
    pub favorite: bool,
}

/// Counts of the filter pane, most first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Genre, name, movies.
    pub genres: Vec<(GenreId, String, u64)>,
    /// Country, name, movies.
    pub countries: Vec<(CountryId, String, u64)>,
    /// First year of the decade, movies; newest first.
    pub decades: Vec<(u16, u64)>,
}

/// What a removal would change besides the records themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// What is to be removed, named: at most the first few.
    pub names: Vec<String>,
    /// How many records are to be removed.
    pub records: u64,
    /// Phrases that count what goes or changes with them: `10 characters`, `director of 3 movies`.
    pub besides: Vec<String>,
}

/// A record to choose in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The record.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// What tells it from namesakes.
    pub note: String,
    /// Byte ranges of `name` to mark.
    pub marks: Vec<(usize, usize)>,
}

/// Counts of everything and who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Movies.
    pub movies: u64,
    /// People.
    pub people: u64,
    /// Characters.
    pub characters: u64,
    /// Accounts.
    pub accounts: u64,
    /// Favorites of the account that asks.
    pub favorites: u64,
    /// The account that asks.
    pub who: Option<Who>,
    /// Its saved views, by name.
    pub views: Vec<View>,
    /// The file can only be read.
    pub read_only: bool,
    /// Films that wait for review, if the account that asks may decide on them.
    pub to_review: u64,
    /// Movies, people, everything: nothing at all is in the catalogue.
    pub empty: bool,
}

/// A signed-in account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Its id.
    pub id: crate::domain::AccountId,
    /// Its username.
    pub username: String,
    /// What it may do.
    pub standing: Standing,
}

impl Row {
    /// The kind of record the row stands for.
    #[must_use]
    pub fn entity(&self) -> Entity {
        self.key.entity()
    }
}

impl PersonDetail {
    /// Gender, where known.
    #[must_use]
    pub fn gender(&self) -> Option<Gender> {
        (self.person.gender != Gender::Unknown).then_some(self.person.gender)
    }
}
