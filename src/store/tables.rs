//! Every table of the file. Keys of indexes are bytes whose order is the order meant: big-endian numbers,
//! filed text, then the id. Only `row` and the packed blocks' modules write index tables.

use redb::TableDefinition;

/// Calls `$run!` with every table, those of records first.
macro_rules! with_every_table {
    ($run:ident) => {
        $run!(
            COUNTERS, MOVIES, PEOPLE, GENRES, COUNTRIES, FILES, PIECES, ACCOUNTS, CASTS, FAVORITES, REVIEWS, JOURNAL,
            TOKENS
        );
        crate::store::tables::with_every_index!($run);
    };
}
pub(super) use with_every_table;

/// Calls `$run!` with every table of an index.
macro_rules! with_every_index {
    ($run:ident) => {
        $run!(TITLE_ORDER, RELEASED_ORDER, DURATION_ORDER, BUDGET_ORDER, RATING_ORDER, POPULARITY_ORDER);
        $run!(NAME_ORDER, BORN_ORDER, CREDITS_ORDER, SMALL_ORDER, ADDED_ORDER, DEAR_TO);
        $run!(
            UNIQUES,
            EXTERNALS,
            POSTINGS,
            CREDITS,
            CREDIT_PARTS,
            WORDS,
            WORD_PARTS,
            NAMESAKES,
            NAMESAKE_PARTS,
            FRESH_NAMES,
            RECENT_NAMES,
            MAIN_NAMES,
            CAST_NAMES
        );
    };
}
pub(super) use with_every_index;

/// The format this program writes, kept under [`counter::FORMAT`].
pub const FORMAT: u32 = 6;

/// Counters by number: see [`counter`].
pub const COUNTERS: TableDefinition<u8, u64> = TableDefinition::new("counters");
/// Movies by id.
pub const MOVIES: TableDefinition<u32, &[u8]> = TableDefinition::new("movies");
/// People by id.
pub const PEOPLE: TableDefinition<u32, &[u8]> = TableDefinition::new("people");
/// Genres by id.
pub const GENRES: TableDefinition<u32, &[u8]> = TableDefinition::new("genres");
/// Countries by id.
pub const COUNTRIES: TableDefinition<u32, &[u8]> = TableDefinition::new("countries");
/// Files by id, without their bytes.
pub const FILES: TableDefinition<u32, &[u8]> = TableDefinition::new("files");
/// Bytes of files: file, number of the piece from 0.
pub const PIECES: TableDefinition<(u32, u32), &[u8]> = TableDefinition::new("pieces");
/// Accounts by id.
pub const ACCOUNTS: TableDefinition<u32, &[u8]> = TableDefinition::new("accounts");
/// Characters of a movie, one block a movie. The block of a removed movie stays, empty, for the ordinals it gave.
pub const CASTS: TableDefinition<u32, &[u8]> = TableDefinition::new("casts");
/// Favorites: account, movie; when added in milliseconds.
pub const FAVORITES: TableDefinition<(u32, u32), i64> = TableDefinition::new("favorites");
/// Rows of the review queue by id.
pub const REVIEWS: TableDefinition<u32, &[u8]> = TableDefinition::new("reviews");
/// Steps of the journal by number.
pub const JOURNAL: TableDefinition<u64, &[u8]> = TableDefinition::new("journal");
/// Sign-in tokens: hash of the token; account and when it was given.
pub const TOKENS: TableDefinition<&[u8; 32], (u32, i64)> = TableDefinition::new("tokens");

