//! The list: a title that says what is listed and how, column heads, rows.

use super::cells::{Column, columns, draw_cells};
use crate::app::layout::{Pane, list_rows};
use crate::app::panes::ListPane;
use crate::app::panes::filter::Facet;
use crate::app::screen::{Screen, Tab};
use crate::app::{App, sorting, words};
use crate::catalog::{Cells, List, MovieFilter, Row};
use crate::domain::Entity;
use crate::ui::look::Look;
use crate::ui::widgets::{panel, placard, put, put_right};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Cells before the first column: selection bar, mark, favorite.
const LEAD: u16 = 3;

/// Draws a list.
pub fn draw(buf: &mut Buffer, rect: Rect, list: &ListPane, app: &App, look: &Look) {
    let screen = app.screen();
    let focused = screen.focus() == Pane::List;
    let inner = panel(buf, rect, &title(screen), &subtitle(list, screen, look), focused, look);
    let (rows, selected) = list.visible();
    if rows.is_empty() {
        let lines = empty(list, app);
        let lines: Vec<String> = lines.iter().map(|line| look.plain(line)).collect();
        return placard(buf, inner, &lines, look);
    }
    let columns = columns(list.list(), rows, inner.width.saturating_sub(LEAD));
    let body = list_rows(rect);
    if body.y > inner.y {
        heads(buf, Rect { height: 1, ..inner }, &columns, look);
    }
    for ((at, row), y) in rows.iter().enumerate().zip(body.top()..body.bottom()) {
        let line = Rect { y, height: 1, ..body };
        let marked = list.marks().contains(&row.key);
        draw_row(buf, line, row, &columns, (at == selected, focused, marked), look);
    }
}

fn heads(buf: &mut Buffer, line: Rect, columns: &[Column], look: &Look) {
    let mut x = line.x + LEAD;
    for column in columns {
        if column.right {
            put_right(buf, x, line.y, column.head, column.cells, look.faint());
        } else {
            put(buf, x, line.y, column.head, column.cells, look.faint());
        }
        x += column.cells + 1;
    }
}

fn draw_row(buf: &mut Buffer, line: Rect, row: &Row, columns: &[Column], state: (bool, bool, bool), look: &Look) {
    let (selected, focused, marked) = state;
    let signs = look.signs();
    let style = if selected && focused { look.strong() } else { Style::new() };
    if selected {
        put(buf, line.x, line.y, signs.bar, 1, if focused { look.accent() } else { look.faint() });
    }
    if marked && line.width > 1 {
        put(buf, line.x + 1, line.y, signs.mark, 1, look.accent());
    }
    draw_cells(buf, line, LEAD, row, columns, style, look);
    if selected && focused && !look.color {
        let wide = Rect { x: line.x + 1, width: line.width.saturating_sub(1), ..line };
        buf.set_style(wide.intersection(buf.area), Style::new().add_modifier(Modifier::UNDERLINED));
    }
}

fn title(screen: &Screen) -> String {
    match screen.tab() {
        Tab::Movies => "Movies".to_owned(),
        Tab::People => "People".to_owned(),
        Tab::Favorites => "Favorites".to_owned(),
        Tab::Names(entity) => words::capital(words::plural(entity)),
        Tab::Reviews => "Review".to_owned(),
        Tab::Record(_) => String::new(),
    }
}

/// How the list is sorted and what it is narrowed to.
fn subtitle(list: &ListPane, screen: &Screen, look: &Look) -> String {
    let (signs, what) = (look.signs(), list.list());
    let (_, rising) = sorting::sorted_by(what);
    let sign = if rising { signs.rising } else { signs.falling };
    let mut parts = vec![format!("by {} {sign}", sorting::sorted_words(what))];
    match what {
        List::Reviews { skipped, .. } => parts = vec![if *skipped { "put aside" } else { "as it came" }.to_owned()],
        List::Movies { filter, .. } => parts.extend(chips(filter, screen)),
        List::People { filter, .. } if filter.country.is_some() => parts.extend(country(list)),
        _ => {}
    }
    if !sorting::words(what).is_empty() {
        parts.push(format!("{}{}{}", signs.quotes[0], sorting::words(what), signs.quotes[1]));
    }
    parts.join(&format!(" {} ", signs.dot))
}

/// The country that people are listed of, as their rows name it.
fn country(list: &ListPane) -> Option<String> {
    match list.row().map(|row| &row.cells) {
        Some(Cells::Person(cells)) => cells.country.clone(),
        _ => None,
    }
}

fn chips(filter: &MovieFilter, screen: &Screen) -> Vec<String> {
    let name = |facet| screen.filter().and_then(|pane| pane.name(facet)).unwrap_or("…").to_owned();
    let genres: Vec<String> = filter.genres.iter().map(|id| name(Facet::Genre(*id))).collect();
    let countries: Vec<String> = filter.countries.iter().map(|id| name(Facet::Country(*id))).collect();
    let years = filter.years.iter().map(|(from, to)| match to - from {
        0 => from.to_string(),
        9 => format!("{from}s"),
        _ => format!("{from}–{to}"),
    });
    let years: Vec<String> = years.collect();
    [genres, countries, years].into_iter().filter(|part| !part.is_empty()).map(|part| part.join(" or ")).collect()
}

/// What an empty list says: why, and what to press.
fn empty(list: &ListPane, app: &App) -> Vec<String> {
    if let Some(fault) = list.fault() {
        let sign_in = app.who().is_none() && app.screen().tab() == Tab::Favorites;
        if !sign_in {
            return vec![fault.to_owned()];
        }
    }
    let things = match list.list() {
        List::Movies { .. } | List::Favorites { .. } => words::plural(Entity::Movie),
        List::People { .. } => words::plural(Entity::Person),
        List::Names { entity, .. } => words::plural(*entity),
        List::Reviews { .. } => words::plural(Entity::Movie),
    };
    let typed = sorting::words(list.list());
    let texts: &[&str] = match (list.list(), app.who()) {
        (List::Favorites { .. }, None) => {
            &["Favorites need an account", "f on a film signs in or creates one", "1 goes to the films"]
        }
        _ if !list.is_empty() => &[],
        _ if !typed.is_empty() => return vec![format!("no {things} match “{typed}”"), "esc clears".to_owned()],
        _ if sorting::filtered(list.list()) => {
            return vec![format!("no {things} match the filters"), "esc clears".to_owned()];
        }
        (List::Reviews { skipped: true, .. }, _) => &["Nothing was put aside", ":review lists what waits"],
        (List::Reviews { .. }, _) => {
            &["Nothing waits for review", "doubts of imports come here", "1 goes to the films"]
        }
        (List::Favorites { .. }, _) => &["No favorites yet", "f on any film makes it one", "1 goes to the films"],
        (List::Names { entity: Entity::Account, .. }, _) => {
            &["No accounts yet", "a creates the first, which is a curator"]
        }
        _ => return vec![format!("No {things} yet"), "a adds the first".to_owned()],
    };
    texts.iter().map(|text| (*text).to_owned()).collect()
}
