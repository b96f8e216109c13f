//! Accounts by command.

use super::{Home, Ran};

const ADA: &str = "rosebud rosebud\n";
const EVE: &str = "keyser soeze was here\n";

/// A catalogue whose first account is ada, a curator, and whose second is eve, a member.
fn home() -> Home {
    let home = Home::with_films();
    create(&home, "ada", ADA).is_done("", "created curator ada\n");
    create(&home, "eve", EVE).is_done("", "created member eve\n");
    home
}

fn create(home: &Home, name: &str, password: &str) -> Ran {
    home.run_with(&["account", "create", name, "--password-stdin"], password)
}

/// Runs as an account, with its password and whatever else is typed.
fn act(home: &Home, name: &str, words: &[&str], typed: &str) -> Ran {
    home.run_with(&[&["--as", name, "--password-stdin"], words].concat(), typed)
}

#[test]
fn the_first_is_a_curator_the_others_are_members() {
    let home = home();
    home.run(&["account", "list"]).is_done("ID  NAME    ROLE\n 1  ada     curator\n 2  eve     member\n", "");
    let shown = home.run(&["show", "account", "ADA", "--json"]);
    assert!(!shown.out.contains("argon2") && !shown.out.contains("password"), "{}", shown.out);
    assert_eq!(shown.objects()[0]["role"], "curator");
}

#[test]
fn a_first_account_may_come_before_any_film() {
    let home = Home::new();
    create(&home, "ada", ADA).is_done("", "a new catalogue: HOME/data/cinedex/catalog.cinedex\ncreated curator ada\n");
}

#[test]
fn names_and_passwords_have_rules() {
    let home = home();
    create(&home, "Ada", ADA).is_refused("username: “ada” is taken");
    create(&home, "kim", "rosebud\n").is_refused("password: at least 8 characters");
    create(&home, "kim", "Password1\n")
        .is_refused("password: this is one of the passwords that are tried first: take another");
    create(&home, "kim", &"x".repeat(2000)).is_refused("a password has at most 1024 bytes");
    assert_eq!(home.run(&["account", "list", "--json"]).objects().len(), 2);
}

#[test]
fn a_wrong_password_says_no_more_than_a_wrong_name() {
    let home = home();
    act(&home, "ada", &["list", "favorites"], EVE).is_refused("username and password do not match");
    act(&home, "nobody", &["list", "favorites"], EVE).is_refused("username and password do not match");
    act(&home, "ada", &["list", "favorites"], ADA).is(1, "", "");
}

#[test]
fn the_last_curator_stays() {
    let home = home();
    let refused = "the last curator cannot be removed or made a member";
    act(&home, "ada", &["account", "role", "ada", "member"], ADA).is_refused(refused);
    act(&home, "ada", &["account", "remove", "ada", "--yes"], ADA).is_refused(refused);
    act(&home, "ada", &["account", "role", "eve", "curator"], ADA).is_done("", "eve is a curator now\n");
    act(&home, "ada", &["account", "role", "eve", "curator"], ADA).is_done("", "eve is a curator already\n");
    act(&home, "ada", &["account", "role", "ada", "member"], ADA).is_done("", "ada is a member now\n");
    act(&home, "eve", &["account", "remove", "ada", "--yes"], EVE).is_done("", "removed ada\n");
    home.run(&["account", "list"]).is_done("ID  NAME    ROLE\n 2  eve     curator\n", "");
}

#[test]
fn a_member_and_a_guest_may_not_edit() {
    let home = home();
    for (words, needs) in [
        (&["account", "role", "eve", "curator"][..], "this needs a curator"),
        (&["account", "remove", "ada", "--yes"], "this needs a curator"),
        (&["account", "passwd", "ada"], "this needs a curator"),
        (&["import", "starter"], "this needs a curator"),
    ] {
        act(&home, "eve", words, &format!("{EVE}a new password\n")).is_refused(needs);
        home.run_with(&[&["--password-stdin"], words].concat(), "a new password\n")
            .is_refused("sign in or create an account first");
    }
}

#[test]
fn passwords_change() {
    let home = home();
    let said = "the password is changed; remembered sign-ins with the old one are over\n";
    let new = "the stuff that dreams\n";
    act(&home, "eve", &["account", "passwd"], &format!("{EVE}{new}")).is_done("", said);
    act(&home, "eve", &["list", "favorites"], EVE).is_refused("username and password do not match");
    act(&home, "eve", &["list", "favorites"], new).is(1, "", "");
    act(&home, "ada", &["account", "passwd", "eve"], &format!("{ADA}{EVE}")).is_done("", said);
    act(&home, "eve", &["list", "favorites"], EVE).is(1, "", "");
    act(&home, "eve", &["account", "passwd"], &format!("{EVE}short\n")).is_refused("password: at least 8 characters");
    home.run_with(&["account", "passwd", "--password-stdin"], EVE).is_refused("nobody is signed in: name the account");
}

#[test]
fn removing_asks_first() {
    let home = home();
    act(&home, "ada", &["account", "remove", "eve"], ADA)
        .is_refused("there is no terminal to ask whether to remove eve: use --yes");
    act(&home, "ada", &["account", "remove", "kim", "--yes"], ADA).is_refused("there is no account \"kim\"");
    act(&home, "eve", &["account", "remove", "eve", "--yes"], EVE).is_done("", "removed eve\n");
    assert_eq!(home.run(&["account", "list", "--json"]).objects().len(), 1);
}

#[test]
fn steps_are_undone_by_command() {
    let home = home();
    home.run(&["undo"]).is_refused("sign in or create an account first");
    act(&home, "eve", &["undo"], EVE).is_refused("nothing to undo");
    act(&home, "eve", &["redo"], EVE).is_refused("nothing to redo");
}

#[test]
fn views_are_saved_listed_and_removed() {
    let home = home();
    let save = ["view", "save", "Old ones", "--where", "year:..1930 -genre:comedy", "--sort", "date"];
    home.run(&save).is_refused("sign in or create an account first");
    act(&home, "eve", &save, EVE).is_done("", "the view Old ones is kept\n");
    let listed = act(&home, "eve", &["list", "--view", "old ONES", "--json"], EVE);
    let typed = act(&home, "eve", &["list", "movies", "--where", save[4], "--sort", "date", "--json"], EVE);
    assert_eq!((listed.status, &listed.out), (Some(0), &typed.out), "{listed:?}");
    act(&home, "ada", &["list", "--view", "old ones"], ADA)
        .is_refused("there is no view called old ones; `cinedex view list` shows them");
    assert_eq!(act(&home, "eve", &["view", "save", "x", "--where", "year:("], EVE).status, Some(2));
    act(&home, "eve", &["view", "rename", "old ones", "Silent"], EVE).is_done("", "the view Silent is kept\n");
    assert_eq!(act(&home, "eve", &["view", "list", "--json"], EVE).objects()[0]["name"], "Silent");
    act(&home, "eve", &["view", "remove", "silent"], EVE).is_done("", "the view silent is gone\n");
    act(&home, "eve", &["view", "list"], EVE).is(1, "", "");
    assert_eq!(act(&home, "eve", &["undo"], EVE).status, Some(0));
    assert!(act(&home, "eve", &["view", "list"], EVE).out.contains("Silent  films  year:..1930 -genre:comedy"));
    assert_eq!(home.run(&["check"]).status, Some(0));
}
