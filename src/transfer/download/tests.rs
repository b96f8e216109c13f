use super::*;
use crate::transfer::report::Progress;
use server::{Request, Server, send, serve};
use std::cell::Cell;
use std::fs;
use std::io::Read as _;
use std::net::TcpStream;
use std::path::PathBuf;

#[path = "../../../tests/it/support/server.rs"]
mod server;

const HASTE: Patience = Patience {
    connect: Duration::from_mins(1),
    silence: Duration::from_mins(1),
    rests: &[Duration::ZERO, Duration::ZERO],
};
const OLD: &str = "\"old\"";
const NEW: &str = "\"new\"";

/// Something that looks gzipped, larger than a piece.
fn bytes(seed: u8) -> Vec<u8> {
    let rest = (0..200_000_u32).map(|at| (at / 7) as u8 ^ seed);
    super::target::GZIP.into_iter().chain(rest).collect()
}

struct Bench {
    folder: tempfile::TempDir,
    server: Server,
}

impl Bench {
    fn new(answer: impl Fn(usize, &Request, &mut TcpStream) + Send + Sync + 'static) -> Bench {
        Bench { folder: tempfile::tempdir().unwrap(), server: Server::start(answer) }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn fetch_as(
        &self,
        patience: Patience,
        progress: &mut dyn FnMut(Progress),
        cancelled: &dyn Fn() -> bool,
    ) -> Result<(), String> {
        let download = Download::new(&self.server.address, self.folder.path(), patience).unwrap();
        let url = format!("{}/t.gz", self.server.address);
        let fetched = download.fetch(&url, &self.at("t.gz"), Phase::Fetching("t"), &mut Watch { progress, cancelled });
        fetched.map_err(|error| error.to_string().replace(&url, "URL").replace(&self.at("").display().to_string(), ""))
    }

    fn fetch(&self) -> Result<(), String> {
        self.fetch_as(HASTE, &mut |_| {}, &|| false)
    }

    #[track_caller]
    fn has(&self, file: &[u8]) {
        assert!(fs::read(self.at("t.gz")).unwrap() == file);
        assert!(!self.at("t.gz.part").exists());
    }

    /// The headers of this name that the requests had.
    fn headers(&self, name: &str) -> Vec<Option<String>> {
        self.server.asked().iter().map(|request| request.header(name).map(str::to_owned)).collect()
    }
}

/// The first half of a file of which all is promised.
fn half(file: &[u8], etag: &str, to: &mut TcpStream) {
    let head = format!("200 OK\netag: {etag}\ncontent-length: {}", file.len());
    send(to, &head, &file[..file.len() / 2]);
}

/// What is asked for after that half.
fn rest_of(file: &[u8]) -> String {
    format!("bytes={}-", file.len() / 2)
}

#[test]
fn what_is_there_is_not_sent_again() {
    let bench = Bench::new(|number, request, to| match number {
        0 | 1 => serve(request, &bytes(0), OLD, to),
        _ => serve(request, &bytes(1), NEW, to),
    });
    let mut told = Vec::new();
    bench.fetch_as(HASTE, &mut |at| told.push(at), &|| false).unwrap();
    bench.has(&bytes(0));
    assert_eq!(told.last(), Some(&Progress { phase: Phase::Fetching("t"), done: 200_002, total: 200_002 }));
    told.clear();
    bench.fetch_as(HASTE, &mut |at| told.push(at), &|| false).unwrap();
    bench.has(&bytes(0));
    assert_eq!(told, []);
    bench.fetch().unwrap();
    bench.has(&bytes(1));
    assert_eq!(bench.headers("if-none-match"), [None, Some(OLD.to_owned()), Some(OLD.to_owned())]);
    fs::write(bench.at("t.gz"), "shorter").unwrap();
    bench.fetch().unwrap();
    bench.has(&bytes(1));
    forget(&bench.at("t.gz"));
    bench.fetch().unwrap();
    assert_eq!(bench.headers("if-none-match")[3..], [None, None]);
}

#[test]
fn without_a_tag_the_date_counts() {
    const DATE: &str = "Sun, 22 Nov 2026 06:00:00 GMT";
    let bench = Bench::new(|number, request, to| {
        let file = bytes(0);
        let head = format!("last-modified: {DATE}\netag: W/\"weak\"\ncontent-length: {}", file.len());
        if number == 0 {
            send(to, &format!("200 OK\n{head}"), &file[..1_000]);
        } else {
            assert_eq!(request.header("if-range"), Some(DATE));
            let head = format!("206 Partial Content\nlast-modified: {DATE}\ncontent-range: bytes 1000-200001/200002");
            send(to, &format!("{head}\ncontent-length: 199002"), &file[1_000..]);
        }
    });
    bench.fetch().unwrap();
    bench.has(&bytes(0));
}

#[test]
fn a_dropped_connection_is_taken_up() {
    let bench = Bench::new(|number, request, to| match number {
        0 => half(&bytes(0), OLD, to),
        1 => send(to, "503 Service Unavailable\ncontent-length: 0", b""),
        _ => serve(request, &bytes(0), OLD, to),
    });
    bench.fetch().unwrap();
    bench.has(&bytes(0));
    assert_eq!(bench.headers("range"), [None, Some(rest_of(&bytes(0))), Some(rest_of(&bytes(0)))]);
    assert_eq!(bench.headers("if-range")[1].as_deref(), Some(OLD));
}

#[test]
fn tries_come_to_an_end_and_keep_what_came() {
    let bench = Bench::new(|number, request, to| match number {
        0 => half(&bytes(0), OLD, to),
        1 | 2 => {}
        _ => serve(request, &bytes(0), OLD, to),
    });
    let error = bench.fetch().unwrap_err();
    assert!(error.starts_with("URL: the connection broke off"), "{error}");
    assert!(error.contains("goes on from what came. t.gz was not fetched, and nothing was imported"), "{error}");
    assert!(!bench.at("t.gz").exists());
    bench.fetch().unwrap();
    bench.has(&bytes(0));
    assert_eq!(bench.headers("range")[3], Some(rest_of(&bytes(0))));
}

#[test]
fn a_part_that_is_whole_gets_its_name() {
    let bench = Bench::new(|_, request, to| serve(request, &bytes(0), OLD, to));
    bench.fetch().unwrap();
    fs::rename(bench.at("t.gz"), bench.at("t.gz.part")).unwrap();
    bench.fetch().unwrap();
    bench.has(&bytes(0));
    assert_eq!(bench.headers("if-none-match")[1].as_deref(), Some(OLD));
}

#[test]
fn a_server_without_ranges_begins_anew() {
    let bench = Bench::new(|number, _, to| match number {
        0 => half(&bytes(0), OLD, to),
        _ => send(to, "200 OK\ncontent-length: 200002", &bytes(0)),
    });
    bench.fetch().unwrap();
    bench.has(&bytes(0));
    bench.fetch().unwrap();
    assert_eq!(bench.headers("if-none-match")[2], None, "it does not say which version it sent");
}

#[test]
fn versions_are_not_mixed() {
    let begin_anew = Bench::new(|number, request, to| match number {
        0 => half(&bytes(0), OLD, to),
        _ => serve(request, &bytes(1), NEW, to),
    });
    begin_anew.fetch().unwrap();
    begin_anew.has(&bytes(1));
    assert_eq!(begin_anew.server.asked().len(), 2);
    for wrong in [
        "206 Partial Content\netag: \"new\"\ncontent-range: bytes 100001-200001/200002\ncontent-length: 100001",
        "206 Partial Content\ncontent-range: bytes 100000-200001/200002\ncontent-length: 100002",
        "206 Partial Content\ncontent-range: bytes 100001-200002/200003\ncontent-length: 100002",
        "206 Partial Content\ncontent-length: 100001",
        "416 Range Not Satisfiable\ncontent-length: 0",
    ] {
        let bench = Bench::new(move |number, request, to| match number {
            0 => half(&bytes(0), OLD, to),
            1 => send(to, wrong, &bytes(1)[100_001..]),
            _ => serve(request, &bytes(1), NEW, to),
        });
        bench.fetch().unwrap();
        bench.has(&bytes(1));
        assert_eq!(bench.headers("range"), [None, Some(rest_of(&bytes(0))), None], "{wrong}");
    }
}

#[test]
fn redirects_are_followed() {
    let bench = Bench::new(|_, request, to| match request.path.as_str() {
        "/t.gz" => send(to, "302 Found\nlocation: /elsewhere\ncontent-length: 0", b""),
        "/elsewhere" if request.header("range").is_none() && request.header("if-none-match").is_none() => {
            half(&bytes(0), OLD, to);
        }
        _ => serve(request, &bytes(0), OLD, to),
    });
    bench.fetch().unwrap();
    bench.has(&bytes(0));
    assert_eq!(bench.headers("range")[3], Some(rest_of(&bytes(0))));
}

#[test]
fn what_is_no_such_file_is_refused() {
    const PAGE: &[u8] = b"<html>Sign in to the network first</html>";
    let packed = bytes(0);
    let cases: [(&str, &[u8], &str); 8] = [
        (
            "404 Not Found\ncontent-length: 0",
            b"",
            "the server has no such file; check the address after --download (404)",
        ),
        ("403 Forbidden\ncontent-length: 0", b"", "the server does not send the file but answers 403"),
        ("304 Not Modified", b"", "the server does not send the file but answers 304"),
        (
            "200 OK\ncontent-type: text/html\ncontent-length: 41",
            PAGE,
            "what the server sends is no gzipped file but text/html; check the address after --download",
        ),
        ("200 OK\ncontent-length: 0", b"", "what the server sends is no gzipped file; check"),
        ("200 OK\nconnection: close", &packed, "the server does not say how long the file is"),
        (
            "302 Found\nlocation: /t.gz\ncontent-length: 0",
            b"",
            "the server sends on from one address to the next without end",
        ),
        ("302 Found\nlocation: gopher://t.gz\ncontent-length: 0", b"", "it cannot be asked for"),
    ];
    for (head, sent, why) in cases {
        let (sent, before) = (sent.to_vec(), Cell::new(0));
        let bench = Bench::new(move |_, _, to| send(to, head, &sent));
        fs::write(bench.at("t.gz"), "what was there").unwrap();
        let error = bench.fetch_as(HASTE, &mut |_| before.set(1), &|| false).unwrap_err();
        assert!(error.starts_with(&format!("URL: {why}")) && error.ends_with("nothing was imported"), "{error}");
        assert_eq!(fs::read(bench.at("t.gz")).unwrap(), b"what was there");
        assert_eq!((before.get(), fs::read_dir(bench.folder.path()).unwrap().count()), (0, 1), "{head}");
    }
}

#[test]
fn more_than_promised_is_not_taken() {
    const REST: &str = "206 Partial Content\netag: \"old\"\ncontent-range: bytes 100001-200001/200002";
    let bench = Bench::new(|number, _, to| match number {
        0 => half(&bytes(0), OLD, to),
        _ => send(to, &format!("{REST}\ncontent-length: 100000000"), &bytes(0)),
    });
    let error = bench.fetch().unwrap_err();
    assert!(error.starts_with("URL: the server sends more than the 200002 bytes it promised"), "{error}");
    assert_eq!(fs::read_dir(bench.folder.path()).unwrap().count(), 0);
}

#[test]
fn nobody_answers() {
    let mut bench = Bench::new(|_, _, to| drop(to.read(&mut [0])));
    let silence = Patience { silence: Duration::from_millis(20), ..HASTE };
    let error = bench.fetch_as(silence, &mut |_| {}, &|| false).unwrap_err();
    assert!(error.starts_with("URL: the server is silent; try again later"), "{error}");
    assert_eq!(bench.server.asked().len(), 3);
    bench.server.address = "http://127.0.0.1:1".to_owned();
    let error = bench.fetch().unwrap_err();
    assert!(error.starts_with("URL: nobody answers there (connection refused); check the address"), "{error}");
}

#[test]
fn it_can_be_stopped_at_any_time() {
    let silent = Bench::new(|_, _, to| drop(to.read(&mut [0])));
    let stopped = silent.fetch_as(HASTE, &mut |_| {}, &|| !silent.server.asked().is_empty());
    assert_eq!(stopped.unwrap_err(), ImportError::Cancelled.to_string());

    let bench = Bench::new(|number, request, to| match number {
        0 => {
            half(&bytes(0), OLD, to);
            let _ = to.read(&mut [0]);
        }
        _ => serve(request, &bytes(0), OLD, to),
    });
    let came = Cell::new(0);
    let stopped = bench.fetch_as(HASTE, &mut |at| came.set(at.done), &|| came.get() == 100_001);
    assert_eq!(stopped.unwrap_err(), ImportError::Cancelled.to_string());
    bench.fetch().unwrap();
    bench.has(&bytes(0));
    assert_eq!(bench.headers("range"), [None, Some(rest_of(&bytes(0)))]);
}

#[test]
fn one_at_a_time_fetches_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = Download::new("http://x", folder.path(), HASTE).unwrap();
    let second = Download::new("http://x", folder.path(), HASTE).err().unwrap().to_string();
    assert!(second.contains("another import is fetching files into it"), "{second}");
    drop(first);
    assert!(Download::new("http://x", folder.path(), HASTE).is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let bench = Bench::new(|_, request, to| serve(request, &bytes(0), OLD, to));
    std::os::unix::fs::symlink("/dev/full", bench.at("t.gz.part")).unwrap();
    let error = bench.fetch().unwrap_err();
    assert!(error.starts_with("URL: t.gz.part cannot be written: No space left"), "{error}");
    assert!(error.contains("make room, and the same command goes on from there. t.gz was not fetched"), "{error}");
}

#[test]
fn a_note_that_is_none_is_no_promise() {
    let bench = Bench::new(|_, request, to| serve(request, &bytes(0), OLD, to));
    for note in ["", "{", "[]", r#"{"url": 7}"#, &"x".repeat(1 << 20), r#"{"url":"URL","length":200002,"etag":"a\nb"}"#]
    {
        fs::write(bench.at("t.gz.part"), bytes(3)).unwrap();
        let url = format!("{}/t.gz", bench.server.address);
        fs::write(bench.at("t.gz.source"), note.replace("URL", &url)).unwrap();
        bench.fetch().unwrap();
        bench.has(&bytes(0));
    }
}
