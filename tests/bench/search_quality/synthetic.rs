//! The queries kept in `search-truth/synthetic`: first places by kind of damage.

use super::corpus::{Corpus, Entry, people, text, tmdb};
use super::score::{Scores, ask, miss};
use cinedex::domain::Entity;
use cinedex::search::Trouble;
use std::path::Path;

/// Asks both lists.
pub fn run(folder: &Path) -> Result<(), Trouble> {
    let corpus = Corpus::new(tmdb(folder, false)?, people(folder)?)?;
    list(folder, "titles", Entity::Movie, &corpus)?;
    list(folder, "people", Entity::Person, &corpus)
}

fn list(folder: &Path, name: &str, entity: Entity, corpus: &Corpus) -> Result<(), Trouble> {
    let lines = text(&folder.join(format!("search-truth/synthetic/{name}.tsv")))?;
    let names = corpus.of(entity);
    let mut scores = Scores::default();
    for line in lines.lines().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let [_, class, query, ids, wanted] = row[..] else { continue };
        let found = ask(&mut scores, corpus, query, Some(entity))?;
        let entry = |id: u32| -> &Entry { &names[id as usize] };
        let place = found.iter().position(|found| ids.split(' ').any(|id| entry(found.id).id == id));
        scores.note(class, place);
        miss(class, query, wanted, place, found.first().map(|found| entry(found.id).texts.as_str()));
    }
    scores.print(&format!("synthetic {name}"));
    Ok(())
}
