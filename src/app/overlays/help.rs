//! The help: what can be done here, with keys; typing narrows it, Enter does it.

use super::Step;
use crate::app::Action;
use crate::app::desk::{Deed, Desk, Fate};
use crate::app::field::{Field, Typed};
use crate::app::keymap::{Binding, Scope, table};
use crate::app::overlay::Layer;
use crate::app::press::{Code, Press};
use crate::domain::fold::fold;

/// The help.
#[derive(Clone, Debug)]
pub struct Help {
    field: Field,
    rows: Vec<&'static Binding>,
    shown: Vec<usize>,
    selected: usize,
}

impl Help {
    /// The help for these actions, in the order of the key table; what is of this place alone comes first.
    #[must_use]
    pub fn new(actions: &[Action]) -> Self {
        let mut rows: Vec<&Binding> = table().iter().filter(|row| actions.contains(&row.action)).collect();
        rows.sort_by_key(|row| row.scope != Scope::Review);
        Help { field: Field::line(""), shown: (0..rows.len()).collect(), rows, selected: 0 }
    }

    /// The keys of a row, but for those that mean something else here; where none is left, its name as a command.
    #[must_use]
    pub fn keys(&self, row: &Binding) -> String {
        let own = self.rows.iter().filter(|other| other.scope == Scope::Review && row.scope != Scope::Review);
        let taken: Vec<&str> = own.flat_map(|other| other.keys).copied().collect();
        let free: Vec<String> = row.shown_keys().into_iter().filter(|key| !taken.contains(&key.as_str())).collect();
        match row.names.first() {
            Some(name) if free.is_empty() => format!(":{name}"),
            _ => free.join(" "),
        }
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The rows that fit what is typed.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &'static Binding> + '_ {
        self.shown.iter().map(|at| self.rows[*at])
    }

    /// The selected one of them.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    fn narrow(&mut self) {
        let typed = fold(&self.field.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |row: &Binding| {
            let text = fold(&format!("{} {}", row.names.join(" "), row.help));
            let is_key = row.keys.contains(&self.field.text().trim());
            is_key || words.iter().all(|word| text.contains(word))
        };
        self.shown = (0..self.rows.len()).filter(|at| fits(self.rows[*at])).collect();
        self.selected = 0;
    }
}

impl Layer for Help {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if let Some(step) = Step::of(press) {
            self.selected = step.from(self.selected, self.shown.len());
            return Fate::Stay;
        }
        match press.code {
            Code::Esc => return Fate::Close,
            Code::Enter => {
                let Some(at) = self.shown.get(self.selected) else { return Fate::Stay };
                desk.deed(Deed::Act(self.rows[*at].action));
                return Fate::Close;
            }
            _ => {}
        }
        if self.field.press(press) == Typed::Changed {
            self.narrow();
        }
        Fate::Stay
    }

    fn paste(&mut self, text: &str, _desk: &mut Desk) -> Fate {
        if self.field.paste(text) == Typed::Changed {
            self.narrow();
        }
        Fate::Stay
    }
}

#[cfg(test)]
mod tests;
