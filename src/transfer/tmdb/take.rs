//! Films, casts and people as TMDB tells of them become drafts.

use super::facts::{has, id, line, list, number, plain, prose};
use crate::domain::place::{place_by_name, place_from_tmdb};
use crate::domain::{
    Currency, Entity, External, Field, Gender, Language, Money, MovieKind, Origin, Origins, PartialDate, Source,
    canonical_genre, clean_line,
};
use crate::transfer::ImportError;
use crate::transfer::draft::{MovieDraft, Part, PersonDraft, Picture};
use crate::transfer::intake::Intake;
use crate::transfer::table::Verdict;
use serde_json::Value;

/// Where TMDB keeps its pictures, in the size they came in.
const PICTURES: &str = "https://image.tmdb.org/t/p/original";
/// A cast of more people is damage.
const CAST_MAX: usize = 5_000;
/// Films run so many minutes at most.
const MINUTES_MAX: f64 = 1_200.0;
/// Below so many dollars a budget was perhaps meant in thousands or millions.
const SMALL: f64 = 1_000.0;
const TV_MOVIE: u64 = 10_770;
/// TMDB's genres: what it writes beside their numbers depends on the language it was asked in.
const GENRES: [(u64, &str); 18] = [
    (28, "Action"),
    (12, "Adventure"),
    (16, "Animation"),
    (35, "Comedy"),
    (80, "Crime"),
    (99, "Documentary"),
    (18, "Drama"),
    (10_751, "Family"),
    (14, "Fantasy"),
    (36, "History"),
    (27, "Horror"),
    (10_402, "Music"),
    (9_648, "Mystery"),
    (10_749, "Romance"),
    (878, "Science Fiction"),
    (53, "Thriller"),
    (10_752, "War"),
    (37, "Western"),
];
const OTHER_CREW: &str = "credits of crew other than directors";

/// The id of a record at TMDB.
fn tmdb(entity: Entity, of: &Value, key: &str) -> Option<External> {
    External::new(Source::Tmdb, entity, &id(of, key)?)
}

fn picture(of: &Value, key: &str) -> Option<Picture> {
    let path = plain(of, key).filter(|path| path.starts_with('/'))?;
    Some(Picture::at(&format!("{PICTURES}{path}")))
}

/// What was told of a film besides the film, with what is odd about it.
pub(super) struct Told {
    pub draft: MovieDraft,
    pub odd: Vec<String>,
}

/// The film that an object tells of, without its cast.
pub(super) fn film(of: &Value) -> Result<Told, String> {
    let here = tmdb(Entity::Movie, of, "id").ok_or("it has no id of a film")?;
    let title = line(of, "title").or_else(|| line(of, "original_title")).ok_or("it has no title")?;
    let mut odd = Vec::new();
    let original = line(of, "original_title");
    // The language of the original is that of the title where both are one.
    let same = original.as_ref().is_none_or(|original| *original == title);
    let language = plain(of, "original_language").filter(|_| same).and_then(|code| Language::new(&code));
    let imdb = plain(of, "imdb_id").and_then(|id| External::new(Source::Imdb, Entity::Movie, &id));
    let votes = number(of, "vote_count").map(|votes| votes.min(f64::from(u32::MAX)) as u32);
    let rating = number(of, "vote_average").filter(|rating| *rating <= 10.0 && votes.is_some());
    let draft = MovieDraft {
        ids: std::iter::once(here).chain(imdb).collect(),
        released: released(of, &mut odd),
        duration: duration(of, &title, &mut odd),
        budget: budget(of, &title, &mut odd),
        original_title: original.filter(|_| !same),
        alternative_titles: alternative_titles(of),
        kind: genre_ids(of).any(|id| id == TV_MOVIE).then_some(MovieKind::TvMovie),
        description: prose(of, "overview").filter(|text| text != "No overview found."),
        countries: countries(of),
        genres: genres(of),
        poster: picture(of, "poster_path"),
        images: picture(of, "backdrop_path").into_iter().collect(),
        rating: rating.map(|rating| (rating * 100.0).round() as u16),
        votes,
        language,
        title,
        origins: Origins::default().with(Field::Language, Origin::Derived),
        ..MovieDraft::default()
    };
    Ok(Told { draft, odd })
}

