use super::*;
use crate::app::Action;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::{Probe, summary, who};

fn open() -> Probe {
    Probe::new(|desk| Overlay::sign_in(Some(Deed::Act(Action::Favorite)), desk)).answer(summary(1))
}

fn state(probe: &Probe) -> &SignIn {
    match &probe.overlay {
        Overlay::SignIn(sign_in) => sign_in,
        _ => panic!("the sign-in"),
    }
}

fn command(probe: &Probe) -> Option<Command> {
    probe.ran().map(|(_, command)| command)
}

#[test]
fn signing_in_goes_on_with_what_was_asked() {
    let probe = open().letters("ada").press("enter").letters("lovelace1").press("enter");
    let wanted = Command::SignIn {
        username: "ada".to_owned(),
        password: crate::catalog::Secret::new("lovelace1".to_owned()),
        remember: false,
    };
    assert_eq!(command(&probe), Some(wanted));
    assert!(state(&probe).checking());
    let probe = probe.press("f").done(Ok(Outcome::SignedIn(who())));
    assert_eq!(probe.fate, Fate::Close);
    assert_eq!(probe.deeds(), ["who ada", "notice signed in as ada", "act Favorite", "press f"]);
}

#[test]
fn a_wrong_password_keeps_the_name() {
    let probe = open().letters("ada").press("enter").letters("wrong one").press("enter");
    let probe = probe.done(Err(Fault::WrongPassword));
    let sign_in = state(&probe);
    assert_eq!(sign_in.field(Slot::Username).map(Field::text).as_deref(), Some("ada"));
    assert_eq!((sign_in.hidden(Slot::Password), sign_in.focus()), (Some(0), Slot::Password));
    assert!(sign_in.wrong(Slot::Password).is_some());
    let probe = probe.letters("x").press("enter").done(Err(Fault::SlowDown(8)));
    assert!(state(&probe).says().is_some_and(|says| says.contains("8 s")));
}

#[test]
fn a_new_account_needs_the_password_twice() {
    let probe = open().press("ctrl-n").letters("bob").press("enter").letters("short").press("enter");
    let probe = probe.letters("short").press("enter");
    assert_eq!(state(&probe).wrong(Slot::Password), Some("at least 8 characters"));
    let probe = probe.letters("enough!").press("enter");
    assert_eq!(state(&probe).wrong(Slot::Again), Some("is not the same"));
    let probe = probe.letters("shortenough!").press("tab").letters("bob@example.org").press("tab space enter");
    let Some(Command::SignUp { username, password, email, remember }) = command(&probe) else { panic!("a command") };
    assert_eq!((username.as_str(), password.reveal(), remember), ("bob", "shortenough!", true));
    assert_eq!(email.as_deref(), Some("bob@example.org"));
}

#[test]
fn faults_stand_beside_their_fields_and_nothing_typed_is_lost() {
    let probe = open().press("ctrl-n").letters("bob").press("tab").letters("password").press("tab");
    let probe = probe.letters("password").press("enter");
    let fields = vec![("username", "is taken".to_owned()), ("password", "is too common".to_owned())];
    let probe = probe.done(Err(Fault::Fields(fields)));
    let sign_in = state(&probe);
    assert_eq!((sign_in.wrong(Slot::Username), sign_in.focus()), (Some("is taken"), Slot::Username));
    assert_eq!(sign_in.wrong(Slot::Password), Some("is too common"));
    assert_eq!((sign_in.hidden(Slot::Password), sign_in.hidden(Slot::Again)), (Some(8), Some(8)));
}

#[test]
fn the_first_account_is_told_and_created() {
    let probe = Probe::new(|desk| Overlay::sign_in(None, desk)).answer(summary(0));
    assert!(state(&probe).first());
    assert_eq!(state(&probe).mode(), &Mode::Up);
}

#[test]
fn changing_a_password_asks_for_the_old_one() {
    let probe = Probe::new(|_| Overlay::password(&who())).letters("old password").press("enter");
    let probe = probe.letters("new password").press("enter").letters("new password").press("enter");
    let Some(Command::Password { account, old, new }) = command(&probe) else { panic!("a command") };
    assert_eq!((account, new.reveal()), (who().id, "new password"));
    assert_eq!(old.as_ref().map(|old| old.reveal().to_owned()).as_deref(), Some("old password"));
    let probe = probe.done(Err(Fault::WrongPassword));
    assert_eq!(state(&probe).wrong(Slot::Old), Some("is not your password"));
}

#[test]
fn no_password_is_in_what_can_be_printed() {
    let probe = open().letters("ada").press("enter").letters("S3cretPass").press("enter");
    let printed = format!("{:?} {:?}", probe.overlay, probe.desk);
    assert!(!printed.contains("S3cretPass"), "{printed}");
}
