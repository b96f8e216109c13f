//! An invented catalogue: films and people by number.

use crate::catalog::{
    Answer, CastLine, Cells, Command, Cursor, Detail, Done, Facets, Fault, Find, Hit, Hits, List, MovieCells,
    MovieDetail, MovieFilter, MovieLine, Named, Outcome, Page, PageQuery, PersonCells, PersonDetail, PlayedLine, Query,
    ReviewCells, ReviewDetail, Reviewed, Row, Rows, Start, Summary, Who,
};
use crate::domain::{
    AccountId, Candidate, CharacterId, Country, CountryId, Currency, Entity, External, FileId, Gender, Genre, GenreId,
    Key, Likeness, Money, Movie, MovieId, MovieKind, Origins, PartialDate, Person, PersonId, Review, ReviewId, Role,
    Source, Standing, Timestamp, Told, ToldPart, ToldPerson, View, Why,
};
use std::collections::BTreeSet;

pub(crate) struct Catalogue {
    pub(crate) movies: u32,
    pub(crate) who: Option<Who>,
    pub(crate) accounts: u64,
    pub(crate) favorites: BTreeSet<u32>,
    pub(crate) gone: BTreeSet<u32>,
    /// Put into every title and name.
    pub(crate) hostile: String,
    /// Every film has a poster.
    pub(crate) posters: bool,
    /// Rows of the review queue.
    pub(crate) queue: BTreeSet<u32>,
    pub(crate) views: Vec<View>,
}

const WORDS: [&str; 10] =
    ["Harbor", "Night", "River", "Glass", "Winter", "Letter", "Station", "Garden", "Mirror", "Island"];

impl Catalogue {
    pub(crate) fn new(movies: u32) -> Self {
        Catalogue {
            movies,
            who: None,
            accounts: 0,
            favorites: BTreeSet::new(),
            gone: BTreeSet::new(),
            hostile: String::new(),
            posters: false,
            queue: BTreeSet::new(),
            views: Vec::new(),
        }
    }

    pub(crate) fn signed_in(movies: u32) -> Self {
        let who = Who { id: AccountId(1), username: "ada".into(), standing: Standing::Curator };
        Catalogue { who: Some(who), accounts: 1, ..Catalogue::new(movies) }
    }

    pub(crate) fn title(&self, id: u32) -> String {
        let n = id as usize;
        format!("{}The {} {} {id}", self.hostile, WORDS[n % 10], WORDS[(n / 10 + 3) % 10])
    }

    fn person(&self, id: u32) -> String {
        format!("{}Ines {}son {id}", self.hostile, WORDS[id as usize % 10])
    }

    pub(crate) fn answer(&self, query: &Query) -> Result<Answer, Fault> {
        match query {
            Query::Page(PageQuery { list: List::Favorites { .. }, .. }) if self.who.is_none() => {
                Err(Fault::SignInFirst)
            }
            Query::Page(page) => {
                // With words the number of rows is to be asked for.
                let total = self.page(page).total.filter(|_| !has_words(&page.list));
                Ok(Answer::Page(Page { total, ..self.page(page) }))
            }
            Query::Count(list) => {
                let page = PageQuery { list: list.clone(), start: Start::First, count: 0 };
                Ok(Answer::Count(self.page(&page).total.unwrap_or_default()))
            }
            Query::Detail(key) => self.detail(*key).map(|detail| Answer::Detail(Box::new(detail))),
            Query::Facets(filter) => Ok(Answer::Facets(self.facets(filter))),
            Query::Summary => Ok(Answer::Summary(self.summary())),
            Query::Find(find) => Ok(Answer::Hits(self.find(find))),
            Query::Choices { .. } => Ok(Answer::Choices(Vec::new())),
            Query::Consequences(keys) => Ok(Answer::Consequences(crate::catalog::Consequences {
                names: keys.iter().map(Key::to_string).collect(),
                records: keys.len() as u64,
                besides: vec!["12 characters".into()],
            })),
            Query::Draft(_) | Query::Bytes(_) => Err(Fault::Refused("not in this catalogue".into())),
        }
    }

