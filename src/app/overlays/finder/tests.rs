use crate::app::desk::Fate;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::{Probe, find_of, hit, hits};
use crate::catalog::Fault;
use crate::domain::Entity;

fn open() -> Probe {
    Probe::new(Overlay::finder)
}

fn shown(probe: &Probe) -> Vec<String> {
    let Overlay::Finder(finder) = &probe.overlay else { panic!("the finder") };
    finder.hits().iter().map(|hit| hit.text.clone()).collect()
}

#[test]
fn each_letter_asks_and_tab_narrows() {
    let probe = open().letters("cas");
    assert_eq!(probe.desk.effects.len(), 3);
    let find = find_of(probe.asked().1);
    assert_eq!((find.text.as_str(), find.only), ("cas", None));
    let probe = probe.press("tab tab");
    assert_eq!(find_of(probe.asked().1).only, Some(Entity::Person));
    let probe = probe.press("shift-tab");
    assert_eq!(find_of(probe.asked().1).only, Some(Entity::Movie));
}

#[test]
fn an_older_answer_is_never_shown() {
    let probe = open().letters("ca");
    let [first, second] = probe.tickets()[..] else { panic!("two questions") };
    let probe = probe.answer_to(second, Ok(hits(vec![hit(1, "Casablanca", "Curtiz")])));
    assert_eq!(shown(&probe), ["Casablanca"]);
    let probe = probe.answer_to(first, Ok(hits(vec![hit(2, "Cleopatra", "")])));
    assert_eq!(probe.fate, Fate::Ignored);
    assert_eq!(shown(&probe), ["Casablanca"]);
}

#[test]
fn old_hits_stay_until_new_ones_come() {
    let probe = open().letters("c").answer(hits(vec![hit(1, "Casablanca", "")])).letters("a");
    assert_eq!(shown(&probe), ["Casablanca"]);
    let (ticket, _) = probe.asked();
    let probe = probe.answer_to(ticket, Err(Fault::Cancelled));
    assert_eq!(shown(&probe), ["Casablanca"]);
}

#[test]
fn enter_opens_and_remembers_the_hits() {
    let probe = open().letters("ca").answer(hits(vec![hit(1, "Casablanca", ""), hit(2, "Cabaret", "")]));
    let probe = probe.press("ctrl-n enter");
    assert_eq!(probe.fate, Fate::Close);
    assert_eq!(probe.deeds(), ["found 2", "open movie 2"]);
}

#[test]
fn enter_before_the_answer_opens_what_was_asked_for() {
    let probe = open().letters("c").answer(hits(vec![hit(2, "Cabaret", "")])).letters("asab").press("enter");
    assert_eq!((probe.fate, probe.deeds().len()), (Fate::Stay, 0));
    let probe = probe.answer(hits(vec![hit(1, "Casablanca", "")]));
    assert_eq!((probe.fate, probe.deeds()), (Fate::Close, vec!["found 1".to_owned(), "open movie 1".to_owned()]));
}

#[test]
fn keys_pressed_ahead_are_for_what_is_opened() {
    let probe = open().letters("ca").press("enter f").answer(hits(vec![hit(1, "Casablanca", "")]));
    assert_eq!(probe.deeds(), ["found 1", "open movie 1", "press f"]);
    let probe = open().letters("ca").press("enter x").answer(hits(Vec::new()));
    assert_eq!((probe.fate, find_of(probe.asked().1).text), (Fate::Stay, "cax".to_owned()));
}

#[test]
fn esc_leaves_everything_as_it_was() {
    let probe = open().letters("cas").press("esc");
    assert_eq!((probe.fate, probe.deeds().len()), (Fate::Close, 0));
}

#[test]
fn an_emptied_prompt_asks_nothing_and_shows_nothing() {
    let probe = open().letters("c").answer(hits(vec![hit(1, "Casablanca", "")])).press("backspace");
    assert_eq!((shown(&probe).len(), probe.desk.effects.len()), (0, 1));
}

#[test]
fn the_selection_survives_another_session() {
    let two = || hits(vec![hit(1, "Casablanca", ""), hit(2, "Cabaret", "")]);
    let mut probe = open().letters("ca").answer(two()).press("down");
    probe.overlay.changed(&mut probe.desk);
    let probe = probe.answer(hits(vec![hit(3, "Caligari", ""), hit(2, "Cabaret", "")]));
    assert_eq!(probe.press("enter").deeds()[1], "open movie 2");
}

#[test]
fn a_query_that_cannot_be_read_is_pointed_at() {
    let fault = Fault::Query { says: "year: “20” is not a year".to_owned(), span: 5..7 };
    let probe = open().letters(" =year:20");
    let (ticket, _) = probe.asked();
    let probe = probe.answer_to(ticket, Err(fault));
    let Overlay::Finder(finder) = &probe.overlay else { panic!("the finder") };
    assert_eq!((finder.says(), finder.wrong()), (Some("year: “20” is not a year"), Some(&(7..9))));
    let probe = probe.letters("1");
    let Overlay::Finder(finder) = &probe.overlay else { panic!("the finder") };
    assert_eq!(finder.wrong(), None);
}
