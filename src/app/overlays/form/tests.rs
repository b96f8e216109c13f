use super::*;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::{Probe, casablanca, choice, edited};
use crate::catalog::{Outcome, Pick};
use crate::domain::{MovieId, PersonId};

const MOVIE: Key = Key::Movie(MovieId(1));

fn edit() -> Probe {
    Probe::new(|desk| Overlay::form(FormStart::Edit(MOVIE), desk)).answer(Answer::Draft(Box::new(casablanca())))
}

fn add(entity: Entity) -> Probe {
    Probe::new(|desk| Overlay::form(FormStart::Add(entity, None), desk))
}

fn form(probe: &Probe) -> &Form {
    match &probe.overlay {
        Overlay::Form(form) => form,
        _ => panic!("a form"),
    }
}

fn at(probe: &Probe, name: &str) -> usize {
    form(probe).specs().iter().position(|spec| spec.name == name).expect("a field")
}

/// Walks to a field by its name.
fn to(mut probe: Probe, name: &str) -> Probe {
    let wanted = at(&probe, name);
    while form(&probe).focus() != wanted {
        probe = probe.press("tab");
    }
    probe
}

fn text(probe: &Probe, name: &str) -> String {
    form(probe).inputs()[at(probe, name)].value().text().to_owned()
}

fn wrong<'a>(probe: &'a Probe, name: &str) -> Option<&'a str> {
    form(probe).inputs()[at(probe, name)].wrong()
}