    pub(crate) fn run(&mut self, command: &Command) -> Result<Done, Fault> {
        let outcome = match command {
            Command::Favorite { .. } if self.who.is_none() => return Err(Fault::SignInFirst),
            Command::Favorite { movies, on } => {
                let title = self.title(movies[0].0);
                let count = movies.len() as u64;
                if *on {
                    self.favorites.extend(movies.iter().map(|id| id.0));
                    Outcome::FavoritesAdded(count, title)
                } else {
                    self.favorites.retain(|id| !movies.contains(&MovieId(*id)));
                    Outcome::FavoritesRemoved(count, title)
                }
            }
            Command::Undo => return Err(Fault::NothingToUndo),
            Command::Redo => Outcome::Redone("edit of Casablanca".into()),
            Command::Remove(keys) => {
                let ids = keys.iter().filter_map(|key| if let Key::Movie(id) = key { Some(id.0) } else { None });
                self.gone.extend(ids);
                let changes =
                    keys.iter().map(|key| crate::catalog::Change { key: *key, before: None, after: None }).collect();
                return Ok(Done { outcome: Outcome::Removed(keys.len() as u64, "a film".into()), changes });
            }
            Command::Review { rows, verdict } => {
                let ids: Vec<u32> = match rows {
                    Rows::These(rows) => rows.iter().map(|id| id.0).collect(),
                    Rows::Alike { .. } => self.queue.iter().copied().collect(),
                };
                self.queue.retain(|id| !ids.contains(id));
                let key = |id: &u32| Key::Review(ReviewId(*id));
                let changes =
                    ids.iter().map(|id| crate::catalog::Change { key: key(id), before: None, after: None }).collect();
                let title = ids.first().map(|id| self.title(*id)).unwrap_or_default();
                let reviewed = Reviewed { verdict: *verdict, rows: ids.len() as u64, left: 0, title };
                let outcome = Outcome::Reviewed(reviewed);
                return Ok(Done { outcome, changes });
            }
            Command::SaveView(view) => {
                self.views.push(view.clone());
                Outcome::ViewSaved(view.name.clone())
            }
            Command::RemoveView(name) => {
                self.views.retain(|view| view.name != *name);
                Outcome::ViewRemoved(name.clone())
            }
            Command::SignOut => Outcome::SignedOut,
            _ => return Err(Fault::Refused("not in this catalogue".into())),
        };
        Ok(Done { outcome, changes: Vec::new() })
    }

    fn summary(&self) -> Summary {
        Summary {
            movies: self.movies.into(),
            people: 50,
            characters: 100,
            accounts: self.accounts,
            favorites: self.favorites.len() as u64,
            who: self.who.clone(),
            views: self.views.clone(),
            read_only: false,
            to_review: self.queue.len() as u64,
            empty: self.movies == 0,
        }
    }

    /// The records of a list in order.
    fn keys(&self, list: &List) -> Vec<Key> {
        let here = |id: &u32| !self.gone.contains(id);
        let (mut keys, reverse): (Vec<Key>, bool) = match list {
            List::Movies { filter, reverse, .. } => {
                let fits = |id: &u32| here(id) && self.passes(*id, filter);
                ((1..=self.movies).filter(fits).map(|id| Key::Movie(MovieId(id))).collect(), !*reverse)
            }
            List::People { reverse, filter, .. } => {
                let fits = |id: &u32| self.person(*id).contains(&filter.words);
                ((1..=50).filter(fits).map(|id| Key::Person(PersonId(id))).collect(), !*reverse)
            }
            List::Favorites { reverse, .. } => {
                (self.favorites.iter().map(|id| Key::Movie(MovieId(*id))).collect(), *reverse)
            }
            List::Names { entity: Entity::Genre, reverse, .. } => {
                ((1..=5).map(|id| Key::Genre(GenreId(id))).collect(), *reverse)
            }
            List::Names { entity: Entity::Country, reverse, .. } => {
                ((1..=3).map(|id| Key::Country(CountryId(id))).collect(), *reverse)
            }
            List::Names { .. } => (Vec::new(), false),
            List::Reviews { skipped, .. } => {
                let waits = self.queue.iter().filter(|_| !skipped);
                (waits.map(|id| Key::Review(ReviewId(*id))).collect(), false)
            }
        };
        if reverse {
            keys.reverse();
        }
        keys
    }

