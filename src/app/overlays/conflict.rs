//! Two edits of one record, field by field: what is entered here, and what somebody else saved meanwhile.

use super::Step;
use super::form::{Form, Spec, Value};
use crate::app::desk::{Deed, Desk, Fate};
use crate::app::overlay::{Layer, Overlay};
use crate::app::press::{Code, Press};
use crate::catalog::Draft;

/// One field in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which field of the form.
    pub at: usize,
    /// What is entered here.
    pub mine: Value,
    /// What somebody else saved.
    pub theirs: Value,
    /// Both changed it.
    pub both: bool,
    /// Which of the two is to stay.
    pub keep_mine: bool,
}

/// Two edits of one record, side by side.
#[derive(Clone, Debug)]
pub struct Conflict {
    form: Form,
    theirs: Draft,
    rows: Vec<Row>,
    selected: usize,
}

impl Conflict {
    /// Compares what is entered in a form with the record as it is by now. What only one side changed is proposed
    /// from that side; what both changed, from this one.
    #[must_use]
    pub fn new(form: Form, theirs: Draft) -> Self {
        let rows = form.specs().iter().zip(form.inputs()).enumerate();
        let differing = rows.filter_map(|(at, (spec, input))| {
            let (mine, other) = (input.value(), (spec.get)(&theirs));
            let (mine_changed, theirs_changed) = (mine != *input.start(), other != *input.start());
            let both = mine_changed && theirs_changed;
            (mine != other).then_some(Row { at, mine, theirs: other, both, keep_mine: mine_changed })
        });
        Conflict { rows: differing.collect(), form, theirs, selected: 0 }
    }

    /// The form that is to be saved.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The fields that differ.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The field of a row.
    #[must_use]
    pub fn spec(&self, row: &Row) -> &'static Spec {
        &self.form.specs()[row.at]
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    fn keep(&mut self, mine: bool) {
        if let Some(row) = self.rows.get_mut(self.selected) {
            row.keep_mine = mine;
        }
    }

    fn keep_all(&mut self, mine: bool) {
        self.rows.iter_mut().for_each(|row| row.keep_mine = mine);
    }

    fn save(&self, desk: &mut Desk) -> Fate {
        let mut form = self.form.clone();
        for row in self.rows.iter().filter(|row| !row.keep_mine) {
            form.put(row.at, &row.theirs);
        }
        form.save_over(self.theirs.clone(), desk);
        back(form, desk)
    }
}

/// Lays the form over the screens again in place of the conflict.
fn back(form: Form, desk: &mut Desk) -> Fate {
    desk.deed(Deed::Push(Box::new(Overlay::Form(Box::new(form)))));
    Fate::Close
}

impl Layer for Conflict {
    fn press(&mut self, press: Press, desk: &mut Desk) -> Fate {
        let step = match press.code {
            Code::Char('j') | Code::Tab => Some(Step::Next),
            Code::Char('k') | Code::BackTab => Some(Step::Previous),
            _ => Step::of(press),
        };
        if let Some(step) = step {
            self.selected = step.from(self.selected, self.rows.len());
            return Fate::Stay;
        }
        match press.code {
            Code::Esc => return back(self.form.clone(), desk),
            Code::Char('s') if press.ctrl => return self.save(desk),
            Code::Enter => return self.save(desk),
            Code::Char('m' | 'h') | Code::Left => self.keep(true),
            Code::Char('t' | 'l') | Code::Right => self.keep(false),
            Code::Char('M') => self.keep_all(true),
            Code::Char('T') => self.keep_all(false),
            _ => {}
        }
        Fate::Stay
    }
}

#[cfg(test)]
mod tests;
