use super::*;
use crate::catalog::{Answer, Command, Draft, Query, Save};
use crate::store::Store;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

const GOOD: &str = "rosebud rosebud";

fn catalog(folder: &Path, cost: password::Cost) -> Catalog {
    let file = folder.join("films.cinedex");
    let store = if file.exists() { Store::open(&file, crate::store::Access::Write) } else { Store::create(&file) };
    Catalog::over(store.unwrap(), cost, Some(folder.join("state"))).with_clock(tick)
}

/// A clock that moves at every look: no two steps share a moment, however fast the machine.
fn tick() -> Timestamp {
    static MOMENT: AtomicI64 = AtomicI64::new(1_000_000);
    Timestamp(MOMENT.fetch_add(1, Ordering::Relaxed))
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn signed_in(done: Result<Done, Fault>) -> Actor {
    match done.map(|done| done.outcome) {
        Ok(Outcome::SignedIn(who)) => Actor::Account(who.id),
        other => panic!("{other:?}"),
    }
}

fn sign_up(catalog: &Catalog, name: &str) -> Actor {
    let (username, password) = (name.to_owned(), secret(GOOD));
    signed_in(catalog.run(Actor::Guest, Command::SignUp { username, password, email: None, remember: false }))
}

fn sign_in(catalog: &Catalog, name: &str, password: &str, remember: bool) -> Result<Done, Fault> {
    let (username, password) = (name.to_owned(), secret(password));
    catalog.run(Actor::Guest, Command::SignIn { username, password, remember })
}

fn change(catalog: &Catalog, actor: Actor, old: Option<&str>, new: &str) -> Result<Done, Fault> {
    let account = actor.account().unwrap();
    catalog.run(actor, Command::Password { account, old: old.map(secret), new: secret(new) })
}

fn account(catalog: &Catalog, actor: Actor) -> Account {
    catalog.store().begin_read().unwrap().account(actor.account().unwrap()).unwrap().unwrap()
}

#[test]
fn names_are_the_same_whatever_their_case() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path(), password::Cost::default());
    let ada = sign_up(&catalog, "Zoë");
    assert_eq!(signed_in(sign_in(&catalog, " ZOË ", GOOD, false)), ada);
    assert_eq!(signed_in(sign_in(&catalog, "zoe\u{308}", GOOD, false)), ada, "decomposed, as some keyboards write");
    let again = Command::SignUp { username: "zoË".into(), password: secret(GOOD), email: None, remember: false };
    assert!(matches!(catalog.run(Actor::Guest, again), Err(Fault::Fields(_))));
}

#[test]
fn a_changed_password_ends_every_remembered_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path(), password::Cost::default());
    let (ada, eve) = (sign_up(&catalog, "ada"), sign_up(&catalog, "eve"));
    sign_in(&catalog, "ada", GOOD, true).unwrap();
    change(&catalog, eve, Some(GOOD), "something else").unwrap();
    assert_eq!(catalog.remembered().unwrap().map(|who| Actor::Account(who.id)), Some(ada));
    assert!(matches!(change(&catalog, ada, Some("wrong wrong"), "something else"), Err(Fault::Fields(_))));
    assert!(matches!(change(&catalog, ada, None, "something else"), Err(Fault::Fields(_))));
    assert!(catalog.remembered().unwrap().is_some());
    change(&catalog, ada, Some(GOOD), "something else").unwrap();
    assert_eq!(catalog.remembered().unwrap(), None);
    assert_eq!(sign_in(&catalog, "ada", GOOD, false), Err(Fault::WrongPassword));
    sign_in(&catalog, "ada", "something else", true).unwrap();
    assert!(catalog.remembered().unwrap().is_some());
}

