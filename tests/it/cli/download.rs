//! Importing datasets that are fetched first, from a server on this machine.

use super::{Home, Ran};
use crate::made::Dump;
use crate::support::server::{Request, Server, send, serve};
use flate2::Compression;
use flate2::write::GzEncoder;
use rustix::process::{Pid, Signal, kill_process};
use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

const TABLES: [&str; 5] = ["title.basics", "title.ratings", "title.crew", "title.principals", "name.basics"];
const TAG: &str = "\"of today\"";

/// What a server has of an invented dump, gzipped, by path.
pub type Files = HashMap<String, Vec<u8>>;

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// The files of a dump of 60 films.
pub fn datasets() -> Files {
    let folder = tempfile::tempdir().unwrap();
    Dump { films: 60, seed: 5 }.write(folder.path()).unwrap();
    let akas = "titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle\n";
    fs::write(folder.path().join("title.akas.tsv"), akas).unwrap();
    let tables = TABLES.into_iter().chain(["title.akas"]);
    let file = |table: &str| gzipped(&fs::read(folder.path().join(format!("{table}.tsv"))).unwrap());
    tables.map(|table| (format!("/imdb/{table}.tsv.gz"), file(table))).collect()
}

/// Answers as a server does that has these files.
pub fn serve_all(files: &Files, request: &Request, to: &mut TcpStream) {
    match files.get(&request.path) {
        Some(file) => serve(request, file, TAG, to),
        None => send(to, "404 Not Found\ncontent-length: 0", b""),
    }
}

/// Imports from a server, with these words besides; what is said of it is written `SERVER`.
fn import(home: &Home, server: &Server, more: &[&str]) -> Ran {
    let ran = home.run(&[&words(server).each_ref().map(String::as_str)[..], more].concat());
    Ran { err: ran.err.replace(&server.address, "SERVER"), ..ran }
}

fn words(server: &Server) -> [String; 7] {
    let address = format!("{}/imdb/", server.address);
    ["import", "imdb", "--types=movie,short,tvMovie,video", "--download", &address, "sets/imdb", "--overwrite"]
        .map(str::to_owned)
}

fn asked(server: &Server, header: &str) -> Vec<(String, Option<String>)> {
    let name = |path: &str| path.trim_start_matches("/imdb/").trim_end_matches(".tsv.gz").to_owned();
    let asked = server.asked();
    asked.iter().map(|request| (name(&request.path), request.header(header).map(str::to_owned))).collect()
}

#[test]
fn datasets_are_fetched_and_come_in_once() {
    let (home, files) = (Home::new(), datasets());
    let server = Server::start(move |number, request, to| match number {
        // Cut off in the middle of the fourth table.
        3 => {
            let file = &files[&request.path];
            send(to, &format!("200 OK\netag: {TAG}\ncontent-length: {}", file.len()), &file[..file.len() / 2]);
        }
        _ => serve_all(&files, request, to),
    });
    let first = import(&home, &server, &[]);
    assert_eq!((first.status, first.out.as_str()), (Some(0), ""), "{first:?}");
    assert!(first.err.contains("movies: 60 new"), "{first:?}");
    let ranges = asked(&server, "range");
    assert_eq!(ranges.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), {
        let [titles, ratings, crew, principals, names] = TABLES;
        [titles, ratings, crew, principals, principals, names]
    });
    assert_eq!(ranges.iter().position(|(_, range)| range.is_some()), Some(4));

    let again = import(&home, &server, &[]);
    assert!(again.err.contains("movies: 0 new, 0 changed, 60 unchanged"), "{again:?}");
    let same = Some(TAG.to_owned());
    assert_eq!(asked(&server, "if-none-match")[6..], TABLES.map(|table| (table.to_owned(), same.clone())));

    fs::write(home.path("sets/imdb/title.basics.tsv"), "of another year\n").unwrap();
    let akas = import(&home, &server, &["--akas", "--dry-run"]);
    assert_eq!(akas.status, Some(0), "what was fetched counts: {akas:?}");
    assert_eq!(asked(&server, "range").last(), Some(&("title.akas".to_owned(), None)));
}

