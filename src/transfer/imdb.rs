//! IMDb's datasets: tables of titles, ratings, directors, credits, other titles and people, plain or gzipped.
//!
//! `title.basics` says which films there are, `title.crew` and `title.principals` who made and played them, and
//! only who did is read from `name.basics`. Rows of one film may stand anywhere.

mod characters;
mod dumps;
mod pass;
#[cfg(test)]
mod tests;
mod wanted;

use super::error::ImportError;
use super::intake::{Intake, Watch};
use super::pipeline::{Format, run};
use super::report::{Options, Progress, Report};
use super::{download, input};
use crate::domain::Source;
use crate::store::Store;
use pass::Pass;
use std::path::{Path, PathBuf};

pub use wanted::{SETTINGS, Wanted};

/// The tables there are, and what is wanted of them.
struct Datasets<'w> {
    wanted: &'w Wanted,
    titles: PathBuf,
    ratings: Option<PathBuf>,
    akas: Option<PathBuf>,
    crew: Option<PathBuf>,
    credits: Option<PathBuf>,
    people: Option<PathBuf>,
}

/// Imports the datasets in a folder, where asked after fetching them into it. `title.basics` must be there; what the
/// others would tell is not known without them. All of it goes in, or nothing; what was imported before and is the same
/// changes nothing.
///
/// # Errors
/// Where a file cannot be fetched or read or is damaged, the store fails, or `cancelled` says so. Nothing was imported
/// then.
pub fn import(
    store: &Store,
    folder: &Path,
    wanted: &Wanted,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Report, ImportError> {
    let mut watch = Watch { progress, cancelled };
    if let Some(address) = &wanted.download {
        dumps::fetch(address, folder, wanted.akas, &mut watch)?;
    }
    // What was fetched counts, whatever lies unpacked beside it.
    let endings = if wanted.download.is_some() { &["tsv.gz"][..] } else { &["tsv", "tsv.gz"] };
    let table =
        |name: &str| endings.iter().map(|ending| folder.join(format!("{name}.{ending}"))).find(|file| file.exists());
    std::fs::metadata(folder).map_err(|error| ImportError::File(folder.to_owned(), error))?;
    let titles = table("title.basics")
        .ok_or_else(|| ImportError::Nothing(folder.to_owned(), "title.basics.tsv or title.basics.tsv.gz"))?;
    let datasets = Datasets {
        wanted,
        titles,
        ratings: table("title.ratings"),
        akas: table("title.akas").filter(|_| wanted.akas),
        crew: table("title.crew"),
        credits: table("title.principals"),
        people: table("name.basics"),
    };
    let imported = run(store, &datasets, options, &mut watch);
    if let Some(file) = imported.as_ref().err().and_then(ImportError::file) {
        // Else the server would only say that it is there already.
        download::forget(file);
    }
    imported
}

impl Format for Datasets<'_> {
    fn source(&self) -> Source {
        Source::Imdb
    }

    fn read(&self, intake: &mut Intake, watch: &mut Watch) -> Result<(), ImportError> {
        let others = [&self.ratings, &self.akas, &self.crew, &self.credits, &self.people];
        let files: Vec<PathBuf> = others.into_iter().flatten().chain([&self.titles]).cloned().collect();
        let mut pass = Pass::new(intake, watch, input::size(&files));
        let each = |file: &Option<PathBuf>, read: &mut dyn FnMut(&Path) -> Result<(), ImportError>| {
            file.as_deref().map_or(Ok(()), read)
        };
        each(&self.ratings, &mut |file| pass.ratings(file))?;
        pass.titles(&self.titles, self.wanted)?;
        each(&self.akas, &mut |file| pass.akas(file))?;
        each(&self.crew, &mut |file| pass.crew(file))?;
        each(&self.credits, &mut |file| pass.credits(file))?;
        each(&self.people, &mut |file| pass.people(file))
    }
}
