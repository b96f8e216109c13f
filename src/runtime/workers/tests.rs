use super::*;
use crate::app::Ticket;
use crate::catalog::report::{Phase, Progress, Report};
use crate::catalog::task::{Import, Sight, Task};
use crate::catalog::{Answer, Command, Done, Facets, Find, Hits, MovieFilter, Outcome, Summary};
use crate::domain::{CharacterId, Entity, Key, MovieId};
use crate::runtime::event::WAITING;
use crate::runtime::service::Cancel;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Condvar, MutexGuard};
use std::time::{Duration, Instant};

/// A catalogue of which a test decides what it takes long over and what others commit meanwhile.
#[derive(Default)]
struct Fake {
    revision: AtomicU64,
    others: AtomicU64,
    looks: AtomicU64,
    stopped: AtomicU64,
    held: Mutex<bool>,
    moved: Condvar,
}

impl Fake {
    fn gate(&self) -> MutexGuard<'_, bool> {
        self.held.lock().unwrap()
    }

    fn hold(&self, held: bool) {
        *self.gate() = held;
        self.moved.notify_all();
    }
}

impl Service for Fake {
    fn ask(&self, _: Actor, query: &Query, cancel: &Cancel) -> Result<Answer, Fault> {
        let mut held = self.gate();
        while *held {
            if cancel.load(Ordering::Relaxed) {
                return Err(Fault::Cancelled);
            }
            held = self.moved.wait_timeout(held, Duration::from_millis(1)).unwrap().0;
        }
        match query {
            Query::Find(find) if find.text == "boom" => panic!("the finder broke"),
            Query::Find(find) => Ok(Answer::Hits(Hits { hits: Vec::new(), micros: find.limit as u64 })),
            Query::Facets(_) => Ok(Answer::Facets(Facets::default())),
            _ => Ok(Answer::Summary(Summary::default())),
        }
    }

    fn run(&self, _: Actor, command: Command) -> Result<Done, Fault> {
        if command == Command::Undo {
            return Err(Fault::NothingToUndo);
        }
        let others = self.others.swap(0, Ordering::SeqCst);
        self.revision.fetch_add(1 + others, Ordering::SeqCst);
        let key = Key::Character(CharacterId { movie: MovieId(1), ordinal: 1 });
        Ok(Done { outcome: Outcome::Unchanged(key), changes: Vec::new() })
    }

    fn carry_out(
        &self,
        _: Actor,
        task: &Task,
        progress: &mut dyn FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<Report, Fault> {
        (0..=1000).for_each(|done| progress(Progress { phase: Phase::Reading, done, total: 1000 }));
        if task.path().is_some() {
            until(|| cancel.load(Ordering::Relaxed));
            self.stopped.fetch_add(1, Ordering::SeqCst);
            return Err(Fault::Cancelled);
        }
        Ok(Report { read: 7, ..Report::default() })
    }

    fn look(&self, path: &Path) -> Result<Sight, Fault> {
        drop(self.gate());
        Ok(Sight { path: path.to_owned(), ..Sight::default() })
    }

    fn revision(&self) -> Result<u64, Fault> {
        self.looks.fetch_add(1, Ordering::SeqCst);
        Ok(self.revision.load(Ordering::SeqCst))
    }
}

struct Stage {
    fake: Arc<Fake>,
    crew: Crew,
    events: Receiver<Event>,
    file: tempfile::NamedTempFile,
}

fn stage() -> Stage {
    let fake = Arc::new(Fake::default());
    let service: Arc<dyn Service> = fake.clone();
    let (sender, events) = sync_channel(WAITING);
    let file = tempfile::NamedTempFile::new().unwrap();
    let crew = Crew::start(&service, file.path().to_owned(), None, &sender).unwrap();
    Stage { fake, crew, events, file }
}

impl Stage {
    fn ask(&self, ticket: u64, query: Query) {
        self.crew.take(Actor::Guest, Effect::Ask(Ticket(ticket), query));
    }

    fn run(&self, ticket: u64, command: Command) {
        self.crew.take(Actor::Guest, Effect::Do(Ticket(ticket), command));
    }

    /// The next message within ten seconds.
    fn next(&self) -> Msg {
        match self.events.recv_timeout(Duration::from_secs(10)) {
            Ok(Event::Msg(msg)) => msg,
            other => panic!("no message but {other:?}"),
        }
    }

