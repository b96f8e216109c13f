//! Random operations on every kind of record, against the model.

use super::dice::Dice;
use super::make;
use super::memory::Memory;
use super::model::{Model, Verdict};
use crate::domain::{
    AccountId, CharacterId, CountryId, Entity, Favorite, FileId, GenreId, Key, MovieId, PersonId, Record, ReviewId,
    Timestamp,
};
use crate::store::check;
use crate::store::{Read, Store, StoreError, Turn, Writer};
use proptest::prelude::*;

/// A store and its model.
pub struct Pair {
    /// The file.
    pub memory: Memory,
    /// The store in it.
    pub store: Store,
    /// What it should hold.
    pub model: Model,
}

impl Pair {
    /// Both empty.
    pub fn new() -> Self {
        let memory = Memory::default();
        Pair { store: memory.open(), memory, model: Model::default() }
    }

    /// One operation, all of it chosen by the number.
    pub fn step(&mut self, seed: u64) {
        let mut dice = Dice(seed);
        let owner = Model::owner(dice.below(3));
        match dice.below(12) {
            0 => self.turn(owner, true),
            1 => self.turn(owner, false),
            2 => self.reopen(),
            3 => self.remove(&mut dice, owner),
            4 => self.favorite(&mut dice, owner),
            5 => self.change(&mut dice, owner),
            _ => self.add(&mut dice, owner),
        }
    }

    /// Closes the store and opens it again.
    pub fn reopen(&mut self) {
        self.store = Store::in_memory(Memory::default(), true).unwrap();
        self.store = self.memory.open();
    }

    fn turn(&mut self, owner: crate::store::Owner, undo: bool) {
        let expected = self.store.next_turn(owner, undo).unwrap();
        let mut writer = self.store.begin_write().unwrap();
        let verdict = match writer.turn(owner, undo) {
            Ok(Turn::Turned(label)) => {
                assert_eq!(Some(label), expected);
                writer.commit().unwrap();
                Verdict::Turned
            }
            Ok(Turn::None) => Verdict::None,
            Ok(Turn::Blocked(_)) => Verdict::Blocked,
            Err(StoreError::Taken(..)) => Verdict::Taken,
            Err(error) => panic!("{error}"),
        };
        assert_eq!(verdict, self.model.turn(owner, undo));
    }

    fn add(&mut self, dice: &mut Dice, owner: crate::store::Owner) {
        let stock = self.model.stock();
        let (key, record) = match dice.below(10) {
            0 | 1 => (Key::Movie(MovieId(0)), Record::Movie(make::movie(dice, &stock))),
            2 => (Key::Person(PersonId(0)), Record::Person(make::person(dice, &stock))),
            3 => (Key::Genre(GenreId(0)), Record::Genre(make::genre(dice))),
            4 => (Key::Country(CountryId(0)), Record::Country(make::country(dice))),
            5 => (Key::Account(AccountId(0)), Record::Account(make::account(dice, &stock))),
            6 => (Key::File(FileId(0)), Record::File(make::file(dice).0)),
            7 => (Key::Review(ReviewId(0)), Record::Review(Box::new(make::review(dice, &stock)))),
            _ if stock.movies.is_empty() => return,
            _ => {
                let id = CharacterId { movie: dice.pick(&stock.movies), ordinal: 0 };
                (Key::Character(id), Record::Character(make::character(dice, &stock)))
            }
        };
        self.save(vec![(key, Some(record))], owner);
    }

    fn change(&mut self, dice: &mut Dice, owner: crate::store::Owner) {
        let keys: Vec<Key> = self.model.records.keys().copied().collect();
        if keys.is_empty() {
            return;
        }
        let (stock, key) = (self.model.stock(), dice.pick(&keys));
        let record = match key {
            Key::Movie(_) => Record::Movie(make::movie(dice, &stock)),
            Key::Person(_) => Record::Person(make::person(dice, &stock)),
            Key::Character(_) => Record::Character(make::character(dice, &stock)),
            Key::Genre(_) => Record::Genre(make::genre(dice)),
            Key::Country(_) => Record::Country(make::country(dice)),
            Key::Account(_) => Record::Account(make::account(dice, &stock)),
            Key::Review(_) => Record::Review(Box::new(make::review(dice, &stock))),
            Key::Favorite(..) => Record::Favorite(Favorite { added: Timestamp(dice.below(500) as i64) }),
            Key::File(_) => {
                let Record::File(mut file) = self.model.records[&key].clone() else { unreachable!() };
                file.name = format!("renamed {}.png", dice.below(9));
                Record::File(file)
            }
        };
        self.save(vec![(key, Some(record))], owner);
    }

