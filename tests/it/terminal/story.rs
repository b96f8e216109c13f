//! What a new user does in the first ten minutes.

use super::{films, is_sound, sign_up};
use crate::cli::Home;
use crate::support::pty::{Play, cinedex};
use rustix::process::Signal;
use std::time::Duration;

#[test]
fn found_by_a_misspelt_name_kept_and_there_again() {
    let home = Home::new();
    let mut play = Play::start(cinedex(&[], &home.path("")), 80, 24);
    play.see("the starter films").send("\r").see("films").lose("the starter films");
    play.send("/").see("Find").send("casablnca").see("Michael Curtiz").send("\r").see("Directed by Michael Curtiz");
    play.send("f");
    sign_up(&mut play);
    play.see("a favorite of yours").see("ada · curator");
    play.send("u").see("undone").lose("a favorite of yours");
    play.send("\x12").see("done again").see("a favorite of yours");
    play.send("q").lose("Directed by Michael Curtiz").send("q").ended_with(0).is_as_before();

    let mut again = Play::start(cinedex(&[], &home.path("")), 80, 24);
    again.see("ada · curator").send("3").see("♥Casablanca");
    again.send("q").ended_with(0).is_as_before();
    is_sound(&home);
}

#[test]
fn a_paste_is_text_and_no_command() {
    let (_home, mut play) = films();
    play.send("/").see("Find").send("\x1b[200~casa\x1b[201~").see("casa").send("\x1b").lose("Find");
    play.send("\x1b[200~qqqq\x1b[201~").send("/").see("Find").send("\x1b").lose("Find");
    play.send("q").ended_with(0).is_as_before();
}

#[test]
fn nothing_is_sent_while_nothing_changes() {
    let (_home, mut play) = films();
    play.send("j").until("the second row and its detail", |screen| {
        let lines: Vec<String> = screen.rows(0, 80).collect();
        let parts: Vec<&str> = lines[4].split('│').filter(|part| !part.is_empty()).collect();
        let title = parts[0].trim_start_matches(['▌', ' ', '♥']);
        let first = title.split(' ').next().filter(|word| !word.is_empty());
        parts[0].starts_with('▌') && first.is_some_and(|word| lines[2].contains(&format!("││{word} ")))
    });
    let settled = play.sent().len();
    let rest = Duration::from_millis(200);
    play.signal(Signal::WINCH).send("\x1b[I\x1b[O\x1bZ");
    assert_eq!(play.wait_beyond(settled, rest), settled);
    play.send("/").see("Find");
    let frames = play.sent_after(settled).windows(8).filter(|window| *window == b"\x1b[?2026h").count();
    assert!((1..=2).contains(&frames), "{frames} frames for one key");
}
