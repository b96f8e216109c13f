//! The words of the command line.

use super::formats::{Export, Import};
use crate::domain::{Entity, Source, Standing, Why};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// A film catalogue that lives in a terminal.
///
/// Without a command it opens the screens. With one it does the same work in scripts: data on standard output, talk on
/// standard error, and an exit status of 0 for done, 1 for nothing found or faults found, 2 for could not.
#[derive(Debug, Parser)]
#[command(name = "cinedex", version, color = ColorChoice::Never, infer_long_args = false)]
pub struct Arguments {
    /// What goes with every command.
    #[command(flatten)]
    pub global: Global,
    /// The command; none opens the screens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What goes with every command.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// The catalogue's file; else the environment or the settings say which
    #[arg(long, global = true, value_name = "FILE", alias = "catalogue")]
    pub catalog: Option<PathBuf>,
    /// Act as this account, not as the remembered one; its password is asked
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub account: Option<String>,
    /// Read passwords from standard input, one a line, first that of --as
    #[arg(long, global = true)]
    pub password_stdin: bool,
    /// Draw the screens with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Draw the screens without colours
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find movies, people and characters
    Search(Search),
    /// Show everything about one record
    Show(Show),
    /// List records
    List(List),
    /// Verify the catalogue
    Check(Check),
    /// Take a consistent copy, also while others write
    Backup {
        /// The copy to make
        file: PathBuf,
        /// Write over a file of that name
        #[arg(long)]
        overwrite: bool,
    },
    /// Put a proven copy in the catalogue's place, and keep the old one
    Restore {
        /// The copy
        file: PathBuf,
    },
    /// Give the catalogue's dead space back
    Compact,
    /// Take films in
    #[command(subcommand)]
    Import(Import),
    /// List the films that may be there already, or say what they are
    Review(Review),
    /// Give the catalogue out in another form
    #[command(subcommand)]
    Export(Export),
    /// Create and change accounts
    #[command(subcommand)]
    Account(Account),
    /// Lists that the account saved under names
    #[command(subcommand)]
    View(View),
    /// Undo the account's last step
    Undo,
    /// Do the last undone step again
    Redo,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// Of this command; none: of cinedex itself
        command: Option<String>,
    },
}

/// `search`
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for, as typed into the finder; `-` reads one query a line from standard input
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    /// One kind only
    #[arg(long, value_enum)]
    pub only: Option<Kind>,
    /// At most so many hits
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
    /// One JSON object a query
    #[arg(long)]
    pub json: bool,
}

/// What a search can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Movies.
    Movies,
    /// People.
    People,
    /// Characters.
    Characters,
}

impl Kind {
    /// The kind of record.
    #[must_use]
    pub fn entity(self) -> Entity {
        match self {
            Kind::Movies => Entity::Movie,
            Kind::People => Entity::Person,
            Kind::Characters => Entity::Character,
        }
    }
}

/// `show`
#[derive(Debug, Args)]
pub struct Show {
    /// The kind of record
    #[arg(value_enum)]
    pub kind: Shown,
    /// Its id: a number, of a character the movie's and its own (12.3); of a genre, country or account also the name
    pub id: String,
    /// One JSON object
    #[arg(long)]
    pub json: bool,
}

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// A movie.
    Movie,
    /// A person.
    Person,
    /// A character.
    Character,
    /// A genre.
    Genre,
    /// A country.
    Country,
    /// A file.
    File,
    /// An account.
    Account,
}

/// `list`
#[derive(Clone, Debug, Args)]
pub struct List {
    /// What to list
    #[arg(value_enum, required = false, required_unless_present = "view")]
    #[arg(default_value_if("view", clap::builder::ArgPredicate::IsPresent, "movies"))]
    pub kind: Listed,
    /// A saved view of the account, as `view list` shows them
    #[arg(long, value_name = "NAME", conflicts_with_all = ["kind", "genre", "country", "year"])]
    pub view: Option<String>,
    /// The order; popularity, rating, budget, duration and added start with the largest
    #[arg(long, value_enum)]
    pub sort: Option<Column>,
    /// The other way round
    #[arg(long)]
    pub reverse: bool,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Movies of this genre; may be repeated
    #[arg(long, value_name = "NAME")]
    pub genre: Vec<String>,
    /// Movies from this country, by name or code; may be repeated. People: one
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Movies released in these years: 1942, 1940..1949, 1990.. or ..1930; may be repeated
    #[arg(long, value_name = "A..B", value_parser = years)]
    pub year: Vec<(u16, u16)>,
    /// Only what this query lets through, as typed after `=`: drama country:france 1950..1969 -director:godard
    #[arg(long = "where", alias = "words", value_name = "QUERY", allow_hyphen_values = true)]
    #[arg(default_value = "", hide_default_value = true)]
    pub words: String,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

impl List {
    /// Everything of a kind, in its usual order.
    #[must_use]
    pub fn all(kind: Listed, json: bool) -> List {
        let (genre, country, year, words) = (Vec::new(), Vec::new(), Vec::new(), String::new());
        List { kind, view: None, sort: None, reverse: false, limit: None, genre, country, year, words, json }
    }
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// Movies.
    Movies,
    /// People.
    People,
    /// Favorites of the account that asks.
    Favorites,
    /// Genres.
    Genres,
    /// Countries.
    Countries,
    /// Files.
    Files,
    /// Accounts.
    Accounts,
}

/// What lists can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Column {
    /// As people file titles.
    Title,
    /// As people file names.
    Name,
    /// Release date.
    #[value(alias = "year", alias = "released")]
    Date,
    /// Date of birth.
    Born,
    /// Running time.
    #[value(alias = "time")]
    Duration,
    /// Currency, then amount.
    Budget,
    /// Rating.
    Rating,
    /// Votes of a movie, credits of a person.
    Popularity,
    /// When it came in.
    Added,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Mend what can be mended and rebuild the indexes; the file as it was is kept beside it
    #[arg(long)]
    pub repair: bool,
    /// One JSON object a fault, then one for the whole
    #[arg(long)]
    pub json: bool,
}

