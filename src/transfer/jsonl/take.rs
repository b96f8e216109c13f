//! Lines become records of a bulk load, if they are what an export writes.

use super::{Line, Row};
use crate::domain::{Character, Entity, File, FileId, Key, MovieId, Record};
use crate::store::posting::IdSet;
use crate::store::reference::references;
use crate::store::shape::CastShape;
use crate::store::{Bulk, StoreError};
use crate::transfer::report::Report;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What is wrong with a line, where anything is.
type Verdict = Result<(), String>;

/// A movie, the block its cast goes into, and its characters by ordinal.
type Cast = (MovieId, Option<CastShape>, Vec<(u32, Character)>);

/// Takes lines in order.
pub(super) struct Taker {
    pub bulk: Bulk,
    /// Accounts and favorites.
    pub later: Vec<(Key, Record)>,
    pub report: Report,
    /// By entity, the ids that came, and the next to give.
    there: BTreeMap<u8, IdSet>,
    next: Vec<(Entity, u32)>,
    /// The movie whose characters come.
    movie: Option<Cast>,
    /// The file whose bytes come.
    file: Option<(FileId, File, Vec<u8>)>,
}

impl Taker {
    pub(super) fn new(bulk: Bulk) -> Taker {
        let (there, next) = (BTreeMap::new(), Vec::new());
        Taker { bulk, later: Vec::new(), report: Report::default(), there, next, movie: None, file: None }
    }

    /// Takes a line.
    pub(super) fn take(&mut self, line: Line) -> Result<Verdict, StoreError> {
        match line {
            Line::Cinedex { .. } => Ok(Err("only the first line says cinedex".to_owned())),
            Line::Next { entity, id } => {
                self.next.push((entity, id));
                Ok(Ok(()))
            }
            Line::Bytes { file, base64 } => Ok(self.take_bytes(file, &base64)),
            Line::Cast { movie, next } => Ok(match &mut self.movie {
                Some((there, block, _)) if *there == movie => {
                    *block = Some(CastShape { next, ..CastShape::default() });
                    Ok(())
                }
                _ => Err("a cast stands behind its movie".to_owned()),
            }),
            Line::Record(row) => self.take_record(*row),
        }
    }

    /// Takes what the last lines left open.
    pub(super) fn finish(&mut self) -> Result<Verdict, StoreError> {
        if let Err(why) = self.close()? {
            return Ok(Err(why));
        }
        for (entity, next) in std::mem::take(&mut self.next) {
            self.bulk.leave_out(entity, next);
        }
        Ok(Ok(()))
    }

    fn take_bytes(&mut self, file: FileId, base64: &str) -> Verdict {
        let open = self.file.as_mut().filter(|(there, ..)| *there == file);
        let (.., bytes) = open.ok_or("bytes stand behind their file")?;
        bytes.extend(BASE64_STANDARD.decode(base64).map_err(|error| error.to_string())?);
        if bytes.len() as u64 > File::MAX { Err("a file has at most 16 MiB".to_owned()) } else { Ok(()) }
    }

    fn take_record(&mut self, row: Row) -> Result<Verdict, StoreError> {
        let (key, mut record) = (row.key(), row.record);
        record.tidy();
        let Some(key) = key else { return Ok(Err("its id is none".to_owned())) };
        if let Err(why) = self.judge(key, &record) {
            return Ok(Err(why));
        }
        self.count(key.entity());
        match (key, record) {
            (Key::Character(id), Record::Character(character)) => {
                Ok(self.take_character(id.movie, id.ordinal, character))
            }
            (Key::Favorite(..), record) => {
                self.later.push((key, record));
                Ok(Ok(()))
            }
            (key, record) => self.take_numbered(key, record),
        }
    }

    fn count(&mut self, entity: Entity) {
        let report = &mut self.report;
        report.read += 1;
        match entity {
            Entity::Movie => report.movies.new += 1,
            Entity::Person => report.people.new += 1,
            Entity::Character => report.characters.new += 1,
            _ => {}
        }
    }

    /// A record that one number addresses.
    fn take_numbered(&mut self, key: Key, record: Record) -> Result<Verdict, StoreError> {
        if let Err(why) = self.close()? {
            return Ok(Err(why));
        }
        let id = key.number().expect("one number addresses it");
        self.bulk.leave_out(key.entity(), id);
        if self.bulk.claim(key.entity())? != id {
            return Ok(Err("ids of one kind run upwards".to_owned()));
        }
        self.there.entry(key.entity().code()).or_default().insert(id);
        match &record {
            Record::Movie(_) => self.movie = Some((MovieId(id), None, Vec::new())),
            Record::File(file) if file.key.is_some() => self.file = Some((FileId(id), file.clone(), Vec::new())),
            _ => {}
        }
        if key.entity() == Entity::Account {
            self.later.push((key, record));
        } else {
            self.bulk.put(key, None, record)?;
        }
        Ok(Ok(()))
    }

    fn take_character(&mut self, movie: MovieId, ordinal: u32, character: Character) -> Verdict {
        let open = self.movie.as_mut().filter(|(there, ..)| *there == movie);
        let (_, block, cast) = open.ok_or("characters stand behind their movie")?;
        if block.is_some() || cast.last().is_some_and(|(last, _)| *last >= ordinal) {
            return Err("ordinals of one cast run upwards".to_owned());
        }
        cast.push((ordinal, character));
        Ok(())
    }

    /// Takes over the movie and the file that came last, whose characters and bytes are whole now.
    fn close(&mut self) -> Result<Verdict, StoreError> {
        if let Some((movie, block, cast)) = self.movie.take()
            && (block.is_some() || !cast.is_empty())
        {
            self.bulk.put_cast(movie, block, cast)?;
        }
        if let Some((id, file, bytes)) = self.file.take() {
            let digest: [u8; 32] = Sha256::digest(&bytes).into();
            if file.key != Some(digest) || file.size != bytes.len() as u64 {
                return Ok(Err(format!("the bytes of {} are not those it is kept by", Key::File(id))));
            }
            self.bulk.put_bytes(id, bytes)?;
        }
        Ok(Ok(()))
    }

    /// Whether a record may be kept, and names only what came before.
    fn judge(&self, key: Key, record: &Record) -> Verdict {
        if let Some(flaw) = record.faults().into_iter().next() {
            return Err(flaw.to_string());
        }
        let has = |named: &Key| {
            self.there.get(&named.entity().code()).is_some_and(|ids| named.number().is_some_and(|id| ids.contains(id)))
        };
        let gone = references(key, record).into_iter().find(|named| !has(named));
        gone.map_or(Ok(()), |named| Err(format!("it names {named}, which does not stand before it")))
    }
}
