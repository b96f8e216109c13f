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
fn import_is_explained_and_esc_means_empty() {
    let probe = open().press("i");
    let Overlay::Welcome(welcome) = &probe.overlay else { panic!("the welcome") };
    assert!(welcome.importing());
    let probe = probe.press("x enter");
    assert!(matches!(&probe.overlay, Overlay::Welcome(welcome) if welcome.importing()));
    let probe = open().press("esc");
    assert_eq!((probe.fate, probe.ran()), (Fate::Close, None));
}
