//! Genres, countries and decades to choose from, with counts.

use super::Step;
use crate::app::desk::Desk;
use crate::app::msg::Ticket;
use crate::catalog::{Facets, MovieFilter, Query};
use crate::domain::{CountryId, GenreId, View};
use std::collections::BTreeMap;

/// So many values of a section are shown until it is opened.
const SHORT: usize = 12;

/// A value to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// A genre.
    Genre(GenreId),
    /// A country.
    Country(CountryId),
    /// The first year of a decade.
    Decade(u16),
}

/// One row of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterRow {
    /// The name of a section.
    Heading(&'static str),
    /// A value, how many movies it leaves, and whether it is chosen.
    Value(Facet, String, u64, bool),
    /// A saved view.
    View(String),
    /// So many more values can be shown.
    More(usize, usize),
}

/// The filter pane.
#[derive(Clone, Debug, Default)]
pub struct FilterPane {
    counted: Option<MovieFilter>,
    waiting: Option<Ticket>,
    facets: Facets,
    names: BTreeMap<Facet, String>,
    open: [bool; 3],
    views: Vec<String>,
    rows: Vec<FilterRow>,
    at: usize,
    top: usize,
    height: usize,
}

impl FilterPane {
    /// The rows on the screen, and which of them is selected.
    #[must_use]
    pub fn visible(&self) -> (&[FilterRow], usize) {
        let end = (self.top + self.height).min(self.rows.len());
        (&self.rows[self.top.min(end)..end], self.at.saturating_sub(self.top))
    }

    /// The name of a value, if it was ever listed.
    #[must_use]
    pub fn name(&self, facet: Facet) -> Option<&str> {
        self.names.get(&facet).map(String::as_str)
    }

    /// Counts for this filter as soon as the answer is here.
    pub fn want(&mut self, filter: &MovieFilter, desk: &mut Desk) {
        if self.counted.as_ref() != Some(filter) {
            self.counted = Some(filter.clone());
            self.write();
            self.waiting = Some(desk.ask(Query::Facets(filter.clone())));
        }
    }

    /// Shows the names of the saved views above everything else.
    pub fn show_views(&mut self, views: &[View]) {
        if !views.iter().map(|view| &view.name).eq(&self.views) {
            self.views = views.iter().map(|view| view.name.clone()).collect();
            self.write();
        }
    }

    /// The selected view.
    #[must_use]
    pub fn view(&self) -> Option<&str> {
        match self.rows.get(self.at) {
            Some(FilterRow::View(name)) => Some(name),
            _ => None,
        }
    }

    /// The counts may not be right any more: they are asked for again when they are wanted next.
    pub fn stale(&mut self) {
        self.counted = None;
    }

    /// Takes an answer; false if it is not to this pane's question.
    pub fn answered(&mut self, ticket: Ticket, facets: Option<&Facets>) -> bool {
        if self.waiting.take_if(|waiting| *waiting == ticket).is_none() {
            return false;
        }
        if let Some(facets) = facets {
            self.facets = facets.clone();
            let genres = facets.genres.iter().map(|(id, name, _)| (Facet::Genre(*id), name.clone()));
            let countries = facets.countries.iter().map(|(id, name, _)| (Facet::Country(*id), name.clone()));
            self.names.extend(genres.chain(countries));
            self.write();
        }
        true
    }

    /// The pane now has so many rows.
    pub fn resize(&mut self, height: usize) {
        self.height = height.max(1);
        self.scroll();
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        let last = self.rows.len().saturating_sub(1);
        let (to, down) = match (step, step.rows(self.height)) {
            (_, Some(rows)) => (self.at.saturating_add_signed(rows).min(last), rows > 0),
            (Step::First, _) => (0, true),
            _ => (last, false),
        };
        self.select(to, down);
    }

    /// Selects a row, or the next one that is no heading.
    fn select(&mut self, to: usize, down: bool) {
        let choosable = |at: &usize| !matches!(self.rows.get(*at), Some(FilterRow::Heading(_)) | None);
        let after = (to..self.rows.len()).find(choosable);
        let before = (0..=to).rev().find(choosable);
        self.at = if down { after.or(before) } else { before.or(after) }.unwrap_or(0);
        self.scroll();
    }

    fn scroll(&mut self) {
        let heading = self.at.checked_sub(1).filter(|at| matches!(self.rows.get(*at), Some(FilterRow::Heading(_))));
        let first = heading.filter(|_| self.height > 1).unwrap_or(self.at);
        self.top = self.top.min(first).max((self.at + 1).saturating_sub(self.height));
        self.top = self.top.min(self.rows.len().saturating_sub(self.height)).min(self.at);
    }

