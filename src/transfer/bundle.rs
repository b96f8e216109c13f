//! Files that belong together: those of a folder, or of a zip archive, by their whole paths inside it.

use super::error::ImportError;
use super::input::{Bounded, Input, gunzip, plain_name};
use super::intake::Intake;
use super::table::Table;
use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use zip::ZipArchive;

/// A bundle has at most so many members ...
const MEMBERS_MAX: usize = 20_000;
/// ... in folders inside folders at most so deep.
const DEPTH_MAX: usize = 4;

/// The files of a folder or an archive.
pub(super) struct Bundle {
    path: PathBuf,
    place: Place,
    members: Vec<Member>,
    /// What is around all of the members: a folder of its own, inside the folder or archive.
    around: String,
    /// How many bytes the archive has, and how many were unpacked of it.
    packed: Rc<Cell<u64>>,
    unpacked: Rc<Cell<u64>>,
    /// Members whose path leaves the archive; they are not read.
    astray: Vec<String>,
}

enum Place {
    Folder,
    Zip(ZipArchive<BufReader<File>>),
}

struct Member {
    /// Its path with `/` between the steps.
    name: String,
    /// Its number in the archive.
    number: usize,
    size: u64,
}

impl Bundle {
    /// Opens a folder or a zip archive. All of it may lie in one folder of any name but those of `own`.
    pub(super) fn open(path: &Path, own: &[&str]) -> Result<Bundle, ImportError> {
        let fault = |error| ImportError::File(path.to_owned(), error);
        let mut bundle = Bundle {
            path: path.to_owned(),
            place: Place::Folder,
            members: Vec::new(),
            around: String::new(),
            packed: Rc::default(),
            unpacked: Rc::default(),
            astray: Vec::new(),
        };
        if std::fs::metadata(path).map_err(fault)?.is_dir() {
            bundle.walk(path, "", 0)?;
        } else {
            let file = File::open(path).map_err(fault)?;
            bundle.packed.set(file.metadata().map_err(fault)?.len());
            let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| bundle.refused(&error))?;
            bundle.list(archive)?;
        }
        bundle.members.sort_by(|one, other| one.name.cmp(&other.name));
        bundle.unwrap(own);
        Ok(bundle)
    }

    fn refused(&self, why: &dyn std::fmt::Display) -> ImportError {
        ImportError::Refused(
            self.path.clone(),
            format!("is neither a folder nor a zip archive that can be read ({why})"),
        )
    }

    fn take(&mut self, name: String, number: usize, size: u64) -> Result<(), ImportError> {
        if self.members.len() == MEMBERS_MAX {
            return Err(ImportError::Refused(self.path.clone(), format!("holds more than {MEMBERS_MAX} files")));
        }
        // What macOS and file managers leave behind.
        if !name.starts_with("__MACOSX/") && !name.split('/').any(|step| step.starts_with('.')) {
            self.members.push(Member { name, number, size });
        }
        Ok(())
    }

    fn walk(&mut self, folder: &Path, before: &str, depth: usize) -> Result<(), ImportError> {
        let fault = |error| ImportError::File(folder.to_owned(), error);
        for entry in std::fs::read_dir(folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let kind = entry.file_type().map_err(fault)?;
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if kind.is_file() {
                self.take(name, 0, entry.metadata().map_err(fault)?.len())?;
            } else if kind.is_dir() && depth < DEPTH_MAX {
                self.walk(&entry.path(), &format!("{name}/"), depth + 1)?;
            }
        }
        Ok(())
    }

    fn list(&mut self, mut archive: ZipArchive<BufReader<File>>) -> Result<(), ImportError> {
        for number in 0..archive.len() {
            let entry = archive.by_index_raw(number).map_err(|error| self.refused(&error))?;
            let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
            let stays = Path::new(&name).components().all(|step| matches!(step, Component::Normal(_)));
            if !stays || name.starts_with('/') {
                self.astray.push(name);
            } else if entry.is_file() {
                self.take(name, number, entry.size())?;
            }
        }
        self.place = Place::Zip(archive);
        Ok(())
    }

    /// Finds the one folder that all of it lies in.
    fn unwrap(&mut self, own: &[&str]) {
        let Some(first) = self.members.first() else { return };
        let Some((around, _)) = first.name.split_once('/') else { return };
        let around = format!("{around}/");
        let is_own = own.iter().any(|name| around.trim_end_matches('/').eq_ignore_ascii_case(name));
        if !is_own && self.members.iter().all(|member| member.name.starts_with(&around)) {
            self.members.iter_mut().for_each(|member| member.name = member.name.split_off(around.len()));
            self.around = around;
        }
    }

    /// The paths of the members; a gzipped one is found without its ending too.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }

    /// How many bytes a member has, as far as the bundle knows.
    pub(super) fn size(&self, name: &str) -> u64 {
        self.member(name).map_or(0, |member| member.size)
    }

    /// How a member is called in what is said of it.
    pub(super) fn called(&self, name: &str) -> PathBuf {
        let name = self.member(name).map_or(name, |member| &member.name);
        self.path.join(format!("{}{name}", self.around))
    }

    fn member(&self, name: &str) -> Option<&Member> {
        let is_it = |member: &&Member| plain_name(&member.name) == name;
        self.members.iter().find(is_it)
    }

    /// Whether there is such a member.
    pub(super) fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    /// A member that is a table, if it is there.
    pub(super) fn table(&mut self, name: &str) -> Result<Option<Table<Box<dyn Read + '_>>>, ImportError> {
        let called = self.called(name);
        self.read(name)?.map(|reader| Table::over(&called, reader, |_| true)).transpose()
    }

    /// Counts what is not read.
    pub(super) fn tell_astray(&self, intake: &mut Intake) {
        for name in &self.astray {
            intake.skip(&self.path, 0, 0, format!("its member {name} lies outside the archive"));
        }
    }

    /// Reads a member, unpacked; none where there is no such member.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Box<dyn Read + '_>>, ImportError> {
        let called = self.called(name);
        let Some(number) = self.member(name).map(|member| member.number) else { return Ok(None) };
        match &mut self.place {
            Place::Folder => Ok(Some(Box::new(Input::open(&called)?))),
            Place::Zip(archive) => match archive.by_index(number) {
                Ok(entry) => {
                    let member = BufReader::new(Bounded::over(entry, &self.packed, &self.unpacked));
                    let plain = gunzip(member, &self.packed, &self.unpacked);
                    plain.map(Some).map_err(|error| ImportError::reading(&called, error))
                }
                Err(error) => Err(ImportError::Refused(called, format!("cannot be unpacked ({error})"))),
            },
        }
    }
}
