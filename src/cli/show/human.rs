//! A record for people to read.

use crate::catalog::{CastLine, CharacterDetail, Detail, MovieDetail, MovieLine, Named, PersonDetail, PlayedLine};
use crate::cli::names::id_text;
use crate::cli::output::{Align, Output, Table};
use crate::domain::duration::exact_duration;
use crate::domain::{Account, Country, External, File, Gender, Genre, Timestamp, grouped};
use std::fmt::Write as _;
use std::io;

type Facts = Vec<(&'static str, String)>;

/// Prints the record.
pub fn print(detail: &Detail, out: &mut Output) -> io::Result<()> {
    match detail {
        Detail::Movie(detail) => movie(detail, out),
        Detail::Person(detail) => person(detail, out),
        Detail::Character(detail) => character(detail, out),
        Detail::Genre(_, record, movies) => genre(record, *movies, out),
        Detail::Country(_, record, movies, people) => country(record, *movies, *people, out),
        Detail::File(_, record, uses) => file(record, uses, out),
        Detail::Account(_, record, favorites) => account(record, *favorites, out),
        Detail::Review(_) => unreachable!("`review` shows these"),
    }
}

fn movie(detail: &MovieDetail, out: &mut Output) -> io::Result<()> {
    let movie = &detail.movie;
    let rating = movie.rating.map(|rating| match movie.votes {
        Some(votes) => format!("{} of 10, {} votes", super::rating(rating), grouped(votes.into())),
        None => format!("{} of 10", super::rating(rating)),
    });
    let favorite = match (detail.favorite, detail.favorites) {
        (_, 0) => String::new(),
        (true, count) => format!("yours; of {count} in all"),
        (false, count) => format!("of {count}"),
    };
    out.line(&movie.title)?;
    facts(
        vec![
            ("Original title", movie.original_title.clone().unwrap_or_default()),
            ("Also known as", movie.alternative_titles.join(" · ")),
            ("Language", text(movie.language.as_ref())),
            ("Kind", movie.kind.to_string()),
            ("Released", text(movie.released.as_ref())),
            ("Duration", movie.duration.map(exact_duration).unwrap_or_default()),
            ("Budget", movie.budget.map(|budget| budget.human()).unwrap_or_default()),
            ("Rating", rating.unwrap_or_default()),
            ("Directed by", with_ids(&detail.directors)),
            ("Countries", names(&detail.countries)),
            ("Genres", names(&detail.genres)),
            ("Elsewhere", externals(&movie.external)),
            ("Favorite", favorite),
        ],
        (movie.created, movie.updated),
        out,
    )?;
    prose(movie.description.as_deref(), out)?;
    cast(&detail.cast, detail.cast_total, out)
}

fn cast(lines: &[CastLine], total: u64, out: &mut Output) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    heading("Cast", lines.len(), total, out)?;
    let row =
        |line: &CastLine| vec![line.id.to_string(), line.name.clone(), line.role.to_string(), with_ids(&line.actors)];
    let rows: Vec<_> = lines.iter().map(row).collect();
    let left = Align::Left;
    Table::new(&[("ID", left), ("CHARACTER", left), ("ROLE", left), ("ACTOR", left)]).page(&rows, out)
}

fn person(detail: &PersonDetail, out: &mut Output) -> io::Result<()> {
    let person = &detail.person;
    let gender = if person.gender == Gender::Unknown { String::new() } else { person.gender.to_string() };
    out.line(&person.name())?;
    facts(
        vec![
            ("First name", person.first_name.clone()),
            ("Last name", person.last_name.clone()),
            ("Also known as", person.other_names.join(" · ")),
            ("Born", text(person.born.as_ref())),
            ("Died", text(person.died.as_ref())),
            ("Gender", gender),
            ("Country", detail.country.as_ref().map(|country| country.name.clone()).unwrap_or_default()),
            ("Photos", names(&detail.photos)),
            ("Elsewhere", externals(&person.external)),
        ],
        (person.created, person.updated),
        out,
    )?;
    prose(person.biography.as_deref(), out)?;
    if !detail.directed.is_empty() {
        heading("Directed", detail.directed.len(), detail.directed_total, out)?;
        let rows: Vec<_> = detail.directed.iter().map(movie_cells).collect();
        Table::new(&[("ID", Align::Right), ("TITLE", Align::Left), ("DATE", Align::Left)]).page(&rows, out)?;
    }
    if detail.played.is_empty() {
        return Ok(());
    }
    heading("Played", detail.played.len(), detail.played_total, out)?;
    played(&detail.played, out)
}

