//! A record as one JSON object.

use crate::catalog::{CastLine, CharacterDetail, Detail, MovieDetail, MovieLine, Named, PersonDetail, PlayedLine};
use crate::cli::names::id_text;
use crate::domain::{Account, Country, File, Genre, Key, PartialDate, Timestamp};
use serde_json::{Value, json};

/// The id as JSON: a number, unless it has two parts.
pub fn id(key: Key) -> Value {
    let text = id_text(key);
    text.parse::<u32>().map_or_else(|_| json!(text), |number| json!(number))
}

/// A moment by RFC 3339.
pub fn moment(moment: Timestamp) -> String {
    moment.to_string().replace(' ', "T")
}

/// The object.
pub fn detail(detail: &Detail) -> Value {
    match detail {
        Detail::Movie(detail) => movie(detail),
        Detail::Person(detail) => person(detail),
        Detail::Character(detail) => character(detail),
        Detail::Genre(id, genre, movies) => small_genre(Key::Genre(*id), genre, *movies),
        Detail::Country(id, country, movies, people) => small_country(Key::Country(*id), country, *movies, *people),
        Detail::File(id, record, uses) => file(Key::File(*id), record, uses),
        Detail::Account(id, record, favorites) => account(Key::Account(*id), record, *favorites),
        Detail::Review(_) => unreachable!("`review` shows these"),
    }
}

fn movie(detail: &MovieDetail) -> Value {
    let movie = &detail.movie;
    json!({
        "kind": "movie",
        "id": detail.id,
        "title": movie.title,
        "original_title": movie.original_title,
        "alternative_titles": movie.alternative_titles,
        "language": movie.language,
        "type": movie.kind,
        "description": movie.description,
        "budget": movie.budget,
        "year": movie.released.map(PartialDate::year),
        "released": movie.released,
        "duration": movie.duration,
        "directors": all(&detail.directors),
        "countries": all(&detail.countries),
        "genres": all(&detail.genres),
        "cast": detail.cast.iter().map(cast).collect::<Vec<_>>(),
        "cast_total": detail.cast_total,
        "poster": movie.poster,
        "images": movie.images,
        "external": movie.external,
        "rating": movie.rating.map(|rating| f64::from(rating) / 100.0),
        "votes": movie.votes,
        "favorite": detail.favorite,
        "favorites": detail.favorites,
        "created": moment(movie.created),
        "updated": moment(movie.updated),
    })
}

fn person(detail: &PersonDetail) -> Value {
    let person = &detail.person;
    json!({
        "kind": "person",
        "id": detail.id,
        "name": person.name(),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "full_name": person.full_name,
        "other_names": person.other_names,
        "biography": person.biography,
        "born": person.born,
        "died": person.died,
        "gender": person.gender,
        "country": detail.country.as_ref().map(named),
        "photos": all(&detail.photos),
        "primary_photo": person.primary_photo,
        "external": person.external,
        "directed": detail.directed.iter().map(line).collect::<Vec<_>>(),
        "directed_total": detail.directed_total,
        "played": detail.played.iter().map(played).collect::<Vec<_>>(),
        "played_total": detail.played_total,
        "created": moment(person.created),
        "updated": moment(person.updated),
    })
}

fn character(detail: &CharacterDetail) -> Value {
    let character = &detail.character;
    json!({
        "kind": "character",
        "id": id(Key::Character(detail.id)),
        "name": character.name,
        "description": character.description,
        "role": character.role,
        "movie": line(&detail.movie),
        "actors": all(&detail.actors),
        "billing": character.billing,
        "namesakes": detail.namesakes.iter().map(played).collect::<Vec<_>>(),
        "created": moment(character.created),
        "updated": moment(character.updated),
    })
}

fn small_genre(key: Key, genre: &Genre, movies: u64) -> Value {
    json!({
        "kind": "genre",
        "id": id(key),
        "name": genre.name,
        "movies": movies,
        "created": moment(genre.created),
        "updated": moment(genre.updated),
    })
}

fn small_country(key: Key, country: &Country, movies: u64, people: u64) -> Value {
    json!({
        "kind": "country",
        "id": id(key),
        "name": country.name,
        "code": country.code,
        "movies": movies,
        "people": people,
        "created": moment(country.created),
        "updated": moment(country.updated),
    })
}

fn file(key: Key, file: &File, uses: &[Named]) -> Value {
    json!({
        "kind": "file",
        "id": id(key),
        "name": file.name,
        "mime": file.mime,
        "key": file.key.map(|key| super::human::hex(&key)),
        "url": file.url,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "used_by": uses.iter().map(|one| json!({
            "kind": one.key.entity().word(), "id": id(one.key), "name": one.name,
        })).collect::<Vec<_>>(),
        "created": moment(file.created),
        "updated": moment(file.updated),
    })
}

/// Never with the password's hash.
fn account(key: Key, account: &Account, favorites: u64) -> Value {
    json!({
        "kind": "account",
        "id": id(key),
        "username": account.username,
        "first_name": account.first_name,
        "last_name": account.last_name,
        "email": account.email,
        "avatar": account.avatar,
        "role": account.standing,
        "favorites": favorites,
        "created": moment(account.created),
        "updated": moment(account.updated),
    })
}

fn named(one: &Named) -> Value {
    json!({ "id": id(one.key), "name": one.name })
}

fn all(named_ones: &[Named]) -> Vec<Value> {
    named_ones.iter().map(named).collect()
}

fn cast(one: &CastLine) -> Value {
    let id = id(Key::Character(one.id));
    json!({ "id": id, "name": one.name, "role": one.role, "actors": all(&one.actors) })
}

fn line(movie: &MovieLine) -> Value {
    json!({ "id": movie.id, "title": movie.title, "released": movie.released })
}

fn played(one: &PlayedLine) -> Value {
    let id = id(Key::Character(one.character));
    json!({ "movie": line(&one.movie), "character": id, "name": one.name, "role": one.role })
}
