//! A screen: a list with its detail and perhaps filters, or one record alone.

mod acts;

use super::desk::Desk;
use super::layout::{self, Layout, Pane, Shape};
use super::msg::{Picture, Ticket};
use super::panes::{DetailPane, FilterPane, ListPane};
use super::sorting;
use crate::catalog::{Answer, Cells, Detail, Fault, List, MovieFilter, PersonFilter};
use crate::domain::{Entity, Key, MovieId, View};

/// Which screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Movies.
    Movies,
    /// People.
    People,
    /// Favorites.
    Favorites,
    /// Genres, countries, files or accounts.
    Names(Entity),
    /// The review queue.
    Reviews,
    /// One record.
    Record(Key),
}

/// A screen and everything that is remembered of it.
#[derive(Clone, Debug)]
pub struct Screen {
    tab: Tab,
    /// Entered from another screen, to which Esc leads back.
    pub opened: bool,
    list: Option<ListPane>,
    filter: Option<FilterPane>,
    detail: DetailPane,
    focus: Pane,
    enlarged: bool,
    filter_hidden: bool,
    cols: u16,
    rows: u16,
}

impl Screen {
    /// The screen of a list.
    #[must_use]
    pub fn of_list(list: List) -> Self {
        let tab = match &list {
            List::Movies { .. } => Tab::Movies,
            List::People { .. } => Tab::People,
            List::Favorites { .. } => Tab::Favorites,
            List::Names { entity, .. } => Tab::Names(*entity),
            List::Reviews { .. } => Tab::Reviews,
        };
        Screen {
            tab,
            opened: false,
            filter: (tab == Tab::Movies).then(FilterPane::default),
            list: Some(ListPane::new(list)),
            detail: DetailPane::default(),
            focus: Pane::List,
            enlarged: false,
            filter_hidden: false,
            cols: 0,
            rows: 0,
        }
    }

    /// The screen of one record.
    #[must_use]
    pub fn of_record(key: Key) -> Self {
        Screen {
            tab: Tab::Record(key),
            opened: true,
            list: None,
            focus: Pane::Detail,
            ..Screen::of_list(sorting::movies(MovieFilter::default()))
        }
        .without_filter()
    }

    fn without_filter(mut self) -> Self {
        self.filter = None;
        self
    }

    /// The screen a tab begins with.
    #[must_use]
    pub fn of_tab(tab: Tab) -> Self {
        match tab {
            Tab::Movies => Screen::of_list(sorting::movies(MovieFilter::default())),
            Tab::People => Screen::of_list(sorting::people(PersonFilter::default())),
            Tab::Favorites => Screen::of_list(sorting::favorites()),
            Tab::Names(entity) => Screen::of_list(sorting::names(entity)),
            Tab::Reviews => Screen::of_list(sorting::reviews(false)),
            Tab::Record(key) => Screen::of_record(key),
        }
    }

    /// Which screen it is.
    #[must_use]
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// Its list.
    #[must_use]
    pub fn list(&self) -> Option<&ListPane> {
        self.list.as_ref()
    }

    /// Its list, to change.
    pub fn list_mut(&mut self) -> Option<&mut ListPane> {
        self.list.as_mut()
    }

    /// Its filters.
    #[must_use]
    pub fn filter(&self) -> Option<&FilterPane> {
        self.filter.as_ref()
    }

    /// Its detail.
    #[must_use]
    pub fn detail(&self) -> &DetailPane {
        &self.detail
    }

