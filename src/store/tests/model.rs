//! What the store promises, said with a `BTreeMap`: records, what is taken, what may be undone.

use super::make::Stock;
use crate::domain::{Account, AccountId, Entity, Key, Record, fold};
use crate::store::Owner;
use crate::store::reference::references;
use std::collections::{BTreeMap, BTreeSet};

/// A change of one record.
pub type Change = (Key, Option<Record>, Option<Record>);

struct Step {
    owner: Owner,
    undone: bool,
    changes: Vec<Change>,
}

/// The model.
#[derive(Default)]
pub struct Model {
    /// Every record.
    pub records: BTreeMap<Key, Record>,
    steps: Vec<Step>,
}

/// What a turn comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is turned.
    Turned,
    /// There is none.
    None,
    /// Something stands in the way.
    Blocked,
    /// A value that exists once is another's.
    Taken,
}

fn bare(record: Option<&Record>) -> Option<Record> {
    match record.cloned() {
        Some(Record::Account(account)) => Some(Record::Account(Account { password_hash: String::new(), ..account })),
        other => other,
    }
}

/// The values of a record that exist once.
fn uniques(record: &Record) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    let externals = |entity: Entity, of: &[crate::domain::External]| {
        of.iter().map(move |one| format!("{entity}/{:?}/{}", one.source, one.id)).collect::<Vec<_>>()
    };
    match record {
        Record::Movie(movie) => values.extend(externals(Entity::Movie, &movie.external)),
        Record::Person(person) => values.extend(externals(Entity::Person, &person.external)),
        Record::Genre(genre) => drop(values.insert(format!("genre {}", fold(&genre.name)))),
        Record::Country(country) => {
            values.insert(format!("country {}", fold(&country.name)));
            values.extend(country.code.iter().map(|code| format!("code {code}")));
        }
        Record::File(file) => values.extend(file.key.iter().map(|key| format!("file {key:?}"))),
        Record::Account(account) => {
            values.insert(format!("user {}", account.username.to_lowercase()));
            values.extend(account.email.iter().map(|email| format!("mail {}", email.to_lowercase())));
        }
        Record::Review(review) => values.extend(review.id().map(|id| format!("review {:?}/{}", id.source, id.id))),
        Record::Character(_) | Record::Favorite(_) => {}
    }
    values
}

impl Model {
    /// Whether a record may be kept as far as values that exist once go.
    pub fn free(&self, key: Key, record: &Record) -> bool {
        let mine = uniques(record);
        let others = self.records.iter().filter(|(other, theirs)| **other != key && theirs.entity() == record.entity());
        mine.is_empty() || others.into_iter().all(|(_, theirs)| uniques(theirs).is_disjoint(&mine))
    }

    /// Keeps or takes away a record.
    pub fn put(&mut self, key: Key, record: Option<Record>) -> Change {
        let before = match &record {
            Some(record) => self.records.insert(key, record.clone()),
            None => self.records.remove(&key),
        };
        (key, before, record)
    }

    /// What there is to name.
    pub fn stock(&self) -> Stock {
        let mut stock = Stock::default();
        for key in self.records.keys() {
            match *key {
                Key::Movie(id) => stock.movies.push(id),
                Key::Person(id) => stock.people.push(id),
                Key::Genre(id) => stock.genres.push(id),
                Key::Country(id) => stock.countries.push(id),
                Key::File(id) => stock.files.push(id),
                Key::Account(id) => stock.accounts.push(id),
                Key::Character(_) | Key::Favorite(..) | Key::Review(_) => {}
            }
        }
        stock
    }

    /// Keys of records that name this one.
    pub fn naming(&self, key: Key) -> Vec<Key> {
        let naming = self.records.iter().filter(|(other, record)| references(**other, record).contains(&key));
        naming.map(|(other, _)| *other).collect()
    }

    /// Notes a step.
    pub fn note(&mut self, owner: Owner, changes: Vec<Change>) {
        let changes: Vec<Change> =
            changes.into_iter().filter(|(_, before, after)| bare(before.as_ref()) != bare(after.as_ref())).collect();
        if !changes.is_empty() {
            self.steps.retain(|step| !(step.owner == owner && step.undone));
            self.steps.push(Step { owner, undone: false, changes });
        }
    }

    fn next(&self, owner: Owner, undo: bool) -> Option<usize> {
        let mine = || self.steps.iter().enumerate().filter(|(_, step)| step.owner == owner);
        if undo {
            return mine().rfind(|(_, step)| !step.undone).map(|(at, _)| at);
        }
        let last_done = mine().rfind(|(_, step)| !step.undone).map(|(at, _)| at);
        mine().find(|(at, step)| step.undone && last_done.is_none_or(|last| *at > last)).map(|(at, _)| at)
    }

    /// Undoes or redoes.
    pub fn turn(&mut self, owner: Owner, undo: bool) -> Verdict {
        let Some(at) = self.next(owner, undo) else { return Verdict::None };
        let mut changes = self.steps[at].changes.clone();
        if undo {
            changes.reverse();
            for (_, before, after) in &mut changes {
                std::mem::swap(before, after);
            }
        }
        let kept = self.records.clone();
        let verdict = self.apply(&changes);
        if verdict == Verdict::Turned {
            self.steps[at].undone = undo;
        } else {
            self.records = kept;
        }
        verdict
    }

    fn apply(&mut self, changes: &[Change]) -> Verdict {
        for (key, from, to) in changes {
            let now = self.records.get(key).cloned();
            if bare(now.as_ref()) != bare(from.as_ref()) {
                return Verdict::Blocked;
            }
            let to = match (bare(to.as_ref()), now) {
                (Some(Record::Account(account)), Some(Record::Account(now))) => {
                    Some(Record::Account(Account { password_hash: now.password_hash, ..account }))
                }
                (to, _) => to,
            };
            if to.as_ref().is_some_and(|to| !self.free(*key, to)) {
                return Verdict::Taken;
            }
            self.put(*key, to);
        }
        let sound = changes.iter().all(|(key, ..)| match self.records.get(key) {
            Some(record) => references(*key, record).iter().all(|named| self.records.contains_key(named)),
            None => self.naming(*key).is_empty(),
        });
        if sound { Verdict::Turned } else { Verdict::Blocked }
    }

    /// Owners to choose from: no account, and the first few accounts whether they are there or not.
    pub fn owner(choice: usize) -> Owner {
        [None, Some(AccountId(1)), Some(AccountId(2))][choice % 3]
    }
}
