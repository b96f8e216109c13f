//! What can be done to a catalogue, as data, and what came of it.

use super::answer::Who;
use crate::domain::{
    Account, AccountId, Character, Country, CountryId, File, FileId, Genre, GenreId, Key, Movie, MovieId, Person,
    PersonId, Record, ReviewId, Source, Standing, View, Why,
};
use std::fmt;

/// A use case that writes. Each is one transaction, durable when it returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Add a record, or change one.
    Save(Box<Save>),
    /// Remove records and whatever hangs on them.
    Remove(Vec<Key>),
    /// Make movies favorites of the account that asks, or no longer.
    Favorite {
        /// Which movies.
        movies: Vec<MovieId>,
        /// Favorites from now on, or no longer.
        on: bool,
    },
    /// Undo the account's last step that is not undone.
    Undo,
    /// Do the last undone step again.
    Redo,
    /// Create an account and sign in.
    SignUp {
        /// Username.
        username: String,
        /// Password.
        password: Secret,
        /// Email, where given.
        email: Option<String>,
        /// Remember the sign-in on this machine.
        remember: bool,
    },
    /// Sign in.
    SignIn {
        /// Username.
        username: String,
        /// Password.
        password: Secret,
        /// Remember the sign-in on this machine.
        remember: bool,
    },
    /// Sign out, and forget the sign-in on this machine.
    SignOut,
    /// Change a password; a curator may change another's without the old one.
    Password {
        /// Whose.
        account: AccountId,
        /// The old password; needed for one's own.
        old: Option<Secret>,
        /// The new password.
        new: Secret,
    },
    /// Make an account curator or member.
    Standing {
        /// Whose.
        account: AccountId,
        /// What it becomes.
        standing: Standing,
    },
    /// Say what films are that wait for review. Carried out by whoever imports.
    Review {
        /// Which of them.
        rows: Rows,
        /// What they are.
        verdict: Verdict,
    },
    /// Keep a view of the account that asks; one of its name is replaced.
    SaveView(View),
    /// Give a view another name.
    RenameView {
        /// Its name.
        from: String,
        /// What it is called from now on.
        to: String,
    },
    /// Forget a view.
    RemoveView(String),
    /// Fill an empty catalogue with the starter films.
    LoadStarter,
}

/// Rows of the review queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// These.
    These(Vec<ReviewId>),
    /// All that wait for one reason or any, of one source or any.
    Alike {
        /// The reason.
        why: Option<Why>,
        /// The source.
        source: Option<Source>,
    },
}

/// What a film that waits for review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// This movie; none: the best candidate.
    Accept(Option<MovieId>),
    /// None that is there.
    New,
    /// Nobody knows: it is put aside, and not asked about again.
    Skip,
}

/// What became of films that waited for review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// What they are.
    pub verdict: Verdict,
    /// How many were decided on.
    pub rows: u64,
    /// How many have no candidate left, and wait on.
    pub left: u64,
    /// The title of the first.
    pub title: String,
}

/// A record as a form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Save {
    /// The record to change; none adds one.
    pub key: Option<Key>,
    /// The record as the form started from it: if it is another by now, nothing is saved
    /// and [`super::Fault::Conflict`] shows it.
    pub base: Option<Record>,
    /// What was entered.
    pub draft: Draft,
}

/// What a form holds: a record whose references may still be names of records to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// A movie; the lists stand in for those of the record.
    Movie {
        /// All other fields.
        movie: Movie,
        /// Directors.
        directors: Vec<Pick<PersonId>>,
        /// Countries.
        countries: Vec<Pick<CountryId>>,
        /// Genres.
        genres: Vec<Pick<GenreId>>,
        /// Poster.
        poster: Option<Pick<FileId>>,
        /// Further pictures.
        images: Vec<Pick<FileId>>,
    },
    /// A person.
    Person {
        /// All other fields.
        person: Person,
        /// Country.
        country: Option<Pick<CountryId>>,
        /// Photos; the first becomes the primary one.
        photos: Vec<Pick<FileId>>,
    },
    /// A character.
    Character {
        /// Its movie.
        movie: Pick<MovieId>,
        /// All other fields.
        character: Character,
        /// Actors.
        actors: Vec<Pick<PersonId>>,
    },
    /// A genre.
    Genre(Genre),
    /// A country.
    Country(Country),
    /// A file: `source` is a path to read or a URL; none changes only the record.
    File {
        /// The record.
        file: File,
        /// Path or URL.
        source: Option<String>,
    },
    /// An account's profile; password and role have commands of their own.
    Account {
        /// The record.
        account: Account,
        /// Avatar.
        avatar: Option<Pick<FileId>>,
    },
}

/// A reference in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick<Id> {
    /// A record that is there, and its name.
    Known(Id, String),
    /// A record to be made in the same step: its name; of a file its path or URL.
    New(String),
}

impl<Id> Pick<Id> {
    /// The name to show.
    pub fn name(&self) -> &str {
        match self {
            Pick::Known(_, name) | Pick::New(name) => name,
        }
    }
}

/// A password on its way to be hashed. Never shown, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(zeroize::Zeroizing<String>);

impl Secret {
    /// Takes the password over.
    #[must_use]
    pub fn new(password: String) -> Self {
        Secret(zeroize::Zeroizing::new(password))
    }

    /// The password.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// One record before and after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which record.
    pub key: Key,
    /// Before; none where it is new.
    pub before: Option<Record>,
    /// After; none where it is gone.
    pub after: Option<Record>,
}

/// What a command came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What happened, for the notice line.
    pub outcome: Outcome,
    /// Every record it changed.
    pub changes: Vec<Change>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A record was added.
    Added(Key, String),
    /// A record was changed.
    Changed(Key, String),
    /// The form held nothing new.
    Unchanged(Key),
    /// Records were removed: how many, and the name of the first.
    Removed(u64, String),
    /// Movies became favorites: how many, and the title of the first.
    FavoritesAdded(u64, String),
    /// Movies are favorites no longer.
    FavoritesRemoved(u64, String),
    /// A step was undone: what it was.
    Undone(String),
    /// A step was done again: what it was.
    Redone(String),
    /// Signed in.
    SignedIn(Who),
    /// Signed out.
    SignedOut,
    /// The password is another.
    PasswordChanged,
    /// An account's role is another.
    StandingChanged(String, Standing),
    /// Films that waited for review were decided on.
    Reviewed(Reviewed),
    /// A view was kept.
    ViewSaved(String),
    /// A view was forgotten.
    ViewRemoved(String),
    /// The starter films are in: how many.
    StarterLoaded(u64),
}
