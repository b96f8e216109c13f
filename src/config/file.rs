//! `config.toml`.

use serde::Deserialize;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The settings of `config.toml`; what is not there stays as it is by default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The catalogue. A path that is not absolute starts at the folder of the settings.
    pub catalog: Option<PathBuf>,
    /// Draw with ASCII only.
    pub ascii: bool,
    /// Colours; `NO_COLOR` turns them off too.
    pub color: bool,
    /// Memory in MiB that hashing a password takes; can only be raised.
    pub password_memory: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { catalog: None, ascii: false, color: true, password_memory: PASSWORD_MEMORY }
    }
}

/// What OWASP asks for at least, in MiB.
const PASSWORD_MEMORY: u32 = 19;
/// More would keep others from signing in; a hash that asks for more is not computed either.
const PASSWORD_MEMORY_MOST: u32 = 256;

/// What is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub says: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.says)
    }
}

impl std::error::Error for Complaint {}

impl Settings {
    /// Reads the file; where there is none, all is as by default.
    pub fn read(file: &Path) -> Result<Self, Complaint> {
        let complain = |says: String| Complaint { file: file.to_owned(), line: None, says };
        match fs::read(file) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).map_err(|_| complain("this is not text in UTF-8".into()))?;
                Settings::parse(&text, file)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Settings::default()),
            Err(error) => Err(complain(error.to_string())),
        }
    }

    /// Reads a text; `file` is named in complaints and is where relative paths start.
    pub fn parse(text: &str, file: &Path) -> Result<Self, Complaint> {
        let complain = |line, says| Complaint { file: file.to_owned(), line, says };
        let mut settings: Settings = toml::from_str(text).map_err(|error| {
            let line =
                error.span().and_then(|span| text.get(..span.start)).map(|before| 1 + before.matches('\n').count());
            complain(line, error.message().to_owned())
        })?;
        settings.check().map_err(|(key, says)| complain(line_of(text, key), format!("{key}: {says}")))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        settings.catalog = settings.catalog.map(|path| folder.join(path));
        Ok(settings)
    }

    fn check(&self) -> Result<(), (&'static str, String)> {
        if !(PASSWORD_MEMORY..=PASSWORD_MEMORY_MOST).contains(&self.password_memory) {
            let says = format!("between {PASSWORD_MEMORY} and {PASSWORD_MEMORY_MOST} MiB are wanted");
            return Err(("password_memory", says));
        }
        Ok(())
    }
}

/// The line that sets a key.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let sets = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(sets).map(|index| index + 1)
}
