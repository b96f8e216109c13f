//! Where files live.

use directories::ProjectDirs;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

/// Where files live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The settings.
    pub config: PathBuf,
    /// The catalogue, unless another is named.
    pub catalog: PathBuf,
    /// The folder of the log, of command lines and of sign-ins that are remembered.
    pub state: PathBuf,
}

/// No home folder could be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Homeless;

impl fmt::Display for Homeless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no home folder: set HOME, or name the catalogue with --catalog FILE")
    }
}

impl std::error::Error for Homeless {}

impl Places {
    /// The usual places of this system; `var` is like [`std::env::var_os`].
    pub fn usual(var: impl Fn(&str) -> Option<OsString>) -> Result<Self, Homeless> {
        let folders = ProjectDirs::from("", "", "cinedex").ok_or(Homeless)?;
        // Systems without a notion of these variables honour them all the same where somebody set one.
        let named = |name: &str| var(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let config =
            named("XDG_CONFIG_HOME").map_or_else(|| folders.config_dir().to_owned(), |home| home.join("cinedex"));
        let state = folders.state_dir().unwrap_or_else(|| folders.data_local_dir());
        Ok(Places {
            config: config.join("config.toml"),
            catalog: folders.data_dir().join("catalog.cinedex"),
            state: state.to_owned(),
        })
    }

    /// Command lines of earlier sessions.
    #[must_use]
    pub fn past(&self) -> PathBuf {
        self.state.join("commands")
    }

    /// The log.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.state.join("cinedex.log")
    }
}
