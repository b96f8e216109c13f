//! One session as a value.

use super::action::Action;
use super::desk::{Deed, Desk, Notice, Target};
use super::history::History;
use super::keymap::{self, Meaning};
use super::msg::{Effect, Msg, Ticket};
use super::overlay::Overlay;
use super::press::Press;
use super::screen::{Screen, Tab};
use super::tasks::Tasks;
use super::{sorting, words};
use crate::catalog::task::Format;
use crate::catalog::{Answer, Command, Done, Fault, MovieFilter, Outcome, PersonFilter, Query, Summary, Verdict, Who};
use crate::domain::{Entity, Key};

/// What a session begins with.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The catalogue's file, for the welcome.
    pub path: String,
    /// Nothing is in the catalogue yet: welcome whoever comes.
    pub welcome: bool,
    /// Something to say at once.
    pub notice: Option<Notice>,
    /// Formats that can be imported.
    pub imports: Vec<Format>,
    /// Formats that can be exported to.
    pub exports: Vec<Format>,
    /// Command lines of earlier sessions, oldest first.
    pub past: Vec<String>,
}

/// So many command lines are remembered.
pub const PAST: usize = 100;

/// One session: who, where, what lies over it, what was said.
#[derive(Debug)]
pub struct App {
    pub(super) cols: u16,
    pub(super) rows: u16,
    pub(super) who: Option<Who>,
    pub(super) summary: Option<Summary>,
    pub(super) history: History,
    pub(super) overlays: Vec<Overlay>,
    /// Overlays whose commands wait for another writer.
    pub(super) stepped_aside: Vec<(Ticket, Overlay)>,
    pub(super) notice: Option<Notice>,
    pub(super) chord: Option<Press>,
    pub(super) hits: Vec<Key>,
    pub(super) desk: Desk,
    pub(super) tasks: Tasks,
    pub(super) imports: Vec<Format>,
    pub(super) exports: Vec<Format>,
    /// Command lines that were carried out, oldest first.
    pub(super) past: Vec<String>,
    summary_asked: Option<Ticket>,
    summary_stale: bool,
    commands: Vec<Ticket>,
    waiting: Option<Ticket>,
}

impl App {
    /// A session on a terminal of this size, and what it asks for first.
    #[must_use]
    pub fn new(cols: u16, rows: u16, opening: Opening) -> (Self, Vec<Effect>) {
        let mut app = App {
            cols,
            rows,
            who: None,
            summary: None,
            history: History::new(Screen::of_tab(Tab::Movies)),
            overlays: Vec::new(),
            stepped_aside: Vec::new(),
            notice: opening.notice,
            chord: None,
            hits: Vec::new(),
            desk: Desk::default(),
            tasks: Tasks::default(),
            imports: opening.imports,
            exports: opening.exports,
            past: opening.past,
            summary_asked: None,
            summary_stale: true,
            commands: Vec::new(),
            waiting: None,
        };
        if opening.welcome {
            app.welcome(opening.path);
        }
        let effects = app.settle();
        (app, effects)
    }

