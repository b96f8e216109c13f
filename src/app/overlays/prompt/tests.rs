use crate::app::desk::Fate;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::Probe;
use crate::app::overlays::prompt::{Command, Prompt};

fn open() -> Probe {
    Probe::new(|_| Overlay::command_line())
}

fn command(probe: &Probe) -> &Command {
    match &probe.overlay {
        Overlay::Prompt(prompt) => match &**prompt {
            Prompt::Command(command) => command,
            Prompt::Filter(_) => panic!("the command line"),
        },
        _ => panic!("the command line"),
    }
}

#[test]
fn a_name_acts() {
    let probe = open().letters("genres").press("enter");
    assert_eq!((probe.fate, probe.deeds()), (Fate::Close, vec!["act Genres".to_owned()]));
    assert_eq!(open().letters("genr").press("enter").deeds(), ["act Genres"]);
    assert_eq!(open().letters(":q").press("enter").deeds(), ["act Exit"]);
}

#[test]
fn a_word_goes_with_it() {
    assert_eq!(open().letters("sort title").press("enter").deeds(), ["run Sort title"]);
    assert_eq!(open().letters("add per").press("enter").deeds(), ["run Add person"]);
    let probe = open().letters("add spoon").press("enter");
    assert!(command(&probe).says().is_some_and(|says| says.starts_with("spoon is none of")));
    let probe = open().letters("genres now").press("enter");
    assert_eq!(command(&probe).says(), Some("this takes no word: now"));
}

#[test]
fn tab_completes_name_and_word() {
    let probe = open().letters("so").press("tab");
    assert_eq!(command(&probe).field().text(), "sort ");
    let probe = probe.letters("rat").press("tab");
    assert_eq!(command(&probe).field().text(), "sort rating");
    assert_eq!(probe.press("enter").deeds(), ["run Sort rating"]);
}

#[test]
fn an_unknown_name_gets_a_pointed_sentence() {
    let probe = open().letters("gneres").press("enter");
    assert_eq!((probe.fate, command(&probe).says()), (Fate::Stay, Some("there is no :gneres; is it :genres?")));
    let probe = open().letters("xyzzyxyzzy").press("enter");
    assert!(command(&probe).says().is_some_and(|says| says.contains("ctrl-u and tab")));
    let probe = open().letters("s").press("enter");
    assert!(command(&probe).says().is_some_and(|says| says.starts_with(":s could be")));
}

#[test]
fn what_is_selected_runs() {
    let probe = open().letters("gen").press("down");
    assert_eq!(command(&probe).selected(), Some(0));
    assert_eq!(probe.press("enter").deeds(), ["act Genres"]);
}

#[test]
fn an_empty_line_closes() {
    assert_eq!(open().press("enter").fate, Fate::Close);
    assert_eq!(open().press("backspace").fate, Fate::Close);
    assert_eq!(open().letters("x").press("backspace").fate, Fate::Stay);
}

#[test]
fn the_filter_narrows_with_each_key_and_esc_puts_back() {
    let open = || Probe::new(|_| Overlay::filter_words("old"));
    let probe = open().letters("er");
    assert_eq!(probe.deeds(), ["narrow olde", "narrow older"]);
    let probe = probe.press("enter");
    assert_eq!((probe.fate, probe.deeds().len()), (Fate::Close, 2));
    let probe = open().press("ctrl-u esc");
    assert_eq!(probe.deeds(), ["narrow ", "narrow old"]);
    assert_eq!(open().press("esc").deeds().len(), 0);
}
