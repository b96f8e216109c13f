//! The way of one set: in, in again, out in every form, and in from there.

use super::account::curator;
use super::sets::{Brings, Set, Step};
use cinedex::catalog::report::{Report, Tally};
use cinedex::catalog::task::{Export, Import, Settings};
use cinedex::domain::{AccountId, Entity, Favorite, Key, MovieId, Record, Timestamp};
use cinedex::store::{Read, Store, check};
use cinedex::transfer::ImportError;
use cinedex::transfer::formats::{self, Outgoing};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// Of a larger set so many films go out as a media library, which is a folder a film ...
const LIBRARY: u32 = 20_000;
/// ... and so many as favorites.
const FAVORITES: u32 = 10_000;
/// Who imports.
const ACCOUNT: AccountId = AccountId(1);
/// When: an import that changes something at another moment would show.
const FIRST: Timestamp = Timestamp(1_000);
const LATER: Timestamp = Timestamp(2_000);

/// What went wrong, whatever it was.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A set on its way.
pub struct Trip<'a> {
    set: &'a Set,
    folder: &'a Path,
    /// Shows what the imports say.
    aloud: bool,
    work: tempfile::TempDir,
    /// A sentence for each promise that did not hold.
    pub broken: Vec<String>,
}

/// How many records of a kind there are.
fn count(store: &Store, entity: Entity) -> Outcome<u64> {
    Ok(store.begin_read()?.count(entity)?)
}

fn import(store: &Store, import: &Import, now: Timestamp) -> Result<Report, ImportError> {
    formats::import(store, import, Some(ACCOUNT), now, &mut |_| {}, &|| false)
}

fn export(store: &Store, format: &'static str, to: &Path, movies: Vec<MovieId>) -> Outcome<u64> {
    let export = Export { format, to: Some(to.to_owned()), movies, ..Export::default() };
    let account = Some(ACCOUNT);
    let mut job = Outgoing { store, export: &export, account, progress: &mut |_| {}, cancelled: &|| false };
    Ok(formats::export(&mut job, &mut io::sink())?.written)
}

/// The account whose favorites go in and out.
fn join(store: &Store) -> Outcome<()> {
    let mut writer = store.begin_write()?;
    let id = writer.next_account()?;
    writer.set(Key::Account(id), Some(Record::Account(curator(FIRST))))?;
    Ok(writer.commit().map(drop)?)
}

/// Packs a folder into an archive.
fn pack(folder: &Path, to: &Path) -> Outcome<()> {
    let mut archive = zip::ZipWriter::new(File::create(to)?);
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            archive.start_file(path.strip_prefix(folder)?.to_string_lossy(), SimpleFileOptions::default())?;
            io::copy(&mut File::open(&path)?, &mut archive)?;
        }
    }
    archive.finish()?;
    Ok(())
}

fn is_new(tally: Tally) -> bool {
    tally.new + tally.changed > 0
}