    fn favorite(&mut self, dice: &mut Dice, owner: crate::store::Owner) {
        let stock = self.model.stock();
        if stock.accounts.is_empty() || stock.movies.is_empty() {
            return;
        }
        let key = Key::Favorite(dice.pick(&stock.accounts), dice.pick(&stock.movies));
        let favorite = Record::Favorite(Favorite { added: Timestamp(dice.below(500) as i64) });
        let record = (!self.model.records.contains_key(&key)).then_some(favorite);
        self.save(vec![(key, record)], owner);
    }

    /// Removes a record, and first what names it, or its name from there.
    fn remove(&mut self, dice: &mut Dice, owner: crate::store::Owner) {
        let keys: Vec<Key> = self.model.records.keys().copied().collect();
        if keys.is_empty() {
            return;
        }
        let key = dice.pick(&keys);
        let mut wanted = Vec::new();
        for other in self.model.naming(key) {
            let unlinked = unlink(self.model.records[&other].clone(), key);
            let stays = !matches!((other.entity(), key.entity()), (Entity::Character, Entity::Movie))
                && other.entity() != Entity::Favorite;
            wanted.push((other, unlinked.filter(|_| stays)));
        }
        wanted.push((key, None));
        self.save(wanted, owner);
    }

    /// One use case: all of these or, where one is refused, none.
    fn save(&mut self, wanted: Vec<(Key, Option<Record>)>, owner: crate::store::Owner) {
        let mut writer = self.store.begin_write().unwrap();
        let mut changes = Vec::new();
        let kept = self.model.records.clone();
        for (key, record) in wanted {
            let (key, bytes) = numbered(&mut writer, key, record.as_ref(), &self.model);
            if let (Some(bytes), Key::File(id)) = (bytes, key) {
                writer.put_bytes(id, &bytes).unwrap();
            }
            let free = record.as_ref().is_none_or(|record| self.model.free(key, record));
            match writer.set(key, record.clone()) {
                Ok(()) => assert!(free, "{key} was taken"),
                Err(StoreError::Taken(..)) => {
                    assert!(!free, "{key} was not taken");
                    self.model.records = kept;
                    return;
                }
                Err(error) => panic!("{error}"),
            }
            if self.model.records.get(&key) != record.as_ref() {
                changes.push(self.model.put(key, record));
            }
        }
        assert!(writer.journal(owner, "a step", Timestamp(1)).unwrap());
        writer.commit().unwrap();
        self.model.note(owner, changes);
    }

    /// The bytes of the file, closed.
    pub fn file(self) -> Vec<u8> {
        let Pair { memory, store, .. } = self;
        drop(store);
        memory.bytes()
    }

    /// Compares all of it.
    pub fn compare(&self) {
        let txn = self.store.begin_read().unwrap();
        for (key, record) in &self.model.records {
            assert_eq!(txn.record(*key).unwrap().as_ref(), Some(record), "{key}");
        }
        for entity in Entity::ALL {
            let count = self.model.records.keys().filter(|key| key.entity() == *entity).count();
            assert_eq!(txn.count(*entity).unwrap(), count as u64, "{entity}");
        }
        drop(txn);
        assert_eq!(check::examine(&self.store).unwrap().1.to_string(), "");
    }
}

/// The bytes `make::file` would have made for a file.
fn bytes_of(record: Option<&Record>) -> Option<Vec<u8>> {
    let Some(Record::File(file)) = record else { return None };
    let key = file.key?;
    let made = (0..4u8).map(|byte| vec![byte; file.size as usize]);
    made.into_iter().find(|bytes| <[u8; 32]>::from(<sha2::Sha256 as sha2::Digest>::digest(bytes)) == key)
}

/// A key as it is, or of what is new the next one, and the bytes it has.
fn numbered(writer: &mut Writer, key: Key, record: Option<&Record>, model: &Model) -> (Key, Option<Vec<u8>>) {
    if model.records.contains_key(&key) || record.is_none() {
        return (key, None);
    }
    let key = match key {
        Key::Movie(_) => Key::Movie(writer.next_movie().unwrap()),
        Key::Person(_) => Key::Person(writer.next_person().unwrap()),
        Key::Genre(_) => Key::Genre(writer.next_genre().unwrap()),
        Key::Country(_) => Key::Country(writer.next_country().unwrap()),
        Key::Account(_) => Key::Account(writer.next_account().unwrap()),
        Key::File(_) => Key::File(writer.next_file().unwrap()),
        Key::Review(_) => Key::Review(writer.next_review().unwrap()),
        Key::Character(CharacterId { movie, .. }) => Key::Character(writer.next_character(movie).unwrap()),
        Key::Favorite(..) => key,
    };
    (key, bytes_of(record))
}

