//! Names changed since a segment was built.
//!
//! `MAIN` holds movies and people as of the last bulk build and `CAST` the names of characters, `RECENT` what changed
//! since, `FRESH` what changed since that. The newest layer that knows a name speaks for it. Fresh names are few and looked at one
//! by one; [`merge`] moves them down.

use super::super::names::{Name, Names, Trouble};
use super::build::{Ready, prepare, spread};
use super::lists::Segment;
use super::pages::Pages;
use super::rows::{KINDS, NAMES, key, kind, put, tail, take};
use crate::domain::Entity;
use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::Path;

/// The layer of single changes.
pub const FRESH: u8 = 0;
/// The layer of changes merged from it.
pub const RECENT: u8 = 1;
/// The layer of all movies and people as of the last bulk build.
pub const MAIN: u8 = 2;

/// The layer of all names of characters as of the last time it was built.
pub const CAST: u8 = 3;

/// The row to write when a name is new or has changed, or when it is gone. Nothing else has to change with it.
#[must_use]
pub fn change(entity: Entity, name: &Name<'_>, gone: bool) -> (Vec<u8>, Vec<u8>) {
    let mut row = Vec::new();
    if !gone {
        put(&mut row, name.weight);
        put(&mut row, name.year.into());
        row.extend_from_slice(name.texts.as_bytes());
    }
    (mark(FRESH, entity, name), row)
}

/// What a name of a kind is known by.
pub fn identity(entity: Entity, name: &Name<'_>) -> Vec<u8> {
    if entity == Entity::Character { name.texts.as_bytes().to_vec() } else { name.id.to_be_bytes().to_vec() }
}

/// The key that says that a layer knows a name.
fn mark(layer: u8, entity: Entity, name: &Name<'_>) -> Vec<u8> {
    mark_of(layer, entity, &identity(entity, name))
}

fn mark_of(layer: u8, entity: Entity, identity: &[u8]) -> Vec<u8> {
    key(layer, kind::KNOWN, &[&[entity as u8], identity].concat())
}

/// The fresh names: kind, what they are known by, row.
#[derive(Default)]
pub struct Fresh(Vec<(Entity, Vec<u8>, Vec<u8>)>);

impl Fresh {
    /// Reads them all.
    pub fn read(pages: &dyn Pages) -> Result<Self, Trouble> {
        let mut fresh = Vec::new();
        pages.walk(&[FRESH], &mut |key, row| {
            let Some(entity) = KINDS.into_iter().find(|kind| key.get(2) == Some(&(*kind as u8))) else {
                return ControlFlow::Break(());
            };
            if key[0] != FRESH {
                return ControlFlow::Break(());
            }
            fresh.push((entity, key[3..].to_vec(), row.to_vec()));
            ControlFlow::Continue(())
        })?;
        fresh.sort_unstable();
        Ok(Self(fresh))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether a name changed.
    fn knows(&self, entity: Entity, identity: &[u8]) -> bool {
        self.0.binary_search_by_key(&(entity, identity), |(entity, identity, _)| (*entity, identity)).is_ok()
    }

    /// Those of one kind that are still there.
    pub fn names(&self, entity: Entity) -> impl Iterator<Item = Name<'_>> {
        let there = self.0.iter().filter(move |(kind, _, row)| *kind == entity && !row.is_empty());
        there.filter_map(|(entity, identity, row)| {
            let id = if *entity == Entity::Character { 0 } else { tail(identity) };
            let mut row = &row[..];
            let (weight, year) = (take(&mut row), take(&mut row) as u16);
            Some(Name { id, weight, year, texts: std::str::from_utf8(row).ok()? })
        })
    }
}

/// More changes than these are merged away.
pub const CHANGES: u64 = 256;

/// Names on their way in, which speak for themselves above all layers.
pub trait Coming: Names {
    /// Whether a name is among them.
    fn knows(&self, entity: Entity, id: u32) -> bool;

    /// How many they are.
    fn count(&self) -> u64;
}

/// The layer that changes go to, so many of them coming besides those in the fresh one; a new layer takes the
/// place of all above it. Few stay changes; `RECENT` holds up to a tenth of `MAIN`.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn place(pages: &dyn Pages, coming: u64) -> Result<u8, Trouble> {
    let count = |layer| -> Result<u64, Trouble> {
        let segment = Segment::open(pages, layer)?;
        Ok(segment.map_or(0, |segment| segment.counts.iter().copied().map(u64::from).sum()))
    };
    let changes = Fresh::read(pages)?.len() as u64 + coming;
    Ok(if changes <= CHANGES {
        FRESH
    } else if (changes + count(RECENT)?) * 10 <= count(MAIN)? {
        RECENT
    } else {
        MAIN
    })
}

