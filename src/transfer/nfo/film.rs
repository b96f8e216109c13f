//! What the elements of a film say, whichever program wrote them.

use super::text;
use super::tree::Element;
use crate::domain::{
    Entity, External, PartialDate, Source, canonical_genre, clean_line, clean_prose, fold, is_known_genre,
    parse_duration, place_by_name,
};

/// Minutes that a film lasts at most.
const LONGEST: u32 = 1_200;
/// Entries of one list that are read at most.
const LIST: usize = 5_000;
/// Addresses of fanart that are kept at most: scrapers list whatever they find.
const FANART: usize = 8;

/// A film as an NFO file tells of it, read or to be written.
#[derive(Debug, Default)]
pub(super) struct Film {
    pub title: String,
    pub original_title: Option<String>,
    pub description: Option<String>,
    pub released: Option<PartialDate>,
    /// In seconds.
    pub duration: Option<u32>,
    pub genres: Vec<String>,
    pub countries: Vec<String>,
    pub directors: Vec<String>,
    /// In hundredths, from 0 to 10.
    pub rating: Option<u16>,
    pub votes: Option<u32>,
    /// That of IMDb first.
    pub ids: Vec<External>,
    /// In the order of billing.
    pub actors: Vec<Actor>,
    /// An address, or the name of a file beside the film.
    pub poster: Option<String>,
    pub fanart: Vec<String>,
    pub favorite: bool,
    /// Values that were left out in reading: line and why.
    pub odd: Vec<(u64, String)>,
}

/// Somebody of the cast.
#[derive(Debug, Default)]
pub(super) struct Actor {
    pub name: String,
    /// What they play.
    pub part: String,
    pub ids: Vec<External>,
    /// An address, or the name of a file beside the film.
    pub photo: Option<String>,
}

impl Film {
    /// Reads a `movie` element.
    pub(super) fn read(movie: &Element) -> Film {
        let line = |names: &[&str]| movie.text_of(names).map(clean_line).filter(|text| !text.is_empty());
        let mut film = Film {
            title: line(&["title", "originaltitle"]).unwrap_or_default(),
            original_title: line(&["originaltitle"]),
            description: ["plot", "review", "biography", "outline"]
                .iter()
                .find_map(|name| movie.texts(name).map(clean_prose).find(|text| !text.is_empty())),
            released: released(movie),
            genres: genres(movie),
            countries: countries(movie),
            directors: values(movie, "director"),
            ids: ids(movie),
            actors: actors(movie),
            poster: movie.all("thumb").find(|thumb| is_poster(thumb)).map(|thumb| thumb.text.trim().to_owned()),
            favorite: movie.text_of(&["isuserfavorite"]).is_some_and(|word| word.eq_ignore_ascii_case("true")),
            ..Film::default()
        };
        let fanart = movie.all("fanart").flat_map(|fanart| fanart.all("thumb"));
        for address in fanart.map(|thumb| thumb.text.trim()).filter(|text| !text.is_empty()) {
            if film.fanart.len() < FANART && !film.fanart.iter().any(|one| one == address) {
                film.fanart.push(address.to_owned());
            }
        }
        (film.rating, film.votes) = rating(movie);
        match duration(movie) {
            Ok(seconds) => film.duration = seconds,
            Err((line, why)) => film.odd.push((line, why)),
        }
        for name in film.countries.iter().filter(|name| place_by_name(name).is_none()) {
            let line = movie.all("country").next().map_or(movie.line, |country| country.line);
            film.odd.push((line, format!("{name} is no country that cinedex knows; it was taken as it is written")));
        }
        film
    }
}

fn is_poster(thumb: &Element) -> bool {
    let aspect = thumb.attribute("aspect").unwrap_or_default();
    !thumb.text.trim().is_empty() && (aspect.is_empty() || aspect.eq_ignore_ascii_case("poster"))
}

