//! What is to be done with the chosen path: the format and what can be said to it.

use crate::app::field::{Field, Typed};
use crate::app::overlays::Step;
use crate::app::press::{Code, Press};
use crate::catalog::task::{Export, Format, Import, Settings, Sight, Task};
use crate::domain::MovieId;
use std::path::{Path, PathBuf};

/// What an order is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Take films in, in one of these formats.
    Import(Vec<Format>),
    /// Give films out in this format; these, or all.
    Export(Format, Vec<MovieId>),
}

/// A line of the order.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub help: &'static str,
    /// What is chosen.
    pub value: Value,
}

/// What is chosen in a line.
#[derive(Clone, Debug)]
pub enum Value {
    /// A format, or none yet.
    Format(Option<Format>),
    /// On or off.
    Flag(bool),
    /// A text; what it is.
    Text(&'static str, Box<Field>),
    /// On or off, with a text that may be left out; what it is.
    Optional(bool, &'static str, Box<Field>),
}

const DRY_RUN: &str = "dry run";
const OVERWRITE: &str = "overwrite";

/// An order.
#[derive(Clone, Debug)]
pub struct Order {
    aim: Aim,
    path: PathBuf,
    /// Something is at the path.
    there: bool,
    items: Vec<Item>,
    selected: usize,
    asking: bool,
    says: Option<String>,
}

/// What came of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// Nothing yet.
    Stay,
    /// Back to the folders.
    Back,
    /// This is to be done.
    Begin(Task),
}

impl Order {
    /// An order for a path, with the format that it looks like.
    #[must_use]
    pub fn new(aim: Aim, sight: &Sight, wanted: Option<&str>) -> Self {
        let format = match &aim {
            Aim::Import(formats) => {
                let wanted = wanted.or(sight.guess);
                formats.iter().find(|format| Some(format.name) == wanted).copied()
            }
            Aim::Export(format, _) => Some(*format),
        };
        let (path, there) = (sight.path.clone(), sight.there);
        let mut order = Order { aim, path, there, items: Vec::new(), selected: 0, asking: false, says: None };
        order.take(format);
        order
    }

    /// What it is for.
    #[must_use]
    pub fn aim(&self) -> &Aim {
        &self.aim
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its lines.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The selected line.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Whether to write over what is there is being asked.
    #[must_use]
    pub fn asking(&self) -> bool {
        self.asking
    }

    /// What is wrong.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    fn take(&mut self, format: Option<Format>) {
        let flag = |name, help| Item { name, help, value: Value::Flag(false) };
        let about = format.map_or("not recognised: choose one", |format| format.about);
        let mut items = vec![Item { name: "format", help: about, value: Value::Format(format) }];
        if format.is_some_and(|format| format.merges) {
            items.push(flag(DRY_RUN, "say what would come of it; change nothing"));
            items.push(flag(OVERWRITE, "let it replace what was entered here"));
        }
        for setting in format.map_or(&[][..], |format| format.settings) {
            let field = Box::new(Field::line(""));
            let optional = setting.value.strip_prefix('[').and_then(|word| word.strip_suffix(']'));
            let value = match (setting.value, optional) {
                ("", _) => Value::Flag(false),
                (_, Some(word)) => Value::Optional(false, word, field),
                (word, None) => Value::Text(word, field),
            };
            items.push(Item { name: setting.name, help: setting.help, value });
        }
        self.items = items;
    }

    fn turn(&mut self, step: Step) {
        let Aim::Import(formats) = &self.aim else { return };
        let now = self.format().and_then(|now| formats.iter().position(|format| *format == now));
        let next = match (now, step) {
            (None, Step::Previous) => formats.len().saturating_sub(1),
            (None, _) => 0,
            (Some(now), step) => step.from(now, formats.len()),
        };
        let format = formats.get(next).copied();
        self.take(format);
    }

    /// The chosen format.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        match self.items.first().map(|item| &item.value) {
            Some(Value::Format(format)) => *format,
            _ => None,
        }
    }

    /// Takes a key.
    pub fn press(&mut self, press: Press) -> Placed {
        self.says = None;
        if std::mem::take(&mut self.asking) {
            return match press.code {
                Code::Char('y' | 'Y') => self.begin(true),
                _ => Placed::Stay,
            };
        }
        if let Some(step) = Step::of(press) {
            self.selected = step.from(self.selected, self.items.len());
            return Placed::Stay;
        }
        match press.code {
            Code::Esc => return Placed::Back,
            Code::Enter => return self.begin(false),
            Code::Tab => self.selected = Step::Next.from(self.selected, self.items.len()),
            Code::BackTab => self.selected = Step::Previous.from(self.selected, self.items.len()),
            _ => self.enter(press),
        }
        Placed::Stay
    }

    fn enter(&mut self, press: Press) {
        let count = self.items.len();
        match (&mut self.items[self.selected].value, press.code) {
            (Value::Text(_, field), _) => drop(field.press(press)),
            (Value::Optional(on, ..), Code::Char(' ')) => *on = !*on,
            (Value::Optional(on, _, field), _) => *on |= field.press(press) == Typed::Changed && !field.is_empty(),
            (_, Code::Char('j')) => self.selected = Step::Next.from(self.selected, count),
            (_, Code::Char('k')) => self.selected = Step::Previous.from(self.selected, count),
            (Value::Flag(on), Code::Char(' ') | Code::Left | Code::Right) => *on = !*on,
            (Value::Format(_), Code::Left | Code::Char('h')) => self.turn(Step::Previous),
            (Value::Format(_), Code::Right | Code::Char('l' | ' ')) => self.turn(Step::Next),
            _ => {}
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        match &mut self.items[self.selected].value {
            Value::Text(_, field) => drop(field.paste(text)),
            Value::Optional(on, _, field) => *on |= field.paste(text) == Typed::Changed && !field.is_empty(),
            Value::Format(_) | Value::Flag(_) => {}
        }
    }

    fn on(&self, name: &str) -> bool {
        self.items.iter().any(|item| item.name == name && matches!(item.value, Value::Flag(true)))
    }

    fn settings(&self, format: &Format) -> Settings {
        let given = |item: &Item| match &item.value {
            Value::Flag(true) => Some((item.name, String::new())),
            Value::Text(_, field) if !field.text().trim().is_empty() => Some((item.name, field.text())),
            Value::Optional(true, _, field) => Some((item.name, field.text().trim().to_owned())),
            _ => None,
        };
        let own = |item: &&Item| format.settings.iter().any(|setting| setting.name == item.name);
        Settings(self.items.iter().filter(own).filter_map(given).collect())
    }

    fn begin(&mut self, overwrite: bool) -> Placed {
        let Some(format) = self.format() else {
            self.says = Some("choose its format with the left and right arrow".to_owned());
            return Placed::Stay;
        };
        let settings = self.settings(&format);
        Placed::Begin(match &self.aim {
            Aim::Import(_) => Task::Import(Import {
                format: format.name,
                paths: vec![self.path.clone()],
                settings,
                dry_run: self.on(DRY_RUN),
                overwrite: self.on(OVERWRITE),
            }),
            Aim::Export(..) if self.there && !overwrite => {
                self.asking = true;
                return Placed::Stay;
            }
            Aim::Export(format, movies) => Task::Export(Export {
                format: format.name,
                to: Some(self.path.clone()),
                movies: movies.clone(),
                query: String::new(),
                settings,
                overwrite,
            }),
        })
    }
}