/// `review`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Review {
    /// What to decide; none: list what waits, with what each may be
    #[command(subcommand)]
    pub decide: Option<Decide>,
    /// Those that were put aside
    #[arg(long)]
    pub aside: bool,
    /// Only what waits for this reason
    #[arg(long, value_name = "REASON", value_parser = str::parse::<Why>)]
    pub why: Option<Why>,
    /// Only films of this source
    #[arg(long, value_name = "SOURCE", value_parser = str::parse::<Source>)]
    pub source: Option<Source>,
    /// One JSON object a film
    #[arg(long)]
    pub json: bool,
}

/// What to decide.
#[derive(Debug, Subcommand)]
pub enum Decide {
    /// It is the best candidate
    Accept {
        /// The rows
        #[command(flatten)]
        which: Which,
    },
    /// It is this movie
    Choose {
        /// The row
        id: u32,
        /// The movie's id
        candidate: u32,
    },
    /// It is none of them: make it new
    New {
        /// The rows
        #[command(flatten)]
        which: Which,
    },
    /// Put it aside; the next import does not ask again
    Skip {
        /// The rows
        #[command(flatten)]
        which: Which,
    },
}

/// Which rows of the review queue.
#[derive(Debug, Args)]
pub struct Which {
    /// Ids, as `review` lists them
    #[arg(required_unless_present = "all", value_name = "ID")]
    pub ids: Vec<u32>,
    /// All that wait
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,
    /// Of all, those that wait for this reason
    #[arg(long, conflicts_with = "ids", value_name = "REASON", value_parser = str::parse::<Why>)]
    pub why: Option<Why>,
    /// Of all, films of this source
    #[arg(long, conflicts_with = "ids", value_name = "SOURCE", value_parser = str::parse::<Source>)]
    pub source: Option<Source>,
}

/// `account`
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Create an account; the first of a catalogue is a curator
    Create {
        /// Its username
        name: String,
        /// Its email address
        #[arg(long)]
        email: Option<String>,
    },
    /// List the accounts
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Change a password, one's own or as a curator another's
    Passwd {
        /// Whose; none: one's own
        name: Option<String>,
    },
    /// Make an account curator or member
    Role {
        /// Whose
        name: String,
        /// What it becomes
        #[arg(value_enum)]
        role: Role,
    },
    /// Remove an account and its favorites
    Remove {
        /// Whose
        name: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// `view`
#[derive(Debug, Subcommand)]
pub enum View {
    /// List the account's views
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Save a list; one of this name is replaced
    Save {
        /// Its name
        name: String,
        /// What it lists
        #[arg(value_enum, default_value = "movies")]
        kind: Viewed,
        /// Only what this query lets through, as typed after `=`
        #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
        #[arg(default_value = "", hide_default_value = true)]
        words: String,
        /// The order; popularity, rating, budget, duration and added start with the largest
        #[arg(long, value_enum)]
        sort: Option<Column>,
        /// The other way round
        #[arg(long)]
        reverse: bool,
    },
    /// Give a view another name
    Rename {
        /// Its name
        name: String,
        /// What it is called from now on
        to: String,
    },
    /// Remove a view
    Remove {
        /// Its name
        name: String,
    },
}

/// What a view can list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Viewed {
    /// Movies.
    Movies,
    /// People.
    People,
    /// Favorites of the account.
    Favorites,
}

/// What an account can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Edits the catalogue.
    Curator,
    /// Keeps favorites.
    Member,
}

impl Role {
    /// The same as the catalogue has it.
    #[must_use]
    pub fn standing(self) -> Standing {
        match self {
            Role::Curator => Standing::Curator,
            Role::Member => Standing::Member,
        }
    }
}

/// A span of years, both ends included.
fn years(text: &str) -> Result<(u16, u16), String> {
    let year = |text: &str, open: u16| match text.trim() {
        "" => Ok(open),
        text => text.parse().ok().filter(|year| (1..=9999).contains(year)).ok_or(format!("{text} is no year")),
    };
    let span = text.split_once("..").map(|(from, to)| Ok::<_, String>((year(from, 1)?, year(to, 9999)?)));
    let (from, to) = span.unwrap_or_else(|| year(text, 0).map(|only| (only, only)))?;
    match (from, to) {
        (0, _) => Err("name a year: 1942, 1940..1949, 1990.. or ..1930".to_owned()),
        _ if from > to => Err(format!("{from} comes after {to}")),
        span => Ok(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn years_are_spans() {
        assert_eq!(years("1942"), Ok((1942, 1942)));
        assert_eq!(years("1940..1949"), Ok((1940, 1949)));
        assert_eq!(years("1990.."), Ok((1990, 9999)));
        assert_eq!(years("..1930"), Ok((1, 1930)));
        assert_eq!(years(".."), Ok((1, 9999)));
        for wrong in ["", "0", "x", "1950..1940", "70000", "10000", "-5", "1..2..3"] {
            assert!(years(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn global_options_go_anywhere() {
        let given = ["cinedex", "search", "--json", "--catalog", "x", "--as", "ada", "a", "b"];
        let arguments = Arguments::try_parse_from(given).unwrap();
        assert_eq!(arguments.global.catalog, Some(PathBuf::from("x")));
        assert_eq!(arguments.global.account.as_deref(), Some("ada"));
        assert!(matches!(arguments.command, Some(Command::Search(search)) if search.query == ["a", "b"]));
    }
}