fn saved(probe: &Probe) -> Save {
    match probe.ran() {
        Some((_, Command::Save(save))) => *save,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_field_of_every_form_reads_what_it_shows() {
    for entity in Entity::ALL {
        let mut draft = blank::blank(*entity);
        for spec in spec::fields(*entity) {
            let shown = (spec.get)(&draft);
            let read = (spec.set)(&mut draft, &shown);
            assert!(read.is_ok() || read == Err("is needed".to_owned()), "{} {read:?}", spec.name);
            assert_eq!((spec.get)(&draft), shown, "{}", spec.name);
        }
    }
    let mut draft = casablanca();
    for spec in spec::fields(Entity::Movie) {
        let shown = (spec.get)(&draft);
        (spec.set)(&mut draft, &shown).expect("reads back");
    }
    assert_eq!(draft, casablanca());
}

#[test]
fn an_edit_carries_its_base() {
    let probe = edit().press("ctrl-e").letters("!").press("ctrl-s");
    let save = saved(&probe);
    assert_eq!((save.key, save.base), (Some(MOVIE), Some(blank::record(&casablanca()))));
    let Draft::Movie { movie, directors, .. } = save.draft else { panic!("a movie") };
    assert_eq!(movie.title, "Casablanca!");
    assert_eq!(directors, [Pick::Known(PersonId(7), "Michael Curtiz".to_owned())]);
    let probe = probe.done(Ok(Outcome::Changed(MOVIE, "Casablanca!".to_owned())));
    assert_eq!(probe.fate, Fate::Close);
    assert_eq!(probe.deeds()[0], "reload movie 1");
}

#[test]
fn a_field_is_read_as_it_is_left() {
    let probe = to(edit(), "released").press("ctrl-u").letters("next year").press("tab");
    assert!(wrong(&probe, "released").is_some());
    let probe = probe.press("ctrl-s");
    assert!(probe.ran().is_none());
    assert_eq!(form(&probe).focus(), at(&probe, "released"));
    let probe = probe.press("ctrl-u").letters("1943");
    assert_eq!(wrong(&probe, "released"), None);
    assert!(probe.press("ctrl-s").ran().is_some());
}

#[test]
fn keys_pressed_ahead_wait_for_the_record_and_for_the_save() {
    let probe = Probe::new(|desk| Overlay::form(FormStart::Edit(MOVIE), desk)).press("! ctrl-s u");
    let probe = probe.answer(Answer::Draft(Box::new(casablanca())));
    let Draft::Movie { movie, .. } = saved(&probe).draft else { panic!("a movie") };
    assert_eq!(movie.title, "Casablanca!");
    let probe = probe.done(Ok(Outcome::Changed(MOVIE, "Casablanca!".to_owned())));
    assert_eq!(probe.deeds().last().map(String::as_str), Some("press u"));
}

#[test]
fn adding_opens_the_new_record() {
    let probe = add(Entity::Genre).letters("Heist").press("enter");
    let save = saved(&probe);
    assert_eq!((save.key, save.base), (None, None));
    let key = Key::Genre(crate::domain::GenreId(9));
    let probe = probe.done(Ok(Outcome::Added(key, "Heist".to_owned())));
    assert_eq!(probe.deeds(), ["reload genre 9", "notice Heist is in the catalogue · u undoes"]);
    let probe = add(Entity::Movie).letters("Heat").press("ctrl-s");
    let probe = probe.done(Ok(Outcome::Added(MOVIE, "Heat".to_owned())));
    assert_eq!(probe.deeds()[..2], ["reload movie 1", "open movie 1"]);
}

#[test]
fn a_character_knows_its_film() {
    let probe = Probe::new(|desk| Overlay::form(FormStart::Add(Entity::Character, Some(MOVIE)), desk));
    assert_eq!(probe.asked().1, Query::Draft(MOVIE));
    let probe = probe.answer(Answer::Draft(Box::new(casablanca())));
    assert!(!form(&probe).touched());
    let probe = probe.letters("Rick").press("ctrl-s");
    let Draft::Character { movie, character, .. } = saved(&probe).draft else { panic!("a character") };
    assert_eq!(movie, Pick::Known(MovieId(1), "Casablanca".to_owned()));
    assert_eq!((character.name.as_str(), character.billing), ("Rick", u32::MAX));
}

#[test]
fn a_failed_save_loses_nothing() {
    let probe = to(edit().letters(" 2"), "budget").letters("1M").press("ctrl-s");
    let before: Vec<Value> = form(&probe).inputs().iter().map(Input::value).collect();
    for fault in [
        Fault::Store("disk full".to_owned()),
        Fault::Fields(vec![("title", "is taken".to_owned()), ("moon", "is full".to_owned())]),
        Fault::ReadOnly("no permission".to_owned()),
    ] {
        let probe = Probe { overlay: probe.overlay.clone(), desk: Desk::default(), fate: Fate::Stay };
        let probe = probe.press("ctrl-s");
        let mut probe = probe;
        let Stage::Saving(ticket) = form(&probe).stage() else { panic!("saving") };
        probe.fate = probe.overlay.done(ticket, &Err(fault), &mut probe.desk);
        assert_eq!(probe.fate, Fate::Stay);
        let after: Vec<Value> = form(&probe).inputs().iter().map(Input::value).collect();
        assert_eq!(after, before);
        assert!(form(&probe).says().is_some() || wrong(&probe, "title").is_some());
    }
}

#[test]
fn faults_go_to_their_fields() {
    let fields = vec![("budget", "too much".to_owned()), ("title", "is taken".to_owned()), ("x", "odd".to_owned())];
    let probe = edit().letters("!").press("ctrl-s").done(Err(Fault::Fields(fields)));
    assert_eq!((wrong(&probe, "title"), wrong(&probe, "budget")), (Some("is taken"), Some("too much")));
    assert_eq!((form(&probe).focus(), form(&probe).says()), (0, Some("x: odd")));
}

#[test]
fn esc_asks_only_if_something_was_typed() {
    assert_eq!(edit().press("tab tab esc").fate, Fate::Close);
    let probe = edit().letters("x").press("esc");
    assert_eq!(form(&probe).stage(), Stage::Leaving);
    let probe = probe.press("n");
    assert_eq!((form(&probe).stage(), text(&probe, "title")), (Stage::Editing, "Casablancax".to_owned()));
    assert_eq!(probe.press("esc y").fate, Fate::Close);
    assert_eq!(edit().letters("x").press("backspace esc").fate, Fate::Close);
}

#[test]
fn references_are_picked_made_moved_and_removed() {
    let probe = to(edit(), "directors").letters("hal");
    assert_eq!(
        probe.asked().1,
        Query::Choices { entity: Entity::Person, text: "hal".to_owned(), limit: chips::OFFERED }
    );
    let probe = probe.answer(Answer::Choices(vec![choice(8, "Hal Wallis", "born 1898")])).press("enter");
    let probe = probe.letters("Nobody Yet").answer(Answer::Choices(vec![choice(9, "Nobody", "")])).press("down enter");
    let names = |probe: &Probe| {
        let value = form(probe).inputs()[at(probe, "directors")].value();
        value.chips().iter().map(|chip| chip.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&probe), ["Michael Curtiz", "Hal Wallis", "Nobody Yet"]);
    let probe = probe.press("left alt-left alt-left");
    assert_eq!(names(&probe), ["Nobody Yet", "Michael Curtiz", "Hal Wallis"]);
    let probe = probe.press("right backspace ctrl-s");
    let Draft::Movie { directors, .. } = saved(&probe).draft else { panic!("a movie") };
    let wanted = [Pick::New("Nobody Yet".to_owned()), Pick::Known(PersonId(8), "Hal Wallis".to_owned())];
    assert_eq!(directors, wanted);
}

#[test]
fn an_older_choice_is_never_offered_and_enter_waits_for_the_newest() {
    let probe = to(edit(), "directors").letters("ha");
    let tickets = probe.tickets();
    let probe = probe.press("enter").answer_to(tickets[1], Ok(Answer::Choices(vec![choice(5, "Old", "")])));
    assert_eq!(probe.fate, Fate::Ignored);
    let probe = probe.answer(Answer::Choices(vec![choice(8, "Hal Wallis", "")]));
    assert_eq!(form(&probe).inputs()[at(&probe, "directors")].value().chips().len(), 2);
}

#[test]
fn keys_pressed_ahead_of_the_choices_wait_for_them() {
    let probe = to(edit(), "directors").letters("hal").press("enter ctrl-s");
    assert!(probe.ran().is_none());
    let probe = probe.answer(Answer::Choices(vec![choice(8, "Hal Wallis", "")]));
    let Draft::Movie { directors, .. } = saved(&probe).draft else { panic!("a movie") };
    assert_eq!(directors.len(), 2);
}

#[test]
fn a_name_half_typed_is_not_lost_in_a_save() {
    let probe = to(edit(), "directors").letters("hal").press("tab ctrl-s");
    assert!(probe.ran().is_none());
    assert!(wrong(&probe, "directors").is_some());
}

#[test]
fn prose_opens_bigger_and_goes_to_the_editor() {
    let probe = to(edit(), "description").press("enter");
    assert!(form(&probe).opened());
    let probe = probe.press("enter ctrl-o");
    let effect = probe.desk.effects.last().cloned();
    let Some(crate::app::Effect::Edit(ticket, sent)) = effect else { panic!("{effect:?}") };
    assert_eq!(sent, "\nRick runs a café.\nThen she walks in.");
    let mut probe = probe;
    probe.overlay.edited(ticket, &Ok("All new.\u{1b}\n".to_owned()), &mut probe.desk);
    assert_eq!(text(&probe, "description"), "All new.");
    let mut probe = probe.press("ctrl-o");
    probe.overlay.edited(ticket, &Err("no editor".to_owned()), &mut probe.desk);
    assert_eq!(text(&probe, "description"), "All new.");
}

#[test]
fn another_session_s_edit_is_told_at_once() {
    let mut probe = edit().letters("!");
    probe.overlay.changed(&mut probe.desk);
    let probe = probe.answer(Answer::Draft(Box::new(edited(|movie| movie.duration = Some(60)))));
    assert!(form(&probe).says().is_some_and(|says| says.contains("changed elsewhere")));
    assert_eq!(text(&probe, "title"), "Casablanca!");
    let mut probe = edit();
    probe.overlay.changed(&mut probe.desk);
    let probe = probe.answer(Answer::Draft(Box::new(edited(|movie| movie.title = "Rick's".to_owned()))));
    assert_eq!(text(&probe, "title"), "Rick's");
    let mut probe = edit();
    probe.overlay.changed(&mut probe.desk);
    let probe = probe.answer(Answer::Draft(Box::new(casablanca())));
    assert_eq!(form(&probe).says(), None);
}

#[test]
fn a_record_that_is_gone_says_so() {
    let probe = Probe::new(|desk| Overlay::form(FormStart::Edit(MOVIE), desk));
    let (ticket, _) = probe.asked();
    let probe = probe.answer_to(ticket, Err(Fault::Gone(MOVIE)));
    assert_eq!(form(&probe).says(), Some("movie 1 is not in the catalogue"));
    assert_eq!(probe.press("esc").fate, Fate::Close);
}

#[test]
fn a_guest_signs_in_and_goes_on() {
    let probe = edit().letters("!").press("ctrl-s").done(Err(Fault::SignInFirst));
    assert_eq!((probe.fate, probe.deeds()), (Fate::Stay, vec!["push".to_owned()]));
    assert_eq!(text(&probe, "title"), "Casablanca!");
}

#[test]
fn a_role_is_given_before_the_rest_is_saved() {
    let id = crate::domain::AccountId(3);
    let open = |desk: &mut Desk| Overlay::form(FormStart::Edit(Key::Account(id)), desk);
    let bob = || blank::blank(Entity::Account);
    let probe = Probe::new(open).answer(Answer::Draft(Box::new(bob()))).letters("bob");
    let probe = to(probe, "standing").press("right ctrl-s");
    let standing = crate::domain::Standing::Curator;
    assert_eq!(probe.ran().map(|ran| ran.1), Some(Command::Standing { account: id, standing }));
    let refused = Probe { overlay: probe.overlay.clone(), desk: Desk::default(), fate: Fate::Stay };
    let mut refused = refused;
    let Stage::Promoting(ticket) = form(&refused).stage() else { panic!("promoting") };
    refused.fate = refused.overlay.done(ticket, &Err(Fault::NotAllowed("a curator")), &mut refused.desk);
    assert_eq!(wrong(&refused, "standing"), Some("this needs a curator"));
    let probe = probe.done(Ok(Outcome::StandingChanged("bob".to_owned(), standing)));
    let Draft::Account { account, .. } = saved(&probe).draft else { panic!("an account") };
    assert_eq!((account.username.as_str(), account.standing), ("bob", standing));
}

#[test]
fn choosers_walk_and_jump() {
    let kind = |probe: &Probe| form(probe).inputs()[at(probe, "kind")].value();
    let probe = to(edit(), "kind").press("right");
    assert_eq!(kind(&probe), Value::Choice(1));
    let probe = probe.press("left left");
    assert_eq!(kind(&probe), Value::Choice(7));
    assert_eq!(kind(&probe.letters("t")), Value::Choice(2));
}

#[test]
fn arrows_and_pages_move_between_fields() {
    let probe = edit().press("down down up pgdn pgup");
    assert_eq!(form(&probe).focus(), 1);
    assert_eq!(form(&edit().press("shift-tab")).focus(), 16);
}
