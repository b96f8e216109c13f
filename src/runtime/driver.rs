//! The loop: waits for messages, takes all that wait, hands out effects, and draws once.

use super::event::{Event, Events, WAITING, spawn};
use super::past::Past;
use super::service::Service;
use super::signals::{self, Watch};
use super::terminal::input::Reader;
use super::terminal::paint::Painter;
use super::terminal::{self, Kind, Tty};
use super::workers::Crew;
use super::{clipboard, editor, panic};
use crate::app::{App, Effect, Msg, Opening, Ticket};
use crate::catalog::{Actor, Command, Done, Outcome};
use crate::ui::{self, Look};
use ratatui::Terminal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// Answers that come so soon share a frame with the key that asked for them.
const GRACE: Duration = Duration::from_millis(6);
/// The first frame waits longer for something to show.
const FIRST_GRACE: Duration = Duration::from_millis(40);
/// A use case that takes so long waits for another writer.
const SUSPICION: Duration = Duration::from_millis(200);
/// The same of one that hashes a password or makes many records.
const LONG_SUSPICION: Duration = Duration::from_secs(2);
/// So many events are taken between two frames at most.
const BATCH: usize = 128;

/// What a session on the local terminal needs.
pub struct Start {
    /// The catalogue.
    pub service: Arc<dyn Service>,
    /// Its file, to be watched for what others commit.
    pub file: PathBuf,
    /// Who is signed in already.
    pub actor: Actor,
    /// What the session begins with.
    pub opening: Opening,
    /// How it looks.
    pub look: Look,
    /// The editor for long texts, with its arguments.
    pub editor: Option<String>,
    /// The terminal, as [`super::fit`] found it.
    pub kind: Kind,
    /// What keeps command lines.
    pub past: Option<Past>,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As its user wanted.
    Quit,
    /// Its user did not wait for a use case that waited for another writer: it was not carried out.
    Unsaved,
    /// A signal asked for it.
    Signal(i32),
    /// The terminal is gone.
    Vanished,
}

impl Ending {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> i32 {
        match self {
            Ending::Quit => 0,
            Ending::Unsaved => 2,
            Ending::Signal(signal) => 128 + signal,
            Ending::Vanished => 128 + SIGHUP,
        }
    }
}

/// Runs a session on the local terminal until it ends; the terminal is then as it was.
pub fn run(start: Start) -> io::Result<Ending> {
    let (events, waiting) = sync_channel(WAITING);
    let tty = Arc::new(Tty::new(start.kind, &events)?);
    let guard = panic::Guard::stand(tty.clone());
    let ending = Driver::enter(start, tty.clone(), events, waiting).and_then(|mut driver| {
        let ending = driver.live();
        // The driver's end may wait for a task to clear up: not before the shell has its terminal.
        tty.leave();
        ending
    });
    tty.leave();
    drop(guard);
    ending
}

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    Us,
    Shell,
    Editor,
}

/// A use case that has not come back yet.
struct Errand {
    ticket: Ticket,
    /// When it is clear that it waits for another writer; none once that was said, or where it may take its time.
    suspect: Option<Instant>,
}

struct Driver {
    app: App,
    actor: Actor,
    look: Look,
    editor: String,
    terminal: Terminal<Painter>,
    tty: Arc<Tty>,
    holder: Holder,
    reader: Reader,
    watch: Watch,
    crew: Crew,
    events: Events,
    waiting: Receiver<Event>,
    /// Something happened since the last frame.
    stale: bool,
    /// Tickets given out since the last frame.
    asked: Vec<Ticket>,
    errands: Vec<Errand>,
    /// The session wants to end, once its use cases are through.
    quitting: bool,
    ending: Option<io::Result<Ending>>,
    /// Debug builds can be told to panic in the second frame.
    trap: bool,
}

