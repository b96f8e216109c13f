//! What a form makes of answers: the record it edits, others' edits, and how saving went.

use super::{Form, Stage, blank};
use crate::app::desk::{Deed, Desk, Fate, Target};
use crate::app::msg::Ticket;
use crate::app::overlay::Overlay;
use crate::app::overlays::Conflict;
use crate::catalog::{Answer, Done, Draft, Fault, Outcome, Query};
use crate::domain::Key;

impl Form {
    pub(super) fn hear(&mut self, ticket: Ticket, answer: &Result<Answer, Fault>, desk: &mut Desk) -> Fate {
        if self.stage == Stage::Loading(ticket) {
            return self.loaded(answer, desk);
        }
        if self.stage == Stage::Comparing(ticket) {
            return self.compared(answer, desk);
        }
        if self.watching == Some(ticket) {
            self.watching = None;
            return self.noticed(answer);
        }
        if self.naming.is_some_and(|(asked, ..)| asked == ticket) {
            return self.named(answer);
        }
        if self.inputs.iter_mut().any(|input| input.answered(ticket, answer)) {
            return if self.picking() { Fate::Stay } else { self.catch_up(desk) };
        }
        Fate::Ignored
    }

    fn loaded(&mut self, answer: &Result<Answer, Fault>, desk: &mut Desk) -> Fate {
        match answer {
            Ok(Answer::Draft(draft)) => {
                let ahead = std::mem::take(&mut self.ahead);
                *self = Form { ahead, ..Form::of(self.entity, self.key, Draft::clone(draft)) };
            }
            Ok(_) => self.stage = Stage::Failed,
            Err(fault) => (self.stage, self.says) = (Stage::Failed, Some(fault.to_string())),
        }
        self.catch_up(desk)
    }

    fn named(&mut self, answer: &Result<Answer, Fault>) -> Fate {
        if let (Some((_, at, key)), Ok(Answer::Draft(draft))) = (self.naming.take(), answer) {
            let input = &mut self.inputs[at];
            let touched = input.touched();
            if let Some(chips) = input.chips_mut() {
                chips.name(key, &blank::name(draft));
            }
            if !touched {
                input.rebase(input.value());
            }
        }
        Fate::Stay
    }

    /// Another session committed: perhaps it changed this record.
    fn noticed(&mut self, answer: &Result<Answer, Fault>) -> Fate {
        match answer {
            Ok(Answer::Draft(theirs)) if blank::record(theirs) == blank::record(&self.base) => {}
            Ok(Answer::Draft(_)) if self.touched() => {
                self.says = Some("changed elsewhere: ctrl-s shows both".to_owned());
            }
            Ok(Answer::Draft(theirs)) => {
                let focus = self.focus;
                *self = Form::of(self.entity, self.key, Draft::clone(theirs));
                self.focus = focus;
                self.says = Some("changed elsewhere: this is the new one".to_owned());
            }
            Err(Fault::Gone(_)) => self.says = Some("removed elsewhere: this can no longer be saved".to_owned()),
            _ => {}
        }
        Fate::Stay
    }

    pub(super) fn saved(&mut self, done: &Done, desk: &mut Desk) -> Fate {
        match &done.outcome {
            // A new genre or country would open a list of no films.
            Outcome::Added(key @ (Key::Genre(_) | Key::Country(_)), _) => desk.deed(Deed::Reload(Some(*key))),
            // A character that moves to another film has another address.
            Outcome::Changed(key, _) if self.key == Some(*key) => desk.deed(Deed::Reload(Some(*key))),
            Outcome::Added(key, _) | Outcome::Changed(key, _) => {
                desk.deed(Deed::Reload(Some(*key)));
                desk.deed(Deed::Open(Target::Key(*key)));
            }
            _ => {}
        }
        desk.notice_of(&done.outcome);
        self.ahead.hand_on(desk);
        Fate::Close
    }

    pub(super) fn refused(&mut self, fault: &Fault, desk: &mut Desk) -> Fate {
        self.ahead.take();
        match (fault, self.key) {
            (Fault::Fields(fields), _) => self.mark(fields),
            (Fault::Conflict(_), Some(key)) => self.stage = Stage::Comparing(desk.ask(Query::Draft(key))),
            (Fault::SignInFirst, _) => {
                self.says = Some("signed in? then ctrl-s saves".to_owned());
                let sign_in = Overlay::sign_in(None, desk);
                desk.deed(Deed::Push(Box::new(sign_in)));
            }
            (fault, _) => self.says = Some(fault.to_string()),
        }
        Fate::Stay
    }

    fn mark(&mut self, fields: &[(&'static str, String)]) {
        let mut elsewhere = Vec::new();
        let mut first = None;
        for (name, says) in fields {
            match self.specs().iter().position(|spec| spec.name == *name) {
                Some(at) => {
                    self.inputs[at].complain(says.clone());
                    first = Some(first.map_or(at, |first: usize| first.min(at)));
                }
                None => elsewhere.push(format!("{name}: {says}")),
            }
        }
        if let Some(at) = first {
            (self.focus, self.opened) = (at, false);
        }
        self.says = Some(elsewhere.join("; ")).filter(|says| !says.is_empty());
    }

    fn compared(&mut self, answer: &Result<Answer, Fault>, desk: &mut Desk) -> Fate {
        self.stage = Stage::Editing;
        let theirs = match answer {
            Ok(Answer::Draft(theirs)) => theirs,
            Ok(_) => return Fate::Stay,
            Err(fault) => {
                self.says = Some(fault.to_string());
                return Fate::Stay;
            }
        };
        let conflict = Conflict::new(self.clone(), Draft::clone(theirs));
        if conflict.rows().is_empty() {
            return self.save_over(Draft::clone(theirs), desk);
        }
        desk.deed(Deed::Push(Box::new(Overlay::Conflict(Box::new(conflict)))));
        Fate::Close
    }

    /// Saves what is entered as an edit of this newer record.
    pub(in crate::app::overlays) fn save_over(&mut self, theirs: Draft, desk: &mut Desk) -> Fate {
        for (input, spec) in self.inputs.iter_mut().zip(super::spec::fields(self.entity)) {
            input.rebase((spec.get)(&theirs));
        }
        self.base = theirs;
        self.save(desk)
    }

    /// Enters a value in place of what is there.
    pub(in crate::app::overlays) fn put(&mut self, at: usize, value: &super::Value) {
        let kind = self.specs()[at].kind;
        self.inputs[at].put(kind, value);
    }
}
