//! What can be asked of a catalogue, as data.

use crate::domain::{CountryId, Entity, FileId, GenreId, Key, PersonId, Source, Why};

/// A question. Answered by [`super::Answer`]; never changes anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// One page of a list.
    Page(PageQuery),
    /// Everything shown of one record.
    Detail(Key),
    /// One record as it is kept, with names for its references: the start of an edit.
    Draft(Key),
    /// The finder.
    Find(Find),
    /// How many movies of a filtered list fall on each genre, country and decade.
    Facets(MovieFilter),
    /// How many rows a list has.
    Count(List),
    /// What removing these records would change besides.
    Consequences(Vec<Key>),
    /// Records to choose from in a form: fuzzy over the names of one kind.
    Choices {
        /// Which kind.
        entity: Entity,
        /// Letters typed.
        text: String,
        /// At most so many.
        limit: usize,
    },
    /// The bytes of a stored file.
    Bytes(FileId),
    /// Counts of everything, and who is signed in: the head line.
    Summary,
}

/// A list: which rows, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// Movies.
    Movies {
        /// Sorted by.
        order: MovieOrder,
        /// The other way round.
        reverse: bool,
        /// Only these.
        filter: MovieFilter,
    },
    /// People.
    People {
        /// Sorted by.
        order: PersonOrder,
        /// The other way round.
        reverse: bool,
        /// Only these.
        filter: PersonFilter,
    },
    /// Favorites of the account that asks.
    Favorites {
        /// Sorted by.
        order: FavoriteOrder,
        /// The other way round.
        reverse: bool,
        /// Only what this query of [`super::language`] lets through.
        words: String,
    },
    /// Genres, countries, files or accounts, by name.
    Names {
        /// Which of them.
        entity: Entity,
        /// The other way round.
        reverse: bool,
        /// Only names with all these words.
        words: String,
    },
    /// Films that wait for review, as they came in.
    Reviews {
        /// Those that were put aside instead.
        skipped: bool,
        /// For this reason only.
        why: Option<Why>,
        /// Of this source only.
        source: Option<Source>,
    },
}

/// Columns that movies can be sorted by. Every order runs from small to large; ties by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MovieOrder {
    /// As people file titles.
    Title,
    /// Release date.
    Released,
    /// Duration.
    Duration,
    /// Currency, then amount.
    Budget,
    /// Rating.
    Rating,
    /// Votes, then release date.
    Popularity,
    /// When it came into the catalogue.
    Added,
}

/// Columns that people can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonOrder {
    /// Last name, then first.
    Name,
    /// Date of birth.
    Born,
    /// Number of credits.
    Popularity,
    /// When the person came into the catalogue.
    Added,
}

/// Columns that favorites can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FavoriteOrder {
    /// When it was added.
    Added,
    /// As people file titles.
    Title,
}

/// Which movies: all conditions hold; within one list of values any one does. Empty: all movies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MovieFilter {
    /// A query of [`super::language`], as typed; plain words are words of a title that may be unfinished.
    pub words: String,
    /// Of any of these genres.
    pub genres: Vec<GenreId>,
    /// From any of these countries.
    pub countries: Vec<CountryId>,
    /// Released in any of these spans of years, both ends included.
    pub years: Vec<(u16, u16)>,
    /// Directed or played in by this person.
    pub person: Option<PersonId>,
}

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonFilter {
    /// A query of [`super::language`], as typed; plain words are words of a name.
    pub words: String,
    /// From this country.
    pub country: Option<CountryId>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageQuery {
    /// Which list.
    pub list: List,
    /// Where the page starts.
    pub start: Start,
    /// At most so many rows.
    pub count: usize,
}

/// Where a page starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the first row.
    First,
    /// At the last row, going up.
    Last,
    /// Right after this place.
    After(Cursor),
    /// Right before this place, going up.
    Before(Cursor),
    /// Around this record: about half the page before it. If it is not in the list, around the place
    /// where it was, else the first page.
    Around(Key, Option<Cursor>),
}

/// A row's place in its list: opaque bytes, valid only for the list they came with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor(pub Vec<u8>);

/// What the finder is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Find {
    /// As typed; the last word may be unfinished. After `=` it is a query of [`super::language`].
    pub text: String,
    /// One kind only: movies, people or characters.
    pub only: Option<Entity>,
    /// At most so many hits.
    pub limit: usize,
}
