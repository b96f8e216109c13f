//! Names in memory, read from the data folder.

use super::peers::Others;
use cinedex::domain::Entity;
use cinedex::domain::fold::fold;
use cinedex::search::index::{Page, Pages, See, build};
use cinedex::search::{Name, Names, Trouble};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::ops::Bound::{Included, Unbounded};
use std::ops::ControlFlow;
use std::path::Path;

/// One name as read.
pub struct Entry {
    /// Ids in the source; any of them is this name.
    pub id: String,
    /// The name as written.
    pub written: String,
    /// Folded texts, one a line.
    pub texts: String,
    /// How well known.
    pub weight: u32,
    /// Year.
    pub year: u16,
}

/// Movies and people, and their index.
pub struct Corpus {
    /// Movies.
    pub movies: Vec<Entry>,
    /// People.
    pub people: Vec<Entry>,
    /// The index's rows, where it is the index that is asked.
    pub rows: Option<Rows>,
    /// Another finder, where that one is asked.
    pub others: Option<Others>,
}

/// Rows of the index in memory.
#[derive(Default)]
pub struct Rows(BTreeMap<Vec<u8>, Vec<u8>>);

impl Pages for Rows {
    fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble> {
        Ok(self.0.get(key).map(|row| Box::new(&row[..]) as Page<'_>))
    }

    fn last_to(&self, key: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble> {
        let last = self.0.range::<[u8], _>((Unbounded, Included(key))).next_back();
        Ok(last.map(|(key, row)| (key.clone(), Box::new(&row[..]) as Page<'_>)))
    }

    fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble> {
        for (key, row) in self.0.range::<[u8], _>((Included(key), Unbounded)) {
            if visit(key, row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Corpus {
    /// Of movies and people. The environment's `PEER` says who is asked.
    pub fn new(movies: Vec<Entry>, people: Vec<Entry>) -> Result<Self, Trouble> {
        let mut corpus = Self { movies, people, rows: None, others: None };
        let peer = std::env::var("PEER").unwrap_or_default();
        if ["frizbee", "trigrams"].contains(&peer.as_str()) {
            corpus.others = Some(Others::new(&corpus, &peer));
        } else if peer != "scan" {
            let mut rows = Rows::default();
            build(&corpus, &std::env::temp_dir(), &mut |key, row| {
                rows.0.insert(key.to_vec(), row.to_vec());
                Ok(())
            })?;
            corpus.rows = Some(rows);
        }
        Ok(corpus)
    }

    /// The entries of one kind.
    pub fn of(&self, entity: Entity) -> &[Entry] {
        match entity {
            Entity::Movie => &self.movies,
            Entity::Person => &self.people,
            _ => &[],
        }
    }
}

impl Names for Corpus {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        for (id, entry) in (0..).zip(self.of(entity)) {
            if visit(Name { id, weight: entry.weight, year: entry.year, texts: &entry.texts }).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// A file's text, unpacked where it is packed.
pub fn text(path: &Path) -> Result<String, Trouble> {
    let mut text = String::new();
    let open = |path: &Path| File::open(path).map_err(|error| format!("{}: {error}", path.display()));
    if path.extension().is_some_and(|kind| kind == "gz") {
        GzDecoder::new(open(path)?).read_to_string(&mut text)?;
    } else {
        open(path)?.read_to_string(&mut text)?;
    }
    Ok(text)
}

/// A name and its other forms, folded.
fn entry(id: &str, written: &str, others: &[&str], weight: u32, year: u16) -> Entry {
    let mut texts = vec![fold(written)];
    for other in others.iter().map(|other| fold(other)) {
        if !texts.contains(&other) {
            texts.push(other);
        }
    }
    Entry { id: id.into(), written: written.into(), texts: texts.join("\n"), weight, year }
}

/// Titles of TMDB, with its popularity; its films only, where asked.
pub fn tmdb(folder: &Path, series: bool) -> Result<Vec<Entry>, Trouble> {
    let text = text(&folder.join("tmdb/tmdb_titles_108833.tsv.gz"))?;
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let rows = rows.filter(|row| row.len() == 5 && (series || row[1] == "movie"));
    // The digits of `37.9936` without the point: popularity in ten-thousandths.
    let weight =
        |row: &[&str]| format!("{:.4}", row[4].parse::<f32>().unwrap_or(0.0)).replace('.', "").parse().unwrap_or(0);
    Ok(rows.map(|row| entry(row[0], row[2], &[row[3]], weight(&row), 0)).collect())
}

/// Titles with an IMDb id; nothing says how well known they are.
pub fn imdb(folder: &Path) -> Result<Vec<Entry>, Trouble> {
    let text = text(&folder.join("search-truth/corpus_imdb_titles.tsv.gz"))?;
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let rows = rows.filter(|row| row.len() == 6);
    Ok(rows.map(|row| entry(row[0], row[2], &[row[3]], 0, row[4].parse().unwrap_or(0))).collect())
}

/// People of `JustWatch`, weighed by their credits.
pub fn people(folder: &Path) -> Result<Vec<Entry>, Trouble> {
    let mut all: BTreeMap<String, (String, u32)> = BTreeMap::new();
    for file in ["netflix_credits.csv.gz", "hbo_credits.csv.gz", "disney_credits.csv.gz", "appletv_credits.csv"] {
        let text = text(&folder.join("justwatch").join(file))?;
        for line in text.lines().skip(1) {
            let row = fields(line);
            if row.len() >= 3 {
                all.entry(row[0].clone()).or_insert_with(|| (row[2].clone(), 0)).1 += 1;
            }
        }
    }
    Ok(all.iter().map(|(id, (name, credits))| entry(id, name, &[], *credits, 0)).collect())
}

/// The fields of one CSV line.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.trim_end_matches('\r').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("never empty").push(c),
        }
    }
    fields
}
