//! A small random catalogue, in the store and as plain records.

use crate::catalog::Actor;
use crate::catalog::filter::open::Costs;
use crate::catalog::filter::{Asking, Memory};
use crate::domain::{
    Account, AccountId, Character, CharacterId, Country, CountryId, Favorite, Gender, Genre, GenreId, Key, Money,
    Movie, MovieId, MovieKind, Origins, PartialDate, Person, PersonId, Record, Role, Standing, Timestamp,
};
use crate::store::Store;
use std::cell::Cell;
use tempfile::TempDir;

/// Numbers that follow from a seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed | 1)
    }

    /// From 0 up to, not including, `end`.
    pub fn up_to(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32 % end
    }

    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.up_to(choices.len() as u32) as usize]
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.up_to(4) > 0).then(|| make(self))
    }

    fn words(&mut self, words: &[&str]) -> String {
        let count = 1 + self.up_to(3);
        (0..count).map(|_| *self.one_of(words)).collect::<Vec<_>>().join(" ")
    }

    fn date(&mut self, from: u16) -> Option<PartialDate> {
        let year = from + self.up_to(14) as u16;
        let month = self.maybe(|dice| 1 + dice.up_to(12) as u8);
        let day = month.and_then(|_| self.maybe(|dice| 1 + dice.up_to(28) as u8));
        self.maybe(|_| PartialDate::new(year, month, day)).flatten()
    }
}

pub struct World {
    pub store: Store,
    me: Actor,
    /// One after another, so that what one remembers another finds out anew, and by other ways.
    memories: Vec<Memory>,
    turn: Cell<usize>,
    pub movies: Vec<(u32, Movie)>,
    pub people: Vec<(u32, Person)>,
    pub characters: Vec<(CharacterId, Character)>,
    pub favorites: Vec<u32>,
    _folder: TempDir,
}

pub const GENRES: [&str; 3] = ["Drama", "Noir", "Comedy"];
pub const COUNTRIES: [(&str, &str); 2] = [("France", "FR"), ("United States", "US")];

impl World {
    pub fn new(dice: &mut Dice) -> World {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("films.cinedex")).unwrap();
        let people: Vec<_> = (1..=25).map(|id| (id, person(dice))).collect();
        let movies: Vec<_> = (1..=60).map(|id| (id, movie(dice, id))).filter(|(id, _)| id % 11 != 0).collect();
        let mut characters = Vec::new();
        for (id, _) in &movies {
            for ordinal in 1..=dice.up_to(4) {
                characters.push((CharacterId { movie: MovieId(*id), ordinal }, character(dice)));
            }
        }
        let favorites: Vec<u32> = movies.iter().map(|(id, _)| *id).filter(|_| dice.up_to(4) == 0).collect();
        let me = Actor::Account(AccountId(1));
        let memories = (0..5).map(|_| memory(dice)).collect();
        let world =
            World { store, me, memories, turn: Cell::new(0), movies, people, characters, favorites, _folder: folder };
        world.keep();
        world
    }

    pub fn asking(&self) -> Asking<'_> {
        self.turn.set((self.turn.get() + 1) % self.memories.len());
        Asking { actor: self.me, memory: &self.memories[self.turn.get()], wanted: &|| true }
    }

    pub fn movie_ids(&self) -> Vec<u32> {
        self.movies.iter().map(|(id, _)| *id).collect()
    }

    pub fn person_ids(&self) -> Vec<u32> {
        self.people.iter().map(|(id, _)| *id).collect()
    }

    fn keep(&self) {
        let mut writer = self.store.begin_write().unwrap();
        let mut set = |key, record| writer.set(key, Some(record)).unwrap();
        let at = Timestamp(0);
        for (id, name) in (1..).zip(GENRES) {
            set(Key::Genre(GenreId(id)), Record::Genre(Genre { name: name.into(), created: at, updated: at }));
        }
        for (id, (name, code)) in (1..).zip(COUNTRIES) {
            let country = Country { name: name.into(), code: Some(code.into()), created: at, updated: at };
            set(Key::Country(CountryId(id)), Record::Country(country));
        }
        set(Key::Account(AccountId(1)), Record::Account(account()));
        for (id, person) in &self.people {
            set(Key::Person(PersonId(*id)), Record::Person(person.clone()));
        }
        for (id, movie) in &self.movies {
            set(Key::Movie(MovieId(*id)), Record::Movie(movie.clone()));
        }
        for (id, character) in &self.characters {
            set(Key::Character(*id), Record::Character(character.clone()));
        }
        for id in &self.favorites {
            set(Key::Favorite(AccountId(1), MovieId(*id)), Record::Favorite(Favorite { added: at }));
        }
        writer.commit().unwrap();
    }
}

