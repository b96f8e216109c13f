//! A field of references: chips in a row, and a fuzzy picker under what is typed.

use super::value::{Chip, Value};
use crate::app::desk::Desk;
use crate::app::field::{Field, Typed};
use crate::app::msg::Ticket;
use crate::app::overlays::Step;
use crate::app::press::{Code, Press};
use crate::catalog::{Answer, Choice, Fault, Query};
use crate::domain::text::clean_line;
use crate::domain::{Entity, Key};

/// The most records offered at once.
pub const OFFERED: usize = 8;

/// References being picked.
#[derive(Clone, Debug)]
pub struct Chips {
    entity: Entity,
    many: bool,
    picked: Vec<Chip>,
    at: Option<usize>,
    typed: Field,
    open: bool,
    choices: Vec<Choice>,
    selected: usize,
    waiting: Option<Ticket>,
    /// Enter was pressed before the choices came.
    eager: bool,
    says: Option<String>,
}

impl Chips {
    /// References to one kind of record.
    #[must_use]
    pub fn new(entity: Entity, many: bool, chips: Vec<Chip>) -> Self {
        Chips {
            entity,
            many,
            picked: chips,
            at: None,
            typed: Field::line(""),
            open: false,
            choices: Vec::new(),
            selected: 0,
            waiting: None,
            eager: false,
            says: None,
        }
    }

    /// The references so far.
    #[must_use]
    pub fn chips(&self) -> &[Chip] {
        &self.picked
    }

    /// The chip that is selected.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// What is typed to find one.
    #[must_use]
    pub fn typed(&self) -> &Field {
        &self.typed
    }

    /// The picker is open.
    #[must_use]
    pub fn open(&self) -> bool {
        self.open
    }

    /// The records that fit.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The selected line: one of the choices, or after them the record to be made.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Choices are on their way.
    #[must_use]
    pub fn searching(&self) -> bool {
        self.waiting.is_some()
    }

    /// Enter waits for them.
    #[must_use]
    pub fn eager(&self) -> bool {
        self.eager
    }

    /// Why there are no choices.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    /// The name of a record that could be made from what is typed.
    #[must_use]
    pub fn fresh(&self) -> Option<String> {
        let name = clean_line(&self.typed.text());
        (self.entity != Entity::Movie && !name.is_empty()).then_some(name)
    }

    /// The value so far.
    #[must_use]
    pub fn value(&self) -> Value {
        Value::Chips(self.picked.clone())
    }

    /// Something is typed that is no reference yet.
    #[must_use]
    pub fn pending(&self) -> bool {
        !self.typed.text().trim().is_empty()
    }

    /// Takes a key; what it does not take is for the form.
    pub fn press(&mut self, press: Press, desk: &mut Desk) -> Typed {
        self.eager = false;
        if self.open
            && let Some(step) = Step::of(press)
        {
            self.selected = step.from(self.selected, self.lines());
            return Typed::Moved;
        }
        match press.code {
            Code::Enter if self.open => self.enter(),
            Code::Esc if self.open => self.close(),
            Code::Char('n') if press.ctrl => self.ask(desk),
            Code::Left | Code::Right if press.alt && self.at.is_some() => self.shift(press.code == Code::Left),
            Code::Left if self.typed.is_empty() => self.select(true),
            Code::Right if self.typed.is_empty() && self.at.is_some() => self.select(false),
            Code::Backspace | Code::Delete if self.typed.is_empty() => self.remove(press.code),
            _ => self.letters(press, desk),
        }
    }

    fn letters(&mut self, press: Press, desk: &mut Desk) -> Typed {
        let typed = self.typed.press(press);
        self.after(typed, desk)
    }

    /// Takes pasted text into what is typed.
    pub fn paste(&mut self, text: &str, desk: &mut Desk) -> Typed {
        let typed = self.typed.paste(text);
        self.after(typed, desk)
    }

    fn after(&mut self, typed: Typed, desk: &mut Desk) -> Typed {
        if typed != Typed::Changed {
            return typed;
        }
        self.at = None;
        if self.typed.is_empty() { self.close() } else { self.ask(desk) }
    }

    fn ask(&mut self, desk: &mut Desk) -> Typed {
        let text = self.typed.text();
        self.open = true;
        self.waiting = Some(desk.ask(Query::Choices { entity: self.entity, text, limit: OFFERED }));
        Typed::Changed
    }

    fn close(&mut self) -> Typed {
        self.typed.set("");
        (self.open, self.waiting, self.says, self.selected) = (false, None, None, 0);
        self.choices.clear();
        Typed::Changed
    }

    fn lines(&self) -> usize {
        self.choices.len() + usize::from(self.fresh().is_some())
    }

    fn enter(&mut self) -> Typed {
        if self.waiting.is_some() {
            self.eager = true;
            return Typed::Moved;
        }
        let known = self.choices.get(self.selected).map(|one| Chip { key: Some(one.key), name: one.name.clone() });
        match known.or_else(|| self.fresh().map(|name| Chip { key: None, name })) {
            Some(chip) => self.add(chip),
            None => Typed::Moved,
        }
    }

    fn add(&mut self, chip: Chip) -> Typed {
        let same = |other: &Chip| match (chip.key, other.key) {
            (None, None) => chip.name == other.name,
            (one, another) => one == another,
        };
        if self.picked.iter().any(same) {
            self.says = Some(format!("{} is already there", chip.name));
            return Typed::Moved;
        }
        if !self.many {
            self.picked.clear();
        }
        self.picked.push(chip);
        self.close()
    }

    fn select(&mut self, left: bool) -> Typed {
        let count = self.picked.len();
        self.at = match (self.at, left) {
            (None, true) => count.checked_sub(1),
            (Some(at), true) => Some(at.saturating_sub(1)),
            (Some(at), false) => Some(at + 1).filter(|at| *at < count),
            (None, false) => None,
        };
        Typed::Moved
    }

    fn shift(&mut self, left: bool) -> Typed {
        let Some(at) = self.at else { return Typed::Ignored };
        let to = if left { at.saturating_sub(1) } else { (at + 1).min(self.picked.len().saturating_sub(1)) };
        self.picked.swap(at, to);
        self.at = Some(to);
        Typed::Changed
    }

    fn remove(&mut self, code: Code) -> Typed {
        let Some(at) = self.at.or_else(|| self.picked.len().checked_sub(1).filter(|_| code == Code::Backspace)) else {
            return Typed::Moved;
        };
        self.picked.remove(at);
        self.at = self.at.filter(|_| !self.picked.is_empty()).map(|at| at.min(self.picked.len() - 1));
        Typed::Changed
    }

    /// Leaves the field: no chip stays selected.
    pub fn leave(&mut self) {
        self.at = None;
    }

    /// Gives a chip its name, once it is known.
    pub fn name(&mut self, key: Key, name: &str) {
        self.picked.iter_mut().filter(|chip| chip.key == Some(key)).for_each(|chip| name.clone_into(&mut chip.name));
    }

    /// Takes the choices asked for; an answer to an older question is none of them.
    pub fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>) -> bool {
        if self.waiting != Some(ticket) {
            return false;
        }
        self.waiting = None;
        self.selected = 0;
        match answer {
            Ok(Answer::Choices(choices)) => (self.choices, self.says) = (choices.clone(), None),
            Ok(_) | Err(Fault::Cancelled) => {}
            Err(fault) => self.says = Some(fault.to_string()),
        }
        if std::mem::take(&mut self.eager) {
            self.enter();
        }
        true
    }
}
