//! The columns of a list: what fits a width, and what a row shows in them.

use crate::app::sorting::{self, Column as Sorted};
use crate::app::words;
use crate::catalog::{Cells, List, MovieCells, PersonCells, Row};
use crate::domain::{Entity, PartialDate, show_duration};
use crate::ui::look::Look;
use crate::ui::widgets::{put, put_right};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Title or name.
    Name,
    /// Year of release.
    Year,
    /// Years of life.
    Life,
    /// Running time.
    Time,
    /// Director.
    Director,
    /// Country.
    Country,
    /// Budget.
    Budget,
    /// Rating.
    Rating,
    /// Votes.
    Votes,
    /// When it was added.
    Added,
    /// The best-known film.
    KnownFor,
    /// Number of credits, films or bytes.
    Count,
    /// What tells a name apart.
    Note,
    /// Where a film that waits comes from.
    Source,
}

/// A column of the list.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What it shows.
    pub show: Show,
    /// Its heading.
    pub head: &'static str,
    /// Its width.
    pub cells: u16,
    /// Numbers stand flush right.
    pub right: bool,
}

const fn left(show: Show, head: &'static str, cells: u16) -> Column {
    Column { show, head, cells, right: false }
}

const fn right(show: Show, head: &'static str, cells: u16) -> Column {
    Column { show, head, cells, right: true }
}

/// The columns of a list in so many cells; the first takes what the others leave. Votes are left out where no
/// row on the screen has any.
#[must_use]
pub fn columns(list: &List, rows: &[Row], cells: u16) -> Vec<Column> {
    let voted = |row: &Row| matches!(&row.cells, Cells::Movie(movie) if movie.votes.is_some());
    let sorted =
        Some(sorting::sorted_by(list).0).filter(|sorted| *sorted != Sorted::Popularity || rows.iter().any(voted));
    let (head, others) = match list {
        List::Movies { .. } | List::Favorites { .. } => ("Title", movie_columns(sorted, cells)),
        List::People { .. } => ("Name", person_columns(sorting::sorted_by(list).0, cells)),
        List::Names { entity, .. } => ("Name", name_columns(*entity, cells)),
        List::Reviews { .. } => ("Film", review_columns(cells)),
    };
    let used: u16 = others.iter().map(|column| column.cells + 1).sum();
    let mut columns = vec![left(Show::Name, head, cells.saturating_sub(used))];
    columns.extend(others);
    columns
}

fn movie_columns(sorted: Option<Sorted>, cells: u16) -> Vec<Column> {
    let sorted = match sorted {
        Some(Sorted::Budget) => Some(right(Show::Budget, "Budget", 15)),
        Some(Sorted::Rating) => Some(right(Show::Rating, "Rating", 6)),
        Some(Sorted::Popularity) if cells >= 56 => Some(right(Show::Votes, "Votes", 9)),
        Some(Sorted::Added) => Some(left(Show::Added, "Added", 10)),
        _ => None,
    };
    let room = cells.saturating_sub(sorted.map_or(0, |column| column.cells + 1));
    let mut columns = Vec::new();
    columns.extend((cells >= 22).then_some(right(Show::Year, "Year", 4)));
    columns.extend((room >= 34).then_some(right(Show::Time, "Time", 5)));
    columns.extend(sorted.filter(|column| cells >= column.cells + 18));
    columns.extend((room >= 68).then_some(left(Show::Country, "Country", 14)));
    columns.extend((room >= 44).then_some(left(Show::Director, "Director", if room >= 84 { 18 } else { 12 })));
    columns
}

fn person_columns(sorted: Sorted, cells: u16) -> Vec<Column> {
    let mut columns = Vec::new();
    columns.extend((cells >= 24).then_some(left(Show::Life, "Lived", 9)));
    columns.extend((cells >= 36 || sorted == Sorted::Popularity && cells >= 30).then_some(right(
        Show::Count,
        "Credits",
        7,
    )));
    columns.extend((cells >= 84).then_some(left(Show::Country, "Country", 14)));
    columns.extend((cells >= 58).then_some(left(Show::KnownFor, "Known for", (cells / 3).min(30))));
    columns
}