    fn answered(&self) -> u64 {
        match self.next() {
            Msg::Answered(Ticket(ticket), _) => ticket,
            other => panic!("no answer but {other:?}"),
        }
    }
}

fn until(holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < end, "it never came to hold");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn find(text: &str) -> Query {
    Query::Find(Find { text: text.into(), only: None, limit: 9 })
}

fn choices() -> Query {
    Query::Choices { entity: Entity::Genre, text: String::new(), limit: 9 }
}

#[test]
fn pages_are_answered_in_order() {
    let stage = stage();
    stage.fake.hold(true);
    (1..=5).for_each(|ticket| stage.ask(ticket, Query::Summary));
    stage.fake.hold(false);
    assert_eq!((1..=5).map(|_| stage.answered()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
}

#[test]
fn the_newest_finder_question_cancels_the_older() {
    let stage = stage();
    stage.fake.hold(true);
    (1..=5).for_each(|ticket| stage.ask(ticket, find("x")));
    stage.ask(6, Query::Summary);
    stage.fake.hold(false);
    let mut answered = [stage.answered(), stage.answered()];
    answered.sort_unstable();
    assert_eq!(answered, [5, 6]);
    assert!(stage.events.try_recv().is_err());
}

#[test]
fn counts_and_choices_do_not_replace_each_other() {
    let stage = stage();
    stage.fake.hold(true);
    stage.ask(1, Query::Facets(MovieFilter::default()));
    stage.ask(2, choices());
    stage.ask(3, choices());
    stage.ask(4, Query::Summary);
    stage.fake.hold(false);
    let mut answered = [stage.answered(), stage.answered(), stage.answered()];
    answered.sort_unstable();
    assert_eq!(answered, [1, 3, 4]);
}

#[test]
fn a_panic_is_a_fault_and_the_worker_goes_on() {
    let stage = stage();
    stage.ask(1, find("boom"));
    match stage.next() {
        Msg::Answered(Ticket(1), Err(Fault::Store(says))) => assert!(says.contains("the finder broke"), "{says}"),
        other => panic!("{other:?}"),
    }
    stage.ask(2, find("x"));
    assert_eq!(stage.answered(), 2);
}

#[test]
fn our_own_commits_are_no_news_but_those_between_them_are() {
    let stage = stage();
    stage.run(1, Command::Redo);
    stage.run(2, Command::Undo);
    assert!(matches!(stage.next(), Msg::Done(Ticket(1), Ok(_))));
    assert!(matches!(stage.next(), Msg::Done(Ticket(2), Err(Fault::NothingToUndo))));
    stage.fake.others.store(2, Ordering::SeqCst);
    stage.run(3, Command::Redo);
    assert!(matches!(stage.next(), Msg::Done(Ticket(3), Ok(_))));
    assert_eq!(stage.next(), Msg::Changed);
}

#[test]
fn what_others_commit_is_noticed_once() {
    let stage = stage();
    stage.fake.revision.store(7, Ordering::SeqCst);
    fs::write(stage.file.path(), "changed").unwrap();
    assert_eq!(stage.next(), Msg::Changed);
    fs::write(stage.file.path(), "changed without a commit").unwrap();
    let looks = stage.fake.looks.load(Ordering::SeqCst);
    until(|| stage.fake.looks.load(Ordering::SeqCst) > looks);
    assert!(stage.events.recv_timeout(Duration::from_millis(50)).is_err());
}

#[test]
fn workers_end_with_the_session() {
    let Stage { fake, crew, events, .. } = stage();
    drop(crew);
    until(|| Arc::strong_count(&fake) == 1);
    assert!(events.try_recv().is_err());
}

fn task(path: &str) -> Task {
    let paths = (!path.is_empty()).then(|| path.into()).into_iter().collect();
    Task::Import(Import { format: "jsonl", paths, ..Import::default() })
}

#[test]
fn a_task_tells_how_far_it_is_but_not_too_often() {
    let stage = stage();
    stage.crew.take(Actor::Guest, Effect::Begin(Ticket(1), task("")));
    let mut words = 0;
    loop {
        match stage.next() {
            Msg::Progressed(Ticket(1), _) => words += 1,
            Msg::Finished(Ticket(1), Ok(report)) => break assert_eq!(report.read, 7),
            other => panic!("{other:?}"),
        }
    }
    assert!((1..100).contains(&words), "{words}");
}

#[test]
fn a_task_is_stopped_by_wish_and_at_the_end_of_the_session() {
    let stage = stage();
    stage.crew.take(Actor::Guest, Effect::Begin(Ticket(1), task("x")));
    stage.crew.take(Actor::Guest, Effect::Begin(Ticket(2), task("y")));
    stage.crew.take(Actor::Guest, Effect::Stop(Ticket(1)));
    let finished = loop {
        if let Msg::Finished(ticket, result) = stage.next() {
            break (ticket, result);
        }
    };
    assert_eq!(finished, (Ticket(1), Err(Fault::Cancelled)));
    let Stage { fake, crew, .. } = stage;
    drop(crew);
    assert_eq!(fake.stopped.load(Ordering::SeqCst), 2);
}

#[test]
fn of_several_looks_the_newest_is_answered() {
    let stage = stage();
    stage.crew.take(Actor::Guest, Effect::Look(Ticket(1), "a".into()));
    stage.crew.take(Actor::Guest, Effect::Look(Ticket(2), "b".into()));
    loop {
        match stage.next() {
            Msg::Looked(Ticket(2), Ok(sight)) => break assert_eq!(sight.path, Path::new("b")),
            Msg::Looked(Ticket(1), _) => {}
            other => panic!("{other:?}"),
        }
    }
}
