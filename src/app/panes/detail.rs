//! Everything about one record: lines to scroll, links to enter, a picture.

use super::sheet::{Line, Link, Sheet, Slot, slot};
use super::{Step, telling};
use crate::app::desk::Desk;
use crate::app::msg::{Picture, Ticket};
use crate::catalog::{Detail, Fault, Query, ReviewDetail};
use crate::domain::{Key, MovieId};

/// Longer lines are hard to read.
const WIDEST: u16 = 100;

/// The detail of a record.
#[derive(Clone, Debug, Default)]
pub struct DetailPane {
    wanted: Option<Key>,
    waiting: Option<(Ticket, Key)>,
    shown: Option<(Key, Box<Detail>)>,
    fault: Option<String>,
    sheet: Sheet,
    width: u16,
    height: usize,
    top: usize,
    link: Option<usize>,
    /// The candidate in hand, of a film that waits for review.
    choice: usize,
    awaited: Option<(Ticket, Slot)>,
    picture: Option<(Slot, Picture)>,
}

impl DetailPane {
    /// The record shown.
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        self.shown.as_ref().map(|(key, _)| *key)
    }

    /// What is shown.
    #[must_use]
    pub fn detail(&self) -> Option<&Detail> {
        self.shown.as_ref().map(|(_, detail)| &**detail)
    }

    /// The title or name of what is shown.
    #[must_use]
    pub fn name(&self) -> String {
        self.detail().map(telling::name).unwrap_or_default()
    }

    /// Why nothing is shown.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// The lines on the screen, and the number of the first.
    #[must_use]
    pub fn visible(&self) -> (&[Line], usize) {
        let end = (self.top + self.height).min(self.sheet.lines.len());
        (&self.sheet.lines[self.top.min(end)..end], self.top)
    }

    /// How many lines there are in all.
    #[must_use]
    pub fn length(&self) -> usize {
        self.sheet.lines.len()
    }

    /// The selected link's number.
    #[must_use]
    pub fn link_number(&self) -> Option<usize> {
        self.link
    }

    /// The selected link.
    #[must_use]
    pub fn link(&self) -> Option<&Link> {
        self.sheet.links.get(self.link?)
    }

    /// The candidate in hand, of a film that waits for review.
    #[must_use]
    pub fn candidate(&self) -> Option<MovieId> {
        self.row().and_then(|row| row.candidates.get(self.choice)).map(|(_, movie)| movie.id)
    }

    /// The film that waits for review, where one is shown.
    #[must_use]
    pub fn row(&self) -> Option<&ReviewDetail> {
        match self.detail() {
            Some(Detail::Review(row)) => Some(row),
            _ => None,
        }
    }

    /// Takes the next candidate in hand, or the one before, around.
    pub fn choose(&mut self, next: bool, desk: &mut Desk) {
        let count = self.row().map_or(0, |row| row.candidates.len()).max(1);
        self.choose_at((self.choice + if next { 1 } else { count - 1 }) % count, desk);
    }

    /// Takes the candidate at this place in hand.
    pub fn choose_at(&mut self, at: usize, desk: &mut Desk) {
        self.choice = at;
        self.write(desk);
    }

    /// Room for a picture, and the picture once it is here.
    #[must_use]
    pub fn picture(&self) -> Option<(Slot, Option<&Picture>)> {
        let slot = self.sheet.slot?;
        let here = self.picture.as_ref().filter(|(other, _)| *other == slot);
        Some((slot, here.map(|(_, picture)| picture)))
    }

    /// Shows this record as soon as its answer is here; one question at a time is under way.
    pub fn want(&mut self, key: Option<Key>, desk: &mut Desk) {
        if self.wanted == key {
            return;
        }
        self.wanted = key;
        self.fault = None;
        match key {
            Some(key) if self.waiting.is_none() => self.ask(key, desk),
            Some(_) => {}
            None => self.show(None, desk),
        }
    }

    /// What is shown may not be right any more: it is asked for again when it is wanted next.
    pub fn stale(&mut self) {
        self.wanted = None;
        self.waiting = None;
    }

    fn ask(&mut self, key: Key, desk: &mut Desk) {
        self.waiting = Some((desk.ask(Query::Detail(key)), key));
    }

    /// Takes an answer; false if it is not to this pane's question.
    pub fn answered(&mut self, ticket: Ticket, answer: Result<&Detail, &Fault>, desk: &mut Desk) -> bool {
        let Some((_, key)) = self.waiting.take_if(|(waiting, _)| *waiting == ticket) else { return false };
        match (answer, self.wanted) {
            (_, None) => {}
            (_, Some(wanted)) if wanted != key => self.ask(wanted, desk),
            (Ok(detail), _) => self.show(Some((key, Box::new(detail.clone()))), desk),
            (Err(Fault::Cancelled), _) => {}
            (Err(fault), _) => {
                self.show(None, desk);
                self.fault = Some(fault.to_string());
            }
        }
        true
    }

    fn show(&mut self, shown: Option<(Key, Box<Detail>)>, desk: &mut Desk) {
        let same = self.key() == shown.as_ref().map(|(key, _)| *key);
        self.fault = None;
        self.shown = shown;
        if !same {
            self.top = 0;
            self.link = None;
            self.choice = 0;
        }
        self.write(desk);
    }

    /// The pane is now so large.
    pub fn resize(&mut self, width: u16, height: u16, desk: &mut Desk) {
        self.height = usize::from(height.max(1));
        let width = width.min(WIDEST);
        if self.width != width {
            self.width = width;
            self.write(desk);
        }
        self.keep_in_bounds();
    }

    fn write(&mut self, desk: &mut Desk) {
        let slot = self.detail().and_then(telling::picture).and_then(|file| slot(self.width, file));
        let here = slot.is_some() && self.picture.as_ref().map(|(slot, _)| *slot) == slot;
        self.sheet =
            self.detail().map(|detail| telling::tell(detail, self.width, here, self.choice)).unwrap_or_default();
        self.link = self.link.filter(|link| *link < self.sheet.links.len());
        self.keep_in_bounds();
        if let Some(slot) = slot.filter(|_| !here) {
            self.awaited = Some((desk.picture(slot.file, slot.cols, slot.rows), slot));
        }
    }

    fn keep_in_bounds(&mut self) {
        self.top = self.top.min(self.last_top());
    }

    fn last_top(&self) -> usize {
        self.sheet.lines.len().saturating_sub(self.height)
    }

    /// Takes a picture; false if it was not asked for here.
    pub fn pictured(&mut self, ticket: Ticket, picture: Option<&Picture>) -> bool {
        let Some((_, slot)) = self.awaited.take_if(|(awaited, _)| *awaited == ticket) else { return false };
        self.picture = picture.map(|picture| (slot, picture.clone()));
        if let Some(detail) =
            self.detail().filter(|detail| picture.is_some() && telling::picture(detail) == Some(slot.file))
        {
            self.sheet = telling::tell(detail, self.width, true, self.choice);
            self.keep_in_bounds();
        }
        true
    }

    /// Selects the first link on the screen, for a pane that got the focus.
    pub fn focus(&mut self) {
        if self.link.is_none_or(|_| !self.link_visible()) {
            self.link = self.first_link_from(self.top).filter(|link| self.line_of(*link) < self.top + self.height);
        }
    }

    /// Moves down or up: from line to line of links, scrolling where none is in sight.
    pub fn step(&mut self, step: Step) {
        match (step, step.rows(self.height)) {
            (Step::Rows(rows), _) => (0..rows.unsigned_abs()).for_each(|_| self.line_step(rows > 0)),
            (_, Some(rows)) => {
                self.top = self.top.saturating_add_signed(rows).min(self.last_top());
                self.link = if self.top == self.last_top() && rows > 0 {
                    self.sheet.links.len().checked_sub(1)
                } else {
                    self.first_link_from(self.top)
                };
            }
            (Step::First, _) => {
                self.top = 0;
                self.link = self.first_link_from(0);
            }
            _ => {
                self.top = self.last_top();
                self.link = self.sheet.links.len().checked_sub(1);
            }
        }
    }

    fn line_step(&mut self, down: bool) {
        let next = if down { self.next_line_link() } else { self.previous_line_link() };
        let reach = self.top.saturating_sub(1)..self.top + self.height + 1;
        match next.filter(|link| reach.contains(&self.line_of(*link))) {
            Some(link) => {
                self.link = Some(link);
                let line = self.line_of(link);
                self.top = self.top.min(line).max((line + 1).saturating_sub(self.height));
            }
            None if down => self.top = (self.top + 1).min(self.last_top()),
            None => self.top = self.top.saturating_sub(1),
        }
    }

    /// The line that steps start from: the selected link's while it is in sight, else an edge of the view.
    fn current_line(&self) -> Option<usize> {
        self.link.filter(|_| self.link_visible()).map(|link| self.line_of(link))
    }

    fn next_line_link(&self) -> Option<usize> {
        match self.current_line() {
            Some(line) => self.in_column(self.first_link_from(line + 1)?),
            None => self.first_link_from(self.top),
        }
    }

    fn previous_line_link(&self) -> Option<usize> {
        let line = self.current_line().unwrap_or(self.top + self.height);
        let last = self.sheet.links.iter().rposition(|link| link.line < line)?;
        self.in_column(self.first_link_from(self.line_of(last))?)
    }

    /// On the line of link `first`, the link in the column of the selected one, as far as there is one.
    fn in_column(&self, first: usize) -> Option<usize> {
        let column = self.link.map_or(0, |link| link - self.first_link_from(self.line_of(link)).unwrap_or(link));
        let line = self.line_of(first);
        let last = self.sheet.links.iter().rposition(|link| link.line == line)?;
        Some((first + column).min(last))
    }

    /// Moves to the next or previous link of the line; false where there is none.
    pub fn side(&mut self, right: bool) -> bool {
        let Some(link) = self.link else { return false };
        let next = if right { Some(link + 1) } else { link.checked_sub(1) };
        let next = next.filter(|next| self.sheet.links.get(*next).is_some_and(|to| to.line == self.line_of(link)));
        self.link = next.or(self.link);
        next.is_some()
    }

    fn first_link_from(&self, line: usize) -> Option<usize> {
        self.sheet.links.iter().position(|link| link.line >= line)
    }

    fn line_of(&self, link: usize) -> usize {
        self.sheet.links.get(link).map_or(0, |link| link.line)
    }

    fn link_visible(&self) -> bool {
        self.link().is_some_and(|link| (self.top..self.top + self.height).contains(&link.line))
    }
}