fn character(detail: &CharacterDetail, out: &mut Output) -> io::Result<()> {
    let character = &detail.character;
    out.line(if character.name.is_empty() { "(no name)" } else { &character.name })?;
    let released = detail.movie.released.map(|date| format!(" ({})", date.year())).unwrap_or_default();
    facts(
        vec![
            ("Movie", format!("{}{released} [{}]", detail.movie.title, detail.movie.id)),
            ("Role", character.role.to_string()),
            ("Played by", with_ids(&detail.actors)),
        ],
        (character.created, character.updated),
        out,
    )?;
    prose(character.description.as_deref(), out)?;
    if detail.namesakes.is_empty() {
        return Ok(());
    }
    heading("Of the same name", detail.namesakes.len(), detail.namesakes.len() as u64, out)?;
    played(&detail.namesakes, out)
}

fn genre(genre: &Genre, movies: u64, out: &mut Output) -> io::Result<()> {
    out.line(&genre.name)?;
    facts(vec![("Movies", movies.to_string())], (genre.created, genre.updated), out)
}

fn country(country: &Country, movies: u64, people: u64, out: &mut Output) -> io::Result<()> {
    out.line(&country.name)?;
    let code = country.code.clone().unwrap_or_default();
    let all = vec![("Code", code), ("Movies", movies.to_string()), ("People", people.to_string())];
    facts(all, (country.created, country.updated), out)
}

fn file(file: &File, uses: &[Named], out: &mut Output) -> io::Result<()> {
    let pixels = file.width.zip(file.height).map(|(width, height)| format!("{width} x {height}"));
    let uses: Vec<_> = uses.iter().map(|one| format!("{} [{}]", one.name, one.key)).collect();
    out.line(&file.name)?;
    facts(
        vec![
            ("Type", file.mime.clone()),
            ("Bytes", file.size.to_string()),
            ("Pixels", pixels.unwrap_or_default()),
            ("URL", file.url.clone().unwrap_or_default()),
            ("SHA-256", file.key.map(|key| hex(&key)).unwrap_or_default()),
            ("Used by", uses.join(", ")),
        ],
        (file.created, file.updated),
        out,
    )
}

fn account(account: &Account, favorites: u64, out: &mut Output) -> io::Result<()> {
    out.line(&account.username)?;
    facts(
        vec![
            ("First name", account.first_name.clone()),
            ("Last name", account.last_name.clone()),
            ("Email", account.email.clone().unwrap_or_default()),
            ("Role", account.standing.to_string()),
            ("Favorites", favorites.to_string()),
        ],
        (account.created, account.updated),
        out,
    )
}

/// Every fact that is known, one a line, and when the record was made and changed.
fn facts(mut facts: Facts, (created, updated): (Timestamp, Timestamp), out: &mut Output) -> io::Result<()> {
    facts.extend([("Created", created.to_string()), ("Updated", updated.to_string())]);
    facts.retain(|(_, value)| !value.is_empty());
    facts.iter().try_for_each(|(label, value)| out.line(&format!("  {label:14}  {value}")))
}

fn prose(text: Option<&str>, out: &mut Output) -> io::Result<()> {
    let Some(text) = text else { return Ok(()) };
    out.line("")?;
    out.prose("  ", text)
}

fn heading(head: &str, shown: usize, total: u64, out: &mut Output) -> io::Result<()> {
    out.line("")?;
    if shown as u64 == total {
        out.line(&format!("{head} ({total})"))
    } else {
        out.line(&format!("{head} ({shown} of {total})"))
    }
}

fn played(lines: &[PlayedLine], out: &mut Output) -> io::Result<()> {
    let row = |line: &PlayedLine| {
        let mut cells = movie_cells(&line.movie);
        cells.extend([line.name.clone(), line.role.to_string()]);
        cells
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    let left = Align::Left;
    Table::new(&[("ID", Align::Right), ("TITLE", left), ("DATE", left), ("CHARACTER", left), ("ROLE", left)])
        .page(&rows, out)
}

fn movie_cells(movie: &MovieLine) -> Vec<String> {
    vec![movie.id.to_string(), movie.title.clone(), text(movie.released.as_ref())]
}

fn names(all: &[Named]) -> String {
    all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn with_ids(all: &[Named]) -> String {
    let with_id = |one: &Named| format!("{} [{}]", one.name, id_text(one.key));
    all.iter().map(with_id).collect::<Vec<_>>().join(", ")
}

fn externals(all: &[External]) -> String {
    all.iter().map(|one| format!("{} {}", one.source, one.id)).collect::<Vec<_>>().join(", ")
}

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
