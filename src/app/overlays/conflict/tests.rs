use super::*;
use crate::app::overlays::form::FormStart;
use crate::app::overlays::probe::{Probe, casablanca, edited};
use crate::catalog::{Answer, Command, Fault};
use crate::domain::{Key, Movie, MovieId, Record};

const MOVIE: Key = Key::Movie(MovieId(1));

/// A form whose title was edited, refused because somebody else saved meanwhile.
fn refused(theirs: impl FnOnce(&mut Movie)) -> Probe {
    let open = |desk: &mut Desk| Overlay::form(FormStart::Edit(MOVIE), desk);
    let probe = Probe::new(open).answer(Answer::Draft(Box::new(casablanca()))).letters("!").press("ctrl-s");
    let theirs = edited(theirs);
    let record = crate::app::overlays::form::blank::record(&theirs);
    let probe = probe.done(Err(Fault::Conflict(Box::new(record))));
    assert_eq!(probe.fate, Fate::Stay);
    probe.answer(Answer::Draft(Box::new(theirs)))
}

fn conflict(probe: &Probe) -> &Conflict {
    match &probe.overlay {
        Overlay::Conflict(conflict) => conflict,
        _ => panic!("a conflict"),
    }
}

fn saved(probe: &Probe) -> (Option<Record>, Movie) {
    match probe.ran() {
        Some((_, Command::Save(save))) => match save.draft {
            Draft::Movie { movie, .. } => (save.base, movie),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_side_keeps_what_it_alone_changed() {
    let probe = refused(|movie| movie.duration = Some(60)).pushed();
    let rows: Vec<(&str, bool, bool)> =
        conflict(&probe).rows().iter().map(|row| (conflict(&probe).spec(row).name, row.both, row.keep_mine)).collect();
    assert_eq!(rows, [("title", false, true), ("duration", false, false)]);
    let probe = probe.press("ctrl-s");
    let (base, movie) = saved(&probe);
    assert_eq!((movie.title.as_str(), movie.duration), ("Casablanca!", Some(60)));
    let Some(Record::Movie(base)) = base else { panic!("a base") };
    assert_eq!((base.title.as_str(), base.duration), ("Casablanca", Some(60)));
}

#[test]
fn what_both_changed_is_chosen() {
    let probe = refused(|movie| movie.title = "Rick's".to_owned()).pushed();
    assert!(conflict(&probe).rows()[0].both && conflict(&probe).rows()[0].keep_mine);
    let probe = probe.press("t enter");
    assert_eq!(saved(&probe).1.title, "Rick's");
    let probe = refused(|movie| movie.title = "Rick's".to_owned()).pushed().press("T M enter");
    assert_eq!(saved(&probe).1.title, "Casablanca!");
}

#[test]
fn esc_leads_back_with_nothing_lost() {
    let probe = refused(|movie| movie.duration = Some(60)).pushed().press("esc");
    assert_eq!(probe.fate, Fate::Close);
    let probe = probe.pushed();
    let Overlay::Form(form) = &probe.overlay else { panic!("the form") };
    assert_eq!(form.inputs()[0].value().text(), "Casablanca!");
}

#[test]
fn the_same_edit_twice_is_no_conflict() {
    let probe = refused(|movie| movie.title = "Casablanca!".to_owned());
    assert_eq!(probe.fate, Fate::Stay);
    let (base, _) = saved(&probe);
    let Some(Record::Movie(base)) = base else { panic!("a base") };
    assert_eq!(base.title, "Casablanca!");
}
