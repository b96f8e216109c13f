//! A list of which only a window is held: a few screens of rows around the selection.

use super::Step;
use super::marks::Marks;
use crate::app::desk::{Desk, Notice};
use crate::app::msg::Ticket;
use crate::app::sorting;
use crate::catalog::{Cells, Fault, List, Page, PageQuery, Query, Row, Start};
use crate::domain::{Key, MovieId};
use std::collections::BTreeSet;

/// The fewest rows worth asking for.
const LEAST: usize = 40;
/// A window of marks in the making is not cut, up to this many rows.
const LONGEST_RANGE: usize = 10_000;

/// A list and the window of it in hand.
#[derive(Clone, Debug)]
pub struct ListPane {
    list: List,
    rows: Vec<Row>,
    before: bool,
    after: bool,
    total: Option<u64>,
    /// The question of how many rows there are.
    counting: Option<Ticket>,
    selected: usize,
    top: usize,
    height: usize,
    waiting: Option<Waiting>,
    stale: bool,
    /// Steps that led beyond the window and are taken when its rows are here.
    owed: isize,
    marks: Marks,
    fault: Option<String>,
}

/// A question under way.
#[derive(Clone, Debug)]
struct Waiting {
    ticket: Ticket,
    start: Start,
    ask: Ask,
}

/// What to do with the rows of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    /// Take them, selection at the first or where the answer says; `line` is where it stood on the screen.
    Replace { line: usize },
    /// Take them, selection at the last.
    End,
    /// Put them after the window.
    Append,
    /// Put them before the window.
    Prepend,
}

impl Ask {
    fn replaces(self) -> bool {
        matches!(self, Ask::Replace { .. } | Ask::End)
    }
}

impl ListPane {
    /// A list of which nothing is here yet.
    #[must_use]
    pub fn new(list: List) -> Self {
        ListPane {
            list,
            rows: Vec::new(),
            before: false,
            after: false,
            total: None,
            counting: None,
            selected: 0,
            top: 0,
            height: 1,
            waiting: None,
            stale: true,
            owed: 0,
            marks: Marks::default(),
            fault: None,
        }
    }

