//! What each account opened lately on this machine: a short list in memory, kept in the state folder between
//! sessions. The finder prefers it. Losing it loses nothing else, so its file is written late and read leniently.

use super::Actor;
use super::token::{make_folder, of_catalogue};
use crate::domain::{Entity, Key};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// So many are remembered of each account.
const MOST: usize = 50;
/// A file longer than any we write is none of ours.
const FILE_MAX: u64 = 64 * 1024;

/// Account, or 0; kind; id.
type Opened = (u32, u8, u32);

/// What was opened lately, the last first.
#[derive(Default)]
pub(super) struct Recent {
    file: Option<PathBuf>,
    opened: Vec<Opened>,
    /// How many of them the file does not know of.
    unsaved: usize,
}

impl Recent {
    /// What the folder remembers of a catalogue.
    pub(super) fn read(folder: Option<&Path>, catalogue: &Path) -> Recent {
        let file = folder.zip(fs::canonicalize(catalogue).ok());
        let file = file.map(|(folder, catalogue)| of_catalogue(folder, "opened", &catalogue));
        let opened = file.as_deref().map(lines).unwrap_or_default();
        Recent { file, opened, unsaved: 0 }
    }

    /// Notes that somebody opened something. Nothing is written yet.
    pub(super) fn open(&mut self, actor: Actor, key: Key) {
        let Some((kind, id)) = place(key) else { return };
        let one = (account(actor), kind, id);
        let there = self.opened.iter().position(|other| *other == one);
        if there.is_some_and(|place| place < self.unsaved) {
            self.unsaved -= 1;
        }
        self.opened.retain(|other| *other != one);
        self.opened.insert(0, one);
        self.unsaved += 1;
    }

    /// Kinds and ids of what somebody opened lately.
    pub(super) fn of(&self, actor: Actor) -> Vec<(u8, u32)> {
        let account = account(actor);
        let own = self.opened.iter().filter(|one| one.0 == account).take(MOST);
        own.map(|(_, kind, id)| (*kind, *id)).collect()
    }

    /// Writes the file, if there is anything new: what is new here before what other sessions wrote there.
    pub(super) fn save(&mut self) -> io::Result<()> {
        let Some(file) = self.file.as_deref().filter(|_| self.unsaved > 0) else { return Ok(()) };
        let mut all: Vec<Opened> = self.opened[..self.unsaved].to_vec();
        for one in lines(file) {
            let own = all.iter().filter(|other| other.0 == one.0).count();
            if own < MOST && !all.contains(&one) {
                all.push(one);
            }
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        make_folder(folder)?;
        let mut draft = tempfile::Builder::new().prefix(".opened").tempfile_in(folder)?;
        for (account, kind, id) in &all {
            writeln!(draft, "{account} {kind} {id}")?;
        }
        draft.persist(file)?;
        (self.opened, self.unsaved) = (all, 0);
        Ok(())
    }
}

fn account(actor: Actor) -> u32 {
    actor.account().map_or(0, |account| account.0)
}

/// A character's film was opened with it.
fn place(key: Key) -> Option<(u8, u32)> {
    let kind = match key.entity() {
        Entity::Movie | Entity::Character => Entity::Movie,
        Entity::Person => Entity::Person,
        _ => return None,
    };
    Some((kind.code(), key.numbers().0))
}

/// The lines of a file that are ours.
fn lines(file: &Path) -> Vec<Opened> {
    if fs::metadata(file).map_or(true, |meta| meta.len() > FILE_MAX) {
        return Vec::new();
    }
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = |line: &str| {
        let mut numbers = line.split(' ').map(str::parse::<u32>);
        let mut number = || numbers.next()?.ok();
        Some((number()?, u8::try_from(number()?).ok()?, number()?))
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, CharacterId, MovieId, PersonId};

    #[test]
    fn each_account_has_its_own_and_they_outlive_the_session() {
        let folder = tempfile::tempdir().unwrap();
        let (state, catalogue) = (folder.path().join("state"), folder.path().join("films.cinedex"));
        fs::write(&catalogue, b"").unwrap();
        let has = |recent: &Recent, actor, entity: Entity, id| recent.of(actor).contains(&(entity.code(), id));
        let (ann, guest) = (Actor::Account(AccountId(3)), Actor::Guest);
        let mut one = Recent::read(Some(&state), &catalogue);
        let mut other = Recent::read(Some(&state), &catalogue);
        one.open(ann, Key::Movie(MovieId(7)));
        one.open(ann, Key::Movie(MovieId(7)));
        other.open(guest, Key::Person(PersonId(7)));
        other.open(ann, Key::Character(CharacterId { movie: MovieId(9), ordinal: 1 }));
        other.open(ann, Key::Favorite(AccountId(3), MovieId(8)));
        assert!(
            has(&one, ann, Entity::Movie, 7)
                && !has(&one, guest, Entity::Movie, 7)
                && !has(&one, ann, Entity::Person, 7)
        );
        one.save().unwrap();
        other.save().unwrap();
        let mut again = Recent::read(Some(&state), &catalogue);
        for (actor, entity, id) in [(ann, Entity::Movie, 7), (ann, Entity::Movie, 9), (guest, Entity::Person, 7)] {
            assert!(has(&again, actor, entity, id), "{entity} {id}");
        }
        assert!(!has(&again, ann, Entity::Movie, 8));
        for id in 100..100 + MOST as u32 {
            again.open(ann, Key::Movie(MovieId(id)));
        }
        assert!(!has(&again, ann, Entity::Movie, 7) && has(&again, ann, Entity::Movie, 100));
        again.save().unwrap();
        let again = Recent::read(Some(&state), &catalogue);
        assert!(!has(&again, ann, Entity::Movie, 9) && has(&again, guest, Entity::Person, 7));
    }

    #[test]
    fn a_strange_file_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = folder.path().join("films.cinedex");
        fs::write(&catalogue, b"").unwrap();
        let file = Recent::read(Some(folder.path()), &catalogue).file.unwrap();
        fs::write(&file, b"0 0 5\nnonsense\n1 999 2\n4294967296 1 1\n0 0").unwrap();
        assert_eq!(Recent::read(Some(folder.path()), &catalogue).opened, [(0, 0, 5)]);
        fs::write(&file, [0xff; 10]).unwrap();
        assert_eq!(Recent::read(Some(folder.path()), &catalogue).opened, []);
    }
}
