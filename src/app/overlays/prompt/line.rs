//! What a command line means, and what it could become.

use super::folder::{Folder, parted};
use crate::app::Action;
use crate::app::keymap::{Binding, table};
use crate::app::overlays::closeness;

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

impl Known {
    pub(super) fn of(&self, action: Action) -> impl Iterator<Item = (&str, &'static str)> {
        let own = self.words.iter().filter(move |(for_action, ..)| *for_action == action);
        own.map(|(_, word, help)| (word.as_str(), *help))
    }
}

/// The name and the word of a line; a colon typed once too often is forgiven.
pub(super) fn split(line: &str) -> (&str, &str) {
    let line = line.trim_start_matches([':', ' ']).trim_end();
    line.split_once(' ').map_or((line, ""), |(name, word)| (name, word.trim()))
}

pub(super) fn named(name: &str) -> Option<Action> {
    table().iter().find(|row| row.names.contains(&name)).map(|row| row.action)
}

/// The action of a name, or of the only name that starts so.
pub(super) fn resolve(name: &str) -> Result<Action, String> {
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
pub(super) fn words(action: Option<Action>) -> &'static [&'static str] {
    match action {
        Some(Action::Add) => &["movie", "person", "character", "genre", "country", "file", "account"],
        Some(Action::Sort) => &["title", "name", "date", "duration", "budget", "rating", "popularity", "added"],
        _ => &[],
    }
}

/// The word an action takes, in full.
pub(super) fn word_of(action: Action, word: &str) -> Result<String, String> {
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
pub(super) fn path_in<'a>(line: &'a str, known: &Known) -> Option<&'a str> {
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
pub(super) fn complete(line: &str, known: &Known, folder: &Folder) -> Vec<Completion> {
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
