//! What a detail says of each kind of record, and where its words lead.

use super::reviewing;
use super::sheet::{Piece, Sheet, Tone, Writer};
use crate::app::desk::Target;
use crate::app::words::{self, counted, grouped};
use crate::catalog::{
    CastLine, CharacterDetail, Detail, LINES, MovieDetail, MovieFilter, MovieLine, Named, PersonDetail, PersonFilter,
    PlayedLine,
};
use crate::domain::{
    Account, Country, CountryId, Entity, External, File, FileId, Genre, GenreId, Key, PartialDate, Source,
};

/// A detail as lines of so many columns, with room for its picture where that is here; of a film that waits for
/// review, with the candidate of this number.
#[must_use]
pub fn tell(detail: &Detail, width: u16, pictured: bool, choice: usize) -> Sheet {
    let mut writer = Writer::new(width, picture(detail).filter(|_| pictured));
    match detail {
        Detail::Review(review) => reviewing::tell(&mut writer, review, choice, width),
        other => write(&mut writer, other),
    }
    writer.finish()
}

fn write(writer: &mut Writer, detail: &Detail) {
    match detail {
        Detail::Movie(movie) => tell_movie(writer, movie),
        Detail::Person(person) => tell_person(writer, person),
        Detail::Character(character) => tell_character(writer, character),
        Detail::Genre(id, genre, movies) => tell_genre(writer, *id, genre, *movies),
        Detail::Country(id, country, movies, people) => tell_country(writer, *id, country, *movies, *people),
        Detail::File(_, file, uses) => tell_file(writer, file, uses),
        Detail::Account(_, account, favorites) => tell_account(writer, account, *favorites),
        Detail::Review(_) => {}
    }
}

/// The picture of what a detail shows.
#[must_use]
pub fn picture(detail: &Detail) -> Option<FileId> {
    match detail {
        Detail::Movie(movie) => movie.movie.poster,
        Detail::Person(person) => person.person.primary_photo.or(person.person.photos.first().copied()),
        Detail::File(id, file, _) => Some(*id).filter(|_| file.mime.starts_with("image/") && file.key.is_some()),
        Detail::Account(_, account, _) => account.avatar,
        Detail::Character(_) | Detail::Genre(..) | Detail::Country(..) | Detail::Review(_) => None,
    }
}

/// The title or name of what a detail shows.
#[must_use]
pub fn name(detail: &Detail) -> String {
    match detail {
        Detail::Movie(movie) => movie.movie.title.clone(),
        Detail::Person(person) => person.person.name(),
        Detail::Character(character) => part(&character.character.name),
        Detail::Genre(_, genre, _) => genre.name.clone(),
        Detail::Country(_, country, ..) => country.name.clone(),
        Detail::File(_, file, _) => file.name.clone(),
        Detail::Account(_, account, _) => account.username.clone(),
        Detail::Review(row) => row.review.film.movie.title.clone(),
    }
}

fn tell_movie(writer: &mut Writer, detail: &MovieDetail) {
    let movie = &detail.movie;
    writer.words(&movie.title, Tone::Title);
    if let Some(original) = movie.original_title.as_ref().filter(|original| **original != movie.title) {
        writer.words(original, Tone::Faint);
    }
    let mut facts = Vec::new();
    facts.extend(movie.released.map(|date| Piece::link(words::date(date), year(date))));
    facts.extend(movie.duration.map(|seconds| Piece::plain(crate::domain::duration::show_duration(seconds))));
    facts.extend(Some(words::kind(movie.kind)).filter(|kind| !kind.is_empty()).map(Piece::plain));
    line(writer, facts, " · ");
    line(writer, links(&detail.countries), ", ");
    line(writer, links(&detail.genres), ", ");
    credit(writer, "Directed by ", links(&detail.directors));
    if let Some(budget) = movie.budget {
        writer.words(&format!("Budget {}", budget.human()), Tone::Plain);
    }
    if let Some(rating) = movie.rating {
        let votes = movie.votes.map(|votes| format!(" by {} votes", grouped(votes.into()))).unwrap_or_default();
        writer.words(&format!("Rating {}.{:02}{votes}", rating / 100, rating % 100), Tone::Plain);
    }
    tell_favorite(writer, detail);
    tell_prose(writer, movie.description.as_ref());
    tell_cast(writer, &detail.cast, detail.cast_total);
    tell_others(writer, "Also known as", &movie.alternative_titles);
    let pictures = movie.images.iter().enumerate();
    let pictures = pictures.map(|(at, file)| Piece::link(format!("picture {}", at + 1), Target::Key(Key::File(*file))));
    section(writer, "Pictures", pictures.collect());
    tell_externals(writer, &movie.external);
}

