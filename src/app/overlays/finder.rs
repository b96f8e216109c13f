//! The finder: one prompt over titles, people and characters.

use super::{Ahead, Step};
use crate::app::desk::{Deed, Desk, Fate, Target};
use crate::app::field::{Field, Typed};
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::{Code, Press};
use crate::catalog::{Answer, Fault, Find, Hit, Query};
use crate::domain::{Entity, Key, ReviewId};
use std::ops::Range;

/// The most hits asked for.
pub const LIMIT: usize = 60;

/// What the finder can be narrowed to, in the order Tab walks.
pub const SCOPES: [(Option<Entity>, &str); 4] = [
    (None, "all"),
    (Some(Entity::Movie), "movies"),
    (Some(Entity::Person), "people"),
    (Some(Entity::Character), "characters"),
];

/// The finder.
#[derive(Clone, Debug)]
pub struct Finder {
    field: Field,
    scope: usize,
    hits: Vec<Hit>,
    micros: u64,
    selected: usize,
    waiting: Option<Ticket>,
    /// Enter was pressed before the answer came: the first hit opens as soon as it does. Keys pressed since then are
    /// for what is opened.
    eager: Option<Ahead>,
    /// The question was asked again because the catalogue changed: the selection stays.
    again: bool,
    says: Option<String>,
    /// Which bytes of what is typed that is about.
    wrong: Option<Range<usize>>,
    /// Films that wait for review: what is found is the movie they are.
    matching: Option<(Vec<ReviewId>, String)>,
}

impl Finder {
    /// An empty prompt.
    #[must_use]
    pub fn new() -> Self {
        Finder {
            field: Field::line(""),
            scope: 0,
            hits: Vec::new(),
            micros: 0,
            selected: 0,
            waiting: None,
            eager: None,
            again: false,
            says: None,
            wrong: None,
            matching: None,
        }
    }

    /// Finds the movie that films waiting for review are, starting from a title.
    #[must_use]
    pub fn matching(rows: Vec<ReviewId>, title: &str, desk: &mut Desk) -> Self {
        let movies = SCOPES.iter().position(|(only, _)| *only == Some(Entity::Movie)).unwrap_or(0);
        let mut finder = Finder { field: Field::line(title), scope: movies, ..Finder::new() };
        finder.matching = Some((rows, title.to_owned()));
        finder.ask(desk);
        finder
    }