    /// Chooses the selected value, or no longer; or opens a section. True if the filter became another.
    pub fn toggle(&mut self, filter: &mut MovieFilter) -> bool {
        match self.rows.get(self.at) {
            Some(FilterRow::Value(facet, ..)) => {
                match *facet {
                    Facet::Genre(id) => flip(&mut filter.genres, id),
                    Facet::Country(id) => flip(&mut filter.countries, id),
                    Facet::Decade(from) => flip(&mut filter.years, (from, from + 9)),
                }
                true
            }
            Some(FilterRow::More(section, _)) => {
                self.open[*section] = true;
                self.write();
                false
            }
            _ => false,
        }
    }

    fn write(&mut self) {
        let filter = self.counted.clone().unwrap_or_default();
        let selected = self.rows.get(self.at).cloned();
        let genres = self.facets.genres.iter().map(|(id, name, movies)| (Facet::Genre(*id), name.clone(), *movies));
        let genres = with_chosen(genres.collect(), filter.genres.iter().map(|id| Facet::Genre(*id)), &self.names);
        let countries = self.facets.countries.iter();
        let countries = countries.map(|(id, name, movies)| (Facet::Country(*id), name.clone(), *movies)).collect();
        let countries = with_chosen(countries, filter.countries.iter().map(|id| Facet::Country(*id)), &self.names);
        let decades = self.facets.decades.iter();
        let decades = decades.map(|(from, movies)| (Facet::Decade(*from), format!("{from}s"), *movies)).collect();
        let chosen = filter.years.iter().filter(|(from, to)| from + 9 == *to).map(|(from, _)| Facet::Decade(*from));
        let decades = with_chosen(decades, chosen, &self.names);
        self.rows.clear();
        if !self.views.is_empty() {
            self.rows.push(FilterRow::Heading("Views"));
            self.rows.extend(self.views.iter().cloned().map(FilterRow::View));
        }
        for (section, (heading, values)) in
            [("Genre", genres), ("Country", countries), ("Decade", decades)].into_iter().enumerate()
        {
            self.section(section, heading, values, &filter);
        }
        let same = |row: &FilterRow| match (row, &selected) {
            (FilterRow::Value(facet, ..), Some(FilterRow::Value(before, ..))) => facet == before,
            (FilterRow::View(name), Some(FilterRow::View(before))) => name == before,
            _ => false,
        };
        let at = self.rows.iter().position(same).unwrap_or(self.at.min(self.rows.len().saturating_sub(1)));
        self.select(at, true);
    }

    fn section(
        &mut self,
        section: usize,
        heading: &'static str,
        values: Vec<(Facet, String, u64)>,
        filter: &MovieFilter,
    ) {
        if values.is_empty() {
            return;
        }
        self.rows.push(FilterRow::Heading(heading));
        let all = values.len();
        let shown = if self.open[section] || all <= SHORT + 2 { all } else { SHORT };
        for (at, (facet, name, movies)) in values.into_iter().enumerate() {
            let on = chosen(filter, facet);
            if at < shown || on {
                self.rows.push(FilterRow::Value(facet, name, movies, on));
            }
        }
        if shown < all {
            self.rows.push(FilterRow::More(section, all - shown));
        }
    }
}

/// Values that are chosen stay in sight, even where no movie is left for them.
fn with_chosen(
    mut values: Vec<(Facet, String, u64)>,
    chosen: impl Iterator<Item = Facet>,
    names: &BTreeMap<Facet, String>,
) -> Vec<(Facet, String, u64)> {
    for facet in chosen {
        if !values.iter().any(|(other, ..)| *other == facet) {
            let name = match facet {
                Facet::Decade(from) => format!("{from}s"),
                _ => names.get(&facet).cloned().unwrap_or_default(),
            };
            values.push((facet, name, 0));
        }
    }
    values
}

fn chosen(filter: &MovieFilter, facet: Facet) -> bool {
    match facet {
        Facet::Genre(id) => filter.genres.contains(&id),
        Facet::Country(id) => filter.countries.contains(&id),
        Facet::Decade(from) => filter.years.contains(&(from, from + 9)),
    }
}

fn flip<T: PartialEq>(values: &mut Vec<T>, value: T) {
    match values.iter().position(|other| *other == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value),
    }
}