/// All rows of a layer anew, with what the layers above it know, and what comes. They take the place of all rows
/// of that layer; those of the layers above it are to be removed. Only to the fresh layer they are added. The main
/// layer takes no characters: with it, theirs has to be built again.
///
/// # Errors
/// Whatever reading the rows or writing temporary files in `folder` fails with.
pub fn merge(pages: &dyn Pages, coming: Option<&dyn Coming>, layer: u8, folder: &Path) -> Result<Ready, Trouble> {
    if layer == FRESH {
        return spread(coming.map(|coming| coming as &dyn Names), folder);
    }
    let layers = Layers { coming, ..Layers::open(pages, layer)? };
    let mut marks = BTreeSet::new();
    if layer == RECENT {
        marks.extend(layers.fresh.0.iter().map(|(entity, identity, _)| mark_of(RECENT, *entity, identity)));
        pages.walk(&key(RECENT, kind::KNOWN, &[]), &mut |key, _| {
            if key[..2] != [RECENT, kind::KNOWN] {
                return ControlFlow::Break(());
            }
            marks.insert(key.to_vec());
            ControlFlow::Continue(())
        })?;
        for (entity, coming) in KINDS.into_iter().filter_map(|entity| Some((entity, coming?))) {
            coming.scan(entity, &mut |name| {
                marks.insert(mark(RECENT, entity, &name));
                ControlFlow::Continue(())
            })?;
        }
    }
    prepare(layer, &Kept { layers: &layers, characters: layer == RECENT }, marks, folder)
}

/// The names that a merge keeps.
struct Kept<'a, 'p> {
    layers: &'a Layers<'p>,
    characters: bool,
}

impl Names for Kept<'_, '_> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        if entity == Entity::Character && !self.characters { Ok(()) } else { self.layers.scan(entity, visit) }
    }
}

/// The layers as one store of names.
pub struct Layers<'p> {
    pages: &'p dyn Pages,
    /// Newest first.
    pub segments: Vec<Segment<'p>>,
    /// The changes above them.
    pub fresh: Fresh,
    /// What comes above those.
    coming: Option<&'p dyn Coming>,
}

impl<'p> Layers<'p> {
    /// Opens the layers from the top down to one of them.
    pub fn open(pages: &'p dyn Pages, down_to: u8) -> Result<Self, Trouble> {
        let open = |layer| Segment::open(pages, layer).transpose();
        let segments = (RECENT..=down_to).filter_map(open).collect::<Result<_, _>>()?;
        Ok(Self { pages, segments, fresh: Fresh::read(pages)?, coming: None })
    }

    /// Whether a newer layer speaks for a name of this one.
    pub fn outdated(&self, layer: u8, entity: Entity, name: &Name<'_>) -> Result<bool, Trouble> {
        let identity = identity(entity, name);
        let recent = || Ok::<_, Trouble>(self.pages.get(&mark_of(RECENT, entity, &identity))?.is_some());
        let newer = self.comes(entity, name.id) || self.fresh.knows(entity, &identity);
        Ok(newer || layer > RECENT && self.has_recent() && recent()?)
    }

    /// Whether the layers above the main one speak for a movie or a person.
    pub fn speak_for(&self, entity: Entity, id: u32) -> Result<bool, Trouble> {
        let identity = id.to_be_bytes();
        let recent = || Ok(self.has_recent() && self.pages.get(&mark_of(RECENT, entity, &identity))?.is_some());
        if self.fresh.knows(entity, &identity) { Ok(true) } else { recent() }
    }

    fn has_recent(&self) -> bool {
        self.segments.first().is_some_and(|segment| segment.layer == RECENT)
    }

    /// What newer layers know of a kind, for whoever asks about many names of a layer.
    pub fn newer(&self, layer: u8, entity: Entity) -> Result<HashSet<Vec<u8>>, Trouble> {
        let fresh = self.fresh.0.iter().filter(|(kind, ..)| *kind == entity);
        let mut newer: HashSet<Vec<u8>> = fresh.map(|(_, identity, _)| identity.clone()).collect();
        if layer > RECENT && self.has_recent() {
            let first = mark_of(RECENT, entity, &[]);
            self.pages.walk(&first, &mut |key, _| {
                let Some(identity) = key.strip_prefix(&first[..]) else { return ControlFlow::Break(()) };
                newer.insert(identity.to_vec());
                ControlFlow::Continue(())
            })?;
        }
        Ok(newer)
    }

    fn comes(&self, entity: Entity, id: u32) -> bool {
        entity != Entity::Character && self.coming.is_some_and(|coming| coming.knows(entity, id))
    }
}

impl Names for Layers<'_> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        let mut broken = false;
        if let Some(coming) = self.coming {
            coming.scan(entity, &mut |name| {
                let flow = visit(name);
                broken = flow.is_break();
                flow
            })?;
        }
        if broken {
            return Ok(());
        }
        for name in self.fresh.names(entity).filter(|name| !self.comes(entity, name.id)) {
            if visit(name).is_break() {
                return Ok(());
            }
        }
        for segment in &self.segments {
            let Some(at) = KINDS.into_iter().position(|kind| kind == entity) else { continue };
            let span: Vec<u32> = segment.span(at).collect();
            let mut outcome = Ok(ControlFlow::Continue(()));
            for block in span.chunks(NAMES as usize) {
                segment.names(block, &mut |name| match (&outcome, self.outdated(segment.layer, entity, &name)) {
                    (Ok(ControlFlow::Continue(())), Ok(false)) => outcome = Ok(visit(name)),
                    (Ok(_), Err(trouble)) => outcome = Err(trouble),
                    _ => {}
                })?;
                match outcome {
                    Ok(ControlFlow::Continue(())) => {}
                    Ok(ControlFlow::Break(())) => return Ok(()),
                    Err(trouble) => return Err(trouble),
                }
            }
        }
        Ok(())
    }
}
