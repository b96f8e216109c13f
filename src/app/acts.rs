//! What the app makes of actions that no pane takes.

use super::action::Action;
use super::desk::{Deed, Fate, Notice};
use super::keymap::{self, Scope};
use super::layout::{Class, Pane};
use super::msg::Effect;
use super::press::Press;
use super::screen::{Screen, Tab};
use super::session::App;
use super::sorting;
use crate::catalog::Command;
use crate::domain::{Entity, Key, MovieId};

impl App {
    /// Acts: the screen first, then the app.
    pub(super) fn act(&mut self, action: Action) {
        let (screen, desk) = (self.history.current_mut(), &mut self.desk);
        if screen.act(action, desk) == Fate::Ignored {
            self.act_on_session(action);
        }
    }

    fn act_on_session(&mut self, action: Action) {
        match action {
            Action::Movies => self.go(Tab::Movies),
            Action::People => self.go(Tab::People),
            Action::Favorites => self.go(Tab::Favorites),
            Action::Genres => self.go(Tab::Names(Entity::Genre)),
            Action::Countries => self.go(Tab::Names(Entity::Country)),
            Action::Files => self.go(Tab::Names(Entity::File)),
            Action::Accounts => self.go(Tab::Names(Entity::Account)),
            Action::Review => self.go(Tab::Reviews),
            Action::Aside => self.push(Screen::of_list(sorting::reviews(true))),
            Action::Accept | Action::MakeNew | Action::PutAside | Action::Alike | Action::Match => self.review(action),
            Action::Candidate => self.tell("press the number of a candidate"),
            Action::Escape if self.leads_back() => self.back(),
            Action::Escape => self.tell("q quits"),
            Action::Back => self.back(),
            Action::Forward => self.forward(),
            Action::Quit => self.quit(),
            Action::Exit => self.leave(),
            Action::Redraw => self.desk.effects.push(Effect::Redraw),
            Action::Suspend => self.desk.effects.push(Effect::Suspend),
            Action::NextHit => self.step_hit(1),
            Action::PreviousHit => self.step_hit(-1),
            Action::Copy => self.copy(),
            Action::Undo => self.change(action, Command::Undo),
            Action::Redo => self.change(action, Command::Redo),
            Action::SignOut => self.run(Command::SignOut),
            Action::Favorite => self.favorite(),
            Action::FilterPane => self.tell("only films have a filter pane · = filters this list by words"),
            other => self.summon(other),
        }
    }

    /// Acts with a word to it: sort by `title`, add a `person`, filter by `war`.
    pub(super) fn act_with(&mut self, action: Action, word: &str) {
        match action {
            Action::Sort => self.sort_by(word),
            Action::Filter => self.desk.deed(Deed::Narrow(word.to_owned())),
            Action::Add => match entity_named(word) {
                Some(entity) => self.add(entity, None),
                None => self.fail(format!("there is no kind of record called {word}")),
            },
            Action::View => self.view(word),
            Action::Import => self.import(word),
            Action::Export => self.export(word),
            Action::Alike => self.review_alike(word),
            other => self.act(other),
        }
    }

    fn sort_by(&mut self, word: &str) {
        let (screen, desk) = (self.history.current_mut(), &mut self.desk);
        let Some(list) = screen.list_mut() else { return };
        let columns = sorting::columns(list.list());
        let column = columns.iter().find(|(letter, words, _)| *words == word || letter.to_string() == word);
        let column = column.or_else(|| columns.iter().find(|(_, words, _)| words.contains(word)));
        match column {
            Some((_, _, column)) => drop(list.sort(*column, desk)),
            None => self.fail(format!("this list cannot be sorted by {word}")),
        }
    }

    /// Whether one level back is another screen: from a page that was opened, and from the review queue, where the
    /// keys of the tabs are those of candidates.
    fn leads_back(&self) -> bool {
        self.screen().opened || self.screen().tab() == Tab::Reviews
    }

    fn back(&mut self) {
        if self.history.back() {
            self.screen_mut().stale();
        }
    }

    fn forward(&mut self) {
        if self.history.forward() {
            self.screen_mut().stale();
        }
    }

    fn quit(&mut self) {
        if self.screen_mut().close_level() {
            return;
        }
        if self.leads_back() {
            self.back();
        } else {
            self.leave();
        }
    }

    fn step_hit(&mut self, by: isize) {
        let shown = match self.screen().tab() {
            Tab::Record(key) => self.hits.iter().position(|hit| *hit == key),
            _ => None,
        };
        let next = match shown {
            Some(at) => at.checked_add_signed(by),
            None => Some(0),
        };
        match next.and_then(|next| self.hits.get(next)).copied() {
            Some(key) => self.open_record(key),
            None if self.hits.is_empty() => self.tell("nothing found yet · / finds films, people and characters"),
            None => self.tell("no more hits that way"),
        }
    }

    fn copy(&mut self) {
        if let Some(words) = self.screen().words_in_hand() {
            self.tell(&format!("copied {words}"));
            self.desk.effects.push(Effect::Copy(words));
        }
    }

    fn change(&mut self, action: Action, command: Command) {
        if self.needs_account(action) {
            self.sign_in(Some(Deed::Act(action)));
        } else {
            self.run(command);
        }
    }