    fn passes(&self, id: u32, filter: &MovieFilter) -> bool {
        let genre = filter.genres.is_empty() || filter.genres.contains(&GenreId(id % 5 + 1));
        let year = year(id);
        let years = filter.years.is_empty() || filter.years.iter().any(|(from, to)| (*from..=*to).contains(&year));
        let title = self.title(id).to_lowercase();
        genre && years && filter.words.split_whitespace().all(|word| title.contains(&word.to_lowercase()))
    }

    pub(crate) fn page(&self, query: &PageQuery) -> Page {
        let keys = self.keys(&query.list);
        let place = |cursor: &Cursor| {
            let key = u32::from_be_bytes(cursor.0.clone().try_into().unwrap_or_default());
            keys.iter().position(|other| number(*other) == key).unwrap_or(0)
        };
        let (from, focus) = match &query.start {
            Start::First => (0, None),
            Start::Last => (keys.len().saturating_sub(query.count), None),
            Start::After(cursor) => (place(cursor) + 1, None),
            Start::Before(cursor) => {
                let to = place(cursor);
                let from = to.saturating_sub(query.count);
                return self.rows(&keys, from, to, None);
            }
            Start::Around(key, cursor) => {
                let gone =
                    cursor.as_ref().map(|cursor| u32::from_be_bytes(cursor.0.clone().try_into().unwrap_or_default()));
                let beside = || keys.iter().position(|other| gone.is_some_and(|gone| number(*other) > gone));
                let at = keys.iter().position(|other| other == key).or_else(beside).unwrap_or(0);
                (at.saturating_sub(query.count / 2), Some(at))
            }
        };
        let to = (from + query.count).min(keys.len());
        self.rows(&keys, from, to, focus)
    }

    fn rows(&self, keys: &[Key], from: usize, to: usize, focus: Option<usize>) -> Page {
        Page {
            rows: keys[from.min(to)..to].iter().map(|key| self.row(*key)).collect(),
            before: from > 0,
            after: to < keys.len(),
            total: Some(keys.len() as u64),
            focus: focus.map(|at| at - from),
        }
    }

    fn row(&self, key: Key) -> Row {
        let cells = match key {
            Key::Movie(id) => Cells::Movie(self.cells(id.0)),
            Key::Person(id) => Cells::Person(PersonCells {
                name: self.person(id.0),
                born: PartialDate::new(1900 + u16::try_from(id.0).unwrap_or(0), None, None),
                died: None,
                country: Some("Portugal".into()),
                credits: u64::from(id.0) * 3,
                known_for: Some(format!("{} (1950)", self.title(id.0))),
            }),
            Key::Review(id) => Cells::Review(ReviewCells {
                title: self.title(id.0),
                released: PartialDate::new(year(id.0) + 1, None, None),
                source: Source::Wikipedia,
                why: Why::Year,
            }),
            other => Cells::Name {
                name: format!("Name {}", number(other)),
                note: "XX".into(),
                count: Some(number(other).into()),
            },
        };
        let head = match &cells {
            Cells::Movie(cells) => cells.title.trim_start_matches("The ").chars().next().into_iter().collect(),
            _ => "N".to_owned(),
        };
        Row { key, cursor: Cursor(number(key).to_be_bytes().to_vec()), head, cells }
    }

    fn cells(&self, id: u32) -> MovieCells {
        MovieCells {
            title: self.title(id),
            released: PartialDate::new(year(id), Some(3), None),
            duration: (!id.is_multiple_of(7)).then_some(4800 + id % 90 * 60),
            country: Some("Portugal".into()),
            director: Some(format!("{}son", WORDS[id as usize % 10])),
            kind: MovieKind::Movie,
            rating: Some(650),
            votes: Some(1000 - id.min(999)),
            budget: Currency::new("USD").map(|currency| Money { currency, amount: 8_780_000_000 }),
            favorite: self.favorites.contains(&id),
            added: Timestamp(0),
        }
    }

