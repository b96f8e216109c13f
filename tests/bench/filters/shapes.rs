//! The shapes that filters have, and how each takes its values from a sample.

use super::random::Random;
use super::sample::{Film, Sample};
use super::{MovieOrder, PersonOrder};
use cinedex::catalog::language::Completion;
use cinedex::domain::{MovieKind, PartialDate, Person};

/// The list a shape is asked of.
#[derive(Clone, Copy)]
pub enum Order {
    Films(MovieOrder, bool),
    People(PersonOrder, bool),
}

/// A shape of filters.
pub struct Shape {
    pub name: &'static str,
    pub order: Order,
    write: fn(&mut Values) -> String,
}

impl Shape {
    /// A filter of this shape.
    pub fn text(&self, sample: &Sample, random: &mut Random) -> String {
        (self.write)(&mut Values { sample, random })
    }
}

use MovieOrder::{Added, Budget, Duration, Popularity, Rating, Released, Title};

const fn films(name: &'static str, order: MovieOrder, reverse: bool, write: fn(&mut Values) -> String) -> Shape {
    Shape { name, order: Order::Films(order, reverse), write }
}

const fn people(name: &'static str, order: PersonOrder, reverse: bool, write: fn(&mut Values) -> String) -> Shape {
    Shape { name, order: Order::People(order, reverse), write }
}

