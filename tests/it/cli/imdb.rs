//! Importing datasets: all of it or nothing, wherever it is stopped.

use super::Home;
use crate::made::Dump;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::process::{Child, Stdio};

const FILMS: u32 = 600;
const IMPORT: [&str; 5] = ["import", "imdb", "dump", "--types", "movie,short,tvMovie,video"];

/// A home with some films, and a dump beside it.
fn home() -> Home {
    let home = Home::with_films();
    Dump { films: FILMS, seed: 5 }.write(&home.path("dump")).unwrap();
    home
}

fn movies(home: &Home) -> usize {
    home.run(&["list", "movies", "--json"]).objects().len()
}

fn is_sound(home: &Home) {
    let checked = home.run(&["check"]);
    assert_eq!(checked.status, Some(0), "{checked:?}");
}

fn start(home: &Home) -> Child {
    home.command(&IMPORT).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

/// Puts a pipe in the place of a table; its first half is what the import gets to read before it waits.
struct Pipe {
    to: File,
    rest: Vec<u8>,
}

fn halfway(home: &Home, table: &str) -> (Child, Pipe) {
    let path = home.path(&format!("dump/{table}.tsv"));
    let rows = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let child = start(home);
    // Opens once the import does.
    let mut to = OpenOptions::new().write(true).open(&path).unwrap();
    let (half, rest) = rows.split_at(rows.len() / 2);
    to.write_all(half).unwrap();
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, &rows).unwrap();
    (child, Pipe { to, rest: rest.to_vec() })
}

#[test]
fn a_dump_comes_in_once() {
    let home = home();
    let first = home.run(&IMPORT);
    assert_eq!((first.status, first.out.as_str()), (Some(0), ""), "{first:?}");
    assert!(first.err.contains("movies: 600 new"), "{first:?}");
    is_sound(&home);
    let again = home.run(&IMPORT);
    for line in ["movies: 0 new, 0 changed, 600 unchanged", "people: 0 new, 0 changed", "characters: 0 new, 0 changed"]
    {
        assert!(again.err.contains(line), "{line}: {again:?}");
    }
}

#[test]
fn killed_while_it_reads() {
    let home = home();
    for table in ["title.basics", "title.principals", "name.basics"] {
        let (mut child, _pipe) = halfway(&home, table);
        send(&child, Signal::KILL);
        child.wait().unwrap();
        assert_eq!(movies(&home), home.films, "{table}");
        is_sound(&home);
    }
}

#[test]
fn interrupted_while_it_reads() {
    let home = home();
    for (table, signal) in
        [("title.principals", Signal::INT), ("name.basics", Signal::INT), ("title.basics", Signal::TERM)]
    {
        let (mut child, mut pipe) = halfway(&home, table);
        send(&child, signal);
        // It may end before it has read all of it.
        let _ = pipe.to.write_all(&pipe.rest);
        drop(pipe);
        assert_eq!(child.wait().unwrap().code(), Some(2), "{table}");
        assert_eq!(movies(&home), home.films, "{table}");
        is_sound(&home);
    }
}

#[test]
fn killed_while_it_writes() {
    let home = home();
    let size = || std::fs::metadata(home.catalog()).unwrap().len();
    let before = size();
    for step in 1.. {
        let mut child = start(&home);
        let ended = loop {
            match child.try_wait().unwrap() {
                None if size() >= before + (step << 17) => break false,
                None => std::thread::yield_now(),
                Some(_) => break true,
            }
        };
        if !ended {
            send(&child, Signal::KILL);
        }
        child.wait().unwrap();
        is_sound(&home);
        let there = movies(&home);
        assert!(there == home.films || there > home.films + 500, "{there} films after step {step}");
        if there > home.films || ended {
            break;
        }
    }
}
