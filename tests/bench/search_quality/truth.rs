//! The truth set: names of a corpus, damaged; right is the same kind and the same folded text.

use super::corpus::{Corpus, imdb, people, tmdb};
use super::damage::{CLASSES, Damage};
use super::random::Random;
use super::score::{Scores, ask, miss};
use cinedex::domain::Entity;
use cinedex::search::Trouble;
use std::path::Path;

/// Makes and asks so many queries of each corpus.
pub fn run(folder: &Path, seed: u64, count: usize) -> Result<(), Trouble> {
    measure("truth set, TMDB titles and people", &Corpus::new(tmdb(folder, true)?, people(folder)?)?, seed, count)?;
    measure("truth set, IMDb titles and people", &Corpus::new(imdb(folder)?, people(folder)?)?, seed, count)
}

fn measure(title: &str, corpus: &Corpus, seed: u64, count: usize) -> Result<(), Trouble> {
    let mut random = Random(seed);
    let (mut clear, mut vague) = (Scores::default(), Scores::default());
    for entity in [Entity::Movie, Entity::Person] {
        for (class, ambiguous, damage) in CLASSES {
            let scores = if ambiguous { &mut vague } else { &mut clear };
            for _ in 0..count / CLASSES.len() / 2 {
                let (wanted, query) = draw(corpus, entity, damage, &mut random);
                let found = ask(scores, corpus, &query, None)?;
                let own = corpus.of(entity)[wanted].texts.split('\n').next();
                let place = found.iter().position(|found| {
                    found.entity == entity && (found.id as usize == wanted || Some(found.text.as_str()) == own)
                });
                scores.note(&format!("{entity} {class}"), place);
                miss(class, &query, own.unwrap_or_default(), place, found.first().map(|found| found.text.as_str()));
            }
        }
    }
    clear.print(&format!("{title}: clear"));
    vague.print(&format!("{title}: ambiguous"));
    Ok(())
}

/// A name of the corpus and a damaged form of it.
fn draw(corpus: &Corpus, entity: Entity, damage: Damage, random: &mut Random) -> (usize, String) {
    let names = corpus.of(entity);
    loop {
        let at = random.below(names.len());
        let written = &names[at].written;
        if written.chars().filter(char::is_ascii_alphabetic).count() * 10 < written.chars().count() * 7 {
            continue;
        }
        if let Some(query) = damage(written, random) {
            return (at, query);
        }
    }
}
