//! Walking folders by keyboard: what is typed narrows, finds and enters.

use crate::app::desk::Desk;
use crate::app::field::{Field, Typed};
use crate::app::msg::{Effect, Ticket};
use crate::app::overlays::{Step, closeness};
use crate::app::press::{Code, Press};
use crate::catalog::Fault;
use crate::catalog::task::{Seen, Sight};
use crate::domain::clean_line;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

/// A row to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The folder that is shown.
    Here,
    /// The entry of this number.
    Entry(usize),
}

/// What is wanted of a path that is being looked at.
#[derive(Clone, Debug)]
enum Wish {
    /// Show it. So many bytes of what is typed led there; this name is to be selected.
    Enter(usize, Option<OsString>),
    /// Take it.
    Take,
}

/// What came of a key or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing to do.
    Stay,
    /// Nothing is chosen.
    Leave,
    /// This was chosen.
    Took(Sight),
}

/// A folder and what is typed over it.
#[derive(Clone, Debug)]
pub struct Browser {
    sight: Sight,
    field: Field,
    /// What is typed is the name of what is to be made.
    naming: bool,
    rows: Vec<Row>,
    selected: Option<usize>,
    waiting: Option<(Ticket, Wish)>,
    /// Enter was pressed before the folder was read.
    chosen: bool,
    says: Option<String>,
}

impl Browser {
    /// Starts in the folder where the program was started. With a name it chooses where to make that.
    #[must_use]
    pub fn new(name: Option<&str>, desk: &mut Desk) -> Self {
        let mut browser = Browser {
            sight: Sight::default(),
            field: Field::line(name.unwrap_or_default()),
            naming: name.is_some(),
            rows: Vec::new(),
            selected: None,
            waiting: None,
            chosen: false,
            says: None,
        };
        browser.enter(PathBuf::from("."), 0, None, desk);
        browser
    }

    /// Starts by taking a path.
    #[must_use]
    pub fn taking(path: PathBuf, name: Option<&str>, desk: &mut Desk) -> Self {
        let mut browser = Browser::new(name, desk);
        browser.look(path, Wish::Take, desk);
        browser
    }

    /// The folder shown.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.sight.path
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// What is typed is a name.
    #[must_use]
    pub fn naming(&self) -> bool {
        self.naming
    }

    /// What can be chosen.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The chosen row.
    #[must_use]
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// An entry of the folder.
    #[must_use]
    pub fn entry(&self, at: usize) -> Option<&Seen> {
        self.sight.folder.as_ref()?.get(at)
    }

