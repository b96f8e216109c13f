//! Imports and exports of a session: what is under way, what waits, what came of those before.

use super::action::Action;
use super::desk::{Deed, Notice};
use super::msg::{Effect, Ticket};
use super::overlay::Overlay;
use super::overlays::MenuItem;
use super::overlays::picker::Aim;
use super::session::App;
use super::words;
use crate::catalog::Fault;
use crate::catalog::Rows;
use crate::catalog::report::{Phase, Progress, Report};
use crate::catalog::task::{Format, Import, Takes, Task};
use crate::domain::Key;
use std::path::PathBuf;

/// The most that are remembered.
const KEPT: usize = 40;

/// How a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Others come first.
    Waiting,
    /// Under way; how far, once known.
    Running(Option<Progress>),
    /// Asked to stop.
    Stopping,
    /// Done.
    Done(Box<Report>),
    /// It came to nothing: why.
    Failed(String),
    /// Stopped: nothing of it is there.
    Stopped,
}

/// A task and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub ticket: Ticket,
    /// What is done.
    pub task: Task,
    /// How it stands.
    pub state: State,
}

impl State {
    /// More is being written than can be undone.
    #[must_use]
    pub fn is_for_good(&self) -> bool {
        matches!(self, State::Running(Some(Progress { phase: Phase::WritingForGood, .. })))
    }
}

impl Entry {
    /// It has not ended.
    #[must_use]
    pub fn open(&self) -> bool {
        matches!(self.state, State::Waiting | State::Running(_) | State::Stopping)
    }

    /// How it stands, in a few words.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.state {
            State::Waiting => "waits its turn".to_owned(),
            State::Running(None) => "begins".to_owned(),
            State::Running(Some(at)) => format!("{} {}%", at.phase, at.percent()),
            State::Stopping => "is being stopped".to_owned(),
            State::Done(report) => words::report(report),
            State::Failed(_) => "failed".to_owned(),
            State::Stopped => "stopped".to_owned(),
        }
    }
}

/// The tasks of a session, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Tasks(Vec<Entry>);

impl Tasks {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Entry] {
        &self.0
    }

    /// The one under way.
    #[must_use]
    pub fn running(&self) -> Option<&Entry> {
        self.0.iter().find(|entry| matches!(entry.state, State::Running(_) | State::Stopping))
    }

    fn entry(&mut self, ticket: Ticket) -> Option<&mut Entry> {
        self.0.iter_mut().find(|entry| entry.ticket == ticket)
    }

    fn add(&mut self, ticket: Ticket, task: Task) {
        if self.0.len() >= KEPT
            && let Some(oldest) = self.0.iter().position(|entry| !entry.open())
        {
            self.0.remove(oldest);
        }
        self.0.push(Entry { ticket, task, state: State::Waiting });
    }
}

