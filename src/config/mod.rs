//! Floor `config`: paths and settings, read once at the top and passed down as values. Uses `domain`.

mod file;
mod places;

pub use file::{Complaint, Settings};
pub use places::{Homeless, Places};

/// What the environment says beside the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `CINEDEX_CATALOG`: the catalogue to use.
    pub catalog: Option<std::path::PathBuf>,
    /// `TERM`.
    pub term: Option<String>,
    /// `VISUAL`, else `EDITOR`.
    pub editor: Option<String>,
}

impl Surroundings {
    /// Reads them by a function like [`std::env::var_os`]; variables that are empty count as not set.
    pub fn read(var: impl Fn(&str) -> Option<std::ffi::OsString>) -> Self {
        let set = |name: &str| var(name).filter(|value| !value.is_empty());
        let text = |name: &str| set(name).and_then(|value| value.into_string().ok());
        Surroundings {
            no_color: set("NO_COLOR").is_some(),
            catalog: set("CINEDEX_CATALOG").map(Into::into),
            term: text("TERM"),
            editor: text("VISUAL").or_else(|| text("EDITOR")),
        }
    }
}

#[cfg(test)]
mod tests;
