use crate::app::Action;
use crate::app::desk::Fate;
use crate::app::overlay::Overlay;
use crate::app::overlays::MenuItem;
use crate::app::overlays::probe::Probe;

fn open() -> Probe {
    let by = |word: &str| MenuItem::Run(Action::Sort, word.to_owned());
    let items = vec![('t', "title".to_owned(), by("title")), ('k', "kind".to_owned(), by("kind"))];
    Probe::new(|_| Overlay::menu("Sort by", items))
}

#[test]
fn letters_choose_before_they_move() {
    assert_eq!(open().press("t").deeds(), ["run Sort title"]);
    assert_eq!(open().press("k").deeds(), ["run Sort kind"]);
    assert_eq!(open().press("j enter").deeds(), ["run Sort kind"]);
}

#[test]
fn esc_and_q_and_ctrl_c_close_it() {
    for key in ["esc", "q", "ctrl-c"] {
        let probe = open().press(key);
        assert_eq!((probe.fate, probe.deeds().len()), (Fate::Close, 0));
    }
    assert_eq!(open().press("ctrl-l").fate, Fate::Ignored);
}
