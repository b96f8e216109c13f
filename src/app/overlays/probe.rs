//! Plays an overlay in tests: keys in, effects and deeds out.

use crate::app::desk::{Deed, Desk, Fate, Target};
use crate::app::msg::{Effect, Ticket};
use crate::app::{Overlay, Press};
use crate::catalog::{
    Answer, Choice, Command, Consequences, Done, Draft, Fault, Find, Hit, Hits, Outcome, Pick, Query, Summary, Who,
};
use crate::domain::{AccountId, Entity, Key, MovieId, PersonId, Standing};

/// An overlay and all it has wished for.
pub struct Probe {
    pub overlay: Overlay,
    pub desk: Desk,
    pub fate: Fate,
}

impl Probe {
    pub fn new(open: impl FnOnce(&mut Desk) -> Overlay) -> Self {
        let mut desk = Desk::default();
        let overlay = open(&mut desk);
        Probe { overlay, desk, fate: Fate::Stay }
    }

    /// Presses keys, written as the key table writes them.
    pub fn press(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            self.fate = self.overlay.press(Press::parse(key).expect("a key"), &mut self.desk);
        }
        self
    }

    /// Types letters.
    pub fn letters(mut self, text: &str) -> Self {
        for letter in text.chars() {
            self.fate = self.overlay.press(Press::plain(crate::app::Code::Char(letter)), &mut self.desk);
        }
        self
    }

    /// The newest question.
    pub fn asked(&self) -> (Ticket, Query) {
        let asked = self.desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Ask(ticket, query) => Some((*ticket, query.clone())),
            _ => None,
        });
        asked.expect("a question")
    }

    /// Tickets of all questions, oldest first.
    pub fn tickets(&self) -> Vec<Ticket> {
        let asks = self.desk.effects.iter().filter_map(|effect| match effect {
            Effect::Ask(ticket, _) => Some(*ticket),
            _ => None,
        });
        asks.collect()
    }

    /// The newest command.
    pub fn ran(&self) -> Option<(Ticket, Command)> {
        self.desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Do(ticket, command) => Some((*ticket, command.clone())),
            _ => None,
        })
    }

    /// Answers the newest question.
    pub fn answer(self, answer: Answer) -> Self {
        let (ticket, _) = self.asked();
        self.answer_to(ticket, Ok(answer))
    }

    #[allow(clippy::needless_pass_by_value, reason = "answers are made where they are given")]
    pub fn answer_to(mut self, ticket: Ticket, answer: Result<Answer, Fault>) -> Self {
        self.fate = self.overlay.answered(ticket, &answer, &mut self.desk);
        self
    }

    /// Says what the newest command came to.
    pub fn done(mut self, done: Result<Outcome, Fault>) -> Self {
        let (ticket, _) = self.ran().expect("a command");
        let done = done.map(|outcome| Done { outcome, changes: Vec::new() });
        self.fate = self.overlay.done(ticket, &done, &mut self.desk);
        self
    }

    /// The overlay that was pushed in place of this one.
    pub fn pushed(mut self) -> Self {
        let pushed = self.desk.deeds.drain(..).find_map(|deed| match deed {
            Deed::Push(overlay) => Some(*overlay),
            _ => None,
        });
        self.overlay = pushed.expect("an overlay");
        self.fate = Fate::Stay;
        self
    }

    /// What the deeds say, one line each, but for what is only remembered.
    pub fn deeds(&self) -> Vec<String> {
        self.desk.deeds.iter().filter(|deed| !matches!(deed, Deed::Remember(_))).map(tell).collect()
    }
}

fn tell(deed: &Deed) -> String {
    match deed {
        Deed::Open(Target::Key(key)) => format!("open {key}"),
        Deed::Open(target) => format!("open {target:?}"),
        Deed::Act(action) => format!("act {action:?}"),
        Deed::Run(action, word) => format!("run {action:?} {word}"),
        Deed::Press(press) => format!("press {press}"),
        Deed::Push(_) => "push".to_owned(),
        Deed::Notice(notice) => format!("notice {}", notice.text),
        Deed::Narrow(words) => format!("narrow {words}"),
        Deed::Match(rows, movie) => format!("match {} {}", rows.len(), movie.0),
        Deed::Who(who) => format!("who {}", who.as_ref().map_or("guest", |who| who.username.as_str())),
        Deed::Reload(key) => format!("reload {}", key.map_or_else(|| "all".to_owned(), |key| key.to_string())),
        Deed::Order(task) => format!("order {}", task.title()),
        Deed::Begin(task) => format!("begin {}", task.title()),
        Deed::Stop(ticket) => format!("stop {}", ticket.0),
        Deed::Remember(line) => format!("remember {line}"),
        Deed::Leave => "leave".to_owned(),
        Deed::Found(keys) => format!("found {}", keys.len()),
    }
}

/// A hit on a movie.
pub fn hit(id: u32, text: &str, note: &str) -> Hit {
    Hit {
        key: Key::Movie(MovieId(id)),
        text: text.to_owned(),
        marks: vec![(0, text.chars().next().map_or(0, char::len_utf8))],
        year: Some(1942),
        note: note.to_owned(),
        score: 1,
        favorite: false,
    }
}

pub fn hits(hits: Vec<Hit>) -> Answer {
    Answer::Hits(Hits { hits, micros: 812 })
}

/// What the finder was asked.
pub fn find_of(query: Query) -> Find {
    match query {
        Query::Find(find) => find,
        other => panic!("{other:?}"),
    }
}

pub fn choice(id: u32, name: &str, note: &str) -> Choice {
    Choice { key: Key::Person(PersonId(id)), name: name.to_owned(), note: note.to_owned(), marks: vec![(0, 1)] }
}

pub fn consequences() -> Answer {
    Answer::Consequences(Consequences {
        names: vec!["Casablanca".to_owned()],
        records: 1,
        besides: vec!["10 characters".to_owned(), "2 favorites of 2 accounts".to_owned()],
    })
}

pub fn summary(accounts: u64) -> Answer {
    Answer::Summary(Summary { accounts, ..Summary::default() })
}

pub fn who() -> Who {
    Who { id: AccountId(1), username: "ada".to_owned(), standing: Standing::Curator }
}

/// The draft of a movie.
pub fn casablanca() -> Draft {
    let Draft::Movie { mut movie, .. } = super::form::blank::blank(Entity::Movie) else { panic!("a movie") };
    movie.title = "Casablanca".to_owned();
    movie.released = "1942-11-26".parse().ok();
    movie.duration = Some(6120);
    movie.directors = vec![PersonId(7)];
    movie.description = Some("Rick runs a café.\nThen she walks in.".to_owned());
    Draft::Movie {
        movie,
        directors: vec![Pick::Known(PersonId(7), "Michael Curtiz".to_owned())],
        countries: Vec::new(),
        genres: Vec::new(),
        poster: None,
        images: Vec::new(),
    }
}

/// The same after somebody else's edit.
pub fn edited(edit: impl FnOnce(&mut crate::domain::Movie)) -> Draft {
    let mut draft = casablanca();
    if let Draft::Movie { movie, .. } = &mut draft {
        edit(movie);
    }
    draft
}
