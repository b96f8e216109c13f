//! Single durable edits in a catalogue of 30,000 movies against empty commits of the same file, in turns; then how
//! long a check of it takes. `cargo bench --bench edits`

use cinedex::domain::{
    Account, AccountId, Character, CharacterId, Favorite, Genre, GenreId, Key, Movie, MovieId, MovieKind, Origins,
    PartialDate, Person, PersonId, Record, Role, Standing, Timestamp,
};
use cinedex::store::check::check;
use cinedex::store::{Read, Store, Writer};
use std::time::{Duration, Instant};

const MOVIES: u32 = 30_000;
const PEOPLE: u32 = 24_000;
const ROUNDS: u32 = 1_000;

fn at(number: i64) -> Timestamp {
    Timestamp(1_700_000_000_000 + number)
}

fn movie(number: u32) -> Movie {
    Movie {
        title: format!("Film number {} of {}", number.wrapping_mul(2_654_435_761) % 100_000, number % 97),
        original_title: None,
        alternative_titles: Vec::new(),
        language: None,
        kind: MovieKind::Movie,
        description: Some("Somebody comes to town, and somebody else leaves it. ".repeat(8)),
        budget: None,
        released: PartialDate::new(1900 + (number % 120) as u16, Some(1 + (number % 12) as u8), None),
        duration: Some(3_600 + number % 5_000),
        directors: vec![PersonId(1 + number % PEOPLE)],
        countries: Vec::new(),
        genres: vec![GenreId(1 + number % 20)],
        poster: None,
        images: Vec::new(),
        external: Vec::new(),
        rating: None,
        votes: Some(number),
        origins: Origins::default(),
        created: at(0),
        updated: at(0),
    }
}

fn character(number: u32, billing: u32) -> Character {
    Character {
        name: format!("Part {}", (number + billing) % 40_000),
        description: None,
        role: Role::Supporting,
        actors: vec![PersonId(1 + (number * 7 + billing) % PEOPLE)],
        billing,
        origins: Origins::default(),
        created: at(0),
        updated: at(0),
    }
}

fn fill(store: &Store) {
    let mut writer = store.begin_write().expect("a write");
    for number in 0..20 {
        let id = writer.next_genre().expect("an id");
        let genre = Genre { name: format!("Genre {number}"), created: at(0), updated: at(0) };
        writer.set(Key::Genre(id), Some(Record::Genre(genre))).expect("a genre");
    }
    for number in 0..PEOPLE {
        let id = writer.next_person().expect("an id");
        let person = Person {
            first_name: format!("First{}", number % 700),
            last_name: format!("Last{}", number.wrapping_mul(40_503) % 30_000),
            full_name: None,
            other_names: Vec::new(),
            biography: None,
            born: None,
            died: None,
            gender: cinedex::domain::Gender::Unknown,
            country: None,
            photos: Vec::new(),
            primary_photo: None,
            external: Vec::new(),
            origins: Origins::default(),
            created: at(0),
            updated: at(0),
        };
        writer.set(Key::Person(id), Some(Record::Person(person))).expect("a person");
    }
    for number in 0..MOVIES {
        let id = writer.next_movie().expect("an id");
        writer.set(Key::Movie(id), Some(Record::Movie(movie(number)))).expect("a movie");
        for billing in 0..5 {
            let id = writer.next_character(id).expect("an id");
            let part = Record::Character(character(number, billing));
            writer.set(Key::Character(id), Some(part)).expect("a character");
        }
    }
    let id = writer.next_account().expect("an id");
    let account = Account {
        username: "curator".to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        email: None,
        password_hash: String::new(),
        avatar: None,
        standing: Standing::Curator,
        views: Vec::new(),
        created: at(0),
        updated: at(0),
    };
    writer.set(Key::Account(id), Some(Record::Account(account))).expect("an account");
    writer.commit().expect("it commits");
}

fn timed(took: &mut Vec<Duration>, store: &Store, edit: impl FnOnce(&mut Writer)) {
    let start = Instant::now();
    let mut writer = store.begin_write().expect("a write");
    edit(&mut writer);
    writer.journal(Some(AccountId(1)), "an edit", at(1)).expect("a step");
    writer.commit().expect("it commits");
    took.push(start.elapsed());
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let store = Store::create(&folder.path().join("films.cinedex")).expect("a catalogue");
    fill(&store);
    let mut took: [(&str, Vec<Duration>); 4] =
        ["empty commit", "title", "favorite", "cast"].map(|what| (what, Vec::new()));
    for round in 0..ROUNDS {
        let id = MovieId(1 + round.wrapping_mul(7_919) % MOVIES);
        timed(&mut took[0].1, &store, |writer| writer.forget_token(&[0; 32]).expect("nothing to forget"));
        timed(&mut took[1].1, &store, |writer| {
            let mut movie = writer.read().movie(id).expect("it reads").expect("it is there");
            movie.title = format!("Another title {round}");
            writer.set(Key::Movie(id), Some(Record::Movie(movie))).expect("a title");
        });
        timed(&mut took[2].1, &store, |writer| {
            let favorite = Record::Favorite(Favorite { added: at(i64::from(round)) });
            writer.set(Key::Favorite(AccountId(1), id), Some(favorite)).expect("a favorite");
        });
        timed(&mut took[3].1, &store, |writer| {
            let mut part = character(round, 3);
            part.name = format!("Recast {round}");
            part.actors = vec![PersonId(1 + round.wrapping_mul(104_729) % PEOPLE)];
            let id = CharacterId { movie: id, ordinal: 4 };
            writer.set(Key::Character(id), Some(Record::Character(part))).expect("a character");
        });
    }
    let mut p99_empty = 0.0;
    for (what, took) in &mut took {
        took.sort_unstable();
        let at = |share: usize| took[took.len() * share / 100].as_secs_f64() * 1000.0;
        if *what == "empty commit" {
            p99_empty = at(99);
        }
        println!("{what}: p50 {:.2} ms, p99 {:.2} ms ({:.1} times empty)", at(50), at(99), at(99) / p99_empty);
    }
    let start = Instant::now();
    let report = check(&store).expect("it is checked");
    println!("check: {:.2} s, {} faults", start.elapsed().as_secs_f64(), report.faults.len());
}
