//! Killed in the middle of edits: the catalogue is sound, and what was said to be done is there.

use super::{browse, films, is_sound, sign_up};
use rustix::process::Signal;

#[test]
fn killed_during_edits() {
    let (home, mut play) = films();
    play.send("f");
    sign_up(&mut play);
    play.see("is a favorite now");
    for round in 1..=6 {
        // The first is acknowledged, the others may be anywhere on their way.
        play.send("jf").see("♥").send(&"jf".repeat(3 * round)).signal(Signal::KILL);
        play.ended();
        is_sound(&home);
        play = browse(&home);
        play.see("ada").send("3").see("♥").send("1");
    }
    play.send("q").ended_with(0).is_as_before();
}
