use crate::app::desk::Fate;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::Probe;
use crate::catalog::{Command, Fault, Outcome};

fn open() -> Probe {
    Probe::new(|_| Overlay::welcome("/home/ada/.local/share/cinedex/catalogue.redb".to_owned()))
}

#[test]
fn enter_brings_the_starter_films() {
    let probe = open().press("enter");
    assert_eq!(probe.ran().map(|(_, command)| command), Some(Command::LoadStarter));
    let probe = probe.press("enter esc").done(Ok(Outcome::StarterLoaded(150)));
    assert_eq!(probe.fate, Fate::Close);
    assert_eq!(probe.deeds()[0], "reload all");
}

#[test]
fn a_failure_leaves_the_choice() {
    let probe = open().press("enter").done(Err(Fault::ReadOnly("no permission".to_owned())));
    assert_eq!(probe.fate, Fate::Stay);
    assert_eq!(probe.press("e").fate, Fate::Close);
}

#[test]
fn import_opens_the_picker_and_esc_means_empty() {
    let probe = open().press("i");
    assert_eq!((probe.fate, probe.deeds()), (Fate::Stay, vec!["act Import".to_owned()]));
    let probe = open().press("esc");
    assert_eq!((probe.fate, probe.ran()), (Fate::Close, None));
}
