//! What is being typed into one field of a form, whatever its kind.

use super::chips::Chips;
use super::spec::{Kind, Spec};
use super::value::Value;
use crate::app::desk::Desk;
use crate::app::field::{Field, Typed};
use crate::app::msg::Ticket;
use crate::app::press::{Code, Press};
use crate::catalog::{Answer, Draft, Fault};

/// One field while it is edited.
#[derive(Clone, Debug)]
pub struct Input {
    entry: Entry,
    start: Value,
    wrong: Option<String>,
}

/// The means of editing.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A line or prose.
    Text(Box<Field>),
    /// One of a few words, by place.
    Words(&'static [&'static str], usize),
    /// References.
    Chips(Box<Chips>),
}

impl Input {
    /// A field as the draft has it.
    #[must_use]
    pub fn new(spec: &Spec, draft: &Draft) -> Self {
        let start = (spec.get)(draft);
        Input { entry: Entry::new(spec.kind, &start), start, wrong: None }
    }

    /// The means of editing.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// What is wrong with it.
    #[must_use]
    pub fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// The value as entered so far.
    #[must_use]
    pub fn value(&self) -> Value {
        match &self.entry {
            Entry::Text(field) => Value::Text(field.text()),
            Entry::Words(_, at) => Value::Choice(*at),
            Entry::Chips(chips) => chips.value(),
        }
    }

    /// The value it started from.
    #[must_use]
    pub fn start(&self) -> &Value {
        &self.start
    }

    /// Something was entered that was not there.
    #[must_use]
    pub fn touched(&self) -> bool {
        self.value() != self.start || self.pending()
    }

    /// Something is typed that is no value yet.
    #[must_use]
    pub fn pending(&self) -> bool {
        matches!(&self.entry, Entry::Chips(chips) if chips.pending())
    }

    /// Says what is wrong with it.
    pub fn complain(&mut self, says: String) {
        self.wrong = Some(says);
    }

    /// Enters a value in place of what is there.
    pub fn put(&mut self, kind: Kind, value: &Value) {
        self.entry = Entry::new(kind, value);
        self.wrong = None;
    }

    /// From now on this is the value it started from.
    pub fn rebase(&mut self, value: Value) {
        self.start = value;
    }

    /// Reads the value into a draft, or remembers why it cannot be read.
    pub fn read(&mut self, spec: &Spec, draft: &mut Draft) -> bool {
        let read = if self.pending() {
            Err("enter takes the marked line, esc drops what is typed".to_owned())
        } else {
            (spec.set)(draft, &self.value())
        };
        self.wrong = read.err();
        self.wrong.is_none()
    }

    /// Takes a key; what it does not take is for the form.
    pub fn press(&mut self, press: Press, desk: &mut Desk) -> Typed {
        let typed = match &mut self.entry {
            Entry::Text(field) => field.press(press),
            Entry::Words(words, at) => choose(words, at, press),
            Entry::Chips(chips) => chips.press(press, desk),
        };
        self.forgive(typed)
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, desk: &mut Desk) -> Typed {
        let typed = match &mut self.entry {
            Entry::Text(field) => field.paste(text),
            Entry::Words(..) => Typed::Ignored,
            Entry::Chips(chips) => chips.paste(text, desk),
        };
        self.forgive(typed)
    }

    /// Takes the choices asked for, if it is one of its own questions.
    pub fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>) -> bool {
        let before = self.value();
        let mine = self.chips_mut().is_some_and(|chips| chips.answered(ticket, answer));
        if self.value() != before {
            self.wrong = None;
        }
        mine
    }

    fn forgive(&mut self, typed: Typed) -> Typed {
        if typed == Typed::Changed {
            self.wrong = None;
        }
        typed
    }

    /// The references, where it is a field of them.
    pub fn chips_mut(&mut self) -> Option<&mut Chips> {
        match &mut self.entry {
            Entry::Chips(chips) => Some(chips),
            _ => None,
        }
    }
}

impl Entry {
    fn new(kind: Kind, value: &Value) -> Self {
        match (kind, value) {
            (Kind::Line, value) => Entry::Text(Box::new(Field::line(value.text()))),
            (Kind::Prose | Kind::Lines, value) => Entry::Text(Box::new(Field::prose(value.text()))),
            (Kind::Words(words), Value::Choice(at)) => Entry::Words(words, *at),
            (Kind::Words(words), _) => Entry::Words(words, 0),
            (Kind::One(entity), value) => Entry::Chips(Box::new(Chips::new(entity, false, value.chips().to_vec()))),
            (Kind::Many(entity), value) => Entry::Chips(Box::new(Chips::new(entity, true, value.chips().to_vec()))),
        }
    }
}

/// Left, right and blank walk the words; a letter goes to the next word that starts with it.
fn choose(words: &[&str], at: &mut usize, press: Press) -> Typed {
    let count = words.len();
    let next = match press.code {
        Code::Left => (*at + count - 1) % count,
        Code::Right | Code::Char(' ') => (*at + 1) % count,
        Code::Char(letter) if !press.ctrl && !press.alt => {
            let starts = |word: &str| word.to_lowercase().starts_with(letter.to_ascii_lowercase());
            let after = (1..=count).map(|step| (*at + step) % count);
            after.into_iter().find(|place| starts(words[*place])).unwrap_or(*at)
        }
        _ => return Typed::Ignored,
    };
    let changed = next != *at;
    *at = next;
    if changed { Typed::Changed } else { Typed::Moved }
}
