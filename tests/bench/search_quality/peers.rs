//! What others find among the same names: frizbee, and a plain ranker by trigrams.

use super::corpus::{Corpus, Entry};
use cinedex::domain::Entity;
use cinedex::domain::fold::fold;
use cinedex::search::{Found, Tier};
use frizbee::{Config, Matcher};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// So many answers are asked for.
const MOST: usize = 50;

/// Another finder.
pub enum Peer {
    /// Forgives one typo from four letters and two from eight, by score, then the better known.
    Frizbee,
    /// By the share of trigrams in common, then the better known.
    Trigrams(HashMap<[char; 3], Vec<u32>>),
}

/// The texts of a corpus for another finder, the best-known first.
pub struct Others {
    peer: Peer,
    texts: Vec<String>,
    /// Kind, id, and how many trigrams each text has.
    names: Vec<(Entity, u32, u32)>,
}

impl Others {
    /// Of the name of a peer.
    pub fn new(corpus: &Corpus, peer: &str) -> Self {
        let mut all: Vec<(Entity, u32, &Entry)> = Vec::new();
        for entity in [Entity::Movie, Entity::Person] {
            all.extend((0..).zip(corpus.of(entity)).map(|(id, entry)| (entity, id, entry)));
        }
        all.sort_by_key(|(.., entry)| Reverse(entry.weight));
        let (mut texts, mut names) = (Vec::new(), Vec::new());
        let mut lists: HashMap<[char; 3], Vec<u32>> = HashMap::new();
        for (entity, id, entry) in all {
            for text in entry.texts.split('\n') {
                let trigrams = trigrams(text);
                names.push((entity, id, trigrams.len() as u32));
                for trigram in trigrams.into_iter().filter(|_| peer == "trigrams") {
                    lists.entry(trigram).or_default().push(texts.len() as u32);
                }
                texts.push(text.to_owned());
            }
        }
        let peer = if peer == "trigrams" { Peer::Trigrams(lists) } else { Peer::Frizbee };
        Self { peer, texts, names }
    }

    /// Its answers, best first.
    pub fn ask(&self, query: &str, only: Option<Entity>) -> Vec<Found> {
        let query = fold(query);
        let places = match &self.peer {
            Peer::Frizbee => self.frizbee(&query),
            Peer::Trigrams(lists) => self.trigrams(&query, lists),
        };
        let mut seen = BTreeSet::new();
        let names = places.into_iter().map(|place| (self.names[place], place));
        let names = names.filter(|((entity, ..), _)| only.is_none_or(|only| only == *entity));
        let names = names.filter(|((entity, id, _), _)| seen.insert((*entity, *id)));
        let found = names.take(MOST).map(|((entity, id, _), place)| Found {
            entity,
            id,
            text: self.texts[place].clone(),
            place: 0,
            tier: Tier::Words,
            score: 0,
        });
        found.collect()
    }

    fn frizbee(&self, query: &str) -> Vec<usize> {
        let typos = match query.chars().count() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        let config = Config::default().max_typos(Some(typos));
        let found = Matcher::new(query, &config).match_list_parallel(&self.texts, 2);
        found.into_iter().map(|found| found.index as usize).collect()
    }

    fn trigrams(&self, query: &str, lists: &HashMap<[char; 3], Vec<u32>>) -> Vec<usize> {
        let asked = trigrams(query);
        let mut common = vec![0_u32; self.texts.len()];
        for place in asked.iter().filter_map(|trigram| lists.get(trigram)).flatten() {
            common[*place as usize] += 1;
        }
        let share = |place: usize| {
            let all = asked.len() as u32 + self.names[place].2 - common[place];
            Reverse(u64::from(common[place]) * 1_000_000 / u64::from(all.max(1)))
        };
        let mut places: Vec<usize> = (0..self.texts.len()).filter(|place| common[*place] > 0).collect();
        places.sort_by_cached_key(|place| share(*place));
        places
    }
}

/// Three letters side by side in each word, which begins with two blanks and ends with one.
fn trigrams(text: &str) -> BTreeSet<[char; 3]> {
    let mut all = BTreeSet::new();
    for word in text.split(' ') {
        let letters: Vec<char> = "  ".chars().chain(word.chars()).chain([' ']).collect();
        all.extend(letters.windows(3).map(|three| [three[0], three[1], three[2]]));
    }
    all
}