/// The date where it is written as TMDB writes it; of another only the year, if it has four digits.
fn released(of: &Value, odd: &mut Vec<String>) -> Option<PartialDate> {
    let text = plain(of, "release_date")?;
    let day = text.split('T').next().unwrap_or_default();
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let year = day.split(|letter: char| !letter.is_ascii_digit()).find(|part| part.len() == 4)?;
    let date = year.parse().ok().and_then(|year| PartialDate::new(year, None, None))?;
    odd.push(format!("of {}, which is no date as TMDB writes them, only the year is kept", clean_line(&text)));
    Some(date)
}

fn duration(of: &Value, title: &str, odd: &mut Vec<String>) -> Option<u32> {
    let minutes = number(of, "runtime")?;
    if !(1.0..=MINUTES_MAX).contains(&minutes) {
        odd.push(format!("{title} would run {minutes} minutes; that is not kept"));
        return None;
    }
    Some((minutes * 60.0).round() as u32)
}

fn budget(of: &Value, title: &str, odd: &mut Vec<String>) -> Option<Money> {
    let dollars = number(of, "budget").filter(|dollars| *dollars < 1e12)?;
    if dollars < SMALL {
        odd.push(format!("{title} would have cost {dollars} dollars; kept, but perhaps it was meant in millions"));
    }
    Some(Money { currency: Currency::USD, amount: (dollars * 10_000.0).round() as i64 })
}

fn genre_ids(of: &Value) -> impl Iterator<Item = u64> {
    let ids = list(of, "genre_ids").iter().filter_map(Value::as_u64);
    list(of, "genres").iter().filter_map(|genre| genre.get("id")?.as_u64()).chain(ids)
}

fn genres(of: &Value) -> Vec<String> {
    let known = |id: u64| GENRES.iter().find(|(known, _)| *known == id).map(|(_, name)| (*name).to_owned());
    let named = list(of, "genres").iter().filter_map(|genre| {
        let id = genre.get("id").and_then(Value::as_u64);
        id.and_then(known).or_else(|| line(genre, "name").filter(|_| id != Some(TV_MOVIE)))
    });
    let numbered = list(of, "genre_ids").iter().filter_map(|id| known(id.as_u64()?));
    let mut genres: Vec<String> = Vec::new();
    for genre in named.chain(numbered).filter_map(|name| canonical_genre(&name)) {
        if !genres.contains(&genre) {
            genres.push(genre);
        }
    }
    genres
}

fn countries(of: &Value) -> Vec<String> {
    let produced = list(of, "production_countries").iter().filter_map(|country| {
        let code = plain(country, "iso_3166_1").and_then(|code| place_from_tmdb(&code));
        code.map(|place| place.code.to_owned()).or_else(|| line(country, "name"))
    });
    let mut countries: Vec<String> = produced.collect();
    if countries.is_empty() {
        let codes = list(of, "origin_country").iter().filter_map(Value::as_str).filter_map(place_from_tmdb);
        countries = codes.map(|place| place.code.to_owned()).collect();
    }
    countries
}

/// Those of an answer about titles, on its own or appended.
fn alternative_titles(of: &Value) -> Vec<String> {
    let titles = of.get("alternative_titles").unwrap_or(of);
    list(titles, "titles").iter().filter_map(|title| line(title, "title")).collect()
}

/// Takes a film with what was appended to it.
pub(super) fn take_film(of: &Value, intake: &mut Intake) -> Result<Result<Vec<String>, String>, ImportError> {
    let Told { mut draft, odd } = match film(of) {
        Ok(told) => told,
        Err(why) => return Ok(Err(why)),
    };
    if let Some(credits) = of.get("credits").filter(|credits| has(credits, &["cast", "crew"]))
        && let Err(why) = add_credits(credits, &mut draft, intake)?
    {
        return Ok(Err(why));
    }
    intake.movie(draft)?;
    Ok(Ok(odd))
}

/// Takes what an answer tells of a film that it only names by its id: its credits, its titles.
pub(super) fn take_more(of: &Value, key: &str, intake: &mut Intake) -> Result<Verdict, ImportError> {
    let Some(id) = tmdb(Entity::Movie, of, key) else { return Ok(Err("it has no id of a film".to_owned())) };
    if !intake.has_movie(&id)? {
        return Ok(Err(format!("nothing tells which film {} is; import its details too", id.id)));
    }
    let mut draft = MovieDraft { ids: vec![id], alternative_titles: alternative_titles(of), ..MovieDraft::default() };
    if let Err(why) = add_credits(of, &mut draft, intake)? {
        return Ok(Err(why));
    }
    intake.movie(draft)?;
    Ok(Ok(()))
}

