//! Records of every kind, random but fit to be kept, that name only what is there.

use super::dice::Dice;
use crate::domain::{
    Account, AccountId, Candidate, Character, Country, CountryId, Currency, Entity, External, File, FileId, Gender,
    Genre, GenreId, Language, Likeness, Money, Movie, MovieId, MovieKind, Origins, PartialDate, Person, PersonId,
    Review, Role, Source, Standing, Timestamp, Told, ToldPart, ToldPerson, ToldPicture, View, Why,
};
use sha2::{Digest, Sha256};

const WORDS: [&str; 24] = [
    "The",
    "A",
    "Night",
    "of",
    "Casablanca",
    "12",
    "Angry",
    "Men",
    "Amélie",
    "L'",
    "Čapek",
    "七人",
    "侍",
    "Война",
    "мир",
    "8½",
    "und",
    "Straße",
    "!",
    "É",
    "Zulu",
    "2001",
    "&",
    "Himself",
];

/// What there is to name.
#[derive(Default)]
pub struct Stock {
    /// People.
    pub people: Vec<PersonId>,
    /// Genres.
    pub genres: Vec<GenreId>,
    /// Countries.
    pub countries: Vec<CountryId>,
    /// Files.
    pub files: Vec<FileId>,
    /// Movies.
    pub movies: Vec<MovieId>,
    /// Accounts.
    pub accounts: Vec<AccountId>,
}

/// A few words, at least one.
pub fn text(dice: &mut Dice) -> String {
    let words: Vec<&str> = (0..=dice.below(4)).map(|_| dice.pick(&WORDS)).collect();
    words.join(" ")
}

fn texts(dice: &mut Dice) -> Vec<String> {
    let mut texts: Vec<String> = (0..dice.below(3)).map(|_| text(dice)).collect();
    texts.dedup();
    texts
}

fn date(dice: &mut Dice) -> PartialDate {
    let year = 1890 + dice.below(140) as u16;
    let month = dice.maybe(|dice| 1 + dice.below(12) as u8);
    let day = if month.is_some() { dice.maybe(|dice| 1 + dice.below(28) as u8) } else { None };
    PartialDate::new(year, month, day).unwrap()
}

