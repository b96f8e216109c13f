//! What the app makes of the keys of the review queue.

use super::action::Action;
use super::desk::Deed;
use super::keymap::{self, Meaning};
use super::overlay::Overlay;
use super::overlays::MenuItem;
use super::press::{Code, Press};
use super::session::App;
use super::words::counted;
use crate::catalog::task::Task;
use crate::catalog::{Command, Rows, Verdict};
use crate::domain::{Entity, Key, ReviewId};

/// The most films that are decided on while one waits for it.
const AT_ONCE: u64 = 100;

impl App {
    /// Decides on the film in hand, or the marked ones, or asks what to do with all of a kind.
    pub(super) fn review(&mut self, action: Action) {
        if self.needs_account(action) {
            return self.sign_in(Some(Deed::Act(action)));
        }
        let rows: Vec<ReviewId> = self.screen().subjects().into_iter().filter_map(row_of).collect();
        let chosen = self.screen().detail();
        let verdict = match action {
            Action::Alike => return self.ask_alike(),
            Action::Match if rows.is_empty() => return self.tell("nothing waits here"),
            Action::Match => {
                let title = self.screen().words_in_hand().unwrap_or_default();
                let finder = Overlay::matching(rows, &title, &mut self.desk);
                return self.overlays.push(finder);
            }
            Action::Accept => Verdict::Accept(chosen.candidate().filter(|_| {
                // The candidate in hand is that of the row shown, which may not be the row selected yet.
                rows.len() == 1 && chosen.row().is_some_and(|row| row.id == rows[0])
            })),
            Action::MakeNew => Verdict::New,
            _ => Verdict::Skip,
        };
        self.decide_on(rows, verdict);
    }

    /// Has these films decided on.
    pub(super) fn decide_on(&mut self, rows: Vec<ReviewId>, verdict: Verdict) {
        match rows.len() as u64 {
            0 => self.tell("nothing waits here"),
            count => self.decide(Rows::These(rows), count, verdict),
        }
    }

    /// Has rows decided on: many beside everything else, as an import is.
    fn decide(&mut self, rows: Rows, films: u64, verdict: Verdict) {
        if films > AT_ONCE {
            self.begin(Task::Review { rows, verdict, films });
        } else {
            self.run(Command::Review { rows, verdict });
        }
    }

    /// Takes the candidate of the number pressed in hand; where none is shown the key means what it always does.
    pub(super) fn choose_candidate(&mut self, press: Press) {
        let Code::Char(digit) = keymap::latin(press).code else { return };
        let Some(row) = self.screen().detail().row() else {
            if let Meaning::Action(action) = keymap::meaning(None, press, false) {
                self.act(action);
            }
            return;
        };
        let (number, count) = (digit.to_digit(10).unwrap_or(0) as usize, row.candidates.len());
        if (1..=count).contains(&number) {
            self.history.current_mut().choose_candidate(number - 1, &mut self.desk);
        } else {
            let only = if count == 1 { "there is only one candidate" } else { "there are not so many candidates" };
            self.tell(&format!("{only} · m finds another film"));
        }
    }

    /// A menu asks what becomes of all that wait for the same reason and are of the same source.
    fn ask_alike(&mut self) {
        let Some(row) = self.screen().detail().row() else { return self.tell("nothing waits here") };
        let (count, source) = (counted(row.alike, Entity::Movie), row.review.source);
        let title = format!("All {count} of {source} like this");
        let item =
            |letter, says: &str, word: &str| (letter, says.to_owned(), MenuItem::Run(Action::Alike, word.to_owned()));
        let items = vec![
            item('a', "accept the best candidate of each", "accept"),
            item('n', "make all of them new", "new"),
            item('x', "put all of them aside", "skip"),
        ];
        self.overlays.push(Overlay::menu(title, items));
    }

    /// Decides on all that are like the film in hand.
    pub(super) fn review_alike(&mut self, word: &str) {
        let verdict = match word {
            "accept" => Verdict::Accept(None),
            "new" => Verdict::New,
            "skip" => Verdict::Skip,
            other => return self.fail(format!("{other} is no decision: accept, new or skip")),
        };
        if self.needs_account(Action::Alike) {
            return self.sign_in(Some(Deed::Run(Action::Alike, word.to_owned())));
        }
        match self.screen().detail().row().map(|row| (row.review.why, row.review.source, row.alike)) {
            Some((why, source, films)) => {
                self.decide(Rows::Alike { why: Some(why), source: Some(source) }, films, verdict);
            }
            None => self.tell("nothing waits here"),
        }
    }
}

fn row_of(key: Key) -> Option<ReviewId> {
    match key {
        Key::Review(id) => Some(id),
        _ => None,
    }
}
