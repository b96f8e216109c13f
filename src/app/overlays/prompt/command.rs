//! `:`: every action by its name, some with a word to it.

use crate::app::Action;
use crate::app::desk::{Deed, Desk, Fate};
use crate::app::field::{Field, Typed};
use crate::app::keymap::{Binding, table};
use crate::app::overlays::{Step, closeness};
use crate::app::press::{Code, Press};

/// A way to finish what is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole line it makes.
    pub line: String,
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
}

/// The command line.
#[derive(Clone, Debug)]
pub struct Command {
    known: Known,
    /// The line of the past that is shown.
    recalled: Option<usize>,
    field: Field,
    completions: Vec<Completion>,
    selected: Option<usize>,
    says: Option<String>,
}

impl Command {
    /// An empty line that offers every command.
    #[must_use]
    pub fn new(known: Known) -> Self {
        let completions = complete("", &known);
        Command { known, recalled: None, field: Field::line(""), completions, selected: None, says: None }
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
        if matches!(press.code, Code::Up | Code::Down) && self.recall(press.code == Code::Up) {
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
            Code::Tab => self.take(self.selected.unwrap_or(0)),
            Code::BackTab => self.step(Step::Previous),
            _ => {
                let typed = self.field.press(press);
                self.typed(typed);
            }
        }
        Fate::Stay
    }

    pub(super) fn paste(&mut self, text: &str) {
        let typed = self.field.paste(text);
        self.typed(typed);
    }

    fn typed(&mut self, typed: Typed) {
        if typed == Typed::Changed {
            self.completions = complete(&self.field.text(), &self.known);
            (self.selected, self.says, self.recalled) = (None, None, None);
        }
    }

    /// Shows an earlier line of the past, or a later one; only from an empty line on, else the arrows choose.
    fn recall(&mut self, earlier: bool) -> bool {
        let count = self.known.past.len();
        let at = match (self.recalled, earlier) {
            (None, true) if self.field.is_empty() && self.selected.is_none() && count > 0 => Some(count - 1),
            (None, _) => return false,
            (Some(at), true) => Some(at.saturating_sub(1)),
            (Some(at), false) => Some(at + 1).filter(|at| *at < count),
        };
        self.field.set(at.map_or("", |at| &self.known.past[at]));
        self.typed(Typed::Changed);
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

    fn take(&mut self, at: usize) {
        let Some(completion) = self.completions.get(at) else { return };
        let takes = |action| words(Some(action)).len() + self.known.of(action).count() > 0;
        let wants_word = !completion.line.contains(' ') && named(&completion.line).is_some_and(takes);
        let line = if wants_word { format!("{} ", completion.line) } else { completion.line.clone() };
        self.field.set(&line);
        self.typed(Typed::Changed);
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

/// What the line could become: names that start so first, then names that hold its letters in order.
fn complete(line: &str, known: &Known) -> Vec<Completion> {
    let (name, word) = split(line);
    if line.trim_start().contains(' ') {
        let action = resolve(name).ok();
        let fixed = words(action).iter().map(|word| (*word, ""));
        let own = action.into_iter().flat_map(|action| known.of(action));
        let fitting = fixed.chain(own).filter(|(known, _)| known.to_lowercase().starts_with(&word.to_lowercase()));
        return fitting.map(|(word, help)| Completion { line: format!("{name} {word}"), help, key: "" }).collect();
    }
    let lower = name.to_lowercase();
    let mut ranked: Vec<(usize, &Binding, &str)> = rows().filter_map(|row| rank(row, &lower)).collect();
    ranked.sort_by_key(|(rank, _, name)| (*rank, *name));
    let completion = |(_, row, name): (usize, &'static Binding, &str)| Completion {
        line: name.to_owned(),
        help: row.help,
        key: row.keys.first().copied().unwrap_or_default(),
    };
    ranked.into_iter().map(completion).collect()
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