#[test]
fn what_cannot_be_fetched_is_said() {
    let home = Home::new();
    let server = Server::start(|_, request, to| match request.path.as_str() {
        "/imdb/title.basics.tsv.gz" => serve(request, &gzipped(b"tconst\n"), TAG, to),
        _ => send(to, "404 Not Found\ncontent-length: 0", b""),
    });
    import(&home, &server, &[]).is_refused(
        "SERVER/imdb/title.ratings.tsv.gz: the server has no such file; check the address after --download (404). \
         sets/imdb/title.ratings.tsv.gz was not fetched, and nothing was imported",
    );
    let page = Server::start(|_, _, to| send(to, "200 OK\ncontent-type: text/html\ncontent-length: 6", b"<html>"));
    import(&home, &page, &[]).is_refused(
        "SERVER/imdb/title.basics.tsv.gz: what the server sends is no gzipped file but text/html; check the address \
         after --download. sets/imdb/title.basics.tsv.gz was not fetched, and nothing was imported",
    );
    assert!(!home.catalog().exists());
    home.run(&["import", "imdb", "--download=ftp://example.org", "sets"]).is_refused(
        "--download ftp://example.org: files are fetched from addresses that begin with https:// or http://. Nothing \
         was imported",
    );
    assert!(!home.path("sets/imdb/title.basics.tsv.gz.part").exists() && !home.path("sets/title").exists());
}

#[test]
fn what_arrived_damaged_is_fetched_again() {
    let (home, files) = (Home::new(), datasets());
    let server = Server::start(move |number, request, to| {
        let mut file = files.get(&request.path).cloned().unwrap_or_default();
        if number < TABLES.len() && request.path.contains("principals") {
            let middle = file.len() / 2;
            file[middle] ^= 0x55;
        }
        serve(request, &file, TAG, to);
    });
    let damaged = import(&home, &server, &[]);
    assert_eq!((damaged.status, home.catalog().exists()), (Some(2), false), "{damaged:?}");
    assert!(damaged.err.contains("sets/imdb/title.principals.tsv.gz") && damaged.err.contains("fetch it again"));
    let mended = import(&home, &server, &[]);
    assert!(mended.err.contains("movies: 60 new"), "{mended:?}");
    let asked = asked(&server, "if-none-match");
    let fetched: Vec<&str> =
        asked[TABLES.len()..].iter().filter(|(_, tag)| tag.is_none()).map(|(name, _)| &**name).collect();
    assert_eq!(fetched, ["title.principals"]);
}

#[test]
fn an_interrupted_download_goes_on_where_it_was() {
    let (home, files) = (Home::new(), datasets());
    let server = Server::start(move |number, request, to| match number {
        0 => {
            let file = &files[&request.path];
            send(to, &format!("200 OK\netag: {TAG}\ncontent-length: {}", file.len()), &file[..100]);
            // Until the other end is gone.
            let _ = to.read(&mut [0]);
        }
        _ => serve_all(&files, request, to),
    });
    let words = words(&server);
    let mut command = home.command(&words.each_ref().map(String::as_str));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let part = home.path("sets/imdb/title.basics.tsv.gz.part");
    while fs::metadata(&part).map_or(0, |meta| meta.len()) < 100 {
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert_eq!(
        said,
        "cinedex: cancelled; nothing was imported. What was fetched is in sets/imdb, and the same command goes on from \
         there\n"
    );
    assert_eq!((fs::metadata(&part).unwrap().len(), home.catalog().exists()), (100, false));
    let ran = import(&home, &server, &[]);
    assert!(ran.err.contains("movies: 60 new"), "{ran:?}");
    assert_eq!(asked(&server, "range")[1], ("title.basics".to_owned(), Some("bytes=100-".to_owned())));
}