    fn detail(&self, key: Key) -> Result<Detail, Fault> {
        Ok(match key {
            Key::Movie(id) if self.gone.contains(&id.0) => return Err(Fault::Gone(key)),
            Key::Movie(id) => Detail::Movie(self.movie(id)),
            Key::Person(id) => Detail::Person(self.somebody(id)),
            Key::Genre(id) => {
                let genre = Genre { name: format!("Genre {id}"), created: Timestamp(0), updated: Timestamp(0) };
                Detail::Genre(id, genre, 200)
            }
            Key::Country(id) => {
                let country = Country {
                    name: "Portugal".into(),
                    code: Some("PT".into()),
                    created: Timestamp(0),
                    updated: Timestamp(0),
                };
                Detail::Country(id, country, 1000, 50)
            }
            Key::Review(id) if self.queue.contains(&id.0) => Detail::Review(Box::new(self.waiting(id))),
            other => return Err(Fault::Gone(other)),
        })
    }

    /// A film that is nearly the one of its number, and less like another.
    fn waiting(&self, id: ReviewId) -> ReviewDetail {
        let told = |number: u32| ToldPerson {
            person: Person { full_name: Some(self.person(number)), ..Person::default() },
            ..ToldPerson::default()
        };
        let part = |person| ToldPart { actors: vec![person], ..ToldPart::default() };
        let movie = Movie {
            title: self.title(id.0),
            released: PartialDate::new(year(id.0) + 1, None, None),
            duration: Some(5_400),
            description: Some("A keeper of clocks finds a letter.".into()),
            external: vec![External { source: Source::Wikipedia, id: "The_Film".into() }],
            ..Movie::default()
        };
        let film = Told {
            movie,
            directors: vec![0],
            countries: vec!["PT".into()],
            genres: vec!["Genre 1".into(), "War".into()],
            people: vec![told(1), told(2), told(40)],
            cast: vec![part(1), part(2)],
            ..Told::default()
        };
        let likely = |movie, apart, people| Candidate { movie, title: Likeness::Same, apart, people, id: false };
        let candidates: Vec<Candidate> = vec![likely(MovieId(id.0), Some(1), 2), likely(MovieId(id.0 + 5), None, 0)];
        let review = Review {
            source: Source::Wikipedia,
            place: "movies-1940s.json".into(),
            account: None,
            why: Why::Year,
            skipped: false,
            candidates: candidates.clone(),
            film,
            created: Timestamp(0),
            updated: Timestamp(0),
        };
        let candidates = candidates.into_iter().map(|one| (one.clone(), self.movie(one.movie))).collect();
        ReviewDetail { id, review, by: Some("ada".into()), candidates, alike: self.queue.len() as u64 }
    }

    fn movie(&self, id: MovieId) -> MovieDetail {
        let cells = self.cells(id.0);
        let movie = Movie {
            title: cells.title,
            original_title: Some("A Ilha do Inverno".into()),
            alternative_titles: vec!["千と千尋の神隠し".into()],
            language: None,
            kind: MovieKind::Movie,
            description: Some("A keeper of clocks finds a letter in the harbor and follows it inland.".into()),
            budget: cells.budget,
            released: cells.released,
            duration: cells.duration,
            directors: vec![PersonId(1)],
            countries: vec![CountryId(1)],
            genres: vec![GenreId(1), GenreId(2)],
            poster: self.posters.then_some(FileId(1)),
            images: Vec::new(),
            external: Vec::new(),
            rating: cells.rating,
            votes: cells.votes,
            origins: Origins::default(),
            created: Timestamp(0),
            updated: Timestamp(0),
        };
        let cast = (1..=6).map(|ordinal| CastLine {
            id: CharacterId { movie: id, ordinal },
            name: if ordinal == 6 { String::new() } else { format!("Keeper {ordinal}") },
            role: if ordinal < 3 { Role::Leading } else { Role::Supporting },
            actors: vec![Named { key: Key::Person(PersonId(ordinal)), name: self.person(ordinal) }],
        });
        MovieDetail {
            id,
            movie,
            directors: vec![Named { key: Key::Person(PersonId(1)), name: self.person(1) }],
            countries: vec![Named { key: Key::Country(CountryId(1)), name: "Portugal".into() }],
            genres: vec![
                Named { key: Key::Genre(GenreId(1)), name: "Drama".into() },
                Named { key: Key::Genre(GenreId(2)), name: "Mystery".into() },
            ],
            cast: cast.collect(),
            cast_total: 6,
            favorite: cells.favorite,
            favorites: u64::from(cells.favorite),
        }
    }