fn add_credits(of: &Value, draft: &mut MovieDraft, intake: &mut Intake) -> Result<Verdict, ImportError> {
    let (mut cast, crew) = (list(of, "cast").iter().collect::<Vec<_>>(), list(of, "crew"));
    if cast.len() + crew.len() > CAST_MAX {
        return Ok(Err(format!("its cast and crew have more than {CAST_MAX} entries")));
    }
    cast.sort_by_key(|part| part.get("order").and_then(Value::as_u64).unwrap_or(u64::MAX));
    for part in cast {
        match somebody(part) {
            Some(person) => {
                let person = intake.person(person)?;
                let name = line(part, "character").unwrap_or_default();
                draft.cast.push(Part { person, name, ..Part::default() });
            }
            None => intake.report.leave("credits of people without an id or a name", 1),
        }
    }
    for member in crew {
        match somebody(member).filter(|_| is_director(member)) {
            Some(person) => {
                let person = intake.person(person)?;
                if !draft.directors.contains(&person) {
                    draft.directors.push(person);
                }
            }
            None => intake.report.leave(OTHER_CREW, 1),
        }
    }
    Ok(Ok(()))
}

fn is_director(member: &Value) -> bool {
    member.get("job").and_then(Value::as_str) == Some("Director")
}

fn somebody(of: &Value) -> Option<PersonDraft> {
    let here = tmdb(Entity::Person, of, "id")?;
    let name = line(of, "name").or_else(|| line(of, "original_name"))?;
    let gender = match number(of, "gender") {
        Some(1.0) => Gender::Female,
        Some(2.0) => Gender::Male,
        Some(3.0) => Gender::NonBinary,
        _ => Gender::Unknown,
    };
    let imdb = plain(of, "imdb_id").and_then(|id| External::new(Source::Imdb, Entity::Person, &id));
    let known_as = list(of, "also_known_as").iter().filter_map(Value::as_str).map(clean_line);
    let others = line(of, "original_name").into_iter().chain(known_as);
    Some(PersonDraft {
        ids: std::iter::once(here).chain(imdb).collect(),
        other_names: others.filter(|other| !other.is_empty() && *other != name).collect(),
        gender,
        photos: picture(of, "profile_path").into_iter().collect(),
        name,
        ..PersonDraft::default()
    })
}

/// Takes a person with all that is told of them.
pub(super) fn take_person(of: &Value, intake: &mut Intake) -> Result<Verdict, ImportError> {
    let Some(person) = somebody(of) else { return Ok(Err("it has no id or no name of a person".to_owned())) };
    let date = |key| plain(of, key).and_then(|text| text.parse().ok());
    let person = PersonDraft {
        biography: prose(of, "biography"),
        born: date("birthday"),
        died: date("deathday"),
        country: birthplace(of),
        // Where somebody was born is where they are from, as far as we can tell.
        origins: Origins::default().with(Field::Countries, Origin::Derived),
        ..person
    };
    intake.person(person)?;
    Ok(Ok(()))
}

/// The country of `City, Region, Country [now another]`, if it is one.
fn birthplace(of: &Value) -> Option<String> {
    let place = line(of, "place_of_birth")?;
    let country = place.rsplit([',', '-']).next()?.split(['[', '(']).next()?.trim();
    place_by_name(country).map(|place| place.code.to_owned())
}

/// Takes the films that a person's details list, each with this one's credit.
pub(super) fn take_filmography(of: &Value, intake: &mut Intake) -> Result<Vec<String>, ImportError> {
    let (Some(person), Some(credits)) = (somebody(of), of.get("movie_credits")) else { return Ok(Vec::new()) };
    let person = intake.person(person)?;
    let mut skipped = Vec::new();
    let cast = list(credits, "cast").iter().map(|credit| (credit, true));
    let crew = list(credits, "crew").iter().map(|credit| (credit, false));
    for (credit, plays) in cast.chain(crew) {
        if !plays && !is_director(credit) {
            intake.report.leave(OTHER_CREW, 1);
            continue;
        }
        intake.report.read += 1;
        let Told { mut draft, .. } = match film(credit) {
            Ok(told) => told,
            Err(why) => {
                skipped.push(why);
                continue;
            }
        };
        if plays {
            let name = line(credit, "character").unwrap_or_default();
            let billing = credit.get("order").and_then(Value::as_u64).and_then(|order| u32::try_from(order).ok());
            draft.cast.push(Part { person, name, billing: Some(billing.unwrap_or(99)), ..Part::default() });
        } else {
            draft.directors.push(person);
        }
        intake.movie(draft)?;
    }
    Ok(skipped)
}
