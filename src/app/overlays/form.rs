//! Forms: one machine for every entity, whose fields are data.

pub mod blank;
pub mod chips;
pub mod codec;
pub mod input;
pub mod spec;
pub mod value;

mod outcome;
mod promotion;

pub use chips::Chips;
pub use input::{Entry, Input};
pub use spec::{Kind, Spec};
pub use value::{Chip, Value};

use super::{Ahead, Step};
use crate::app::desk::{Desk, Fate};
use crate::app::field::Typed;
use crate::app::msg::Ticket;
use crate::app::overlay::Layer;
use crate::app::press::{Code, Press};
use crate::catalog::{Answer, Command, Done, Draft, Fault, Query, Save};
use crate::domain::{Entity, Key};

/// What a form is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStart {
    /// A new record; it refers to this one where it can.
    Add(Entity, Option<Key>),
    /// A record that is there.
    Edit(Key),
}

/// Where a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The record is on its way.
    Loading(Ticket),
    /// There is nothing to edit; the sentence says why.
    Failed,
    /// Being edited.
    Editing,
    /// Asks whether to throw away what was typed.
    Leaving,
    /// An account's new role is on its way; the rest follows.
    Promoting(Ticket),
    /// The command is on its way.
    Saving(Ticket),
    /// Somebody else's edit is on its way, to be laid beside this one.
    Comparing(Ticket),
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    entity: Entity,
    key: Option<Key>,
    base: Draft,
    inputs: Vec<Input>,
    focus: usize,
    opened: bool,
    stage: Stage,
    says: Option<String>,
    naming: Option<(Ticket, usize, Key)>,
    watching: Option<Ticket>,
    writing: Option<Ticket>,
    ahead: Ahead,
}

impl Form {
    /// A form for a new record or one that is there.
    #[must_use]
    pub fn new(start: FormStart, desk: &mut Desk) -> Self {
        match start {
            FormStart::Edit(key) => {
                let stage = Stage::Loading(desk.ask(Query::Draft(key)));
                Form { stage, ..Form::of(key.entity(), Some(key), blank::blank(key.entity())) }
            }
            FormStart::Add(entity, near) => {
                let mut form = Form::of(entity, None, blank::blank(entity));
                if let Some(near) = near {
                    form.refer(near, desk);
                }
                form
            }
        }
    }

    fn of(entity: Entity, key: Option<Key>, base: Draft) -> Self {
        let inputs = spec::fields(entity).iter().map(|spec| Input::new(spec, &base)).collect();
        Form {
            entity,
            key,
            base,
            inputs,
            focus: 0,
            opened: false,
            stage: Stage::Editing,
            says: None,
            naming: None,
            watching: None,
            writing: None,
            ahead: Ahead::default(),
        }
    }

    /// Fills in the reference to the record the new one was begun at, and asks for its name.
    fn refer(&mut self, near: Key, desk: &mut Desk) {
        let Some(at) = spec::referring(self.entity, near.entity()) else { return };
        let value = Value::Chips(vec![Chip { key: Some(near), name: "…".to_owned() }]);
        let kind = self.specs()[at].kind;
        self.inputs[at].put(kind, &value);
        self.inputs[at].rebase(value);
        self.naming = Some((desk.ask(Query::Draft(near)), at, near));
        if at == 0 {
            self.focus = 1;
        }
    }

    /// Which kind of record it is for.
    #[must_use]
    pub fn entity(&self) -> Entity {
        self.entity
    }