#[expect(clippy::redundant_closure_for_method_calls, reason = "a method's path is of values of one lifetime only")]
pub const SHAPES: &[Shape] = &[
    films("everything", Popularity, true, |_| String::new()),
    films("genre country years -director", Popularity, true, |v| {
        format!("{} {} {} -{}", v.genre(), v.country(), v.span(20), v.director())
    }),
    films("genre country years >2h -director", Released, false, |v| {
        format!("{} {} {} >2h -{}", v.genre(), v.country(), v.span(20), v.director())
    }),
    films("genre", Title, false, |v| v.genre()),
    films("genre, by budget", Budget, true, |v| v.genre()),
    films("genre, first added first", Added, false, |v| v.genre()),
    films("country", Rating, true, |v| v.country()),
    films("country, by duration", Duration, false, |v| v.country()),
    films("not genre", Duration, true, |v| format!("-{}", v.genre())),
    films("year", Popularity, true, |v| v.year()),
    films("decade, newest first", Released, true, |v| v.span(10)),
    films("decade, by title from the end", Title, true, |v| v.span(10)),
    films("days", Released, false, |v| format!("date:{}-03-15..{}-06", v.year_number(), v.year_number() + 200)),
    films("years or years, genre or genre", Rating, true, |v| {
        format!("({} or {}) ({} or {})", v.span(10), v.span(5), v.genre(), v.genre())
    }),
    films("running time", Popularity, true, |v| {
        let minutes = v.minutes();
        format!("duration:{minutes}m..{}m", minutes + 15)
    }),
    films("longer than, genre", Duration, false, |v| format!(">{}m {}", v.minutes(), v.genre())),
    films("shorter than, latest added first", Added, true, |v| format!("<{}m", v.minutes())),
    films("rating at least", Rating, false, |v| format!("rating:>={}", v.rating())),
    films("rating, by title", Title, false, |v| format!("rating:{}", v.rating())),
    films("votes more than", Popularity, false, |v| format!("votes:>{}", v.votes())),
    films("votes between, country", Released, true, |v| {
        format!("votes:{}..5000 {}", v.votes().min(5_000), v.country())
    }),
    films("rating and votes", Rating, true, |v| format!("rating:>={} votes:>={}", v.rating(), v.votes())),
    films("budget at least", Budget, false, |v| format!("budget:>={}", v.budget())),
    films("budget below, years", Popularity, true, |v| format!("budget:<{} {}", v.budget(), v.span(30))),
    films("kind", Title, true, |v| v.kind()),
    films("kind, not country", Budget, false, |v| format!("{} -{}", v.kind(), v.country())),
    films("added", Popularity, true, |_| "added:>=1970-01-01".to_owned()),
    films("a word", Popularity, true, |v| v.title_word()),
    films("a word's beginning", Popularity, true, |v| v.beginning(1)),
    films("two letters, by title", Title, false, |v| v.beginning(2)),
    films("two words", Title, false, |v| v.title_words()),
    films("a phrase", Released, false, |v| format!("\"{}\"", v.title_words())),
    films("a word, genre, not a word", Rating, true, |v| {
        format!("{} {} -{}", v.title_word(), v.genre(), v.title_word())
    }),
    films("title or title", Popularity, true, |v| format!("title:{} or title:{}", v.title_word(), v.title_word())),
    films("director", Released, true, |v| v.director()),
    films("director's full name", Title, false, |v| v.full_director()),
    films("actor", Popularity, true, |v| format!("actor:{}", v.actor_word())),
    films("actor's full name, role", Released, false, |v| format!("actor:{} role:leading", v.actor())),
    films("actor's beginning", Popularity, true, |v| format!("actor:{}", v.actor_beginning())),
    films("actor, genre, years", Rating, true, |v| format!("actor:{} {} {}", v.actor_word(), v.genre(), v.span(10))),
    films("not actor", Popularity, true, |v| format!("-actor:{}", v.actor_word())),
    films("character", Popularity, true, |v| format!("character:{}", v.character())),
    films("character, role, not country", Title, true, |v| {
        format!("character:{} role:leading -{}", v.character(), v.country())
    }),
    films("brackets in brackets", Popularity, true, |v| {
        let (drama, france, other) = (v.genre(), v.country(), v.country());
        format!("({drama} ({france} or ({other} -{}))) or ({} >2h30)", v.span(30), v.genre())
    }),
    people("a name", PersonOrder::Popularity, true, |v| v.name_word()),
    people("a last name, by name", PersonOrder::Name, false, |v| v.last_name()),
    people("a name's beginning, by name", PersonOrder::Name, true, |v| v.name_word().chars().take(2).collect()),
    people("a full name", PersonOrder::Added, true, |v| v.full_name()),
    people("born, gender", PersonOrder::Popularity, true, |v| format!("{} gender:female", v.born())),
    people("born, by name", PersonOrder::Name, false, |v| v.born()),
    people("born, oldest first", PersonOrder::Born, false, |v| v.born()),
    people("gender, youngest first", PersonOrder::Born, true, |v| format!("gender:{}", v.gender())),
    people("gender, latest added first", PersonOrder::Added, true, |v| format!("gender:{}", v.gender())),
    people("title", PersonOrder::Popularity, true, |v| format!("title:{}", v.rare_title())),
    people("character", PersonOrder::Popularity, true, |v| format!("character:{}", v.character())),
    people("born, not a name", PersonOrder::Name, true, |v| format!("{} -{}", v.born(), v.name_word())),
];

/// Values out of a sample.
pub struct Values<'s, 'r> {
    sample: &'s Sample,
    random: &'r mut Random,
}

/// A word that means itself in a query.
fn plain(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && !["and", "or", "not"].contains(&word.to_lowercase().as_str())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| plain(word) && word.chars().count() > 2)
}

fn one_of<'t>(random: &mut Random, all: impl Iterator<Item = &'t str>) -> Option<String> {
    let all: Vec<&str> = all.collect();
    all.get(random.below(all.len())).map(|one| (*one).to_owned())
}

impl Values<'_, '_> {
    fn film<T>(&mut self, value: impl Fn(&Film, &mut Random) -> Option<T>) -> T {
        self.sample.of_film(self.random, value)
    }

    fn person<T>(&mut self, value: impl Fn(&Person, &mut Random) -> Option<T>) -> T {
        self.sample.of_person(self.random, value)
    }

    fn genre(&mut self) -> String {
        let name = self.film(|film, random| one_of(random, film.genres.iter().map(String::as_str)));
        format!("genre:{}", Completion::quote(&name))
    }

    fn country(&mut self) -> String {
        let name = self.film(|film, random| one_of(random, film.countries.iter().map(String::as_str)));
        format!("country:{}", Completion::quote(&name))
    }

