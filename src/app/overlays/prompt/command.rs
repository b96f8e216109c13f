//! `:`: every action by its name, some with a word to it.

use super::folder::{Folder, parted};
use super::line::{Completion, Known, complete, named, path_in, resolve, split, word_of, words};
use crate::app::desk::{Deed, Desk, Fate};
use crate::app::field::{Field, Typed};
use crate::app::msg::Ticket;
use crate::app::overlays::{Ahead, Step};
use crate::app::press::{Code, Press};
use crate::catalog::Fault;
use crate::catalog::task::Sight;

/// The command line.
#[derive(Clone, Debug)]
pub struct Command {
    known: Known,
    /// The line of the past that is shown.
    recalled: Option<usize>,
    field: Field,
    /// The folder of the path that is typed.
    folder: Folder,
    /// Tab was pressed before that was read, and these keys after it.
    eager: Option<Ahead>,
    completions: Vec<Completion>,
    selected: Option<usize>,
    says: Option<String>,
}

impl Command {
    /// An empty line that offers every command.
    #[must_use]
    pub fn new(known: Known) -> Self {
        let (field, folder) = (Field::line(""), Folder::default());
        let completions = complete("", &known, &folder);
        Command { known, recalled: None, field, folder, eager: None, completions, selected: None, says: None }
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// Ways to finish it.
    #[must_use]
    pub fn completions(&self) -> &[Completion] {
        &self.completions
    }

    /// The completion that Enter runs instead of what is typed.
    #[must_use]
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// What is wrong with the line.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    pub(super) fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if let Some(ahead) = self.eager.as_mut().filter(|_| press.code != Code::Esc) {
            ahead.hold(press);
            return Fate::Stay;
        }
        if matches!(press.code, Code::Up | Code::Down) && self.recall(press.code == Code::Up, desk) {
            return Fate::Stay;
        }
        if let Some(step) = Step::of(press) {
            self.step(step);
            return Fate::Stay;
        }
        match press.code {
            Code::Esc => return Fate::Close,
            Code::Backspace if self.field.is_empty() => return Fate::Close,
            Code::Enter => return self.run(desk),
            Code::Tab if self.folder.reading() => self.eager = Some(Ahead::default()),
            Code::Tab => self.tab(desk),
            Code::BackTab => self.step(Step::Previous),
            _ => {
                let typed = self.field.press(press);
                self.typed(typed, desk);
            }
        }
        Fate::Stay
    }

    pub(super) fn paste(&mut self, text: &str, desk: &mut Desk) {
        let typed = self.field.paste(text);
        self.typed(typed, desk);
    }

    /// Takes what lies in the folder that is typed.
    pub(super) fn looked(&mut self, ticket: Ticket, sight: &Result<Sight, Fault>, desk: &mut Desk) -> Fate {
        if !self.folder.looked(ticket, sight) {
            return Fate::Ignored;
        }
        self.completions = complete(&self.field.text(), &self.known, &self.folder);
        if let Some(mut ahead) = self.eager.take() {
            self.tab(desk);
            ahead.hand_on(desk);
        }
        Fate::Stay
    }

    fn typed(&mut self, typed: Typed, desk: &mut Desk) {
        if typed == Typed::Changed {
            self.changed(desk);
        }
    }

    fn changed(&mut self, desk: &mut Desk) {
        let line = self.field.text();
        if let Some(path) = path_in(&line, &self.known) {
            self.folder.follow(path, desk);
        }
        self.completions = complete(&line, &self.known, &self.folder);
        (self.selected, self.says, self.recalled) = (None, None, None);
    }

    /// Shows an earlier line of the past, or a later one; only from an empty line on, else the arrows choose.
    fn recall(&mut self, earlier: bool, desk: &mut Desk) -> bool {
        let count = self.known.past.len();
        let at = match (self.recalled, earlier) {
            (None, true) if self.field.is_empty() && self.selected.is_none() && count > 0 => Some(count - 1),
            (None, _) => return false,
            (Some(at), true) => Some(at.saturating_sub(1)),
            (Some(at), false) => Some(at + 1).filter(|at| *at < count),
        };
        self.field.set(at.map_or("", |at| &self.known.past[at]));
        self.changed(desk);
        self.recalled = at;
        true
    }

    fn step(&mut self, step: Step) {
        let count = self.completions.len();
        if count > 0 {
            let first = if step == Step::Previous { count - 1 } else { 0 };
            self.selected = Some(self.selected.map_or(first, |at| step.from(at, count)));
        }
    }

    /// Takes what is selected, else what all that fits a path has in common, else the first.
    fn tab(&mut self, desk: &mut Desk) {
        let line = self.field.text();
        let path = path_in(&line, &self.known);
        let Some(completion) = self.completions.get(self.selected.unwrap_or(0)) else {
            self.says = path.map(|path| format!("nothing there begins with “{}”", parted(path).1));
            return;
        };
        let common = path.filter(|_| self.selected.is_none()).and_then(|_| self.common());
        let takes = |action| words(Some(action)).len() + self.known.of(action).count() > 0;
        let wants_word = !completion.line.contains(' ') && named(&completion.line).is_some_and(takes);
        let line = if wants_word { format!("{} ", completion.line) } else { completion.line.clone() };
        self.field.set(common.as_ref().unwrap_or(&line));
        self.changed(desk);
    }

    /// What all completions begin with, where that is longer than what is typed.
    fn common(&self) -> Option<String> {
        let mut lines = self.completions.iter().map(|completion| completion.line.as_str());
        let first = lines.next()?;
        let shared = lines.fold(first, |shared, line| {
            let same = shared.chars().zip(line.chars()).take_while(|(one, other)| one == other);
            &shared[..same.map(|(letter, _)| letter.len_utf8()).sum()]
        });
        (shared.chars().count() > self.field.text().chars().count()).then(|| shared.to_owned())
    }

    fn run(&mut self, desk: &mut Desk) -> Fate {
        let chosen = self.selected.and_then(|at| self.completions.get(at));
        let line = chosen.map_or_else(|| self.field.text(), |completion| completion.line.clone());
        let (name, word) = split(&line);
        if name.is_empty() {
            return Fate::Close;
        }
        match resolve(name) {
            Ok(action) if word.is_empty() => desk.deed(Deed::Act(action)),
            Ok(action) => match word_of(action, word) {
                Ok(word) => desk.deed(Deed::Run(action, word)),
                Err(says) => return self.refuse(says),
            },
            Err(says) => return self.refuse(says),
        }
        desk.deed(Deed::Remember(line));
        Fate::Close
    }

    fn refuse(&mut self, says: String) -> Fate {
        self.says = Some(says);
        Fate::Stay
    }
}