/// A record without the name of another; none where nothing of it is left.
pub fn unlink(mut record: Record, gone: Key) -> Option<Record> {
    match (&mut record, gone) {
        (Record::Movie(movie), Key::Person(id)) => movie.directors.retain(|one| *one != id),
        (Record::Movie(movie), Key::Country(id)) => movie.countries.retain(|one| *one != id),
        (Record::Movie(movie), Key::Genre(id)) => movie.genres.retain(|one| *one != id),
        (Record::Movie(movie), Key::File(id)) => {
            movie.poster.take_if(|one| *one == id);
            movie.images.retain(|one| *one != id);
        }
        (Record::Person(person), Key::Country(_)) => person.country = None,
        (Record::Person(person), Key::File(id)) => {
            person.photos.retain(|one| *one != id);
            person.primary_photo.take_if(|one| *one == id);
        }
        (Record::Character(character), Key::Person(id)) => {
            character.actors.retain(|one| *one != id);
            return (!character.name.is_empty() || !character.actors.is_empty()).then_some(record);
        }
        (Record::Account(account), Key::File(_)) => account.avatar = None,
        _ => {}
    }
    Some(record)
}

/// A pair after so many operations.
pub fn lived(seed: u64, steps: usize) -> Pair {
    let (mut pair, mut dice) = (Pair::new(), Dice(seed));
    (0..steps).for_each(|_| pair.step(dice.roll()));
    pair
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn a_store_does_what_its_model_does(seeds in prop::collection::vec(any::<u64>(), 1..120)) {
        let mut pair = Pair::new();
        for seed in seeds {
            pair.step(seed);
        }
        pair.compare();
        pair.reopen();
        pair.compare();
    }
}

#[test]
fn bytes_stay_while_a_step_can_bring_them_back() {
    let store = Memory::default().open();
    let file = |name: &str| {
        let bytes = vec![7u8; 300_000];
        let mut file = make::file(&mut Dice(1)).0;
        file.key = Some(<sha2::Sha256 as sha2::Digest>::digest(&bytes).into());
        (file.name, file.url, file.size) = (name.to_owned(), None, bytes.len() as u64);
        (file, bytes)
    };
    let mut writer = store.begin_write().unwrap();
    let id = writer.next_file().unwrap();
    let (record, bytes) = file("a.jpg");
    writer.put_bytes(id, &bytes).unwrap();
    writer.set(Key::File(id), Some(Record::File(record.clone()))).unwrap();
    writer.journal(None, "add", Timestamp(1)).unwrap();
    writer.commit().unwrap();
    let mut writer = store.begin_write().unwrap();
    writer.set(Key::File(id), None).unwrap();
    writer.journal(None, "remove", Timestamp(2)).unwrap();
    writer.commit().unwrap();
    // So many steps of another that the first of these two is forgotten, the second not.
    for step in 0..crate::store::journal::STEPS as i64 - 1 {
        let mut writer = store.begin_write().unwrap();
        let genre = make::genre(&mut Dice(1));
        let id = crate::domain::GenreId(1);
        let genre = crate::domain::Genre { name: format!("g{step}"), ..genre };
        writer.set(Key::Genre(id), Some(Record::Genre(genre))).unwrap();
        writer.journal(Some(crate::domain::AccountId(9)), "rename", Timestamp(3)).unwrap();
        if step + 1 == crate::store::journal::STEPS as i64 - 1 {
            writer.next_genre().unwrap();
        }
        writer.commit().unwrap();
    }
    assert_eq!(store.begin_read().unwrap().bytes(id).unwrap(), bytes);
    let mut writer = store.begin_write().unwrap();
    assert_eq!(writer.turn(None, true).unwrap(), Turn::Turned("remove".to_owned()));
    writer.commit().unwrap();
    assert_eq!(store.begin_read().unwrap().file(id).unwrap(), Some(record));
    assert_eq!(store.begin_read().unwrap().bytes(FileId(id.0)).unwrap(), bytes);
    assert_eq!(check::examine(&store).unwrap().1.to_string(), "");
}
