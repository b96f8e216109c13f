//! Drafts as they wait in the review queue, and back.

use super::draft::{MovieDraft, NOBODY, Part, PersonDraft, Picture};
use crate::domain::{Movie, MovieKind, Person, Told, ToldPart, ToldPerson, ToldPicture};
use std::collections::HashMap;
use std::ffi::OsString;

/// What a draft tells, with those of the input's people that it names.
pub(super) fn told(mut draft: MovieDraft, people: &HashMap<u32, PersonDraft>) -> Told {
    draft.order_cast();
    let mut told = Told::default();
    let mut places: HashMap<u32, u32> = HashMap::new();
    let mut place = |number: u32| {
        *places.entry(number).or_insert_with(|| {
            told.people.push(told_person(people.get(&number).cloned().unwrap_or_default()));
            told.people.len() as u32 - 1
        })
    };
    let directors = draft.directors.iter().map(|number| place(*number)).collect();
    let cast = draft.cast.into_iter().map(|part| ToldPart {
        actors: part.actors().map(&mut place).collect(),
        known_as: part.known_as,
        name: part.name,
        description: part.description,
        role: part.role,
        archive: part.archive,
        billing: part.billing,
        guest: part.guest,
    });
    let cast = cast.collect();
    Told {
        movie: Movie {
            title: draft.title,
            original_title: draft.original_title,
            alternative_titles: draft.alternative_titles,
            language: draft.language,
            kind: draft.kind.unwrap_or_default(),
            description: draft.description,
            budget: draft.budget,
            released: draft.released,
            duration: draft.duration,
            external: draft.ids,
            rating: draft.rating,
            votes: draft.votes,
            origins: draft.origins,
            ..Movie::default()
        },
        directors,
        countries: draft.countries,
        genres: draft.genres,
        poster: draft.poster.and_then(told_picture),
        images: draft.images.into_iter().filter_map(told_picture).collect(),
        cast,
        favorite: draft.favorite,
        people: told.people,
    }
}

fn told_person(draft: PersonDraft) -> ToldPerson {
    let (first_name, last_name) = draft.split.unwrap_or_default();
    ToldPerson {
        person: Person {
            first_name,
            last_name,
            full_name: Some(draft.name),
            other_names: draft.other_names,
            biography: draft.biography,
            born: draft.born,
            died: draft.died,
            gender: draft.gender,
            external: draft.ids,
            origins: draft.origins,
            ..Person::default()
        },
        country: draft.country,
        photos: draft.photos.into_iter().filter_map(told_picture).collect(),
    }
}

/// A file whose name is no text is not waited for.
fn told_picture(picture: Picture) -> Option<ToldPicture> {
    Some(match picture {
        Picture::Address { url, width, height } => ToldPicture { url, width, height, here: false },
        Picture::Here(path) => ToldPicture { url: path.into_string().ok()?, here: true, ..ToldPicture::default() },
    })
}

/// The draft of what was told; `people` are the numbers that the intake gave its people.
pub(super) fn draft(told: Told, people: &[u32]) -> MovieDraft {
    let Told { movie, directors, countries, genres, poster, images, cast, favorite, .. } = told;
    MovieDraft {
        ids: movie.external,
        fallback: None,
        title: movie.title,
        original_title: movie.original_title,
        alternative_titles: movie.alternative_titles,
        language: movie.language,
        kind: Some(movie.kind).filter(|kind| *kind != MovieKind::default()),
        description: movie.description,
        budget: movie.budget,
        released: movie.released,
        duration: movie.duration,
        directors: directors.into_iter().map(|place| people[place as usize]).collect(),
        countries,
        genres,
        poster: poster.map(picture),
        images: images.into_iter().map(picture).collect(),
        rating: movie.rating,
        votes: movie.votes,
        cast: cast.into_iter().map(|part| draft_part(part, people)).collect(),
        favorite,
        origins: movie.origins,
    }
}

fn draft_part(told: ToldPart, people: &[u32]) -> Part {
    let mut actors = told.actors.into_iter().map(|place| people[place as usize]);
    Part {
        person: actors.next().unwrap_or(NOBODY),
        others: actors.collect(),
        known_as: told.known_as,
        name: told.name,
        description: told.description,
        role: told.role,
        billing: told.billing,
        archive: told.archive,
        place: None,
        guest: told.guest,
    }
}

/// The draft of a person who was told of.
pub(super) fn person(told: ToldPerson) -> PersonDraft {
    let name = told.person.name();
    let Person { first_name, last_name, other_names, biography, born, died, gender, external, origins, .. } =
        told.person;
    PersonDraft {
        ids: external,
        name,
        split: Some((first_name, last_name)).filter(|split| *split != Default::default()),
        other_names,
        biography,
        born,
        died,
        gender,
        country: told.country,
        photos: told.photos.into_iter().map(picture).collect(),
        origins,
    }
}

fn picture(told: ToldPicture) -> Picture {
    if told.here {
        return Picture::Here(OsString::from(told.url));
    }
    Picture::Address { url: told.url, width: told.width, height: told.height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_waits_whole() {
        let part = |person| Part { person, name: "Rosa".to_owned(), ..Part::default() };
        let cast = vec![Part { billing: Some(4), guest: true, ..part(1) }, part(0)];
        let movie = MovieDraft { cast: cast.clone(), directors: vec![1], ..MovieDraft::default() };
        let people = [(0, PersonDraft::default()), (1, PersonDraft::default())].into();
        let told = told(movie, &people);
        assert_eq!(draft(told, &[1, 0]).cast, cast);
    }
}
