//! Random catalogues for tests.

use crate::domain::{
    Character, CharacterId, Country, CountryId, External, File, FileId, Gender, Genre, GenreId, Key, Language, Movie,
    MovieId, MovieKind, Origins, PartialDate, Person, PersonId, Record, Role, Source, Timestamp,
};
use crate::store::Store;
use crate::store::read::Read;
use std::collections::BTreeMap;

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(sides.max(1))) as u32
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.roll(2) == 0).then(|| value(self))
    }

    fn word(&mut self) -> String {
        ["The", "Night", "of", "Ōkami", "Ümlaut", "2", "10", "a", "王", "Love"][self.roll(10) as usize].to_owned()
    }

    fn words(&mut self, most: u32) -> String {
        (0..=self.roll(most)).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn date(&mut self) -> Option<PartialDate> {
        let year = 1900 + u16::try_from(self.roll(5)).unwrap();
        let month = u8::try_from(self.roll(12)).unwrap() + 1;
        self.maybe(|dice| PartialDate::new(year, dice.maybe(|_| month), None).unwrap())
    }

    fn ids(&mut self, most: u32, count: u32) -> Vec<u32> {
        (0..self.roll(count + 1)).filter(|_| most > 0).map(|_| 1 + self.roll(most)).collect()
    }
}

/// What is there, and what a round does to it.
#[derive(Default)]
pub struct World {
    pub records: BTreeMap<Key, Record>,
    pub next: [u32; 5],
    ordinals: BTreeMap<u32, u32>,
    now: i64,
    ids: u32,
}

impl World {
    fn external(&mut self, old: &[External]) -> Vec<External> {
        self.ids += 1;
        old.iter().cloned().chain([External { source: Source::Table, id: format!("row {}", self.ids) }]).collect()
    }

    pub fn movie(&mut self, dice: &mut Dice, old: Option<&Movie>) -> Movie {
        let now = Timestamp(self.now);
        let mut movie = Movie {
            title: dice.words(4),
            original_title: dice.maybe(|dice| dice.words(3)),
            alternative_titles: vec![dice.words(5)],
            language: dice.maybe(|_| Language::new("en").unwrap()),
            kind: MovieKind::Movie,
            description: dice.maybe(|dice| dice.words(9)),
            budget: dice.maybe(|dice| format!("{} USD", 1 + dice.roll(9)).parse().unwrap()),
            released: dice.date(),
            duration: dice.maybe(|dice| 1 + dice.roll(9)),
            directors: dice.ids(self.next[0], 3).into_iter().map(PersonId).collect(),
            countries: dice.ids(self.next[2], 2).into_iter().map(CountryId).collect(),
            genres: dice.ids(self.next[1], 3).into_iter().map(GenreId).collect(),
            poster: dice.ids(self.next[3], 1).into_iter().map(FileId).next(),
            images: dice.ids(self.next[3], 2).into_iter().map(FileId).collect(),
            external: self.external(old.map_or(&[], |old| &old.external)),
            rating: dice.maybe(|dice| u16::try_from(dice.roll(1000)).unwrap()),
            votes: dice.maybe(|dice| dice.roll(5)),
            origins: Origins(u64::from(dice.roll(3))),
            created: old.map_or(now, |old| old.created),
            updated: now,
        };
        movie.tidy();
        movie
    }

    fn person(&mut self, dice: &mut Dice, old: Option<&Person>) -> Person {
        let now = Timestamp(self.now);
        let mut person = Person {
            first_name: dice.word(),
            last_name: dice.word(),
            full_name: dice.maybe(|dice| dice.words(2)),
            other_names: vec![dice.words(2)],
            biography: None,
            born: dice.date(),
            died: None,
            gender: Gender::Unknown,
            country: dice.ids(self.next[2], 1).into_iter().map(CountryId).next(),
            photos: dice.ids(self.next[3], 2).into_iter().map(FileId).collect(),
            primary_photo: None,
            external: self.external(old.map_or(&[], |old| &old.external)),
            origins: Origins::default(),
            created: old.map_or(now, |old| old.created),
            updated: now,
        };
        person.tidy();
        person
    }

    fn character(&mut self, dice: &mut Dice, old: Option<&Character>) -> Character {
        let now = Timestamp(self.now + i64::from(dice.roll(3)));
        let mut character = Character {
            name: if dice.roll(4) == 0 { String::new() } else { dice.words(1) },
            description: None,
            role: Role::from_code(dice.roll(3) as u8).unwrap(),
            actors: dice.ids(self.next[0], 3).into_iter().map(PersonId).collect(),
            billing: dice.roll(3),
            origins: Origins::default(),
            created: old.map_or(now, |old| old.created),
            updated: now,
        };
        character.tidy();
        if character.actors.is_empty() && character.name.is_empty() {
            character.name = "Nobody".to_owned();
        }
        character
    }

