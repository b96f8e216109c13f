//! Drafts become records: new ones, and what changes of those that are there.

use super::draft::{MovieDraft, PersonDraft, is_passing};
use super::error::ImportError;
use super::intake::{Film, Watch};
use super::lookup;
use super::merge::{self, Merge};
use super::report::{Phase, Report};
use crate::domain::place::{place_by_code, place_by_name};
use crate::domain::{
    AccountId, Country, CountryId, Field, FileId, Gender, Genre, GenreId, Key, Movie, MovieId, MovieKind, Origin,
    Origins, Person, PersonId, Record, Timestamp, fold, split_name,
};
use crate::store::read::Read;
use crate::store::spool::Wound;
use crate::store::{Bulk, Glance, warm};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Movies between two words on how far it is.
const PACE: u32 = 32;
/// What the report calls favorites that are nobody's.
const FAVORITES: &str =
    "favorites, as nobody is signed in: sign in (or say --as NAME) and import again, and they are yours";

/// Makes records of drafts and hands them to a bulk load.
pub(super) struct Assembler<'s> {
    pub glance: Glance<'s>,
    pub bulk: Bulk,
    pub report: Report,
    /// By number of the intake; none where the source named somebody and told nothing of them. At first only those
    /// who are there.
    pub people: Vec<Option<PersonId>>,
    pub now: Timestamp,
    /// By folded name, and by the name as it is written.
    pub genres: HashMap<String, GenreId>,
    /// By folded name.
    pub countries: HashMap<String, CountryId>,
    /// Whether what a person entered here gives way.
    pub overwrite: bool,
    /// Files that were changed already.
    pub files: BTreeSet<FileId>,
    /// Files of bytes that came, by key.
    pub kept: HashMap<[u8; 32], FileId>,
    /// Whose the favorites become.
    pub account: Option<AccountId>,
    /// Those that are new.
    pub favorites: Vec<(MovieId, Timestamp)>,
    /// By film and person of the input who is meant there instead.
    pub stand_ins: HashMap<(u32, u32), PersonId>,
    /// The film of the input whose movie is being made.
    pub film: u32,
}

/// Looks at the catalogue, or ends the import where it is another by now.
macro_rules! look {
    ($glance:expr) => {
        $glance.look()?.ok_or(ImportError::Moved)?
    };
}
pub(super) use look;

