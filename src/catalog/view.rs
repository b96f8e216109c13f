//! Saved views: lists that an account keeps under names of its own.

use super::{
    Actor, Catalog, Done, Fault, FavoriteOrder, List, MovieFilter, MovieOrder, Outcome, PersonFilter, PersonOrder,
};
use crate::domain::fold::fold;
use crate::domain::{Account, Entity, Key, Record, Timestamp, View};
use crate::store::Read;

const MOVIES: [(MovieOrder, &str); 7] = [
    (MovieOrder::Title, "title"),
    (MovieOrder::Released, "date"),
    (MovieOrder::Duration, "duration"),
    (MovieOrder::Budget, "budget"),
    (MovieOrder::Rating, "rating"),
    (MovieOrder::Popularity, "popularity"),
    (MovieOrder::Added, "added"),
];
const PEOPLE: [(PersonOrder, &str); 4] = [
    (PersonOrder::Name, "name"),
    (PersonOrder::Born, "born"),
    (PersonOrder::Popularity, "popularity"),
    (PersonOrder::Added, "added"),
];
const FAVORITES: [(FavoriteOrder, &str); 2] = [(FavoriteOrder::Added, "added"), (FavoriteOrder::Title, "title")];

fn order<T: Copy>(table: &[(T, &str)], word: &str) -> T {
    table.iter().find(|(_, known)| *known == word).unwrap_or(&table[0]).0
}

fn word<T: PartialEq>(table: &[(T, &'static str)], order: &T) -> String {
    table.iter().find(|(known, _)| known == order).map_or("", |(_, word)| *word).to_owned()
}

/// The list that a view stands for.
#[must_use]
pub fn list_of(view: &View) -> List {
    let (words, reverse) = (view.query.clone(), view.reverse);
    match view.entity {
        Entity::Person => {
            let filter = PersonFilter { words, ..PersonFilter::default() };
            List::People { order: order(&PEOPLE, &view.sort), reverse, filter }
        }
        Entity::Favorite => List::Favorites { order: order(&FAVORITES, &view.sort), reverse, words },
        _ => {
            let filter = MovieFilter { words, ..MovieFilter::default() };
            List::Movies { order: order(&MOVIES, &view.sort), reverse, filter }
        }
    }
}

/// A list as a view of this name, narrowed by this query alone; none for lists that are no views.
#[must_use]
pub fn view_of(name: &str, list: &List, query: String) -> Option<View> {
    let (entity, sort, reverse) = match list {
        List::Movies { order, reverse, .. } => (Entity::Movie, word(&MOVIES, order), *reverse),
        List::People { order, reverse, .. } => (Entity::Person, word(&PEOPLE, order), *reverse),
        List::Favorites { order, reverse, .. } => (Entity::Favorite, word(&FAVORITES, order), *reverse),
        List::Names { .. } | List::Reviews { .. } => return None,
    };
    Some(View { name: name.to_owned(), entity, query, sort, reverse })
}

/// The view of a name.
#[must_use]
pub fn named<'a>(views: &'a [View], name: &str) -> Option<&'a View> {
    views.iter().find(|view| fold(&view.name) == fold(name))
}

fn unknown(name: &str) -> Fault {
    Fault::Refused(format!("there is no view called {name}"))
}

impl Catalog {
    /// The views of an account.
    ///
    /// # Errors
    /// [`Fault::SignInFirst`] for a guest.
    pub fn views(&self, actor: Actor) -> Result<Vec<View>, Fault> {
        let me = actor.account().ok_or(Fault::SignInFirst)?;
        let account = self.store().begin_read()?.account(me)?;
        Ok(account.ok_or(Fault::SignInFirst)?.views)
    }

    pub(super) fn save_view(&self, actor: Actor, mut view: View, now: Timestamp) -> Result<Done, Fault> {
        view.tidy();
        if let Some(flaw) = view.faults().into_iter().next() {
            return Err(Fault::Refused(flaw.says));
        }
        super::language::parse(&view.query)?;
        let name = view.name.clone();
        self.change_views(actor, &format!("view “{name}”"), Outcome::ViewSaved(name), now, |views| {
            let same = |other: &View| fold(&other.name) == fold(&view.name);
            match views.iter().position(same) {
                Some(at) => views[at] = view,
                None if views.len() >= View::MOST => {
                    return Err(Fault::Refused("an account has at most 64 views; remove one first".to_owned()));
                }
                None => views.push(view),
            }
            Ok(())
        })
    }

    pub(super) fn rename_view(&self, actor: Actor, from: &str, to: &str, now: Timestamp) -> Result<Done, Fault> {
        let views = self.views(actor)?;
        let old = named(&views, from).ok_or_else(|| unknown(from))?;
        let mut view = View { name: to.to_owned(), ..old.clone() };
        view.tidy();
        if !view.faults().is_empty() || named(&views, &view.name).is_some_and(|other| other.name != old.name) {
            return Err(Fault::Refused(format!("a view cannot be called {to}: too long, empty, or taken")));
        }
        let (from, name) = (old.name.clone(), view.name.clone());
        self.change_views(actor, &format!("view “{name}”"), Outcome::ViewSaved(name), now, |views| {
            let at = views.iter().position(|view| view.name == from).ok_or_else(|| unknown(&from))?;
            views[at] = view;
            Ok(())
        })
    }

    pub(super) fn remove_view(&self, actor: Actor, name: &str, now: Timestamp) -> Result<Done, Fault> {
        let outcome = Outcome::ViewRemoved(name.to_owned());
        self.change_views(actor, &format!("no view “{name}”"), outcome, now, |views| {
            let at = views.iter().position(|view| fold(&view.name) == fold(name)).ok_or_else(|| unknown(name))?;
            views.remove(at);
            Ok(())
        })
    }

    fn change_views(
        &self,
        actor: Actor,
        label: &str,
        outcome: Outcome,
        now: Timestamp,
        change: impl FnOnce(&mut Vec<View>) -> Result<(), Fault>,
    ) -> Result<Done, Fault> {
        let me = actor.account().ok_or(Fault::SignInFirst)?;
        let mut writer = self.store().begin_write()?;
        let before = writer.read().account(me)?.ok_or(Fault::SignInFirst)?;
        let mut account = before.clone();
        change(&mut account.views)?;
        account.views.sort_by_cached_key(|view| fold(&view.name));
        if account.views == before.views {
            return Ok(Done { outcome: Outcome::Unchanged(Key::Account(me)), changes: Vec::new() });
        }
        writer.set(Key::Account(me), Some(Record::Account(Account { updated: now, ..account })))?;
        writer.journal(Some(me), label, now)?;
        Ok(Done { outcome, changes: super::commit(writer)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_its_list_again() {
        let movies = MOVIES.iter().map(|(order, _)| List::Movies {
            order: *order,
            reverse: true,
            filter: MovieFilter { words: "drama".to_owned(), ..MovieFilter::default() },
        });
        let people = PEOPLE.iter().map(|(order, _)| List::People {
            order: *order,
            reverse: false,
            filter: PersonFilter::default(),
        });
        let favorites = FAVORITES.iter().map(|(order, _)| List::Favorites {
            order: *order,
            reverse: true,
            words: "year:1950".to_owned(),
        });
        for list in movies.chain(people).chain(favorites) {
            let words = match &list {
                List::Movies { filter, .. } => filter.words.clone(),
                List::Favorites { words, .. } => words.clone(),
                _ => String::new(),
            };
            assert_eq!(view_of("x", &list, words).map(|view| list_of(&view)), Some(list));
        }
    }
}
