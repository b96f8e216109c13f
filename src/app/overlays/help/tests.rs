use crate::app::Action;
use crate::app::desk::Fate;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::Probe;

fn open() -> Probe {
    Probe::new(|_| Overlay::help(&[Action::Favorite, Action::Find, Action::Genres, Action::Sort]))
}

fn shown(probe: &Probe) -> Vec<Action> {
    let Overlay::Help(help) = &probe.overlay else { panic!("the help") };
    help.shown().map(|row| row.action).collect()
}

#[test]
fn typing_narrows_by_word_or_key_and_enter_does_it() {
    assert_eq!(shown(&open()).len(), 4);
    let probe = open().letters("genre");
    assert_eq!(shown(&probe), [Action::Genres]);
    let probe = probe.press("enter");
    assert_eq!((probe.fate, probe.deeds()), (Fate::Close, vec!["act Genres".to_owned()]));
    assert!(shown(&open().letters("s")).contains(&Action::Sort));
}

#[test]
fn keys_of_a_place_come_first_and_hide_their_namesakes() {
    let probe = Probe::new(|_| Overlay::help(&[Action::Add, Action::Movies, Action::Accept, Action::Candidate]));
    assert_eq!(shown(&probe), [Action::Accept, Action::Candidate, Action::Add, Action::Movies]);
    let Overlay::Help(help) = &probe.overlay else { panic!("the help") };
    let keys: Vec<String> = help.shown().map(|row| help.keys(row)).collect();
    assert_eq!(keys, ["a", "1-9", ":add", ":movies"]);
    let Overlay::Help(help) = &open().overlay else { panic!("the help") };
    assert_eq!(help.keys(crate::app::keymap::binding(Action::Add).expect("a row")), "a");
}

#[test]
fn nothing_fitting_does_nothing() {
    let probe = open().letters("zzzz").press("enter");
    assert_eq!((probe.fate, probe.deeds().len()), (Fate::Stay, 0));
    assert_eq!(probe.press("esc").fate, Fate::Close);
}
