//! The first and the last line.

use super::look::Look;
use super::overlays::wrap;
use super::widgets::{cells_of, clear, put};
use crate::app::layout::Pane;
use crate::app::screen::Tab;
use crate::app::{App, words};
use crate::catalog::Row;
use crate::domain::text::width;
use crate::domain::{Entity, Key};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The tabs, who is here, and how much there is.
pub fn header(buf: &mut Buffer, rect: Rect, app: &App, look: &Look) {
    if rect.is_empty() {
        return;
    }
    let here = lit(app.screen().tab());
    let mut tabs = vec![("1", "Movies"), ("2", "People"), ("3", "Favorites")];
    let other = app.screen().tab();
    let name = match other {
        Tab::Names(entity) => words::capital(words::plural(entity)),
        Tab::Reviews => "Review".to_owned(),
        _ => String::new(),
    };
    if !name.is_empty() {
        tabs.push((":", &name));
    }
    let roomy = rect.width >= 60;
    // While a film waits for review its candidates have the numbers.
    let taken = app.screen().detail().row().is_some();
    let mut x = rect.x;
    if roomy {
        x += put(buf, x, rect.y, " cinedex  ", rect.width, look.accent());
    }
    for (at, (key, label)) in tabs.iter().enumerate() {
        let style = if at == here { look.strong().add_modifier(Modifier::REVERSED) } else { Style::new() };
        let text = if taken { format!(" {label} ") } else { format!(" {key} {label} ") };
        x += put(buf, x, rect.y, &text, rect.right().saturating_sub(x), style);
        x = (x + u16::from(roomy)).min(rect.right());
    }
    let room = rect.right().saturating_sub(x);
    if let Some(text) = standings(app).into_iter().map(|text| look.plain(&text)).find(|text| cells_of(text) + 2 <= room)
    {
        let cells = cells_of(&text);
        put(buf, rect.right() - cells - 1, rect.y, &text, cells, look.faint());
    }
}

/// Who is here and how much there is, in ever fewer words.
fn standings(app: &App) -> Vec<String> {
    let who = app.who().map_or_else(|| "guest".to_owned(), |who| who.username.clone());
    let role = app.who().map_or_else(String::new, |who| format!(" · {}", words::standing(who.standing)));
    let Some(summary) = app.summary() else { return Vec::new() };
    let films = words::counted(summary.movies, Entity::Movie);
    let read_only = if summary.read_only { " · read-only" } else { "" };
    let review = match summary.to_review {
        0 => String::new(),
        rows => format!(" · {} to review", words::grouped(rows)),
    };
    vec![
        format!("{who}{role}{read_only}{review} · {films}"),
        format!("{who}{read_only}{review} · {films}"),
        format!("{who}{read_only}{review}"),
        format!("{who}{read_only}"),
        who,
    ]
}

/// Which tab a screen belongs to.
fn lit(tab: Tab) -> usize {
    match tab {
        Tab::Movies | Tab::Record(Key::Movie(_) | Key::Character(_) | Key::Favorite(..)) => 0,
        Tab::People | Tab::Record(Key::Person(_)) => 1,
        Tab::Favorites => 2,
        Tab::Names(_) | Tab::Reviews => 3,
        Tab::Record(_) => usize::MAX,
    }
}

/// What was said last, else the keys that matter here; the task under way and the place in the list.
pub fn footer(buf: &mut Buffer, rect: Rect, app: &App, look: &Look) {
    if rect.is_empty() {
        return;
    }
    let notice = app.notice().map(|notice| {
        let style = if notice.fault { look.fault() } else { look.strong() };
        (look.plain(&format!("{}{}", if notice.fault { "! " } else { "" }, notice.text)), style)
    });
    if let Some((text, style)) = &notice
        && width(text) + 2 > usize::from(rect.width)
    {
        return long_notice(buf, rect, text, *style);
    }
    let mut room = rect.width;
    let left = notice.as_ref().map_or(rect.width / 2, |(text, _)| rect.width.saturating_sub(cells_of(text) + 3));
    room -= put_corner(buf, rect, left.min(rect.width / 2), app, look);
    match notice {
        Some((text, style)) => drop(put(buf, rect.x, rect.y, &format!(" {text}"), room, style)),
        None => hints(buf, Rect { width: room, ..rect }, app, look),
    }
}