/// Movies by filed title: title key, 0, id.
pub const TITLE_ORDER: TableDefinition<&[u8], ()> = TableDefinition::new("movies by title");
/// Movies by release: packed date, id.
pub const RELEASED_ORDER: TableDefinition<&[u8; 8], ()> = TableDefinition::new("movies by release");
/// Movies by duration: seconds, id.
pub const DURATION_ORDER: TableDefinition<&[u8; 8], ()> = TableDefinition::new("movies by duration");
/// Movies by budget: currency, amount, id.
pub const BUDGET_ORDER: TableDefinition<&[u8; 15], ()> = TableDefinition::new("movies by budget");
/// Movies by rating: rating plus one or 0, id.
pub const RATING_ORDER: TableDefinition<&[u8; 6], ()> = TableDefinition::new("movies by rating");
/// Movies by popularity: votes, packed date, id.
pub const POPULARITY_ORDER: TableDefinition<&[u8; 12], ()> = TableDefinition::new("movies by popularity");
/// People by filed name: name key, 0, id.
pub const NAME_ORDER: TableDefinition<&[u8], ()> = TableDefinition::new("people by name");
/// People by birth: packed date, id.
pub const BORN_ORDER: TableDefinition<&[u8; 8], ()> = TableDefinition::new("people by birth");
/// People by number of credits: credits, id.
pub const CREDITS_ORDER: TableDefinition<&[u8; 8], ()> = TableDefinition::new("people by credits");
/// Genres, countries, files and accounts by folded name: entity, name, 0, id.
pub const SMALL_ORDER: TableDefinition<&[u8], ()> = TableDefinition::new("small by name");
/// Favorites of an account in the order added: account, when, movie.
pub const ADDED_ORDER: TableDefinition<&[u8; 16], ()> = TableDefinition::new("favorites by added");
/// Who holds a movie dear: movie, account.
pub const DEAR_TO: TableDefinition<&[u8; 8], ()> = TableDefinition::new("favorites by movie");
/// Values that exist once: [`unique`] space, folded value; the owner's id.
pub const UNIQUES: TableDefinition<&[u8], u32> = TableDefinition::new("uniques");
/// Ids in other databases: entity, source, id there; the owner's id.
pub const EXTERNALS: TableDefinition<&[u8], u32> = TableDefinition::new("externals");
/// Sets of ids: posting kind, key, chunk; see `posting`.
pub const POSTINGS: TableDefinition<&[u8; 7], &[u8]> = TableDefinition::new("postings");
/// Filmographies: person; see `ledger`.
pub const CREDITS: TableDefinition<u32, &[u8]> = TableDefinition::new("credits");
/// Long filmographies: person, part.
pub const CREDIT_PARTS: TableDefinition<(u32, u32), &[u8]> = TableDefinition::new("credits in parts");
/// Credits by the words of names: whose name, word; see `word`.
pub const WORDS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("credits by word");
/// Credits of words that very many names have: the word's key, part.
pub const WORD_PARTS: TableDefinition<(&[u8], u32), &[u8]> = TableDefinition::new("credits by word in parts");
/// Characters by folded name; see `namesake`.
pub const NAMESAKES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("characters by name");
/// Characters of names that very many have: name, part.
pub const NAMESAKE_PARTS: TableDefinition<(&[u8], u32), &[u8]> = TableDefinition::new("characters by name in parts");
/// Names as they changed lately; see `finder`.
pub const FRESH_NAMES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("names, fresh");
/// The finder's index of names that changed since the main one was built.
pub const RECENT_NAMES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("names, recent");
/// The finder's index of movies and people.
pub const MAIN_NAMES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("names, main");
/// The finder's index of names of characters.
pub const CAST_NAMES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("names, characters");

/// Numbers of [`COUNTERS`]: how many records there are of an entity, plus [`counter::NEXT`] the next id to give.
pub mod counter {
    /// Added to an entity's code: the next id.
    pub const NEXT: u8 = 32;
    /// Moves with every commit that changed something.
    pub const REVISION: u8 = 64;
    /// Format of the file.
    pub const FORMAT: u8 = 65;
    /// The next step of the journal.
    pub const STEP: u8 = 66;
    /// Bytes the journal holds.
    pub const JOURNAL_BYTES: u8 = 67;
    /// Moves when a layer of the finder's index is made anew.
    pub const LAYERS: u8 = 68;
    /// Not 0 while the finder's index of names of characters waits to be made anew.
    pub const CAST_DUE: u8 = 69;
}

/// Spaces of [`UNIQUES`].
pub mod unique {
    /// A genre's folded name.
    pub const GENRE: u8 = 0;
    /// A country's folded name.
    pub const COUNTRY: u8 = 1;
    /// A country's code.
    pub const COUNTRY_CODE: u8 = 2;
    /// A folded username.
    pub const USERNAME: u8 = 3;
    /// A folded email address.
    pub const EMAIL: u8 = 4;
    /// SHA-256 of a file's bytes.
    pub const FILE: u8 = 5;
}
