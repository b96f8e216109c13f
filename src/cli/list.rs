//! `list`: records in the order of their indexes, page after page.

use super::args::{Column, List as Wanted, Listed};
use super::exit::Exit;
use super::names;
use super::output::{Align, Output, Table};
use super::session::{Session, World};
use super::show::json::id;
use crate::catalog::{
    Cells, Fault, FavoriteOrder, List, MovieCells, MovieFilter, MovieOrder, PageQuery, PersonCells, PersonFilter,
    PersonOrder, Row, Start, view_named,
};
use crate::domain::duration::show_duration;
use crate::domain::text::width;
use crate::domain::{CountryId, Entity, PartialDate};
use clap::ValueEnum;
use color_eyre::eyre::{bail, eyre};
use color_eyre::{Report, Result};
use serde_json::{Value, json};

/// Rows asked for at once.
const PAGE: usize = 1000;

/// Lists.
pub fn run(world: &World, wanted: &Wanted, out: &mut Output) -> Result<Exit> {
    let session = world.session()?;
    let wanted = &match &wanted.view {
        Some(name) => saved(&session, name, wanted)?,
        None => wanted.clone(),
    };
    let list = list(&session, wanted)?;
    let mut table = Table::new(&columns(wanted));
    let mut left = wanted.limit.unwrap_or(u64::MAX);
    let mut start = Start::First;
    let mut exit = Exit::Nothing;
    while left > 0 {
        let count = usize::try_from(left).unwrap_or(PAGE).min(PAGE);
        let page = session.page(PageQuery { list: list.clone(), start, count });
        let page = page.map_err(|report| pointed(report, &wanted.words))?;
        left -= page.rows.len() as u64;
        if wanted.json {
            page.rows.iter().try_for_each(|row| out.json(&object(row)))?;
        } else {
            let rows: Vec<_> = page.rows.iter().map(|row| cells(row, wanted.sort)).collect();
            table.page(&rows, out)?;
        }
        let Some(last) = page.rows.last() else { break };
        exit = Exit::Done;
        if !page.after {
            break;
        }
        start = Start::After(last.cursor.clone());
    }
    Ok(exit)
}

/// What a saved view and the words beside it ask for.
fn saved(session: &Session, name: &str, wanted: &Wanted) -> Result<Wanted> {
    let views = session.catalog().views(session.actor())?;
    let view = view_named(&views, name)
        .ok_or_else(|| eyre!("there is no view called {name}; `cinedex view list` shows them"))?;
    let kind = match view.entity {
        Entity::Person => Listed::People,
        Entity::Favorite => Listed::Favorites,
        _ => Listed::Movies,
    };
    let column = Column::from_str(&view.sort, true).map_err(|_| eyre!("the view {name} is sorted by nothing known"))?;
    let words = match (view.query.trim(), wanted.words.trim()) {
        ("", words) | (words, "") => words.to_owned(),
        (query, words) => format!("({query}) ({words})"),
    };
    let (sort, reverse) = match wanted.sort {
        Some(sort) => (sort, wanted.reverse),
        None => (column, (large_first(column) != view.reverse) != wanted.reverse),
    };
    Ok(Wanted { kind, sort: Some(sort), reverse, words, ..wanted.clone() })
}

/// Columns whose usual order starts with the largest.
fn large_first(column: Column) -> bool {
    !matches!(column, Column::Title | Column::Name | Column::Date | Column::Born)
}

/// The longest query that is shown with what is wrong with it.
const SHOWN: usize = 200;

/// Shows which part of the query is wrong.
pub(super) fn pointed(report: Report, query: &str) -> Report {
    let Some(Fault::Query { says, span }) = report.downcast_ref::<Fault>() else { return report };
    if query.len() > SHOWN {
        let letter = query.get(..span.start).map_or(0, |before| before.chars().count()) + 1;
        return eyre!("{says} (at letter {letter} of the query)");
    }
    let query = query.replace(|c: char| c.is_control(), " ");
    let cells = |part: Option<&str>| part.map_or(0, width);
    let (before, wide) = (cells(query.get(..span.start)), cells(query.get(span.clone())).max(1));
    eyre!("{says}\n  {query}\n  {}{}", " ".repeat(before), "^".repeat(wide))
}