    /// Which list it is.
    #[must_use]
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The selected row.
    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// The record of the selected row.
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        self.row().map(|row| row.key)
    }

    /// The rows on the screen, and which of them is selected.
    #[must_use]
    pub fn visible(&self) -> (&[Row], usize) {
        let end = (self.top + self.height).min(self.rows.len());
        (&self.rows[self.top.min(end)..end], self.selected.saturating_sub(self.top))
    }

    /// Rows of the whole list, once known.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Nothing is in the list, and that is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && (self.total.is_some() || self.fault.is_some())
    }

    /// Takes the number of rows; false if it is not the answer to this list's question.
    pub fn counted(&mut self, ticket: Ticket, rows: Option<u64>) -> bool {
        let mine = self.counting.take_if(|counting| *counting == ticket).is_some();
        if mine {
            self.total = rows;
        }
        mine
    }

    /// Why the list could not be had.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// The marked records.
    #[must_use]
    pub fn marks(&self) -> &BTreeSet<Key> {
        self.marks.keys()
    }

    /// The movies of the rows in hand that are favorites.
    pub fn favorites(&self) -> impl Iterator<Item = MovieId> {
        self.rows.iter().filter_map(|row| match (&row.cells, row.key) {
            (Cells::Movie(cells), Key::Movie(id) | Key::Favorite(_, id)) if cells.favorite => Some(id),
            _ => None,
        })
    }

    /// The rows in hand may not be right any more: they are asked for again with the next [`Self::sync`].
    pub fn stale(&mut self) {
        self.stale = true;
    }

    /// The list has so many rows on the screen, or is not on it; asks for what it lacks.
    pub fn sync(&mut self, height: Option<u16>, desk: &mut Desk) {
        let height = height.map_or(self.height, |height| usize::from(height.max(1)));
        if self.height != height {
            self.height = height;
            self.scroll();
            self.stock(desk);
        }
        if self.stale {
            self.refresh(desk);
        }
    }

    /// Asks for the rows around the selection again; for the first ones if none are here yet.
    fn refresh(&mut self, desk: &mut Desk) {
        if let Some(Waiting { start, ask, .. }) = self.waiting.take_if(|waiting| waiting.ask.replaces()) {
            return self.ask(start, ask, desk);
        }
        let start = self.row().map_or(Start::First, |row| Start::Around(row.key, Some(row.cursor.clone())));
        let line = self.selected.saturating_sub(self.top);
        self.ask(start, Ask::Replace { line }, desk);
    }

    /// Goes to a record, wherever in the list it is.
    pub fn go_to(&mut self, key: Key, desk: &mut Desk) {
        match self.rows.iter().position(|row| row.key == key) {
            Some(at) if self.waiting.is_none() => {
                self.selected = at;
                self.scroll();
                self.refresh(desk);
            }
            _ => self.ask(Start::Around(key, None), Ask::Replace { line: self.height / 2 }, desk),
        }
    }

    /// Changes the list; true if that makes it another. The selection stays on its record if `keep` says so.
    pub fn change(&mut self, change: impl FnOnce(&mut List) -> bool, keep: bool, desk: &mut Desk) -> bool {
        if !change(&mut self.list) {
            return false;
        }
        self.marks.end_range();
        self.owed = 0;
        let start = match self.key() {
            Some(key) if keep => Start::Around(key, None),
            _ => Start::First,
        };
        let line = if keep { self.selected.saturating_sub(self.top) } else { 0 };
        self.ask(start, Ask::Replace { line }, desk);
        true
    }

    /// Sorts by a column.
    pub fn sort(&mut self, column: sorting::Column, desk: &mut Desk) -> bool {
        self.change(|list| sorting::sort(list, column), false, desk)
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, desk: &mut Desk) {
        match (step, step.rows(self.height)) {
            (_, Some(rows)) => self.step_rows(rows, desk),
            (Step::First, _) => self.first(desk),
            _ => self.last(desk),
        }
    }

    /// Goes where the rows between are not at hand: a range does not reach so far.
    fn leave_range(&mut self, desk: &mut Desk) {
        if self.marks.ranging() {
            desk.notice(Notice::news("the range ended where it was: pages stretch it, a leap does not"));
        }
        self.marks.end_range();
    }

    fn first(&mut self, desk: &mut Desk) {
        self.owed = 0;
        if self.before || self.replacing() {
            self.leave_range(desk);
            self.ask(Start::First, Ask::Replace { line: 0 }, desk);
        } else {
            self.select(0);
        }
    }

    fn last(&mut self, desk: &mut Desk) {
        self.owed = 0;
        if self.after || self.replacing() {
            self.leave_range(desk);
            self.ask(Start::Last, Ask::End, desk);
        } else {
            self.select(self.rows.len().saturating_sub(1));
        }
    }

    fn step_rows(&mut self, rows: isize, desk: &mut Desk) {
        let wanted = isize::try_from(self.selected).unwrap_or(0) + self.owed + rows;
        let last = isize::try_from(self.rows.len()).unwrap_or(0) - 1;
        let reached = wanted.clamp(0, last.max(0));
        self.select(reached.unsigned_abs());
        let more = if wanted > reached { self.after } else { self.before };
        self.owed = if more || self.replacing() { wanted - reached } else { 0 };
        self.stock(desk);
    }

    fn select(&mut self, at: usize) {
        self.selected = at.min(self.rows.len().saturating_sub(1));
        self.scroll();
        self.marks.stretch(&self.rows, self.selected);
    }

    /// Keeps the selection on the screen. Leaving the edge moves the view by half a screen, so that most
    /// steps redraw two rows only.
    fn scroll(&mut self) {
        let last_top = self.rows.len().saturating_sub(self.height);
        if self.selected < self.top {
            let near = self.top - self.selected <= self.height / 2;
            self.top = if near { self.top.saturating_sub((self.height / 2).max(1)) } else { self.selected };
        } else if self.selected >= self.top + self.height {
            let beyond = self.selected - (self.top + self.height) + 1;
            let near = beyond <= self.height / 2;
            self.top = if near { self.top + (self.height / 2).max(1) } else { self.selected + 1 - self.height };
        }
        self.top = self.top.min(last_top).min(self.selected);
    }

    fn replacing(&self) -> bool {
        self.waiting.as_ref().is_some_and(|waiting| waiting.ask.replaces())
    }

    fn ask(&mut self, start: Start, ask: Ask, desk: &mut Desk) {
        self.stale &= !ask.replaces();
        let count = (3 * self.height).max(LEAST);
        let ticket = desk.ask(Query::Page(PageQuery { list: self.list.clone(), start: start.clone(), count }));
        self.waiting = Some(Waiting { ticket, start, ask });
    }

    /// Asks for more where the view comes within a screen of the window's edge.
    fn stock(&mut self, desk: &mut Desk) {
        if self.waiting.is_some() {
            return;
        }
        let below = self.rows.len().saturating_sub(self.top + self.height);
        match (self.rows.first(), self.rows.last()) {
            (_, Some(last)) if self.after && (below < self.height || self.owed > 0) => {
                self.ask(Start::After(last.cursor.clone()), Ask::Append, desk);
            }
            (Some(first), _) if self.before && (self.top < self.height || self.owed < 0) => {
                self.ask(Start::Before(first.cursor.clone()), Ask::Prepend, desk);
            }
            _ => {}
        }
    }

    /// Takes an answer; false if it is not to this list's question.
    pub fn answered(&mut self, ticket: Ticket, page: Result<Page, &Fault>, desk: &mut Desk) -> bool {
        let Some(Waiting { ask, .. }) = self.waiting.take_if(|waiting| waiting.ticket == ticket) else { return false };
        match page {
            Ok(page) => self.take(page, ask, desk),
            Err(Fault::Cancelled) => {}
            Err(fault) => {
                if ask.replaces() {
                    *self = ListPane { height: self.height, stale: false, ..ListPane::new(self.list.clone()) };
                }
                self.fault = Some(fault.to_string());
                self.owed = 0;
            }
        }
        true
    }

    fn take(&mut self, page: Page, ask: Ask, desk: &mut Desk) {
        self.fault = None;
        self.recount(page.total, ask, desk);
        match ask {
            Ask::Replace { line } => self.replace(page, line),
            Ask::End => {
                (self.rows, self.before, self.after) = (page.rows, page.before, page.after);
                self.selected = self.rows.len().saturating_sub(1);
                self.top = self.rows.len().saturating_sub(self.height);
            }
            Ask::Append => {
                self.rows.extend(page.rows);
                self.after = page.after;
                self.cut_front();
            }
            Ask::Prepend => {
                let more = page.rows.len();
                self.rows.splice(0..0, page.rows);
                self.before = page.before;
                self.selected += more;
                self.top += more;
                self.cut_back();
            }
        }
        let owed = std::mem::take(&mut self.owed);
        self.step_rows(owed, desk);
    }

    /// Asks for the number of rows where the page was had without it.
    fn recount(&mut self, total: Option<u64>, ask: Ask, desk: &mut Desk) {
        if total.is_some() {
            (self.total, self.counting) = (total, None);
        } else if ask.replaces() {
            self.total = None;
            self.counting = Some(desk.ask(Query::Count(self.list.clone())));
        }
    }

    fn replace(&mut self, page: Page, line: usize) {
        (self.rows, self.before, self.after) = (page.rows, page.before, page.after);
        self.selected = page.focus.unwrap_or(0).min(self.rows.len().saturating_sub(1));
        self.top = self.selected.saturating_sub(line);
        self.scroll();
    }

    fn most(&self) -> usize {
        if self.marks.ranging() { LONGEST_RANGE } else { (6 * self.height).max(3 * LEAST) }
    }

    fn cut_front(&mut self) {
        let spare = self.rows.len().saturating_sub(self.most());
        let cut = spare.min(self.top.saturating_sub(self.height));
        if cut > 0 {
            self.rows.drain(..cut);
            self.before = true;
            self.selected -= cut;
            self.top -= cut;
        }
    }

    fn cut_back(&mut self) {
        let keep = self.most().max(self.top + 2 * self.height).max(self.selected + 1);
        if self.rows.len() > keep {
            self.rows.truncate(keep);
            self.after = true;
        }
    }

    /// Marks the selected row, or no longer, and steps down.
    pub fn mark(&mut self, desk: &mut Desk) {
        if let Some(key) = self.key() {
            self.marks.toggle(key);
            self.step_rows(1, desk);
        }
    }

    /// Begins a range of marks at the selected row, or ends it.
    pub fn mark_range(&mut self) {
        if let Some(key) = self.key() {
            self.marks.turn_range(key);
        }
    }

    /// Takes every mark away; false if there were none.
    pub fn clear_marks(&mut self) -> bool {
        self.marks.clear()
    }

    /// Forgets the marks of records that are gone.
    pub fn unmark(&mut self, keys: &[Key]) {
        self.marks.forget(keys);
    }
}
