//! Names changed since a segment was built.
//!
//! Three layers: `MAIN` holds everything as of the last bulk build, `RECENT` what changed since, `FRESH` what
//! changed since that. The newest layer that knows a name speaks for it. Fresh names are few and looked at one
//! by one; [`merge`] moves them down.

use super::super::names::{Name, Names, Trouble};
use super::build::build_with;
use super::lists::Segment;
use super::pages::{Pages, Write};
use super::rows::{KINDS, NAMES, key, kind, put, tail, take};
use crate::domain::Entity;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

/// The layer of single changes.
pub const FRESH: u8 = 0;
/// The layer of changes merged from it.
pub const RECENT: u8 = 1;
/// The layer that holds everything as of the last bulk build.
pub const MAIN: u8 = 2;

/// The row to write when a name is new or has changed, or with `None` when it is gone. Nothing else has to
/// change with it.
#[must_use]
pub fn change(entity: Entity, id: u32, name: Option<&Name<'_>>) -> (Vec<u8>, Vec<u8>) {
    let mut row = Vec::new();
    if let Some(name) = name {
        put(&mut row, name.weight);
        put(&mut row, name.year.into());
        row.extend_from_slice(name.texts.as_bytes());
    }
    (mark(FRESH, entity, id), row)
}

/// The key that says that a layer knows a name.
fn mark(layer: u8, entity: Entity, id: u32) -> Vec<u8> {
    key(layer, kind::KNOWN, &[&[entity as u8][..], &id.to_be_bytes()].concat())
}

/// The fresh names.
#[derive(Default)]
pub struct Fresh(Vec<(Entity, u32, Vec<u8>)>);

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
            fresh.push((entity, tail(key), row.to_vec()));
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
    pub fn knows(&self, entity: Entity, id: u32) -> bool {
        self.0.binary_search_by_key(&(entity, id), |(entity, id, _)| (*entity, *id)).is_ok()
    }

    /// Those of one kind that are still there.
    pub fn names(&self, entity: Entity) -> impl Iterator<Item = Name<'_>> {
        let there = self.0.iter().filter(move |(kind, _, row)| *kind == entity && !row.is_empty());
        there.filter_map(|(_, id, row)| {
            let mut row = &row[..];
            let (weight, year) = (take(&mut row), take(&mut row) as u16);
            Some(Name { id: *id, weight, year, texts: std::str::from_utf8(row).ok()? })
        })
    }
}

/// How many changes wait in the fresh layer and how many names the two others hold; [`merge`] into `RECENT` at
/// a few thousand of the first, into `MAIN` when the second is a tenth of the third.
///
/// # Errors
/// Whatever reading the rows fails with.
pub fn waiting(pages: &dyn Pages) -> Result<[u64; 3], Trouble> {
    let count = |layer| -> Result<u64, Trouble> {
        let segment = Segment::open(pages, layer)?;
        Ok(segment.map_or(0, |segment| segment.counts.iter().copied().map(u64::from).sum()))
    };
    Ok([Fresh::read(pages)?.len() as u64, count(RECENT)?, count(MAIN)?])
}

/// Writes all rows of a layer anew, in the order of their keys, with what the layers above it know. They take
/// the place of all rows of that layer; those of the layers above it are to be removed.
///
/// # Errors
/// Whatever reading and writing the rows or the temporary files in `folder` fails with.
pub fn merge(pages: &dyn Pages, layer: u8, folder: &Path, write: &mut Write<'_>) -> Result<(), Trouble> {
    let layers = Layers::open(pages, layer)?;
    let mut marks = BTreeSet::new();
    if layer == RECENT {
        marks.extend(layers.fresh.0.iter().map(|(entity, id, _)| mark(RECENT, *entity, *id)));
        pages.walk(&key(RECENT, kind::KNOWN, &[]), &mut |key, _| {
            if key[..2] != [RECENT, kind::KNOWN] {
                return ControlFlow::Break(());
            }
            marks.insert(key.to_vec());
            ControlFlow::Continue(())
        })?;
    }
    build_with(layer, &layers, marks, folder, write)
}

/// The layers as one store of names.
pub struct Layers<'p> {
    pages: &'p dyn Pages,
    /// Newest first.
    pub segments: Vec<Segment<'p>>,
    /// The changes above them.
    pub fresh: Fresh,
}

impl<'p> Layers<'p> {
    /// Opens the layers from the top down to one of them.
    pub fn open(pages: &'p dyn Pages, down_to: u8) -> Result<Self, Trouble> {
        let open = |layer| Segment::open(pages, layer).transpose();
        let segments = (RECENT..=down_to).filter_map(open).collect::<Result<_, _>>()?;
        Ok(Self { pages, segments, fresh: Fresh::read(pages)? })
    }

    /// Whether a newer layer speaks for a name of this one.
    pub fn outdated(&self, layer: u8, entity: Entity, id: u32) -> Result<bool, Trouble> {
        let recent = || Ok::<_, Trouble>(self.pages.get(&mark(RECENT, entity, id))?.is_some());
        Ok(self.fresh.knows(entity, id) || layer == MAIN && self.segments.len() > 1 && recent()?)
    }
}

impl Names for Layers<'_> {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        for name in self.fresh.names(entity) {
            if visit(name).is_break() {
                return Ok(());
            }
        }
        for segment in &self.segments {
            let Some(at) = KINDS.into_iter().position(|kind| kind == entity) else { continue };
            let span: Vec<u32> = segment.span(at).collect();
            let mut outcome = Ok(ControlFlow::Continue(()));
            for block in span.chunks(NAMES as usize) {
                segment.names(block, &mut |name| match (&outcome, self.outdated(segment.layer, entity, name.id)) {
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