    fn year_number(&mut self) -> u16 {
        self.film(|film, _| film.movie.released.map(PartialDate::year))
    }

    fn year(&mut self) -> String {
        format!("year:{}", self.year_number())
    }

    fn span(&mut self, years: u16) -> String {
        let first = self.year_number() / 10 * 10;
        format!("year:{first}..{}", first + years - 1)
    }

    fn minutes(&mut self) -> u32 {
        self.film(|film, _| film.movie.duration) / 60
    }

    fn rating(&mut self) -> String {
        let rating = self.film(|film, _| film.movie.rating);
        format!("{}.{}", rating / 100, rating / 10 % 10)
    }

    fn votes(&mut self) -> u32 {
        self.film(|film, _| film.movie.votes)
    }

    fn budget(&mut self) -> String {
        self.film(|film, _| film.movie.budget).to_string().replace(' ', "")
    }

    fn kind(&mut self) -> String {
        let kind: MovieKind = self.film(|film, _| Some(film.movie.kind));
        format!("kind:\"{kind}\"")
    }

    fn title_word(&mut self) -> String {
        self.film(|film, random| one_of(random, words(&film.movie.title)))
    }

    fn title_words(&mut self) -> String {
        self.film(|film, random| {
            let all: Vec<&str> = film.movie.title.split(' ').collect();
            let pair = all.windows(2).nth(random.below(all.len().saturating_sub(1)))?;
            pair.iter().all(|word| plain(word)).then(|| pair.join(" "))
        })
    }

    fn beginning(&mut self, letters: usize) -> String {
        let word = self.title_word();
        let most = word.chars().count();
        let letters = letters + if letters == 1 { self.random.below(most - 1) } else { 0 };
        word.chars().take(letters).collect()
    }

    fn director(&mut self) -> String {
        let name = self.film(|film, _| one_of_name(film.directors.first()?));
        format!("director:{}", Completion::quote(&name))
    }

    fn full_director(&mut self) -> String {
        let name = self.film(|film, _| Some(film.directors.first()?.name()).filter(|name| !name.contains('"')));
        format!("director:{}", Completion::quote(&name))
    }

    fn actor(&mut self) -> String {
        let name = self.film(|film, random| {
            let (_, person) = film.cast.get(random.below(film.cast.len()))?;
            Some(person.name()).filter(|name| !name.contains('"'))
        });
        Completion::quote(&name)
    }

    fn actor_word(&mut self) -> String {
        self.film(|film, random| {
            let (_, person) = film.cast.get(random.below(film.cast.len()))?;
            one_of(random, words(&person.name()))
        })
    }

    fn actor_beginning(&mut self) -> String {
        let word = self.actor_word();
        let most = word.chars().count();
        let letters = 1 + self.random.below(most - 1);
        word.chars().take(letters).collect()
    }

    fn character(&mut self) -> String {
        self.film(|film, random| {
            let (character, _) = film.cast.get(random.below(film.cast.len()))?;
            one_of(random, words(&character.name))
        })
    }

    fn rare_title(&mut self) -> String {
        let title = self.film(|film, _| Some(film.movie.title.clone()).filter(|title| title.contains(' ')));
        Completion::quote(&title.replace(['"', '“', '”'], ""))
    }

    fn name_word(&mut self) -> String {
        self.person(|person, random| one_of(random, words(&person.name())))
    }

    fn last_name(&mut self) -> String {
        self.person(|person, _| one_of_name(person))
    }

    fn full_name(&mut self) -> String {
        self.person(|person, _| Some(person.name()).filter(|name| name.split(' ').all(plain)))
    }

    fn born(&mut self) -> String {
        let first = self.person(|person, _| person.born.map(PartialDate::year)) / 10 * 10;
        format!("born:{first}..{}", first + 9)
    }

    fn gender(&mut self) -> String {
        self.person(|person, _| Some(person.gender.to_string()))
    }
}

fn one_of_name(person: &Person) -> Option<String> {
    Some(person.last_name.clone()).filter(|name| plain(name) && name.chars().count() > 2)
}