impl<'a> Trip<'a> {
    /// Before anything of it was done.
    pub fn new(set: &'a Set, folder: &'a Path, aloud: bool) -> Trip<'a> {
        let work = tempfile::tempdir().expect("a folder for the run");
        Trip { set, folder, aloud, work, broken: Vec::new() }
    }

    /// Goes all the way, and says what came of it in a line.
    pub fn go(&mut self) -> String {
        let came = self.all();
        came.unwrap_or_else(|error| {
            self.broken.push(error.to_string());
            "broke off".to_owned()
        })
    }

    fn promise(&mut self, holds: bool, says: impl FnOnce() -> String) {
        if !holds {
            self.broken.push(says());
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.work.path().join(name)
    }

    fn all(&mut self) -> Outcome<String> {
        let store = Store::create(&self.at("one"))?;
        join(&store)?;
        if let Brings::Refusal(says) = self.set.brings {
            return self.refused(&store, says);
        }
        let firsts = self.take_in(&store)?;
        self.take_again(&store, &firsts)?;
        self.sound(&store, "the catalogue")?;
        let mut ways = vec![self.lines(&store)?, self.tables(&store)?, self.library(&store)?];
        ways.push(self.favorites(&store)?);
        let sum = |of: fn(&Report) -> u64| firsts.iter().map(of).sum::<u64>();
        Ok(format!(
            "{:>7} {:>7} {:>8} {:>8} {:>8}  {}",
            sum(|report| report.movies.new),
            sum(|report| report.people.new),
            sum(|report| report.characters.new),
            sum(|report| report.doubtful),
            sum(|report| report.skipped),
            ways.join(", ")
        ))
    }

    fn refused(&mut self, store: &Store, says: &str) -> Outcome<String> {
        let revision = store.begin_read()?.revision()?;
        let refusal = match import(store, &self.import(&self.set.steps[0])?, FIRST) {
            Ok(report) => format!("read {}", report.read),
            Err(error) => error.to_string(),
        };
        self.promise(refusal.contains(says), || format!("{says} is not named by {refusal:?}"));
        let moved = store.begin_read()?.revision()? != revision;
        self.promise(!moved, || "what was refused changed something".to_owned());
        Ok(format!("refused: {refusal}"))
    }

    fn import(&self, step: &Step) -> Outcome<Import> {
        let mut paths: Vec<PathBuf> = step.paths.iter().map(|path| self.folder.join(path)).collect();
        if step.zipped {
            let archive = self.at("archive");
            pack(&paths[0], &archive)?;
            paths = vec![archive];
        }
        let settings = Settings(step.settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
        Ok(Import { format: step.format, paths, settings, ..Import::default() })
    }

    /// The first time: what is reported as new is there afterwards.
    fn take_in(&mut self, store: &Store) -> Outcome<Vec<Report>> {
        let mut reports = Vec::new();
        for step in self.set.steps {
            let report = import(store, &self.import(step)?, FIRST)?;
            if self.aloud {
                report.lines().iter().for_each(|line| println!("    {line}"));
            }
            reports.push(report);
        }
        type Told = fn(&Report) -> u64;
        let kinds: [(Entity, Told); 5] = [
            (Entity::Movie, |report| report.movies.new),
            (Entity::Person, |report| report.people.new),
            (Entity::Character, |report| report.characters.new),
            (Entity::Favorite, |report| report.favorites.new),
            (Entity::Review, |report| report.doubtful),
        ];
        for (entity, of) in kinds {
            let (told, there) = (reports.iter().map(of).sum::<u64>(), count(store, entity)?);
            self.promise(told == there, || format!("{told} new were reported, {there} are there: {entity}"));
        }
        let films = count(store, Entity::Movie)?;
        let wanted = self.set.brings == Brings::Films;
        self.promise((films > 0) == wanted, || format!("{films} films came in"));
        Ok(reports)
    }

    /// The second time: nothing is new, nothing moves.
    fn take_again(&mut self, store: &Store, firsts: &[Report]) -> Outcome<()> {
        let revision = store.begin_read()?.revision()?;
        for (step, first) in self.set.steps.iter().zip(firsts) {
            let again = import(store, &self.import(step)?, LATER)?;
            let tallies = [again.movies, again.people, again.characters, again.favorites];
            self.promise(!tallies.iter().copied().any(is_new), || format!("the second import changes: {tallies:?}"));
            let same = (again.read, again.skipped, again.doubtful) == (first.read, first.skipped, first.doubtful);
            self.promise(same, || {
                let told = |report: &Report| (report.read, report.skipped, report.doubtful);
                format!("read, skipped, doubtful: first {:?}, then {:?}", told(first), told(&again))
            });
        }
        let moved = store.begin_read()?.revision()? - revision;
        self.promise(moved == 0, || format!("the second import moves the revision by {moved}"));
        Ok(())
    }

    fn sound(&mut self, store: &Store, what: &str) -> Outcome<()> {
        let report = check::check(store)?;
        let first = report.faults.first().map(ToString::to_string).unwrap_or_default();
        self.promise(report.is_clean(), || format!("{what} is not sound: {first}"));
        Ok(())
    }

    /// Takes an export into an empty catalogue.
    fn back(&mut self, format: &'static str, paths: Vec<PathBuf>, name: &str) -> Outcome<(Store, Report)> {
        let store = Store::create(&self.at(name))?;
        let task = Import { format, paths, ..Import::default() };
        let report = import(&store, &task, FIRST)?;
        self.promise(report.skipped + report.doubtful == 0, || {
            let first = report.skips.first().map(ToString::to_string).unwrap_or_default();
            let Report { skipped, doubtful, .. } = report;
            format!("{format}: of its own export {skipped} are skipped, {doubtful} doubtful: {first}")
        });
        self.sound(&store, name)?;
        let revision = store.begin_read()?.revision()?;
        let again = import(&store, &task, LATER)?;
        let moved = store.begin_read()?.revision()? - revision;
        let tallies = [again.movies, again.people, again.characters];
        let still = moved == 0 && !tallies.iter().copied().any(is_new);
        self.promise(still, || format!("{format}: its own export changes something the second time: {tallies:?}"));
        Ok((store, report))
    }

    /// Everything as JSON Lines, and everything again.
    fn lines(&mut self, store: &Store) -> Outcome<String> {
        let (first, second) = (self.at("one.jsonl"), self.at("two.jsonl"));
        export(store, "jsonl", &first, Vec::new())?;
        let (other, _) = self.back("jsonl", vec![first.clone()], "two")?;
        export(&other, "jsonl", &second, Vec::new())?;
        let same = fs::read(&first)? == fs::read(&second)?;
        self.promise(same, || "jsonl: what comes out of its own export is another".to_owned());
        Ok(format!("jsonl {}", if same { "same" } else { "differs" }))
    }

    fn tables(&mut self, store: &Store) -> Outcome<String> {
        let folder = self.at("tables");
        export(store, "csv", &folder, Vec::new())?;
        let (other, _) = self.back("csv", vec![folder], "three")?;
        self.as_many(store, &other, "csv", &[Entity::Movie, Entity::Person])?;
        let (parts, back) = (count(store, Entity::Character)?, count(&other, Entity::Character)?);
        Ok(format!("csv {back} of {parts} parts"))
    }

    fn library(&mut self, store: &Store) -> Outcome<String> {
        let folder = self.at("library");
        let films = count(store, Entity::Movie)?;
        let some = if films > u64::from(LIBRARY) { (1..=LIBRARY).map(MovieId).collect() } else { Vec::new() };
        let written = export(store, "nfo", &folder, some)?;
        let (other, _) = self.back("nfo", vec![folder], "four")?;
        let back = count(&other, Entity::Movie)?;
        self.promise(written == back, || format!("nfo: {written} films go out, {back} come in"));
        Ok(format!("nfo {back}"))
    }

    /// All films as favorites, or the first of them.
    fn favorites(&mut self, store: &Store) -> Outcome<String> {
        let mut writer = store.begin_write()?;
        let mut wanted = 0;
        for id in (1..).map(MovieId).take(FAVORITES as usize) {
            if writer.read().movie(id)?.is_some() {
                let added = Record::Favorite(Favorite { added: FIRST });
                writer.set(Key::Favorite(ACCOUNT, id), Some(added))?;
                wanted += 1;
            }
        }
        writer.commit()?;
        let folder = self.at("favorites");
        fs::create_dir(&folder)?;
        let written = export(store, "letterboxd", &folder.join("liked.csv"), Vec::new())?;
        let (_, report) = self.back("csv", vec![folder], "five")?;
        let read = report.read;
        let all = (written, read) == (wanted, wanted);
        self.promise(all, || format!("letterboxd: of {wanted} favorites {written} go out and {read} are read"));
        Ok(format!("letterboxd {read}"))
    }

    fn as_many(&mut self, one: &Store, other: &Store, format: &str, kinds: &[Entity]) -> Outcome<()> {
        for entity in kinds {
            let (out, back) = (count(one, *entity)?, count(other, *entity)?);
            self.promise(out == back, || format!("{format}: {out} go out, {back} come in: {entity}"));
        }
        Ok(())
    }
}
