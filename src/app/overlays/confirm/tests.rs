use crate::app::desk::Fate;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::{Probe, consequences};
use crate::catalog::{Command, Fault, Outcome, Query};
use crate::domain::{Key, MovieId};

const MOVIE: Key = Key::Movie(MovieId(1));

fn open() -> Probe {
    Probe::new(|desk| Overlay::confirm_removal(vec![MOVIE], desk))
}

#[test]
fn nothing_goes_before_it_is_counted() {
    let probe = open();
    assert_eq!(probe.asked().1, Query::Consequences(vec![MOVIE]));
    let probe = probe.press("y");
    assert!(probe.ran().is_none());
}

#[test]
fn enter_keeps_by_default() {
    let probe = open().answer(consequences()).press("enter");
    assert_eq!(probe.fate, Fate::Close);
    assert!(probe.ran().is_none());
}

#[test]
fn y_removes_and_says_so() {
    let probe = open().answer(consequences()).press("y");
    assert_eq!(probe.ran().map(|(_, command)| command), Some(Command::Remove(vec![MOVIE])));
    let probe = probe.done(Ok(Outcome::Removed(1, "Casablanca".to_owned())));
    assert_eq!(probe.fate, Fate::Close);
    assert_eq!(probe.deeds(), ["reload all", "notice Casablanca deleted · u undoes"]);
}

#[test]
fn tab_and_enter_remove_too() {
    assert!(open().answer(consequences()).press("tab enter").ran().is_some());
}

#[test]
fn a_refusal_is_said_and_can_be_answered_again() {
    let probe = open().answer(consequences()).press("y").done(Err(Fault::NotAllowed("a curator")));
    let Overlay::Confirm(confirm) = &probe.overlay else { panic!("the question") };
    assert_eq!(confirm.says(), Some("this needs a curator"));
    assert_eq!(probe.press("n").fate, Fate::Close);
}
