//! Films of which it is not certain what they are become rows of the review queue. They and whoever has to do with
//! nothing else are not made.

use super::assemble::look;
use super::draft::{MovieDraft, Part, PersonDraft};
use super::error::ImportError;
use super::intake::Intake;
use super::matching::{Doubt, named_cast};
use super::report::{Options, Skip};
use super::told::told;
use crate::domain::{Candidate, Entity, External, MovieId, PersonId, Record, Review, ReviewId, Source, fold};
use crate::store::journal::record_size;
use crate::store::read::Read;
use crate::store::spool::Wound;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

/// A row names so many candidates.
const CANDIDATES: usize = 9;
/// New rows take at most so much memory.
const MEMORY: usize = 64 << 20;

/// What an import sets aside.
#[derive(Default)]
pub(super) struct Aside {
    /// New rows of the queue.
    pub rows: Vec<Review>,
    /// People who have to do with nothing but films that are set aside.
    pub people: HashSet<u32>,
}

impl Intake<'_> {
    /// Sets doubtful films aside: each becomes a row, unless it waits already or was put aside.
    pub(super) fn set_aside(
        &mut self,
        doubts: Vec<Doubt>,
        source: Source,
        options: &Options,
        movies: &Wound<MovieDraft>,
        people: &Wound<PersonDraft>,
    ) -> Result<Aside, ImportError> {
        if doubts.is_empty() {
            return Ok(Aside::default());
        }
        for doubt in &doubts {
            self.films[doubt.number as usize].aside = true;
        }
        self.report.doubtful = doubts.len() as u64;
        let mut doubts = doubts.into_iter().peekable();
        let (mut waiting, mut alone, mut used) = (Vec::new(), HashSet::new(), vec![false; self.people.len()]);
        let mut groups = movies.groups()?;
        while let Some((number, group)) = groups.next_group()? {
            if !self.films[number as usize].aside {
                group.iter().flat_map(numbers).for_each(|person| used[person as usize] = true);
                continue;
            }
            alone.extend(group.iter().flat_map(numbers));
            let doubt = doubts.next_if(|doubt| doubt.number == number).expect("a film is set aside for a doubt");
            let Some(draft) = group.into_iter().reduce(MovieDraft::join) else { continue };
            if !self.waits(&draft.ids[0])? {
                waiting.push((doubt, draft));
            }
        }
        alone.retain(|person| !used[*person as usize] && self.people[*person as usize].is_none());
        let told_of: HashSet<u32> = waiting.iter().flat_map(|(_, draft)| numbers(draft)).collect();
        let mut named: HashMap<u32, PersonDraft> = HashMap::new();
        let mut groups = people.groups()?;
        while let Some((number, group)) = groups.next_group()? {
            if told_of.contains(&number) {
                named.extend(group.into_iter().reduce(PersonDraft::join).map(|draft| (number, draft)));
            }
        }
        let rows = self.rows(waiting, &named, source, options)?;
        Ok(Aside { rows, people: alone })
    }

    /// Whether a film of this id is in the queue already; one that was put aside is counted.
    fn waits(&mut self, id: &External) -> Result<bool, ImportError> {
        let txn = look!(self.glance);
        let Some(row) = txn.external(Entity::Review, id)?.map(ReviewId) else { return Ok(false) };
        if txn.review(row)?.is_some_and(|row| row.skipped) {
            self.report.put_aside += 1;
        }
        Ok(true)
    }

    fn rows(
        &mut self,
        waiting: Vec<(Doubt, MovieDraft)>,
        named: &HashMap<u32, PersonDraft>,
        source: Source,
        options: &Options,
    ) -> Result<Vec<Review>, ImportError> {
        let room = Review::ROWS.saturating_sub(look!(self.glance).count(Entity::Review)?);
        let (mut rows, mut memory) = (Vec::new(), 0);
        for (doubt, draft) in waiting {
            let candidates = self.ranked(doubt.candidates, &draft, named)?;
            let mut row = Review {
                source,
                place: options.place.clone(),
                account: options.account,
                why: doubt.why,
                skipped: false,
                candidates,
                film: told(draft, named),
                created: options.now,
                updated: options.now,
            };
            row.tidy();
            let record = Record::Review(Box::new(row));
            let size = record_size(&record);
            let Record::Review(row) = record else { unreachable!("it was made one") };
            let full = rows.len() as u64 >= room || memory + size > MEMORY;
            if !full && size <= Review::BYTES {
                memory += size;
                rows.push(*row);
                continue;
            }
            let title = &row.film.movie.title;
            let why = if full {
                format!("“{title}” may be a film that is there, and the review queue is full: decide on some of it")
            } else {
                format!("“{title}” may be a film that is there, and is too large for the review queue")
            };
            self.report.doubtful -= 1;
            self.report.skip(Skip { file: PathBuf::from(&options.place), line: 0, record: 0, why });
        }
        Ok(rows)
    }

    /// The candidates, best first, with how many of the film's people have to do with each.
    fn ranked(
        &mut self,
        candidates: Vec<Candidate>,
        draft: &MovieDraft,
        named: &HashMap<u32, PersonDraft>,
    ) -> Result<Vec<Candidate>, ImportError> {
        let people: BTreeSet<u32> = numbers(draft).collect();
        let mut ranked = Vec::with_capacity(candidates.len());
        for mut candidate in candidates {
            let txn = look!(self.glance);
            let (ids, names, votes) = who(txn, candidate.movie)?;
            let shared = people.iter().filter(|number| match self.people[**number as usize] {
                Some(id) => ids.contains(&id),
                None => named.get(number).is_some_and(|person| names.contains(&fold(&person.name))),
            });
            candidate.people = shared.count() as u16;
            ranked.push((Reverse(candidate.points()), Reverse(votes), candidate));
        }
        ranked.sort_by_key(|(points, votes, candidate)| (*points, *votes, candidate.movie));
        Ok(ranked.into_iter().map(|(.., candidate)| candidate).take(CANDIDATES).collect())
    }
}

/// Everybody whom a draft names.
/// The people of a movie.
pub(super) fn numbers(draft: &MovieDraft) -> impl Iterator<Item = u32> {
    draft.directors.iter().copied().chain(draft.cast.iter().flat_map(Part::actors))
}

/// Who has to do with a movie, by id and by folded name, and its votes.
fn who(txn: &impl Read, movie: MovieId) -> Result<(HashSet<PersonId>, HashSet<String>, u32), ImportError> {
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    let Some(record) = txn.movie(movie)? else { return Ok((ids, names, 0)) };
    for (id, name, _) in named_cast(txn, movie)? {
        ids.insert(id);
        names.insert(name);
    }
    for id in &record.directors {
        ids.insert(*id);
        names.extend(txn.person(*id)?.map(|person| fold(&person.name())));
    }
    Ok((ids, names, record.votes.unwrap_or(0)))
}