    fn give(&mut self, kind: usize) -> u32 {
        self.next[kind] += 1;
        self.next[kind]
    }

    /// New records and changed ones, those that others name first.
    pub fn round(&mut self, dice: &mut Dice, size: u32) -> Vec<(Key, Record)> {
        self.now += 1000;
        let (now, mut steps) = (Timestamp(self.now), Vec::new());
        for _ in 0..dice.roll(size) {
            let id = self.give(1);
            let genre = Genre { name: format!("{} {id}", dice.word()), created: now, updated: now };
            steps.push((Key::Genre(GenreId(id)), Record::Genre(genre)));
        }
        for _ in 0..dice.roll(size) {
            let id = self.give(2);
            let code = (id <= 26).then(|| format!("X{}", char::from(b'A' + u8::try_from(id - 1).unwrap())));
            let country = Country { name: format!("Land {id}"), code, created: now, updated: now };
            steps.push((Key::Country(CountryId(id)), Record::Country(country)));
        }
        for _ in 0..dice.roll(size) {
            let id = self.give(3);
            let (name, mime, url) = (dice.word(), "image/png".to_owned(), Some(format!("https://a/{id}")));
            let file =
                File { name, mime, key: None, url, size: 0, width: None, height: Some(id), created: now, updated: now };
            steps.push((Key::File(FileId(id)), Record::File(file)));
        }
        let (people, movies) = (self.next[0], self.next[4]);
        for _ in 0..dice.roll(3 * size) {
            self.give(0);
        }
        for id in 1..=self.next[0] {
            let key = Key::Person(PersonId(id));
            if id > people || dice.roll(5) == 0 {
                let old = self.records.get(&key).cloned();
                let old = old.as_ref().and_then(|old| if let Record::Person(old) = old { Some(old) } else { None });
                steps.push((key, Record::Person(self.person(dice, old))));
            }
        }
        for _ in 0..dice.roll(2 * size) {
            self.give(4);
        }
        for id in 1..=self.next[4] {
            if id > movies || dice.roll(4) == 0 {
                self.change_movie(dice, MovieId(id), &mut steps);
            }
        }
        self.records.extend(steps.iter().cloned());
        steps
    }

    fn change_movie(&mut self, dice: &mut Dice, id: MovieId, steps: &mut Vec<(Key, Record)>) {
        let key = Key::Movie(id);
        let old = self.records.get(&key).cloned();
        let old = old.as_ref().and_then(|old| if let Record::Movie(old) = old { Some(old) } else { None });
        steps.push((key, Record::Movie(self.movie(dice, old))));
        let there = self.ordinals.get(&id.0).copied().unwrap_or(0);
        let after = there + dice.roll(4);
        self.ordinals.insert(id.0, after);
        for ordinal in 1..=after {
            let key = Key::Character(CharacterId { movie: id, ordinal });
            if ordinal > there || dice.roll(2) == 0 {
                let old = self.records.get(&key).cloned();
                let old = old.as_ref().and_then(|old| if let Record::Character(old) = old { Some(old) } else { None });
                steps.push((key, Record::Character(self.character(dice, old))));
            }
        }
    }
}

/// A world that grew in a catalogue for so many rounds.
pub fn grown(store: &Store, seed: u64, size: u32, rounds: u32) -> World {
    let (mut dice, mut world) = (Dice(seed), World::default());
    for _ in 0..rounds {
        let steps = world.round(&mut dice, size);
        one_by_one(store, &steps);
    }
    world
}

/// Writes the steps as use cases do.
pub fn one_by_one(store: &Store, steps: &[(Key, Record)]) {
    let mut writer = store.begin_write().unwrap();
    for (key, record) in steps {
        if writer.read().record(*key).unwrap().is_none() {
            let given = match key {
                Key::Movie(_) => Key::Movie(writer.next_movie().unwrap()),
                Key::Person(_) => Key::Person(writer.next_person().unwrap()),
                Key::Genre(_) => Key::Genre(writer.next_genre().unwrap()),
                Key::Country(_) => Key::Country(writer.next_country().unwrap()),
                Key::File(_) => Key::File(writer.next_file().unwrap()),
                Key::Character(id) => Key::Character(writer.next_character(id.movie).unwrap()),
                _ => unreachable!(),
            };
            assert_eq!(given, *key);
        }
        writer.set(*key, Some(record.clone())).unwrap();
    }
    writer.commit().unwrap();
}