/// The list in the catalogue's terms. What does not fit the kind is refused, not passed over.
pub fn list(session: &Session, wanted: &Wanted) -> Result<List> {
    fit(wanted)?;
    let words = wanted.words.clone();
    let turned = |column: Column| large_first(column) != wanted.reverse;
    Ok(match wanted.kind {
        Listed::Movies => {
            let column = wanted.sort.unwrap_or(Column::Popularity);
            let filter = movie_filter(session, wanted, words)?;
            List::Movies { order: movie_order(wanted.kind, column)?, reverse: turned(column), filter }
        }
        Listed::People => {
            let column = wanted.sort.unwrap_or(Column::Popularity);
            let country = countries(session, wanted)?.first().copied();
            let filter = PersonFilter { words, country };
            List::People { order: person_order(wanted.kind, column)?, reverse: turned(column), filter }
        }
        Listed::Favorites => {
            let column = wanted.sort.unwrap_or(Column::Added);
            let order = match column {
                Column::Added => FavoriteOrder::Added,
                Column::Title | Column::Name => FavoriteOrder::Title,
                _ => return unsortable(wanted.kind, column, "added, title"),
            };
            List::Favorites { order, reverse: turned(column), words }
        }
        Listed::Genres => named(Entity::Genre, wanted)?,
        Listed::Countries => named(Entity::Country, wanted)?,
        Listed::Files => named(Entity::File, wanted)?,
        Listed::Accounts => named(Entity::Account, wanted)?,
    })
}

fn fit(wanted: &Wanted) -> Result<()> {
    let kind = word(wanted.kind);
    let (movies, people) = (wanted.kind == Listed::Movies, wanted.kind == Listed::People);
    if !(movies || wanted.genre.is_empty() && wanted.year.is_empty()) {
        bail!("--genre and --year are for movies, not for {kind}");
    }
    if !(movies || people || wanted.country.is_empty()) {
        bail!("--country is for movies and people, not for {kind}");
    }
    if people && wanted.country.len() > 1 {
        bail!("a person is from one country: name one");
    }
    Ok(())
}

fn movie_filter(session: &Session, wanted: &Wanted, words: String) -> Result<MovieFilter> {
    let genres = wanted.genre.iter().map(|name| names::genre(session, name)).collect::<Result<_>>()?;
    let countries = countries(session, wanted)?;
    Ok(MovieFilter { words, genres, countries, years: wanted.year.clone(), person: None })
}

fn countries(session: &Session, wanted: &Wanted) -> Result<Vec<CountryId>> {
    wanted.country.iter().map(|name| names::country(session, name)).collect()
}

fn movie_order(kind: Listed, column: Column) -> Result<MovieOrder> {
    Ok(match column {
        Column::Title | Column::Name => MovieOrder::Title,
        Column::Date => MovieOrder::Released,
        Column::Duration => MovieOrder::Duration,
        Column::Budget => MovieOrder::Budget,
        Column::Rating => MovieOrder::Rating,
        Column::Popularity => MovieOrder::Popularity,
        Column::Added => MovieOrder::Added,
        Column::Born => return unsortable(kind, column, "title, date, duration, budget, rating, popularity, added"),
    })
}

fn person_order(kind: Listed, column: Column) -> Result<PersonOrder> {
    Ok(match column {
        Column::Name => PersonOrder::Name,
        Column::Born => PersonOrder::Born,
        Column::Popularity => PersonOrder::Popularity,
        Column::Added => PersonOrder::Added,
        _ => return unsortable(kind, column, "name, born, popularity, added"),
    })
}

fn named(entity: Entity, wanted: &Wanted) -> Result<List> {
    match wanted.sort {
        None | Some(Column::Name) => {}
        Some(column) => return unsortable(wanted.kind, column, "name"),
    }
    Ok(List::Names { entity, reverse: wanted.reverse, words: wanted.words.clone() })
}

fn unsortable<T>(kind: Listed, column: Column, columns: &str) -> Result<T> {
    bail!("{} cannot be sorted by {}: take one of {columns}", word(kind), word(column))
}

/// The word of the command line.
fn word(value: impl ValueEnum + Copy) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

