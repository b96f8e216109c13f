//! What an import or export says: how far it is, and what came of it.

use super::command::Reviewed;
use crate::domain::{AccountId, Timestamp};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How an import is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// The moment new and changed records are stamped with.
    pub now: Timestamp,
    /// Say what would happen; change nothing.
    pub dry_run: bool,
    /// Let what the source tells replace what a person entered here.
    pub overwrite: bool,
    /// Who imports: the step in the journal and the favorites become theirs.
    pub account: Option<AccountId>,
    /// Where it comes from, for people: a file, a folder.
    pub place: String,
    /// How many skipped records are listed. All are counted.
    pub listed: usize,
}

impl Options {
    /// The usual way, at this moment.
    #[must_use]
    pub fn at(now: Timestamp) -> Options {
        Options { now, dry_run: false, overwrite: false, account: None, place: String::new(), listed: 20 }
    }
}

/// What an import is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Fetching a file of this name: bytes.
    Fetching(&'static str),
    /// Reading files: bytes.
    Reading,
    /// Comparing with what the catalogue has: movies.
    Matching,
    /// Writing: rows.
    Writing,
    /// Writing more than can be undone: rows.
    WritingForGood,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Fetching(name) => return write!(f, "fetching {name}"),
            Phase::Reading => "reading",
            Phase::Matching => "matching",
            Phase::Writing | Phase::WritingForGood => "writing",
        })
    }
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it is at.
    pub phase: Phase,
    /// How much of that is done.
    pub done: u64,
    /// How much there is to do.
    pub total: u64,
}

impl Progress {
    /// The same in percent.
    #[must_use]
    pub fn percent(&self) -> u64 {
        (u128::from(self.done.min(self.total)) * 100 / u128::from(self.total.max(1))) as u64
    }
}

/// Records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Made.
    pub new: u64,
    /// Changed.
    pub changed: u64,
    /// There already, as the source has them.
    pub unchanged: u64,
}

/// A record that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// The file it is in.
    pub file: PathBuf,
    /// The line it starts on, counted from 1; 0 where it is the whole file.
    pub line: u64,
    /// Its number in the file, counted from 1; 0 where records have none.
    pub record: u64,
    /// Why.
    pub why: String,
}

/// What did not come in though the record it stands in did, or a folder that could not be looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file or folder.
    pub file: PathBuf,
    /// The line, counted from 1; 0 where it is about the whole.
    pub line: u64,
    /// What is said of it.
    pub says: String,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file.display())?;
        match (self.line, self.record) {
            (0, _) => {}
            (line, 0) => write!(f, "line {line}: ")?,
            (line, record) => write!(f, "line {line}, record {record}: ")?,
        }
        write!(f, "skipped: {}", self.why)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.display(), self.says),
            line => write!(f, "{}: line {line}: {}", self.file.display(), self.says),
        }
    }
}

/// What came of an import or export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What was named as the input.
    pub given: Vec<PathBuf>,
    /// What was made of the input, where that had to be found out: which columns tell what.
    pub told: Vec<Note>,
    /// Records read. Each became a movie that is counted below, or was merged, or skipped.
    pub read: u64,
    /// Records that told more of a movie that another record of the input is about.
    pub merged: u64,
    /// Records left out.
    pub skipped: u64,
    /// The first of them.
    pub skips: Vec<Skip>,
    /// Values, pictures and folders left out.
    pub noted: u64,
    /// The first of them.
    pub notes: Vec<Note>,
    /// How many of either are listed at most.
    pub listed: usize,
    /// Films that may be there already, and wait in the review queue until somebody says what they are.
    pub doubtful: u64,
    /// Those of them that somebody put aside.
    pub put_aside: u64,
    /// What became of films that waited for review, where those were decided on.
    pub reviewed: Option<Reviewed>,
    /// It is too large to be undone.
    pub for_good: bool,
    /// Movies.
    pub movies: Tally,
    /// People.
    pub people: Tally,
    /// Characters.
    pub characters: Tally,
    /// Favorites of the account that imports.
    pub favorites: Tally,
    /// What was read and has no place here, such as `ratings`: how many of each.
    pub unkept: BTreeMap<&'static str, u64>,
    /// Records that an export wrote.
    pub written: u64,
    /// How long it took.
    pub took: Duration,
    /// Nothing was written.
    pub dry_run: bool,
}

impl Tally {
    /// Counts a record.
    pub fn count(&mut self, was_there: bool, changed: bool) {
        let count = match (was_there, changed) {
            (false, _) => &mut self.new,
            (true, true) => &mut self.changed,
            (true, false) => &mut self.unchanged,
        };
        *count += 1;
    }
}

impl Report {
    /// Counts a record that is left out.
    pub fn skip(&mut self, skip: Skip) {
        self.skipped += 1;
        if self.skips.len() < self.listed {
            self.skips.push(skip);
        }
    }