    /// Takes a message; what it leads to, in order.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Press(press) => self.press(press),
            Msg::Paste(text) => self.paste(&text),
            Msg::Resized(cols, rows) => (self.cols, self.rows) = (cols, rows),
            Msg::Answered(ticket, answer) => self.answered(ticket, &answer),
            Msg::Done(ticket, done) => self.done(ticket, &done),
            Msg::Changed => self.changed(),
            Msg::Waiting(ticket, whom) => {
                self.waiting = Some(ticket);
                let whom = self.own_writer().map_or(whom, str::to_owned);
                self.notice = Some(Notice::news(format!("waiting for {whom} to finish writing …")));
                self.step_aside(ticket);
            }
            Msg::Edited(ticket, text) => self.offer(|overlay, desk| overlay.edited(ticket, &text, desk)),
            Msg::Looked(ticket, sight) => self.offer(|overlay, desk| overlay.looked(ticket, &sight, desk)),
            Msg::Progressed(ticket, at) => self.progressed(ticket, at),
            Msg::Finished(ticket, result) => self.finished(ticket, result),
            Msg::Picture(ticket, picture) => {
                self.history.all_mut().any(|screen| screen.pictured(ticket, picture.as_ref()));
            }
        }
        self.settle()
    }

    /// The terminal's columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        (self.cols, self.rows)
    }

    /// Who is signed in.
    #[must_use]
    pub fn who(&self) -> Option<&Who> {
        self.who.as_ref()
    }

    /// Counts of everything, once known.
    #[must_use]
    pub fn summary(&self) -> Option<&Summary> {
        self.summary.as_ref()
    }

    /// The screen in front.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        self.history.current()
    }

    pub(super) fn screen_mut(&mut self) -> &mut Screen {
        self.history.current_mut()
    }

    /// What lies over the screen, from the back.
    #[must_use]
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// What the last line says.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The first key of a chord, while the second is awaited.
    #[must_use]
    pub fn chord(&self) -> Option<Press> {
        self.chord
    }

    fn press(&mut self, press: Press) {
        if self.waiting.is_none() {
            self.notice = None;
        }
        if !self.overlays.is_empty() {
            return self.press_overlay(press);
        }
        let before = self.chord.take();
        match keymap::meaning(before, press, self.screen().tab() == Tab::Reviews) {
            Meaning::Action(Action::Candidate) => self.choose_candidate(press),
            Meaning::Action(action) => self.act(action),
            Meaning::Begins => self.chord = Some(keymap::latin(press)),
            Meaning::Nothing => {}
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>) {
        if self.summary_asked.take_if(|asked| *asked == ticket).is_some() {
            match answer {
                Ok(Answer::Summary(summary)) => self.summarized(summary.clone()),
                Err(fault) => self.notice = Some(Notice::fault(fault.to_string())),
                Ok(_) => {}
            }
        } else if !self.history.current_mut().answered(ticket, answer, &mut self.desk) {
            self.offer(|overlay, desk| overlay.answered(ticket, answer, desk));
        } else if let Err(fault @ Fault::Query { .. }) = answer {
            self.refused(fault);
        }
    }

    /// A query that the list was narrowed by cannot be answered: its prompt points at the place.
    fn refused(&mut self, fault: &Fault) {
        if !self.overlays.last_mut().is_some_and(|front| front.refused(fault)) {
            self.notice = Some(Notice::fault(fault.to_string()));
        }
    }

    fn summarized(&mut self, summary: Summary) {
        if self.who != summary.who {
            self.desk.deed(Deed::Who(summary.who.clone()));
        }
        self.summary = Some(summary);
    }

    /// A use case waits for another writer.
    pub(super) fn waits(&self) -> bool {
        self.waiting.is_some()
    }

    /// Has a use case carried out on the app's own behalf.
    pub(super) fn run(&mut self, command: Command) {
        let ticket = self.desk.run(command);
        self.commands.push(ticket);
    }

    fn done(&mut self, ticket: Ticket, done: &Result<Done, Fault>) {
        if self.waiting.take_if(|waiting| *waiting == ticket).is_some() {
            self.notice = None;
        }
        let own = self.commands.iter().position(|command| *command == ticket);
        match own.map(|at| self.commands.remove(at)) {
            Some(_) => self.say(done),
            None if self.step_back(ticket, done) => self.say(done),
            None => self.offer(|overlay, desk| overlay.done(ticket, done, desk)),
        }
        if let Ok(done) = done {
            let gone: Vec<Key> =
                done.changes.iter().filter(|change| change.after.is_none()).map(|change| change.key).collect();
            self.forget(&gone);
            self.refresh();
        }
    }

    fn say(&mut self, done: &Result<Done, Fault>) {
        match done {
            Ok(done) => {
                if let Outcome::SignedOut = done.outcome {
                    self.desk.deed(Deed::Who(None));
                }
                self.notice = words::outcome(&done.outcome).map(Notice::news);
            }
            Err(Fault::SignInFirst) => self.sign_in(None),
            Err(fault) => self.notice = Some(Notice::fault(fault.to_string())),
        }
    }

    /// Leaves the pages of records that are gone, and their marks.
    pub(super) fn forget(&mut self, gone: &[Key]) {
        for screen in self.history.all_mut() {
            screen.list_mut().into_iter().for_each(|list| list.unmark(gone));
        }
        self.hits.retain(|hit| !gone.contains(hit));
        while let Tab::Record(key) = self.screen().tab()
            && gone.contains(&key)
            && self.history.back()
        {}
    }

    fn changed(&mut self) {
        self.refresh();
        self.announce(Overlay::changed);
    }

    /// Everything on the screen is asked for again.
    pub(super) fn refresh(&mut self) {
        self.summary_stale = true;
        self.screen_mut().stale();
    }

    /// Goes on to another screen.
    pub(super) fn push(&mut self, screen: Screen) {
        self.history.push(screen);
        self.screen_mut().opened = true;
    }

    /// Carries out what was wished, has the screen ask for what it lacks, and hands the effects out.
    fn settle(&mut self) -> Vec<Effect> {
        while !self.desk.deeds.is_empty() {
            for deed in std::mem::take(&mut self.desk.deeds) {
                self.carry_out(deed);
            }
        }
        if std::mem::take(&mut self.summary_stale) {
            self.summary_asked = Some(self.desk.ask(Query::Summary));
        }
        let (cols, rows) = (self.cols, self.rows);
        let views = self.summary.as_ref().map_or(&[][..], |summary| &summary.views);
        self.history.current_mut().show_views(views);
        self.history.current_mut().sync(cols, rows, &mut self.desk);
        std::mem::take(&mut self.desk.effects)
    }

    fn carry_out(&mut self, deed: Deed) {
        match deed {
            Deed::Open(target) => self.open(target),
            Deed::Act(action) => self.act(action),
            Deed::Run(action, word) => self.act_with(action, &word),
            Deed::Press(press) => self.press(press),
            Deed::Push(overlay) => self.overlays.push(*overlay),
            Deed::Notice(notice) => self.notice = Some(notice),
            Deed::Narrow(words) => drop(self.history.current_mut().narrow(&words, &mut self.desk)),
            Deed::Who(who) => {
                self.who = who;
                self.refresh();
            }
            Deed::Match(rows, movie) => self.decide_on(rows, Verdict::Accept(Some(movie))),
            Deed::Reload(key) => self.reload(key),
            Deed::Remember(line) => self.remember(line),
            Deed::Found(hits) => self.hits = hits,
            Deed::Order(task) => self.order(task),
            Deed::Begin(task) => self.begin(task),
            Deed::Stop(ticket) => self.stop(ticket),
            Deed::Leave => self.desk.effects.push(Effect::Quit),
        }
    }

    fn reload(&mut self, key: Option<Key>) {
        self.refresh();
        if let (Some(key), Some(list)) = (key, self.history.current_mut().list_mut())
            && sorting::holds(list.list(), key.entity())
        {
            list.go_to(key, &mut self.desk);
        }
    }

    /// Opens a target, remembering the way back.
    pub(super) fn open(&mut self, target: Target) {
        match target {
            Target::Key(Key::Genre(id)) => {
                self.push(Screen::of_list(sorting::movies(MovieFilter { genres: vec![id], ..MovieFilter::default() })));
            }
            Target::Key(Key::Country(id)) => self.choose_country(id),
            Target::Key(Key::Favorite(_, id)) => self.open_record(Key::Movie(id)),
            Target::Key(key) => self.open_record(key),
            Target::Movies(filter) => self.push(Screen::of_list(sorting::movies(filter))),
            Target::People(filter) => self.push(Screen::of_list(sorting::people(filter))),
            Target::List(list) => self.push(Screen::of_list(list)),
        }
    }

    /// Opens a record's page; from hit to hit the page is replaced, so that Esc leads back to where the find began.
    pub(super) fn open_record(&mut self, key: Key) {
        self.desk.effects.push(Effect::Opened(key));
        let among_hits = |key| self.hits.contains(&key);
        match self.screen().tab() {
            Tab::Record(shown) if shown == key => {}
            Tab::Record(shown) if among_hits(shown) && among_hits(key) => {
                self.history.replace(Screen::of_record(key));
            }
            _ => self.push(Screen::of_record(key)),
        }
    }

    /// Goes to a tab as it was left.
    pub(super) fn go(&mut self, tab: Tab) {
        if self.screen().tab() == tab && !self.screen().opened {
            return;
        }
        let screen = self.history.last_of(tab).cloned().unwrap_or_else(|| Screen::of_tab(tab));
        self.history.push(screen);
        self.screen_mut().stale();
    }

    /// The films or the people of a country: a menu asks which.
    fn choose_country(&mut self, id: crate::domain::CountryId) {
        let films = Target::Movies(MovieFilter { countries: vec![id], ..MovieFilter::default() });
        let people = Target::People(PersonFilter { country: Some(id), ..PersonFilter::default() });
        let title = self.screen().words_in_hand().unwrap_or_default();
        self.menu(&title, vec![('f', Entity::Movie, films), ('p', Entity::Person, people)]);
    }

    /// Whether an account is needed before this can be asked for.
    pub(super) fn needs_account(&self, action: Action) -> bool {
        let accounts = self.summary.as_ref().is_some_and(|summary| summary.accounts > 0);
        self.who.is_none() && (accounts || action == Action::Favorite)
    }
}