#[test]
fn a_removed_account_is_remembered_no_more_and_may_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path(), password::Cost::default());
    let (ada, eve) = (sign_up(&catalog, "ada"), sign_up(&catalog, "eve"));
    sign_in(&catalog, "eve", GOOD, true).unwrap();
    catalog.run(ada, Command::Remove(vec![Key::Account(eve.account().unwrap())])).unwrap();
    assert_eq!(catalog.remembered().unwrap(), None);
    assert!(catalog.run(eve, Command::Favorite { movies: vec![], on: true }).is_err());
    assert_eq!(sign_in(&catalog, "eve", GOOD, false), Err(Fault::WrongPassword));
}

#[test]
fn a_copy_of_the_catalogue_signs_nobody_in() {
    let folder = tempfile::tempdir().unwrap();
    {
        let catalog = catalog(folder.path(), password::Cost::default());
        sign_up(&catalog, "ada");
        sign_in(&catalog, "ada", GOOD, true).unwrap();
    }
    let copy = folder.path().join("copy.cinedex");
    std::fs::copy(folder.path().join("films.cinedex"), &copy).unwrap();
    let store = Store::open(&copy, crate::store::Access::Write).unwrap();
    let copied = Catalog::over(store, password::Cost::default(), Some(folder.path().join("state")));
    assert_eq!(copied.remembered().unwrap(), None);
}

#[test]
fn failures_are_slowed_name_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path(), password::Cost::default());
    sign_up(&catalog, "ada");
    sign_up(&catalog, "eve");
    for _ in 0..crate::catalog::throttle::PATIENCE {
        assert_eq!(sign_in(&catalog, "ADA", "wrong wrong", false), Err(Fault::WrongPassword));
    }
    assert!(matches!(sign_in(&catalog, "ada", GOOD, false), Err(Fault::SlowDown(1..))));
    assert!(sign_in(&catalog, "eve", GOOD, false).is_ok());
}

#[test]
fn an_old_hash_is_raised_at_the_next_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let ada = sign_up(&catalog(folder.path(), password::Cost::default()), "ada");
    let catalog = catalog(folder.path(), password::Cost::new(20, 2, 1));
    let before = account(&catalog, ada).password_hash;
    assert_eq!(sign_in(&catalog, "ada", "wrong wrong", false), Err(Fault::WrongPassword));
    assert_eq!(account(&catalog, ada).password_hash, before);
    sign_in(&catalog, "ada", GOOD, false).unwrap();
    assert!(account(&catalog, ada).password_hash.contains("m=20480"));
    sign_in(&catalog, "ada", GOOD, false).unwrap();
}

#[test]
fn undo_brings_no_old_password_back() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path(), password::Cost::default());
    let ada = sign_up(&catalog, "ada");
    let key = Key::Account(ada.account().unwrap());
    let mut edited = account(&catalog, ada);
    edited.first_name = "Ada".to_owned();
    edited.password_hash = "smuggled".to_owned();
    edited.standing = Standing::Member;
    let draft = Draft::Account { account: edited, avatar: None };
    catalog.run(ada, Command::Save(Box::new(Save { key: Some(key), base: None, draft }))).unwrap();
    let kept = account(&catalog, ada);
    assert_eq!((kept.first_name.as_str(), kept.standing), ("Ada", Standing::Curator));
    assert_ne!(kept.password_hash, "smuggled");
    change(&catalog, ada, Some(GOOD), "something else").unwrap();
    assert!(matches!(catalog.run(ada, Command::Undo), Err(Fault::ChangedSince(_))));
    sign_in(&catalog, "ada", "something else", false).unwrap();
}

#[test]
fn no_answer_carries_a_hash() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path(), password::Cost::default());
    let ada = sign_up(&catalog, "ada");
    let key = Key::Account(ada.account().unwrap());
    for query in [Query::Detail(key), Query::Draft(key)] {
        let hash = match catalog.ask(ada, &query).unwrap() {
            Answer::Detail(detail) => match *detail {
                crate::catalog::Detail::Account(_, account, _) => account.password_hash,
                other => panic!("{other:?}"),
            },
            Answer::Draft(draft) => match *draft {
                Draft::Account { account, .. } => account.password_hash,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        assert_eq!(hash, "");
    }
}