    /// What the movie is looked for that is found.
    #[must_use]
    pub fn matches(&self) -> Option<&str> {
        self.matching.as_ref().map(|(_, title)| title.as_str())
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// Which of [`SCOPES`] is searched.
    #[must_use]
    pub fn scope(&self) -> usize {
        self.scope
    }

    /// The hits to show: those of the newest answer.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// How long the newest answer took, in microseconds.
    #[must_use]
    pub fn micros(&self) -> u64 {
        self.micros
    }

    /// The selected hit.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// A question is out.
    #[must_use]
    pub fn searching(&self) -> bool {
        self.waiting.is_some()
    }

    /// Why there is no answer.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    /// Which bytes of what is typed are to blame.
    #[must_use]
    pub fn wrong(&self) -> Option<&Range<usize>> {
        self.wrong.as_ref()
    }

    /// What is typed is a query, as lists take them.
    #[must_use]
    pub fn is_query(&self) -> bool {
        self.query().is_some()
    }

    /// Where the query begins, after its sign.
    fn query(&self) -> Option<usize> {
        let text = self.field.text();
        text.trim_start().strip_prefix('=').map(|query| text.len() - query.len())
    }

    fn refused(&mut self, fault: &Fault) {
        self.says = Some(fault.to_string());
        if let (Fault::Query { span, .. }, Some(start)) = (fault, self.query()) {
            self.wrong = Some(span.start + start..span.end + start);
        }
    }

    fn ask(&mut self, desk: &mut Desk) {
        let text = self.field.text();
        self.wrong = None;
        if text.trim().is_empty() {
            (self.hits, self.waiting, self.selected, self.says) = (Vec::new(), None, 0, None);
            return;
        }
        let only = SCOPES[self.scope].0;
        self.waiting = Some(desk.ask(Query::Find(Find { text, only, limit: LIMIT })));
        self.again = false;
    }

    fn narrow(&mut self, step: Step, desk: &mut Desk) -> Fate {
        if self.matching.is_some() {
            return Fate::Stay;
        }
        self.scope = step.from(self.scope, SCOPES.len());
        self.ask(desk);
        Fate::Stay
    }

    fn open(&mut self, desk: &mut Desk) -> Fate {
        if self.waiting.is_some() && !self.again {
            self.eager = Some(Ahead::default());
            return Fate::Stay;
        }
        let Some(hit) = self.hits.get(self.selected) else { return Fate::Stay };
        if let (Some((rows, _)), Key::Movie(movie)) = (&self.matching, hit.key) {
            desk.deed(Deed::Match(rows.clone(), movie));
            return Fate::Close;
        }
        desk.deed(Deed::Found(self.hits.iter().map(|hit| hit.key).collect()));
        desk.deed(Deed::Open(Target::Key(hit.key)));
        Fate::Close
    }

    /// Opens the first hit and hands on the keys pressed since Enter; without a hit they are typed here.
    fn open_eagerly(&mut self, mut ahead: Ahead, desk: &mut Desk) -> Fate {
        let fate = self.open(desk);
        if fate == Fate::Close {
            ahead.hand_on(desk);
        }
        for press in ahead.take() {
            self.press(press, desk);
        }
        fate
    }

    fn show(&mut self, hits: &[Hit], micros: u64) {
        let chosen = self.hits.get(self.selected).map(|hit| hit.key).filter(|_| self.again);
        let place = |key: Key| hits.iter().position(|hit| hit.key == key);
        self.selected = chosen.and_then(place).unwrap_or(0);
        self.hits = hits.to_vec();
        self.micros = micros;
        (self.says, self.wrong) = (None, None);
    }
}

impl Default for Finder {
    fn default() -> Self {
        Finder::new()
    }
}

impl Layer for Finder {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        match (&mut self.eager, press.code) {
            (_, Code::Esc) => return Fate::Close,
            (Some(ahead), _) => {
                ahead.hold(press);
                return Fate::Stay;
            }
            (None, _) => {}
        }
        if let Some(step) = Step::of(press) {
            self.selected = step.from(self.selected, self.hits.len());
            return Fate::Stay;
        }
        match press.code {
            Code::Enter => return self.open(desk),
            Code::Tab => return self.narrow(Step::Next, desk),
            Code::BackTab => return self.narrow(Step::Previous, desk),
            _ => {}
        }
        if self.field.press(press) == Typed::Changed {
            self.ask(desk);
        }
        Fate::Stay
    }

    fn paste(&mut self, text: &str, desk: &mut Desk) -> Fate {
        if self.field.paste(text) == Typed::Changed {
            self.ask(desk);
        }
        Fate::Stay
    }

    fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, desk: &mut Desk) -> Fate {
        if self.waiting != Some(ticket) {
            return Fate::Ignored;
        }
        self.waiting = None;
        match answer {
            Ok(Answer::Hits(found)) => self.show(&found.hits, found.micros),
            Ok(_) | Err(Fault::Cancelled) => {}
            Err(fault) => self.refused(fault),
        }
        self.again = false;
        self.eager.take().map_or(Fate::Stay, |ahead| self.open_eagerly(ahead, desk))
    }

    fn changed(&mut self, desk: &mut Desk) -> Fate {
        if self.waiting.is_none() {
            self.ask(desk);
            self.again = true;
        }
        Fate::Stay
    }
}

#[cfg(test)]
mod tests;