fn tell_favorite(writer: &mut Writer, detail: &MovieDetail) {
    let says = match (detail.favorite, detail.favorites) {
        (true, 0 | 1) => " a favorite of yours".to_owned(),
        (true, all) => format!(" a favorite of yours and {} more", grouped(all - 1)),
        (false, 0) => return,
        (false, all) => format!(" a favorite of {}", counted(all, Entity::Account)),
    };
    writer.flow(vec![Piece::sign("♥"), Piece::plain(says)], "");
}

fn tell_cast(writer: &mut Writer, cast: &[CastLine], total: u64) {
    if cast.is_empty() {
        return;
    }
    writer.heading("Cast");
    for line in cast {
        let character = Target::Key(Key::Character(line.id));
        let mut actors = links(&line.actors);
        if actors.is_empty() {
            actors.push(Piece::faint("unknown"));
        }
        writer.pair(actors, ", ", Piece::link(short_part(&line.name), character), words::role_sign(line.role));
    }
    more(writer, cast.len(), total);
}

fn tell_person(writer: &mut Writer, detail: &PersonDetail) {
    let person = &detail.person;
    writer.words(&person.name(), Tone::Title);
    line(writer, life(person.born, person.died).into_iter().map(Piece::plain).collect(), " · ");
    line(writer, detail.country.iter().map(link).collect(), ", ");
    line(writer, detail.gender().map(|gender| Piece::plain(words::gender(gender))).into_iter().collect(), "");
    tell_prose(writer, person.biography.as_ref());
    if !detail.directed.is_empty() {
        writer.heading("Directed");
        for movie in &detail.directed {
            writer.flow(vec![Piece::faint(year_of(movie)), movie_link(movie)], "  ");
        }
        more(writer, detail.directed.len(), detail.directed_total);
    }
    tell_played(writer, "Played", &detail.played, detail.played_total);
    tell_others(writer, "Also known as", &person.other_names);
    section(writer, "Photos", links(&detail.photos));
    tell_externals(writer, &person.external);
}

fn tell_played(writer: &mut Writer, heading: &str, played: &[PlayedLine], total: u64) {
    if played.is_empty() {
        return;
    }
    writer.heading(heading);
    for line in played {
        let character = Piece::link(short_part(&line.name), Target::Key(Key::Character(line.character)));
        let film = vec![Piece::faint(year_of(&line.movie)), movie_link(&line.movie)];
        writer.pair(film, "  ", character, words::role_sign(line.role));
    }
    more(writer, played.len(), total);
}

fn tell_character(writer: &mut Writer, detail: &CharacterDetail) {
    let character = &detail.character;
    writer.words(&part(&character.name), Tone::Title);
    writer.words(words::role(character.role), Tone::Plain);
    let year = detail.movie.released.map(|date| Piece::faint(format!(" ({})", date.year())));
    let film = std::iter::once(Piece::plain("in ")).chain([movie_link(&detail.movie)]).chain(year);
    writer.flow(film.collect(), "");
    section(writer, "Played by", links(&detail.actors));
    tell_prose(writer, character.description.as_ref());
    tell_played(writer, "The same name elsewhere", &detail.namesakes, detail.namesakes.len() as u64);
}

fn tell_genre(writer: &mut Writer, id: GenreId, genre: &Genre, movies: u64) {
    writer.words(&genre.name, Tone::Title);
    let filter = MovieFilter { genres: vec![id], ..MovieFilter::default() };
    writer.flow(vec![Piece::link(counted(movies, Entity::Movie), Target::Movies(filter))], "");
}

fn tell_country(writer: &mut Writer, id: CountryId, country: &Country, movies: u64, people: u64) {
    writer.words(&country.name, Tone::Title);
    line(writer, country.code.iter().map(Piece::faint).collect(), "");
    let filter = MovieFilter { countries: vec![id], ..MovieFilter::default() };
    writer.flow(vec![Piece::link(counted(movies, Entity::Movie), Target::Movies(filter))], "");
    let filter = PersonFilter { country: Some(id), ..PersonFilter::default() };
    writer.flow(vec![Piece::link(counted(people, Entity::Person), Target::People(filter))], "");
}

fn tell_file(writer: &mut Writer, file: &File, uses: &[Named]) {
    writer.words(&file.name, Tone::Title);
    writer.words(&file.mime, Tone::Plain);
    if let (Some(wide), Some(high)) = (file.width, file.height) {
        writer.words(&format!("{wide} x {high} pixels"), Tone::Plain);
    }
    let kept = if file.key.is_some() { words::size(file.size) } else { "not kept here, only its address".to_owned() };
    writer.words(&kept, Tone::Plain);
    if let Some(url) = &file.url {
        writer.words(url, Tone::Plain);
    }
    if let Some(key) = file.key {
        let digits: Vec<String> = key.iter().map(|byte| format!("{byte:02x}")).collect();
        writer.words(&format!("SHA-256 {}", digits.concat()), Tone::Faint);
    }
    if uses.is_empty() {
        writer.heading("Used nowhere");
    }
    section(writer, "Used by", links(uses));
}

