//! What a detail says of a film that waits for review: its facts beside those of the candidate in hand.

use super::sheet::{Piece, Tone, Writer};
use crate::app::desk::Target;
use crate::app::words::{self, counted};
use crate::catalog::{MovieDetail, Named, ReviewDetail};
use crate::domain::place::place_by_code;
use crate::domain::text::{clip, pad, width};
use crate::domain::{Entity, Key, PartialDate, Told, fold, show_duration};

/// Cells of the labels, with what parts them from the facts.
const LABEL: usize = 10;
/// Cells of the sign before what differs.
const SIGN: usize = 2;
/// So many names of a cast are compared.
const NAMES: usize = 12;

/// A fact on either side.
struct Fact {
    label: &'static str,
    film: String,
    movie: String,
    differs: bool,
}

/// Writes a row of the queue, with the candidate of this number beside it.
pub fn tell(writer: &mut Writer, detail: &ReviewDetail, choice: usize, cells: u16) {
    let review = &detail.review;
    writer.words(&review.film.movie.title, Tone::Title);
    writer.words(&words::capital(words::why(review.why)), Tone::Plain);
    let by = detail.by.iter().map(|name| format!("by {name}"));
    let day = review.created.to_string().get(..10).unwrap_or_default().to_owned();
    let found: Vec<String> = [review.source.to_string(), review.place.clone(), day]
        .into_iter()
        .chain(by)
        .filter(|one| !one.is_empty())
        .collect();
    writer.flow(found.into_iter().map(Piece::faint).collect(), " · ");
    if review.skipped {
        writer.words("put aside", Tone::Heading);
    }
    if !detail.candidates.is_empty() {
        let which = format!("It may be {} of {}", choice + 1, detail.candidates.len());
        writer.heading(if detail.candidates.len() > 1 { &which } else { "It may be" });
    }
    for (at, (candidate, movie)) in detail.candidates.iter().enumerate() {
        let sign = if at == choice { "●" } else { "○" };
        let sign = if detail.candidates.len() > 1 { format!("{sign} {} ", at + 1) } else { format!("{sign} ") };
        let year = movie.movie.released.map(|date| format!(" ({})", date.year())).unwrap_or_default();
        let target = Target::Key(Key::Movie(movie.id));
        let name = Piece::link(format!("{}{year}", movie.movie.title), target);
        writer.flow(vec![Piece::sign(sign), name, Piece::faint(format!(" {}", words::likeness(candidate)))], "");
    }
    match detail.candidates.get(choice) {
        Some((_, movie)) => compare(writer, &review.film, movie, usize::from(cells)),
        None => writer.heading("Nothing that it may be is left: n makes it new, m finds a film that it is"),
    }
    if detail.alike > 1 {
        writer.heading(&format!("{} wait like this one: A", counted(detail.alike, Entity::Movie)));
    }
    if let Some(text) = &review.film.movie.description {
        writer.blank();
        writer.words(text, Tone::Plain);
    }
}

fn compare(writer: &mut Writer, film: &Told, movie: &MovieDetail, cells: usize) {
    let column = cells.saturating_sub(LABEL + SIGN + 1) / 2;
    writer.blank();
    row(writer, column, ("", Tone::Faint), false, "to review", "here");
    for fact in facts(film, movie) {
        let (left, right) = (lines(&fact.film, column), lines(&fact.movie, column));
        for at in 0..left.len().max(right.len()).max(1) {
            let of = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
            let label = if at == 0 { fact.label } else { "" };
            row(writer, column, (label, Tone::Plain), fact.differs && at == 0, &of(&left), &of(&right));
        }
    }
}

fn row(writer: &mut Writer, column: usize, (label, tone): (&str, Tone), differs: bool, left: &str, right: &str) {
    let piece = |text: String| if tone == Tone::Faint { Piece::faint(text) } else { Piece::plain(text) };
    let label = pad(&clip(label, LABEL - 1), LABEL);
    let sign = if differs { "≠ " } else { "  " };
    let pieces = vec![Piece::faint(label), Piece::sign(sign), piece(pad(left, column + 1)), piece(right.to_owned())];
    writer.columns(pieces);
}

fn facts(film: &Told, detail: &MovieDetail) -> Vec<Fact> {
    let (told, there) = (&film.movie, &detail.movie);
    let date = |date: Option<_>| date.map(words::date).unwrap_or_default();
    let time = |seconds: Option<u32>| seconds.map(show_duration).unwrap_or_default();
    let money = |money: Option<crate::domain::Money>| money.map(|money| money.human()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let person = |place: &u32| film.people.get(*place as usize).map(|told| told.person.name());
    let countries = film.countries.iter().map(|one| place_by_code(one).map_or(one.as_str(), |place| place.name));
    let cast = detail.cast.iter().flat_map(|line| &line.actors).map(|actor| actor.name.as_str());
    let facts = vec![
        value("Title", told.title.clone(), there.title.clone()),
        value("Original", text(&told.original_title), text(&there.original_title)),
        Fact {
            differs: !says_less(told.released, there.released),
            ..value("Released", date(told.released), date(there.released))
        },
        value("Kind", words::kind(told.kind).to_owned(), words::kind(there.kind).to_owned()),
        value("Time", time(told.duration), time(there.duration)),
        list("Directed", film.directors.iter().filter_map(person), names(&detail.directors)),
        list("Countries", countries.map(str::to_owned), names(&detail.countries)),
        list("Genres", film.genres.iter().cloned(), names(&detail.genres)),
        value("Budget", money(told.budget), money(there.budget)),
        list("Cast", film.cast.iter().flat_map(|part| &part.actors).filter_map(person), cast),
    ];
    facts.into_iter().filter(|fact| !(fact.film.is_empty() && fact.movie.is_empty())).collect()
}

/// Whether a date says nothing but what the other says too.
fn says_less(film: Option<PartialDate>, movie: Option<PartialDate>) -> bool {
    match (film, movie) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(film), Some(movie)) => film.earliest() <= movie.earliest() && movie.latest() <= film.latest(),
    }
}

fn value(label: &'static str, film: String, movie: String) -> Fact {
    let differs = !film.is_empty() && fold(&film) != fold(&movie);
    Fact { label, film, movie, differs }
}

/// A list differs where the film has somebody or something that the movie has not.
fn list<'a>(label: &'static str, film: impl Iterator<Item = String>, movie: impl Iterator<Item = &'a str>) -> Fact {
    let (film, movie): (Vec<String>, Vec<&str>) = (film.collect(), movie.collect());
    let there: Vec<String> = movie.iter().map(|name| fold(name)).collect();
    let differs = film.iter().any(|name| !there.contains(&fold(name)));
    Fact { label, film: first(film.iter().map(String::as_str)), movie: first(movie.into_iter()), differs }
}

/// The first names, one a line.
fn first<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NAMES);
    let mut lines: Vec<String> = names.take(NAMES).map(str::to_owned).collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}

fn names(named: &[Named]) -> impl Iterator<Item = &str> {
    named.iter().map(|one| one.name.as_str())
}

/// Text in lines of so many cells.
fn lines(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && width(&line) + 1 + width(word) > cells {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&clip(word, cells));
        }
        lines.push(line);
    }
    lines
}