    fn somebody(&self, id: PersonId) -> PersonDetail {
        let line = |movie: u32| MovieLine {
            id: MovieId(movie),
            title: self.title(movie),
            released: PartialDate::new(year(movie), None, None),
        };
        PersonDetail {
            id,
            person: Person {
                first_name: "Ines".into(),
                last_name: "Harborson".into(),
                full_name: Some(self.person(id.0)),
                other_names: vec!["I. Harbor".into()],
                biography: Some("Grew up on an island.".into()),
                born: PartialDate::new(1901, Some(5), Some(12)),
                died: None,
                gender: Gender::Female,
                country: Some(CountryId(1)),
                photos: Vec::new(),
                primary_photo: None,
                external: Vec::new(),
                origins: Origins::default(),
                created: Timestamp(0),
                updated: Timestamp(0),
            },
            country: Some(Named { key: Key::Country(CountryId(1)), name: "Portugal".into() }),
            photos: Vec::new(),
            directed: (1..4).map(line).collect(),
            played: vec![PlayedLine {
                movie: line(9),
                character: CharacterId { movie: MovieId(9), ordinal: 1 },
                name: "Keeper 1".into(),
                role: Role::Leading,
            }],
            directed_total: 3,
            played_total: 1,
        }
    }

    fn facets(&self, filter: &MovieFilter) -> Facets {
        let of = |genre: u32| {
            let mut filter = filter.clone();
            filter.genres = vec![GenreId(genre)];
            (1..=self.movies).filter(|id| self.passes(*id, &filter)).count() as u64
        };
        Facets {
            genres: (1..=5).map(|id| (GenreId(id), format!("Genre {id}"), of(id))).collect(),
            countries: vec![(CountryId(1), "Portugal".into(), self.movies.into())],
            decades: vec![(1950, 100), (1940, 100)],
        }
    }

    fn find(&self, find: &Find) -> Hits {
        let fits = |id: &u32| self.title(*id).to_lowercase().contains(&find.text);
        let hits = (1..=self.movies).filter(fits).take(find.limit).map(|id| Hit {
            key: Key::Movie(MovieId(id)),
            text: self.title(id),
            marks: vec![(0, 3)],
            year: Some(year(id)),
            note: "Harborson".into(),
            score: 100,
            favorite: false,
        });
        Hits { hits: hits.collect(), micros: 800 }
    }
}

fn year(id: u32) -> u16 {
    u16::try_from(1900 + id % 120).unwrap_or(1900)
}

fn number(key: Key) -> u32 {
    match key {
        Key::Movie(id) | Key::Favorite(_, id) => id.0,
        Key::Person(id) => id.0,
        Key::Genre(id) => id.0,
        Key::Country(id) => id.0,
        Key::Review(id) => id.0,
        _ => 0,
    }
}

fn has_words(list: &List) -> bool {
    match list {
        List::Movies { filter, .. } => !filter.words.is_empty(),
        List::People { filter, .. } => !filter.words.is_empty(),
        List::Favorites { words, .. } | List::Names { words, .. } => !words.is_empty(),
        List::Reviews { .. } => false,
    }
}