/// Beside a query: how many its list has, where that leaves what stands there alone.
pub fn beside_query(buf: &mut Buffer, rect: Rect, app: &App, look: &Look) {
    const TAKEN: u16 = 46;
    if !rect.is_empty() {
        put_corner(buf, rect, rect.width.saturating_sub(TAKEN), app, look);
    }
}

/// The corner as it fits into so many cells on the right; how many it took.
fn put_corner(buf: &mut Buffer, rect: Rect, room: u16, app: &App, look: &Look) -> u16 {
    let fits = |text: &String| cells_of(text) + 2 <= room;
    let Some(text) = corner(app).into_iter().map(|text| look.plain(&text)).find(fits) else { return 0 };
    let cells = cells_of(&text);
    put(buf, rect.right() - cells - 1, rect.y, &text, cells, look.faint());
    cells + 2
}

/// A notice that one line has no room for takes those above the last one too, a few of them.
fn long_notice(buf: &mut Buffer, rect: Rect, text: &str, style: Style) {
    const LINES: usize = 4;
    let lines = wrap(text, rect.width.saturating_sub(2));
    let rows = u16::try_from(lines.len().min(LINES)).unwrap_or(1).min(rect.bottom());
    let area = Rect { y: rect.bottom() - rows, height: rows, ..rect };
    clear(buf, area);
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        put(buf, area.x, y, &format!(" {line}"), area.width, style);
    }
}

/// The task under way and the place in the list, in ever fewer words.
fn corner(app: &App) -> Vec<String> {
    let place = place(app);
    match app.tasks().running() {
        None => vec![place],
        Some(task) => {
            let (title, words) = (task.task.title(), task.words());
            vec![format!("{title}: {words} · {place}"), format!("{words} · {place}"), words, place]
        }
    }
}

/// As many hints as there is room for; the last one, which is help, before any other.
fn hints(buf: &mut Buffer, rect: Rect, app: &App, look: &Look) {
    const GAP: u16 = 3;
    let cells = |(key, label): &(&str, &str)| cells_of(key) + cells_of(label) + 1;
    let hints = app.hints();
    let Some((help, others)) = hints.split_last() else { return };
    let mut x = rect.x + 1;
    let fits = |x: u16, hint| x + cells(hint) <= rect.right();
    let mut show = |x: u16, hint: &(&str, &str)| {
        let key = put(buf, x, rect.y, hint.0, cells(hint), look.accent());
        key + put(buf, x + key, rect.y, &format!(" {}", hint.1), cells(hint), Style::new())
    };
    for hint in others {
        if !fits(x + cells(hint) + GAP, help) {
            break;
        }
        x += show(x, hint) + GAP;
    }
    if fits(x, help) {
        show(x, help);
    }
}

/// The place in the list, or in a long detail.
fn place(app: &App) -> String {
    if let Some(chord) = app.chord_words() {
        return format!("{chord}…");
    }
    let screen = app.screen();
    match screen.list() {
        Some(list) => {
            let marked = match list.marks().len() {
                0 => String::new(),
                marks => format!("{} marked · ", words::grouped(marks as u64)),
            };
            let place = list.row().map(|row| row_place(row, list.total()));
            marked + &place.unwrap_or_default()
        }
        None => detail_place(app),
    }
}

/// A letter stands for all that begin with it; other heads are what they are.
fn row_place(row: &Row, total: Option<u64>) -> String {
    let Some(total) = total else { return row.head.clone() };
    let all = words::grouped(total);
    match row.head.chars().count() {
        0 => all,
        1 if row.head == "–" || row.head == "·" => all,
        1 => format!("{}… of {all}", row.head),
        _ => format!("{} · {all}", row.head),
    }
}

fn detail_place(app: &App) -> String {
    let detail = app.screen().detail();
    let (lines, first) = detail.visible();
    let all = detail.length();
    if app.screen().focus() != Pane::Detail || lines.len() >= all {
        return String::new();
    }
    if first + lines.len() == all { "end".to_owned() } else { format!("{}%", (first + lines.len()) * 100 / all) }
}