impl Driver {
    fn enter(start: Start, tty: Arc<Tty>, events: Events, waiting: Receiver<Event>) -> io::Result<Self> {
        let crew = Crew::start(&start.service, start.file, start.past, &events)?;
        let watch = Watch::start(&events, &tty)?;
        tty.enter()?;
        let size = terminal::size();
        let Ok(terminal) = Terminal::new(Painter::new(size, tty.synchronized()));
        let (app, effects) = App::new(size.width, size.height, start.opening);
        let mut driver = Driver {
            app,
            actor: start.actor,
            look: start.look,
            editor: start.editor.unwrap_or_else(|| "vi".into()),
            terminal,
            holder: Holder::Us,
            reader: Reader::start(&events)?,
            watch,
            crew,
            tty,
            events,
            waiting,
            stale: true,
            asked: Vec::new(),
            errands: Vec::new(),
            quitting: false,
            ending: None,
            trap: cfg!(debug_assertions) && std::env::var_os("CINEDEX_PANIC").is_some_and(|place| place == "draw"),
        };
        driver.redraw();
        driver.carry_out(effects);
        driver.grace(FIRST_GRACE);
        Ok(driver)
    }

    fn live(&mut self) -> io::Result<Ending> {
        loop {
            if let Some(ending) = self.ending.take() {
                return ending;
            }
            self.draw();
            self.wait();
            for _ in 0..BATCH {
                match self.waiting.try_recv() {
                    Ok(event) => self.take(event),
                    Err(_) => break,
                }
            }
            self.grace(GRACE);
        }
    }

    /// One frame, if there is anything new to show and the one before has left.
    fn draw(&mut self) {
        if !self.stale || self.holder != Holder::Us || !self.tty.writer().idle() {
            return;
        }
        self.stale = false;
        let Ok(frame) = self.terminal.draw(|frame| ui::draw(frame, &self.app, &self.look));
        assert!(!self.trap || frame.count == 0, "told to panic in the second frame");
        if let Some(bytes) = self.terminal.backend_mut().take() {
            self.tty.writer().send(&bytes);
        }
    }