impl Assembler<'_> {
    /// Makes the people, in the order of their numbers, but for those set aside.
    pub(super) fn make_people(&mut self, drafts: &Wound<PersonDraft>, aside: &HashSet<u32>) -> Result<(), ImportError> {
        let (mut groups, mut next) = (drafts.groups()?, 0);
        while let Some((number, group)) = groups.next_group()? {
            let place = number as usize;
            self.people[next..place].fill(None);
            next = place + 1;
            let there = self.people[place].take();
            if aside.contains(&number) {
                continue;
            }
            let draft = group.into_iter().reduce(PersonDraft::join).expect("a group has a draft");
            self.people[place] = Some(self.make_person(there, draft)?);
        }
        self.people[next..].fill(None);
        Ok(())
    }

    fn make_person(&mut self, there: Option<PersonId>, draft: PersonDraft) -> Result<PersonId, ImportError> {
        let before = match there {
            Some(id) => look!(self.glance).person(id)?,
            None => None,
        };
        let mut person = before.clone().unwrap_or_else(|| new_person(&draft, self.now));
        self.merge_person(&mut person, draft)?;
        person.tidy();
        let changed = before.as_ref() != Some(&person);
        self.report.people.count(before.is_some(), changed);
        let id = match there {
            Some(id) => id,
            None => self.bulk.next_person()?,
        };
        if changed {
            person.updated = self.now;
            self.bulk.put(Key::Person(id), before.map(Record::Person), Record::Person(person))?;
        }
        Ok(id)
    }

    fn merge_person(&mut self, person: &mut Person, draft: PersonDraft) -> Result<(), ImportError> {
        let country = draft.country.as_deref().map(|name| self.country(name)).transpose()?;
        let photos = self.pictures(&person.photos, draft.photos)?;
        let mut merge = Merge { origins: &mut person.origins, told: draft.origins, overwrite: self.overwrite };
        merge.list(Field::Others, &mut person.other_names, draft.other_names);
        merge.fill(Field::Description, &mut person.biography, draft.biography);
        merge.date(Field::Date, &mut person.born, draft.born);
        merge.date(Field::EndDate, &mut person.died, draft.died);
        merge.choose(Field::Kind, &mut person.gender, Some(draft.gender), &Gender::Unknown);
        merge.fill(Field::Countries, &mut person.country, country);
        merge.list(Field::Pictures, &mut person.photos, photos);
        // A name says nothing of whoever is known by an id.
        let known = person.external.iter().any(|id| !id.is_name());
        merge::ids(&mut person.external, draft.ids.into_iter().filter(|id| !(known && id.is_name())).collect());
        Ok(())
    }

    /// Makes the movies and their casts, but for those set aside.
    pub(super) fn make_movies(
        &mut self,
        films: &[Film],
        drafts: &Wound<MovieDraft>,
        watch: &mut Watch,
    ) -> Result<(), ImportError> {
        let mut groups = drafts.groups()?;
        while let Some((number, group)) = groups.next_group()? {
            if number.is_multiple_of(PACE) {
                watch.tell(Phase::Matching, u64::from(number), films.len() as u64)?;
            }
            if films[number as usize].aside {
                continue;
            }
            let draft = group.into_iter().reduce(MovieDraft::join).expect("a group has a draft");
            self.film = number;
            self.make_movie(films[number as usize].movie, draft)?;
        }
        Ok(())
    }

    fn make_movie(&mut self, there: Option<MovieId>, mut draft: MovieDraft) -> Result<(), ImportError> {
        let before = match there {
            Some(id) => look!(self.glance).movie(id)?,
            None => None,
        };
        let id = match there {
            Some(id) => id,
            None => self.bulk.next_movie()?,
        };
        if let Some(since) = draft.favorite {
            self.make_favorite(id, since)?;
        }
        draft.order_cast();
        let cast = std::mem::take(&mut draft.cast);
        let mut movie = before.clone().unwrap_or_else(|| new_movie(&draft, self.now));
        self.merge_movie(&mut movie, draft)?;
        movie.tidy();
        let changed = before.as_ref() != Some(&movie);
        let cast_changed = self.make_cast(id, there.is_some(), &cast)?;
        self.report.movies.count(before.is_some(), changed || cast_changed);
        if changed {
            movie.updated = self.now;
            self.bulk.put(Key::Movie(id), before.map(Record::Movie), Record::Movie(movie))?;
        }
        Ok(())
    }

    /// Who a person of the input is in the movie being made; none where they were set aside.
    pub(super) fn somebody(&self, number: u32) -> Option<PersonId> {
        self.stand_ins.get(&(self.film, number)).copied().or(self.people[number as usize])
    }

    /// Asks memory for people of the input, before [`Assembler::somebody`] needs them.
    pub(super) fn warm_people(&self, numbers: impl Iterator<Item = u32>) {
        warm(numbers.filter_map(|number| self.people.get(number as usize)?.map(|id| id.0)));
    }

    /// Makes a movie a favorite; one that was added before stays as it is.
    fn make_favorite(&mut self, movie: MovieId, since: Timestamp) -> Result<(), ImportError> {
        let Some(account) = self.account else {
            self.report.leave(FAVORITES, 1);
            return Ok(());
        };
        let there = look!(self.glance).favorite(account, movie)?.is_some();
        self.report.favorites.count(there, false);
        if !there {
            self.favorites.push((movie, since));
        }
        Ok(())
    }

    fn merge_movie(&mut self, movie: &mut Movie, mut draft: MovieDraft) -> Result<(), ImportError> {
        let directors = draft.directors.iter().filter_map(|number| self.somebody(*number)).collect();
        let genres = draft.genres.iter().map(|name| self.genre(name)).collect::<Result<_, _>>()?;
        let countries = draft.countries.iter().map(|name| self.country(name)).collect::<Result<_, _>>()?;
        let images = self.pictures(&movie.images, draft.images)?;
        let may = Merge { origins: &mut movie.origins, told: draft.origins, overwrite: self.overwrite }
            .may(Field::Pictures, movie.poster.is_some());
        let poster = match draft.poster.filter(|_| may) {
            Some(picture) => self.picture(movie.poster, picture)?,
            None => None,
        };
        let mut merge = Merge { origins: &mut movie.origins, told: draft.origins, overwrite: self.overwrite };
        merge.name(Field::Name, &mut movie.title, &draft.title);
        merge.fill(Field::Original, &mut movie.original_title, draft.original_title);
        let mut others = draft.alternative_titles;
        others.retain(|title| *title != movie.title && Some(title) != movie.original_title.as_ref());
        merge.list(Field::Others, &mut movie.alternative_titles, others);
        merge.fill(Field::Language, &mut movie.language, draft.language);
        merge.choose(Field::Kind, &mut movie.kind, draft.kind, &MovieKind::Movie);
        merge.fill(Field::Description, &mut movie.description, draft.description);
        merge.fill(Field::Budget, &mut movie.budget, draft.budget);
        merge.date(Field::Date, &mut movie.released, draft.released);
        merge.fill(Field::Duration, &mut movie.duration, draft.duration);
        merge.list(Field::People, &mut movie.directors, directors);
        merge.list(Field::Countries, &mut movie.countries, countries);
        merge.list(Field::Genres, &mut movie.genres, genres);
        merge.fill(Field::Rating, &mut movie.rating, draft.rating);
        merge.fill(Field::Rating, &mut movie.votes, draft.votes);
        merge.list(Field::Pictures, &mut movie.images, images);
        if let Some(poster) = poster {
            merge.set(Field::Pictures, &mut movie.poster, Some(poster));
        }
        draft.ids.retain(|id| !is_passing(id));
        merge::ids(&mut movie.external, draft.ids);
        Ok(())
    }

    /// The genre of a name, made where there is none.
    fn genre(&mut self, name: &str) -> Result<GenreId, ImportError> {
        if let Some(id) = self.genres.get(name) {
            return Ok(*id);
        }
        let folded = fold(name);
        if let Some(id) = self.genres.get(&folded).copied() {
            self.genres.insert(name.to_owned(), id);
            return Ok(id);
        }
        let id = if let Some(id) = lookup::genre(look!(self.glance), name)? {
            id
        } else {
            let id = self.bulk.next_genre()?;
            let genre = Genre { name: name.to_owned(), created: self.now, updated: self.now };
            self.bulk.put(Key::Genre(id), None, Record::Genre(genre))?;
            id
        };
        self.genres.insert(name.to_owned(), id);
        self.genres.insert(folded, id);
        Ok(id)
    }

    /// The country of a code or name, made where there is none.
    fn country(&mut self, name: &str) -> Result<CountryId, ImportError> {
        let place = place_by_code(name).or_else(|| place_by_name(name));
        let folded = fold(place.map_or(name, |place| place.name));
        if let Some(id) = self.countries.get(&folded) {
            return Ok(*id);
        }
        let found = match place {
            Some(place) => lookup::country(look!(self.glance), place)?,
            None => lookup::country_named(look!(self.glance), name)?,
        };
        let id = if let Some(id) = found {
            id
        } else {
            let id = self.bulk.next_country()?;
            let (name, code) = place.map_or((name, None), |place| (place.name, Some(place.code.to_owned())));
            let country = Country { name: name.to_owned(), code, created: self.now, updated: self.now };
            self.bulk.put(Key::Country(id), None, Record::Country(country))?;
            id
        };
        self.countries.insert(folded, id);
        Ok(id)
    }
}

fn new_movie(draft: &MovieDraft, now: Timestamp) -> Movie {
    Movie { title: draft.title.clone(), created: now, updated: now, ..Movie::default() }
}

fn new_person(draft: &PersonDraft, now: Timestamp) -> Person {
    let (first_name, last_name) = draft.split.clone().unwrap_or_else(|| split_name(&draft.name));
    let split = if draft.split.is_some() { Origin::Imported } else { Origin::Derived };
    let origins = Origins::default().with(Field::Split, split);
    let full_name = Some(draft.name.clone());
    Person { first_name, last_name, full_name, origins, created: now, updated: now, ..Person::default() }
}
