//! `:view`: lists that the account saved under names of its own.

use super::action::Action;
use super::desk::{Deed, Target};
use super::overlay::Overlay;
use super::overlays::MenuItem;
use super::panes::filter::{Facet, FilterPane};
use super::session::App;
use crate::catalog::language::Completion;
use crate::catalog::{Cells, Command, List, MovieFilter, list_of, view_named, view_of};
use crate::domain::View;

/// Letters of a menu's lines.
const LETTERS: &str = "123456789abcdefghilmoprtuvwxyz";

impl App {
    /// The saved views, by name.
    pub(super) fn views(&self) -> &[View] {
        self.summary.as_ref().map_or(&[], |summary| &summary.views)
    }

    /// `:view`, `:view NAME`, `:view save NAME`, `:view rename NAME to NAME`, `:view remove NAME`.
    pub(super) fn view(&mut self, words: &str) {
        if self.who.is_none() {
            let then =
                if words.is_empty() { Deed::Act(Action::View) } else { Deed::Run(Action::View, words.to_owned()) };
            return self.sign_in(Some(then));
        }
        let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
        let name = rest.trim();
        match verb {
            "" => self.view_menu(),
            "save" | "rename" | "remove" if name.is_empty() => self.tell(&format!("name it: :view {verb} NAME")),
            "save" => self.save_view(name),
            "remove" => self.run(Command::RemoveView(name.to_owned())),
            "rename" => match name.split_once(" to ") {
                Some((from, to)) => {
                    self.run(Command::RenameView { from: from.trim().to_owned(), to: to.trim().to_owned() });
                }
                None => self.tell("say how: :view rename NAME to NAME"),
            },
            _ => self.open_view(words),
        }
    }

    fn view_menu(&mut self) {
        if self.views().is_empty() {
            return self.tell("no views yet · :view save NAME keeps the list as it is now");
        }
        let items = LETTERS.chars().zip(self.views());
        let item =
            |(letter, view): (char, &View)| (letter, view.name.clone(), MenuItem::Run(Action::View, view.name.clone()));
        let items = items.map(item).collect();
        self.overlays.push(Overlay::menu("Views", items));
    }

    fn open_view(&mut self, name: &str) {
        match view_named(self.views(), name).map(list_of) {
            Some(list) => self.open(Target::List(list)),
            None => self.fail(format!("there is no view called {name} · :view save {name} keeps this list as one")),
        }
    }

    fn save_view(&mut self, name: &str) {
        let screen = self.screen();
        let Some(list) = screen.list() else { return self.tell("there is no list here to save") };
        let country = || match list.row().map(|row| &row.cells) {
            Some(Cells::Person(cells)) => cells.country.clone(),
            _ => None,
        };
        let query = match list.list() {
            List::Movies { filter, .. } => query_of(filter, screen.filter()),
            List::People { filter, .. } if filter.country.is_some() => {
                let country = country().map(|name| format!("country:{}", Completion::quote(&name)));
                country.map(|country| joined(&filter.words, vec![country]))
            }
            List::People { filter, .. } => Some(filter.words.clone()),
            List::Favorites { words, .. } => Some(words.clone()),
            List::Names { .. } | List::Reviews { .. } => None,
        };
        match query.and_then(|query| view_of(name, list.list(), query)) {
            Some(view) => self.run(Command::SaveView(view)),
            None => {
                self.tell("only films, people and favorites are saved, narrowed by queries and filters");
            }
        }
    }
}

/// What is chosen in the filter pane and what is typed, as one query; none where no query says it.
fn query_of(filter: &MovieFilter, pane: Option<&FilterPane>) -> Option<String> {
    if filter.person.is_some() {
        return None;
    }
    let named = |field: &str, facet| {
        let name = pane.and_then(|pane| pane.name(facet))?;
        Some(format!("{field}:{}", Completion::quote(name)))
    };
    let genres = filter.genres.iter().map(|id| named("genre", Facet::Genre(*id))).collect::<Option<Vec<_>>>()?;
    let countries = filter.countries.iter().map(|id| named("country", Facet::Country(*id)));
    let countries = countries.collect::<Option<Vec<_>>>()?;
    let years = filter.years.iter().map(|(from, to)| format!("year:{from}..{to}")).collect();
    let parts = [genres, countries, years].into_iter().filter(|part| !part.is_empty()).map(|part| any_of(&part));
    Some(joined(&filter.words, parts.collect()))
}

fn any_of(parts: &[String]) -> String {
    match parts {
        [only] => only.clone(),
        several => format!("({})", several.join(" or ")),
    }
}

/// The words and all these conditions.
fn joined(words: &str, mut parts: Vec<String>) -> String {
    match (words.trim(), parts.is_empty()) {
        ("", _) => {}
        (words, true) => return words.to_owned(),
        (words, false) => parts.insert(0, format!("({words})")),
    }
    parts.join(" ")
}
