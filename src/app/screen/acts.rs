//! What a screen makes of actions.

use super::{Screen, Tab};
use crate::app::action::Action;
use crate::app::desk::{Deed, Desk, Fate, Target};
use crate::app::layout::{Class, Pane};
use crate::app::panes::{ListPane, Step};
use crate::app::sorting;
use crate::catalog::List;
use crate::domain::Key;

impl Screen {
    /// Acts on what concerns this screen alone.
    pub fn act(&mut self, action: Action, desk: &mut Desk) -> Fate {
        let step = match action {
            Action::Down => Step::Rows(1),
            Action::Up => Step::Rows(-1),
            Action::First => Step::First,
            Action::Last => Step::Last,
            Action::HalfDown => Step::Halves(1),
            Action::HalfUp => Step::Halves(-1),
            Action::PageDown => Step::Halves(2),
            Action::PageUp => Step::Halves(-2),
            _ => return self.act_on_panes(action, desk),
        };
        match self.focus {
            Pane::Filter => self.filter.iter_mut().for_each(|filter| filter.step(step)),
            Pane::List => self.list.iter_mut().for_each(|list| list.step(step, desk)),
            Pane::Detail => self.detail.step(step),
        }
        Fate::Stay
    }

    fn act_on_panes(&mut self, action: Action, desk: &mut Desk) -> Fate {
        match action {
            Action::Left | Action::Right if self.tab == Tab::Reviews && self.focus == Pane::List => {
                self.detail.choose(action == Action::Right, desk);
            }
            Action::NextCandidate => self.detail.choose(true, desk),
            Action::OpenCandidate => match self.detail.candidate() {
                Some(movie) => desk.deed(Deed::Open(Target::Key(Key::Movie(movie)))),
                None => return Fate::Ignored,
            },
            Action::Left => self.side(false),
            Action::Right => self.side(true),
            Action::NextPane => self.turn(1),
            Action::PreviousPane => self.turn(-1),
            Action::Enlarge => self.enlarged = !self.enlarged,
            Action::FilterPane => return self.toggle_filter_pane(),
            Action::Open => self.open(desk),
            Action::Mark if self.focus == Pane::Filter => self.toggle_filter(desk),
            Action::Mark => self.list.iter_mut().for_each(|list| list.mark(desk)),
            Action::MarkRange => self.list.iter_mut().for_each(ListPane::mark_range),
            Action::Clear => return self.clear(desk),
            Action::Escape => return self.escape(desk),
            _ => return Fate::Ignored,
        }
        Fate::Stay
    }

    /// One level back inside the screen; ignored where there is none.
    fn escape(&mut self, desk: &mut Desk) -> Fate {
        let taken = std::mem::take(&mut self.enlarged)
            || self.list.is_some() && self.focus != Pane::List && {
                self.focus = Pane::List;
                true
            }
            || self.list.as_mut().is_some_and(ListPane::clear_marks)
            || self.narrow("", desk)
            || !self.opened && self.clear(desk) == Fate::Stay;
        if taken { Fate::Stay } else { Fate::Ignored }
    }

    /// Closes what lies over the list: an enlarged pane, or one that hides the list. False where there is none.
    pub fn close_level(&mut self) -> bool {
        let hides = match Class::of(self.cols) {
            Class::Narrow => self.focus != Pane::List,
            Class::Middle => self.focus == Pane::Filter,
            Class::Wide => false,
        };
        if std::mem::take(&mut self.enlarged) {
            return true;
        }
        let closes = hides && self.list.is_some();
        if closes {
            self.focus = Pane::List;
        }
        closes
    }

    fn clear(&mut self, desk: &mut Desk) -> Fate {
        let Some(list) = &mut self.list else { return Fate::Ignored };
        let marks = list.clear_marks();
        let filters = list.change(sorting::clear, true, desk);
        if marks || filters { Fate::Stay } else { Fate::Ignored }
    }

    /// Narrows the list to words; false if it was so already.
    pub fn narrow(&mut self, words: &str, desk: &mut Desk) -> bool {
        let keep = words.is_empty();
        self.list.as_mut().is_some_and(|list| list.change(|list| sorting::narrow(list, words), keep, desk))
    }

    fn side(&mut self, right: bool) {
        if self.focus == Pane::Detail && self.detail.side(right) {
            return;
        }
        let panes = self.panes();
        let at = panes.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        let next = if right { Some(at + 1) } else { at.checked_sub(1) };
        if let Some(pane) = next.and_then(|next| panes.get(next)) {
            self.go(*pane);
        }
    }

    fn turn(&mut self, by: isize) {
        let panes = self.panes();
        let at = panes.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        let next = (at + panes.len()).saturating_add_signed(by) % panes.len();
        self.go(panes[next]);
    }

    fn go(&mut self, pane: Pane) {
        self.focus = pane;
        if pane == Pane::Detail {
            self.detail.focus();
        }
    }

    /// The panes that can be walked to, from the left.
    fn panes(&self) -> Vec<Pane> {
        let beside = match Class::of(self.cols) {
            Class::Middle if self.focus == Pane::Filter => return vec![Pane::List, Pane::Filter],
            Class::Middle => false,
            Class::Narrow => true,
            Class::Wide => !self.filter_hidden,
        };
        let filter = self.filter.is_some() && beside;
        let all = [(Pane::Filter, filter), (Pane::List, self.list.is_some()), (Pane::Detail, true)];
        all.into_iter().filter_map(|(pane, here)| here.then_some(pane)).collect()
    }

    fn toggle_filter_pane(&mut self) -> Fate {
        if self.filter.is_none() {
            return Fate::Ignored;
        }
        if self.focus == Pane::Filter {
            self.focus = Pane::List;
            self.filter_hidden = Class::of(self.cols) == Class::Wide;
        } else {
            self.filter_hidden = false;
            self.focus = Pane::Filter;
        }
        self.enlarged = false;
        Fate::Stay
    }

    fn toggle_filter(&mut self, desk: &mut Desk) {
        let (Some(filter), Some(list)) = (&mut self.filter, &mut self.list) else { return };
        if let Some(view) = filter.view() {
            return desk.deed(Deed::Run(Action::View, view.to_owned()));
        }
        let toggle = |list: &mut List| match list {
            List::Movies { filter: values, .. } => filter.toggle(values),
            _ => false,
        };
        list.change(toggle, false, desk);
    }

    fn open(&mut self, desk: &mut Desk) {
        match self.focus {
            Pane::Filter => self.toggle_filter(desk),
            Pane::List if self.tab == Tab::Reviews => desk.deed(Deed::Act(Action::Accept)),
            Pane::List => self.subject().into_iter().for_each(|key| desk.deed(Deed::Open(Target::Key(key)))),
            Pane::Detail => match (self.detail.link(), self.list.is_some(), self.subject()) {
                (Some(link), ..) => desk.deed(Deed::Open(link.target.clone())),
                (None, true, Some(key)) => desk.deed(Deed::Open(Target::Key(key))),
                _ => {}
            },
        }
    }
}
