//! The tasks: what is under way and how far, and in full what came of the others.

use super::Step;
use crate::app::Action;
use crate::app::desk::{Deed, Desk, Fate};
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::{Code, Press};
use crate::app::tasks::{Entry, State};
use crate::catalog::task::{Import, Task};

/// So many lines of a report pass at once; as many stay at its end.
const SCROLL: isize = 6;

/// Something to be sure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether to stop a task.
    Stop(Ticket),
    /// Whether to quit though tasks are open.
    Leave,
}

/// The tasks, newest first.
#[derive(Clone, Debug)]
pub struct TaskList {
    entries: Vec<Entry>,
    selected: usize,
    top: usize,
    question: Option<Question>,
}

impl TaskList {
    /// The tasks as they stand.
    #[must_use]
    pub fn new(entries: &[Entry], question: Option<Question>) -> Self {
        let mut list = TaskList { entries: Vec::new(), selected: 0, top: 0, question };
        list.show(entries);
        list
    }

    /// Shows them as they stand now.
    pub fn show(&mut self, entries: &[Entry]) {
        let chosen = self.entries.get(self.selected).map(|entry| entry.ticket);
        self.entries = entries.iter().rev().cloned().collect();
        let place = |ticket| self.entries.iter().position(|entry| entry.ticket == ticket);
        self.selected = chosen.and_then(place).unwrap_or(0);
        let open = |ticket: Ticket| self.entries.iter().any(|entry| entry.ticket == ticket && entry.open());
        self.question = match self.question {
            Some(Question::Stop(ticket)) if !open(ticket) => None,
            other => other,
        };
    }

    /// The tasks, newest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The selected one.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The first line of its report on the screen.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// Whether the selected one can be stopped.
    #[must_use]
    pub fn stops(&self) -> bool {
        self.entries.get(self.selected).is_some_and(Entry::open)
    }

    /// What is being asked.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        self.question
    }

    /// Everything there is to say of the selected one.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self.entries.get(self.selected).map(|entry| &entry.state) {
            // What came of it is seen at once, however much was skipped.
            Some(State::Done(report)) => report.summary().into_iter().chain(report.remarks()).collect(),
            Some(State::Failed(says)) => vec![says.clone()],
            Some(State::Stopped) => vec!["It was stopped; nothing of it is there.".to_owned()],
            Some(State::Waiting) => vec!["It begins when the one before it is done.".to_owned()],
            Some(state) => {
                let for_good = state.is_for_good().then(|| "It is too large to be undone as one step.".to_owned());
                ["It goes on while you browse.".to_owned()].into_iter().chain(for_good).collect()
            }
            None => vec!["Nothing is or was imported or exported in this session.".to_owned()],
        }
    }

    /// The import whose trial is selected and done.
    #[must_use]
    pub fn tried(&self) -> Option<Import> {
        match self.entries.get(self.selected) {
            Some(Entry { task: Task::Import(import), state: State::Done(_), .. }) if import.dry_run => {
                Some(Import { dry_run: false, ..import.clone() })
            }
            _ => None,
        }
    }

    /// Whether films of the selected one wait for review.
    #[must_use]
    pub fn doubts(&self) -> bool {
        match self.entries.get(self.selected).map(|entry| &entry.state) {
            Some(State::Done(report)) => report.doubtful > report.put_aside && !report.dry_run,
            _ => false,
        }
    }

    fn answer(&mut self, question: Question, press: Press, desk: &mut Desk) -> Fate {
        self.question = None;
        match (question, press.code) {
            (Question::Stop(ticket), Code::Char('y' | 'Y')) => desk.deed(Deed::Stop(ticket)),
            (Question::Leave, Code::Char('y' | 'Y')) => desk.deed(Deed::Leave),
            (Question::Leave, _) => return Fate::Close,
            _ => {}
        }
        Fate::Stay
    }
}

impl Layer for TaskList {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if let Some(question) = self.question {
            return self.answer(question, press, desk);
        }
        match press.code {
            Code::Esc | Code::Char('q') => return Fate::Close,
            Code::Char('j') | Code::Down | Code::Tab => self.select(Step::Next),
            Code::Char('k') | Code::Up | Code::BackTab => self.select(Step::Previous),
            Code::PageDown | Code::Char('d' | ' ') => self.scroll(SCROLL),
            Code::PageUp | Code::Char('u') => self.scroll(-SCROLL),
            Code::Char('x') => {
                let entry = self.entries.get(self.selected).filter(|entry| entry.open());
                self.question = entry.map(|entry| Question::Stop(entry.ticket));
            }
            Code::Enter => {
                let deed = match self.tried() {
                    Some(import) => Some(Deed::Begin(Task::Import(import))),
                    None => self.doubts().then_some(Deed::Act(Action::Review)),
                };
                if let Some(deed) = deed {
                    desk.deed(deed);
                    return Fate::Close;
                }
            }
            _ => {}
        }
        Fate::Stay
    }
}

impl TaskList {
    fn select(&mut self, step: Step) {
        self.selected = step.from(self.selected, self.entries.len());
        self.top = 0;
    }

    fn scroll(&mut self, by: isize) {
        let last = self.lines().len().saturating_sub(SCROLL.unsigned_abs());
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}