    /// Counts a value, picture or folder that is left out.
    pub fn note(&mut self, file: &Path, line: u64, says: impl Into<String>) {
        self.noted += 1;
        if self.notes.len() < self.listed {
            self.notes.push(Note { file: file.to_owned(), line, says: says.into() });
        }
    }

    /// Counts what was read and has no place here.
    pub fn leave(&mut self, what: &'static str, count: u64) {
        if count > 0 {
            *self.unkept.entry(what).or_insert(0) += count;
        }
    }

    /// A file as whoever named the input knows it: from what they named on, unless two are called the same.
    fn shown(&self, file: &Path) -> PathBuf {
        let is_within = |given: &&PathBuf| file.starts_with(given);
        let Some(given) = self.given.iter().find(is_within) else { return file.to_owned() };
        let namesakes = self.given.iter().filter(|other| other.file_name() == given.file_name()).count();
        let around = given.parent().filter(|_| namesakes == 1).unwrap_or(Path::new(""));
        file.strip_prefix(around).unwrap_or(file).to_owned()
    }

    /// Everything it says, a line each; what was skipped comes first.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.remarks();
        lines.extend(self.summary());
        lines
    }

    /// What was made of the input, what was skipped and what was left out, a line each.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        let note = |note: &Note| Note { file: self.shown(&note.file), ..note.clone() }.to_string();
        let skip = |skip: &Skip| Skip { file: self.shown(&skip.file), ..skip.clone() }.to_string();
        let mut lines: Vec<String> = self.told.iter().map(note).collect();
        lines.extend(self.skips.iter().map(skip));
        let unlisted = self.skipped - self.skips.len() as u64;
        if unlisted > 0 {
            lines.push(format!("{unlisted} more were skipped"));
        }
        lines.extend(self.notes.iter().map(note));
        let unlisted = self.noted - self.notes.len() as u64;
        if unlisted > 0 {
            lines.push(format!("{unlisted} more remarks like these"));
        }
        lines
    }

    /// What came of it in numbers, a line each.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let Report { read, merged, skipped, doubtful, .. } = self;
        if let Some(Reviewed { rows, left, .. }) = &self.reviewed {
            lines.push(format!("decided on {rows}, {left} have no candidate left and wait on"));
        }
        lines.push(match merged + skipped {
            _ if self.written > 0 => format!("{} records written", self.written),
            0 => format!("read {read}"),
            _ => {
                let told = (*merged > 0).then(|| format!("{merged} told of a film read before"));
                let left = (*skipped > 0).then(|| format!("{skipped} were skipped"));
                let parts: Vec<String> = told.into_iter().chain(left).collect();
                format!("read {read}, of which {}", parts.join(" and "))
            }
        });
        let Report { movies, people, characters, favorites, .. } = *self;
        for (name, tally) in
            [("movies", movies), ("people", people), ("characters", characters), ("favorites", favorites)]
        {
            let Tally { new, changed, unchanged } = tally;
            if tally != Tally::default() {
                lines.push(format!("{name}: {new} new, {changed} changed, {unchanged} unchanged"));
            }
        }
        lines.extend(self.unkept.iter().map(|(what, count)| format!("not kept: {count} {what}")));
        if *doubtful > 0 {
            let aside = match self.put_aside {
                0 => String::new(),
                aside => format!(" ({aside} of them put aside)"),
            };
            lines.push(format!("doubtful: {doubtful} may be films that are there{aside}; they wait for review"));
            lines.push("`cinedex review` lists them; on the screens :review does".to_owned());
        }
        if self.for_good {
            let tense = if self.dry_run { "would be" } else { "is" };
            lines.push(format!("this {tense} too large to be undone as one step"));
        }
        let did = if self.dry_run { "a dry run, nothing was changed; it took" } else { "took" };
        lines.push(format!("{did} {:.1} s", self.took.as_secs_f64()));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_what_was_given_on() {
        let shown = |given: &[&str], file: &str| {
            let given = given.iter().map(PathBuf::from).collect();
            let skip = Skip { file: PathBuf::from(file), line: 3, record: 0, why: "it is torn".to_owned() };
            Report { given, skips: vec![skip], skipped: 1, ..Report::default() }.lines()[0].clone()
        };
        for (given, file, says) in [
            (&["/home/ann/films"][..], "/home/ann/films/fog/movie.nfo", "films/fog/movie.nfo"),
            (&["/home/ann/films.csv"], "/home/ann/films.csv", "films.csv"),
            (&["/a/films", "/b/more"], "/b/more/x.nfo", "more/x.nfo"),
            (&["/a/films", "/b/films"], "/b/films/x.nfo", "/b/films/x.nfo"),
            (&["films"], "films/x.nfo", "films/x.nfo"),
            (&["."], "./x.nfo", "./x.nfo"),
            (&["/a/films"], "/tmp/elsewhere.csv", "/tmp/elsewhere.csv"),
        ] {
            assert_eq!(shown(given, file), format!("{says}: line 3: skipped: it is torn"));
        }
    }
}
