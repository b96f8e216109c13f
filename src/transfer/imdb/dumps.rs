//! The files that the datasets come in, fetched from where IMDb offers them or from elsewhere.

use crate::transfer::download::{Download, Patience};
use crate::transfer::error::ImportError;
use crate::transfer::intake::Watch;
use crate::transfer::report::Phase;
use std::path::{Path, PathBuf};
use ureq::http::Uri;

/// Where IMDb offers them.
const HOME: &str = "https://datasets.imdbws.com";
/// What asks for it where something has to be said.
const USUAL: &str = "yes";

/// What an import reads of them.
const NAMES: [&str; 5] = ["title.basics", "title.ratings", "title.crew", "title.principals", "name.basics"];
/// What it reads if other titles are wanted.
const AKAS: &str = "title.akas";

/// The address that files are fetched from; empty or `yes`: IMDb's own.
///
/// # Errors
/// Where it is none.
pub(super) fn address(given: &str) -> Result<String, ImportError> {
    let given = given.trim();
    let refused = |why: &str| ImportError::Refused(PathBuf::from(format!("--download {given}")), why.to_owned());
    if given.is_empty() || given == USUAL {
        return Ok(HOME.to_owned());
    }
    let url: Uri = given.parse().map_err(|_| refused("is no address; give one such as https://example.org/imdb"))?;
    match (url.scheme_str(), url.authority()) {
        (Some("http" | "https"), Some(host)) if host.as_str().contains('@') => {
            Err(refused("give the address without a name and password; they would be kept beside the files"))
        }
        (Some("http" | "https"), Some(_)) if url.query().is_none() => Ok(given.trim_end_matches('/').to_owned()),
        (Some("http" | "https"), Some(_)) => Err(refused("give the address of a folder; names are put behind it")),
        _ => Err(refused("files are fetched from addresses that begin with https:// or http://")),
    }
}

/// Fetches the files into a folder. Those that are there as the server has them are not sent again.
///
/// # Errors
/// Where one cannot be had, or somebody stopped it. Those before it stay, and what came of it.
pub(super) fn fetch(address: &str, folder: &Path, akas: bool, watch: &mut Watch) -> Result<(), ImportError> {
    std::fs::create_dir_all(folder).map_err(|error| ImportError::File(folder.to_owned(), error))?;
    let download = Download::new(address, folder, Patience::USUAL)?;
    for name in NAMES.into_iter().chain(akas.then_some(AKAS)) {
        let file = format!("{name}.tsv.gz");
        let fetched = download.fetch(&format!("{address}/{file}"), &folder.join(&file), Phase::Fetching(name), watch);
        fetched.map_err(|error| match error {
            ImportError::Cancelled => ImportError::Paused(folder.to_owned()),
            error => error,
        })?;
    }
    Ok(())
}