    /// The pane that has the focus.
    #[must_use]
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// Where everything stands on a terminal of this size.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let shape = Shape {
            filter: self.filter.is_some(),
            filter_hidden: self.filter_hidden,
            list: self.list.is_some(),
            focus: self.focus,
            enlarged: self.enlarged,
            // Two films side by side take more room than one.
            share: if self.tab == Tab::Reviews { 38 } else { 58 },
        };
        layout::layout(self.cols, self.rows, shape)
    }

    /// The record in hand: the selected row's, or the one shown.
    #[must_use]
    pub fn subject(&self) -> Option<Key> {
        match (&self.list, self.tab) {
            (Some(list), _) => list.key().map(record_of),
            (None, Tab::Record(key)) => Some(key),
            _ => None,
        }
    }

    /// The marked records, else the one in hand.
    #[must_use]
    pub fn subjects(&self) -> Vec<Key> {
        match &self.list {
            Some(list) if !list.marks().is_empty() => list.marks().iter().copied().map(record_of).collect(),
            _ => self.subject().into_iter().collect(),
        }
    }

    /// The marked films.
    #[must_use]
    pub fn marked_movies(&self) -> Vec<MovieId> {
        let marks = self.list.iter().flat_map(ListPane::marks);
        let movie = |key: &Key| match record_of(*key) {
            Key::Movie(id) => Some(id),
            _ => None,
        };
        marks.filter_map(movie).collect()
    }

    /// Whether a movie on this screen is known to be a favorite.
    #[must_use]
    pub fn is_favorite(&self, movie: MovieId) -> bool {
        let in_detail =
            matches!(self.detail.detail(), Some(Detail::Movie(shown)) if shown.id == movie && shown.favorite);
        in_detail || self.list.as_ref().is_some_and(|list| list.favorites().any(|other| other == movie))
    }

    /// What `y` copies: the link's words in a detail, else the title or name in hand.
    #[must_use]
    pub fn words_in_hand(&self) -> Option<String> {
        match (self.focus, self.detail.link(), &self.list) {
            (Pane::Detail, Some(link), _) => Some(link.name.clone()),
            (_, _, Some(list)) => list.row().map(|row| match &row.cells {
                Cells::Movie(cells) => cells.title.clone(),
                Cells::Person(cells) => cells.name.clone(),
                Cells::Name { name, .. } => name.clone(),
                Cells::Review(cells) => cells.title.clone(),
            }),
            _ => Some(self.detail.name()).filter(|name| !name.is_empty()),
        }
    }

    /// Fits the panes to the terminal and asks for whatever they lack.
    pub fn sync(&mut self, cols: u16, rows: u16, desk: &mut Desk) {
        (self.cols, self.rows) = (cols, rows);
        let layout = self.layout();
        if let Some(list) = &mut self.list {
            list.sync(layout.list.map(|rect| layout::list_rows(rect).height), desk);
        }
        if let (Some(filter), Some(rect)) = (&mut self.filter, layout.filter) {
            filter.resize(usize::from(layout::inside(rect).height));
        }
        if let (Some(filter), Some(List::Movies { filter: wanted, .. })) =
            (&mut self.filter, self.list.as_ref().map(ListPane::list))
        {
            filter.want(wanted, desk);
        }
        if let Some(rect) = layout.detail {
            let inner = layout::inside(rect);
            self.detail.resize(inner.width, inner.height, desk);
            self.detail.want(self.subject(), desk);
            if self.focus == Pane::Detail && self.detail.link().is_none() {
                self.detail.focus();
            }
        }
    }

    /// Takes a candidate of the film that waits for review in hand.
    pub fn choose_candidate(&mut self, at: usize, desk: &mut Desk) {
        self.detail.choose_at(at, desk);
    }

    /// The saved views, for the filter pane.
    pub fn show_views(&mut self, views: &[View]) {
        self.filter.iter_mut().for_each(|filter| filter.show_views(views));
    }

    /// Whatever is shown may not be right any more: the next [`Self::sync`] asks for it again.
    pub fn stale(&mut self) {
        self.list.iter_mut().for_each(ListPane::stale);
        self.filter.iter_mut().for_each(FilterPane::stale);
        self.detail.stale();
    }

    /// Takes an answer; false if nothing here asked for it.
    pub fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, desk: &mut Desk) -> bool {
        if let Some(list) = &mut self.list {
            let rows = match answer {
                Ok(Answer::Count(rows)) => Some(*rows),
                _ => None,
            };
            if list.counted(ticket, rows) {
                return true;
            }
            let page = match answer {
                Ok(Answer::Page(page)) => Ok(page.clone()),
                Ok(_) => Err(&Fault::Cancelled),
                Err(fault) => Err(fault),
            };
            if list.answered(ticket, page, desk) {
                return true;
            }
        }
        if let Some(filter) = &mut self.filter {
            let facets = match answer {
                Ok(Answer::Facets(facets)) => Some(facets),
                _ => None,
            };
            if filter.answered(ticket, facets) {
                return true;
            }
        }
        let detail = match answer {
            Ok(Answer::Detail(detail)) => Ok(&**detail),
            Ok(_) => Err(&Fault::Cancelled),
            Err(fault) => Err(fault),
        };
        self.detail.answered(ticket, detail, desk)
    }

    /// Takes a picture; false if nothing here asked for it.
    pub fn pictured(&mut self, ticket: Ticket, picture: Option<&Picture>) -> bool {
        self.detail.pictured(ticket, picture)
    }
}

/// The record a row leads to: a favorite's is its movie.
fn record_of(key: Key) -> Key {
    match key {
        Key::Favorite(_, movie) => Key::Movie(movie),
        other => other,
    }
}
