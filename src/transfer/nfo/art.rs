//! Pictures beside a film, found by their names.

use super::library::Folder;
use crate::transfer::draft::Picture;
use std::path::PathBuf;

/// What names of pictures end with, in the order they are looked for.
const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "tbn", "gif"];
/// Fanart of one film at most.
const FANART: usize = 20;

/// Where the pictures of a film lie.
pub(super) struct Art<'a> {
    /// The film's folder.
    pub folder: &'a Folder,
    /// What the names begin with.
    pub stem: &'a str,
    /// Whether the folder holds no other film, so that names without a beginning are this film's.
    pub alone: bool,
    /// Where pictures of actors lie.
    pub actors: Option<&'a Folder>,
}

impl Art<'_> {
    /// The poster beside the film, else what the film names.
    pub(super) fn poster(&self, told: Option<&str>) -> Option<Picture> {
        let own = [format!("{}-poster", self.stem), self.stem.to_owned()];
        let beside = ["poster", "folder", "cover", "default", "movie"].map(str::to_owned);
        let beside = beside.into_iter().filter(|_| self.alone);
        let found = own.into_iter().chain(beside).find_map(|name| picture(self.folder, &name));
        found.map(Picture::here).or_else(|| self.told(told?))
    }

    /// The fanart beside the film, else what the film names.
    pub(super) fn fanart(&self, told: &[String]) -> Vec<Picture> {
        let mut names = vec![format!("{}-fanart", self.stem)];
        if self.alone {
            names.extend(["fanart", "backdrop", "background"].map(str::to_owned));
        }
        let mut found: Vec<PathBuf> = Vec::new();
        if let Some(name) = names.iter().find(|name| picture(self.folder, name).is_some()) {
            found.extend(picture(self.folder, name));
            found.extend((1..FANART).map_while(|number| picture(self.folder, &format!("{name}{number}"))));
        }
        if let Some(more) = self.folder.folder("extrafanart").filter(|_| self.alone) {
            let pictures = more.files("").filter(|(name, _)| is_picture(name)).map(|(_, path)| path);
            found.extend(pictures.take(FANART - found.len()));
        }
        if found.is_empty() {
            return told.iter().filter_map(|told| self.told(told)).collect();
        }
        found.into_iter().map(Picture::here).collect()
    }

    /// The photo of an actor beside the film, else what the film names.
    pub(super) fn photo(&self, name: &str, told: Option<&str>) -> Option<Picture> {
        let plain = name.replace(' ', "_");
        let safe: String = plain.chars().filter(|c| !"\"\\:<>|/?*".contains(*c)).collect();
        let found = self.actors.and_then(|actors| picture(actors, &plain).or_else(|| picture(actors, &safe)));
        found.map(Picture::here).or_else(|| self.told(told?))
    }

    /// An address, or the name of a file beside the film. No path leads out of the folder.
    fn told(&self, told: &str) -> Option<Picture> {
        if told.starts_with("http://") || told.starts_with("https://") {
            return Some(Picture::at(told));
        }
        self.folder.file(told).filter(|_| is_picture(&told.to_lowercase())).map(Picture::here)
    }
}

fn picture(folder: &Folder, name: &str) -> Option<PathBuf> {
    ENDINGS.iter().find_map(|ending| folder.file(&format!("{name}.{ending}")))
}

fn is_picture(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}
