//! Two sessions on one catalogue.

use super::{browse, films, is_sound};
use rustix::process::Signal;

#[test]
fn what_one_does_the_other_shows_and_one_outlives_the_other() {
    let (home, mut one) = films();
    let mut two = browse(&home);
    let left = |gone: usize| format!("{} films", home.films - gone);
    one.send("d").see("y delete").send("y").see(&left(1));
    two.see(&left(1));
    two.send("u").see(&format!("{} films", home.films));
    one.see(&format!("{} films", home.films));

    two.send("d").see("y delete").signal(Signal::KILL);
    two.ended();
    one.send("d").see("y delete").send("y").see(&left(1));
    let ran = home.run(&["undo"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    one.see(&left(0)).send("q").ended_with(0).is_as_before();
    is_sound(&home);
}