fn tell_account(writer: &mut Writer, account: &Account, favorites: u64) {
    writer.words(&account.username, Tone::Title);
    writer.words(words::standing(account.standing), Tone::Plain);
    let name = crate::domain::join_name(&account.first_name, &account.last_name);
    for fact in [Some(name).filter(|name| !name.is_empty()), account.email.clone()].into_iter().flatten() {
        writer.words(&fact, Tone::Plain);
    }
    writer.words(&counted(favorites, Entity::Favorite), Tone::Plain);
    let created = account.created.to_string();
    writer.words(&format!("here since {}", created.get(..10).unwrap_or(&created)), Tone::Faint);
}

fn tell_prose(writer: &mut Writer, prose: Option<&String>) {
    writer.below_picture();
    if let Some(prose) = prose {
        writer.blank();
        writer.words(prose, Tone::Plain);
    }
}

fn tell_others(writer: &mut Writer, heading: &str, names: &[String]) {
    if !names.is_empty() {
        writer.heading(heading);
        for name in names {
            writer.words(name, Tone::Plain);
        }
    }
}

fn tell_externals(writer: &mut Writer, externals: &[External]) {
    let shown = externals.iter().filter_map(|external| {
        let place = match external.source {
            Source::Imdb => "IMDb",
            Source::Tmdb => "TMDB",
            Source::Letterboxd => "Letterboxd",
            Source::Movielens => "MovieLens",
            Source::Wikipedia if external.id.starts_with('~') => return None,
            Source::Wikipedia => "Wikipedia",
            Source::Freebase => "Freebase",
            Source::Nfo | Source::Table => return None,
        };
        Some(Piece::faint(format!("{place} {}", external.id)))
    });
    section(writer, "Elsewhere", shown.collect());
}

fn section(writer: &mut Writer, heading: &str, pieces: Vec<Piece>) {
    if !pieces.is_empty() {
        writer.heading(heading);
        for piece in pieces {
            writer.flow(vec![piece], "");
        }
    }
}

fn line(writer: &mut Writer, pieces: Vec<Piece>, between: &str) {
    if !pieces.is_empty() {
        writer.flow(pieces, between);
    }
}

/// A few words, then links parted by commas.
fn credit(writer: &mut Writer, words: &str, links: Vec<Piece>) {
    let Some(last) = links.len().checked_sub(1) else { return };
    let mut pieces = vec![Piece::plain(words)];
    for (at, link) in links.into_iter().enumerate() {
        pieces.push(link);
        pieces.extend((at < last).then(|| Piece::plain(", ")));
    }
    writer.flow(pieces, "");
}

fn more(writer: &mut Writer, shown: usize, total: u64) {
    let shown = shown as u64;
    if total > shown {
        let says = if shown >= LINES as u64 { "shown are the first of" } else { "of" };
        writer.words(&format!("… {says} {}", grouped(total)), Tone::Faint);
    }
}

fn link(named: &Named) -> Piece {
    Piece::link(named.name.clone(), Target::Key(named.key))
}

fn links(named: &[Named]) -> Vec<Piece> {
    named.iter().map(link).collect()
}

fn movie_link(movie: &MovieLine) -> Piece {
    Piece::link(movie.title.clone(), Target::Key(Key::Movie(movie.id)))
}

fn year_of(movie: &MovieLine) -> String {
    movie.released.map_or_else(|| "    ".to_owned(), |date| format!("{:>4}", date.year()))
}

fn year(date: PartialDate) -> Target {
    Target::Movies(MovieFilter { years: vec![(date.year(), date.year())], ..MovieFilter::default() })
}

/// A part's name in a list.
fn short_part(name: &str) -> String {
    if name.is_empty() { "-".to_owned() } else { name.to_owned() }
}

/// A part's name, which many sources leave out.
fn part(name: &str) -> String {
    if name.is_empty() { "(part unnamed)".to_owned() } else { name.to_owned() }
}

fn life(born: Option<PartialDate>, died: Option<PartialDate>) -> Option<String> {
    match (born, died) {
        (Some(born), Some(died)) => Some(format!("{} – {}", words::date(born), words::date(died))),
        (Some(born), None) => Some(format!("born {}", words::date(born))),
        (None, Some(died)) => Some(format!("died {}", words::date(died))),
        (None, None) => None,
    }
}
