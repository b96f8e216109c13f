//! The queries of people kept in `search-truth/real`.

use super::corpus::{Corpus, imdb, text, tmdb};
use super::score::{Scores, ask, miss};
use cinedex::domain::Entity;
use cinedex::search::Trouble;
use std::path::Path;

/// Asks all three lists.
pub fn run(folder: &Path) -> Result<(), Trouble> {
    let mut scores = Scores::default();
    let titles = Corpus::new(tmdb(folder, true)?, Vec::new())?;
    let typos = text(&folder.join("search-truth/real/typo_pairs.tsv"))?;
    for row in typos.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()) {
        put(&mut scores, &titles, "typo pairs", row[0], row[2])?;
    }
    let judged = text(&folder.join("search-truth/real/hello_ltr_title_judgments.tsv"))?;
    for row in judged.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()) {
        if row[2] == "4" {
            put(&mut scores, &titles, "hello-ltr, grade 4", row[1], row[3])?;
        }
    }
    let corpus = Corpus::new(imdb(folder)?, Vec::new())?;
    for (query, answer) in tasks(&text(&folder.join("search-truth/real/imdb_rename_truth.toml"))?) {
        if corpus.movies.iter().any(|entry| entry.id == answer) {
            put(&mut scores, &corpus, "imdb-rename", &query, &answer)?;
        }
    }
    scores.print("human queries");
    Ok(())
}

fn put(scores: &mut Scores, corpus: &Corpus, class: &str, query: &str, id: &str) -> Result<(), Trouble> {
    let found = ask(scores, corpus, query, Some(Entity::Movie))?;
    let entry = |id: u32| &corpus.movies[id as usize];
    let place = found.iter().position(|found| entry(found.id).id == id);
    let wanted = corpus.movies.iter().find(|entry| entry.id == id).map_or("(not in the corpus)", |entry| &entry.texts);
    scores.note(class, place);
    miss(class, query, wanted, place, found.first().map(|found| entry(found.id).texts.as_str()));
    Ok(())
}

/// Query and answer of each task of a TOML list.
fn tasks(toml: &str) -> Vec<(String, String)> {
    let values = |key: &str| -> Vec<String> {
        let lines = toml.lines().filter_map(|line| line.strip_prefix(key)?.trim().strip_prefix('='));
        lines.map(|value| value.trim().trim_matches('"').to_owned()).collect()
    };
    values("query").into_iter().zip(values("answer")).collect()
}