/// Every value of a repeated tag, those that stand in one apart, each once.
fn values(movie: &Element, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in movie.texts(name).flat_map(|text| text.split('|')).flat_map(|text| text.split(" / ")) {
        let value = clean_line(value.trim_matches([',', ' ']));
        if !value.is_empty() && found.len() < LIST && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

fn genres(movie: &Element) -> Vec<String> {
    let halves = |value: &String| -> Vec<String> {
        let known = value.contains('/') && value.split('/').all(is_known_genre);
        if known { value.split('/').map(str::to_owned).collect() } else { vec![value.clone()] }
    };
    values(movie, "genre").iter().flat_map(halves).filter_map(|genre| canonical_genre(&genre)).collect()
}

fn countries(movie: &Element) -> Vec<String> {
    values(movie, "country").into_iter().filter(|name| !fold(name).is_empty()).collect()
}

fn released(movie: &Element) -> Option<PartialDate> {
    let day = |text: &str| text.split(['T', ' ']).next()?.parse::<PartialDate>().ok();
    let dated = ["premiered", "releasedate", "aired"].iter().find_map(|name| movie.texts(name).find_map(day));
    let year = || movie.texts("year").find_map(|text| text.parse().ok()).filter(|year: &u16| *year > 1850);
    dated.or_else(|| PartialDate::new(year()?, None, None))
}

fn duration(movie: &Element) -> Result<Option<u32>, (u64, String)> {
    if let Some(runtime) = movie.all("runtime").find(|runtime| !matches!(runtime.text.trim(), "" | "0")) {
        let text = runtime.text.trim();
        let odd = || (runtime.line, format!("a running time of {} is none; it was left out", clean_line(text)));
        return minutes(text)
            .filter(|minutes| (1..=LONGEST).contains(minutes))
            .map(|minutes| Some(60 * minutes))
            .ok_or_else(odd);
    }
    let video = movie.all("fileinfo").flat_map(|info| info.all("streamdetails")).flat_map(|all| all.all("video"));
    let seconds = video.filter_map(|video| video.text_of(&["durationinseconds"])?.parse::<u32>().ok());
    Ok(seconds.map(|seconds| seconds / 60).find(|minutes| (1..=LONGEST).contains(minutes)).map(|minutes| 60 * minutes))
}

/// `120`, `120.0`, `120 min`; `1h 50m` too.
fn minutes(text: &str) -> Option<u32> {
    let number = text.parse::<f64>().ok().map(|minutes| minutes.round() as u32);
    number.or_else(|| parse_duration(text).ok().map(|seconds| seconds / 60))
}

/// The rating that is the default one, else the first that is no critic's score, and its votes.
fn rating(movie: &Element) -> (Option<u16>, Option<u32>) {
    let all: Vec<&Element> = movie.all("ratings").flat_map(|ratings| ratings.all("rating")).collect();
    let score = |rating: &Element| {
        let max = rating.attribute("max").and_then(|max| max.parse().ok()).unwrap_or(10.0);
        hundredths(rating.text_of(&["value"])?, max)
    };
    let is_default = |rating: &&&Element| rating.attribute("default") == Some("true");
    let is_critics = |rating: &Element| rating.attribute("name").is_some_and(|name| name.contains("tomato"));
    let mut first = all.iter().find(is_default).into_iter().chain(all.iter().filter(|rating| !is_critics(rating)));
    let found = first.find_map(|rating| Some((score(rating)?, rating.text_of(&["votes"]))));
    let old = || {
        let text = movie.text_of(&["rating", "communityrating"])?;
        Some((hundredths(&text.replace(',', "."), 10.0)?, movie.text_of(&["votes"])))
    };
    match found.or_else(old) {
        Some((rating, votes)) => (Some(rating), votes.and_then(count)),
        None => (None, None),
    }
}

fn hundredths(value: &str, max: f64) -> Option<u16> {
    let value = value.parse::<f64>().ok()? / max * 1_000.0;
    (value > 0.0 && value <= 1_000.0).then(|| value.round() as u16)
}

/// A number that may have its thousands apart.
fn count(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '.' | '\'') && !c.is_whitespace()).collect();
    digits.parse().ok()
}

fn ids(movie: &Element) -> Vec<External> {
    let id = |source, raw: &str| External::new(source, Entity::Movie, raw);
    let of = |source, kind: &str, names: &[&str]| {
        let unique =
            movie.all("uniqueid").filter(|one| one.attribute("type").is_some_and(|is| is.eq_ignore_ascii_case(kind)));
        let (chosen, others): (Vec<&Element>, Vec<&Element>) =
            unique.partition(|one| one.attribute("default") == Some("true"));
        let old = movie.all("id").filter_map(|old| old.attribute(kind));
        let texts = chosen.into_iter().chain(others).map(|one| one.text.trim());
        texts.chain(old).chain(names.iter().filter_map(|name| movie.text_of(&[name]))).find_map(|raw| id(source, raw))
    };
    let imdb = of(Source::Imdb, "imdb", &["imdbid", "imdb", "imdb_id"]).or_else(|| {
        let old = movie.texts("id").find(|text| text.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("tt")));
        id(Source::Imdb, old?)
    });
    let tmdb = of(Source::Tmdb, "tmdb", &["tmdbid"]);
    imdb.into_iter().chain(tmdb).collect()
}

fn actors(movie: &Element) -> Vec<Actor> {
    let is_cast = |actor: &&Element| {
        let kind = actor.text_of(&["type"]);
        kind.is_none_or(|kind| ["Actor", "GuestStar"].iter().any(|cast| kind.eq_ignore_ascii_case(cast)))
    };
    let place = |actor: &Element| actor.text_of(&["order", "sortorder"])?.parse::<i64>().ok();
    let mut all: Vec<&Element> = movie.all("actor").filter(is_cast).take(LIST).collect();
    if all.iter().all(|actor| place(actor).is_some()) {
        all.sort_by_key(|actor| place(actor));
    }
    all.into_iter().filter_map(actor).collect()
}

fn actor(actor: &Element) -> Option<Actor> {
    let id = |source, names: &[&str]| {
        names.iter().find_map(|name| External::new(source, Entity::Person, actor.text_of(&[name])?))
    };
    let name = clean_line(actor.text_of(&["name"])?);
    let part = actor.text_of(&["role"]).map(clean_line).unwrap_or_default();
    let ids = id(Source::Imdb, &["imdbid"]).into_iter().chain(id(Source::Tmdb, &["tmdbid"])).collect();
    let photo = actor.text_of(&["thumb"]).map(str::to_owned);
    (!fold(&name).is_empty()).then_some(Actor { name, part, ids, photo })
}

/// The ids that a text behind the film tells besides.
pub(super) fn join_ids(ids: &mut Vec<External>, tail: &str) {
    for id in text::ids(tail) {
        if ids.iter().all(|known| known.source != id.source) {
            ids.push(id);
        }
    }
    ids.sort_by_key(|id| id.source);
}

#[cfg(test)]
mod tests;
