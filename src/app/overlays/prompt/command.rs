//! `:`: every action by its name, some with a word to it.

use super::folder::{Folder, parted};
use crate::app::Action;
use crate::app::desk::{Deed, Desk, Fate};
use crate::app::field::{Field, Typed};
use crate::app::keymap::{Binding, table};
use crate::app::msg::Ticket;
use crate::app::overlays::{Ahead, Step, closeness};
use crate::app::press::{Code, Press};
use crate::catalog::Fault;
use crate::catalog::task::Sight;

/// A way to finish what is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole line it makes.
    pub line: String,
    /// What of it is shown.
    pub shown: String,
    /// What it does.
    pub help: &'static str,
    /// Its key, where it has one.
    pub key: &'static str,
}

/// What the session knows that a command line can offer.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Lines that were carried out, oldest first, each once.
    pub past: Vec<String>,
    /// Words that actions take: formats, views, with what they are.
    pub words: Vec<(Action, String, &'static str)>,
    /// What can be done here: only that is offered.
    pub here: Vec<Action>,
}

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

impl Known {
    fn of(&self, action: Action) -> impl Iterator<Item = (&str, &'static str)> {
        let own = self.words.iter().filter(move |(for_action, ..)| *for_action == action);
        own.map(|(_, word, help)| (word.as_str(), *help))
    }
}

/// The name and the word of a line; a colon typed once too often is forgiven.
fn split(line: &str) -> (&str, &str) {
    let line = line.trim_start_matches([':', ' ']).trim_end();
    line.split_once(' ').map_or((line, ""), |(name, word)| (name, word.trim()))
}

fn named(name: &str) -> Option<Action> {
    table().iter().find(|row| row.names.contains(&name)).map(|row| row.action)
}

/// The action of a name, or of the only name that starts so.
fn resolve(name: &str) -> Result<Action, String> {
    if let Some(action) = named(name) {
        return Ok(action);
    }
    let lower = name.to_lowercase();
    let starting: Vec<&Binding> =
        rows().filter(|row| row.names.iter().any(|known| known.starts_with(&lower))).collect();
    match starting.as_slice() {
        [only] => Ok(only.action),
        [] => Err(unknown(name, &lower)),
        several => {
            let names: Vec<String> = several.iter().take(4).map(|row| format!(":{}", row.names[0])).collect();
            Err(format!(":{name} could be {}", names.join(", ")))
        }
    }
}

fn unknown(name: &str, lower: &str) -> String {
    let near = rows().filter_map(|row| row.names.iter().map(|known| (distance(known, lower), *known)).min());
    match near.min() {
        Some((distance, known)) if distance <= 2 => format!("there is no :{name}; is it :{known}?"),
        _ => format!("there is no :{name}; ctrl-u and tab show what there is"),
    }
}

/// Rows of the key table that have a name.
fn rows() -> impl Iterator<Item = &'static Binding> {
    table().iter().filter(|row| !row.names.is_empty())
}

/// Words that an action takes on the command line.
fn words(action: Option<Action>) -> &'static [&'static str] {
    match action {
        Some(Action::Add) => &["movie", "person", "character", "genre", "country", "file", "account"],
        Some(Action::Sort) => &["title", "name", "date", "duration", "budget", "rating", "popularity", "added"],
        _ => &[],
    }
}

/// The word an action takes, in full.
fn word_of(action: Action, word: &str) -> Result<String, String> {
    let known = words(Some(action));
    if known.is_empty() {
        return if takes_text(action) { Ok(word.to_owned()) } else { Err(format!("this takes no word: {word}")) };
    }
    let lower = word.to_lowercase();
    let mut fitting = known.iter().filter(|known| known.starts_with(&lower));
    match (fitting.next(), known.contains(&lower.as_str())) {
        (_, true) => Ok(lower),
        (Some(first), _) if fitting.next().is_none() => Ok((*first).to_owned()),
        _ => Err(format!("{word} is none of {}", known.join(", "))),
    }
}

/// Actions that take any text.
fn takes_text(action: Action) -> bool {
    matches!(action, Action::Filter | Action::Find | Action::Import | Action::Export | Action::View)
}

/// The path that a line ends in: what follows the action, or the format after it.
fn path_in<'a>(line: &'a str, known: &Known) -> Option<&'a str> {
    let (name, word) = line.trim_start_matches([':', ' ']).split_once(' ')?;
    let action = resolve(name).ok().filter(|action| matches!(action, Action::Import | Action::Export))?;
    let word = word.trim_start();
    let format = |word: &str| known.of(action).any(|(known, _)| known.trim_end() == word);
    Some(match word.split_once(' ') {
        Some((first, rest)) if format(first) => rest.trim_start(),
        _ => word,
    })
}

/// What the line could become: names that start so first, then names that hold its letters in order.
fn complete(line: &str, known: &Known, folder: &Folder) -> Vec<Completion> {
    let (name, word) = split(line);
    if line.trim_start().contains(' ') {
        let path = path_in(line, known);
        let mut completions = Vec::new();
        // A path that follows a format leaves no word to choose.
        if path.is_none_or(|path| path.trim_end() == word) {
            completions = complete_word(name, word, known);
        }
        let (head, _) = parted(path.unwrap_or_default());
        let before = path.map_or("", |path| &line[..line.len() - path.len()]);
        let names = path.into_iter().flat_map(|path| folder.fitting(path));
        let completion = |name: &str| Completion {
            line: format!("{before}{head}{name}"),
            shown: name.to_owned(),
            help: "",
            key: "",
        };
        completions.extend(names.map(completion));
        return completions;
    }
    let lower = name.to_lowercase();
    let here = rows().filter(|row| known.here.contains(&row.action));
    let mut ranked: Vec<(usize, &Binding, &str)> = here.filter_map(|row| rank(row, &lower)).collect();
    ranked.sort_by_key(|(rank, _, name)| (*rank, *name));
    let completion = |(_, row, name): (usize, &'static Binding, &str)| Completion {
        line: name.to_owned(),
        shown: name.to_owned(),
        help: row.help,
        key: row.keys.first().copied().unwrap_or_default(),
    };
    ranked.into_iter().map(completion).collect()
}

/// What the word after an action could become.
fn complete_word(name: &str, word: &str, known: &Known) -> Vec<Completion> {
    let action = resolve(name).ok();
    let fixed = words(action).iter().map(|word| (*word, ""));
    let own = action.into_iter().flat_map(|action| known.of(action));
    let fitting = fixed.chain(own).filter(|(known, _)| known.to_lowercase().starts_with(&word.to_lowercase()));
    let completion = |(word, help)| {
        let line = format!("{name} {word}");
        Completion { shown: line.clone(), line, help, key: "" }
    };
    fitting.map(completion).collect()
}

fn rank<'a>(row: &'a Binding, typed: &str) -> Option<(usize, &'a Binding, &'a str)> {
    let best =
        row.names.iter().filter_map(|name| closeness(name, typed).map(|rank| (rank, *name))).min_by_key(|best| best.0);
    best.map(|(rank, name)| (rank, row, name))
}

/// How many letters must be added, dropped or replaced to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(40).collect();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.chars().enumerate() {
        let mut left_above = std::mem::replace(&mut above[0], row + 1);
        for (column, wanted) in other.iter().enumerate() {
            let replaced = left_above + usize::from(letter != *wanted);
            left_above = above[column + 1];
            above[column + 1] = replaced.min(above[column] + 1).min(left_above + 1);
        }
    }
    above[other.len()]
}