    fn wait(&mut self) {
        let event = match self.errands.iter().filter_map(|errand| errand.suspect).min() {
            None => self.waiting.recv().map_err(RecvTimeoutError::from),
            Some(at) => self.waiting.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match event {
            Ok(event) => self.take(event),
            Err(RecvTimeoutError::Timeout) => self.suspect(),
            // We hold a sender ourselves.
            Err(RecvTimeoutError::Disconnected) => self.end(Ending::Quit),
        }
    }

    /// Waits a moment for the answers to what was just asked.
    fn grace(&mut self, patience: Duration) {
        let until = Instant::now() + patience;
        while !self.asked.is_empty() && self.ending.is_none() {
            match self.waiting.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => self.take(event),
                Err(_) => break,
            }
        }
        self.asked.clear();
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Msg(msg) => self.tell(msg),
            Event::Resized => self.resize(),
            Event::Drained => {}
            Event::Stop if self.holder == Holder::Us => self.suspend(|_| signals::stop_alone()),
            // The editor stops its whole group: the shell has to see us stopped too.
            Event::Stop if self.holder == Holder::Editor => drop(signals::stop_alone()),
            Event::Stop => {}
            Event::Continue if self.holder == Holder::Editor => {}
            Event::Continue => self.come_back(),
            // Keys that interrupt the editor are the editor's.
            Event::Terminate(SIGINT | SIGQUIT) if self.holder == Holder::Editor => {}
            Event::Terminate(signal) => self.end(Ending::Signal(signal)),
            Event::Vanished => self.end(Ending::Vanished),
            Event::Broken(says) => self.ending = Some(Err(io::Error::other(says))),
        }
    }

    fn end(&mut self, ending: Ending) {
        self.ending.get_or_insert(Ok(ending));
    }

    fn tell(&mut self, msg: Msg) {
        match &msg {
            Msg::Answered(ticket, _) | Msg::Looked(ticket, _) => self.asked.retain(|asked| asked != ticket),
            Msg::Done(ticket, result) => {
                self.asked.retain(|asked| asked != ticket);
                self.errands.retain(|errand| errand.ticket != *ticket);
                // What failed wants to be seen before the end.
                self.quitting &= result.is_ok();
                self.note_actor(result.as_ref().ok());
            }
            Msg::Edited(..) => self.come_back(),
            _ => {}
        }
        let effects = self.app.update(msg);
        self.stale = true;
        self.carry_out(effects);
        if self.quitting && self.errands.is_empty() {
            self.end(Ending::Quit);
        }
    }

    fn note_actor(&mut self, done: Option<&Done>) {
        match done.map(|done| &done.outcome) {
            Some(Outcome::SignedIn(who)) => self.actor = Actor::Account(who.id),
            Some(Outcome::SignedOut) => self.actor = Actor::Guest,
            _ => {}
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, _) | Effect::Look(ticket, _) => self.hand_out(ticket, effect),
                Effect::Do(ticket, ref command) => {
                    let suspect = patience(command).map(|patience| Instant::now() + patience);
                    self.errands.push(Errand { ticket, suspect });
                    self.hand_out(ticket, effect);
                }
                Effect::Picture(..) | Effect::Opened(_) | Effect::Begin(..) | Effect::Stop(_) | Effect::Remember(_) => {
                    self.crew.take(self.actor, effect);
                }
                Effect::Edit(ticket, text) => self.edit(ticket, text),
                Effect::Copy(text) => self.tty.writer().send(&clipboard::copying(&text)),
                Effect::Redraw => {
                    self.tty.refresh();
                    self.redraw();
                }
                Effect::Suspend => self.suspend(Watch::stop),
                Effect::Quit if self.errands.is_empty() => self.end(Ending::Quit),
                Effect::Quit if self.quitting => self.end(Ending::Unsaved),
                Effect::Quit => self.quitting = true,
            }
        }
    }

    fn hand_out(&mut self, ticket: Ticket, effect: Effect) {
        self.asked.push(ticket);
        self.crew.take(self.actor, effect);
    }

    /// Says of use cases that take too long what they wait for.
    fn suspect(&mut self) {
        let now = Instant::now();
        let late: Vec<_> =
            self.errands.iter_mut().filter(|errand| errand.suspect.is_some_and(|at| at <= now)).collect();
        let tickets: Vec<_> = late
            .into_iter()
            .map(|errand| {
                errand.suspect = None;
                errand.ticket
            })
            .collect();
        for ticket in tickets {
            self.tell(Msg::Waiting(ticket, "another cinedex".into()));
        }
    }

    fn resize(&mut self) {
        let size = terminal::size();
        if self.app.size() != (size.width, size.height) {
            self.terminal.backend_mut().resize(size);
            self.tell(Msg::Resized(size.width, size.height));
        }
    }

    /// Has the next frame draw everything.
    fn redraw(&mut self) {
        self.terminal.backend_mut().forget();
        let Ok(()) = self.terminal.clear();
        self.stale = true;
    }

    fn let_go(&mut self, holder: Holder) {
        self.reader.pause();
        self.tty.leave();
        self.holder = holder;
    }

    fn come_back(&mut self) {
        if self.tty.enter().is_err() {
            return self.end(Ending::Vanished);
        }
        self.holder = Holder::Us;
        self.reader.resume();
        self.resize();
        self.redraw();
    }

    fn suspend(&mut self, stop: impl FnOnce(&Watch) -> bool) {
        self.let_go(Holder::Shell);
        if !stop(&self.watch) {
            self.come_back();
        }
    }

    fn edit(&mut self, ticket: Ticket, text: String) {
        self.let_go(Holder::Editor);
        let (program, events) = (self.editor.clone(), self.events.clone());
        let started = spawn("editor", &self.events, move || {
            let edited = editor::edit(&program, &text);
            let _ = events.send(Event::Msg(Msg::Edited(ticket, edited)));
        });
        if let Err(error) = started {
            self.tell(Msg::Edited(ticket, Err(error.to_string())));
        }
    }
}

/// When it is clear of a use case that it waits for another writer; none where it may take any time of its own, as
/// signing in does after wrong passwords.
fn patience(command: &Command) -> Option<Duration> {
    match command {
        Command::SignIn { .. } | Command::Password { .. } => None,
        Command::SignUp { .. } | Command::LoadStarter | Command::Review { .. } => Some(LONG_SUSPICION),
        _ => Some(SUSPICION),
    }
}