fn columns(wanted: &Wanted) -> Vec<(&'static str, Align)> {
    use Align::{Left, Right};
    let id = ("ID", Right);
    match wanted.kind {
        Listed::Movies | Listed::Favorites => {
            let mut columns =
                vec![id, ("TITLE", Left), ("DATE", Left), ("TIME", Right), ("COUNTRY", Left), ("DIRECTOR", Left)];
            columns.extend(match wanted.sort {
                Some(Column::Budget) => Some(("BUDGET", Right)),
                Some(Column::Rating) => Some(("RATING", Right)),
                Some(Column::Popularity) => Some(("VOTES", Right)),
                Some(Column::Added) => Some(("ADDED", Left)),
                _ => None,
            });
            columns
        }
        Listed::People => {
            vec![
                id,
                ("NAME", Left),
                ("BORN", Left),
                ("DIED", Left),
                ("COUNTRY", Left),
                ("CREDITS", Right),
                ("KNOWN FOR", Left),
            ]
        }
        Listed::Genres => vec![id, ("NAME", Left), ("MOVIES", Right)],
        Listed::Countries => vec![id, ("NAME", Left), ("MOVIES", Right), ("CODE", Left)],
        Listed::Files => vec![id, ("NAME", Left), ("BYTES", Right), ("TYPE", Left)],
        Listed::Accounts => vec![id, ("NAME", Left), ("", Right), ("ROLE", Left)],
    }
}

fn cells(row: &Row, sort: Option<Column>) -> Vec<String> {
    let mut cells = vec![names::id_text(row.key)];
    match &row.cells {
        Cells::Movie(movie) => cells.extend(movie_cells(movie, sort)),
        Cells::Person(person) => cells.extend(person_cells(person)),
        Cells::Name { name, note, count } => cells.extend([name.clone(), text(count.as_ref()), note.clone()]),
        Cells::Review(_) => unreachable!("`review` lists these"),
    }
    cells
}

fn movie_cells(movie: &MovieCells, sort: Option<Column>) -> Vec<String> {
    let mut cells = vec![
        movie.title.clone(),
        text(movie.released.as_ref()),
        movie.duration.map(show_duration).unwrap_or_default(),
        movie.country.clone().unwrap_or_default(),
        movie.director.clone().unwrap_or_default(),
    ];
    cells.extend(match sort {
        Some(Column::Budget) => Some(movie.budget.map(|budget| budget.human()).unwrap_or_default()),
        Some(Column::Rating) => Some(movie.rating.map(super::show::rating).unwrap_or_default()),
        Some(Column::Popularity) => Some(text(movie.votes.as_ref())),
        Some(Column::Added) => Some(movie.added.to_string()),
        _ => None,
    });
    cells
}

fn person_cells(person: &PersonCells) -> Vec<String> {
    vec![
        person.name.clone(),
        text(person.born.as_ref()),
        text(person.died.as_ref()),
        person.country.clone().unwrap_or_default(),
        person.credits.to_string(),
        person.known_for.clone().unwrap_or_default(),
    ]
}

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn object(row: &Row) -> Value {
    let (kind, id) = (row.key.entity().word(), id(row.key));
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string());
    match &row.cells {
        Cells::Movie(movie) => json!({
            "kind": kind,
            "id": id,
            "title": movie.title,
            "year": movie.released.map(PartialDate::year),
            "released": date(movie.released),
            "duration": movie.duration,
            "country": movie.country,
            "director": movie.director,
            "budget": movie.budget,
            "rating": movie.rating.map(|rating| f64::from(rating) / 100.0),
            "votes": movie.votes,
            "favorite": movie.favorite,
            "added": super::show::json::moment(movie.added),
        }),
        Cells::Person(person) => json!({
            "kind": kind,
            "id": id,
            "name": person.name,
            "born": date(person.born),
            "died": date(person.died),
            "country": person.country,
            "credits": person.credits,
            "known_for": person.known_for,
        }),
        Cells::Name { name, note, count } => {
            json!({ "kind": kind, "id": id, "name": name, "note": note, "count": count })
        }
        Cells::Review(_) => unreachable!("`review` lists these"),
    }
}
