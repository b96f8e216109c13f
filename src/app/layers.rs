//! What lies over the screens: who summons it, who hears what first.

use super::action::Action;
use super::desk::{Deed, Desk, Fate, Target};
use super::keymap::{self, Meaning};
use super::msg::{Effect, Ticket};
use super::overlay::Overlay;
use super::overlays::{FormStart, Known, MenuItem};
use super::press::Press;
use super::screen::Tab;
use super::session::{App, PAST};
use super::{sorting, words};
use crate::catalog::task::Takes;
use crate::catalog::{Done, Fault};
use crate::domain::{Entity, Key};

impl App {
    /// The front overlay takes the key; what it does not take is for the terminal or for nobody.
    pub(super) fn press_overlay(&mut self, press: Press) {
        let fate = self.tell_front(|overlay, desk| overlay.press(press, desk));
        if fate == Fate::Ignored
            && let Meaning::Action(action @ (Action::Redraw | Action::Suspend)) = keymap::meaning(None, press, false)
        {
            self.act(action);
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.tell_front(|overlay, desk| overlay.paste(text, desk));
    }

    fn tell_front(&mut self, tell: impl FnOnce(&mut Overlay, &mut Desk) -> Fate) -> Fate {
        let Some(mut front) = self.overlays.pop() else { return Fate::Ignored };
        let fate = tell(&mut front, &mut self.desk);
        if fate != Fate::Close {
            self.overlays.push(front);
        }
        fate
    }

    /// Offers a message to the overlays, front first, until one takes it.
    pub(super) fn offer(&mut self, mut tell: impl FnMut(&mut Overlay, &mut Desk) -> Fate) {
        for at in (0..self.overlays.len()).rev() {
            match tell(&mut self.overlays[at], &mut self.desk) {
                Fate::Ignored => {}
                Fate::Stay => return,
                Fate::Close => return drop(self.overlays.remove(at)),
            }
        }
    }

    /// Lets every overlay hear a message, front first.
    pub(super) fn announce(&mut self, mut tell: impl FnMut(&mut Overlay, &mut Desk) -> Fate) {
        for at in (0..self.overlays.len()).rev() {
            if tell(&mut self.overlays[at], &mut self.desk) == Fate::Close {
                self.overlays.remove(at);
            }
        }
    }

    /// An overlay whose command waits for another writer leaves the screen, so that one can browse on meanwhile.
    pub(super) fn step_aside(&mut self, ticket: Ticket) {
        let desk = &mut self.desk;
        if let Some(at) = self.overlays.iter_mut().position(|overlay| overlay.steps_aside(ticket, desk)) {
            self.stepped_aside.push((ticket, self.overlays.remove(at)));
        }
    }

    /// What came of a command whose overlay stepped aside: where it failed, that is there again, under whatever is
    /// being typed. False if there is none.
    pub(super) fn step_back(&mut self, ticket: Ticket, done: &Result<Done, Fault>) -> bool {
        let Some(at) = self.stepped_aside.iter().position(|(waits, _)| *waits == ticket) else { return false };
        let (_, mut overlay) = self.stepped_aside.remove(at);
        if done.is_err() {
            overlay.done(ticket, done, &mut self.desk);
            self.overlays.insert(0, overlay);
        }
        true
    }

    pub(super) fn welcome(&mut self, path: String) {
        self.overlays.push(Overlay::welcome(path));
    }

    /// Lays the overlay of an action over the screen.
    pub(super) fn summon(&mut self, action: Action) {
        match action {
            Action::Find => self.overlays.push(Overlay::finder(&mut self.desk)),
            Action::Command => self.overlays.push(Overlay::command_line(self.known())),
            Action::Help => self.overlays.push(Overlay::help(&self.available())),
            Action::Filter => self.filter_words(),
            Action::Sort => self.sort_menu(),
            Action::View => self.view(""),
            Action::Import => self.import(""),
            Action::Export => self.export(""),
            Action::Tasks => self.overlays.push(Overlay::tasks(self.tasks.all())),
            Action::SignIn => self.sign_in(None),
            Action::SignUp => self.overlays.push(Overlay::sign_up(&mut self.desk)),
            Action::Password | Action::Profile => self.own_account(action),
            Action::Add | Action::Edit | Action::Delete if self.needs_account(action) => {
                self.sign_in(Some(Deed::Act(action)));
            }
            Action::Add => self.add_here(),
            Action::Edit => self.edit_here(),
            Action::Delete => self.delete_here(),
            _ => {}
        }
    }

    /// What the command line can offer: its past, formats, views.
    fn known(&self) -> Known {
        let imports = self.imports.iter().filter(|one| one.takes != Takes::Nothing);
        let imports = imports.map(|one| (Action::Import, format!("{} ", one.name), one.about));
        let exports = self.exports.iter().map(|one| (Action::Export, format!("{} ", one.name), one.about));
        let views = self.views().iter().map(|view| (Action::View, view.name.clone(), "open this view"));
        let verbs = [("save ", "NAME keeps this list"), ("rename ", "NAME to NAME"), ("remove ", "NAME forgets it")];
        let verbs = verbs.into_iter().map(|(verb, help)| (Action::View, verb.to_owned(), help));
        let words = imports.chain(exports).chain(views).chain(verbs).collect();
        Known { past: self.past.clone(), words, here: self.available() }
    }

    /// Keeps a line that was carried out for the next command line.
    pub(super) fn remember(&mut self, line: String) {
        self.past.retain(|past| *past != line);
        self.past.push(line.clone());
        let over = self.past.len().saturating_sub(PAST);
        self.past.drain(..over);
        self.desk.effects.push(Effect::Remember(line));
    }

    fn filter_words(&mut self) {
        match self.screen().list().filter(|_| self.screen().tab() != Tab::Reviews) {
            Some(list) => self.overlays.push(Overlay::filter_words(list.list())),
            None => self.tell("there is no list here to filter"),
        }
    }

    fn sort_menu(&mut self) {
        let Some(list) = self.screen().list().filter(|_| self.screen().tab() != Tab::Reviews) else {
            return self.tell("there is no list here to sort");
        };
        let (now, _) = sorting::sorted_by(list.list());
        let columns = sorting::columns(list.list()).iter();
        let mut items: Vec<(char, String, MenuItem)> = columns
            .map(|(letter, words, column)| {
                let says = if *column == now { format!("{words} · again reverses") } else { (*words).to_owned() };
                (*letter, says, MenuItem::Run(Action::Sort, (*words).to_owned()))
            })
            .collect();
        let again = MenuItem::Run(Action::Sort, sorting::sorted_words(list.list()).to_owned());
        items.push(('s', "the other way round".to_owned(), again));
        self.overlays.push(Overlay::menu("Sort by", items));
    }

    /// The films or the people of a country: a menu asks which.
    pub(super) fn menu(&mut self, title: &str, items: Vec<(char, Entity, Target)>) {
        let item = |(letter, entity, target)| (letter, words::plural(entity).to_owned(), MenuItem::Open(target));
        self.overlays.push(Overlay::menu(title, items.into_iter().map(item).collect()));
    }

    pub(super) fn sign_in(&mut self, then: Option<Deed>) {
        self.overlays.push(Overlay::sign_in(then, &mut self.desk));
    }

    fn own_account(&mut self, action: Action) {
        match self.who.clone() {
            None => self.sign_in(Some(Deed::Act(action))),
            Some(who) if action == Action::Password => self.overlays.push(Overlay::password(&who)),
            Some(who) => self.form(FormStart::Edit(Key::Account(who.id))),
        }
    }

    /// A form for a new record of this kind.
    pub(super) fn add(&mut self, entity: Entity, context: Option<Key>) {
        match entity {
            Entity::Account => self.overlays.push(Overlay::sign_up(&mut self.desk)),
            Entity::Favorite => self.tell("f on a film makes it a favorite"),
            _ => self.form(FormStart::Add(entity, context)),
        }
    }

    fn edit_here(&mut self) {
        match self.screen().subject() {
            Some(Key::Review(_)) => self.tell("a says what it is, n makes it new; then it can be edited"),
            Some(key) => self.form(FormStart::Edit(key)),
            None => self.tell("there is nothing here to edit"),
        }
    }

    fn delete_here(&mut self) {
        let keys = self.screen().subjects();
        if keys.is_empty() {
            self.tell("there is nothing here to delete");
        } else {
            self.overlays.push(Overlay::confirm_removal(keys, &mut self.desk));
        }
    }

    fn form(&mut self, start: FormStart) {
        self.overlays.push(Overlay::form(start, &mut self.desk));
    }
}