impl App {
    /// Imports and exports.
    #[must_use]
    pub fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// What keeps others from writing, where it is a task of this session.
    pub(super) fn own_writer(&self) -> Option<&'static str> {
        let writes = |at: &Progress| matches!(at.phase, Phase::Writing | Phase::WritingForGood);
        let entry = self.tasks.running()?;
        matches!(&entry.state, State::Running(Some(at)) if writes(at)).then_some(())?;
        match entry.task {
            Task::Import(_) => Some("an import"),
            Task::Export(_) => None,
            Task::Review { .. } => Some("the review"),
        }
    }

    /// `:import [FORMAT] [PATH]`
    pub(super) fn import(&mut self, words: &str) {
        if self.needs_account(Action::Import) {
            let then =
                if words.is_empty() { Deed::Act(Action::Import) } else { Deed::Run(Action::Import, words.to_owned()) };
            return self.sign_in(Some(then));
        }
        let formats: Vec<Format> = self.imports.iter().filter(|one| one.takes != Takes::Nothing).copied().collect();
        let (format, path) = named(words, &formats);
        let picker = Overlay::picker(Aim::Import(formats), format.map(|format| format.name), path, &mut self.desk);
        self.overlays.push(picker);
    }

    /// `:export [FORMAT] [PATH]`: the marked films, else all.
    pub(super) fn export(&mut self, words: &str) {
        let (format, path) = named(words, &self.exports);
        let only = if let [only] = self.exports[..] { Some(only) } else { None };
        let Some(format) = format.or(only) else {
            let formats = self.exports.iter();
            let item = |format: &Format| {
                let letter = format.name.chars().next().unwrap_or_default();
                (
                    letter,
                    format!("{} · {}", format.name, format.about),
                    MenuItem::Run(Action::Export, format.name.to_owned()),
                )
            };
            self.overlays.push(Overlay::menu("Export as", formats.map(item).collect()));
            return;
        };
        let marked = self.screen().marked_movies();
        if !marked.is_empty() && !format.chooses {
            self.tell(&format!("{} gives out everything, not only what is marked", format.name));
        }
        let movies = if format.chooses { marked } else { Vec::new() };
        self.overlays.push(Overlay::picker(Aim::Export(format, movies), None, path, &mut self.desk));
    }

    /// Asks whose favorites they are where a task tells of some and nobody is signed in; else begins it.
    pub(super) fn order(&mut self, task: Task) {
        let personal = self.imports.iter().chain(&self.exports).any(|one| one.personal && one.name == task.format());
        match task {
            _ if self.who.is_some() || !personal => self.begin(task),
            Task::Export(_) | Task::Review { .. } => self.sign_in(Some(Deed::Begin(task))),
            Task::Import(_) => {
                let items = vec![
                    ('s', "sign in or up, then import".to_owned(), MenuItem::BeginSignedIn(task.clone())),
                    ('w', "import without favorites".to_owned(), MenuItem::Begin(task)),
                ];
                self.overlays.push(Overlay::menu("Favorites belong to an account", items));
            }
        }
    }

    /// Begins a task as soon as no other is under way.
    pub(super) fn begin(&mut self, task: Task) {
        let ticket = self.desk.ticket();
        let waits = self.tasks.running().is_some();
        let says = if waits { "waits its turn" } else { "begins" };
        self.tell(&format!("{} {says} · see :tasks", task.title()));
        self.tasks.add(ticket, task);
        // Whoever imports has begun.
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Welcome(_)));
        self.advance();
    }

    /// Begins the next task where none is under way.
    fn advance(&mut self) {
        if self.tasks.running().is_none()
            && let Some(next) = self.tasks.0.iter_mut().find(|entry| entry.state == State::Waiting)
        {
            next.state = State::Running(None);
            self.desk.effects.push(Effect::Begin(next.ticket, next.task.clone()));
        }
        self.show_tasks();
    }

    pub(super) fn progressed(&mut self, ticket: Ticket, at: Progress) {
        if let Some(Entry { state: state @ State::Running(_), task, .. }) = self.tasks.entry(ticket) {
            let (was, what) = (state.is_for_good(), if let Task::Import(_) = task { "import" } else { "review" });
            *state = State::Running(Some(at));
            if state.is_for_good() && !was {
                // Short, so that how far it is can be seen beside it.
                self.tell(&format!("this {what} is too large to be undone as one step"));
            }
            self.show_tasks();
        }
    }

    pub(super) fn finished(&mut self, ticket: Ticket, result: Result<Box<Report>, Fault>) {
        let Some(entry) = self.tasks.entry(ticket) else { return };
        entry.state = match result {
            Ok(report) => State::Done(report),
            Err(Fault::Cancelled) => State::Stopped,
            Err(fault) => State::Failed(fault.to_string()),
        };
        let (title, done) = (entry.task.title(), matches!(entry.state, State::Done(_)));
        self.notice = Some(match (&entry.state, &entry.task) {
            (State::Failed(says), _) => Notice::fault(format!("{title}: {says}")),
            (State::Stopped, _) => Notice::news(format!("{title} was stopped; nothing of it is there")),
            (State::Done(report), Task::Review { .. }) => {
                let undo = if report.for_good { "too many to be undone" } else { "u undoes" };
                Notice::news(format!("{} · {undo}", entry.words()))
            }
            (State::Done(report), _) if report.doubtful > report.put_aside && !report.dry_run => {
                Notice::news(format!("{title}: {} · :review asks what they are", entry.words()))
            }
            _ => Notice::news(format!("{title}: {} · :tasks tells more", entry.words())),
        });
        match entry.task.clone() {
            Task::Import(Import { dry_run: true, .. }) if done && self.overlays.is_empty() => {
                self.overlays.push(Overlay::tasks(self.tasks.all()));
            }
            Task::Import(Import { dry_run: false, .. }) if done => self.refresh(),
            Task::Review { rows, .. } if done => {
                if let Rows::These(rows) = rows {
                    self.forget(&rows.into_iter().map(Key::Review).collect::<Vec<_>>());
                }
                self.refresh();
            }
            _ => {}
        }
        self.advance();
    }

    pub(super) fn stop(&mut self, ticket: Ticket) {
        let Some(entry) = self.tasks.entry(ticket) else { return };
        match entry.state {
            State::Waiting => entry.state = State::Stopped,
            State::Running(_) => {
                entry.state = State::Stopping;
                self.desk.effects.push(Effect::Stop(ticket));
            }
            _ => {}
        }
        self.advance();
    }

    /// Ends the session; while tasks are open it asks first.
    pub(super) fn leave(&mut self) {
        if self.tasks.all().iter().any(Entry::open) {
            self.overlays.push(Overlay::leaving(self.tasks.all()));
        } else {
            if self.waits() {
                self.tell("leaving once that is written · again leaves without it");
            }
            self.desk.effects.push(Effect::Quit);
        }
    }

    /// Whoever shows the tasks shows them as they are.
    fn show_tasks(&mut self) {
        for overlay in &mut self.overlays {
            if let Overlay::Tasks(tasks) = overlay {
                tasks.show(self.tasks.all());
            }
        }
    }
}

/// The format that the words begin with, and the path that they are else.
fn named(words: &str, formats: &[Format]) -> (Option<Format>, Option<PathBuf>) {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let format = formats.iter().find(|format| format.name == first).copied();
    let path = if format.is_some() { rest.trim() } else { words };
    (format, (!path.is_empty()).then(|| PathBuf::from(path)))
}
