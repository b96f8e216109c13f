//! Work that takes its time, as data: formats as they are offered, and one import, export or review as it is asked for.

use super::command::{Rows, Verdict};
use crate::domain::text::grouped;
use crate::domain::{MovieId, clean_line};
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A form that films are kept in elsewhere, as the command line and the screens offer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Its name: a word to type.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// What it reads, or what it makes.
    pub takes: Takes,
    /// What else can be said to it.
    pub settings: &'static [Setting],
    /// An import that merges with what is there: it can be tried dry, and told to overwrite.
    pub merges: bool,
    /// An export that can give out some of the films.
    pub chooses: bool,
    /// It tells of favorites, which are those of an account.
    pub personal: bool,
    /// What an export proposes to call what it makes.
    pub makes: &'static str,
}

/// What a format reads, or makes. The word says what it is: `FILE`, `FOLDER`, `PATH` for either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing: it is built in.
    Nothing,
    /// One path.
    One(&'static str),
    /// One path or more.
    Several(&'static str),
}

/// Something a format can be told: `--min-votes N`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name, without the dashes.
    pub name: &'static str,
    /// What it takes, such as `N`; `[URL]` may be left out; empty: it is on or off.
    pub value: &'static str,
    /// What it does, in a line.
    pub help: &'static str,
}

impl Format {
    /// A format that takes no settings.
    #[must_use]
    pub const fn new(name: &'static str, takes: Takes, about: &'static str) -> Format {
        Format { name, about, takes, settings: &[], merges: false, chooses: false, personal: false, makes: "" }
    }

    /// The same with settings.
    #[must_use]
    pub const fn with(mut self, settings: &'static [Setting]) -> Format {
        self.settings = settings;
        self
    }

    /// The same, merging with what is there.
    #[must_use]
    pub const fn merging(mut self) -> Format {
        self.merges = true;
        self
    }

    /// The same, telling of favorites.
    #[must_use]
    pub const fn personal(mut self) -> Format {
        self.personal = true;
        self
    }

    /// The same, making something that is called so where nobody says otherwise.
    #[must_use]
    pub const fn making(mut self, name: &'static str) -> Format {
        self.makes = name;
        self
    }

    /// The same, giving out some films or all.
    #[must_use]
    pub const fn choosing(mut self) -> Format {
        self.chooses = true;
        self
    }
}

/// Settings as given, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings(pub Vec<(&'static str, String)>);

impl Settings {
    /// The value of a setting; empty where it was given without one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str())
    }

    /// A value read as what it has to be.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn read<T: FromStr<Err: fmt::Display>>(&self, name: &str) -> Result<Option<T>, String> {
        let read = |value: &str| value.trim().parse().map_err(|error| format!("--{name} {value}: {error}"));
        self.get(name).map(read).transpose()
    }
}

/// One import, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The name of its format.
    pub format: &'static str,
    /// What to read.
    pub paths: Vec<PathBuf>,
    /// What the format was told.
    pub settings: Settings,
    /// Say what would happen; change nothing.
    pub dry_run: bool,
    /// Let what the source tells replace what a person entered here.
    pub overwrite: bool,
}

/// One export, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// The name of its format.
    pub format: &'static str,
    /// The file or folder to make; none writes to standard output.
    pub to: Option<PathBuf>,
    /// These films; none: those of the query.
    pub movies: Vec<MovieId>,
    /// The films of this query; empty: everything.
    pub query: String,
    /// What the format was told.
    pub settings: Settings,
    /// Write over what is there.
    pub overwrite: bool,
}

/// Work that takes its time, beside whatever else is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Takes films in.
    Import(Import),
    /// Gives them out.
    Export(Export),
    /// Says what many films are that wait for review.
    Review {
        /// Which of them.
        rows: Rows,
        /// What they are.
        verdict: Verdict,
        /// How many that were when it was asked for.
        films: u64,
    },
}

impl Task {
    /// The name of its format; empty where it has none.
    #[must_use]
    pub fn format(&self) -> &'static str {
        match self {
            Task::Import(import) => import.format,
            Task::Export(export) => export.format,
            Task::Review { .. } => "",
        }
    }

    /// What it reads or makes.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Task::Import(import) => import.paths.first().map(PathBuf::as_path),
            Task::Export(export) => export.to.as_deref(),
            Task::Review { .. } => None,
        }
    }

    /// What it is called: `import wikipedia movies-1940s.json`.
    #[must_use]
    pub fn title(&self) -> String {
        let does = match self {
            Task::Import(Import { dry_run: true, .. }) => "try",
            Task::Import(_) => "import",
            Task::Export(_) => "export",
            Task::Review { films, .. } => return format!("review of {} films", grouped(*films)),
        };
        let name = self.path().and_then(Path::file_name).map(|name| clean_line(&name.to_string_lossy()));
        format!("{does} {} {}", self.format(), name.unwrap_or_default()).trim_end().to_owned()
    }
}

/// What lies at a path, for those who choose one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The path, in full.
    pub path: PathBuf,
    /// There is something.
    pub there: bool,
    /// It is a folder, and these are in it: folders first, each kind by name.
    pub folder: Option<Vec<Seen>>,
    /// It holds more than is listed.
    pub more: bool,
    /// The name of the format that it looks like.
    pub guess: Option<&'static str>,
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its name.
    pub name: OsString,
    /// It is a folder itself.
    pub folder: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_what_they_have_to_be() {
        let settings = Settings(vec![("min-votes", " 7 ".to_owned()), ("akas", String::new())]);
        assert_eq!(settings.read::<u32>("min-votes"), Ok(Some(7)));
        assert_eq!(settings.read::<u32>("years"), Ok(None));
        assert_eq!(settings.get("akas"), Some(""));
        assert_eq!(settings.read::<u32>("akas"), Err("--akas : cannot parse integer from empty string".to_owned()));
    }
}