    fn favorite(&mut self) {
        let movies: Vec<MovieId> = self.screen().subjects().into_iter().filter_map(movie_of).collect();
        if movies.is_empty() {
            self.tell("only films can be favorites · open one and press f there");
        } else if self.needs_account(Action::Favorite) {
            self.sign_in(Some(Deed::Act(Action::Favorite)));
        } else {
            let on = !movies.iter().all(|movie| self.screen().is_favorite(*movie));
            self.run(Command::Favorite { movies, on });
        }
    }

    /// Adds to what is in hand: a character to a film shown, else a record of the kind listed.
    pub(super) fn add_here(&mut self) {
        let screen = self.screen();
        match (screen.tab(), screen.focus(), screen.subject()) {
            (Tab::Names(entity), ..) => self.add(entity, None),
            (Tab::People | Tab::Record(Key::Person(_)), ..) => self.add(Entity::Person, None),
            (Tab::Record(Key::Character(id)), ..) => self.add(Entity::Character, Some(Key::Movie(id.movie))),
            (_, Pane::Detail, Some(movie @ Key::Movie(_))) => self.add(Entity::Character, Some(movie)),
            (Tab::Record(key), ..) => self.add(key.entity(), None),
            _ => self.add(Entity::Movie, None),
        }
    }

    pub(super) fn tell(&mut self, text: &str) {
        self.notice = Some(Notice::news(text));
    }

    pub(super) fn fail(&mut self, text: String) {
        self.notice = Some(Notice::fault(text));
    }

    /// What can be done here, in the order of the key table.
    #[must_use]
    pub fn available(&self) -> Vec<Action> {
        let rows = keymap::table().iter().filter(|row| self.fits(row.scope));
        rows.map(|row| row.action).collect()
    }

    fn fits(&self, scope: Scope) -> bool {
        match scope {
            Scope::Anywhere => true,
            Scope::List => self.screen().list().is_some(),
            Scope::Record => self.screen().subject().is_some(),
            Scope::Movies => self.screen().filter().is_some(),
            Scope::Guest => self.who.is_none(),
            Scope::SignedIn => self.who.is_some(),
            Scope::Review => self.screen().tab() == Tab::Reviews,
        }
    }

    /// The few actions the last line names, with their keys and words.
    #[must_use]
    pub fn hints(&self) -> Vec<(&'static str, &'static str)> {
        let screen = self.screen();
        if let Some(list) = screen.list().filter(|list| list.is_empty() && screen.focus() == Pane::List) {
            return hints_of(if sorting::filtered(list.list()) {
                &[Action::Escape, Action::Filter, Action::Find, Action::Help]
            } else if screen.tab() == Tab::Reviews {
                &[Action::Movies, Action::Find, Action::Help]
            } else {
                &[Action::Movies, Action::Add, Action::Find, Action::Help]
            });
        }
        let actions: &[Action] = match (screen.tab(), screen.focus()) {
            (_, Pane::Filter) => {
                let mut hints = vec![("space", "choose")];
                hints.extend(hints_of(&[Action::Escape, Action::FilterPane, Action::Help]));
                return hints;
            }
            (Tab::Record(Key::Movie(_)), _) => {
                &[Action::Open, Action::Favorite, Action::Edit, Action::Find, Action::Escape, Action::Help]
            }
            (Tab::Record(_), _) => &[Action::Open, Action::Edit, Action::Find, Action::Escape, Action::Help],
            // Where the candidate is not seen beside the film, the way to it comes first.
            (Tab::Reviews, Pane::List) if Class::of(self.cols) == Class::Narrow => {
                let mut hints = vec![("tab", "compare")];
                hints.extend(hints_of(&[Action::Accept, Action::MakeNew, Action::Help]));
                return hints;
            }
            (Tab::Reviews, _) => {
                &[Action::Accept, Action::MakeNew, Action::Match, Action::PutAside, Action::Alike, Action::Help]
            }
            (_, Pane::Detail) => &[Action::Open, Action::Favorite, Action::Edit, Action::Escape, Action::Help],
            (Tab::Movies | Tab::Favorites, _) => {
                &[Action::Find, Action::Open, Action::Favorite, Action::Sort, Action::Help]
            }
            _ => &[Action::Find, Action::Open, Action::Filter, Action::Add, Action::Help],
        };
        hints_of(actions)
    }

    /// How a chord begun reads.
    #[must_use]
    pub fn chord_words(&self) -> Option<String> {
        self.chord.as_ref().map(Press::to_string)
    }
}

fn hints_of(actions: &[Action]) -> Vec<(&'static str, &'static str)> {
    let rows = actions.iter().filter_map(|action| keymap::binding(*action));
    rows.map(|row| (row.key(), row.label)).collect()
}

fn movie_of(key: Key) -> Option<MovieId> {
    match key {
        Key::Movie(id) | Key::Favorite(_, id) => Some(id),
        _ => None,
    }
}

fn entity_named(word: &str) -> Option<Entity> {
    const KINDS: [Entity; 7] = [
        Entity::Movie,
        Entity::Person,
        Entity::Character,
        Entity::Genre,
        Entity::Country,
        Entity::File,
        Entity::Account,
    ];
    KINDS.into_iter().find(|kind| super::words::singular(*kind) == word || kind.to_string() == word)
}