    /// The record it changes; none where it adds one.
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        self.key
    }

    /// The name of the record as it was when the form opened.
    #[must_use]
    pub fn name(&self) -> String {
        blank::name(&self.base)
    }

    /// Its fields as data.
    #[must_use]
    pub fn specs(&self) -> &'static [Spec] {
        spec::fields(self.entity)
    }

    /// What is typed into its fields, in the same order.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The field in focus.
    #[must_use]
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The field in focus is open over the whole form.
    #[must_use]
    pub fn opened(&self) -> bool {
        self.opened
    }

    /// Where the form stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What there is to say about the whole of it.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    /// Something was typed.
    #[must_use]
    pub fn touched(&self) -> bool {
        self.inputs.iter().any(Input::touched)
    }

    fn kind(&self) -> Kind {
        self.specs().get(self.focus).map_or(Kind::Line, |spec| spec.kind)
    }

    /// Enter waits for the choices of the field in focus.
    fn picking(&self) -> bool {
        let entry = self.inputs.get(self.focus).map(Input::entry);
        matches!(entry, Some(Entry::Chips(chips)) if chips.eager())
    }

    /// Presses the keys that were pressed ahead.
    fn catch_up(&mut self, desk: &mut Desk) -> Fate {
        let mut fate = Fate::Stay;
        for press in self.ahead.take() {
            if fate == Fate::Stay {
                fate = self.press(press, desk);
            }
        }
        fate
    }

    fn is_long(&self) -> bool {
        matches!(self.kind(), Kind::Prose | Kind::Lines)
    }

    fn type_key(&mut self, press: Press, desk: &mut Desk) -> Typed {
        let focus = self.focus;
        self.inputs.get_mut(focus).map_or(Typed::Ignored, |input| input.press(press, desk))
    }

    /// Reads the field in focus, so that what is wrong with it is said as soon as it is left.
    fn walk(&mut self, step: Step) -> Fate {
        let focus = self.focus;
        if let Some(input) = self.inputs.get_mut(focus) {
            input.read(&spec::fields(self.entity)[focus], &mut self.base.clone());
            if let Some(chips) = input.chips_mut() {
                chips.leave();
            }
        }
        self.opened = false;
        self.focus = step.from(focus, self.inputs.len());
        Fate::Stay
    }

    fn edit_outside(&mut self, desk: &mut Desk) -> Fate {
        if self.is_long() {
            let text = self.inputs[self.focus].value();
            self.writing = Some(desk.edit(text.text().to_owned()));
        }
        Fate::Stay
    }

    fn save(&mut self, desk: &mut Desk) -> Fate {
        let mut draft = self.base.clone();
        let specs = self.specs();
        let mut wrong = None;
        for (at, (input, spec)) in self.inputs.iter_mut().zip(specs).enumerate() {
            if !input.read(spec, &mut draft) {
                wrong = wrong.or(Some(at));
            }
        }
        if let Some(at) = wrong {
            (self.focus, self.opened) = (at, false);
            self.stage = Stage::Editing;
            self.says = Some(format!("{} needs another look", specs[at].label));
            return Fate::Stay;
        }
        self.says = None;
        if let Some(command) = self.promotion(&draft) {
            self.stage = Stage::Promoting(desk.run(command));
            return Fate::Stay;
        }
        let base = self.key.map(|_| blank::record(&self.base));
        let save = Save { key: self.key, base, draft };
        self.stage = Stage::Saving(desk.run(Command::Save(Box::new(save))));
        Fate::Stay
    }

    fn enter(&mut self, desk: &mut Desk) -> Fate {
        if self.is_long() {
            self.opened = true;
            return Fate::Stay;
        }
        if self.focus + 1 == self.inputs.len() { self.save(desk) } else { self.walk(Step::Next) }
    }

    fn escape(&mut self) -> Fate {
        if !self.touched() {
            return Fate::Close;
        }
        self.stage = Stage::Leaving;
        Fate::Stay
    }

    fn press_opened(&mut self, press: Press, desk: &mut Desk) -> Fate {
        match press.code {
            Code::Esc => self.opened = false,
            Code::Tab => return self.walk(Step::Next),
            Code::BackTab => return self.walk(Step::Previous),
            _ => {
                self.type_key(press, desk);
            }
        }
        Fate::Stay
    }

    fn press_closed(&mut self, press: Press, desk: &mut Desk) -> Fate {
        let long_walks = self.is_long() && (Step::of(press).is_some() || press.code == Code::Enter);
        if !long_walks && self.type_key(press, desk) != Typed::Ignored {
            return Fate::Stay;
        }
        match press.code {
            Code::Esc => self.escape(),
            Code::Enter => self.enter(desk),
            Code::Tab => self.walk(Step::Next),
            Code::BackTab => self.walk(Step::Previous),
            _ => Step::of(press).map_or(Fate::Stay, |step| self.walk(step)),
        }
    }

    fn press_leaving(&mut self, press: Press) -> Fate {
        match press.code {
            Code::Char('y' | 'Y') => Fate::Close,
            Code::Char('n' | 'N') | Code::Esc | Code::Enter => {
                self.stage = Stage::Editing;
                Fate::Stay
            }
            _ => Fate::Stay,
        }
    }
}

impl Layer for Form {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        match self.stage {
            Stage::Loading(_) | Stage::Failed if press.code == Code::Esc => return Fate::Close,
            Stage::Loading(_) | Stage::Failed | Stage::Promoting(_) | Stage::Saving(_) | Stage::Comparing(_) => {
                self.ahead.hold(press);
                return Fate::Stay;
            }
            Stage::Leaving if press != Press::ctrl('s') => return self.press_leaving(press),
            Stage::Leaving | Stage::Editing => {}
        }
        if self.picking() && press.code != Code::Esc {
            self.ahead.hold(press);
            return Fate::Stay;
        }
        match (press.code, press.ctrl) {
            (Code::Char('s'), true) => self.save(desk),
            (Code::Char('o'), true) => self.edit_outside(desk),
            _ if self.opened => self.press_opened(press, desk),
            _ => self.press_closed(press, desk),
        }
    }

    fn paste(&mut self, text: &str, desk: &mut Desk) -> Fate {
        let focus = self.focus;
        if self.stage == Stage::Editing
            && let Some(input) = self.inputs.get_mut(focus)
        {
            input.paste(text, desk);
        }
        Fate::Stay
    }

    fn answered(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, desk: &mut Desk) -> Fate {
        self.hear(ticket, answer, desk)
    }

    fn done(&mut self, ticket: Ticket, done: &Result<Done, Fault>, desk: &mut Desk) -> Fate {
        if self.stage == Stage::Promoting(ticket) {
            return self.promoted(done, desk);
        }
        if self.stage != Stage::Saving(ticket) {
            return Fate::Ignored;
        }
        self.stage = Stage::Editing;
        match done {
            Ok(done) => self.saved(done, desk),
            Err(fault) => self.refused(fault, desk),
        }
    }

    fn steps_aside(&mut self, ticket: Ticket, desk: &mut Desk) -> bool {
        let waits = self.stage == Stage::Saving(ticket);
        if waits {
            self.ahead.hand_on(desk);
        }
        waits
    }

    fn edited(&mut self, ticket: Ticket, text: &Result<String, String>, _desk: &mut Desk) -> Fate {
        if self.writing != Some(ticket) {
            return Fate::Ignored;
        }
        self.writing = None;
        match text {
            Ok(text) => {
                let (kind, clean) = (self.kind(), crate::domain::text::clean_prose(text));
                self.inputs[self.focus].put(kind, &Value::Text(clean));
            }
            Err(says) => self.says = Some(says.clone()),
        }
        Fate::Stay
    }

    fn changed(&mut self, desk: &mut Desk) -> Fate {
        if let (Some(key), Stage::Editing | Stage::Leaving) = (self.key, self.stage) {
            self.watching = Some(desk.ask(Query::Draft(key)));
        }
        Fate::Stay
    }
}

#[cfg(test)]
mod tests;