/// Of another mind about what is dear than the others.
fn memory(dice: &mut Dice) -> Memory {
    let mut cost = |most| 1 + u64::from(dice.up_to(most));
    let costs = Costs { read: cost(50), entry: cost(50), easy: cost(4) / 2 * cost(300) };
    Memory { costs, ..Memory::default() }
}

fn account() -> Account {
    Account {
        username: "ada".into(),
        first_name: String::new(),
        last_name: String::new(),
        email: None,
        password_hash: String::new(),
        avatar: None,
        standing: Standing::Curator,
        views: Vec::new(),
        created: Timestamp(0),
        updated: Timestamp(0),
    }
}

fn person(dice: &mut Dice) -> Person {
    Person {
        first_name: (*dice.one_of(&["Ada", "Ben", "Cy"])).into(),
        last_name: (*dice.one_of(&["Mott", "Okri", "Motte-Lang"])).into(),
        full_name: None,
        other_names: dice.maybe(|dice| vec![dice.words(&["Ada", "Mott", "Bee"])]).unwrap_or_default(),
        biography: None,
        born: dice.date(1918),
        died: None,
        gender: *dice.one_of(Gender::ALL),
        country: dice.maybe(|dice| CountryId(1 + dice.up_to(2))),
        photos: Vec::new(),
        primary_photo: None,
        external: Vec::new(),
        origins: Origins::default(),
        created: Timestamp(0),
        updated: Timestamp(0),
    }
}

fn movie(dice: &mut Dice, id: u32) -> Movie {
    const WORDS: [&str; 6] = ["Red", "River", "War", "and", "Peace", "Warm"];
    let some = |dice: &mut Dice, most: u32| -> Vec<u32> { (1..=most).filter(|_| dice.up_to(3) == 0).collect() };
    Movie {
        title: dice.words(&WORDS),
        original_title: dice.maybe(|dice| dice.words(&WORDS)),
        alternative_titles: Vec::new(),
        language: None,
        kind: *dice.one_of(&[MovieKind::Movie, MovieKind::Short, MovieKind::TvMovie]),
        description: None,
        budget: dice.maybe(|dice| {
            let currency = *dice.one_of(&["EUR", "USD"]);
            format!("{} {currency}", dice.up_to(40) * 100_000).parse::<Money>().unwrap()
        }),
        released: dice.date(1940),
        duration: dice.maybe(|dice| 5_280 + dice.up_to(600)),
        directors: dice.maybe(|dice| PersonId(1 + dice.up_to(25))).into_iter().collect(),
        countries: some(dice, 2).into_iter().map(CountryId).collect(),
        genres: some(dice, 3).into_iter().map(GenreId).collect(),
        poster: None,
        images: Vec::new(),
        external: Vec::new(),
        rating: dice.maybe(|dice| 400 + dice.up_to(500) as u16),
        votes: dice.maybe(|dice| 1 + dice.up_to(2_000)),
        origins: Origins::default(),
        created: Timestamp(i64::from(id) * 43_200_000),
        updated: Timestamp(0),
    }
}

fn character(dice: &mut Dice) -> Character {
    Character {
        name: (*dice.one_of(&["Rick", "Rick B", "Ilsa", "Inspector Brick"])).into(),
        description: None,
        role: *dice.one_of(&[Role::Leading, Role::Supporting, Role::Background]),
        actors: dice.maybe(|dice| PersonId(1 + dice.up_to(25))).into_iter().collect(),
        billing: 0,
        origins: Origins::default(),
        created: Timestamp(0),
        updated: Timestamp(0),
    }
}
