//! Browsing and editing while another process imports into the same catalogue.

use super::{browse, is_sound};
use crate::cli::Home;
use crate::made::Dump;
use crate::support::pty::{Play, cinedex};
use cinedex::domain::grouped;
use rustix::process::Signal;

/// Enough for its writing to be seen.
const DUMP: Dump = Dump { films: 4_000, seed: 11 };
const IMPORT: [&str; 5] = ["import", "imdb", "dump", "--types", "movie,short,tvMovie,video"];

#[test]
fn keys_are_answered_while_another_imports_and_an_edit_waits_and_lands_after() {
    let home = Home::with_films();
    DUMP.write(&home.path("dump")).unwrap();
    let mut session = browse(&home);
    let mut import = Play::start(cinedex(&IMPORT, &home.path("")), 100, 30);
    import.see("%");
    walk(&mut session);
    // Stopped amid its writing, it holds the writer for as long as it takes to look around.
    import.see("writing").signal(Signal::STOP);
    walk(&mut session);
    session.send("/").see("Find").send("casablnca").see("Michael Curtiz").send("\x1b").lose("Find");
    session.send("=").send("year:1942").see("Casablanca").send("\x1b").lose("year:1942");
    session.send("d").see("y delete").send("y").see("waiting for another cinedex to finish writing");
    session.send("j").see("waiting for another cinedex");
    walk(&mut session);
    session.see(&format!("{} films", home.films));
    assert!(!import.has_ended());

    import.signal(Signal::CONT).see(&format!("movies: {} new", DUMP.films)).ended_with(0);
    let films = home.films as u64 + u64::from(DUMP.films) - 1;
    session.see("deleted · u undoes").see(&format!("{} films", grouped(films)));
    session.send("u").see("undone");
    session.send("q").ended_with(0).is_as_before();
    is_sound(&home);
}

/// Goes to people and back to films.
fn walk(session: &mut Play) {
    session.send("2").see("[People]").send("1").see("[Movies]");
}