fn externals(dice: &mut Dice) -> Vec<External> {
    let mut all: Vec<External> = Vec::new();
    for _ in 0..dice.below(3) {
        let source = dice.pick(Source::ALL);
        let one = External { source, id: format!("x{}", dice.below(40)) };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

fn moment(dice: &mut Dice) -> Timestamp {
    Timestamp(dice.below(10_000) as i64 - 100)
}

/// A movie.
pub fn movie(dice: &mut Dice, stock: &Stock) -> Movie {
    let created = moment(dice);
    let mut movie = Movie {
        title: text(dice),
        original_title: dice.maybe(text),
        alternative_titles: texts(dice),
        language: dice.maybe(|dice| Language::new(dice.pick(&["en", "fr", "de", "ja"])).unwrap()),
        kind: dice.pick(MovieKind::ALL),
        description: dice.maybe(text),
        budget: dice.maybe(|dice| Money {
            currency: Currency::new(dice.pick(&["USD", "EUR", "INR"])).unwrap(),
            amount: dice.below(50) as i64 * 10_000_000,
        }),
        released: dice.maybe(date),
        duration: dice.maybe(|dice| 1 + dice.below(9_000) as u32),
        directors: dice.some(&stock.people, 2),
        countries: dice.some(&stock.countries, 3),
        genres: dice.some(&stock.genres, 3),
        poster: if stock.files.is_empty() { None } else { dice.maybe(|dice| dice.pick(&stock.files)) },
        images: dice.some(&stock.files, 2),
        external: externals(dice),
        rating: dice.maybe(|dice| dice.below(1001) as u16),
        votes: dice.maybe(|dice| dice.below(30) as u32 * 1000),
        origins: Origins(dice.roll()),
        created,
        updated: Timestamp(created.0 + dice.below(3) as i64),
    };
    movie.tidy();
    movie
}

/// A person.
pub fn person(dice: &mut Dice, stock: &Stock) -> Person {
    let created = moment(dice);
    let photos = dice.some(&stock.files, 3);
    let mut person = Person {
        first_name: dice.maybe(text).unwrap_or_default(),
        last_name: text(dice),
        full_name: dice.maybe(text),
        other_names: texts(dice),
        biography: dice.maybe(text),
        born: dice.maybe(date),
        died: None,
        gender: dice.pick(Gender::ALL),
        country: if stock.countries.is_empty() { None } else { dice.maybe(|dice| dice.pick(&stock.countries)) },
        primary_photo: photos.first().copied().filter(|_| dice.once_in(2)),
        photos,
        external: externals(dice),
        origins: Origins(dice.roll()),
        created,
        updated: created,
    };
    person.tidy();
    person
}

/// A character; it has a name or an actor.
pub fn character(dice: &mut Dice, stock: &Stock) -> Character {
    let created = moment(dice);
    let actors = dice.some(&stock.people, 3);
    let name = if actors.is_empty() { text(dice) } else { dice.maybe(text).unwrap_or_default() };
    Character {
        name,
        description: dice.maybe(text),
        role: dice.pick(Role::ALL),
        actors,
        billing: dice.below(5) as u32,
        origins: Origins(dice.roll()),
        created,
        updated: Timestamp(created.0 + 5),
    }
}

/// A genre.
pub fn genre(dice: &mut Dice) -> Genre {
    Genre { name: text(dice), created: moment(dice), updated: moment(dice) }
}

/// A country.
pub fn country(dice: &mut Dice) -> Country {
    let code = dice.maybe(|dice| dice.pick(&["US", "FR", "JP", "SUHH", "XWG"]).to_owned());
    Country { name: text(dice), code, created: moment(dice), updated: moment(dice) }
}

/// A file and its bytes; none of it is only an address.
pub fn file(dice: &mut Dice) -> (File, Option<Vec<u8>>) {
    let bytes = dice.maybe(|dice| {
        let length = dice.pick(&[1, 10, 300_000]);
        vec![dice.below(4) as u8; length]
    });
    let file = File {
        name: format!("{}.jpg", dice.below(100)),
        mime: "image/jpeg".to_owned(),
        key: bytes.as_ref().map(|bytes| Sha256::digest(bytes).into()),
        url: bytes.is_none().then(|| "https://example.org/a.jpg".to_owned()),
        size: bytes.as_ref().map_or(0, Vec::len) as u64,
        width: dice.maybe(|dice| dice.below(4000) as u32),
        height: Some(3),
        created: moment(dice),
        updated: moment(dice),
    };
    (file, bytes)
}

fn view(dice: &mut Dice, at: usize) -> View {
    let query = dice.maybe(text).unwrap_or_default();
    View {
        name: format!("View {at}"),
        entity: Entity::Movie,
        query,
        sort: "title".to_owned(),
        reverse: dice.below(2) == 1,
    }
}

/// An account.
pub fn account(dice: &mut Dice, stock: &Stock) -> Account {
    Account {
        username: format!("User{}", dice.below(12)),
        first_name: dice.maybe(text).unwrap_or_default(),
        last_name: String::new(),
        email: dice.maybe(|dice| format!("Mail{}@example.org", dice.below(12))),
        password_hash: format!("$argon2id${}", dice.below(9)),
        avatar: if stock.files.is_empty() { None } else { dice.maybe(|dice| dice.pick(&stock.files)) },
        standing: dice.pick(Standing::ALL),
        views: (0..dice.below(3)).map(|at| view(dice, at)).collect(),
        created: moment(dice),
        updated: moment(dice),
    }
}

/// A row of the review queue.
pub fn review(dice: &mut Dice, stock: &Stock) -> Review {
    let bare = Stock::default();
    let source = dice.pick(Source::ALL);
    let mut movie = movie(dice, &bare);
    movie.external = vec![External { source, id: format!("x{}", dice.below(40)) }];
    let picture = |dice: &mut Dice| ToldPicture {
        url: text(dice),
        width: dice.maybe(|_| 7),
        height: None,
        here: dice.once_in(2),
    };
    let told = |dice: &mut Dice| ToldPerson {
        person: person(dice, &bare),
        country: dice.maybe(text),
        photos: vec![picture(dice)],
    };
    let people: Vec<ToldPerson> = (0..dice.below(3)).map(|_| told(dice)).collect();
    let part = |dice: &mut Dice, person: usize| ToldPart {
        actors: vec![person as u32],
        known_as: texts(dice).concat(),
        name: text(dice),
        description: dice.maybe(text),
        role: dice.maybe(|dice| dice.pick(Role::ALL)),
        archive: dice.once_in(2),
        billing: dice.maybe(|dice| dice.below(9) as u32),
        guest: dice.once_in(4),
    };
    let created = moment(dice);
    Review {
        source,
        place: text(dice),
        account: dice.maybe(|dice| AccountId(1 + dice.below(3) as u32)),
        why: dice.pick(Why::ALL),
        skipped: dice.once_in(3),
        candidates: (dice.some(&stock.movies, 3).into_iter())
            .map(|movie| Candidate {
                movie,
                title: dice.pick(Likeness::ALL),
                apart: dice.maybe(|dice| dice.below(3) as u16),
                people: dice.below(9) as u16,
                id: dice.once_in(4),
            })
            .collect(),
        film: Told {
            movie,
            directors: if people.is_empty() { Vec::new() } else { vec![0] },
            countries: texts(dice),
            genres: texts(dice),
            poster: dice.maybe(picture),
            images: vec![picture(dice)],
            cast: (0..people.len()).map(|person| part(dice, person)).collect(),
            people,
            favorite: dice.maybe(moment),
        },
        created,
        updated: Timestamp(created.0 + 5),
    }
}
