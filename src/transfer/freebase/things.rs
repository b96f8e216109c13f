//! Statements sorted by what they are about.

use crate::domain::{Entity, External, Source};
use crate::sorter::{Result, SortError, Sorted, Sorter};
use std::path::Path;

/// Statements keep at most so many bytes in memory.
const MEMORY: usize = 32 << 20;
/// One thing has at most so many names, directors, actors ...: more is damage.
pub(super) const MOST: usize = 5_000;
/// Parts the name of a thing from what follows; no name holds it.
const END: u8 = 0;

/// What a statement says that is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The thing is a film.
    Film,
    /// It is a person.
    Person,
    /// It is called so in English, or nobody says in what language.
    Name,
    /// It is called so in another language.
    OtherName,
    /// A film: who directed it.
    Director,
    /// A performance: which film it is a part of.
    PartOf,
    /// A performance: who acts.
    Actor,
    /// A performance: who is played.
    Character,
}

impl Says {
    const ALL: [Says; 8] = [
        Says::Film,
        Says::Person,
        Says::Name,
        Says::OtherName,
        Says::Director,
        Says::PartOf,
        Says::Actor,
        Says::Character,
    ];
}

/// Where something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// The file, counted from 0.
    pub file: u32,
    /// The line, counted from 1.
    pub line: u64,
}

/// Everything of use that is said of one thing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Thing {
    /// Its id, or the label it has in its file.
    pub node: String,
    /// Where the first of it is said.
    pub at: At,
    pub is_film: bool,
    pub is_person: bool,
    /// The first is the one it goes by.
    pub names: Vec<String>,
    pub directors: Vec<String>,
    /// With the line that says so, which tells the order of a film's parts.
    pub films: Vec<(String, u64)>,
    pub actors: Vec<String>,
    pub characters: Vec<String>,
    /// How much more was said than is taken.
    pub more: u64,
}

fn add<T: PartialEq>(list: &mut Vec<T>, one: T, more: &mut u64) {
    if list.contains(&one) {
        return;
    }
    if list.len() == MOST {
        *more += 1;
    } else {
        list.push(one);
    }
}

impl Thing {
    fn hear(&mut self, says: Says, at: At, object: String) {
        self.at = self.at.min(at);
        let more = &mut self.more;
        match says {
            Says::Film => self.is_film = true,
            Says::Person => self.is_person = true,
            Says::Name | Says::OtherName => add(&mut self.names, object, more),
            Says::Director => add(&mut self.directors, object, more),
            Says::PartOf => add(&mut self.films, (object, at.line), more),
            Says::Actor => add(&mut self.actors, object, more),
            Says::Character => add(&mut self.characters, object, more),
        }
    }

    /// The id it has as a film or as a person.
    pub(super) fn id(&self, entity: Entity) -> Option<External> {
        External::new(Source::Freebase, entity, &self.node)
    }
}

/// Takes statements in any order.
pub(super) struct Statements(Sorter);

impl Statements {
    /// None yet; what memory has no room for lies in this folder.
    pub(super) fn new(folder: &Path) -> Statements {
        Statements(Sorter::new(folder, MEMORY))
    }

    /// Takes one.
    pub(super) fn push(&mut self, node: &str, at: At, says: Says, object: &str) -> Result<()> {
        let (file, line) = (at.file.to_be_bytes(), at.line.to_be_bytes());
        self.0.push_parts([node.as_bytes(), &[END, says as u8], &file, &line], [object.as_bytes()])
    }

    /// All of them in order.
    pub(super) fn sort(self) -> Result<Things> {
        Ok(Things(self.0.finish()?))
    }
}

/// Statements in the order of what they are about.
pub(super) struct Things(Sorted);

impl Things {
    /// Shows each thing, in the order of their names.
    pub(super) fn each<E: From<SortError>>(&self, visit: &mut dyn FnMut(Thing) -> Result<(), E>) -> Result<(), E> {
        let mut thing: Option<Thing> = None;
        self.0.each::<E>(|key, object| {
            let (node, says, at) = split(key);
            if thing.as_ref().is_none_or(|thing| thing.node.as_bytes() != node) {
                let next = Thing { node: text(node), at, ..Thing::default() };
                thing.replace(next).map_or(Ok(()), &mut *visit)?;
            }
            if let Some(thing) = &mut thing {
                thing.hear(says, at, text(object));
            }
            Ok(())
        })?;
        thing.map_or(Ok(()), visit)
    }
}

/// What a key is about, what is said of it and where.
fn split(key: &[u8]) -> (&[u8], Says, At) {
    let end = key.iter().position(|byte| *byte == END).expect("a key names its thing first");
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let rest = &key[end + 1..];
    let at = At { file: number(&rest[1..5]) as u32, line: number(&rest[5..]) };
    (&key[..end], Says::ALL[usize::from(rest[0])], at)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_one_thing_comes_together() {
        let folder = tempfile::tempdir().unwrap();
        let mut statements = Statements::new(folder.path());
        for (node, line, says, object) in [
            ("/b", 4, Says::OtherName, "Nebel"),
            ("/ab", 1, Says::Person, ""),
            ("/b", 6, Says::Name, "Fog"),
            ("/b", 3, Says::Film, ""),
            ("/a", 9, Says::PartOf, "/b"),
            ("/b", 5, Says::Director, "/ab"),
            ("/b", 7, Says::Director, "/ab"),
        ] {
            statements.push(node, At { file: 0, line }, says, object).unwrap();
        }
        for line in 0..MOST as u64 + 3 {
            statements.push("/c", At { file: 1, line }, Says::Actor, &line.to_string()).unwrap();
        }
        let mut things = Vec::new();
        let take = &mut |thing| -> Result<()> {
            things.push(thing);
            Ok(())
        };
        statements.sort().unwrap().each(take).unwrap();
        let nodes: Vec<(&str, u64)> = things.iter().map(|thing| (thing.node.as_str(), thing.at.line)).collect();
        assert_eq!(nodes, [("/a", 9), ("/ab", 1), ("/b", 3), ("/c", 0)]);
        assert_eq!((&things[0].films[..], things[1].is_person), (&[("/b".to_owned(), 9)][..], true));
        assert_eq!((&things[2].names[..], things[2].directors.len()), (&["Fog".to_owned(), "Nebel".to_owned()][..], 1));
        assert_eq!((things[3].actors.len(), things[3].more, things[3].at.file), (MOST, 3, 1));
    }
}
