//! Casts asked for lately, in short: the people and folded names of their parts. Testing a film that is remembered
//! costs a tenth of reading its cast.

use crate::domain::PersonId;
use crate::store::entry::namesake_key;
use crate::store::shape::LentCast;
use crate::store::{Read, StoreError};
use std::collections::HashMap;
use std::mem::take;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many bytes are remembered at most, half of them for sure.
const MOST: usize = 12 << 20;
/// What a cast takes besides its own bytes, about.
const BESIDES: usize = 32;

/// Casts of one revision.
#[derive(Default)]
pub(super) struct Casts(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    revision: u64,
    /// Those asked for since the others became old.
    young: HashMap<u32, Box<[u8]>>,
    /// What the young take.
    bytes: usize,
    old: HashMap<u32, Box<[u8]>>,
}

impl Remembered {
    fn get(&self, movie: u32) -> Option<&[u8]> {
        self.young.get(&movie).or_else(|| self.old.get(&movie)).map(|cast| &**cast)
    }

    /// Makes what is old young again.
    fn refresh(&mut self, movie: u32) {
        if let Some(cast) = self.old.remove(&movie) {
            self.put(movie, cast);
        }
    }

    fn put(&mut self, movie: u32, cast: Box<[u8]>) {
        if self.bytes > MOST / 2 {
            (self.old, self.bytes) = (take(&mut self.young), 0);
        }
        self.bytes += cast.len() + BESIDES;
        self.young.insert(movie, cast);
    }
}

impl Casts {
    /// Looks at the cast of each of these movies, few at a time and in their order, and says how many had to be read.
    pub(super) fn look(&self, txn: &impl Read, movies: &[u32], visit: &mut dyn FnMut(Cast)) -> Result<u64, StoreError> {
        let revision = txn.revision()?;
        let mut all = self.remembered();
        if all.revision != revision {
            *all = Remembered { revision, ..Remembered::default() };
        }
        let mut missing: Vec<u32> = movies.iter().copied().filter(|movie| all.get(*movie).is_none()).collect();
        missing.sort_unstable();
        let mut read: HashMap<u32, Box<[u8]>> = HashMap::new();
        txn.each_cast(missing.iter().copied(), &mut |movie, cast| {
            read.insert(movie, shorten(&cast));
            Ok::<_, StoreError>(())
        })?;
        for movie in movies {
            let cast = all.get(*movie).or_else(|| read.get(movie).map(|cast| &**cast));
            visit(Cast(cast.unwrap_or_default()));
        }
        for movie in movies {
            all.refresh(*movie);
        }
        for movie in &missing {
            all.put(*movie, read.remove(movie).unwrap_or_default());
        }
        Ok(missing.len() as u64)
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Each part as its role, the length of its name, the number of its actors, the actors and the name.
fn shorten(cast: &LentCast) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(cast.characters.len() * 20);
    for part in &cast.characters {
        let name = namesake_key(part.name);
        bytes.push(part.role());
        bytes.push(u8::try_from(name.len()).expect("a folded name is cut at 96 bytes"));
        bytes.extend_from_slice(&u32::try_from(part.actors().count()).expect("a record is small").to_le_bytes());
        part.actors().for_each(|actor| bytes.extend_from_slice(&actor.0.to_le_bytes()));
        bytes.extend_from_slice(&name);
    }
    bytes.into_boxed_slice()
}

/// A cast in short.
#[derive(Clone, Copy)]
pub(super) struct Cast<'b>(&'b [u8]);

/// One part of it.
pub(super) struct Part<'b> {
    /// How large it is, as the store numbers it.
    pub(super) role: u8,
    actors: &'b [u8],
    name: &'b [u8],
}

impl<'b> Cast<'b> {
    /// Its parts by ordinal.
    pub(super) fn parts(self) -> impl Iterator<Item = Part<'b>> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let ([role, name, count @ ..], more) = rest.split_first_chunk::<6>()?;
            let (actors, more) = more.split_at_checked(u32::from_le_bytes(*count) as usize * 4)?;
            let (name, more) = more.split_at_checked(usize::from(*name))?;
            rest = more;
            Some(Part { role: *role, actors, name })
        })
    }

    /// Whether these bytes stand anywhere in it.
    pub(super) fn mentions(self, text: &memchr::memmem::Finder) -> bool {
        text.find(self.0).is_some()
    }
}

impl Part<'_> {
    /// Who plays it.
    pub(super) fn actors(&self) -> impl Iterator<Item = PersonId> {
        self.actors.as_chunks::<4>().0.iter().map(|actor| PersonId(u32::from_le_bytes(*actor)))
    }

    /// Its name, folded.
    pub(super) fn name(&self) -> &str {
        std::str::from_utf8(self.name).unwrap_or_default()
    }
}