fn review_columns(cells: u16) -> Vec<Column> {
    let mut columns = Vec::new();
    columns.extend((cells >= 22).then_some(right(Show::Year, "Year", 4)));
    columns.extend((cells >= 34).then_some(left(Show::Source, "Source", 10)));
    columns.extend((cells >= 48).then_some(left(Show::Note, "Why", 11)));
    columns
}

fn name_columns(entity: Entity, cells: u16) -> Vec<Column> {
    let (note, count) = match entity {
        Entity::File => ("Type", "Bytes"),
        Entity::Account => ("Role", ""),
        Entity::Country => ("Code", "Films"),
        _ => ("", "Films"),
    };
    let mut columns = Vec::new();
    columns.extend((!note.is_empty() && cells >= 30).then_some(left(Show::Note, note, 12)));
    columns.extend((!count.is_empty() && cells >= 20).then_some(right(Show::Count, count, 10)));
    columns
}

/// Draws what a row shows, its name in the given style; `lead` cells are left free for signs, of which the favorite is drawn here.
pub fn draw_cells(buf: &mut Buffer, line: Rect, lead: u16, row: &Row, columns: &[Column], style: Style, look: &Look) {
    if matches!(&row.cells, Cells::Movie(cells) if cells.favorite) && line.width >= lead {
        put(buf, line.x + lead - 1, line.y, look.signs().heart, 1, look.accent());
    }
    let mut x = line.x + lead.min(line.width);
    for column in columns {
        let cells = column.cells.min(line.right().saturating_sub(x));
        let text = text(&row.cells, column.show, look);
        let style = if column.show == Show::Name { style } else { Style::new() };
        if column.right {
            put_right(buf, x, line.y, &text, cells, style);
        } else {
            put(buf, x, line.y, &text, cells, style);
        }
        x = (x + column.cells + 1).min(line.right());
    }
}

fn text(cells: &Cells, show: Show, look: &Look) -> String {
    match cells {
        Cells::Movie(movie) => movie_text(movie, show),
        Cells::Person(person) => person_text(person, show, look),
        Cells::Name { name, note, count } => match show {
            Show::Name => name.clone(),
            Show::Note => note.clone(),
            Show::Count => count.map(words::grouped).unwrap_or_default(),
            _ => String::new(),
        },
        Cells::Review(row) => match show {
            Show::Name => row.title.clone(),
            Show::Year => row.released.map(|date| date.year().to_string()).unwrap_or_default(),
            Show::Source => row.source.to_string(),
            Show::Note => row.why.to_string(),
            _ => String::new(),
        },
    }
}

fn movie_text(movie: &MovieCells, show: Show) -> String {
    let text = match show {
        Show::Name => Some(movie.title.clone()),
        Show::Year => movie.released.map(|date| date.year().to_string()),
        Show::Time => movie.duration.map(show_duration),
        Show::Director => movie.director.clone(),
        Show::Country => movie.country.clone(),
        Show::Budget => movie.budget.map(|budget| budget.human()),
        Show::Rating => movie.rating.map(|rating| format!("{}.{:02}", rating / 100, rating % 100)),
        Show::Votes => movie.votes.map(|votes| words::grouped(votes.into())),
        Show::Added => movie.added.to_string().get(..10).map(str::to_owned),
        Show::Life | Show::KnownFor | Show::Count | Show::Note | Show::Source => None,
    };
    text.unwrap_or_default()
}

fn person_text(person: &PersonCells, show: Show, look: &Look) -> String {
    match show {
        Show::Name => person.name.clone(),
        Show::Life => life(person.born, person.died, look),
        Show::Country => person.country.clone().unwrap_or_default(),
        Show::KnownFor => person.known_for.clone().unwrap_or_default(),
        Show::Count => words::grouped(person.credits),
        _ => String::new(),
    }
}

fn life(born: Option<PartialDate>, died: Option<PartialDate>, look: &Look) -> String {
    let year = |date: Option<PartialDate>| date.map_or_else(|| "    ".to_owned(), |date| format!("{:>4}", date.year()));
    match (born, died) {
        (None, None) => String::new(),
        (born, None) => year(born),
        (born, died) => format!("{}{}{}", year(born), look.signs().dash, year(died)),
    }
}
