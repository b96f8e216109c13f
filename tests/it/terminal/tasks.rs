//! Imports and exports from the screens of the real binary.

use super::{films, is_sound, welcome};
use crate::cli::Home;
use crate::cli::download::{datasets, serve_all};
use crate::support::pty::{Play, cinedex};
use crate::support::server::Server;
use rustix::process::Signal;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::mpsc::channel;

/// A list of so many invented films.
fn list(films: usize) -> String {
    let mut text = "[".to_owned();
    for at in 1..=films {
        let comma = if at == 1 { "" } else { ",\n" };
        let cast = format!("\"Ann Lee {}\", \"Bob Ray {}\"", at / 3, at % 977);
        let _ = write!(text, r#"{comma}{{"title": "Lamp {at}", "year": 1931, "cast": [{cast}], "genres": ["Drama"]}}"#);
    }
    text + "]"
}

#[test]
fn a_first_catalogue_comes_out_of_a_file_and_goes_into_one() {
    let (home, mut play) = welcome();
    std::fs::write(home.path().join("movies.json"), list(3)).unwrap();
    play.send("i")
        .see("this folder")
        .send("~")
        .send("mov\r")
        .see("< wikipedia >")
        .send("j \r")
        .see("would be: 3 films new");
    assert!(!home.path().join("data/cinedex/catalog.cinedex").exists());
    play.send("\r").see("3 films new").see("· 3 films").lose("Welcome");
    play.send(":export jsonl ~/out.jsonl\r").see("everything in the catalogue").send("\r").see("records written");
    play.send(":tasks\r").see("export jsonl out.jsonl").send("j").see("movies: 3 new").send("\x1b");
    play.lose("Tasks").send("q").ended_with(0).is_as_before();
    let text = std::fs::read_to_string(home.path().join("out.jsonl")).unwrap();
    assert!(text.contains("\"Lamp 2\""), "{text}");
}

#[test]
fn datasets_are_fetched_beside_browsing() {
    let (go, gone) = channel();
    let (gone, sets) = (Mutex::new(gone), datasets());
    let server = Server::start(move |number, request, to| {
        if number == 1 {
            gone.lock().unwrap().recv().unwrap();
        }
        serve_all(&sets, request, to);
    });
    let (home, mut play) = films();
    std::fs::create_dir(home.path("sets")).unwrap();
    play.send(":import imdb ~/sets\r").see("< imdb >").send(&"\t".repeat(7)).see("Fetch the files");
    play.send(&format!("{}/imdb", server.address)).send("\r").see("fetching title.basics");
    go.send(()).unwrap();
    play.see("films new").send("q").ended_with(0);
    assert!(count(&home) > home.films);
}

#[test]
fn an_import_that_is_stopped_leaves_nothing() {
    let (home, mut play) = films();
    std::fs::write(home.path("movies.json"), list(40_000)).unwrap();
    play.send(":import ~/movies.json\r").see("< wikipedia >").send("\r").see("%");
    play.send("q").see("Quit and stop import").send("y").ended_with(0).is_as_before();
    is_sound(&home);
    assert_eq!(count(&home), home.films);
}

#[test]
fn killed_during_an_import() {
    let (home, mut play) = films();
    std::fs::write(home.path("movies.json"), list(20_000)).unwrap();
    for sign in ["reading", "writing"] {
        play.send(":import ~/movies.json\r").see("< wikipedia >").send("\r").see(sign).signal(Signal::KILL);
        play.ended();
        is_sound(&home);
        let left = count(&home);
        assert!(left == home.films || left == home.films + 20_000, "{left}");
        play = Play::start(cinedex(&[], &home.path("")), 80, 24);
        play.see("films");
    }
    play.send("q").ended_with(0);
}

fn count(home: &Home) -> usize {
    home.run(&["list", "movies", "--json"]).out.lines().count()
}
