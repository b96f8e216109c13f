//! Any size, at any time.

use super::welcome;

#[test]
fn a_storm_of_sizes_down_to_one_cell() {
    let (_home, mut play) = welcome();
    for turn in 0..40u16 {
        play.resize(1 + turn * 37 % 230, 1 + turn * 11 % 70);
    }
    for (cols, rows) in [(1, 1), (300, 100), (1, 40), (200, 1), (2, 2)] {
        play.resize(cols, rows);
    }
    play.resize(1, 1).send("\x0c");
    play.resize(80, 24).see("the starter films");
    play.send("\x1b").lose("the starter films").send("q").ended_with(0).is_as_before();
}

#[test]
fn from_one_cell_on() {
    let home = tempfile::tempdir().unwrap();
    let mut play = crate::support::pty::Play::start(crate::support::pty::cinedex(&[], home.path()), 1, 1);
    play.until("the other screen", vt100::Screen::alternate_screen);
    play.resize(80, 24).see("the starter films").send("\x1b").lose("the starter films");
    play.send("q").ended_with(0).is_as_before();
}
