//! The key table: no gaps, nothing bound twice.

use crate::app::Action;
use crate::app::keymap::{self, Meaning, Scope, latin, meaning, readme_table, table};
use crate::app::press::Press;
use std::collections::BTreeSet;

fn press(key: &str) -> Press {
    Press::parse(key).unwrap_or_else(|| panic!("{key} is no key"))
}

#[test]
fn every_action_stands_in_the_table_once() {
    let actions: Vec<String> = table().iter().map(|row| format!("{:?}", row.action)).collect();
    let once: BTreeSet<&String> = actions.iter().collect();
    assert_eq!(once.len(), actions.len());
    let source = include_str!("../action.rs");
    let named = source.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','));
    for action in named.filter(|line| line.chars().all(char::is_alphanumeric)) {
        assert!(actions.contains(&action.to_owned()), "{action} is not in the table");
    }
}

#[test]
fn no_key_and_no_name_is_bound_twice() {
    let mut keys = BTreeSet::new();
    let mut names = BTreeSet::new();
    for row in table() {
        assert!(!row.keys.is_empty() || !row.names.is_empty(), "{:?} cannot be reached", row.action);
        assert!(!row.help.is_empty() && !row.label.is_empty());
        for key in row.keys {
            let own = row.scope == Scope::Review;
            assert!(keys.insert((key, own)), "{key} is bound twice");
            let parts: Vec<Press> = key.split(' ').map(press).collect();
            let (before, last) = match parts[..] {
                [only] => (None, only),
                [first, second] => (Some(first), second),
                _ => panic!("{key} is too long a chord"),
            };
            assert_eq!(meaning(before, last, own), Meaning::Action(row.action), "{key}");
        }
        assert!(row.names.iter().all(|name| names.insert(name)), "{:?}", row.names);
    }
}

#[test]
fn the_keys_are_those_of_the_design() {
    let bound = |key: &str| match meaning(None, press(key), false) {
        Meaning::Action(action) => Some(action),
        _ => None,
    };
    let keys = "j k h l tab G ctrl-d ctrl-u ctrl-f ctrl-b f a e d u ctrl-r space v y / = n N enter esc [ ] s F z ? : q ctrl-c ctrl-l ctrl-z 1 2 3";
    for key in keys.split(' ') {
        assert!(bound(key).is_some(), "{key} is not bound");
    }
    assert_eq!(meaning(None, press("g"), false), Meaning::Begins);
    assert_eq!(meaning(Some(press("g")), press("g"), false), Meaning::Action(Action::First));
    assert_eq!(meaning(Some(press("g")), press("j"), false), Meaning::Nothing);
    assert_eq!(meaning(None, press("a"), true), Meaning::Action(Action::Accept));
    assert_eq!(meaning(None, press("x"), false), Meaning::Nothing);
    assert_eq!(keymap::named("genres"), Some(Action::Genres));
}

#[test]
fn letters_of_other_layouts_stand_for_the_key_at_their_place() {
    for (theirs, ours) in
        [("о", "j"), ("л", "k"), ("П", "G"), ("й", "q"), ("ξ", "j"), ("κ", "k"), ("х", "["), ("Ж", ":")]
    {
        assert_eq!(latin(press(theirs)), press(ours), "{theirs}");
    }
    assert_eq!(latin(press("j")), press("j"));
    assert_eq!(latin(press("é")), press("é"));
}

#[test]
fn the_readme_shows_every_key() {
    let text = readme_table();
    assert!(text.lines().all(|line| line.matches(" | ").count() == 3 || line.starts_with("|---")), "{text}");
    assert!(text.contains("| `j` `k`, `down` `up` | down, up |"), "{text}");
    assert!(text.contains("| `/` | find everywhere |"), "{text}");
}
