//! Imports and exports.

use super::paint::{self, Panel};
use crate::app::overlays::TaskList;
use crate::app::overlays::tasks::Question;
use crate::app::tasks::{Entry, State};
use crate::domain::text::{clean_line, width};
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const OPEN: &[(&str, &str)] = &[("j k", "choose"), ("x", "stop"), ("d u", "scroll"), ("esc", "back")];
const ENDED: &[(&str, &str)] = &[("j k", "choose"), ("d u", "scroll"), ("esc", "back")];
const DOUBTFUL: &[(&str, &str)] = &[("enter", "review"), ("j k", "choose"), ("d u", "scroll"), ("esc", "back")];
const TRIED: &[(&str, &str)] = &[("enter", "do it"), ("j k", "choose"), ("d u", "scroll"), ("esc", "back")];
const ASKED: &[(&str, &str)] = &[("y", "yes"), ("n", "no")];

pub fn draw(buf: &mut Buffer, area: Rect, tasks: &TaskList, look: &Look) {
    let hints = match (tasks.question(), tasks.tried()) {
        (Some(_), _) => ASKED,
        (None, Some(_)) => TRIED,
        _ if tasks.stops() => OPEN,
        _ if tasks.doubts() => DOUBTFUL,
        _ => ENDED,
    };
    let inner = Panel { title: "Tasks", hints, note: "" }.draw(buf, paint::upper(area, 100, 26), look);
    let wanted = u16::try_from(tasks.entries().len()).unwrap_or(u16::MAX);
    let list = Rect { height: wanted.min(inner.height / 3).max(1), ..inner };
    for (y, at) in paint::window(list, tasks.entries().len(), tasks.selected()) {
        let row = Rect { y, height: 1, ..list };
        draw_entry(buf, row, &tasks.entries()[at], at == tasks.selected(), look);
    }
    let below = Rect { y: list.bottom(), height: inner.bottom() - list.bottom(), ..inner };
    paint::rule(buf, Rect { height: below.height.min(1), ..below }, look);
    let body = paint::indent(Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below });
    match question(tasks) {
        Some(text) => drop(paint::prose(buf, body, body.y, &text, paint::fault(look))),
        None => draw_report(buf, body, tasks, look),
    }
}

fn draw_entry(buf: &mut Buffer, row: Rect, entry: &Entry, selected: bool, look: &Look) {
    let style = paint::bar(buf, row, selected, look);
    let words = look.plain(&entry.words());
    let cells = u16::try_from(width(&words)).unwrap_or(u16::MAX).saturating_add(2);
    let room = Rect { width: row.width.saturating_sub(cells.min(row.width / 2)), ..row };
    paint::put(buf, row.x + 1, row.y, room, &entry.task.title(), style);
    let told = if matches!(entry.state, State::Failed(_)) { paint::fault(look) } else { paint::dim(look) };
    paint::put(buf, room.right() + 1, row.y, row, &words, told);
}

fn draw_report(buf: &mut Buffer, body: Rect, tasks: &TaskList, look: &Look) {
    let mut y = body.y;
    for line in tasks.lines().iter().skip(tasks.top()) {
        if y >= body.bottom() {
            let more = look.signs().more;
            let x = body.right().saturating_sub(u16::try_from(width(more) + 2).unwrap_or(0));
            let edge = Rect { y: body.bottom(), height: 1, ..body };
            paint::put(buf, x, edge.y, edge, &format!(" {more} "), paint::plain(look));
            break;
        }
        y = paint::prose(buf, body, y, &clean_line(line), paint::plain(look));
    }
}

fn question(tasks: &TaskList) -> Option<String> {
    let open = || tasks.entries().iter().filter(|entry| entry.open());
    Some(match tasks.question()? {
        Question::Stop(ticket) => {
            let entry = open().find(|entry| entry.ticket == ticket)?;
            format!("Stop {}? Nothing of it will be there. y n", entry.task.title())
        }
        Question::Leave => {
            let names: Vec<String> = open().map(|entry| entry.task.title()).collect();
            if names.is_empty() {
                return Some("It is done by now. Quit? y n".to_owned());
            }
            format!("Quit and stop {}? Nothing of it will be there. y n", names.join(", "))
        }
    })
}
