//! A web server on this machine, that answers as a test wants it to.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn read(from: &TcpStream) -> Option<Request> {
        let mut lines = BufReader::new(from).lines().map_while(Result::ok);
        let path = lines.next()?.split(' ').nth(1)?.to_owned();
        let header = |line: String| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Some(Request { path, headers: lines.map_while(header).collect() })
    }
}

/// The server. It goes on until the tests end.
pub struct Server {
    pub address: String,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts one. It answers each request, counted from 0, with whatever this writes; then it hangs up.
    pub fn start(answer: impl Fn(usize, &Request, &mut TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port for it");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (asked, answer): (Arc<Mutex<Vec<Request>>>, _) = (Arc::default(), Arc::new(answer));
        let log = asked.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (log, answer) = (log.clone(), answer.clone());
                thread::spawn(move || {
                    let Some(request) = Request::read(&stream) else { return };
                    let number = {
                        let mut log = log.lock().expect("no test panics there");
                        log.push(request.clone());
                        log.len() - 1
                    };
                    answer(number, &request, &mut stream);
                });
            }
        });
        Server { address, asked }
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().expect("no test panics there").clone()
    }
}

/// Sends a reply: the line and the headers of its head, and bytes. Whether somebody takes it is not ours to care for.
pub fn send(to: &mut TcpStream, head: &str, bytes: &[u8]) {
    let head = format!("HTTP/1.1 {}\r\n\r\n", head.replace('\n', "\r\n"));
    let _ = to.write_all(head.as_bytes()).and_then(|()| to.write_all(bytes));
}

/// Answers as good servers do that have a file in this version: the rest of it, or that it is the same, where so asked.
pub fn serve(request: &Request, file: &[u8], etag: &str, to: &mut TcpStream) {
    if request.header("if-none-match") == Some(etag) {
        return send(to, &format!("304 Not Modified\netag: {etag}"), b"");
    }
    let from = request.header("range").and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let (from, length): (usize, usize) = (from.unwrap_or(0), file.len());
    if from > 0 && request.header("if-range").is_none_or(|version| version == etag) {
        let head = format!(
            "206 Partial Content\netag: {etag}\ncontent-range: bytes {from}-{}/{length}\ncontent-length: {}",
            length - 1,
            length - from
        );
        return send(to, &head, &file[from..]);
    }
    send(to, &format!("200 OK\netag: {etag}\ncontent-length: {length}"), file);
}