    /// The format that the folder looks like.
    #[must_use]
    pub fn guess(&self) -> Option<&'static str> {
        self.sight.guess
    }

    /// The folder holds more than is listed.
    #[must_use]
    pub fn more(&self) -> bool {
        self.sight.more
    }

    /// A folder is being read.
    #[must_use]
    pub fn reading(&self) -> bool {
        self.waiting.is_some()
    }

    /// What is wrong.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    fn look(&mut self, path: PathBuf, wish: Wish, desk: &mut Desk) {
        let ticket = desk.ticket();
        desk.effects.push(Effect::Look(ticket, path));
        self.waiting = Some((ticket, wish));
    }

    fn enter(&mut self, path: PathBuf, typed: usize, select: Option<OsString>, desk: &mut Desk) {
        self.look(path, Wish::Enter(typed, select), desk);
    }

    /// Takes a key.
    pub fn press(&mut self, press: Press, desk: &mut Desk) -> Turn {
        self.says = None;
        self.chosen = false;
        if let Some(step) = Step::of(press) {
            self.step(step);
            return Turn::Stay;
        }
        match press.code {
            Code::Esc if self.field.is_empty() || self.naming => return Turn::Leave,
            Code::Esc => {
                self.field.set("");
                self.list(None);
            }
            Code::Enter => return self.choose(desk),
            Code::Tab => self.complete(desk),
            Code::Left if self.at_start() => self.up(desk),
            Code::Right if self.at_end() => self.into(desk),
            Code::Char(letter) if self.field.is_empty() && !press.ctrl && !press.alt => {
                return self.letter(letter, press, desk);
            }
            _ => self.typed(press, desk),
        }
        Turn::Stay
    }

    /// While nothing is typed, a few letters move as they do in lists.
    fn letter(&mut self, letter: char, press: Press, desk: &mut Desk) -> Turn {
        match letter {
            'j' => self.step(Step::Next),
            'k' => self.step(Step::Previous),
            'h' => self.up(desk),
            'l' => self.into(desk),
            '~' => self.enter(PathBuf::from("~"), 0, None, desk),
            ' ' => return self.take(desk),
            _ => self.typed(press, desk),
        }
        Turn::Stay
    }

    fn at_start(&self) -> bool {
        self.field.cursor() == 0
    }

    fn at_end(&self) -> bool {
        self.field.cursor() == self.field.text().len()
    }

    fn typed(&mut self, press: Press, desk: &mut Desk) {
        if self.field.press(press) == Typed::Changed {
            self.follow(desk);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, desk: &mut Desk) {
        if self.field.paste(text) == Typed::Changed {
            self.follow(desk);
        }
    }

    /// What is typed up to a slash is a folder to enter; the rest narrows.
    fn follow(&mut self, desk: &mut Desk) {
        let text = self.field.text();
        match text.rfind('/') {
            Some(slash) => self.enter(self.resolve(&text[..=slash]), slash + 1, None, desk),
            None => self.list(None),
        }
    }

    /// The path that a text means here.
    fn resolve(&self, text: &str) -> PathBuf {
        if text.starts_with('~') {
            return PathBuf::from(text);
        }
        let mut path = PathBuf::new();
        for part in self.sight.path.join(text).components() {
            match part {
                Component::ParentDir => drop(path.pop()),
                other => path.push(other),
            }
        }
        path
    }

    fn up(&mut self, desk: &mut Desk) {
        if let Some(parent) = self.sight.path.parent() {
            let from = self.sight.path.file_name().map(OsStr::to_owned);
            self.enter(parent.to_owned(), 0, from, desk);
        }
    }

    fn into(&mut self, desk: &mut Desk) {
        if let Some(path) = self.row_path().filter(|_| self.is_folder()) {
            let typed = if self.naming { 0 } else { self.field.text().len() };
            self.enter(path, typed, None, desk);
        }
    }

    fn row(&self) -> Option<Row> {
        self.rows.get(self.selected?).copied()
    }

    fn is_folder(&self) -> bool {
        matches!(self.row(), Some(Row::Entry(at)) if self.entry(at).is_some_and(|seen| seen.folder))
    }

    fn row_path(&self) -> Option<PathBuf> {
        match self.row()? {
            Row::Here => Some(self.sight.path.clone()),
            Row::Entry(at) => Some(self.sight.path.join(&self.entry(at)?.name)),
        }
    }

    /// Enters the selected folder, or makes a file's name the one typed.
    fn complete(&mut self, desk: &mut Desk) {
        if self.selected.is_none() {
            self.step(Step::Next);
        }
        match self.row() {
            Some(Row::Entry(at)) if !self.is_folder() => {
                let name = self.entry(at).map(|seen| clean_line(&seen.name.to_string_lossy()));
                self.field.set(&name.unwrap_or_default());
                self.list(None);
            }
            _ => self.into(desk),
        }
    }

    fn choose(&mut self, desk: &mut Desk) -> Turn {
        if self.waiting.is_some() {
            self.chosen = true;
            return Turn::Stay;
        }
        if self.is_folder() {
            self.into(desk);
            return Turn::Stay;
        }
        self.take(desk)
    }

    /// Takes the selected row, file or folder; where a name is typed, what it names.
    fn take(&mut self, desk: &mut Desk) -> Turn {
        let path = match self.row() {
            Some(_) => self.row_path(),
            None if self.naming && !self.field.is_empty() => Some(self.resolve(&self.field.text())),
            None => None,
        };
        match path {
            Some(path) => self.look(path, Wish::Take, desk),
            None => self.says = Some("there is nothing of that name here".to_owned()),
        }
        Turn::Stay
    }

    fn step(&mut self, step: Step) {
        let count = self.rows.len();
        if count > 0 {
            let first = if step == Step::Previous { count - 1 } else { 0 };
            self.selected = Some(self.selected.map_or(first, |at| step.from(at, count)));
        }
    }

    /// Lists what the typed letters let through, the closest first.
    fn list(&mut self, select: Option<&OsStr>) {
        let typed = if self.naming { String::new() } else { self.field.text().to_lowercase() };
        let seen = self.sight.folder.iter().flatten().enumerate();
        let hidden = typed.starts_with('.');
        let typed = if matches!(typed.as_str(), "." | "..") { "" } else { typed.as_str() };
        let mut found: Vec<(usize, usize)> = seen
            .filter_map(|(at, seen)| {
                let name = seen.name.to_string_lossy().to_lowercase();
                (hidden || !name.starts_with('.')).then_some(at).zip(closeness(&name, typed))
            })
            .collect();
        found.sort_by_key(|(_, closeness)| *closeness);
        let here = (typed.is_empty() && !hidden && !self.naming && self.sight.folder.is_some()).then_some(Row::Here);
        self.rows = here.into_iter().chain(found.into_iter().map(|(at, _)| Row::Entry(at))).collect();
        let named =
            |row: &Row| matches!(row, Row::Entry(at) if self.entry(*at).map(|seen| seen.name.as_os_str()) == select);
        let wanted = select.and_then(|_| self.rows.iter().position(named));
        // A folder that is itself what is looked for comes first; else what is in it.
        let first = usize::from(here.is_some() && self.sight.guess.is_none() && self.rows.len() > 1);
        self.selected = wanted.or((!self.naming && first < self.rows.len()).then_some(first));
    }

    /// Takes what lies at a path; none if it was not asked for here.
    pub fn looked(&mut self, ticket: Ticket, sight: &Result<Sight, Fault>, desk: &mut Desk) -> Option<Turn> {
        let (_, wish) = self.waiting.take_if(|(waiting, _)| *waiting == ticket)?;
        Some(match (sight, wish) {
            (Err(fault), _) => self.refuse(fault.to_string()),
            (Ok(sight), Wish::Enter(typed, select)) if sight.folder.is_some() => {
                self.sight = sight.clone();
                let text = self.field.text();
                self.field.set(text.get(typed..).unwrap_or_default());
                self.list(select.as_deref());
                // More was typed while the folder was being read.
                if self.field.text().contains('/') {
                    self.follow(desk);
                }
                if self.chosen && self.waiting.is_none() { self.choose(desk) } else { Turn::Stay }
            }
            (Ok(sight), Wish::Enter(..)) => self.refuse(format!("{} is no folder", shown(&sight.path))),
            (Ok(sight), Wish::Take) if !sight.there && !self.naming => {
                self.refuse(format!("{} is not there", shown(&sight.path)))
            }
            (Ok(sight), Wish::Take) => Turn::Took(sight.clone()),
        })
    }

    fn refuse(&mut self, says: String) -> Turn {
        self.says = Some(says);
        Turn::Stay
    }

    /// Shows the folder around what was taken, where none was shown yet.
    pub fn come_back(&mut self, from: &Path, desk: &mut Desk) {
        if self.sight.folder.is_none() {
            let parent = from.parent().unwrap_or(from).to_owned();
            self.enter(parent, 0, from.file_name().map(OsStr::to_owned), desk);
        }
    }
}

/// A path as it is shown.
#[must_use]
pub fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy())
}
