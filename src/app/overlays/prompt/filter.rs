//! `=`: a query that narrows the list in hand while it is typed.

use crate::app::desk::{Deed, Desk, Fate};
use crate::app::field::{Field, Typed};
use crate::app::msg::Ticket;
use crate::app::overlays::Step;
use crate::app::press::{Code, Press};
use crate::app::sorting;
use crate::catalog::language::{Completion, Span, Subject, Wanted, complete, parse};
use crate::catalog::{Answer, Fault, List, Query};

/// The most names offered at once.
const OFFERED: usize = 8;

/// Something to complete with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What the query says then.
    pub text: String,
    /// What it means.
    pub help: String,
}

/// A query that narrows the list in hand.
#[derive(Clone, Debug)]
pub struct Filter {
    field: Field,
    before: String,
    /// None where the list takes plain words only.
    subject: Option<Subject>,
    wrong: Option<(String, Span)>,
    hint: Option<String>,
    /// The bytes that an offer takes the place of, while offers are shown.
    open: Option<Span>,
    offers: Vec<Offer>,
    selected: usize,
    waiting: Option<Ticket>,
}

impl Filter {
    /// Starts from the query that narrows the list now.
    #[must_use]
    pub fn new(list: &List) -> Self {
        let current = sorting::words(list);
        let subject = match list {
            List::Movies { .. } | List::Favorites { .. } => Some(Subject::Movies),
            List::People { .. } => Some(Subject::People),
            List::Names { .. } | List::Reviews { .. } => None,
        };
        Filter {
            field: Field::line(current),
            before: current.to_owned(),
            subject,
            wrong: None,
            hint: None,
            open: None,
            offers: Vec::new(),
            selected: 0,
            waiting: None,
        }
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// What is wrong with it, and which bytes of it.
    #[must_use]
    pub fn wrong(&self) -> Option<(&str, &Span)> {
        self.wrong.as_ref().map(|(says, span)| (says.as_str(), span))
    }

    /// What the field at the cursor takes, once asked.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// What the word at the cursor could become, and which of them is selected; none while nobody asks.
    #[must_use]
    pub fn offers(&self) -> Option<(&[Offer], usize)> {
        self.open.as_ref().filter(|_| !self.offers.is_empty()).map(|_| (self.offers.as_slice(), self.selected))
    }

    pub(super) fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        if self.offers().is_some()
            && let Some(step) = Step::of(press)
        {
            self.selected = step.from(self.selected, self.offers.len());
            return Fate::Stay;
        }
        match press.code {
            Code::Tab | Code::Enter if self.offers().is_some() => self.take(desk),
            Code::Tab => self.complete(desk),
            Code::Esc if self.open.is_some() => self.shut(),
            Code::Enter if self.wrong.is_none() => return Fate::Close,
            Code::Enter => {}
            Code::Esc => {
                if self.field.text() != self.before {
                    desk.deed(Deed::Narrow(self.before.clone()));
                }
                return Fate::Close;
            }
            _ => {
                let typed = self.field.press(press);
                self.narrow(typed, desk);
            }
        }
        Fate::Stay
    }

    pub(super) fn paste(&mut self, text: &str, desk: &mut Desk) {
        let typed = self.field.paste(text);
        self.narrow(typed, desk);
    }

    /// Takes names asked for.
    pub(super) fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>) -> Fate {
        if self.waiting.take_if(|waiting| *waiting == ticket).is_none() {
            return Fate::Ignored;
        }
        if let Ok(Answer::Choices(choices)) = answer {
            let offer = |name: &str, help: &str| Offer { text: Completion::quote(name), help: help.to_owned() };
            self.offers = choices.iter().map(|choice| offer(&choice.name, &choice.note)).collect();
            self.offers.dedup_by(|one, other| one.text == other.text);
            self.selected = 0;
        }
        Fate::Stay
    }

    /// Hears why the catalogue could not answer the query.
    pub(super) fn refused(&mut self, fault: &Fault) {
        if let Fault::Query { says, span } = fault
            && self.field.text().get(span.clone()).is_some()
        {
            self.wrong = Some((says.clone(), span.clone()));
        }
    }

    /// What cannot be read is pointed at and leaves the list as it is.
    fn narrow(&mut self, typed: Typed, desk: &mut Desk) {
        if typed != Typed::Changed {
            return;
        }
        self.hint = None;
        let text = self.field.text();
        let read = if self.subject.is_some() { parse(&text).map(drop) } else { Ok(()) };
        self.wrong = read.err().map(|wrong| (wrong.to_string(), wrong.span));
        if self.wrong.is_none() {
            desk.deed(Deed::Narrow(text));
        }
        if self.open.is_some() {
            self.complete(desk);
        }
    }

    /// Offers what the word at the cursor could become.
    fn complete(&mut self, desk: &mut Desk) {
        let Some(subject) = self.subject else { return };
        let first = self.open.is_none();
        let found = complete(&self.field.text(), self.field.cursor(), subject);
        (self.open, self.selected, self.waiting) = (Some(found.span), 0, None);
        match found.wanted {
            Wanted::Offers(offers) => {
                let offer =
                    |offer: crate::catalog::language::Offer| Offer { text: offer.text, help: offer.help.to_owned() };
                self.offers = offers.into_iter().map(offer).collect();
                if first && self.offers.len() == 1 {
                    self.take(desk);
                }
            }
            Wanted::Names(entity, text) => {
                self.waiting = Some(desk.ask(Query::Choices { entity, text, limit: OFFERED }));
            }
            Wanted::Any(field) => {
                self.shut();
                self.hint = Some(format!("{}: {}", field.word(), field.help()));
            }
        }
    }

    fn take(&mut self, desk: &mut Desk) {
        let (Some(span), Some(offer)) = (self.open.take(), self.offers.get(self.selected)) else { return };
        let blank = if offer.text.ends_with(':') { "" } else { " " };
        let text = format!("{}{blank}", offer.text);
        self.shut();
        self.field.replace(span, &text);
        self.narrow(Typed::Changed, desk);
    }

    fn shut(&mut self) {
        (self.open, self.waiting, self.selected) = (None, None, 0);
        self.offers.clear();
    }
}
